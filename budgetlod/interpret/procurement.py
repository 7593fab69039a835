"""Read the procurement table: its amounts are figures, its rows lines with goods, catalogue code and price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import in_yuan, parse_number, plain
from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading, first_of_role
from budgetlod.interpret.purchases import only_bought_for, taken_apart
from budgetlod.interpret.statements import StatementReader
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point, Thing
from budgetlod.model.notes import ProcurementLine, Project
from budgetlod.model.tables import Cell, Statement


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

    def amount(self, item: str) -> Decimal | None:
        """Return the amount of all sources and vintages of an item."""
        return next((a for p, a in self.amounts.items() if (p.item, p.source, p.vintage) == (item, ALL, ALL)), None)


class Procurement(NamedTuple):
    """What a procurement table gives: its lines, the statement that prints them, projects that it alone names."""

    lines: tuple[ProcurementLine, ...]
    statement: Statement
    projects: tuple[Project, ...]


def read_procurement(
    reader: StatementReader, serial: int, order: int, projects: Sequence[Project], first: int = 1
) -> Procurement:
    """Read the table; its lines are numbered from ``first``. ``projects`` are those of the forms before it."""
    key = f"procurement-{serial}" if serial else "procurement"
    names = reader.rows.names
    named, alone = only_bought_for(reader.table, reader.headings, reader.type, names, reader.lexicon, key)
    reader.rows.names = {**names, **named}
    known = [*projects, *alone]
    roles = first_of_role(reader.headings)
    goods = {n: squeeze(_text(raw, roles["goods"])) for n, raw in enumerate(reader.table.rows, 1) if "goods" in roles}
    statement, parts = taken_apart(reader.read(serial, order), goods, known)
    lines, cells = _lines(reader, statement, roles, {p.key: p for p in (*known, *parts)}, first)
    return Procurement(tuple(lines), statement._replace(cells=cells), (*alone, *parts))


def _lines(
    reader: StatementReader,
    statement: Statement,
    roles: Mapping[str, Heading],
    projects: Mapping[str, Project],
    first: int,
) -> tuple[list[ProcurementLine], tuple[Cell, ...]]:
    """Return the lines, and the cells of the statement with what they state of the lines themselves."""
    lines: list[ProcurementLine] = []
    replaced: dict[tuple[int, int], Cell] = {}
    for number, raw in enumerate(reader.table.rows, 1):
        texts = {role: squeeze(_text(raw, heading)) for role, heading in roles.items()}
        amounts = {c.states: c.amount for c in statement.cells if c.row == number and isinstance(c.states, Point)}
        row = _Row(number, number + first - 1, raw, texts, amounts)
        lines.append(_line(row, reader, projects))
        replaced |= {(number, cell.column): cell for cell in _details(row, lines[-1], roles, reader, projects)}
    return lines, tuple(replaced.get((cell.row, cell.column), cell) for cell in statement.cells)


def _text(row: RawRow, heading: Heading) -> str:
    return row.cells[heading.index] if heading.index < len(row.cells) else ""


def _line(row: _Row, reader: StatementReader, projects: Mapping[str, Project]) -> ProcurementLine:
    base, texts, lexicon = row.base, row.texts, reader.lexicon
    project = projects.get(base.project)
    quantity = parse_number(texts.get("quantity", ""))
    unit_text = texts.get("measurement-unit", "")
    return ProcurementLine(
        order=row.line,
        kind="line" if base.project != ALL else "subtotal" if base.organization else "total",
        label=texts.get("goods", "") or texts.get("label", ""),
        organization=base.organization,
        project=(project.parent or project.key) if project else "",
        project_label=texts.get("label", ""),
        catalogue_code=texts.get("catalogue-code", ""),
        unit=lexicon.lists["unit"].find(label_key(unit_text)) or "",
        unit_text=unit_text,
        quantity=plain(quantity) if quantity is not None else None,
        unit_price=_money(texts.get("unit-price", ""), reader),
        project_funds=_money(texts.get("project-funds", ""), reader),
        amount=row.amount("procurement"),
        reserved=row.amount("reserved-sme"),
        place=row.raw.places[0],
    )


def _details(
    row: _Row,
    line: ProcurementLine,
    roles: Mapping[str, Heading],
    reader: StatementReader,
    projects: Mapping[str, Project],
) -> Iterator[Cell]:
    """Yield the cells that state something of the line itself, or the budget of its project."""
    thing = Thing("procurement", "", str(row.line))
    base = row.base
    project = projects.get(base.project)
    with_form = projects.get(project.parent, project) if project else None
    of_project = Point(
        fiscalYear=base.fiscalYear, phase=base.phase, flow=base.flow, nature="project", project=line.project
    )
    stated = {
        "project-funds": (line.project_funds, None, of_project if with_form and with_form.form else thing),
        "unit-price": (line.unit_price, None, thing),
        "quantity": (None, line.quantity, thing),
    }
    for role, (amount, count, subject) in stated.items():
        if role in roles and (amount is not None or count is not None):
            column, printed = reader.number_of(roles[role]), _text(row.raw, roles[role])
            label = row.texts.get("label", "")
            yield Cell(row.number, column, printed, row.raw.places, amount, count, subject, "", label)


def _money(text: str, reader: StatementReader) -> Decimal | None:
    value = parse_number(text) if text else None
    return in_yuan(value, reader.setting.factor) if value is not None else None
