"""Read a table of projects: its rows name projects of the document, often below a unit or a group of projects.

Which rows are groups of the rows below them no heading says; the amounts tell: a group is the sum of the next rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.interpret.row_sides import Reading
from budgetlod.interpret.statements import StatementReader
from budgetlod.model.notes import Project
from budgetlod.model.tables import Statement

ZERO = Decimal(0)


class _Line(NamedTuple):
    """A row that names a project or a group of projects: its number (0-based), its unit, name and amount."""

    row: int
    unit: str
    name: str
    amount: Decimal


def read_projects(
    reader: StatementReader, serial: int, order: int, projects: Sequence[Project]
) -> tuple[Statement, list[Project]]:
    """Read the table; return it with all projects: those known before (``projects``) and those that only it names."""
    key = f"{reader.type.notation}-{serial}" if serial else reader.type.notation
    told = _Projects(reader, projects, key)
    statement = reader.read(serial, order, told.coordinates)
    grouped = [p._replace(group=told.groups.get(p.key, p.group)) for p in (*projects, *told.found)]
    return statement, grouped


class _Projects:
    """Finds the projects that the rows of a table name."""

    def __init__(self, reader: StatementReader, projects: Sequence[Project], statement: str) -> None:
        self.reader, self.statement = reader, statement
        self._known = {label_key(project.name): project for project in projects if project.name and not project.parent}
        self.found: list[Project] = []
        self.groups: dict[str, str] = {}
        labels = [h for h in reader.headings if h.role in ("label", "project-name")]
        self._bodies = [h for h in reader.headings if h.role == "organization"]
        self._codes = [h for h in reader.headings if h.role == "organization-code"]
        self._names = labels or self._bodies
        self._first = next((h for h in reader.headings if h.role == "amount"), None)

    def coordinates(self, readings: Sequence[Sequence[Reading]]) -> Mapping[int, Mapping[str, str]]:
        """Return the coordinates of the rows that name projects, by row; ``readings`` are what the rows say otherwise."""
        self.found.clear()
        rows = self.reader.table.rows
        of_unit: dict[str, list[_Line]] = {}
        wholes: dict[str, Decimal] = {}
        for line in self._lines(rows, readings, wholes):
            of_unit.setdefault(line.unit, []).append(line)
        told: dict[int, Mapping[str, str]] = {}
        for unit, lines in of_unit.items():
            keys: list[str] = []
            for line, parent in zip(lines, nested([li.amount for li in lines], wholes.get(unit)), strict=True):
                keys.append(self._project(line, keys[parent] if parent is not None else "", rows[line.row]))
                told[line.row] = {"organization": unit, "project": keys[-1]}
        return told

    def _lines(
        self, rows: Sequence[RawRow], readings: Sequence[Sequence[Reading]], wholes: dict[str, Decimal]
    ) -> Iterator[_Line]:
        """Yield the rows of projects; the amount of each unit's own row goes into ``wholes``."""
        unit = ""
        for number, (row, read) in enumerate(zip(rows, readings, strict=True)):
            said = read[0].coordinates or {}
            amount = parse_number(_cell(row, self._first)) if self._first else None
            name = next((squeeze(text) for h in reversed(self._names) if (text := _cell(row, h))), "")
            if self._is_body(row, name) or (not self._bodies and "organization" in said):
                unit = said.get("organization", "")
                if not self._bodies or self._names == self._bodies:
                    name = ""
            elif self._names != self._bodies and any(_cell(row, h) for h in self._bodies):
                unit = said.get("organization", "")
            if amount is None:
                continue
            if name and self._is_project(name, read[0]):
                yield _Line(number, unit, name, amount)
            else:
                wholes[unit] = amount

    def _is_body(self, row: RawRow, name: str) -> bool:
        """Return whether a row is one of a unit: it prints a unit's code, or the name of the department or of a unit."""
        if any(_cell(row, h) for h in self._codes):
            return True
        labels = self.reader.rows.labels
        return label_key(name) in {label_key(body) for body in (labels.department, *labels.units) if body}

    def _is_project(self, name: str, reading: Reading) -> bool:
        """Return whether a name is none that tables use for something else (totals, codes, kinds of money)."""
        key = label_key(name)
        if key in self._known:
            return True
        lexicon, type_ = self.reader.lexicon, self.reader.type
        if reading.entries and any(h.role == "code" for h in self.reader.headings):
            return False
        meaning = lexicon.find(key, "row", dict(type_.fixes), type_.row_dimensions)
        # Without codes a project may be called like an item of a classification (物业管理费).
        return meaning is None or bool({d for d, _ in meaning.sets} & {"function", "economic", "governmentEconomic"})

    def _project(self, line: _Line, above: str, row: RawRow) -> str:
        key = label_key(line.name)
        if known := self._known.get(key):
            self.groups[known.key] = above
            return known.key
        taken = {project.key for project in self.found}
        name = next(n for n in _numbered(f"{line.unit}.{key}" if line.unit else key) if n not in taken)
        self.groups[name] = above
        self.found.append(Project(name, "", line.name, self.statement, row.places[0], form=False))
        return name


def _numbered(key: str) -> Iterator[str]:
    yield key
    number = 1
    while True:
        number += 1
        yield f"{key}.{number}"


def _cell(row: RawRow, heading: Heading | None) -> str:
    if heading is None or heading.index >= len(row.cells):
        return ""
    covered = row.above[heading.index] if heading.index < len(row.above) else ""
    return row.cells[heading.index] or (covered if heading.role != "amount" else "")


def nested(amounts: Sequence[Decimal], whole: Decimal | None) -> list[int | None]:
    """Return for each amount the index of the group that it is part of, ``None`` at the top.

    A list whose amounts add up to ``whole`` as they are has no groups; otherwise an amount that is the sum of the
    next ones is their group, if the groups then add up to ``whole``.

    >>> nested([Decimal(5), Decimal(2), Decimal(3), Decimal(4)], Decimal(9))
    [None, 0, 0, None]
    """
    flat: list[int | None] = [None] * len(amounts)
    if whole is None or sum(amounts, ZERO) == whole:
        return flat
    parents = list(flat)
    position = 0
    while position < len(amounts):
        position = _group(amounts, position, parents)
    top = sum((amount for amount, parent in zip(amounts, parents, strict=True) if parent is None), ZERO)
    return parents if top == whole else flat


def _group(amounts: Sequence[Decimal], start: int, parents: list[int | None]) -> int:
    """Hang the amounts behind ``start`` that add up to it under it, their own groups first; return what comes next."""
    total, position = ZERO, start + 1
    trial = list(parents)
    while position < len(amounts) and total < amounts[start]:
        trial[position] = start
        total += amounts[position]
        position = _group(amounts, position, trial)
        if total == amounts[start]:
            parents[:] = trial
            return position
    return start + 1
