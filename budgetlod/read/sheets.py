"""Cut a sheet into titles, tables and notes.

A sheet of a workbook, a CSV file and a table of a Word document are all rows of cells in which more than one thing
can stand: a title over the table, "单位：万元" at its right end, the table, notes below it, then the next table. Only
what the cells themselves show is used here - how many are filled, which are merged, blank rows - and next to no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import squeeze
from budgetlod.model.document import Block, Grid, GridRow, Paragraph, Span, TextLine

# "单位：万元", "编制部门：…": a short name, a colon and a value in one cell.
_FIELD = re.compile(r"[^:：。；]{1,12}[:：].{1,60}")
_FIELD_NAME = re.compile(r"[^:：。；]{1,12}[:：]")
# "单位：万元", "金额单位：人民币元", "（单位：元）": stands over a table, never inside of one.
_UNIT = re.compile(r"[(（]?[^()（）]{0,4}单位[:：]?[^()（）]{0,8}元[)）]?")
_NOTE = re.compile(r"(?:[*※]|(?:附?注|备注|说明|注释)\d*[:：、.])")
# "…总表", "…表（续）", "表3", "附表一": what a table is called.
_TABLE_NAME = re.compile(r"表(?:[(（][^()（）]*[)）])?$|^附?表[\d一二三四五六七八九十]")
# "公开01表", "附件2", "表3": a number of a table, which is no title yet.
_TABLE_NUMBER = re.compile(r"[(（]?(?:部门|单位|预算|决算|公开|附|表|件|第|[\d一二三四五六七八九十.．:：-])+[)）]?")
# How a program calls a sheet that nobody named.
_DEFAULT_NAME = re.compile(r"(?i)(?:sheet|table|工作表|表)?[\s_(（]*\d*[)）]*|source|data|resource[-_]?\d*")
_LONG_TEXT = 40
_SHORT_HEADING = 6
_MOST_CAPTIONS = 4
# As many lines as stand between two tables; without a bound every row would look at all rows below it.
_MOST_LINES = 12


class Sheet(NamedTuple):
    """Rows of cells as the format gives them, with their places, and the merged cells by row and column of ``rows``.

    ``spans`` is ``None`` where the format does not tell. ``title`` is the name of the sheet: a paragraph before the
    first table where no row over it is a title. ``drawn`` says that the cells are those of a table somebody drew (Word),
    where a row with one filled cell is no title unless that cell is merged over the others.
    """

    rows: Sequence[GridRow]
    spans: Sequence[Span] | None = None
    title: str = ""
    drawn: bool = False


def cut_sheet(sheet: Sheet) -> list[Block]:
    """Return the paragraphs and grids of a sheet in reading order; blank rows and columns at the edges are left out."""
    blocks = list(_Cutter(sheet).blocks())
    return _titled(blocks, sheet)


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell that hold anything, without white space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class _Row(NamedTuple):
    """What a row shows: the columns of its filled cells, and the columns that these and merged cells cover."""

    filled: tuple[int, ...]
    covered: frozenset[int]
    widest: int
    tall: bool
    numeric: bool

    @property
    def blank(self) -> bool:
        return not self.filled and not self.covered

    @property
    def single(self) -> bool:
        return len(self.filled) == 1


class _Cutter:
    """Walks over the rows of one sheet once; ``self.body`` are the rows of the table that is open."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        merged = [span for span in sheet.spans or () if span.row < len(sheet.rows)]
        self.cells = _cells(sheet.rows, merged)
        self.width = max((len(row) for row in self.cells), default=0)
        self.spans = [_alone(_clipped(span, self.width), self.cells) for span in merged]
        self.rows = self._described()
        self.joined = {r for s in self.spans for r in range(s.row + 1, s.row + s.height)}
        self.last = max((row.filled[-1] for row in self.rows if row.filled), default=0)
        self.first = min((row.filled[0] for row in self.rows if row.filled), default=0)
        self.body: list[int] = []

    # --- what the rows show ---------------------------------------------------------------------------------------------

    def _described(self) -> list[_Row]:
        spans: dict[int, list[Span]] = {}
        for span in self.spans:
            if self.cells[span.row][span.column]:
                for row in range(span.row, min(span.row + span.height, len(self.cells))):
                    spans.setdefault(row, []).append(span)
        return [self._describe(row, spans.get(row, ())) for row in range(len(self.cells))]

    def _describe(self, index: int, spans: Sequence[Span]) -> _Row:
        row = self.cells[index]
        filled = tuple(column for column, cell in enumerate(row) if cell)
        covered = {*filled, *(c for s in spans for c in range(s.column, s.column + s.width))}
        here = [span for span in spans if span.row == index]
        return _Row(
            filled,
            frozenset(covered),
            max((span.width for span in here), default=1),
            any(span.height > 1 for span in here),
            any(parse_number(row[column]) is not None for column in filled),
        )

    def _text(self, index: int) -> str:
        """Return the text of the first filled cell of a row."""
        return self.cells[index][self.rows[index].filled[0]]

    def _wide(self, index: int) -> bool:
        row = self.rows[index]
        return row.single and row.widest > 1 and row.widest * 3 >= 2 * (self.last - self.first + 1)

    def _is_note(self, index: int) -> bool:
        """Return whether a row is a note or running text: one cell, marked as a note, a sentence, or merged over all."""
        row = self.rows[index]
        if not row.single or row.tall:
            return False
        text = self._text(index)
        return bool(_NOTE.match(squeeze(text))) or len(text) > _LONG_TEXT or self._wide(index)

    def _is_caption(self, index: int) -> bool:
        """Return whether a row stands over a table with a few cells: 编制单位：… at the left, 单位：万元 at the right."""
        row = self.rows[index]
        if not 1 < len(row.filled) <= _MOST_CAPTIONS or row.tall:
            return False
        if self._states_unit(index):
            return not row.numeric
        if row.covered >= set(range(self.first, self.last + 1)):
            return False
        texts = [squeeze(self.cells[index][column]) for column in row.filled]
        if any(_FIELD.fullmatch(text) for text in texts):
            # A name in one cell and its value in the next are the fields of a form.
            return not any(_FIELD_NAME.fullmatch(text) for text in texts[:-1]) or bool(_FIELD.fullmatch(texts[-1]))
        apart = row.filled[-1] - row.filled[0] > 2 and len(row.filled) == 2
        return apart and max(row.covered) >= self.last and not row.numeric and self._heads(index)

    def _states_unit(self, index: int) -> bool:
        """Return whether a cell of a row states the unit of the amounts below it."""
        return any(_UNIT.fullmatch(squeeze(self.cells[index][column])) for column in self.rows[index].filled)

    def _heads(self, index: int) -> bool:
        """Return whether the next row is fuller than this one, as headings are fuller than the line above them."""
        below = self.rows[index + 1] if index + 1 < len(self.rows) else None
        return below is not None and len(below.covered) > len(self.rows[index].covered) and not below.numeric

    def _is_line(self, index: int) -> bool:
        """Return whether a row outside of tables is text over or under one, not the first row of one."""
        row = self.rows[index]
        if not row.single or row.tall:
            return self._is_caption(index)
        text = squeeze(self._text(index))
        if _FIELD.fullmatch(text) or _TABLE_NUMBER.fullmatch(text):
            return True
        if self.sheet.drawn:
            return self._wide(index) or self.last == self.first
        if row.filled[0] == self.first or row.widest > 1 or len(self._text(index)) > _SHORT_HEADING:
            return True
        below = self.rows[index + 1] if index + 1 < len(self.rows) else None
        # A short word over one of the columns is the upper row of headings.
        return below is None or below.blank or below.single or self._is_caption(index + 1)

    # --- cutting --------------------------------------------------------------------------------------------------------

    def blocks(self) -> Iterator[Block]:
        """Yield paragraphs and grids."""
        for index, row in enumerate(self.rows):
            if self.body and index not in self.joined and self._ends(index):
                yield from self._close()
            if row.blank:
                continue
            if not self.body and index not in self.joined and self._is_line(index):
                yield from self._paragraphs(index)
            else:
                self.body.append(index)
        yield from self._close()

    def _ends(self, index: int) -> bool:
        """Return whether the open table ends before a row because another one, or its title, begins there."""
        if self.rows[index].blank:
            return False
        after_blank = self.rows[index - 1].blank
        above, start = self._over(index)
        if start is None:
            return bool(above) and all(self._is_note(i) or self._is_caption(i) for i in above)
        if not above:
            return self._starts_anew(start) if after_blank else self._repeats(start) and self.rows[start - 1].single
        if any(self._states_unit(i) for i in above) or self._repeats(start):
            return True
        if any(self._is_note(i) and _TABLE_NAME.search(squeeze(self._text(i))) for i in above):
            return True
        return after_blank and not self.rows[start].numeric and self._is_line(index)

    def _over(self, index: int) -> tuple[list[int], int | None]:
        """Return the rows from ``index`` on that could be lines over a table, and the row that it would begin with."""
        above: list[int] = []
        for here in range(index, len(self.rows)):
            row = self.rows[here]
            if row.blank:
                continue
            if len(above) > _MOST_LINES:
                return [], here
            if here in self.joined or not (row.single or self._is_caption(here)):
                return above, here
            above.append(here)
        return above, None

    def _repeats(self, index: int) -> bool:
        return len(self.rows[index].filled) > 1 and self.cells[index] == self.cells[self.body[0]]

    def _starts_anew(self, index: int) -> bool:
        """Return whether a row after a blank one is the headings of another table."""
        row = self.rows[index]
        whole = len(row.filled) > 1 and len(row.covered) == max(row.covered) - min(row.covered) + 1
        filled = any(self.rows[i].numeric for i in self.body)
        return self._repeats(index) or (whole and not row.numeric and filled and len(row.covered) > 2)

    def _close(self) -> Iterator[Block]:
        """Yield the open table and the notes under it."""
        body, self.body = self.body, []
        end = len(body)
        while end > 1 and body[end - 1] not in self.joined:
            if not self._is_note(body[end - 1]) and not self._is_caption(body[end - 1]):
                break
            end -= 1
        if end:
            yield from self._table(body[:end])
        for index in body[end:]:
            yield from self._paragraphs(index)

    def _table(self, body: list[int]) -> Iterator[Block]:
        if all(self._is_field(index) for index in body):
            for index in body:
                text = "".join(" ".join(lines_of(self.cells[index][column])) for column in self.rows[index].filled)
                yield Paragraph((TextLine(text, self.sheet.rows[index].place),))
            return
        columns = [column for index in body for column in self.rows[index].covered]
        yield self._grid(body, min(columns), max(columns) + 1)

    def _is_field(self, index: int) -> bool:
        """Return whether a row is a name with a colon and its value: 单位名称： | …"""
        row = self.rows[index]
        return len(row.filled) in (1, 2) and bool(_FIELD_NAME.fullmatch(squeeze(self._text(index))))

    def _grid(self, body: list[int], left: int, right: int) -> Grid:
        rows = tuple(GridRow(tuple(self.cells[i][left:right]), self.sheet.rows[i].place) for i in body)
        if self.sheet.spans is None:
            return Grid(rows)
        position = {index: number for number, index in enumerate(body)}
        spans = []
        for span in self.spans:
            within = [position[i] for i in range(span.row, span.row + span.height) if i in position]
            first, last = max(span.column, left), min(span.column + span.width, right)
            if within and last > first and (len(within) > 1 or last - first > 1):
                spans.append(Span(within[0], first - left, len(within), last - first))
        return Grid(rows, tuple(sorted(spans)))

    def _paragraphs(self, index: int) -> Iterator[Paragraph]:
        """Yield the lines of the cells of a row, each a paragraph of its own."""
        for column in self.rows[index].filled:
            for line in lines_of(self.cells[index][column]):
                yield Paragraph((TextLine(line, self.sheet.rows[index].place),))


