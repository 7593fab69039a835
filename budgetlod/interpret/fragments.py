"""Put a table together from the fragments that its pages hold, and rows that a page break cut in two.

A fragment belongs to the table before it when it repeats its headings, or when nothing but a page number stands
between the two and the rows simply run on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.columns import aligned, same_columns
from budgetlod.interpret.form_pages import echoes, is_whole
from budgetlod.interpret.merged import carried_down, carried_right
from budgetlod.interpret.recognise import heading_roles, is_column_numbers, is_page_number, split_header
from budgetlod.model.document import NOWHERE, Grid, GridRow, Paragraph, Place
from budgetlod.model.lexicon import DIMENSION_OF, Lexicon

_CODE_LENGTHS = (3, 5, 7)
# A year on a line of its own is no page number.
# Roles of the columns that say what a row is about.
_NAMING = ("label", "code", "institution-name", "organization", "organization-code")
_YEAR = re.compile(r"^20\d\d$")


class RawRow(NamedTuple):
    """A data row as printed: cells by position, and a place for each page fragment it was put together from.

    ``heading`` marks a heading row that a form repeats on a later page: it tells where the columns stand there.
    ``above`` holds, by column, the text of a merged cell that began in a row above and covers this row too; it is
    empty where the format does not tell which cells are merged. ``over`` holds the text of a merged cell that begins
    further left in the row. ``confidence`` is that of the cells of a recognised picture, by column.
    """

    cells: tuple[str, ...]
    places: tuple[Place, ...]
    heading: bool = False
    above: tuple[str, ...] = ()
    confidence: tuple[float, ...] = ()
    over: tuple[str, ...] = ()

    def joined(self, other: GridRow) -> RawRow:
        """Return this row with its continuation on the next page joined cell by cell."""
        width = max(len(self.cells), len(other.cells))
        left, right = padded(self.cells, width), padded(other.cells, width)
        cells = tuple("\n".join(part for part in pair if part) for pair in zip(left, right, strict=True))
        pairs = zip_longest(self.confidence, other.confidence, fillvalue=1.0)
        confidence = tuple(min(pair) for pair in pairs)
        return self._replace(cells=cells, places=(*self.places, other.place), confidence=confidence)


class PageHead(NamedTuple):
    """What stands over one page of a table: the lines above it, and the label of its row of column numbers."""

    context: tuple[str, ...]
    place: Place
    numbering: str = ""
    numbering_place: Place = NOWHERE


@dataclass
class RawTable:
    """A table put together from its page fragments, not yet understood."""

    type: str
    title: str
    context: list[str]
    header: tuple[GridRow, ...]
    place: Place
    used: set[Place] = field(default_factory=set)
    rows: list[RawRow] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    pages: list[PageHead] = field(default_factory=list)
    edges: tuple[float, ...] | None = None

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(cells) for cells in self._all_cells()), default=0)

    def _all_cells(self) -> Iterator[tuple[str, ...]]:
        yield from (row.cells for row in self.header)
        yield from (row.cells for row in self.rows)


def raw_rows(grid: Grid, rows: Sequence[GridRow]) -> list[RawRow]:
    """Return the last rows of a grid as rows of a table, each with the merged cells that cover it from elsewhere."""
    first, none = len(grid.rows) - len(rows), [()] * len(rows)
    above = carried_down(grid)[first:] if grid.spans is not None else none
    over = carried_right(grid)[first:] if grid.spans is not None else none
    return [
        RawRow(row.cells, (row.place,), above=down, confidence=row.confidence, over=right)
        for row, down, right in zip(rows, above, over, strict=True)
    ]


def table_serials(tables: Sequence[RawTable]) -> list[int]:
    """Return for each table its number among those of its type; 0 for the only one."""
    counts = Counter(table.type for table in tables)
    seen: Counter[str] = Counter()
    serials = []
    for table in tables:
        seen[table.type] += 1
        serials.append(seen[table.type] if counts[table.type] > 1 else 0)
    return serials


def table_keys(tables: Sequence[RawTable]) -> list[str]:
    """Return the key of each table: its type, with its number where there are several: ``income``, ``performance-3``."""
    serials = table_serials(tables)
    return [f"{table.type}-{n}" if n else table.type for table, n in zip(tables, serials, strict=True)]


def padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return cells with blanks after them up to a width."""
    return cells + ("",) * (width - len(cells))


