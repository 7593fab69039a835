"""Tell of which unit of the department each row of a table speaks.

A table with a column of units prints the department, its units, or both: one row a unit, or a row for the unit and
below it the codes that it spends on. The department often bears the name of its own head office (本级): where both are
printed the first is the whole, and where only one is, the amounts tell which of the two it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import fold, label_key
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.model.lexicon import Lexicon, Meaning

NAME_ROLE, CODE_ROLE = "organization", "organization-code"
_CODED = re.compile(r"[\[(【]?(?P<code>\d{3,12})[\])】]?[-—_]?(?P<name>\D.*)")


class Unit(NamedTuple):
    """What the unit columns of a row print; ``own`` says that the name is marked as that of the head office."""

    code: str
    name: str
    own: bool = False


class _UnitRow(NamedTuple):
    """A row with its unit, if it prints one or a merged cell covers it, and its amounts.

    ``total``: the row is one of all units. ``head``: it prints nothing but the unit (no code, no label).
    """

    unit: Unit | None
    total: bool
    head: bool
    amounts: tuple[Decimal | None, ...]


class UnitNames:
    """The names of the department and its units, and the words that mark those of the head office."""

    def __init__(self, department: str, known: Sequence[str], lexicon: Lexicon) -> None:
        """``known`` are the units that the document lists elsewhere, as it prints them there."""
        own = lexicon.words_of("own-level")
        self._own, self._mark = sorted(own, key=len, reverse=True), f"({own[0]})" if own else ""
        self._all = sorted(lexicon.words_of("with-units"), key=len, reverse=True)
        self.totals = frozenset(lexicon.words_of("total"))
        self.department = self.plain(department).name
        self._known = {label_key(name): name for name in known}

    def plain(self, name: str, code: str = "") -> Unit:
        """Return a name without the mark of its level (本级, 汇总)."""
        body = fold(name)
        for own, words in ((True, self._own), (False, self._all)):
            for ending in (form for word in words for form in (f"({word})", word)):
                if body.endswith(ending) and len(body) > len(ending) + 1:
                    return Unit(code, body.removesuffix(ending), own)
        return Unit(code, body)

    def key(self, unit: Unit, own: bool = False) -> str:
        """Return the name under which figures know a unit: as the list of institutions prints it, if it does."""
        wanted = unit.name + self._mark if own or unit.own else unit.name
        return self._known.get(label_key(wanted), wanted)


def bodies_of(
    rows: Sequence[RawRow], headings: Sequence[Heading], names: UnitNames
) -> tuple[list[str | None], list[Unit | None]]:
    """Return for each row the organisation it speaks of, and the unit that it prints.

    The organisation is empty for the department itself and ``None`` where the table has no columns of units.
    """
    if not any(h.role in (NAME_ROLE, CODE_ROLE) for h in headings):
        return [None] * len(rows), [None] * len(rows)
    found = [_read(row, headings, names) for row in rows]
    carried = _carried(found)
    return _Resolver(found, carried, names).organizations(), carried


def _read(row: RawRow, headings: Sequence[Heading], names: UnitNames) -> _UnitRow:
    texts = {role: _text(row, headings, role) for role in (NAME_ROLE, CODE_ROLE)}
    others = "".join(_text(row, headings, role) for role in ("code", "label"))
    key = label_key(texts[NAME_ROLE] or texts[CODE_ROLE])
    total = key in names.totals or (not key and label_key(others) in names.totals)
    amounts = tuple(parse_number(_cell(row, h)) if _cell(row, h) else None for h in headings if h.role == "amount")
    unit = None if total or not key else _unit(texts[CODE_ROLE], texts[NAME_ROLE], names)
    return _UnitRow(unit, total, not others, amounts)


def _unit(code: str, name: str, names: UnitNames) -> Unit:
    match = None if code else _CODED.fullmatch(fold(name))
    return names.plain(match["name"], match["code"]) if match else names.plain(name or code, fold(code))


def _cell(row: RawRow, heading: Heading) -> str:
    return row.cells[heading.index] if heading.index < len(row.cells) else ""


def _text(row: RawRow, headings: Sequence[Heading], role: str) -> str:
    """Return what the columns of a role print; a merged cell that covers the row prints it too."""
    texts = []
    for heading in headings:
        if heading.role == role:
            merged = row.above[heading.index] if heading.index < len(row.above) else ""
            texts.append(fold(_cell(row, heading) or merged))
    return "".join(texts)


def _carried(rows: Sequence[_UnitRow]) -> list[Unit | None]:
    """Return the unit of each row: a row that prints codes or labels but no unit belongs to the unit above."""
    units: list[Unit | None] = []
    last: Unit | None = None
    for row in rows:
        last = None if row.total else row.unit or last
        units.append(row.unit if row.head else last)
    return units


class _Resolver:
    """Decides which units are the department itself."""

    def __init__(self, rows: Sequence[_UnitRow], units: Sequence[Unit | None], names: UnitNames) -> None:
        self.rows, self.units, self.names = rows, units, names
        self.distinct = list(dict.fromkeys(unit for unit in units if unit is not None))

    def organizations(self) -> list[str | None]:
        """Return the organisation of each row."""
        whole = self._department()
        result: list[str | None] = []
        heads = 0
        for row, unit in zip(self.rows, self.units, strict=True):
            heads += unit == whole and row.head
            if unit is None:
                result.append("")
            elif unit != whole:
                result.append(self.names.key(unit, self._is_department_name(unit)))
            else:
                result.append("" if heads < 2 else self.names.key(unit, own=True))
        return result

    def _is_department_name(self, unit: Unit) -> bool:
        return bool(self.names.department) and unit.name == self.names.department

    def _department(self) -> Unit | None:
        """Return the unit that stands for the department itself, if one does."""
        if len(self.distinct) == 1:
            return self.distinct[0]
        codes = [unit.code for unit in self.distinct if unit.code]
        for unit in self.distinct:
            others = [code for code in codes if code != unit.code]
            if unit.code and others and all(code.startswith(unit.code) for code in others):
                return unit
        named = [unit for unit in self.distinct if self._is_department_name(unit) and not unit.own]
        return next((unit for unit in named or self.distinct[:1] if self._is_whole(unit)), None)

    def _is_whole(self, unit: Unit) -> bool:
        """Return whether a unit's row is that of all: it is followed by one of the same name, or its amounts tell."""
        heads = [row for row in self.rows if row.head and row.unit == unit]
        if not heads:
            return False
        if len(heads) > 1:
            return True
        if totals := [row.amounts for row in self.rows if row.total]:
            return heads[0].amounts == totals[0]
        others = [row.amounts for row in self.rows if row.head and row.unit not in (None, unit)]
        filled = [n for n, amount in enumerate(heads[0].amounts) if amount is not None]
        sums = {n: sum((row[n] or Decimal(0) for row in others), Decimal(0)) for n in filled}
        return bool(filled) and all(heads[0].amounts[n] == sums[n] for n in filled)


def unit_meanings(department: str, known: Sequence[str], lexicon: Lexicon) -> dict[str, Meaning]:
    """Return the row labels that name the department or a unit of it, by label key; they hold for the rows below.

    ``known`` are the units that the document has listed so far.
    """
    names = UnitNames(department, known, lexicon)
    found: dict[str, str] = {}
    if names.department:
        found[label_key(names.department)] = ""
        for word in (*lexicon.words_of("own-level"), *lexicon.words_of("with-units")):
            own = names.key(names.plain(f"{department}({word})"))
            organization = own if own in known else ""
            found |= {label_key(names.department + mark): organization for mark in (f"({word})", word)}
    found |= {label_key(name): name for name in known}
    return {key: Meaning(name, (("organization", name),), opens=True) for key, name in found.items() if key}
