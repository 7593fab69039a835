"""Find the tables of a document: titles before grids, and the fragments of each over page breaks.

A table is recognised by its title (through the labels of the statement types) and its headings. A grid without a
title whose headings are those of the table before it is that table's continuation on the next page.
"""

from __future__ import annotations

from collections.abc import Sequence

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import fold, label_key
from budgetlod.interpret.form_pages import begins_inside
from budgetlod.interpret.fragments import RawTable, continue_table, page_head, raw_rows
from budgetlod.interpret.furniture import page_furniture
from budgetlod.interpret.recognise import is_contents, knows_heading, lists_tables, split_header, title_type
from budgetlod.model.document import Block, Document, Grid, Paragraph
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.problem import Problem

_LOOK_BACK = 12
_BODIES = "institutions"
_NAME_OF_BODY = frozenset({"institution-name"})
_COUNTING = frozenset({"ordinal", "organization-code"})
_OF_BODIES = frozenset({"institution-name", "institution-type", "institution-rank", "funding-mode", "text"}) | _COUNTING
_FEWEST_HEADINGS = 2
_MOST_CAPTIONS = 3
_LONGEST_CAPTION = 30


def find_tables(document: Document, lexicon: Lexicon) -> tuple[list[RawTable], list[Problem]]:
    """Return the tables of a document in order, and a problem for each grid that no statement type claims."""
    return _Finder(document, lexicon).run()


def _words(cells: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return the codes and labels of a row with their columns: whole numbers are codes, other numbers are left out."""
    return tuple(
        (n, fold(cell)) for n, cell in enumerate(cells) if cell and (cell.isdigit() or parse_number(cell) is None)
    )


class _Finder:
    """Walks over the blocks once, opening tables and continuing them."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.blocks: Sequence[Block] = document.blocks
        self.file = document.file
        self.lexicon = lexicon
        self.tables: list[RawTable] = []
        self.problems: list[Problem] = []
        self.furniture = page_furniture(document.paragraphs())

    def run(self) -> tuple[list[RawTable], list[Problem]]:
        before: list[Paragraph] = []
        for block in self.blocks:
            if before and before[-1].place.part != block.place.part:
                self._notes(before)
                before = []
            if isinstance(block, Paragraph):
                before.append(block)
                continue
            if not is_contents(block) and not lists_tables(block, self.lexicon):
                self._take(block, before)
            before = []
        self._notes(before)
        return self.tables, self.problems

    def _take(self, grid: Grid, before: list[Paragraph]) -> None:
        """Open a table with this grid, or continue the one before."""
        found = self._title(before)
        same_file = self.tables and self.tables[-1].place.part == grid.place.part
        goes_on = same_file and (found is None or self._repeats_title(found[2], grid))
        between = [paragraph for paragraph in before if fold(paragraph.text) not in self.furniture]
        if goes_on and continue_table(self.tables[-1], grid, between, self.lexicon):
            return
        if found is None:
            found = self._by_headings(grid, before)
        if found is None:
            self._unrecognised(grid)
            return
        position, type_, title = found
        self._notes(before[:position])
        header, rows = split_header(grid, type_, self.lexicon)
        context = [paragraph.text for paragraph in before[position:]]
        table = RawTable(type_, title, context, header, before[position].place if before[position:] else grid.place)
        table.rows = raw_rows(grid, rows)
        table.used = {paragraph.place for paragraph in before[position:]}
        table.edges = grid.edges
        table.pages = [page_head(grid, before[position:], self.lexicon)]
        self.tables.append(table)

    def _repeats_title(self, title: str, grid: Grid) -> bool:
        """Return whether a page repeats the title of the table before it; a table that starts anew does not go on."""
        table = self.tables[-1]
        if fold(title) != fold(table.title):
            return False
        _, rows = split_header(grid, table.type, self.lexicon)
        if self.lexicon.statements[table.type].is_form:  # a list says on each page whose it is, a form does not
            return bool(table.header) or begins_inside([row.cells for row in grid.rows], table.type, self.lexicon)
        starts_anew = rows and table.rows and _words(rows[0].cells) == _words(table.rows[0].cells)
        return bool(table.header) and not starts_anew

    def _title(self, before: list[Paragraph]) -> tuple[int, str, str] | None:
        for position in range(len(before) - 1, max(-1, len(before) - 1 - _LOOK_BACK), -1):
            text = before[position].text
            if type_ := title_type(text, self.lexicon):
                return position, type_, text.strip()
        return None

    def _by_headings(self, grid: Grid, before: Sequence[Paragraph]) -> tuple[int, str, str] | None:
        """Recognise a table without a title when its first row has headings that only one type uses."""
        claims: dict[str, int] = {}
        for cell in grid.rows[0].cells:
            roles = self.lexicon.roles.get(label_key(cell), ())
            if all(role.used_in for role in roles):  # a heading of any table tells nothing
                for type_ in {type_ for role in roles for type_ in role.used_in}:
                    claims[type_] = claims.get(type_, 0) + 1
        best = max(claims, key=lambda t: (claims[t], t), default=None)
        if best and (claims[best] >= _FEWEST_HEADINGS or self._heads_forms(grid, best)):
            return _captions(before), best, ""
        return (_captions(before), _BODIES, "") if self._lists_bodies(grid) else None

    def _lists_bodies(self, grid: Grid) -> bool:
        """Return whether a grid is a list of units, as it stands in the text without a title: names and no amounts."""
        rows = [row.cells for row in grid.rows]
        roles = {n: self.lexicon.role(label_key(cell), _BODIES) for n, cell in enumerate(rows[0]) if cell}
        if not _NAME_OF_BODY <= set(roles.values()) <= _OF_BODIES or len(rows) < _FEWEST_HEADINGS:
            return False
        named = [n for n, role in roles.items() if role not in _COUNTING]
        return not any(parse_number(cells[n]) is not None for cells in rows[1:] for n in named if n < len(cells))

    def _heads_forms(self, grid: Grid, type_: str) -> bool:
        """Return whether a first row holds nothing but headings of a list of forms: 项目, 预算数, 绩效目标."""
        filled = [cell for cell in grid.rows[0].cells if cell]
        known = all(knows_heading(cell, type_, self.lexicon) for cell in filled)
        return self.lexicon.statements[type_].is_form and known and len(filled) > _FEWEST_HEADINGS

    def _notes(self, paragraphs: Sequence[Paragraph]) -> None:
        """Attach the notes that stand under the last table to it."""
        if self.tables:
            under = [p for p in paragraphs if p.place.part == self.tables[-1].place.part]
            notes = [p for p in under if fold(p.text).startswith(("注:", "备注:", "说明:"))]
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


def _captions(before: Sequence[Paragraph]) -> int:
    """Return where the short lines begin that stand right over a table without a title: a unit, a department."""
    position = len(before)
    while position > max(0, len(before) - _MOST_CAPTIONS) and len(before[position - 1].text) <= _LONGEST_CAPTION:
        position -= 1
    return position
