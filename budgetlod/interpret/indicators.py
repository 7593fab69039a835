"""Rows of indicators: their levels, which hold for the rows below, and their targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import parse_number, plain
from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.form_columns import Columns
from budgetlod.interpret.form_words import FormWords
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.measures import speaks_of
from budgetlod.interpret.targets import comparator, parse_target
from budgetlod.model.document import Place
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Indicator, Target

_PLACEHOLDER = re.compile(r"^(?:指标\d*[:：]?|[.．…·]+|目标\d*[:：]?)$")
_BRACKETED = re.compile(r"\((?P<unit>[^()]+)\)$")
# 1-产出指标,11-数量指标,111-培训人次: a number as long as the level is deep.
_NUMBERED_LEVEL = re.compile(r"(?:^|(?<=[,，;；。、:：]))(?P<number>\d{1,4})[-－—–](?P<name>[^,，;；。:：]+)")
_VALUES = re.compile(r"(?P<name>[^,，;；:：]{2,8}指标值)[:：](?P<value>[^,，;；]+)")


class Levels(NamedTuple):
    """The first and second level that hold for the rows below them; ``printed`` if the first stands in this row's cell."""

    first: str = ""
    second: str = ""
    printed: bool = False


class IndicatorReader:
    """Reads indicators of one form or list after another."""

    def __init__(self, words: FormWords, lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self._codes = lexicon.lists["indicator-category"]

    # --- rows ---------------------------------------------------------------------------------------------------------

    def levels(self, row: RawRow, columns: Columns, held: Levels) -> Levels:
        """Return the levels of a row: what it prints, what a merged cell above it says, else those of the row before."""
        first, second = (_text(row, columns.at(role)) for role in ("level-1", "level-2"))
        first_above, second_above = (_above(row, columns.at(role)) for role in ("level-1", "level-2"))
        printed = bool(first or first_above)
        if not (first or first_above) or label_key(first or first_above) == label_key(held.first):
            return Levels(first or first_above or held.first, second or second_above or held.second, printed)
        return Levels(first or first_above, second or second_above, printed)

    def indicator(self, row: RawRow, columns: Columns, levels: Levels, order: int) -> Indicator | None:
        """Return the indicator of a row; ``None`` for a row that has none.

        Forms print all their levels, those too that a project has no indicator of; some say 不适用 in them.
        """
        texts = {role: self._joined(row, columns, role) for role in ("level-3", "description", "basis", "scoring")}
        printed = self._target(row, columns)
        if self._is_empty(row, columns, texts, squeeze(printed)):
            return None
        first, second, label = levels.first, levels.second, texts["level-3"]
        if not first and not second:
            first, second, label = self.split_levels(label)
        weight = parse_number(_text(row, columns.at("weight")).rstrip("%分"))
        return self._made(
            order, (first, second, label), printed, row.places[0], levels.printed or "level-1" not in columns.roles
        )._replace(
            description=texts["description"],
            basis=texts["basis"],
            scoring=texts["scoring"],
            weight=plain(weight) if weight is not None else None,
            speaks_of=speaks_of(label, texts["description"], self.lexicon),
        )

    def _joined(self, row: RawRow, columns: Columns, role: str) -> str:
        return "".join(_text(row, column) for column in columns.roles.get(role, ()))

    def _is_empty(self, row: RawRow, columns: Columns, texts: dict[str, str], target: str) -> bool:
        label = texts["level-3"]
        if not any((*texts.values(), target)) or (_PLACEHOLDER.match(label) and not target):
            return True
        weighed = "weight" in columns.roles and bool(_text(row, columns.at("weight")))
        if weighed or not self.words.is_not_applicable(target):
            return not target and self.words.is_not_applicable(label)
        return "weight" in columns.roles or not label or self.words.is_not_applicable(label)

    def _target(self, row: RawRow, columns: Columns) -> str:
        """Return a target as printed; some forms print its sign and its unit in columns of their own."""
        printed = next((text for c in columns.roles.get("target", ()) if (text := _cell(row, c))), "")
        if parse_number(printed) is None:
            return printed
        sign, unit = _text(row, columns.at("target-sign")), _text(row, columns.at("target-unit"))
        return (sign if comparator(sign, self.lexicon) else "") + printed + unit

    # --- running text -------------------------------------------------------------------------------------------------

    def split_levels(self, text: str) -> tuple[str, str, str]:
        """Split 产出指标数量指标培训人次 into two levels and the name of the indicator."""
        found: list[str] = []
        rest = text.lstrip("-－/、.")
        for _ in range(2):
            end = next((n for n in range(len(rest), 1, -1) if label_key(rest[:n]) in self._codes.keys), 0)
            if not end or (end == len(rest) and found):
                break
            found.append(rest[:end])
            rest = rest[end:].lstrip("-－/、.:：")
        found = ["", *found] if len(found) == 1 and self._codes.broader(self.codes_of(found[0])[0]) else found
        first, second = [*found, "", ""][:2]
        return first, second, rest

    def in_text(self, text: str, place: Place, order: int) -> Iterator[Indicator]:
        """Yield the indicators of a running text: 1-产出指标,11-数量指标,111-培训人次,…;年度指标值:≥50.

        The number of a level has as many digits as the level is deep; the target for the year goes before any other.
        """
        flat = fold(text)
        marks = list(_NUMBERED_LEVEL.finditer(flat))
        if not any(label_key(mark["name"]) in self._codes.keys for mark in marks):
            return
        levels = {1: "", 2: ""}
        ends = [mark.start() for mark in marks[1:]] + [len(flat)]
        for mark, end in zip(marks, ends, strict=False):
            depth = len(mark["number"])
            if depth < 3 and label_key(mark["name"]) in self._codes.keys:
                levels[depth] = mark["name"]
                continue
            values = {m["name"]: m["value"] for m in _VALUES.finditer(flat[mark.end() : end])}
            printed = next((v for n, v in values.items() if self.words.role(n) == "target"), "")
            printed = printed or next(iter(values.values()), "")
            triple = (levels[1], levels[2], mark["name"])
            found = self._made(order, triple, printed.rstrip("。"), place, True)
            yield found._replace(speaks_of=speaks_of(mark["name"], "", self.lexicon))
            order += 1

    # --- codes --------------------------------------------------------------------------------------------------------

    def _made(
        self, order: int, texts: tuple[str, str, str], printed: str, place: Place, first_printed: bool
    ) -> Indicator:
        first, second, label = texts
        category = self._category(first, second)
        above = [step[0] for step in self._codes.steps(category)] if category else []
        first_level = self._first_level(first)
        if first_level and above and first_level not in above and not first_printed:
            first, first_level = "", next((code for code in above if not self._codes.broader(code)), "")
        target = self._with_unit(parse_target(printed, self.lexicon), label)
        return Indicator(order, category, label, target, place, level_1=first, level_2=second, first_level=first_level)

    def _with_unit(self, target: Target, label: str) -> Target:
        """Return a target that is a bare number with the unit that the name of its indicator ends with: 受理率（%）."""
        match = _BRACKETED.search(fold(label))
        if target.value is None or target.unit_text or not match:
            return target
        unit = self.lexicon.lists["unit"].find(label_key(match["unit"]))
        return target._replace(unit=unit, unit_text=match["unit"]) if unit else target

    def codes_of(self, text: str) -> tuple[str, ...]:
        """Return the codes of a printed level; 指标 at its end may be left out."""
        key = label_key(text)
        found = self._codes.keys.get(key, ())
        return found or (self._codes.keys.get(key + "指标", ()) if key else ())

    def _first_level(self, level_1: str) -> str:
        """Return the code of a printed level 1, one that nothing is above."""
        tops = [code for code in self.codes_of(level_1) if not self._codes.broader(code)]
        return tops[0] if tops else ""

    def _category(self, level_1: str, level_2: str) -> str:
        """Return the code of the second level under the first: 成本指标 is both a first and a second level."""
        tops, found = self.codes_of(level_1), self.codes_of(level_2)
        under = [code for code in found if set(self._codes.broader(code)) & set(tops)]
        return (under or list(found) or list(tops) or [""])[0]


def weights_in_remarks(sums: list[Decimal]) -> bool:
    """Return whether the numbers that a column of remarks prints are weights: those of a form make 90 or 100."""
    return bool(sums) and 2 * sum(total in (90, 100) for total in sums) >= len(sums)


def _cell(row: RawRow, column: int) -> str:
    return row.cells[column] if 0 <= column < len(row.cells) else ""


def _text(row: RawRow, column: int) -> str:
    return squeeze(_cell(row, column))


def _above(row: RawRow, column: int) -> str:
    return squeeze(row.above[column]) if 0 <= column < len(row.above) else ""
