"""Make the corrections of a person between finding the tables of a document and understanding them.

A correction names what the reader made of the place. It is made only where that is what stands there; otherwise it is
a problem that says what was found instead, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from budgetlod.interpret.corrected_document import (
    Made,
    Unused,
    correct_document,
    corrected_cells,
    nothing_there,
    same,
    sure,
)
from budgetlod.interpret.fragments import RawTable, padded, table_keys
from budgetlod.interpret.headings import heading_paths, read_headings
from budgetlod.interpret.totals import without_row_numbers
from budgetlod.model.corrections import Applied, Correction, Corrections
from budgetlod.model.document import Document
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.problem import Problem

Result = TypeVar("Result")

# Forms and schedules number their columns as they are printed; tables of figures leave out one of running numbers.
_NUMBERED_AS_PRINTED = frozenset({"performance", "department-performance", "institutions", "assets"})


class Corrector:
    """Makes the corrections of one document, and keeps which took effect and which did not fit."""

    def __init__(self, corrections: Corrections, lexicon: Lexicon) -> None:
        self.file, self.entries, self.lexicon = corrections.file, corrections.entries, lexicon
        self._problems: dict[int, Problem] = {}
        self._placed: list[Made] = []
        self._applied: list[Applied] = []

    def correct_cells(self, document: Document) -> Document:
        """Return the document as the reader gave it with the cells corrected that are named by their place."""
        return self._correct_places(document, [one for one in self.entries if not one.statement and one.row])

    def correct_texts(self, document: Document) -> Document:
        """Return the document with titles and prose corrected."""
        return self._correct_places(document, [one for one in self.entries if one.kind in ("title", "text")])

    def _correct_places(self, document: Document, corrections: Sequence[Correction]) -> Document:
        for correction in corrections:
            made = self._try(correction, partial(correct_document, document, correction, self.lexicon))
            if made is not None:
                document, what = made
                self._placed.append(what)
        return document

    def correct_tables(self, tables: Sequence[RawTable]) -> None:
        """Make the corrections that name a statement in its raw table: headings first, as they tell the columns."""
        if not self.entries:
            return
        named = dict(zip(table_keys(tables), tables, strict=True))
        for kind in ("heading", "cell"):
            shifts = {key: columns_before(table, self.lexicon) for key, table in named.items()}
            for correction in self.entries:
                if correction.statement and correction.kind == kind:
                    self._correct(correction, named, shifts)
        self._applied += [self._located(made, named) for made in self._placed]

    def applied(self) -> tuple[Applied, ...]:
        """Return the corrections that took effect, in the order of their file."""
        found = sorted(self._applied, key=lambda applied: applied.correction.entry)
        return tuple(applied._replace(order=order) for order, applied in enumerate(found, 1))

    def unused(self) -> list[Problem]:
        """Return a warning for each correction that did not fit, in the order of their file."""
        return [problem for _, problem in sorted(self._problems.items())]

    # --- one correction ---------------------------------------------------------------------------------------------------

    def _try(self, correction: Correction, make: Callable[[], Result]) -> Result | None:
        try:
            return make()
        except Unused as unused:
            self._left(correction, unused)
            return None

    def _left(self, correction: Correction, unused: Unused) -> None:
        self._problems[correction.entry] = Problem(
            "correction-unused", "warning",
            f"更正“{correction.printed}”→“{correction.correct}”未使用：{unused.zh}",
            f'the correction of "{correction.printed}" to "{correction.correct}" is not used: {unused.en}',
            "核对位置和 printed，已不需要则删去", "check the place and printed; remove it if it is no longer needed",
            self.file, f"[[correction]] {correction.entry}",
        )  # fmt: skip

    def _correct(self, correction: Correction, named: Mapping[str, RawTable], shifts: Mapping[str, int]) -> None:
        key = correction.statement
        if (table := named.get(key)) is None:
            keys = ", ".join(named)
            self._left(correction, nothing_there(f"报表 {key}；有 {keys}", f"statement {key}, but {keys}"))
            return
        index = correction.column - 1 + shifts[key]
        make = _correct_heading if correction.kind == "heading" else _correct_row
        applied = self._try(correction, partial(make, table, correction, index))
        if applied is not None:
            self._applied.append(applied)

    def _located(self, made: Made, named: Mapping[str, RawTable]) -> Applied:
        """Return what a correction at a place is of, now that the tables are found."""
        correction, place = made.correction, made.place
        applied = Applied(0, correction, place)
        if correction.kind == "text":
            return applied._replace(target="text")
        for key, table in named.items():
            if correction.kind == "title":
                if table.place == place and same(table.title, correction.correct):
                    return applied._replace(target="statement", statement=key)
                continue
            shift = columns_before(table, self.lexicon)
            rows = [row for row in table.rows if not row.heading]
            for number, row in enumerate(rows, 1):
                if place in row.places and (index := _column(row.cells, made)) is not None:
                    return applied._replace(target="cell", statement=key, row=number, column=index + 1 - shift)
            for heading in table.header:
                if heading.place == place and (index := _column(heading.cells, made)) is not None:
                    return applied._replace(target="column", statement=key, column=index + 1 - shift)
        return applied


def columns_before(table: RawTable, lexicon: Lexicon) -> int:
    """Return how many columns of a table stand before the one numbered 1: that of the running numbers, if any."""
    type_ = lexicon.statements[table.type]
    if type_.notation in _NUMBERED_AS_PRINTED or type_.as_printed or not table.width:
        return 0
    headings = read_headings(heading_paths(table.header, table.width), type_, lexicon)
    return 1 if without_row_numbers(headings, table.rows)[0].role == "ordinal" else 0


def _column(cells: Sequence[str], made: Made) -> int | None:
    """Return where a corrected cell stands in the table: as in its grid, or where the page's columns were moved to."""
    found = [n for n, cell in enumerate(cells) if same(cell, made.correction.correct)]
    return min(found, key=lambda n: abs(n - made.column), default=None)


