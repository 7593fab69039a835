"""Lift out of grids what belongs around them: titles and units printed inside the frame, notes below, tables stacked.

A workbook prints title, department and unit as rows of the sheet, and so do PDFs made from it; text between two
tables can be drawn inside one frame with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from budgetlod.core.text import fold, label_key
from budgetlod.interpret.merged import is_banner, part
from budgetlod.interpret.recognise import title_type
from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, TextLine
from budgetlod.model.lexicon import Lexicon

_CAPTION = re.compile(
    r"^(?:(?:金额)?单位:.{0,4}元$|(?:[^:(]{0,6}(?:部门|单位)(?:名称|\(单位\)|\(公章\)|\(盖章\))?:)|(?:部门|单位|预算)?公开?\d+表$|附?表[\d一二三四五六七八九十]+$"
    r"|\(?20\d\d年度?\)?$|日期:)"
)
_NOTE = re.compile(r"^(?:备?注|说明)\d*[:：]|^(?:备?注|说明)$")
_HIGHEST = 6


def lifted(document: Document, lexicon: Lexicon) -> Document:
    """Return a document whose grids hold tables only; everything lifted out becomes a paragraph in its place."""
    blocks = [piece for block in document.blocks for piece in _pieces(block, lexicon)]
    return document._replace(blocks=tuple(blocks))


def _pieces(block: Block, lexicon: Lexicon) -> Iterator[Block]:
    if isinstance(block, Paragraph) or block.spans is None:
        yield block
        return
    starts = [0, *_inner_titles(block, lexicon), len(block.rows)]
    for first, last in pairwise(starts):
        yield from _unframed(part(block, first, last), lexicon)


def _inner_titles(grid: Grid, lexicon: Lexicon) -> Iterator[int]:
    """Yield the rows at which another table begins inside the grid."""
    for row in range(_HIGHEST, len(grid.rows)):
        if is_banner(grid, row) and title_type(_only(grid.rows[row]), lexicon):
            yield row


def _unframed(grid: Grid, lexicon: Lexicon) -> Iterator[Block]:
    top = _captions(grid, lexicon)
    bottom = len(grid.rows)
    while bottom > top and _is_note(grid, bottom - 1):
        bottom -= 1
    yield from (_paragraph(row, cell) for row in grid.rows[:top] for cell in row.cells if cell)
    if bottom > top:
        yield part(grid, top, bottom)
    yield from (_paragraph(row, cell) for row in grid.rows[bottom:] for cell in row.cells if cell)


def _captions(grid: Grid, lexicon: Lexicon) -> int:
    """Return how many rows at the top are captions: titles, names, units; blank rows among them."""
    count = 0
    for index, row in enumerate(grid.rows[:_HIGHEST]):
        filled = [cell for cell in row.cells if cell]
        if filled and _is_caption(grid, index, filled, lexicon):
            count = index + 1
        elif filled:
            break
    return count


def _is_caption(grid: Grid, index: int, filled: list[str], lexicon: Lexicon) -> bool:
    if len(filled) > 3:
        return False
    if any(_CAPTION.match(fold(cell)) for cell in filled):
        return not any(len(fold(cell)) > 60 for cell in filled)
    return is_banner(grid, index) and (
        title_type(filled[0], lexicon) is not None or (index == 0 and label_key(filled[0]).endswith("表"))
    )


def _is_note(grid: Grid, row: int) -> bool:
    filled = [cell for cell in grid.rows[row].cells if cell]
    return len(filled) == 1 and bool(_NOTE.match(fold(filled[0])))


def _only(row: GridRow) -> str:
    return next((cell for cell in row.cells if cell), "")


def _paragraph(row: GridRow, text: str) -> Paragraph:
    confidence = min(row.confidence, default=1.0)
    return Paragraph((TextLine(text.replace("\n", ""), row.place, confidence),))
