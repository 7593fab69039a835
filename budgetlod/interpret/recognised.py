"""How sure the text of cells and sentences is that was recognised in pictures.

A reader gives each cell and line its confidence; here it goes to what was made of them. A cell is found by the place of
its row and by its text, whatever became of the columns on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.model.disclosure import Content
from budgetlod.model.document import Document, Place
from budgetlod.model.tables import Cell, Statement

_Rows = Mapping[tuple[Place, ...], RawRow]


def with_confidence(content: Content, raw: Sequence[RawTable], document: Document) -> Content:
    """Return the content with the confidence of each cell and mention.

    ``raw`` are the tables that the statements were read from, in their order; ``document`` is what all was read from.
    Content that no picture was read for comes back as it is.
    """
    unsure = {
        line.place: line.confidence
        for paragraph in document.paragraphs()
        for line in paragraph.lines
        if line.confidence < 1
    }
    rows = [_unsure_rows(table) for table in raw]
    if not unsure and not any(rows):
        return content
    return content._replace(
        statements=tuple(_statement(*pair) for pair in zip(content.statements, rows, strict=True)),
        mentions=tuple(one._replace(confidence=unsure.get(one.place, 1.0)) for one in content.mentions),
    )


def _unsure_rows(table: RawTable) -> _Rows:
    """Return the rows of a table with text that is not certain; a form prints things in its headings too."""
    headings = (RawRow(row.cells, (row.place,), confidence=row.confidence) for row in table.header)
    return {row.places: row for row in (*headings, *table.rows) if row.confidence}


def _statement(statement: Statement, rows: _Rows) -> Statement:
    if not rows:
        return statement
    return statement._replace(
        cells=tuple(_sure(statement.cells, rows)), unmapped=tuple(_sure(statement.unmapped, rows))
    )


def _sure(cells: Iterable[Cell], rows: _Rows) -> Iterator[Cell]:
    for cell in cells:
        row = rows.get(cell.places)
        yield cell if row is None else cell._replace(confidence=_confidence(cell.printed, row))


def _confidence(printed: str, row: RawRow) -> float:
    """Return the confidence of the cell of a row with a text: of several alike the lowest, of none that of the row."""
    found = [sure for text, sure in zip(row.cells, row.confidence, strict=False) if text == printed]
    return min(found or row.confidence)