def _correct_heading(table: RawTable, correction: Correction, index: int) -> Applied:
    """Correct a heading, in all columns of a group that it stands over."""
    at, count = correction.heading - 1, len(table.header)
    if at >= count:
        raise nothing_there(f"第{at + 1}行表头：共{count}行", f"heading row {at + 1} of {count}")
    row = table.header[at]
    cells = _corrected(row.cells, index, table.width, correction)
    columns = _group(row.cells, index) if at + 1 < count else [index]
    cells = tuple(correction.correct if column in columns else cell for column, cell in enumerate(cells))
    table.header = (*table.header[:at], row._replace(cells=cells), *table.header[at + 1 :])
    return Applied(0, correction, row.place, "column", correction.statement, 0, correction.column)


def _group(cells: Sequence[str], index: int) -> list[int]:
    """Return the columns around ``index`` that hold the same text without a break: those of a merged heading."""
    if index >= len(cells) or not cells[index]:
        return [index]
    first = last = index
    while first > 0 and cells[first - 1] == cells[index]:
        first -= 1
    while last + 1 < len(cells) and cells[last + 1] == cells[index]:
        last += 1
    return list(range(first, last + 1))


def _correct_row(table: RawTable, correction: Correction, index: int) -> Applied:
    """Correct a cell of a data row, with what it says of the rows below if it is merged over them."""
    data = [n for n, row in enumerate(table.rows) if not row.heading]
    if correction.row > len(data):
        raise nothing_there(f"第{correction.row}行：共{len(data)}行", f"row {correction.row} of {len(data)}")
    at = data[correction.row - 1]
    row = table.rows[at]
    cells = _corrected(row.cells, index, table.width, correction)
    over = tuple(
        correction.correct if n > index and same(text, correction.printed) else text for n, text in enumerate(row.over)
    )
    table.rows[at] = row._replace(cells=cells, confidence=sure(row.confidence, index), over=over)
    for below in range(at + 1, len(table.rows)):
        above = table.rows[below].above
        if index >= len(above) or not above[index] or not same(above[index], correction.printed):
            break
        above = (*above[:index], correction.correct, *above[index + 1 :])
        table.rows[below] = table.rows[below]._replace(above=above)
    return Applied(0, correction, row.places[0], "cell", correction.statement, correction.row, correction.column)


def _corrected(cells: tuple[str, ...], index: int, width: int, correction: Correction) -> tuple[str, ...]:
    """Return the cells of a row with one corrected; blanks at the end of a row may be left out in it."""
    return corrected_cells(padded(cells, index + 1) if index < width else cells, index, correction)
