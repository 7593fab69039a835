"""Read the tables of words and counts that stand in the notes: institutions, assets, and those kept as printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from budgetlod.core.numbers import decimals, in_yuan, parse_number, plain
from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.findings import Findings
from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.interpret.headings import Heading, first_of_role, heading_paths, read_headings, unit_in_heading
from budgetlod.interpret.statements import Setting
from budgetlod.model.cube import Thing
from budgetlod.model.lexicon import Lexicon, StatementType
from budgetlod.model.notes import AssetLine, Institution
from budgetlod.model.tables import Cell, Column, Row, Statement

_BRACKETED_UNIT = re.compile(r"^(?P<label>.+?)\((?P<unit>[^()]+)\)$")
_DATE = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})")

CellMaker = Callable[[int, RawRow, Heading, str], Cell]
"""Makes a cell from (row number, row, heading, printed)."""


class ScheduleReader:
    """Reads one raw table of words and counts; numbers it does not understand are in :attr:`findings`."""

    def __init__(self, table: RawTable, type_: StatementType, lexicon: Lexicon, setting: Setting, file: str) -> None:
        self.table, self.type, self.lexicon, self.setting = table, type_, lexicon, setting
        self.findings = Findings(type_, file)
        self.headings = read_headings(heading_paths(table.header, table.width), type_, lexicon)
        self.roles = first_of_role(self.headings)

    def institutions(self, serial: int, order: int, first: int = 1) -> tuple[list[Institution], Statement]:
        """Return name, nature, rank and funding of each institution, as codes where the lists know them; numbered from ``first``."""
        schemes = ("institution-type", "institution-rank", "funding-mode")
        institutions = []
        for number, row in enumerate(self.table.rows, first):
            name, type_, rank, funding = (self._squeezed(row, role) for role in ("institution-name", *schemes))
            institution_type, institution_rank, mode = map(self._code, schemes, (type_, rank, funding))
            printed = (type_, rank, funding)
            institutions.append(Institution(number, name, institution_type, institution_rank, mode, printed))
        return institutions, self._statement(serial, order, self.setting, self._text_cell)

    def as_printed(self, serial: int, order: int) -> Statement:
        """Return a table that is no budget table: its cells as printed, of which none states anything."""
        return self._statement(serial, order, self.setting, self._text_cell)

    def _text_cell(self, number: int, row: RawRow, heading: Heading, printed: str) -> Cell:
        return Cell(number, heading.index + 1, printed, row.places, row_label=self._label(row))

    def _label(self, row: RawRow) -> str:
        """Return what names a row: its first cell, in a table kept as printed that of the first column of labels."""
        named = self._squeezed(row, "label") if self.type.as_printed else ""
        return named or squeeze(row.cells[0])

    def assets(self, serial: int, order: int, first: int = 1) -> tuple[list[AssetLine], Statement]:
        """Return class, quantity with its unit, and book value of each line; and the date the table speaks of; numbered from ``first``."""
        unit = unit_in_heading(self.roles["amount"].path, self.lexicon) if "amount" in self.roles else None
        factor = self.lexicon.lists["unit"].codes[unit].factor if unit else None
        here = self.setting._replace(unit=unit, factor=factor) if unit and factor else self.setting

        def cell(number: int, row: RawRow, heading: Heading, printed: str) -> Cell:
            value = parse_number(printed)
            amount = in_yuan(value, here.factor) if heading.role == "amount" and value is not None else None
            count = plain(value) if heading.role == "quantity" and value is not None else None
            subject = Thing("asset", "", str(number + first - 1)) if amount is not None or count is not None else None
            label = squeeze(row.cells[0])
            return Cell(number, heading.index + 1, printed, row.places, amount, count, subject, "", label)

        statement = self._statement(serial, order, here, cell)
        found = {(c.row, c.column): c for c in statement.cells}
        dates = (_DATE.search(fold(text)) for text in self.table.context)
        as_of = next((f"{d[1]}-{int(d[2]):02d}-{int(d[3]):02d}" for d in dates if d), "")
        lines = [
            self._asset(number, row, found, as_of)._replace(order=number + first - 1)
            for number, row in enumerate(self.table.rows, 1)
        ]
        return lines, statement

    def _asset(self, number: int, row: RawRow, found: Mapping[tuple[int, int], Cell], as_of: str) -> AssetLine:
        label, unit_text = asset_label(self._text(row, "label"), self.lexicon)
        count, value = (
            found.get((number, self.roles[role].index + 1)) if role in self.roles else None
            for role in ("quantity", "amount")
        )
        return AssetLine(
            order=number,
            asset_class=self._code("asset", label),
            label=label,
            quantity=count.number if count else None,
            unit_text=unit_text,
            amount=value.amount if value else None,
            as_of=as_of,
            place=row.places[0],
        )

    def _text(self, row: RawRow, role: str) -> str:
        heading = self.roles.get(role)
        return row.cells[heading.index] if heading is not None and heading.index < len(row.cells) else ""

    def _squeezed(self, row: RawRow, role: str) -> str:
        return squeeze(self._text(row, role))

    def _code(self, scheme: str, text: str) -> str:
        return self.lexicon.lists[scheme].find(label_key(text)) or ""

    def _statement(self, serial: int, order: int, setting: Setting, make: CellMaker) -> Statement:
        cells = tuple(
            make(number, row, heading, row.cells[heading.index])
            for number, row in enumerate(self.table.rows, 1)
            for heading in self.headings
            if heading.index < len(row.cells) and row.cells[heading.index]
        )
        self._list_unmapped(cells)
        digits = [decimals(n) for c in cells if c.amount is not None and (n := parse_number(c.printed)) is not None]
        note = next(iter(self.table.notes), None)
        return Statement(
            type=self.type.notation,
            serial=serial,
            order=order,
            title=self.table.title,
            unit=setting.unit,
            precision=setting.factor.scaleb(-max(digits, default=2)),
            columns=tuple(Column(h.index + 1, h.path, h.role, h.coordinates) for h in self.headings),
            rows=tuple(_row(number, self._label(row), row) for number, row in enumerate(self.table.rows, 1)),
            cells=cells,
            place=self.table.place,
            note=note.text.strip() if note else "",
            note_place=note.place if note else self.table.place,
            unmapped=tuple(self.findings.unmapped),
        )

    def _list_unmapped(self, cells: Sequence[Cell]) -> None:
        """List the numbers that state nothing; a column of running numbers need not, nor a table kept as printed."""
        for cell in () if self.type.as_printed else cells:
            heading = self.headings[cell.column - 1]
            if cell.states is None and heading.role != "ordinal" and parse_number(cell.printed) is not None:
                self.findings.number(cell, heading.path)


def _row(number: int, label: str, row: RawRow) -> Row:
    return Row(number, (label,) if label else (), (), row.places)


def asset_label(printed: str, lexicon: Lexicon) -> tuple[str, str]:
    """Split ``2、车辆（台、辆）`` into the label 车辆 and the unit 台、辆; brackets that hold no unit stay."""
    body = label_key(printed)
    match = _BRACKETED_UNIT.match(body)
    units = lexicon.lists["unit"]
    if match and all(units.find(part) for part in re.split("[、,/]", match["unit"])):
        return match["label"], match["unit"]
    return body, ""
