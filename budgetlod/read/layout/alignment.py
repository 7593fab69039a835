"""Tables without rulings, told by their numbers: columns are where several lines have words one below another.

Prose, lists and contents must not become tables. So a table needs at least three lines with a number that stands apart
from other words, columns between which all those lines have a gap, and numbers one below another that are amounts (with
decimals or thousands separators) or stand in two columns at least. Rules across such a table part its rows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from budgetlod.model.document import Box, Grid, GridRow, Place
from budgetlod.read.layout.lines import Line, cell_text, pieces
from budgetlod.read.layout.page import Glyph, Ruling

# In heights of the text: what parts two words of a line into two columns, and what must be left between columns.
_WORDS_APART, _COLUMNS_APART = 0.9, 0.3
# Two amounts are two words where there is a gap at all: no space stands inside a number.
_AMOUNTS_APART = 0.3
_FEWEST_LINES = 3
_FEWEST_COLUMNS = 2
# Lines without a number that may stand between two lines of one table (rows of text, labels over several lines).
_MOST_BETWEEN = 4
# A line further from the next (in heights) than this is no longer of the same table.
_FARTHEST = 4.0
# A line without numbers nearer than this (in distances between rows) is part of a row's label.
_SAME_ROW = 0.75
_NUMBER = re.compile(r"[-−+(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[)）]?%?")
_AMOUNT = re.compile(r"[-−+(（]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d{2,}|\d{5,})[)）]?")
# 单位：万元 and the like stand above a table, they head no column.
_SAYS = re.compile(r"[:：]")
_Column = tuple[float, float]


@dataclass(slots=True)
class Aligned:
    """A table by alignment: the borders between its columns, and its rows as the glyphs of their cells."""

    edges: tuple[float, ...]
    rows: list[list[list[Glyph]]] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Where it begins on the page."""
        return _box(self.rows[0])[1]

    def grid(self, page: int, number: int) -> Grid:
        """Return the table as a grid; ``number`` is that of its first row among the lines of the page."""
        return Grid(tuple(self._row(row, page, number + at) for at, row in enumerate(self.rows)), None, self.edges)

    def _row(self, row: list[list[Glyph]], page: int, number: int) -> GridRow:
        sure = tuple(min((glyph.confidence for glyph in cell), default=1.0) for cell in row)
        place = Place(page=page, line=number, box=_box(row))
        return GridRow(tuple(cell_text(cell) for cell in row), place, sure if min(sure) < 1 else ())


def _box(row: Sequence[Sequence[Glyph]]) -> Box:
    glyphs = [glyph for cell in row for glyph in cell]
    return (
        min(glyph.left for glyph in glyphs), min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs), max(glyph.bottom for glyph in glyphs),
    )  # fmt: skip


@dataclass(slots=True)
class _Row:
    """A line cut into words that stand apart; ``numbers`` are those of them that are numbers."""

    line: Line
    words: list[Line]
    numbers: list[Line]

    @property
    def middle(self) -> float:
        return (self.line.box[1] + self.line.box[3]) / 2


def find_aligned(lines: Sequence[Line], across: Sequence[Ruling]) -> Iterator[Aligned | Sequence[Line]]:
    """Yield the lines of a page from top to bottom, with those that make a table as that table.

    ``across`` are the rulings from left to right on the page.
    """
    rows = [_cut(line) for line in lines]
    done = 0
    for start, end in _stretches(rows):
        columns = _columns(rows[start:end])
        if not columns:
            continue
        start, end = _head(rows, start, done, columns), _tail(rows, end, columns)
        if start > done:
            yield lines[done:start]
        edges = _edges(columns)
        yield Aligned(edges, [_cells(group, columns) for group in _grouped(rows[start:end], columns, across)])
        done = end
    if done < len(lines):
        yield lines[done:]


def _cut(line: Line) -> _Row:
    words = [word for piece in pieces(line, _WORDS_APART) for word in _amounts_apart(piece)]
    if len(words) < _FEWEST_COLUMNS:
        return _Row(line, words, [])
    return _Row(line, words, [word for word in words if _NUMBER.fullmatch(word.text)])


def _amounts_apart(word: Line) -> list[Line]:
    """Return a word that consists of amounts as those amounts."""
    parts = pieces(word, _AMOUNTS_APART)
    return parts if len(parts) > 1 and all(_AMOUNT.fullmatch(part.text) for part in parts) else [word]


