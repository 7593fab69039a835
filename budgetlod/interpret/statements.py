"""Understand a table of figures: every filled cell gets the point of the cube that it states.

The coordinates of a cell are those of its statement type, then of its headings, then of its row; the later and
closer wording overrides the earlier. See the model in ``docs/model.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgetlod.core.numbers import decimals, in_yuan, parse_number
from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.cube import Cube, printed_lists, varying
from budgetlod.interpret.headings import Heading, exchanged, heading_paths, orphan, read_headings
from budgetlod.interpret.tables import RawRow, RawTable
from budgetlod.model.disclosure import Blank, Cell, Column, Point, Row, Statement
from budgetlod.model.lexicon import DIMENSION_OF, Lexicon, Meaning, StatementType
from budgetlod.model.problem import Problem

# Strokes that some tables print where nothing is to be stated: a blank, not an amount and not a word.
STROKES = frozenset({"-", "--", "—", "——", "－", "/", "\\", "*"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a table's surroundings say of all its cells: the year and phase, and the unit of money."""

    fiscal_year: int
    phase: str
    unit: str
    factor: Decimal


@dataclass
class _Side:
    """One side of a table: the columns of codes and labels, and the amounts that belong to them."""

    codes: list[Heading] = field(default_factory=list)
    labels: list[Heading] = field(default_factory=list)
    amounts: list[Heading] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Reading:
    """What a row says on one side: code, label and coordinates; ``None`` where its words are unknown."""

    code: str
    label: str
    coordinates: Mapping[str, str] | None


