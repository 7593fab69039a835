"""Understand a table of figures: every filled cell gets the point of the cube that it states.

The coordinates of a cell are those of its statement type, then of its headings, then of its row; the later and
closer wording overrides the earlier. See the model in ``docs/model.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import decimals, in_yuan, parse_number
from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.cube import Cube, varying
from budgetlod.interpret.document_labels import NO_LABELS, DocumentLabels
from budgetlod.interpret.findings import Findings
from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.interpret.gaps import missing_numbers, with_missing_parents, with_order
from budgetlod.interpret.headings import Heading, exchanged, heading_paths, orphan, read_headings
from budgetlod.interpret.mending import is_unsure, mended
from budgetlod.interpret.readings import read_rows
from budgetlod.interpret.row_sides import Reading, sides_of
from budgetlod.interpret.rows import RowReader
from budgetlod.interpret.totals import without_row_numbers
from budgetlod.interpret.whole_table import Readings, WholeTable, whole_table
from budgetlod.model.cube import ChangeOf, Point
from budgetlod.model.lexicon import Lexicon, Meaning, StatementType
from budgetlod.model.tables import Blank, Cell, Column, Entry, Row, Statement

# Strokes that some tables print where nothing is to be stated: a blank, not an amount and not a word.
STROKES = frozenset({"-", "--", "—", "——", "－", "/", "\\", "*"})


_YEAR = re.compile(r"^(20\d\d)")


Told = Callable[[Readings], Mapping[int, Mapping[str, str]]]
"""Tells the coordinates of rows (0-based) from what all rows say."""


class Setting(NamedTuple):
    """What a table's surroundings say of all its cells: the year and phase, and the unit of money."""

    fiscal_year: int
    phase: str
    unit: str
    factor: Decimal


@dataclass
class _Contents:
    """What is found in the cells of a table."""

    cells: list[Cell] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    unmapped: list[tuple[Cell, Heading]] = field(default_factory=list)


