"""A page as marks: glyphs and rulings, in points from the upper left corner of the page as it is displayed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from budgetlod.model.document import Box


class Glyph(NamedTuple):
    """A piece of text with its box: one character, or a run of characters that a picture's recogniser gave.

    ``confidence`` (0 to 1) is below 1 where the text was recognised in a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0

    @property
    def height(self) -> float:
        """The height of the box, which is about the size of the font."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The middle of the box from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The centre of the box from left to right."""
        return (self.left + self.right) / 2


class Ruling(NamedTuple):
    """A straight line parallel to an edge of the page: where it lies, and from where to where it goes."""

    horizontal: bool
    at: float
    start: float
    end: float


class PageMarks(NamedTuple):
    """What stands on one page.

    ``pictures`` are the boxes of the pictures on it, ``fills`` those of the coloured rectangles, which can be the cells
    of a table without rulings. ``slanted`` is text that runs aslant over the page (a watermark): it stands in no cell.
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rulings: Sequence[Ruling]
    pictures: Sequence[Box] = ()
    fills: Sequence[Box] = ()
    slanted: Sequence[Glyph] = ()