class StatementReader:
    """Reads one raw table of figures into a :class:`Statement`."""

    def __init__(
        self,
        table: RawTable,
        type_: StatementType,
        lexicon: Lexicon,
        setting: Setting,
        file: str,
        names: Mapping[str, Meaning] | None = None,
    ) -> None:
        """``names`` are row labels that the document itself defines: its projects and institutions, by label key."""
        self.names = names or {}
        self.table = table
        self.type = type_
        self.lexicon = lexicon
        self.setting = setting
        self.file = file
        self.problems: list[Problem] = []
        self.local_codes: dict[tuple[str, str], str] = {}
        self.width = max([len(r.cells) for r in table.rows] + [len(r.cells) for r in table.header], default=0)
        self.first = 0
        self.headings = self._headings()
        self.first = 1 if self.headings and self.headings[0].role == "ordinal" else 0

    def read(self, serial: int, order: int) -> Statement:
        """Return the statement; problems are left in :attr:`problems`."""
        cells, blanks, unmapped = self._cells(self.headings)
        printed = [parse_number(cell.printed) for cell in cells if cell.amount is not None]
        digits = max((decimals(number) for number in printed if number is not None), default=2)
        note = next((p for p in self.table.notes), None)
        return Statement(
            type=self.type.notation,
            serial=serial,
            order=order,
            title=self.table.title,
            unit=self.setting.unit,
            precision=self.setting.factor.scaleb(-digits),
            columns=tuple(self._column(heading) for heading in self.headings),
            rows=tuple(self._rows()),
            cells=tuple(cells),
            place=self.table.place,
            blanks=tuple(blanks),
            note=note.text.strip() if note else "",
            note_place=note.place if note else self.table.place,
            declared_empty=not printed and note is not None and self._says_empty(note.text),
            unmapped=tuple(unmapped),
        )

    def number_of(self, heading: Heading) -> int:
        """Return the printed number of a column: 1-based, a column of running numbers not counted (0)."""
        return heading.index + 1 - self.first

    def _column(self, heading: Heading) -> Column:
        return Column(self.number_of(heading), heading.path, heading.role, heading.coordinates)

    def _rows(self) -> Iterator[Row]:
        for number, row in enumerate(self.table.rows, 1):
            texts = [(h.role, squeeze(row.cells[h.index])) for h in self.headings if h.index < len(row.cells)]
            yield Row(
                number,
                tuple(text for role, text in texts if role == "label" and text),
                tuple(text for role, text in texts if role == "code" and text),
                row.places,
            )

    # --- headings -----------------------------------------------------------------------------------------------------

    def _headings(self) -> list[Heading]:
        """Read the headings; where a heading was exchanged with its neighbour, the arithmetic of the rows decides."""
        paths = heading_paths(self.table.header, self.width)
        readings = [read_headings(paths, self.type, self.lexicon)]
        column = orphan(self.table.header, self.width)
        if column is None:
            return readings[0]
        readings.append(read_headings(exchanged(paths, column), self.type, self.lexicon))
        closing = [self._closing_rows(reading) for reading in readings]
        if closing[1] <= closing[0]:
            return readings[0]
        self._problem(
            "heading-exchanged",
            "info",
            f"表头“{'/'.join(paths[column])}”与左邻表头互换：按行合计相符判定",
            f"the heading {'/'.join(paths[column])} was exchanged with its left neighbour: only so do the rows add up",
            self.table.place.words(),
        )
        return readings[1]

    def _closing_rows(self, headings: list[Heading]) -> int:
        """Return in how many rows the parts add up to their whole under a reading of the headings."""
        kept = list(self.problems)
        cells, _, _ = self._cells(headings)
        self.problems = kept
        amounts = {(cell.row, cell.states): cell.amount for cell in cells if isinstance(cell.states, Point)}
        cube = Cube(self.lexicon)
        closed = 0
        for row in {cell.row for cell in cells}:
            points = [p for r, p in amounts if r == row and isinstance(p, Point)]
            closed += sum(self._closes(row, whole, points, amounts, cube) for whole in points)
        return closed

    @staticmethod
    def _closes(row: int, whole: Point, points: list[Point], amounts: Mapping[object, Decimal | None], cube: Cube) -> int:
        above = {p: cube.nearest(p, set(points) - {p}, varying(points)) for p in points}
        parts = [p for p, w in above.items() if w is not None and w.adds_up and w.point == whole]
        total = sum((amounts[row, p] or Decimal(0) for p in parts), Decimal(0))
        if not parts:
            return 0
        return 1 if total == amounts[row, whole] else -1

    # --- sides and rows -----------------------------------------------------------------------------------------------

    def _sides(self, headings: Sequence[Heading]) -> list[_Side]:
        sides: list[_Side] = [_Side()]
        for heading in headings:
            if heading.role in ("code", "label"):
                if sides[-1].amounts:
                    sides.append(_Side())
                (sides[-1].codes if heading.role == "code" else sides[-1].labels).append(heading)
            elif heading.role == "amount":
                sides[-1].amounts.append(heading)
        return sides

    def _cells(self, headings: Sequence[Heading]) -> tuple[list[Cell], list[Blank], list[Cell]]:
        self.local_codes.clear()
        sides = self._sides(headings)
        readings = [[self._row(row, side) for side in sides] for row in self.table.rows]
        carried = self._prints_carry_over(readings, headings)
        cells: list[Cell] = []
        blanks: list[Blank] = []
        unmapped: list[Cell] = []
        for number, (row, read) in enumerate(zip(self.table.rows, readings, strict=True), 1):
            for side, reading in zip(sides, read, strict=True):
                self._amounts(number, row, side, reading, carried, cells, blanks, unmapped)
            self._words(number, row, headings, read, sides, cells, unmapped)
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return cells, blanks, unmapped

    def _amounts(
        self,
        number: int,
        row: RawRow,
        side: _Side,
        reading: _Reading,
        carried: bool,
        cells: list[Cell],
        blanks: list[Blank],
        unmapped: list[Cell],
    ) -> None:
        for heading in side.amounts:
            printed = row.cells[heading.index] if heading.index < len(row.cells) else ""
            point = self._point(heading, reading, carried)
            column = self.number_of(heading)
            if squeeze(printed) in STROKES or not printed:
                if point is not None:
                    blanks.append(Blank(number, column, point))
                if printed:
                    cells.append(Cell(number, column, printed, row.places, None, None, None, reading.code, reading.label))
                continue
            value = parse_number(printed)
            amount = in_yuan(value, self.setting.factor) if value is not None else None
            cell = Cell(number, column, printed, row.places, amount, None, point, reading.code, reading.label)
            if amount is None or point is None:
                self._unmapped(cell, heading, unmapped)
            cells.append(cell)

    def _words(
        self,
        number: int,
        row: RawRow,
        headings: Sequence[Heading],
        readings: Sequence[_Reading],
        sides: Sequence[_Side],
        cells: list[Cell],
        unmapped: list[Cell],
    ) -> None:
        """Keep the cells that print words, codes and running numbers; a column of unknown heading is unmapped."""
        of_column = {h.index: r for s, r in zip(sides, readings, strict=True) for h in (*s.codes, *s.labels)}
        for heading in headings:
            printed = row.cells[heading.index] if heading.index < len(row.cells) else ""
            if heading.role == "amount" or not printed:
                continue
            reading = of_column.get(heading.index, readings[0])
            cell = Cell(
                number, self.number_of(heading), printed, row.places, None, None, None, reading.code, reading.label
            )
            if heading.role == "unknown" and parse_number(printed) is not None:
                self._unmapped(cell, heading, unmapped)
            cells.append(cell)

    def _row(self, row: RawRow, side: _Side) -> _Reading:
        code = "".join(squeeze(row.cells[h.index]) for h in side.codes if h.index < len(row.cells))
        label = "".join(squeeze(row.cells[h.index]) for h in side.labels if h.index < len(row.cells))
        side_context = dict(self.type.fixes) | (dict(side.amounts[0].coordinates) if side.amounts else {})
        context = side_context | side.context
        if not code and not label:
            return _Reading(code, label, {} if not side.codes and not side.labels else None)
        if code and (dimension := self._dimension(code, side)):
            self._check_label(dimension, code, label)
            return _Reading(code, label, {**side.context, dimension: code})
        key = label_key(label)
        meaning = self.names.get(key) or self.lexicon.find(key, "row", context, self.type.row_dimensions)
        if meaning is None:
            self._unknown_label(label, row)
            return _Reading(code, label, None)
        if meaning.closes:
            side.context = {}
        said = {**side.context, **dict(meaning.sets)} if meaning.sets else {**side.context, **dict(self.type.row_total)}
        if meaning.opens:
            side.context = dict(meaning.sets)
        return _Reading(code, label, said)

    def _dimension(self, code: str, side: _Side) -> str:
        """Return the classification a printed code belongs to: as the heading says, else the first that fits."""
        told = next((h.dimension for h in side.codes if h.dimension), "")
        for dimension in (told,) if told else self.type.row_dimensions:
            if dimension not in DIMENSION_OF.values():
                continue
            codes = self.lexicon.codes(dimension)
            if code in codes.codes:
                return dimension
            if code.isdigit() and len(code) in (3, 5, 7) and any(len(c) == 3 and c.isdigit() for c in codes.codes):
                return dimension
        return ""

    def _check_label(self, dimension: str, code: str, label: str) -> None:
        codes = self.lexicon.codes(dimension)
        if code not in codes.codes:
            self.local_codes[dimension, code] = label
        elif label and code not in codes.keys.get(label_key(label), ()):
            self._problem(
                "label-differs",
                "info",
                f"科目 {code} 印作“{label}”，代码表为“{codes.codes[code].label}”",
                f"code {code} is printed as {label}, the code list says {codes.codes[code].label}",
                self.table.place.words(),
            )

    # --- coordinates ----------------------------------------------------------------------------------------------------

    def _prints_carry_over(self, readings: Sequence[Sequence[_Reading]], headings: Sequence[Heading]) -> bool:
        rows = any(r.coordinates and r.coordinates.get("vintage") == "carried" for row in readings for r in row)
        return rows or any(dict(h.coordinates).get("vintage") == "carried" for h in headings)

    def _point(self, heading: Heading, reading: _Reading, carried: bool) -> Point | None:
        if reading.coordinates is None:
            return None
        said = dict(self.type.fixes) | dict(heading.coordinates) | dict(reading.coordinates)
        if carried and self.type.carry_over_decides and said.get("flow") == "revenue" and "vintage" not in said:
            said["vintage"] = "current"
        return Point(fiscalYear=self.setting.fiscal_year, phase=self.setting.phase, **said)

    def _says_empty(self, note: str) -> bool:
        key = label_key(note)
        return any(word in key for word, names in self.lexicon.lists["remark"].keys.items() if "empty" in names)

    def _unknown_label(self, label: str, row: RawRow) -> None:
        place = row.places[0].words()
        zh, en = f"{self.type.label}的行名“{label}”未能识别", f"{self.type.label_en}: the row label {label} is not known"
        self._problem("label-unknown", "info", zh, en, place)

    # --- problems ---------------------------------------------------------------------------------------------------------

    def _unmapped(self, cell: Cell, heading: Heading, unmapped: list[Cell]) -> None:
        unmapped.append(cell)
        where = f"{self.type.label} 第{cell.row}行第{cell.column}列"
        what = cell.row_label or cell.row_code or "/".join(heading.path)
        self._problem(
            "number-unmapped",
            "warning",
            f"{where}“{squeeze(cell.printed)}”未能归入：{what}",
            f"{self.type.label_en}, row {cell.row}, column {cell.column}: {squeeze(cell.printed)} is not mapped ({what})",
            cell.places[0].words(),
        )

    def _problem(self, code: str, severity: str, zh: str, en: str, place: str) -> None:
        hint = ("在 ontology/ 中为该写法添加标签", "add the wording as a label in ontology/")
        assert severity in ("warning", "info")
        problem = Problem(code, "warning" if severity == "warning" else "info", zh, en, *hint, self.file, place)
        if problem not in self.problems:
            self.problems.append(problem)


def statement_lists(statement: Statement, blanks: bool = False) -> list[tuple[Point, ...]]:
    """Return the printed lists of a statement as points; with ``blanks`` the cells left blank are in them too."""
    cells = [(c.row, c.column, c.states) for c in statement.cells if isinstance(c.states, Point)]
    if blanks:
        cells += [(b.row, b.column, b.point) for b in statement.blanks]
    return printed_lists(cells)
