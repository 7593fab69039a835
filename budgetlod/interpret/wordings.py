"""What the words before and after a number in prose mean: coordinates, direction, year, unit, comparator, asset.

Everything is looked up in the labels of the ontology, and in the names of projects and assets that the document's
own tables give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from budgetlod.core.text import label_key
from budgetlod.interpret.outline import RawSection
from budgetlod.model.codes import ALL, CodeList
from budgetlod.model.cube import Thing
from budgetlod.model.lexicon import Lexicon, Meaning
from budgetlod.model.notes import AssetLine, Project

# Words that may stand between a label and its number; a label farther off is about something else.
_WIDEST_GAP = 14
_LONGEST_ASSET = 24
_PROJECTS = (("nature", "project"),)
_DIMENSIONS = frozenset({"flow", "vintage", "source", "nature", "item", "project"})
# A year by its number, or the year before as the year of a figure (上年预算), not of a comparison or of carry-over.
_YEAR = re.compile(r"(20\d\d)年|(?:上年|去年|上一年)度?(?=预算|年初|安排|支出|执行|决算|实际|数|为)")
# Words between the direction of a change and its number: 减少了约 5 万元, 增加额为 5 万元.
_BETWEEN = re.compile(r"(?:了|约|额|金额|数额|共计|为|:)+$")
_YEARS_BEFORE = r"(?:上年|去年|上一年|20\d\d年)"
# The year that something is compared with: 比 2023 年, 较上年, 与去年相比.
_COMPARED = re.compile(
    r"(?:比|较|与|和|同)(?:(?P<year>20\d\d)年|上年|去年|上一年|(?P<phase>(?=年初预算|全年预算|调整预算)))"
)
# 基本持平 and the like leave the amount open.
_ABOUT = r"(?:基本(?!支出)|大致|大体|略)"
# Words that say nothing about whose amount it is: 比上年预算数净增加 …, 年初预算为 …
_FILLER = re.compile(
    r"(?:[,、:()]|20\d\d年度?|(?:上年|去年|上一年|当年|本年|全年|今年|年)度?|[比较与和同]|对比|相比|同比|科目|支出|收入|总体"
    r"|总额|总数|总计|金额|合计|共计|小计|共有|共|各|净|均|也|分别|实际|安排|下达|编制|批复|核定|相应|年初|预算执行数?|预算|执行数?"
    r"|决算|预计|项目|资金|规模|额度|其中|包括|主要|数|额|约|为|是|了|有所|的)*"
)
# What words for an amount may follow: a number (和), a year, a body, a sum; anything else makes it one of a kind (教育支出,
# 培训收入, 小微企业采购预算).
_EDGE = re.compile(
    r"(?:^(?:和|及|以及|与)?|(?<!的)[,、]|[:;()。!?%\d元年度总计前后各为是于对由含]|(?<!公)共|(?:部门|单位)预算|部门|通过|单位|[局委办厅院会室站所处队校馆署府司]|中心|本级|其中|包括|说明|情况|较|比)$"
)
# Words between those and the words for an amount that add nothing: 相应安排支出, 财政拨款的机关运行经费.
_LINK = re.compile(r"(?:相应|安排|使用|开支|下达|编制|列支|支付|拟|预计|计划|财务|全年|全部|日常|的|用于)$")
# 会议费和培训费 5 万元: the amount is neither of one nor of the other.
_ALSO = re.compile(r"[和与及同、]")
# Known words behind words that are not known: they mean nothing, nor does a part of them.
_UNCLEAR = Meaning("", ())
SIGNS = {"increase": 1, "decrease": -1}


class Words:
    """The words of prose, for the document whose projects and assets are given."""

    def __init__(self, lexicon: Lexicon, fiscal_year: int, projects: Sequence[Project], assets: Sequence[AssetLine]):
        self.lexicon, self.fiscal_year = lexicon, fiscal_year
        self._names: dict[str, Meaning] = {
            label_key(p.name): Meaning(p.key, (("project", p.key), ("nature", "project"))) for p in projects if p.name
        }
        self.projects: dict[str, str] = {label_key(p.name): p.key for p in projects if p.name}
        self._assets = {line.asset_class: line.order for line in assets if line.asset_class}
        self._longest = max([len(k) for k in (*lexicon.meanings, *self._names)], default=0)
        directions = lexicon.lists["direction"].keys.items()
        self._directions = {word: codes[0] for word, codes in directions if codes[0] in SIGNS}
        same = [word for word, codes in lexicon.lists["direction"].keys.items() if "unchanged" in codes]
        self.unchanged = re.compile(
            rf"[与和同较比]{_YEARS_BEFORE}(?:(?!{_ABOUT})[^,;。!?\d]){{0,8}}?(?:{'|'.join(map(re.escape, same))})"
        )
        """A statement that something is as it was the year before (与上年持平)."""
        self.carried = re.compile("|".join(sorted(map(re.escape, lexicon.words_of("prose-carried")), reverse=True)))
        """Words for money of earlier years."""
        up, down = (any_of(lexicon.lists["direction"], code) for code in SIGNS)
        self.undecided = re.compile(rf"(?:{up})[(/](?:{down})\)?|(?:{down})[(/](?:{up})\)?")
        """Both directions side by side, one of which should have been struck out (增加（减少）)."""
        self._phases = {key: codes[0] for key, codes in lexicon.lists["phase"].keys.items() if codes[0] != ALL}

    # --- coordinates --------------------------------------------------------------------------------------------------

    def fixes(self, section: RawSection) -> dict[str, str]:
        """Return what figures named in a section have in common: by its type, and by the words of its heading."""
        return dict(self.lexicon.section_fixes.get(section.type, ())) | dict(section.said)

    def meaning(self, lead: str, context: Mapping[str, str], near: bool = True) -> Meaning | None:
        """Return the meaning of the last known words of ``lead``; of words that end alike the longest count.

        Only words that say nothing of an amount of their own may stand between them and the number; ``near`` also
        limits how many.
        """
        clause = re.split("[;。!]", lead)[-1]
        farthest = max(0, len(clause) - _WIDEST_GAP) if near else 0
        name, name_end = self._last(clause, farthest, lambda start, end: self._names.get(clause[start:end]))
        words, words_end = self._last(clause, farthest, lambda start, end: self._wording(clause, start, end, context))
        # 「某某费预算项目 5 万元」: the general word behind a project's name does not take its place.
        general = words is not None and words.sets == _PROJECTS
        named = name is not None and (general or name_end >= words_end)
        found, end = (name, name_end) if named else (words, words_end)
        return found if found is not None and self.says_nothing(clause[end:]) else None

    def says_nothing(self, words: str) -> bool:
        """Return whether words before a number, a direction at their end left aside, name nothing it could be of."""
        if _FILLER.fullmatch(words):
            return True
        words = _BETWEEN.sub("", words)
        found = next((n for n in range(min(4, len(words)), 1, -1) if words[-n:] in self._directions), 0)
        return _FILLER.fullmatch(words[: len(words) - found]) is not None

    def _last(
        self, clause: str, farthest: int, find: Callable[[int, int], Meaning | None]
    ) -> tuple[Meaning | None, int]:
        """Return the last known words of a clause, and where they end; of those that end alike the longest alone."""
        for end in range(len(clause), farthest, -1):
            for start in range(max(0, end - self._longest), end - 1):
                if (meaning := find(start, end)) is not None:
                    if meaning is not _UNCLEAR:
                        return meaning, end
                    break
        return None, 0

    def _wording(self, clause: str, start: int, end: int, context: Mapping[str, str]) -> Meaning | None:
        meaning = self.lexicon.find(clause[start:end], "prose", context)
        if meaning is None or not meaning.sets or any(d not in _DIMENSIONS for d, _ in meaning.sets):
            return None
        if {dimension for dimension, _ in meaning.sets} == {"vintage"}:
            return None
        return self._behind(meaning, clause[:start], context) or _UNCLEAR

    def _behind(self, meaning: Meaning, before: str, context: Mapping[str, str]) -> Meaning | None:
        """Return what words mean behind other words: a part of what those mean (三公经费财政拨款支出).

        Behind words that are not known they mean nothing: 教育支出 is not all expenditure.
        """
        if _EDGE.search(before):
            return meaning
        farthest = max(0, len(before) - _WIDEST_GAP)
        found, end = self._last(before, farthest, lambda first, last: self._wording(before, first, last, context))
        if found is not None and self.says_nothing(before[end:]) and not _ALSO.search(before[end:]):
            return meaning._replace(sets=tuple((dict(found.sets) | dict(meaning.sets)).items()))
        link = _LINK.search(before)
        return self._behind(meaning, before[: link.start()], context) if link else None

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

    def compared(self, lead: str, this_year: bool) -> tuple[int, bool]:
        """Return the year that the words compare with, and whether they name it by its number; 0 without one.

        ``this_year``: 比年初预算 means the budget of this very year, as final accounts do.
        """
        found = list(_COMPARED.finditer(lead))
        if not found:
            return 0, False
        if found[-1]["year"]:
            return int(found[-1]["year"]), True
        return self.fiscal_year - (0 if this_year and found[-1]["phase"] is not None else 1), False

    def phase(self, lead: str) -> str:
        """Return the phase of the budget cycle that the words name last (年初预算, 执行数, 决算), or an empty string.

        预算 and 执行 alone stand in too many other words.
        """
        for end in range(len(lead), 1, -1):
            for length in range(min(7, end), 1, -1):
                key = lead[end - length : end]
                if key in self._phases and key not in ("预算", "执行"):
                    return self._phases[key]
        return ""

    def direction(self, lead: str) -> str:
        """Return ``increase`` or ``decrease`` when the words right before a number say so, else an empty string."""
        for text in (lead, _BETWEEN.sub("", lead)):
            for length in range(min(4, len(text)), 1, -1):
                if found := self._directions.get(text[-length:]):
                    return found
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


def any_of(codes: CodeList, notation: str) -> str:
    """Return the pattern of any of a code's words, longer ones first."""
    words = sorted((key for key, found in codes.keys.items() if notation in found), key=len, reverse=True)
    return "|".join(map(re.escape, words))
