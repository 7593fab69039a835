"""Grids and documents as readers of pages give them, made from rows of text."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place, Span, TextLine


def grid(
    *rows: str, spans: Sequence[tuple[int, int, int, int]] = (), page: int = 1, edges: Sequence[float] | None = None
) -> Grid:
    """Return a grid from rows of cells parted by ``|``; ``spans`` are (row, column, height, width)."""
    made = [
        GridRow(tuple(c.strip() for c in row.split("|")), Place(page=page, line=10 + n)) for n, row in enumerate(rows)
    ]
    return Grid(tuple(made), tuple(Span(*span) for span in spans), tuple(edges) if edges is not None else None)


def line(text: str, page: int = 1, number: int = 1) -> Paragraph:
    return Paragraph((TextLine(text, Place(page=page, line=number)),))


def document(*blocks: Block) -> Document:
    return Document("made.pdf", "application/pdf", "0" * 64, tuple(blocks), "made.pdf")
