"""Glyphs, rulings and pictures of the pages of a PDF, and whether a page is a picture of its text.

pdfium gives coordinates in the page's own space (y up, before the page is turned); here they become points from the
upper left corner of the page as it is displayed. A page whose text runs sideways is turned until it runs across.
"""

from __future__ import annotations

from typing import NamedTuple

import pypdfium2 as pdfium

from budgetlod.model.document import Box
from budgetlod.read.layout.page import PageMarks
from budgetlod.read.pdf.characters import Characters, Page, direction, read_characters
from budgetlod.read.pdf.clips import Clips
from budgetlod.read.pdf.drawings import Drawings, read_drawings
from budgetlod.read.pdf.space import displayed

# A page with fewer characters than this holds a page number or a stamp at most.
_FEW = 12
# A picture of the text of a page covers more of it than this.
_COVERED = 0.5
# So many curved shapes and hardly a character: the letters are drawn.
_LETTERS = 150
# Of the characters of a page no more may be unreadable, or its text is of no use.
_UNREADABLE = 0.2


class ReadPage(NamedTuple):
    """The marks of a page, and what becomes of it without a recogniser.

    ``pictured`` where its text is (all but) in pictures, ``garbled`` where it is unreadable.
    """

    marks: PageMarks
    pictured: bool
    garbled: bool

    @property
    def silent(self) -> bool:
        """Whether the page cannot be read without a recogniser; scans may have their text printed invisibly over them."""
        return self.garbled or (self.pictured and len(self.marks.glyphs) < _FEW)


def read_page(page: pdfium.PdfPage, number: int) -> ReadPage:
    """Return the marks of a page; ``number`` counts from 1."""
    text = page.get_textpage()
    try:
        upright = direction(text)
        quarter = page.get_rotation() // 90 if upright is None else upright
        upright = upright or 0
        space = displayed(page.get_bbox(), quarter)
        drawings = read_drawings(page, space)
        clips = None if drawings.forms else Clips(page.get_bbox())
        characters = read_characters(text, Page(space, page.get_bbox(), upright, bool(drawings.pictures), clips))
    finally:
        text.close()
    marks = PageMarks(
        number, space.width, space.height, characters.glyphs,
        drawings.rulings, drawings.pictures, drawings.fills, characters.slanted,
    )  # fmt: skip
    return ReadPage(marks, _pictured(characters, drawings, space.width * space.height), _garbled(characters))


def page_marks(page: pdfium.PdfPage, number: int) -> PageMarks:
    """Return the marks of a page; ``number`` counts from 1."""
    return read_page(page, number).marks


def _pictured(characters: Characters, drawings: Drawings, area: float) -> bool:
    if len(characters.glyphs) - characters.invisible >= _FEW:
        return False
    return drawings.curved >= _LETTERS or sum(_area(box) for box in drawings.pictures) > _COVERED * area


def _garbled(characters: Characters) -> bool:
    return characters.unreadable > _UNREADABLE * max(len(characters.glyphs), _FEW)


def _area(box: Box) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)
