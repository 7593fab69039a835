"""Read the procurement table: its amounts are figures, its rows lines with goods, catalogue code and price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import in_yuan, parse_number, plain
from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading, first_of_role
from budgetlod.interpret.purchase_units import unit_rows, with_units, without_codes
from budgetlod.interpret.purchases import only_bought_for, taken_apart
from budgetlod.interpret.row_units import UnitNames
from budgetlod.interpret.statements import StatementReader
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point, Thing
from budgetlod.model.notes import ProcurementLine, Project
from budgetlod.model.tables import Cell, Statement

_PROCUREMENT = "procurement"
# 采购目录 prints the code of the catalogue and the name in one cell; a class of it has fewer digits.
_CATALOGUED = re.compile(r"^(?P<code>[ABC]\d{2,8})[-—_、.]?(?P<name>\D.*)$")
_CATALOGUE_DIGITS = 8
_NAMES = ("", "project")
_KINDS = ("procurement", "goods", "works", "services")


class _Row(NamedTuple):
    """A row of the table: its number in it, its number among all lines, its texts by role, what its amounts state."""

    number: int
    line: int
    raw: RawRow
    texts: Mapping[str, str]
    amounts: Mapping[Point, Decimal | None]

    @property
    def base(self) -> Point:
        """The first point of the row: its organisation and project."""
        return next(iter(self.amounts), Point())

    def amount(self, *items: str) -> Decimal | None:
        """Return the amount of all sources and vintages of the first item that has one."""
        whole = {p.item: amount for p, amount in self.amounts.items() if (p.source, p.vintage) == (ALL, ALL)}
        return next((whole[item] for item in items if item in whole), None)


class Procurement(NamedTuple):
    """What a procurement table gives: its lines, the statement that prints them, projects that it alone names."""

    lines: tuple[ProcurementLine, ...]
    statement: Statement
    projects: tuple[Project, ...]


def read_procurement(
    reader: StatementReader, serial: int, order: int, projects: Sequence[Project], first: int = 1
) -> Procurement:
    """Read the table; its lines are numbered from ``first``. ``projects`` are those of the forms before it."""
    type_, labels = reader.type, reader.rows.labels
    key = f"{type_.notation}-{serial}" if serial else type_.notation
    bodies = UnitNames(labels.department, labels.units, reader.lexicon)
    units = unit_rows(reader.table.rows, reader.headings, bodies, reader.lexicon)
    reader.headings = without_codes(reader.headings) if units.organizations else reader.headings
    names = {**reader.rows.names, **units.names}
    named, alone = only_bought_for(reader.table, reader.headings, type_, names, reader.lexicon, key)
    reader.rows.names = {**names, **named}
    known = [*projects, *alone]
    roles = first_of_role(reader.headings)
    goods = {n: squeeze(_text(raw, roles["goods"])) for n, raw in enumerate(reader.table.rows, 1) if "goods" in roles}
    statement, parts = taken_apart(with_units(reader.read(serial, order), units), goods, known)
    if type_.notation != _PROCUREMENT:
        return Procurement((), statement, (*alone, *parts))
    found = _Lines(reader, {p.key: p for p in known}, {part.key: part.parent for part in parts}).read(statement, first)
    return Procurement(found[0], statement._replace(cells=found[1]), (*alone, *parts))


class _Lines:
    """Reads the rows as lines; ``wholes`` gives the project that a sub-project of a single purchase is part of."""

    def __init__(self, reader: StatementReader, projects: Mapping[str, Project], wholes: Mapping[str, str]) -> None:
        self.reader, self.projects, self.wholes = reader, projects, wholes
        self.roles = first_of_role(reader.headings)

    def read(self, statement: Statement, first: int) -> tuple[tuple[ProcurementLine, ...], tuple[Cell, ...]]:
        """Return the lines, and the cells of the statement with what they state of the lines themselves."""
        lines: list[ProcurementLine] = []
        replaced: dict[tuple[int, int], Cell] = {}
        for number, raw in enumerate(self.reader.table.rows, 1):
            texts = {role: squeeze(_text(raw, heading)) for role, heading in self.roles.items()}
            amounts = {c.states: c.amount for c in statement.cells if c.row == number and isinstance(c.states, Point)}
            row = _Row(number, number + first - 1, raw, texts, amounts)
            lines.append(self._line(row))
            replaced |= {(number, cell.column): cell for cell in self._details(row, lines[-1])}
        return tuple(lines), tuple(replaced.get((cell.row, cell.column), cell) for cell in statement.cells)

    def _line(self, row: _Row) -> ProcurementLine:
        base, texts, units = row.base, row.texts, self.reader.lexicon.lists["unit"]
        project = self._project(base)
        quantity = parse_number(texts.get("quantity", ""))
        unit_text = texts.get("measurement-unit", "")
        catalogue, goods = _catalogued(texts)
        return ProcurementLine(
            order=row.line,
            kind=self._kind(base),
            label=goods or self._named(row),
            organization=base.organization,
            project=project.key if project else "",
            project_label=self._named(row) if project else texts.get("label", ""),
            catalogue_code=catalogue,
            unit=units.find(label_key(unit_text)) or "",
            unit_text=unit_text,
            quantity=plain(quantity) if quantity is not None else None,
            unit_price=_money(texts.get("unit-price", ""), self.reader),
            project_funds=_money(texts.get("project-funds", ""), self.reader),
            amount=row.amount(*_KINDS),
            reserved=row.amount("reserved-sme"),
            place=row.raw.places[0],
        )

    def _project(self, base: Point) -> Project | None:
        return self.projects.get(self.wholes.get(base.project, base.project))

    def _named(self, row: _Row) -> str:
        """Return what a row is named: its project or label, else the class of what is bought."""
        named = [h for h in self.reader.headings if h.role in ("label", "group")]
        named.sort(key=lambda h: h.dimension not in _NAMES)
        return next((squeeze(text) for h in named if (text := _text(row.raw, h))), "")

    def _kind(self, base: Point) -> str:
        """Return whether a row is a line, the total, or a subtotal: of a unit, a code, a kind of goods, a project."""
        if base.project != ALL and base.project not in self.wholes.values():
            return "line"
        whole = Point(fiscalYear=base.fiscalYear, phase=base.phase).moved(dict(self.reader.type.fixes))
        return "total" if base._replace(source=whole.source, vintage=whole.vintage) == whole else "subtotal"

    def _details(self, row: _Row, line: ProcurementLine) -> Iterator[Cell]:
        """Yield the cells that state something of the line itself, or the budget of its project."""
        thing = Thing("procurement", "", str(row.line))
        base = row.base
        project = self._project(base)
        of_project = Point(
            fiscalYear=base.fiscalYear, phase=base.phase, flow=base.flow, nature="project", project=line.project
        )
        stated = {
            "project-funds": (line.project_funds, None, of_project if project and project.form else thing),
            "unit-price": (line.unit_price, None, thing),
            "quantity": (None, line.quantity, thing),
        }
        for role, (amount, count, subject) in stated.items():
            if role in self.roles and (amount is not None or count is not None):
                column, printed = self.reader.number_of(self.roles[role]), _text(row.raw, self.roles[role])
                label = row.texts.get("label", "")
                yield Cell(row.number, column, printed, row.raw.places, amount, count, subject, "", label)


def _text(row: RawRow, heading: Heading) -> str:
    return row.cells[heading.index] if heading.index < len(row.cells) else ""


def _catalogued(texts: Mapping[str, str]) -> tuple[str, str]:
    """Return the catalogue code and the goods of a row; ``A0201计算机`` is class A02010000."""
    code, goods = texts.get("catalogue-code", ""), texts.get("goods", "")
    if match := _CATALOGUED.match(goods):
        return code or match["code"][0] + match["code"][1:].ljust(_CATALOGUE_DIGITS, "0"), match["name"]
    return code, goods


def _money(text: str, reader: StatementReader) -> Decimal | None:
    value = parse_number(text) if text else None
    return in_yuan(value, reader.setting.factor) if value is not None else None