def _cells(rows: Sequence[GridRow], spans: Sequence[Span]) -> list[list[str]]:
    """Return the cells as a rectangle, the text of each merged cell at its upper left corner alone."""
    width = max((len(row.cells) for row in rows), default=0)
    width = max([width, *(span.column + 1 for span in spans)])
    cells = [[cell.strip() for cell in row.cells] + [""] * (width - len(row.cells)) for row in rows]
    for span in spans:
        _gather(cells, span)
    return cells


def _gather(cells: list[list[str]], span: Span) -> None:
    corner = ""
    for row in cells[span.row : span.row + span.height]:
        for column in range(span.column, min(span.column + span.width, len(row))):
            corner, row[column] = corner or row[column], ""
    cells[span.row][span.column] = corner


def _clipped(span: Span, width: int) -> Span:
    """Return a merged cell without the columns in which no cell of the sheet stands: they show nothing of their own."""
    return span._replace(width=min(span.width, width - span.column))


def _alone(span: Span, cells: list[list[str]]) -> Span:
    """Return a merged cell with nothing beside it in any of its rows as one row high: text in a frame, no table."""
    rows = cells[span.row : span.row + span.height]
    return span._replace(height=1) if span.height > 1 and sum(map(bool, chain.from_iterable(rows))) < 2 else span


def _titled(blocks: list[Block], sheet: Sheet) -> list[Block]:
    """Return the blocks of a sheet with its name before them where it holds a table that no line above it names."""
    first = next((number for number, block in enumerate(blocks) if isinstance(block, Grid)), None)
    name = sheet.title.strip()
    if first is None or not name or _DEFAULT_NAME.fullmatch(name):
        return blocks
    if any(isinstance(block, Paragraph) and _is_title(block.text, name) for block in blocks[:first]):
        return blocks
    place = next(block.place for block in blocks)
    return [Paragraph((TextLine(name, place),)), *blocks]


def _is_title(text: str, name: str) -> bool:
    """Return whether a line over a table is its title: it says 表, or much the same as the name of the sheet."""
    key = squeeze(text)
    if _TABLE_NUMBER.fullmatch(key) or _FIELD.fullmatch(key):
        return False
    pairs = {a + b for a, b in pairwise(squeeze(name))}
    same = sum(pair in key for pair in pairs)
    return bool(_TABLE_NAME.search(key)) or (bool(pairs) and same * 5 >= len(pairs) * 3)
