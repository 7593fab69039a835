"""Read the procurement table: its amounts are figures, its rows lines with goods, catalogue code and price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgetlod.core.numbers import in_yuan, parse_number, plain
from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading, first_of_role
from budgetlod.interpret.statements import StatementReader
from budgetlod.model.codes import ALL
from budgetlod.model.disclosure import Cell, Institution, Point, ProcurementLine, Project, Statement, Thing
from budgetlod.model.lexicon import Lexicon, Meaning

_SUBTOTALS = ("小计", "合计")


def document_names(projects: Sequence[Project], institutions: Sequence[Institution]) -> dict[str, Meaning]:
    """Return the row labels that the document itself defines: projects, and institutions with their subtotals."""
    names: dict[str, Meaning] = {}
    for institution in institutions:
        meaning = Meaning(institution.name, (("organization", institution.name),), opens=True)
        for suffix in ("", *_SUBTOTALS):
            names[label_key(institution.name + suffix)] = meaning
    for project in projects:
        names[label_key(project.name)] = Meaning(project.key, (("project", project.key),))
    return names


@dataclass(frozen=True)
class _Row:
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


def read_procurement(
    reader: StatementReader, serial: int, order: int, projects: Mapping[str, Project], lexicon: Lexicon, first: int = 1
) -> tuple[list[ProcurementLine], Statement]:
    """Return the lines of the table, numbered from ``first``, and the statement that prints them."""
    statement = reader.read(serial, order)
    roles = first_of_role(reader.headings)
    lines: list[ProcurementLine] = []
    replaced: dict[tuple[int, int], Cell] = {}
    for number, raw in enumerate(reader.table.rows, 1):
        texts = {role: squeeze(_text(raw, heading)) for role, heading in roles.items()}
        amounts = {c.states: c.amount for c in statement.cells if c.row == number and isinstance(c.states, Point)}
        row = _Row(number, number + first - 1, raw, texts, amounts)
        lines.append(_line(row, reader, lexicon))
        replaced |= {(number, cell.column): cell for cell in _details(row, lines[-1], roles, reader, projects)}
    cells = tuple(replaced.get((cell.row, cell.column), cell) for cell in statement.cells)
    return lines, replace(statement, cells=cells)


def _text(row: RawRow, heading: Heading) -> str:
    return row.cells[heading.index] if heading.index < len(row.cells) else ""


def _line(row: _Row, reader: StatementReader, lexicon: Lexicon) -> ProcurementLine:
    base, texts = row.base, row.texts
    quantity = parse_number(texts.get("quantity", ""))
    unit_text = texts.get("measurement-unit", "")
    return ProcurementLine(
        order=row.line,
        kind="line" if base.project != ALL else "subtotal" if base.organization else "total",
        label=texts.get("goods", "") or texts.get("label", ""),
        organization=base.organization,
        project=base.project if base.project != ALL else "",
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
    of_project = base._replace(organization="", item=ALL, source=ALL, vintage=ALL, nature="project")
    stated = {
        "project-funds": (line.project_funds, None, of_project if base.project in projects else thing),
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