def _stretches(rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """Yield where lines with numbers that stand apart follow one another closely, as (first, one after the last)."""
    found = [index for index, row in enumerate(rows) if row.numbers]
    stretch: list[int] = []
    for index in found:
        if stretch and (index - stretch[-1] > _MOST_BETWEEN + 1 or _far(rows[stretch[-1] : index + 1])):
            if len(stretch) >= _FEWEST_LINES:
                yield stretch[0], stretch[-1] + 1
            stretch = []
        stretch.append(index)
    if len(stretch) >= _FEWEST_LINES:
        yield stretch[0], stretch[-1] + 1


def _far(rows: Sequence[_Row]) -> bool:
    return any(below.line.box[1] - above.line.box[3] > _FARTHEST * above.line.height for above, below in pairwise(rows))


# --- columns --------------------------------------------------------------------------------------------------------------


def _columns(rows: Sequence[_Row]) -> list[_Column]:
    """Return where the columns of lines begin and end; nothing where they make no table.

    Lines with numbers tell; the others add columns of labels where nothing stands in those lines.
    """
    gap = _COLUMNS_APART * median(row.line.height for row in rows)
    told = _strips([word for row in rows if row.numbers for word in row.words], gap)
    beside = [
        word
        for row in rows
        if not row.numbers
        for word in row.words
        if all(word.box[2] + gap < left or right + gap < word.box[0] for left, right in told)
    ]
    columns = sorted([*told, *_strips(beside, gap)]) if len(beside) >= _FEWEST_LINES else told
    texts: list[list[str]] = [[] for _ in columns]
    for row in rows:
        for word in row.words if row.numbers else ():
            texts[_column_of(word, columns)].append(word.text)
    numbers = [column for column in texts[1:] if _holds(column, _NUMBER)]
    amounts = [column for column in numbers if _holds(column, _AMOUNT)]
    return columns if amounts or len(numbers) > 1 else []


def _strips(words: Sequence[Line], gap: float) -> list[_Column]:
    """Return the strips from top to bottom that words fill, with gaps between them."""
    strips: list[_Column] = []
    for left, right in sorted((word.box[0], word.box[2]) for word in words):
        if strips and left - strips[-1][1] < gap:
            strips[-1] = (strips[-1][0], max(strips[-1][1], right))
        else:
            strips.append((left, right))
    return strips


def _holds(texts: Sequence[str], kind: re.Pattern[str]) -> bool:
    """Return whether most words of a column, and three at least, are numbers of a kind."""
    count = sum(bool(kind.fullmatch(text)) for text in texts)
    return count >= _FEWEST_LINES and 2 * count > len(texts)


def _column_of(word: Line, columns: Sequence[_Column]) -> int:
    """Return the column that a word covers most; of two, the left one."""
    left, _, right, _ = word.box
    shared = [min(right, end) - max(left, start) for start, end in columns]
    return shared.index(max(shared))


def _edges(columns: Sequence[_Column]) -> tuple[float, ...]:
    between = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    return (columns[0][0], *between, columns[-1][1])


# --- rows -----------------------------------------------------------------------------------------------------------------


def _head(rows: Sequence[_Row], start: int, least: int, columns: Sequence[_Column]) -> int:
    """Return the first line of the headings above the first line with numbers; no line before ``least`` is one."""
    while start > least:
        row, below = rows[start - 1], rows[start]
        apart = below.line.box[1] - row.line.box[3]
        reach = row.line.box[0] < columns[0][0] - row.line.height or row.line.box[2] > columns[-1][1] + row.line.height
        if apart > 2 * row.line.height or len(row.words) < _FEWEST_COLUMNS or reach or _SAYS.search(row.line.text):
            break
        start -= 1
    return start


def _tail(rows: Sequence[_Row], end: int, columns: Sequence[_Column]) -> int:
    """Return where a table ends: a label can run on below its last line with numbers."""
    while end < len(rows):
        above, row = rows[end - 1].line, rows[end].line
        left, top, right, _ = row.box
        inside = any(start - 1 <= left and right <= stop + 1 for start, stop in columns)
        if not inside or top - above.box[3] > 0.5 * row.height:
            break
        end += 1
    return end


def _grouped(rows: Sequence[_Row], columns: Sequence[_Column], across: Sequence[Ruling]) -> list[list[_Row]]:
    """Return the lines of a table row by row: as rules part them, else each with the labels that are close to it."""
    rules = sorted({r.at for r in across if r.start < columns[-1][1] and r.end > columns[0][0]})
    bands: dict[int, list[_Row]] = {}
    for row in rows:
        bands.setdefault(bisect_right(rules, row.middle), []).append(row)
    numbered = [row for row in rows if row.numbers]
    if len(bands) > 1 and all(sum(bool(row.numbers) for row in band) < 2 for band in bands.values()):
        return list(bands.values())
    distances = [below.middle - above.middle for above, below in pairwise(numbered)]
    near = _SAME_ROW * median(distances)
    owners = [_owner(row, numbered, near) for row in rows]
    return [[row for _, row in group] for _, group in groupby(zip(owners, rows, strict=True), lambda pair: id(pair[0]))]


def _owner(row: _Row, numbered: Sequence[_Row], near: float) -> _Row:
    """Return the line with numbers to whose label a line belongs, itself where it is a row of its own."""
    if row.numbers or row.middle < numbered[0].middle:
        return row
    closest = min(numbered, key=lambda other: abs(other.middle - row.middle))
    return closest if abs(closest.middle - row.middle) < near else row


def _cells(rows: Sequence[_Row], columns: Sequence[_Column]) -> list[list[Glyph]]:
    """Return the glyphs of one row of a table, column by column."""
    cells: list[list[Glyph]] = [[] for _ in columns]
    for row in rows:
        for word in row.words:
            cells[_column_of(word, columns)].extend(word.glyphs)
    return cells