def page_head(grid: Grid, above: Sequence[Paragraph], lexicon: Lexicon) -> PageHead:
    """Return what stands over a page of a table: ``above`` are the paragraphs before it, page numbers among them."""
    lines = [p for p in above if not is_page_number(p.text) or _YEAR.match(fold(p.text))]
    context = tuple(line.text for line in lines)
    place = lines[0].place if lines else grid.place
    numbering = next((row for row in grid.rows[:6] if is_column_numbers(row, lexicon)), None)
    label = next((squeeze(cell) for cell in numbering.cells if cell), "") if numbering else ""
    return PageHead(context, place, label, numbering.place if numbering else NOWHERE)


def continue_table(table: RawTable, grid: Grid, between: Sequence[Paragraph], lexicon: Lexicon) -> bool:
    """Join a grid to the table before it if it is its next fragment, and return whether it is.

    ``between`` are the paragraphs that stand between the two, page furniture left out.
    """
    grid = aligned(grid, table.edges)
    header, rows = split_header(grid, table.type, lexicon)
    if table.header:
        # The rest of a cut row may hold nothing but words that are headings elsewhere.
        header, rows = header[: len(table.header)], (*header[len(table.header) :], *rows)
    if header and _repeats(header, table):
        if not table.header:
            table.rows.append(RawRow(header[0].cells, (header[0].place,), heading=True))
        columns: list[Sequence[str]] = [row.cells for row in header]
    elif _runs_on(grid, table, between, bool(header), lexicon):
        rows = grid.rows
        columns = [row.cells for row in table.header] or [row.cells for row in table.rows]
    else:
        return False
    table.pages.append(page_head(grid, between, lexicon))
    last = max((i for i, row in enumerate(table.rows) if not row.heading), default=None)
    if rows and last is not None and _Cut(table, columns, lexicon).is_rest(rows[0]):
        table.rows[last] = table.rows[last].joined(rows[0])
        rows = rows[1:]
    table.rows.extend(raw_rows(grid, rows))
    known = fold("".join(table.context))
    table.used |= {p.place for p in between if fold(p.text) in known or is_page_number(p.text)}
    return True


def _repeats(header: Sequence[GridRow], table: RawTable) -> bool:
    """Return whether headings are those of the table; in a form they repeat a row inside it."""
    folded = [_folded(row.cells) for row in header]
    if table.header:
        return folded == [_folded(row.cells) for row in table.header]
    return any(folded[0] == _folded(row.cells) for row in table.rows)


