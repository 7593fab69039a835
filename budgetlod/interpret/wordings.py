"""What the words before and after a number in prose mean: coordinates, direction, year, unit, comparator, asset.

Everything is looked up in the labels of the ontology, and in the names of projects and assets that the document's
own tables give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from budgetlod.core.text import label_key
from budgetlod.model.cube import Thing
from budgetlod.model.lexicon import Lexicon, Meaning
from budgetlod.model.notes import AssetLine, Project

# Words that may stand between a label and its number; a label farther off is about something else.
_WIDEST_GAP = 14
_LONGEST_ASSET = 24
_DIMENSIONS = frozenset({"flow", "vintage", "source", "nature", "item", "project"})
# A year by its number, or the year before as the year of a figure (上年预算), not of a comparison or of carry-over.
_YEAR = re.compile(r"(20\d\d)年|(?:上年|去年|上一年)度?(?=预算|年初|安排|支出|执行|决算|实际|数|为)")
# Words between the direction of a change and its number: 减少了约 5 万元, 增加额为 5 万元.
_BETWEEN = re.compile(r"(?:了|约|额|金额|数额|共计|为|:)+$")
_YEARS_BEFORE = r"(?:上年|去年|上一年|20\d\d年)"
SIGNS = {"increase": 1, "decrease": -1}


class Words:
    """The words of prose, for the document whose projects and assets are given."""

    def __init__(self, lexicon: Lexicon, fiscal_year: int, projects: Sequence[Project], assets: Sequence[AssetLine]):
        self.lexicon, self.fiscal_year = lexicon, fiscal_year
        self._names: dict[str, Meaning] = {
            label_key(p.name): Meaning(p.key, (("project", p.key), ("nature", "project"))) for p in projects if p.name
        }
        self._assets = {line.asset_class: line.order for line in assets if line.asset_class}
        self._longest = max([len(k) for k in (*lexicon.meanings, *self._names)], default=0)
        same = [word for word, codes in lexicon.lists["direction"].keys.items() if "unchanged" in codes]
        self.unchanged = re.compile(
            rf"[与和同较比]{_YEARS_BEFORE}[^,;。!?\d]{{0,8}}?(?:{'|'.join(map(re.escape, same))})"
        )
        """A statement that something is as it was the year before (与上年持平)."""

    # --- coordinates --------------------------------------------------------------------------------------------------

    def fixes(self, section: str) -> dict[str, str]:
        """Return what figures named in sections of this type have in common."""
        return dict(self.lexicon.section_fixes.get(section, ()))

    def meaning(self, lead: str, section: str, near: bool = True) -> Meaning | None:
        """Return the meaning of the last known words of ``lead``; of words that end alike the longest count.

        With ``near`` they must stand right before the number.
        """
        context = self.fixes(section)
        clause = re.split("[;。!]", lead)[-1]
        farthest = max(0, len(clause) - _WIDEST_GAP) if near else 0
        name, name_end = self._last(clause, farthest, self._names.get)
        words, words_end = self._last(clause, farthest, lambda key: self._wording(key, context))
        # 「某某费预算项目 5 万元」: the general word behind a project's name does not take its place.
        general = words is not None and words.sets == (("nature", "project"),)
        return name if name is not None and (general or name_end >= words_end) else words

    def _last(self, clause: str, farthest: int, find: Callable[[str], Meaning | None]) -> tuple[Meaning | None, int]:
        for end in range(len(clause), farthest, -1):
            for start in range(max(0, end - self._longest), end - 1):
                if (meaning := find(clause[start:end])) is not None:
                    return meaning, end
        return None, 0

    def _wording(self, key: str, context: Mapping[str, str]) -> Meaning | None:
        meaning = self.lexicon.find(key, "prose", context)
        return (
            meaning if meaning is not None and meaning.sets and all(d in _DIMENSIONS for d, _ in meaning.sets) else None
        )

    def asset(self, lead: str) -> Thing | None:
        """Return the asset line that the words name (the one named last), if the table has it."""
        assets = self.lexicon.lists["asset"]
        for end in range(len(lead), 0, -1):
            for start in range(max(0, end - _LONGEST_ASSET), end - 1):
                if (code := assets.find(lead[start:end])) and code in self._assets:
                    return Thing("asset", "", str(self._assets[code]))
                if self.lexicon.find(lead[start:end], "prose", {}, ("item",)):
                    return None
        return None

    # --- years and directions -------------------------------------------------------------------------------------------

    def years(self, lead: str) -> list[int]:
        """Return the years that the words name, 上年预算 being that of the year before."""
        return [int(match[1]) if match[1] else self.fiscal_year - 1 for match in _YEAR.finditer(lead)]

    def direction(self, lead: str) -> str:
        """Return ``increase`` or ``decrease`` when the words right before a number say so, else an empty string."""
        words = self.lexicon.lists["direction"].keys
        for text in (lead, _BETWEEN.sub("", lead)):
            for length in range(min(4, len(text)), 1, -1):
                if (found := words.get(text[-length:])) and found[0] in SIGNS:
                    return found[0]
        return ""

    # --- units and comparators --------------------------------------------------------------------------------------------

    def unit(self, text: str) -> str:
        """Return the code of a unit, or an empty string."""
        return self.lexicon.lists["unit"].find("万元" if text == "万" else text) or ""

    def factor(self, text: str) -> Decimal | None:
        """Return what a unit of money is worth in yuan; ``None`` for any other unit."""
        code = self.lexicon.lists["unit"].codes.get(self.unit(text))
        return code.factor if code else None

    def comparator(self, text: str, match: re.Match[str]) -> tuple[str, str, int, int]:
        """Return (comparator, unit, start, end) of a quantity: the comparator stands before it or after its unit."""
        comparators, units = self.lexicon.lists["comparator"], self.lexicon.lists["unit"]
        begin, tail = match.start(), match.start("unit")
        unit, end = next(
            ((code, tail + n) for n in range(4, 0, -1) if (code := units.find(text[tail : tail + n]))), ("", tail)
        )
        for size in range(4, 1, -1):
            if after := comparators.find(text[end : end + size]):
                return after, unit, begin, end + size
            if begin >= size and (before := comparators.find(text[begin - size : begin])):
                return before, unit, begin - size, end
        sign = comparators.find(text[begin - 1 : begin]) if begin and not text[begin - 1].isalpha() else None
        return (sign, unit, begin - 1, end) if sign else ("", unit, begin, end)
