"""The blocks of pages in reading order: paragraphs and grids with their places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from budgetlod.model.document import Block, Paragraph
from budgetlod.read.layout import lines
from budgetlod.read.layout.alignment import Aligned, find_aligned
from budgetlod.read.layout.cells import Ruled, sort_out
from budgetlod.read.layout.furniture import in_margin, is_furniture, running_lines
from budgetlod.read.layout.lattice import find_lattices
from budgetlod.read.layout.lines import Line, Margins, Setting
from budgetlod.read.layout.page import Glyph, PageMarks, Ruling

_NO_SETTING = Setting(Margins(0.0, 0.0, 0), Margins(0.0, 0.0, 0), 0.0, 0.0)


@dataclass(slots=True)
class _Page:
    """A page with its text put into tables, lines above, between and below them, and lines outside the text."""

    number: int
    width: float
    height: float
    size: float
    tables: list[Ruled]
    pieces: list[list[Line]]
    across: list[Ruling]
    aside: list[Line]
    setting: Setting = _NO_SETTING


@dataclass(slots=True)
class _Flow:
    """The blocks so far, and which of them the text of the next page may go on with."""

    blocks: list[Block] = field(default_factory=list)
    running: int | None = None

    def add(self, block: Block, opens: bool, ends: bool) -> None:
        """Add a block, or join it to the paragraph that runs over the end of the page before."""
        at = self.running
        before = self.blocks[at] if at is not None else None
        if at is not None and not opens and isinstance(block, Paragraph) and isinstance(before, Paragraph):
            self.blocks[at] = Paragraph((*before.lines, *block.lines))
        else:
            at = len(self.blocks)
            self.blocks.append(block)
        self.running = None if ends else at


def document_blocks(pages: Iterable[PageMarks]) -> tuple[Block, ...]:
    """Return the blocks of all pages; a paragraph that runs over the end of a page is joined.

    Page numbers, running heads and feet, and what is printed over a page are paragraphs of their own.
    """
    found = [_laid_out(page) for page in pages]
    _set_aside(found)
    _tell_settings(found)
    flow = _Flow()
    for page in found:
        _add_page(flow, page)
    return tuple(flow.blocks)


def _laid_out(page: PageMarks) -> _Page:
    size = lines.common_height(glyph[4] - glyph[2] for glyph in page.glyphs)
    found = sort_out(page.glyphs, find_lattices(page.rulings, page.fills), size)
    tables = [table for table in found.tables if table.texts]
    pieces = [lines.text_lines(piece) for piece in _between(found.outside, tables)]
    across = [ruling for ruling in page.rulings if ruling.horizontal]
    over = [*lines.text_lines(found.over), *(Line([glyph]) for glyph in page.slanted)]
    return _Page(page.number, page.width, page.height, size, tables, pieces, across, over)


def _set_aside(pages: Sequence[_Page]) -> None:
    """Take page numbers and running heads and feet out of the text."""
    margins = [[in_margin(line, page.height) for piece in page.pieces for line in piece] for page in pages]
    running = running_lines([[line for line in page if line] for page in margins])
    for page in pages:
        for at, piece in enumerate(page.pieces):
            aside = [line for line in piece if is_furniture(line, page.height, running)]
            if aside:
                page.pieces[at] = [line for line in piece if line not in aside]
                page.aside.extend(part for line in aside for part in lines.pieces(line))


def _tell_settings(pages: Sequence[_Page]) -> None:
    """Tell each page how its text is set, and how that of pages as wide is."""
    texts = [[line for piece in page.pieces for line in piece] for page in pages]
    body = lines.common_height(line.height for text in texts for line in text)
    by_width: dict[int, list[Margins]] = {}
    for page, text in zip(pages, texts, strict=True):
        by_width.setdefault(round(page.width), []).append(lines.margins(text))
    usual = {width: lines.usual_margins(found) for width, found in by_width.items()}
    for page, text in zip(pages, texts, strict=True):
        own = lines.margins(text)
        page.setting = Setting(own, lines.told_by(own, usual[round(page.width)]), page.size, body)


def _between(glyphs: Sequence[Glyph], tables: Sequence[Ruled]) -> Iterator[list[Glyph]]:
    """Yield the glyphs above, between and below the tables: a paragraph does not run through a table."""
    edges = sorted(table.lattice.ys[0] for table in tables)
    pieces: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        pieces.setdefault(bisect_left(edges, (glyph[2] + glyph[4]) / 2), []).append(glyph)
    yield from (pieces[index] for index in sorted(pieces))


_Item = lines.Block | Ruled | Aligned | Line


def _add_page(flow: _Flow, page: _Page) -> None:
    """Add the blocks of a page from top to bottom."""
    items = sorted(_items(page), key=lambda item: item[0])
    text = [item for _, item in items if not isinstance(item, Line)]
    if not text:
        flow.running = None
    number = 1
    for _, item in items:
        if isinstance(item, Line):
            flow.blocks.append(lines.as_paragraph([item], page.number, number))
            number += 1
        elif isinstance(item, lines.Block):
            block = lines.as_paragraph(item.lines, page.number, number)
            flow.add(block, item.opens or item is not text[0], item.ends or item is not text[-1])
            number += len(item.lines)
        else:
            grid = item.grid(page.number, number)
            flow.add(grid, True, True)
            number += len(grid.rows)


def _items(page: _Page) -> Iterator[tuple[float, _Item]]:
    """Yield tables, paragraphs and lines outside the text, each with where it begins on the page."""
    yield from ((table.lattice.ys[0], table) for table in page.tables)
    yield from ((line.box[1], line) for line in page.aside)
    for piece in page.pieces:
        for found in find_aligned(piece, page.across):
            if isinstance(found, Aligned):
                yield found.top, found
            else:
                yield from ((block.top, block) for block in lines.paragraphs(found, page.setting))
