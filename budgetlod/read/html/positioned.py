"""Pages whose words are placed one by one, as programs make of a PDF: from boxes to marks, then as a PDF is read.

Every box has its place (``left`` and ``top`` or ``bottom``) on a page of a fixed size. Borders and thin boxes are the
rulings of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from budgetlod.model.document import Block, Grid, Place
from budgetlod.read.html.borders import Rectangle, border_rulings
from budgetlod.read.html.marks import Run, glyphs
from budgetlod.read.html.styles import Declarations, Styles, points
from budgetlod.read.html.survey import Emissions
from budgetlod.read.html.tree import Element, Places
from budgetlod.read.html.words import BLOCKS, BREAK, NO_TEXT, as_source, printed
from budgetlod.read.layout.blocks import document_blocks
from budgetlod.read.layout.page import PageMarks, Ruling
from budgetlod.read.limits import check_limit

# So many placed texts make a page a drawn one; menus and banners have a few.
_FEWEST = 20
# A box smaller than this (points) stands on a page, it is none.
_SMALLEST_PAGE = 225.0
_FONT_SIZE = 12.0
_LINE_HEIGHT = 1.2
_FLOWING = frozenset({"relative", "static", "sticky"})
_MATRIX = re.compile(r"matrix\(\s*(-?[\d.]+)[\s,]+-?[\d.]+[\s,]+-?[\d.]+[\s,]+(-?[\d.]+)")
_SCALE = re.compile(r"scalex\(\s*(-?[\d.]+)")


@dataclass(slots=True)
class DrawnPage:
    """A page, the boxes with its words in their order, and what stands on it in points from its upper left corner."""

    element: Element
    width: float = 0.0
    height: float = 0.0
    boxes: dict[Element, None] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)


@dataclass(slots=True)
class _Box:
    """A placed element that is open: its corner on the page, its font, its words so far (numbers are gaps)."""

    element: Element
    page: DrawnPage
    left: float
    top: float
    width: float
    height: float
    line_height: float
    size: float
    scale: float
    pieces: list[str | float] = field(default_factory=list)
    flows: bool = False


def find_pages(root: Element, styles: Styles, file: str) -> list[DrawnPage]:
    """Return the drawn pages of a document in their order, none if its text flows."""
    pages = [page for page in _Finder(root, styles).pages() if page.boxes]
    check_limit("pages", len(pages), file)
    return pages if sum(len(page.boxes) for page in pages) >= _FEWEST else []


def read_pages(pages: list[DrawnPage], places: Places) -> Emissions:
    """Return the blocks of drawn pages, to stand where the first of their boxes does."""
    paths = [places.path(page.element) for page in pages]
    marks = (
        PageMarks(number, page.width, page.height, list(glyphs(page.runs)), page.rulings)
        for number, page in enumerate(pages, 1)
    )
    emissions: Emissions = {box: [] for page in pages for box in page.boxes}
    if pages:
        emissions[next(iter(pages[0].boxes))] = [_anchored(block, paths) for block in document_blocks(marks)]
    return emissions


def _anchored(block: Block, paths: list[str]) -> Block:
    """Return a block whose places name the element of their page."""

    def at(place: Place) -> Place:
        return place._replace(element=paths[place.page - 1])

    if isinstance(block, Grid):
        return block._replace(rows=tuple(row._replace(place=at(row.place)) for row in block.rows))
    return block._replace(lines=tuple(line._replace(place=at(line.place)) for line in block.lines))


class _Finder:
    """Walks over a document once, with the open pages, boxes and sizes of fonts on stacks."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self.root, self.styles = root, styles
        self._whole = DrawnPage(root)
        self._pages: list[DrawnPage] = [self._whole]
        self._found: list[DrawnPage] = [self._whole]
        self._boxes: list[_Box] = []
        self._sizes: list[float] = [_FONT_SIZE]

    def pages(self) -> list[DrawnPage]:
        """Return all elements that could be pages, with what is placed on them."""
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag in NO_TEXT or self.styles.hidden(element):
                    walk.skip_subtree()
                    self._sizes.append(self._sizes[-1])
                else:
                    self._start(element)
            else:
                self._end(element)
        return self._found

    def _start(self, element: Element) -> None:
        style = self.styles.of(element)
        page = self._pages[-1]
        size = _font_size(style, self._sizes[-1])
        self._sizes.append(size)
        width, height = points(style.get("width"), page.width), points(style.get("height"), page.height)
        corner = self._corner(style, page, height or size)
        if corner:
            self._open(element, style, Rectangle(*corner, width or 0.0, height or 0.0), size)
        elif width and height and min(width, height) >= _SMALLEST_PAGE and not self._boxes:
            self._found.append(DrawnPage(element, width, height))
            self._pages.append(self._found[-1])
        elif self._boxes:
            self._inside(element, style)
        if self._boxes:
            self._boxes[-1].pieces.append(as_source(element.text))

    def _corner(self, style: Declarations, page: DrawnPage, height: float) -> tuple[float, float] | None:
        """Return the corner of a placed element on its page."""
        if style.get("position") in _FLOWING:
            return None
        around = self._boxes[-1] if self._boxes else None
        width_around, height_around = (around.width, around.height) if around else (page.width, page.height)
        left, top = points(style.get("left"), width_around), points(style.get("top"), height_around)
        if top is None and (bottom := points(style.get("bottom"), height_around)) is not None:
            top = height_around - bottom - height
        if left is None or top is None:
            return None
        return (left + around.left, top + around.top) if around else (left, top)

    def _open(self, element: Element, style: Declarations, at: Rectangle, size: float) -> None:
        scale, stretch = _scales(style.get("transform", ""))
        size *= scale
        page = self._pages[-1]
        page.rulings.extend(border_rulings(style, at))
        line_height = points(style.get("line-height")) or size * _LINE_HEIGHT
        page.boxes[element] = None
        self._boxes.append(_Box(element, page, *at, line_height, size, stretch))

    def _inside(self, element: Element, style: Declarations) -> None:
        """Take up an element that stands in a box: a break, a gap of so many points, or a table, which flows."""
        box = self._boxes[-1]
        if element.tag == "br" or element.tag in BLOCKS:
            box.pieces.append(BREAK)
        elif element.tag == "span" and not (element.text or "").strip() and not len(element):
            gap = points(style.get("width")) or points(style.get("margin-left")) or 0.0
            box.pieces.append(gap)
        if element.tag == "table":
            box.flows = True

    def _end(self, element: Element) -> None:
        self._sizes.pop()
        if self._boxes and self._boxes[-1].element is element:
            self._close(self._boxes.pop())
        elif self._boxes and element.tag in BLOCKS:
            self._boxes[-1].pieces.append(BREAK)
        if len(self._pages) > 1 and self._pages[-1].element is element:
            self._pages.pop()
        if self._boxes:
            self._boxes[-1].pieces.append(as_source(element.tail))

    def _close(self, box: _Box) -> None:
        """Put the lines of a box on its page; one that holds a table is read as text that flows."""
        if box.flows:
            for outer in self._boxes[-1:]:
                outer.flows = True
            del box.page.boxes[box.element]
            return
        page, lines = box.page, list(_lines(box.pieces))
        for number, pieces in enumerate(lines):
            top = box.top + number * box.line_height + max(box.line_height - box.size, 0.0) / 2
            page.runs.append(Run(pieces, box.left, top, box.size, box.scale, box.width))
            page.height = max(page.height, top + box.size)
        page.width = max(page.width, box.left + box.width)
        if not lines:
            del page.boxes[box.element]