class StatementReader:
    """Reads one raw table of figures into a :class:`Statement`; what it does not understand is in :attr:`findings`."""

    def __init__(
        self,
        table: RawTable,
        type_: StatementType,
        lexicon: Lexicon,
        setting: Setting,
        file: str,
        names: Mapping[str, Meaning] | None = None,
        labels: DocumentLabels = NO_LABELS,
    ) -> None:
        """``names`` are row labels that the document itself defines: its projects and institutions, by label key.

        ``labels`` is what its other tables and its cover tell about row labels.
        """
        self.table, self.type, self.lexicon, self.setting = table, type_, lexicon, setting
        self.findings = Findings(type_, file)
        self.rows = RowReader(type_, lexicon, names or {}, table.place, self.findings, labels)
        self._entries: dict[int, tuple[Entry, ...]] = {}
        self.headings = without_row_numbers(self._headings(), table.rows)
        self.first = 1 if self.headings and self.headings[0].role == "ordinal" else 0

    def read(self, serial: int, order: int, told: Told | None = None) -> Statement:
        """Return the statement; ``told`` tells some rows their coordinates, after all have been read."""
        self._list_unknown_headings()
        contents = self._mended(self._contents(self.headings, told))
        for cell, heading in contents.unmapped:
            self.findings.number(cell, heading.path)
        printed = [parse_number(cell.printed) for cell in contents.cells if cell.amount is not None]
        digits = max((decimals(number) for number in printed if number is not None), default=2)
        note = next((p for p in self.table.notes), None)
        return Statement(
            type=self.type.notation,
            serial=serial,
            order=order,
            title=self.table.title,
            unit=self.setting.unit,
            precision=self.setting.factor.scaleb(-digits),
            columns=tuple(Column(self.number_of(h), h.path, h.role, h.coordinates) for h in self.headings),
            rows=with_missing_parents(tuple(with_order(tuple(self._rows()))), self.lexicon),
            cells=tuple(contents.cells),
            place=self.table.place,
            blanks=tuple(contents.blanks),
            note=note.text.strip() if note else "",
            note_place=note.place if note else self.table.place,
            declared_empty=not printed and note is not None and self._says_empty(note.text),
            unmapped=tuple(cell for cell, _ in contents.unmapped),
        )

    def number_of(self, heading: Heading) -> int:
        """Return the printed number of a column: 1-based, a column of running numbers not counted (0)."""
        return heading.index + 1 - self.first

    def _rows(self) -> Iterator[Row]:
        numbered = enumerate(self.table.rows, 1)
        gaps = missing_numbers({n: row.cells[0] for n, row in numbered if row.cells}) if self.first else {}
        for number, row in enumerate(self.table.rows, 1):
            texts = [(h.role, squeeze(row.cells[h.index])) for h in self.headings if h.index < len(row.cells)]
            labels, codes = (tuple(text for role, text in texts if role == r and text) for r in ("label", "code"))
            yield Row(number, labels, codes, row.places, self._entries.get(number, ()), gaps.get(number))

    def _says_empty(self, note: str) -> bool:
        key = label_key(note)
        return any(word in key for word, names in self.lexicon.lists["remark"].keys.items() if "empty" in names)

    def _list_unknown_headings(self) -> None:
        for heading in self.headings:
            if heading.role == "unknown" and heading.path:
                words = "/".join(heading.path)
                zh = f"{self.type.label}的表头“{words}”未能识别"
                en = f"{self.type.label_en}: the heading {words} is not known"
                self.findings.add("heading-unknown", "warning", zh, en, self.table.place.words())

    # --- headings -----------------------------------------------------------------------------------------------------

    def _headings(self) -> list[Heading]:
        """Read the headings; where a heading was exchanged with its neighbour, the arithmetic of the rows decides."""
        paths = heading_paths(self.table.header, self.table.width)
        plain = read_headings(paths, self.type, self.lexicon)
        column = orphan(self.table.header, self.table.width)
        if column is None:
            return plain
        other = read_headings(exchanged(paths, column), self.type, self.lexicon)
        if self._closing_rows(other) <= self._closing_rows(plain):
            return plain
        heading = "/".join(paths[column])
        self.findings.add(
            "heading-exchanged",
            "info",
            f"表头“{heading}”与左邻表头互换：按行合计相符判定",
            f"the heading {heading} was exchanged with its left neighbour: only so do the rows add up",
            self.table.place.words(),
        )
        return other

    def _closing_rows(self, headings: list[Heading]) -> int:
        """Return in how many rows the parts add up to their whole under a reading of the headings."""
        self.first = 0
        kept = list(self.findings.problems)
        rows: dict[int, dict[Point, Decimal]] = {}
        for cell in self._contents(headings).cells:
            if isinstance(cell.states, Point) and cell.amount is not None:
                rows.setdefault(cell.row, {})[cell.states] = cell.amount
        self.findings.problems = kept
        cube = Cube(self.lexicon)
        return sum(_closes(whole, amounts, cube) for amounts in rows.values() for whole in amounts)

    # --- cells --------------------------------------------------------------------------------------------------------

    def _contents(self, headings: Sequence[Heading], told: Told | None = None) -> _Contents:
        self.rows.local_codes.clear()
        sides = sides_of(headings)
        readings = read_rows(self.rows, self.table.rows, headings, sides)
        whole = whole_table(self.type, readings, headings, self.table.rows, self.lexicon)
        for place, said in told(readings).items() if told else ():
            readings[place] = [readings[place][0]._replace(coordinates=said), *readings[place][1:]]
        contents = _Contents()
        years = next((h for h in headings if h.role == "year"), None)
        for number, (row, read) in enumerate(zip(self.table.rows, readings, strict=True), 1):
            year, measure = self._year_of(row, years)
            self._entries[number] = tuple(entry for reading in read for entry in reading.entries)
            reading_of: dict[int, Reading] = {}
            for side, reading in zip(sides, read, strict=True):
                reading_of |= {h.index: reading for h in side.columns}
            for heading in headings:
                reading = reading_of.get(heading.index, read[0])
                if heading.role == "amount" and (year or measure):
                    heading = replace(heading, year=year or heading.year, measure=measure or heading.measure)
                self._take(number, row, heading, reading, self._point(heading, reading, whole), contents)
        return contents

    def _year_of(self, row: RawRow, column: Heading | None) -> tuple[int, str]:
        """Return the year that a row names in a column of years, or the measure (change, percent) that it names there."""
        if column is None or column.index >= len(row.cells):
            return 0, ""
        key = label_key(row.cells[column.index])
        if match := _YEAR.match(key):
            return int(match[1]), ""
        role = self.lexicon.role(key, self.type.notation) or self.lexicon.role(
            self.lexicon.core(key), self.type.notation
        )
        return (0, role) if role in ("change", "percent") else (0, "")

    def _take(
        self, row_number: int, row: RawRow, heading: Heading, reading: Reading, point: Point | None, contents: _Contents
    ) -> None:
        """Take one cell: an amount, a blank that could hold one, or words, codes and running numbers."""
        printed = row.cells[heading.index] if heading.index < len(row.cells) else ""
        column = self.number_of(heading)
        is_amount = heading.role == "amount"
        is_blank = not printed or squeeze(printed) in STROKES
        covered = heading.index < len(row.over) and row.over[heading.index]  # by a merged cell: there is no cell here
        if is_amount and is_blank and not covered and point is not None and heading.measure == "figure":
            contents.blanks.append(Blank(row_number, column, point))
        if not printed:
            return
        value = None if is_blank else parse_number(printed)
        amount = in_yuan(value, self.setting.factor) if is_amount and value is not None else None
        number: Decimal | None = None
        states = self._stated(point, heading) if is_amount and not is_blank else None
        if heading.measure == "percent":
            amount, number = None, value
        cell = Cell(row_number, column, printed, row.places, amount, number, states, reading.code, reading.label)
        contents.cells.append(cell)
        lost = is_amount and not is_blank and (value is None or point is None)
        if lost or (heading.role == "unknown" and value is not None):
            contents.unmapped.append((cell, heading))

    def _mended(self, contents: _Contents) -> _Contents:
        """Return the cells with the numbers that were misread in a picture and that one sum leaves one reading for."""
        unsure = {
            (cell.row, cell.column)
            for cell, heading in contents.unmapped
            if is_unsure(self.table.rows[cell.row - 1], heading.index)
        }
        found = mended(
            contents.cells, unsure, [cell for cell, _ in contents.unmapped], self.setting.factor, self.lexicon
        )
        for cell in found.values():
            self.findings.mended(cell)
        return _Contents(
            [found.get((cell.row, cell.column), cell) for cell in contents.cells],
            contents.blanks,
            [(cell, heading) for cell, heading in contents.unmapped if (cell.row, cell.column) not in found],
        )

    def _point(self, heading: Heading, reading: Reading, whole: WholeTable) -> Point | None:
        if heading.role != "amount" or reading.coordinates is None:
            return None
        given = dict(self.type.fixes) | dict(heading.coordinates) | dict(reading.coordinates)
        said = whole.completed(given, heading)
        year = int(said.pop("fiscalYear", "0")) or heading.year or self.setting.fiscal_year - heading.before
        return Point(fiscalYear=year, phase=self.setting.phase).moved(said)

    def _stated(self, point: Point | None, heading: Heading) -> Point | ChangeOf | None:
        """Return what a cell states: a figure, or its change against the year before."""
        if point is None or heading.measure == "figure":
            return point
        return ChangeOf(point, point.fiscalYear - 1)


def _closes(whole: Point, amounts: Mapping[Point, Decimal], cube: Cube) -> int:
    """Return 1 when the parts of ``whole`` in one row add up to it, -1 when they do not, 0 when it has none."""
    above = {p: cube.nearest(p, set(amounts) - {p}, varying(amounts)) for p in amounts}
    parts = [p for p, w in above.items() if w is not None and w.adds_up and w.point == whole]
    if not parts:
        return 0
    return 1 if sum((amounts[p] for p in parts), Decimal(0)) == amounts[whole] else -1
