"""Read the tables that stand in the notes: institutions, procurement, assets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budgetlod.core.numbers import decimals, in_yuan, parse_number, plain
from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.headings import Heading, heading_paths, read_headings, unit_in_heading
from budgetlod.interpret.statements import Setting, StatementReader
from budgetlod.interpret.tables import RawRow, RawTable
from budgetlod.model.codes import ALL
from budgetlod.model.disclosure import (
    AssetLine,
    Cell,
    Column,
    Institution,
    Point,
    ProcurementLine,
    Project,
    Row,
    Statement,
    Thing,
)
from budgetlod.model.lexicon import Lexicon, Meaning, StatementType

_BRACKETED_UNIT = re.compile(r"^(?P<label>.+?)\((?P<unit>[^()]+)\)$")
_DATE = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})")
_SUBTOTALS = ("小计", "合计")


def _roles(headings: Sequence[Heading]) -> dict[str, Heading]:
    found: dict[str, Heading] = {}
    for heading in headings:
        found.setdefault(heading.role, heading)
    return found


def _text(row: RawRow, heading: Heading | None) -> str:
    return row.cells[heading.index] if heading is not None and heading.index < len(row.cells) else ""


def _plain_statement(
    table: RawTable,
    headings: Sequence[Heading],
    order: int,
    type_: StatementType,
    setting: Setting,
    cell: Callable[[int, RawRow, Heading, str], Cell],
) -> Statement:
    """Return a statement whose cells ``cell`` makes from (row number, row, heading, printed)."""
    rows = [row for row in table.rows if not row.heading]
    cells = tuple(
        cell(number, row, heading, row.cells[heading.index])
        for number, row in enumerate(rows, 1)
        for heading in headings
        if heading.index < len(row.cells) and row.cells[heading.index]
    )
    digits = [decimals(n) for c in cells if c.amount is not None and (n := parse_number(c.printed)) is not None]
    return Statement(
        type=type_.notation,
        serial=0,
        order=order,
        title=table.title,
        unit=setting.unit,
        precision=setting.factor.scaleb(-max(digits, default=2)),
        columns=tuple(Column(h.index + 1, h.path, h.role, h.coordinates) for h in headings),
        rows=tuple(Row(n, (squeeze(r.cells[0]),) if r.cells[0] else (), (), r.places) for n, r in enumerate(rows, 1)),
        cells=cells,
        place=table.place,
        note=table.notes[0].text.strip() if table.notes else "",
        note_place=table.notes[0].place if table.notes else table.place,
    )


def read_institutions(
    table: RawTable, type_: StatementType, lexicon: Lexicon, setting: Setting, order: int
) -> tuple[list[Institution], Statement]:
    """Read the table of institutions: name, nature, rank and funding of each, as codes where the lists know them."""
    headings = _table_headings(table, type_, lexicon)
    roles = _roles(headings)

    def text_cell(number: int, row: RawRow, heading: Heading, printed: str) -> Cell:
        return Cell(number, heading.index + 1, printed, row.places, row_label=squeeze(row.cells[0]))

    institutions = []
    for number, row in enumerate(table.rows, 1):
        printed = {role: squeeze(_text(row, heading)) for role, heading in roles.items()}
        codes = {
            scheme: lexicon.lists[scheme].find(label_key(printed.get(scheme, ""))) or ""
            for scheme in ("institution-type", "institution-rank", "funding-mode")
        }
        institutions.append(
            Institution(
                number,
                printed.get("institution-name", ""),
                codes["institution-type"],
                codes["institution-rank"],
                codes["funding-mode"],
                (
                    printed.get("institution-type", ""),
                    printed.get("institution-rank", ""),
                    printed.get("funding-mode", ""),
                ),
            )
        )
    return institutions, _plain_statement(table, headings, order, type_, setting, text_cell)


def _table_headings(table: RawTable, type_: StatementType, lexicon: Lexicon) -> list[Heading]:
    width = max(len(row.cells) for row in (*table.header, *table.rows))
    return read_headings(heading_paths(table.header, width), type_, lexicon)


# --- assets -----------------------------------------------------------------------------------------------------------------


def read_assets(
    table: RawTable, type_: StatementType, lexicon: Lexicon, setting: Setting, order: int
) -> tuple[list[AssetLine], Statement]:
    """Read the table of fixed assets: class, quantity with its unit, book value; and the date it speaks of."""
    headings = _table_headings(table, type_, lexicon)
    roles = _roles(headings)
    unit = unit_in_heading(roles["amount"].path, lexicon) if "amount" in roles else None
    factor = lexicon.lists["unit"].codes[unit].factor if unit else None
    here = replace(setting, unit=unit, factor=factor) if unit and factor else setting

    def cell(number: int, row: RawRow, heading: Heading, printed: str) -> Cell:
        value = parse_number(printed)
        amount = in_yuan(value, here.factor) if heading.role == "amount" and value is not None else None
        count = plain(value) if heading.role == "quantity" and value is not None else None
        subject = Thing("asset", "", str(number)) if amount is not None or count is not None else None
        return Cell(number, heading.index + 1, printed, row.places, amount, count, subject, "", squeeze(row.cells[0]))

    statement = _plain_statement(table, headings, order, type_, here, cell)
    as_of = next((f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}" for t in table.context if (m := _DATE.search(fold(t)))), "")
    numbers = {(c.row, c.column): c for c in statement.cells}
    lines = []
    for number, row in enumerate(table.rows, 1):
        label, unit_text = asset_label(_text(row, roles.get("label")), lexicon)
        count = numbers.get((number, roles["quantity"].index + 1)) if "quantity" in roles else None
        value = numbers.get((number, roles["amount"].index + 1)) if "amount" in roles else None
        lines.append(
            AssetLine(
                number,
                lexicon.lists["asset"].find(label_key(label)) or "",
                label,
                count.number if count else None,
                unit_text,
                value.amount if value else None,
                as_of,
                row.places[0],
            )
        )
    return lines, statement


def asset_label(printed: str, lexicon: Lexicon) -> tuple[str, str]:
    """Split ``2、车辆（台、辆）`` into the label 车辆 and the unit 台、辆; brackets that hold no unit stay."""
    body = label_key(printed)
    match = _BRACKETED_UNIT.match(body)
    units = lexicon.lists["unit"]
    if match and all(units.find(part) for part in re.split("[、,/]", match["unit"])):
        return match["label"], match["unit"]
    return body, ""


# --- procurement --------------------------------------------------------------------------------------------------------------


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


def read_procurement(
    reader: StatementReader, order: int, projects: Mapping[str, Project], lexicon: Lexicon
) -> tuple[list[ProcurementLine], Statement]:
    """Read the procurement table: its amounts are figures, its rows lines with goods, catalogue code and price."""
    statement = reader.read(0, order)
    roles = _roles(reader.headings)
    replaced: dict[tuple[int, int], Cell] = {}
    lines = []
    for number, row in enumerate(reader.table.rows, 1):
        texts = {role: squeeze(_text(row, heading)) for role, heading in roles.items()}
        amounts = {c.states: c.amount for c in statement.cells if c.row == number and isinstance(c.states, Point)}
        base = next(iter(amounts), Point())
        budget = projects.get(base.project)
        funds = _money(texts.get("project-funds", ""), reader.setting)
        price = _money(texts.get("unit-price", ""), reader.setting)
        quantity = parse_number(texts.get("quantity", ""))
        kind = "line" if base.project != ALL else "subtotal" if base.organization else "total"
        unit_text = texts.get("measurement-unit", "")
        lines.append(
            ProcurementLine(
                order=number,
                kind=kind,
                label=texts.get("goods", "") or texts.get("label", ""),
                organization=base.organization,
                project=base.project if base.project != ALL else "",
                project_label=texts.get("label", ""),
                catalogue_code=texts.get("catalogue-code", ""),
                unit=lexicon.lists["unit"].find(label_key(unit_text)) or "",
                unit_text=unit_text,
                quantity=plain(quantity) if quantity is not None else None,
                unit_price=price,
                project_funds=funds,
                amount=_of_item(amounts, "procurement"),
                reserved=_of_item(amounts, "reserved-sme"),
                place=row.places[0],
            )
        )
        thing = Thing("procurement", "", str(number))
        of_project = base._replace(organization="", item=ALL, source=ALL, vintage=ALL, nature="project")
        subjects = {
            "project-funds": (funds, None, of_project if budget else thing),
            "unit-price": (price, None, thing),
            "quantity": (None, plain(quantity) if quantity is not None else None, thing),
        }
        for role, (amount, count, subject) in subjects.items():
            if role in roles and (amount is not None or count is not None):
                column = reader.number_of(roles[role])
                printed = _text(row, roles[role])
                label = texts.get("label", "")
                replaced[number, column] = Cell(number, column, printed, row.places, amount, count, subject, "", label)
    cells = tuple(replaced.get((cell.row, cell.column), cell) for cell in statement.cells)
    return lines, replace(statement, cells=cells)


def _money(text: str, setting: Setting) -> Decimal | None:
    value = parse_number(text) if text else None
    return in_yuan(value, setting.factor) if value is not None else None


def _of_item(amounts: Mapping[Point, Decimal | None], item: str) -> Decimal | None:
    """Return the amount of all sources and vintages of an item in one row."""
    return next((a for p, a in amounts.items() if p.item == item and p.source == ALL and p.vintage == ALL), None)
