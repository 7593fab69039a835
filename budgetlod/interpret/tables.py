"""Find the tables of a document: titles before grids, and the fragments of each over page breaks.

A table is recognised by its title (through the labels of the statement types) and its headings. A grid without a
title whose headings are those of the table before it is that table's continuation on the next page.
"""

from __future__ import annotations

from collections.abc import Sequence

from budgetlod.core.text import fold, label_key
from budgetlod.interpret.fragments import RawRow, RawTable, continue_table, page_head
from budgetlod.interpret.recognise import is_contents, split_header, title_type
from budgetlod.model.document import Block, Document, Grid, Paragraph
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.problem import Problem

_LOOK_BACK = 12


def find_tables(document: Document, lexicon: Lexicon) -> tuple[list[RawTable], list[Problem]]:
    """Return the tables of a document in order, and a problem for each grid that no statement type claims."""
    return _Finder(document, lexicon).run()


class _Finder:
    """Walks over the blocks once, opening tables and continuing them."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.blocks: Sequence[Block] = document.blocks
        self.file = document.file
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
        goes_on = self.tables and (found is None or self._repeats_title(found[2], grid))
        if goes_on and continue_table(self.tables[-1], grid, before, self.lexicon):
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
        table.pages = [page_head(grid, before[position:], self.lexicon)]
        self.tables.append(table)

    def _repeats_title(self, title: str, grid: Grid) -> bool:
        """Return whether a page repeats the title of the table before it; a table that starts anew does not go on."""
        table = self.tables[-1]
        _, rows = split_header(grid, table.type, self.lexicon)
        starts_anew = rows and table.rows and rows[0].cells[:2] == table.rows[0].cells[:2]
        return bool(table.header) and fold(title) == fold(table.title) and not starts_anew

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