def _lines(pieces: list[str | float]) -> Iterator[tuple[str | float, ...]]:
    """Yield the lines of a box that print anything: texts, and gaps in points between them."""
    line: list[str | float] = []
    text: list[str] = []
    for piece in [*pieces, BREAK]:
        if isinstance(piece, str) and piece != BREAK:
            text.append(piece)
            continue
        line.append(printed("".join(text)))
        text = []
        if isinstance(piece, float):
            line.append(piece)
        else:
            if any(isinstance(one, str) and one.strip() for one in line):
                yield tuple(line)
            line = []


def _font_size(style: Declarations, around: float) -> float:
    """Return the size of the font in points, that of the element around it where none is stated."""
    stated = style.get("font-size", "")
    if stated.endswith("em") and not stated.endswith("rem") and (share := points(stated)) is not None:
        return share / _FONT_SIZE * around
    size = points(stated, around)
    return size if size and size > 0 else around


def _scales(transform: str) -> tuple[float, float]:
    """Return how much larger a transformation sets the font, and how much wider its characters besides."""
    if found := _MATRIX.search(transform):
        across, down = abs(float(found[1])), abs(float(found[2]))
        return (down, across / down) if across and down else (1.0, 1.0)
    found = _SCALE.search(transform)
    return (1.0, abs(float(found[1])) or 1.0) if found else (1.0, 1.0)
