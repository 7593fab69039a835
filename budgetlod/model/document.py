"""A document as any reader gives it: paragraphs and grids in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of something on a page, in points from its upper left corner as it is displayed."""


class Place(NamedTuple):
    """Where something is printed; 0 or empty where the format has no such thing.

    ``page`` and ``line`` count from 1: the line of a text, the printed line of a page, the row of a sheet. ``sheet``
    is the name of a sheet of a workbook, ``element`` the path of an element (``/1/2/5``) in a marked-up document.
    ``part`` tells the files of one disclosure apart (0: the first).
    """

    page: int = 0
    line: int = 0
    box: Box | None = None
    sheet: str = ""
    element: str = ""
    part: int = 0

    def fragment(self) -> str:
        """Return the place as a fragment identifier, empty where nothing standard names it.

        ``page=3`` (RFC 8118), ``line=11,12`` (RFC 5147, which counts the positions between lines from 0, so that the
        12th line is 11,12), ``element(/1/2/5)`` (XPointer), ``row=12`` (RFC 7111, also of one sheet of a workbook).
        """
        if self.element:
            return f"element({self.element})"
        if self.page:
            return f"page={self.page}"
        if self.sheet:
            return f"row={self.line}"
        return f"line={self.line - 1},{self.line}" if self.line else ""

    def words(self, language: str = "en") -> str:
        """Return the place in words: "page 3", "sheet 表1, row 12", "line 12"; "file 2, line 12" in a second file."""
        zh = language == "zh"
        file = "" if not self.part else f"第{self.part + 1}个文件" if zh else f"file {self.part + 1}, "
        if self.page:
            return f"{file}第{self.page}页" if zh else f"{file}page {self.page}"
        if self.sheet:
            words = f"工作表“{self.sheet}”第{self.line}行" if zh else f"sheet {self.sheet}, row {self.line}"
            return file + words
        if self.element and not self.line:
            return f"{file}元素 {self.element}" if zh else f"{file}element {self.element}"
        return f"{file}第{self.line}行" if zh else f"{file}line {self.line}"


NOWHERE = Place()


class TextLine(NamedTuple):
    """One printed line of a paragraph; ``confidence`` (0 to 1) is below 1 where the text was recognised in a picture."""

    text: str
    place: Place
    confidence: float = 1.0


class Paragraph(NamedTuple):
    """Running text: one or more printed lines that belong together."""

    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The lines joined without a break (Chinese needs no space between them)."""
        return "".join(line.text for line in self.lines)

    @property
    def place(self) -> Place:
        """Where the paragraph begins."""
        return self.lines[0].place

    def place_at(self, offset: int) -> Place:
        """Return the place of the character at ``offset`` of :attr:`text`."""
        for line in self.lines:
            if offset < len(line.text):
                return line.place
            offset -= len(line.text)
        return self.lines[-1].place


class GridRow(NamedTuple):
    """One row of cells as printed, blanks as empty strings.

    ``confidence`` holds a number from 0 to 1 for each cell where the text was recognised in a picture, else nothing.
    """

    cells: tuple[str, ...]
    place: Place
    confidence: tuple[float, ...] = ()


class Span(NamedTuple):
    """A cell that covers more than one row or column: its upper left corner (0-based) and its extent."""

    row: int
    column: int
    height: int
    width: int


class Grid(NamedTuple):
    """A block of cells: a table, or the part of a table that stands on one page.

    The text of a merged cell stands at its upper left corner, the other cells it covers are blank; ``spans`` lists
    the merged cells. It is ``None`` where the format does not tell which cells are merged (extracted text).
    ``edges`` are the borders of the columns from left to right where the format has a layout (one more than columns).
    """

    rows: tuple[GridRow, ...]
    spans: tuple[Span, ...] | None = None
    edges: tuple[float, ...] | None = None

    @property
    def place(self) -> Place:
        """Where the grid begins."""
        return self.rows[0].place

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max(len(row.cells) for row in self.rows)


Block = Paragraph | Grid


class Part(NamedTuple):
    """One file of a document that consists of several: its name, media type and SHA-256 (hex)."""

    name: str
    media_type: str
    sha256: str


class Document(NamedTuple):
    """A source as read: its name, media type, SHA-256 (hex) and blocks in reading order.

    ``path`` is what the user called the file; only messages to the user bear it, never what is published. ``more``
    are the further files of a disclosure in several files; the places of their blocks bear their number. ``pictures``
    are the numbers of pages that are pictures of their text and could not be read. ``recogniser`` is the software
    that recognised text in pictures, empty where none did.
    """

    name: str
    media_type: str
    sha256: str
    blocks: tuple[Block, ...] = ()
    path: str = ""
    more: tuple[Part, ...] = ()
    pictures: tuple[int, ...] = ()
    recogniser: str = ""

    @property
    def file(self) -> str:
        """The name of the file in messages."""
        return self.path or self.name

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The files of the document, in reading order."""
        return Part(self.name, self.media_type, self.sha256), *self.more

    def reading_order(self) -> dict[Place, int]:
        """Return where each place of a line or row comes in reading order: places of one format do not tell it."""
        found: dict[Place, int] = {}
        for block in self.blocks:
            for piece in block.lines if isinstance(block, Paragraph) else block.rows:
                found.setdefault(piece.place, len(found))
        return found
