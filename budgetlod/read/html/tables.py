"""Tables of a web page: which are tables and which only lay the page out, and what stands in their cells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from budgetlod.model.document import Block, Grid, GridRow, Span
from budgetlod.read.html.styles import Styles, points
from budgetlod.read.html.tree import Element, Places
from budgetlod.read.html.words import SEPARATORS, printed_lines
from budgetlod.read.limits import check_limit
from budgetlod.read.sheets import Sheet, cut_sheet

# HTML, 4.9.12: what a table may ask for at most.
_WIDEST, _HIGHEST = 1000, 65534
_GROUPS = {"thead": 0, "tfoot": 2}
# A row that is all but invisible: Word and editors put one in to fix the width of the columns.
_FLAT = 1.0
# Longer than any cell of a table: an article that a table lays out.
_ARTICLE = 3000
_ARTICLE_BREAKS = 12


@dataclass(slots=True)
class Cell:
    """A cell: its text with breaks, how much of it is links, and whether it holds a table or an article itself."""

    element: Element
    text: list[str] = field(default_factory=list)
    linked: int = 0
    breaks: int = 0
    flow: bool = False

    @property
    def length(self) -> int:
        """How many characters it prints, marks aside."""
        return sum(len(SEPARATORS.sub("", piece)) for piece in self.text)

    def lays_out(self) -> bool:
        """Return whether the content is a part of the page rather than of a table."""
        return self.flow or (self.breaks > _ARTICLE_BREAKS and self.length > _ARTICLE)


@dataclass(slots=True)
class Row:
    """A row: its element, the group it stands in (rank: head, body, foot; the element), and its cells."""

    element: Element
    rank: int = 1
    group: Element | None = None
    cells: list[Cell] = field(default_factory=list)
    flat: bool = False

    def elements(self) -> list[Element]:
        """Return the elements that make up the row: its own, or its cells where they stand in none."""
        return [self.element] if self.element.tag == "tr" else [cell.element for cell in self.cells]


@dataclass(slots=True)
class Table:
    """A table as the survey of the page finds it; ``open`` tells whether a cell is open."""

    element: Element
    rows: list[Row] = field(default_factory=list)
    open: bool = False

    def loose(self) -> bool:
        """Return whether all of it is links, or no row has more than one cell."""
        cells = [cell for row in self.rows for cell in row.cells]
        length = sum(cell.length for cell in cells)
        return (
            max((len(row.cells) for row in self.rows), default=0) < 2 or sum(c.linked for c in cells) * 10 >= 9 * length
        )


class Made(NamedTuple):
    """The blocks of a stretch of rows of a table, to stand where the first of these rows does."""

    rows: list[Row]
    blocks: list[Block]

    @property
    def is_table(self) -> bool:
        """Whether it is a table that a cell of another table cannot hold as its text."""
        return any(isinstance(block, Grid) and len(block.rows) > 1 and block.width > 1 for block in self.blocks)


def is_flat(row: Element, styles: Styles) -> bool:
    """Return whether a row is drawn with no height."""
    heights = (row.get("height"), styles.of(row).get("height"))
    return any(height is not None and height <= _FLAT for height in map(points, heights))


def make_tables(table: Table, places: Places, file: str) -> Iterator[Made]:
    """Yield the stretches of a table that are tables, with their paragraphs and grids.

    Rows that lay the page out (a cell of theirs holds a table or an article) are left to be read as the page is.
    Raises :class:`BadInput` when the table asks for more cells than a document may have.
    """
    if table.loose():
        return
    laid_out = [any(cell.lays_out() for cell in row.cells) for row in table.rows]
    stretch: list[Row] = []
    for row, apart in zip([*table.rows, None], [*laid_out, True], strict=True):
        if row is not None and not apart:
            stretch.append(row)
            continue
        # A single row between the parts of a page is a line of it.
        if stretch and max(len(one.cells) for one in stretch) > 1 and not (any(laid_out) and len(stretch) < 2):
            yield Made(stretch, _blocks(stretch, places, file, _is_drawn(table.element)))
        stretch = []


def _is_drawn(table: Element) -> bool:
    """Return whether a table was drawn in Word, where a row with one filled cell need not be a title."""
    return "MsoTable" in (table.get("class") or "")


def _blocks(stretch: Sequence[Row], places: Places, file: str, drawn: bool) -> list[Block]:
    # A foot may be written before the body; a head written later is still above it.
    rows = sorted(stretch, key=lambda row: row.rank)
    texts = [[printed_lines("".join(cell.text)) for cell in row.cells] for row in rows]
    flat = [row.flat and not any(cells) for row, cells in zip(rows, texts, strict=True)]
    placed = list(_placed(rows, flat, file))
    columns = sorted({one.column for one in placed if not flat[one.row]})
    kept = sorted({one.row for one in placed if not flat[one.row]})
    cells = {row: [""] * len(columns) for row in kept}
    spans = []
    for one in placed:
        if flat[one.row]:
            continue
        first, last = bisect_left(columns, one.column), bisect_left(columns, one.column + one.width)
        top, below = bisect_left(kept, one.row), bisect_left(kept, one.row + one.height)
        cells[one.row][first] = texts[one.row][one.number]
        if last - first > 1 or below - top > 1:
            spans.append(Span(top, first, below - top, last - first))
    return cut_sheet(
        Sheet([GridRow(tuple(cells[row]), places.place(rows[row].element)) for row in kept], spans, drawn=drawn)
    )


class _Placed(NamedTuple):
    """A cell in its column: the row, the number of the cell in the row, and its extent."""

    row: int
    number: int
    column: int
    height: int
    width: int


class _Hanging(NamedTuple):
    """Columns that a cell of a row above covers, up to a row (exclusive)."""

    start: int
    end: int
    until: int


def _placed(rows: Sequence[Row], flat: Sequence[bool], file: str) -> Iterator[_Placed]:
    """Yield the cells in their columns, by the table model of HTML; a cell never reaches over one that hangs down."""
    ends = _group_ends(rows)
    hanging: list[_Hanging] = []
    starts: set[int] = set()
    for index, row in enumerate(rows):
        hanging = [one for one in hanging if one.until > index]
        added, column, passed = list[_Hanging](), 0, 0
        for number, cell in enumerate(row.cells):
            while passed < len(hanging) and hanging[passed].start <= column:
                column, passed = max(column, hanging[passed].end), passed + 1
            room = hanging[passed].start - column if passed < len(hanging) else _WIDEST
            width = min(_extent(cell.element.get("colspan"), 1, _WIDEST) or 1, room)
            # rowspan="0" reaches to the end of the group.
            height = min(_extent(cell.element.get("rowspan"), 1, _HIGHEST) or _HIGHEST, ends[index] - index)
            yield _Placed(index, number, column, height, width)
            if height > 1:
                added.append(_Hanging(column, column + width, index + height))
            if not flat[index]:
                starts.add(column)
            column += width
        # Merged cells count by what they cover: a few bytes can ask for billions.
        check_limit("cells", len(starts) * len(rows), file)
        hanging = sorted([*hanging, *added])


def _group_ends(rows: Sequence[Row]) -> list[int]:
    """Return for each row where its group (head, body, foot) ends: no cell hangs down into the next."""
    ends = [len(rows)] * len(rows)
    for index in range(len(rows) - 2, -1, -1):
        ends[index] = ends[index + 1] if rows[index].group is rows[index + 1].group else index + 1
    return ends


_NUMBER = re.compile(r"\s*\+?(\d{1,9})")


def _extent(value: str | None, default: int, most: int) -> int:
    """Return the number that an attribute begins with, as browsers read it."""
    found = _NUMBER.match(value) if value else None
    return min(int(found[1]), most) if found else default


def rank_of(group: Element) -> int:
    """Return where the rows of a group are drawn: those of a head first, those of a foot last."""
    return _GROUPS.get(group.tag, 1)
