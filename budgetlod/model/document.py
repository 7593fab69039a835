"""A document as any reader gives it: paragraphs and grids in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Place(NamedTuple):
    """Where something is printed: 1-based page, 1-based line of a text; 0 where the format has no such thing."""

    page: int = 0
    line: int = 0

    def fragment(self) -> str:
        """Return the place as a fragment identifier: ``page=3`` (RFC 8118) or ``line=11,12`` (RFC 5147).

        RFC 5147 counts the positions between lines from 0, so the 12th line is ``line=11,12``.
        """
        if self.page:
            return f"page={self.page}"
        return f"line={self.line - 1},{self.line}" if self.line else ""

    def words(self, language: str = "en") -> str:
        """Return the place in words, "line 12" or "第12行"."""
        if self.page:
            return f"第{self.page}页" if language == "zh" else f"page {self.page}"
        return f"第{self.line}行" if language == "zh" else f"line {self.line}"


NOWHERE = Place()


class TextLine(NamedTuple):
    """One printed line of a paragraph."""

    text: str
    place: Place


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
    """One row of cells as printed, blanks as empty strings."""

    cells: tuple[str, ...]
    place: Place


class Grid(NamedTuple):
    """A block of cells: a table, or the part of a table that stands on one page."""

    rows: tuple[GridRow, ...]

    @property
    def place(self) -> Place:
        """Where the grid begins."""
        return self.rows[0].place

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max(len(row.cells) for row in self.rows)


Block = Paragraph | Grid


class Document(NamedTuple):
    """A source as read: its name, media type, SHA-256 (hex) and blocks in reading order.

    ``path`` is what the user called the file; only messages to the user bear it, never what is published.
    """

    name: str
    media_type: str
    sha256: str
    blocks: tuple[Block, ...] = ()
    path: str = ""

    @property
    def file(self) -> str:
        """The name of the file in messages."""
        return self.path or self.name

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))
