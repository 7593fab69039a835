"""Find the tables of a document: titles before grids, fragments over page breaks, rows cut in two.

A table is recognised by its title (through the labels of the statement types) and its headings. A grid without a
title whose headings are those of the table before it is that table's continuation on the next page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import fold, label_key
from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.problem import Problem

_LEADER = re.compile(r"[.．…·]{4,}\s*\d*$")
_SENTENCE = re.compile(r"[。；;！？]")
_NUMBERED_TITLE = re.compile(r"^(?:附?表?[\d一二三四五六七八九十]+[:.、]?|公开\d*表\d*|预算\d+表)")
_KINDS_OF_MONEY = frozenset({"source", "flow", "vintage", "item", "nature"})
_LOOK_BACK = 12
_LONGEST_TITLE = 60


@dataclass(frozen=True)
class RawRow:
    """A data row as printed: cells by position, and a place for each page fragment it was put together from.

    ``heading`` marks a heading row that a form repeats on a later page: it tells where the columns stand there.
    """

    cells: tuple[str, ...]
    places: tuple[Place, ...]
    heading: bool = False

    def joined(self, other: GridRow) -> RawRow:
        """Return this row with its continuation on the next page joined cell by cell."""
        width = max(len(self.cells), len(other.cells))
        left, right = _padded(self.cells, width), _padded(other.cells, width)
        cells = tuple("\n".join(part for part in pair if part) for pair in zip(left, right, strict=True))
        return RawRow(cells, (*self.places, other.place))


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


def find_tables(document: Document, lexicon: Lexicon) -> tuple[list[RawTable], list[Problem]]:
    """Return the tables of a document in order, and a problem for each grid that no statement type claims."""
    return _Finder(document, lexicon).run()


def is_contents(grid: Grid) -> bool:
    """Return whether a grid is a piece of a table of contents (dot leaders and page numbers)."""
    return all(_LEADER.search(fold("".join(row.cells))) for row in grid.rows)


def title_type(text: str, lexicon: Lexicon) -> str | None:
    """Return the statement type whose title ``text`` is, or ``None``.

    The longest label that the text ends with counts, unless what stands before it speaks of a dimension itself
    (政府性基金 before 收支总表 is another table).
    """
    key = label_key(_NUMBERED_TITLE.sub("", fold(text)))
    if not key or len(key) > _LONGEST_TITLE or _SENTENCE.search(key) or _LEADER.search(key):
        return None
    for start in range(len(key)):
        if notation := lexicon.titles.get(key[start:]):
            budget = lexicon.statements[notation].group == "budget"
            return None if budget and _names_money(key[:start], lexicon) else notation
    return None


def _names_money(prefix: str, lexicon: Lexicon) -> bool:
    return any(
        any(dimension in _KINDS_OF_MONEY for dimension, _ in meaning.sets) and not meaning.axes
        for start in range(len(prefix))
        for meaning in lexicon.meanings.get(prefix[start:], ())
        if len(prefix) - start > 2
    )


class _Finder:
    """Walks over the blocks once, opening tables and continuing them."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.blocks: Sequence[Block] = document.blocks
        self.file = document.name
        self.lexicon = lexicon
        self.tables: list[RawTable] = []
        self.problems: list[Problem] = []

    def run(self) -> tuple[list[RawTable], list[Problem]]:
        before: list[Paragraph] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                before.append(block)
                continue
            if not is_contents(block):
                self._take(block, before)
            before = []
        self._notes(before)
        return self.tables, self.problems

    def _take(self, grid: Grid, before: list[Paragraph]) -> None:
        """Open a table with this grid, or continue the one before."""
        found = self._title(before)
        if found is None and self._continue(grid):
            self._repeated(before)
            return
        if found is None:
            found = self._by_headings(grid)
        if found is None:
            self._unrecognised(grid)
            return
        position, type_, title = found
        self._notes(before[:position])
        header, rows = split_header(grid, type_, self.lexicon)
        context = [paragraph.text for paragraph in before[position:]]
        table = RawTable(type_, title, context, header, before[position].place if before else grid.place)
        table.rows = [RawRow(row.cells, (row.place,)) for row in rows]
        table.used = {paragraph.place for paragraph in before[position:]}
        self.tables.append(table)

    def _title(self, before: list[Paragraph]) -> tuple[int, str, str] | None:
        for position in range(len(before) - 1, max(-1, len(before) - 1 - _LOOK_BACK), -1):
            text = before[position].text
            if type_ := title_type(text, self.lexicon):
                return position, type_, text.strip()
        return None

    def _by_headings(self, grid: Grid) -> tuple[int, str, str] | None:
        """Recognise a table without a title when its first row has headings that only one type uses."""
        claims: dict[str, int] = {}
        for cell in grid.rows[0].cells:
            for role in self.lexicon.roles.get(label_key(cell), ()):
                for type_ in role.used_in:
                    claims[type_] = claims.get(type_, 0) + 1
        best = max(claims, key=lambda t: (claims[t], t), default=None)
        return (0, best, "") if best and claims[best] >= 2 else None

    def _continue(self, grid: Grid) -> bool:
        """Join the grid to the table before it when its headings are those of that table."""
        if not self.tables:
            return False
        table = self.tables[-1]
        header, rows = split_header(grid, table.type, self.lexicon)
        if not header or not _repeats(header, table):
            return False
        if not table.header:
            table.rows.append(RawRow(header[0].cells, (header[0].place,), heading=True))
        if rows and table.rows and self._is_cut(rows[0], header, table):
            last = max(i for i, row in enumerate(table.rows) if not row.heading)
            table.rows[last] = table.rows[last].joined(rows[0])
            rows = rows[1:]
        table.rows.extend(RawRow(row.cells, (row.place,)) for row in rows)
        return True

    def _repeated(self, before: list[Paragraph]) -> None:
        """Mark what a page repeats over its part of a table; anything else that stands there stays prose."""
        table = self.tables[-1]
        known = fold("".join(table.context))
        table.used |= {paragraph.place for paragraph in before if fold(paragraph.text) in known}

    def _is_cut(self, row: GridRow, header: tuple[GridRow, ...], table: RawTable) -> bool:
        """Return whether the first row of a page is the rest of the last row of the page before.

        It is when the column that every row fills is blank: the running number, else the second indicator level,
        else every column of labels and codes.
        """
        roles = [self._role(header, column, table.type) for column in range(len(row.cells))]
        for wanted in (("ordinal",), ("level-2",), ("label", "code", "institution-name")):
            keys = [cell for cell, role in zip(row.cells, roles, strict=True) if role in wanted]
            if keys:
                return not any(keys) and any(row.cells)
        return False

    def _role(self, header: tuple[GridRow, ...], column: int, type_: str) -> str | None:
        for row in reversed(header):
            if column < len(row.cells) and row.cells[column]:
                return self.lexicon.role(label_key(row.cells[column]), type_)
        return None

    def _notes(self, paragraphs: Sequence[Paragraph]) -> None:
        """Attach the notes that stand under the last table to it."""
        if self.tables:
            notes = [p for p in paragraphs if fold(p.text).startswith(("注:", "备注:", "说明:"))]
            self.tables[-1].notes.extend(notes)
            self.tables[-1].used |= {note.place for note in notes}

    def _unrecognised(self, grid: Grid) -> None:
        first = " | ".join(cell for cell in grid.rows[0].cells if cell)[:80]
        self.problems.append(
            Problem(
                "table-unrecognised",
                "warning",
                f"有表格未能识别：{first}",
                f"a table is not recognised: {first}",
                "在 ontology/statements.ttl 中为其标题添加标签",
                "add its title as a label in ontology/statements.ttl",
                self.file,
                grid.place.words(),
            )
        )