def _folded(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(label_key(cell) for cell in cells if cell)


def _runs_on(grid: Grid, table: RawTable, between: Sequence[Paragraph], headed: bool, lexicon: Lexicon) -> bool:
    """Return whether a grid is the next page of a table without its headings: as wide, and its running numbers go on.

    ``headed``: its first row could be one of headings, which only running numbers rule out.
    """
    known = fold("".join(table.context))
    is_form = lexicon.statements[table.type].is_form
    loose = [p.text for p in between if not is_page_number(p.text) and fold(p.text) not in known]
    if is_form:
        loose = [text for text in loose if not _YEAR.match(fold(text).strip("()度年"))]
    if not table.rows or (loose and not (is_form and echoes("".join(loose), _texts(table), lexicon))):
        return False
    if is_form:  # the lattice of a form is drawn anew on each page
        return not headed
    if grid.width != table.width and table.header:
        return False
    if grid.edges is not None and same_columns(grid, table.edges):
        return True
    if "ordinal" not in heading_roles([row.cells for row in table.header], 1, table.type, lexicon):
        return not headed and grid.width <= table.width
    first = [*(row.cells[0] for row in table.rows), *(row.cells[0] for row in grid.rows)]
    numbers = [number for number in first if number]
    return [fold(number) for number in numbers] == [str(n) for n in range(1, len(numbers) + 1)]


def _texts(table: RawTable) -> Iterator[str]:
    return (cell for row in table.rows for cell in row.cells)


class _Cut:
    """Tells whether the first row of a page is the rest of the last row of the page before."""

    def __init__(self, table: RawTable, header: Sequence[Sequence[str]], lexicon: Lexicon) -> None:
        self.rows = [row.cells for row in table.rows if not row.heading]
        self.told = any(row.above for row in table.rows)
        self.type, self.lexicon = lexicon.statements[table.type], lexicon
        self.roles = heading_roles(header, table.width, table.type, lexicon)

    def is_rest(self, row: GridRow) -> bool:
        """Return whether a row goes on with the last row of the page before.

        It does when the column that every row fills is blank: the running number, else the second indicator level,
        else every column of labels and codes. Where there is no running number, also when the two rows together
        read as a code and label that they do not read as apart.
        """
        if not any(row.cells):
            return False
        if self.type.is_form and self.told:
            return not is_whole(row.cells, self.type.notation, self.lexicon)
        for wanted in ("ordinal", "level-2"):
            if wanted in self.roles:
                return not self._at(row.cells, wanted)
        if not self._at(row.cells, *_NAMING):
            return not self._is_whole(row.cells)
        joined = RawRow(self.rows[-1], ()).joined(row).cells
        apart, together = self._reads(row.cells), self._reads(joined)
        before = self._reads(self.rows[-1])
        if together >= max(apart, before) and together > min(apart, before):
            return True
        return not apart and not together and self.type.group == "schedule" and self._lacks(row.cells)

    def _is_whole(self, cells: Sequence[str]) -> bool:
        """Return whether a row without a label has numbers of its own: joined to those above they would be none.

        Two whole numbers would be one number again, but a number is cut at its marks if at all.
        """
        pairs = [(fold(above), fold(cell)) for above, cell in zip(self.rows[-1], cells, strict=False)]
        numbers = [p for p in pairs if parse_number(p[0]) is not None and parse_number(p[1]) is not None]
        return any(parse_number(a + b) is None or (a.isdecimal() and b.isdecimal()) for a, b in numbers)

    def _at(self, cells: Sequence[str], *roles: str) -> str:
        return "".join(cell for cell, role in zip(cells, self.roles, strict=False) if role in roles)

    def _reads(self, cells: Sequence[str]) -> int:
        """Return how well a row reads: 2 with a known code and its label or known labels, 1 with a code, else 0."""
        code = squeeze(self._at(cells, "code"))
        labels = [label_key(cell) for cell, role in zip(cells, self.roles, strict=False) if role == "label" and cell]
        if not code:
            return 2 if labels and all(self._knows(label) for label in labels) else 0
        for dimension in self.type.row_dimensions:
            codes = self.lexicon.codes(dimension) if dimension in DIMENSION_OF.values() else None
            if codes is not None and code in codes.codes:
                return 2 if code in codes.keys.get("".join(labels), ()) else 1
            if codes is not None and code.isdigit() and len(code) in _CODE_LENGTHS and code[:-2] in codes.codes:
                return 1
        return 0

    def _knows(self, label: str) -> bool:
        return label in self.lexicon.meanings or self.lexicon.lists["asset"].find(label) is not None

    def _lacks(self, cells: Sequence[str]) -> bool:
        """Return whether a column that all rows before fill is blank: only a piece of a row leaves it so."""
        return any(
            all(squeeze(c) for c in column) and not cell for *column, cell in zip(*self.rows, cells, strict=False)
        )