def split_header(grid: Grid, type_: str, lexicon: Lexicon) -> tuple[tuple[GridRow, ...], tuple[GridRow, ...]]:
    """Split a grid into heading rows and data rows; a row of column numbers belongs to neither.

    Heading rows end at the row of column numbers where one is printed, else before the first row that holds
    anything but known headings.
    """
    for position, row in enumerate(grid.rows[:6]):
        if is_column_numbers(row, lexicon):
            return grid.rows[:position], grid.rows[position + 1 :]
    count = 0
    for row in grid.rows[:4]:
        if not _all_headings(row, type_, lexicon):
            break
        count += 1
    return grid.rows[:count], grid.rows[count:]


def is_column_numbers(row: GridRow, lexicon: Lexicon) -> bool:
    """Return whether a row prints the numbers of the columns (栏次 1 2 3)."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2:
        return False
    numbers = filled if filled[0].isdigit() else filled[1:]
    named = filled[0].isdigit() or lexicon.role(label_key(filled[0]), "") == "column-numbers" or filled[0] == "**"
    return named and [str(n) for n in range(1, len(numbers) + 1)] == numbers


def _all_headings(row: GridRow, type_: str, lexicon: Lexicon) -> bool:
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2 or any(parse_number(cell) is not None for cell in filled):
        return False
    return all(knows_heading(cell, type_, lexicon) for cell in filled) and not _is_form_field(row, type_, lexicon)


def knows_heading(text: str, type_: str, lexicon: Lexicon) -> bool:
    """Return whether the lexicon knows ``text`` as a heading of tables of this type."""
    key = heading_key(text)
    return bool(
        lexicon.role(key, type_) or key in lexicon.dimension_keys or lexicon.find(key, "column", {"flow": "revenue"})
    )


_YEAR_PREFIX = re.compile(r"^20\d\d年度?")


def heading_key(text: str) -> str:
    """Return the key of a heading; a year before it (2024年预算数) is not part of the key."""
    return label_key(_YEAR_PREFIX.sub("", fold(text)))


def _is_form_field(row: GridRow, type_: str, lexicon: Lexicon) -> bool:
    return lexicon.role(label_key(row.cells[0]), type_) in {"project-code", "purpose", "payment-plan", "goals"}


def _repeats(header: Sequence[GridRow], table: RawTable) -> bool:
    """Return whether headings are those of the table; in a form they repeat a row inside it."""
    folded = [_folded(row.cells) for row in header]
    if table.header:
        return folded == [_folded(row.cells) for row in table.header]
    return any(folded[0] == _folded(row.cells) for row in table.rows)


def _folded(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(label_key(cell) for cell in cells if cell)


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))

