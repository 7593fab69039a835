"""The characters of a PDF page through pdfium: where they stand, which way they run, whether they can be read."""

from __future__ import annotations

from collections import Counter
from ctypes import addressof, byref, c_double, c_float
from dataclasses import dataclass, field
from math import atan2, degrees, hypot
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetlod.model.document import Box
from budgetlod.read.layout.page import Glyph
from budgetlod.read.pdf.clips import Clips
from budgetlod.read.pdf.space import Space

UNREADABLE = "\ufffd"
"""Stands for a character of which the file does not say what it means."""

_SAMPLE = 60
# Text within this many degrees of a quarter turn runs along an edge of the page.
_STRAIGHT = 3.0
# A font that claims to be lower than this (in its size) gives boxes as high as each character's ink.
_LOWEST_FONT = 0.7
# So much of a character stands above the line of writing, and below it, where the font does not say.
_ABOVE, _BELOW = 0.86, 0.14
# White space and marks that print nothing, pdfium's mark of a broken word (U+FFFE) too: gaps tell where words end.
_BLANK = frozenset(
    {0, 9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0xAD, 0x1680, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x205F}
    | {0x3000, 0xFEFF, 0xFFFE}
)
# After so many text objects whose characters a font explains it is not asked any more.
_SURE = 20
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
# What a recogniser that is not ours wrote invisibly over a picture is no more certain than this.
_UNSEEN_CONFIDENCE = 0.9


@dataclass(slots=True)
class Characters:
    """The text of a page: ``glyphs`` that run across, ``slanted`` ones, and how many are unreadable or invisible."""

    glyphs: list[Glyph] = field(default_factory=list)
    slanted: list[Glyph] = field(default_factory=list)
    unreadable: int = 0
    invisible: int = 0


class _Style(NamedTuple):
    """How the characters of one text object are printed: ``quarter`` turns, or ``None`` where they run aslant.

    ``unmapped`` where the font does not say what its first character means. ``size`` is that of the font where it must stand in for the boxes of the characters, else 0. ``plain`` ones
    run across and are what their boxes say.
    """

    quarter: int | None
    invisible: bool
    unmapped: bool
    size: float
    plain: bool


def direction(text: pdfium.PdfTextPage) -> int | None:
    """Return by how many quarter turns (counter-clockwise) most text is turned, ``None`` where there is no text."""
    count = text.count_chars()
    step = max(1, count // _SAMPLE)
    angles = Counter(
        round(_angle(text.raw, index) / 90) % 4
        for index in range(0, count, step)
        if raw.FPDFText_GetUnicode(text.raw, index) > 32
    )
    return angles.most_common(1)[0][0] if angles else None


def _angle(handle: raw.FPDF_TEXTPAGE, index: int) -> float:
    """Return by how many degrees a character is turned; letters that only lean (italics) are not."""
    if not raw.FPDFText_GetCharAngle(handle, index):
        return 0.0
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, byref(matrix))
    return degrees(atan2(matrix.b, matrix.a))


class Page(NamedTuple):
    """What is known of a page before its text is read.

    ``box`` is its left, bottom, right and top in its own space, ``upright`` the :func:`direction` that is across as
    displayed; ``pictures`` tells whether there are any, ``clips`` is ``None`` where clipping paths cannot be told.
    """

    space: Space
    box: Box
    upright: int = 0
    pictures: bool = True
    clips: Clips | None = None


def read_characters(text: pdfium.PdfTextPage, page: Page) -> Characters:
    """Return the characters that are printed; white space is told by the gaps between them."""
    handle, rectangle = text.raw, raw.FS_RECTF()
    reference = byref(rectangle)
    found, styles, odd = Characters(), _Styles(handle, page), _Odd(handle, page)
    east, north = page.space.matrix[4:]
    get_code, get_item, get_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject, raw.FPDFText_GetLooseCharBox
    for index in range(text.count_chars()):
        code = get_code(handle, index)
        if code in _BLANK and (code or not raw.FPDFText_HasUnicodeMapError(handle, index)):
            continue
        item = get_item(handle, index)
        if not item or not get_box(handle, index, reference):
            continue
        left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        style = styles.of(item, index)
        x, y, clip = (left + right) / 2, (bottom + top) / 2, styles.clip
        if not (clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3]) and not styles.shows(item, x, y):
            continue
        if style.plain and 32 < code < 0xD800:
            if left != right:
                if odd.run:
                    odd.close(found)
                found.glyphs.append(Glyph(chr(code), left + east, north - top, right + east, north - bottom))
        else:
            odd.add(found, index, code, style, (left, bottom, right, top))
    odd.close(found)
    return found


class _Odd:
    """Takes the characters that are not just letters from left to right; those that do not run across become runs.

    ``run`` is the one that may go on.
    """

    def __init__(self, handle: raw.FPDF_TEXTPAGE, page: Page) -> None:
        self._handle, self._page = handle, page
        self._lead = 0
        self.run: list[Glyph] = []
        self._quarter: int | None = page.upright

    def add(self, found: Characters, index: int, code: int, style: _Style, box: Box) -> None:
        """Add a character to what was found; ``box`` is left, bottom, right and top in the page's own space."""
        if 0xD800 <= code < 0xDC00:
            self._lead = code
            return
        if style.size:
            box = _own_box(self._handle, index, style, box)
        glyph = Glyph(
            self._word(index, code, style), *self._page.space.box(*box), _UNSEEN_CONFIDENCE if style.invisible else 1.0
        )
        if glyph.left == glyph.right:
            return
        found.invisible += style.invisible
        found.unreadable += glyph.text == UNREADABLE or "\ue000" <= glyph.text <= "\uf8ff"
        if self.run and (style.quarter != self._quarter or not _near(self.run[-1], glyph)):
            self.close(found)
        if style.quarter == self._page.upright:
            found.glyphs.append(glyph)
        else:
            self._quarter = style.quarter
            self.run.append(glyph)

    def _word(self, index: int, code: int, style: _Style) -> str:
        """Return a character by its code; the second half of a surrogate pair makes one with the first."""
        lead, self._lead = self._lead, 0
        if style.unmapped and raw.FPDFText_HasUnicodeMapError(self._handle, index):
            return UNREADABLE
        if 0xDC00 <= code < 0xE000:
            return chr(0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00)) if lead else UNREADABLE
        return UNREADABLE if code < 32 else chr(code)

    def close(self, found: Characters) -> None:
        """Put what does not run across away as one piece of text."""
        if run := self.run:
            text = "".join(glyph.text for glyph in run)
            left, top = min(glyph.left for glyph in run), min(glyph.top for glyph in run)
            right, bottom = max(glyph.right for glyph in run), max(glyph.bottom for glyph in run)
            piece = Glyph(text, left, top, right, bottom, min(glyph.confidence for glyph in run))
            (found.slanted if self._quarter is None else found.glyphs).append(piece)
            run.clear()


def _near(last: Glyph, glyph: Glyph) -> bool:
    """Return whether two characters stand next to one another, whichever way they run."""
    reach = 1.5 * max(last.height, last.right - last.left)
    return abs(last.centre - glyph.centre) < reach and abs(last.middle - glyph.middle) < reach


def _own_box(handle: raw.FPDF_TEXTPAGE, index: int, style: _Style, box: Box) -> Box:
    """Return the box of a character (left, bottom, right, top) as high as its font, whatever the font says."""
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(handle, index, byref(x), byref(y))
    up = _ABOVE * style.size, -_BELOW * style.size
    left, bottom, right, top = box
    match style.quarter:
        case 0:
            return left, y.value + up[1], right, y.value + up[0]
        case 1:
            return x.value - up[0], bottom, x.value - up[1], top
        case 2:
            return left, y.value - up[0], right, y.value - up[1]
        case 3:
            return x.value + up[1], bottom, x.value + up[0], top
    return box


@dataclass(slots=True)
class _Font:
    """What was seen of a font: whether its boxes are too low, how many text objects had characters that it explains."""

    low: bool
    mapped: int = 0


class _Styles:
    """The styles of the text objects of a page; characters of one object come one after another."""

    def __init__(self, handle: raw.FPDF_TEXTPAGE, page: Page) -> None:
        self._handle, self._page = handle, page
        self._last = 0
        self._style = _Style(0, False, False, 0.0, False)
        self._fonts: dict[int, _Font] = {}
        self.clip = page.box

    def of(self, item: raw.FPDF_PAGEOBJECT, index: int) -> _Style:
        """Return the style of the text object ``item``, of which ``index`` is a character."""
        address = addressof(item.contents)
        if address != self._last:
            self._last, self._style = address, self._read(item, index)
            if self._page.clips:
                self.clip = self._page.clips.near(item)
        return self._style

    def shows(self, item: raw.FPDF_PAGEOBJECT, x: float, y: float) -> bool:
        """Return whether a point of a text object can be seen; remember where that object can be."""
        if self._page.clips is None:
            return False
        self.clip = left, bottom, right, top = self._page.clips.of(item)
        return left <= x <= right and bottom <= y <= top

    def _read(self, item: raw.FPDF_PAGEOBJECT, index: int) -> _Style:
        page = self._page
        angle = _angle(self._handle, index)
        turns = round(angle / 90)
        quarter = turns % 4 if abs(angle - 90 * turns) < _STRAIGHT else None
        invisible = page.pictures and raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
        handle = raw.FPDFTextObj_GetFont(item)
        key = addressof(handle.contents) if handle else 0
        font = self._fonts.get(key) or self._fonts.setdefault(key, _Font(bool(handle) and _is_low(handle)))
        unmapped = font.mapped < _SURE and bool(raw.FPDFText_HasUnicodeMapError(self._handle, index))
        font.mapped += not unmapped
        size = _size(self._handle, index, item) if font.low else 0.0
        plain = quarter == page.upright and page.space.matrix[0] == 1 and not (invisible or unmapped or size)
        return _Style(quarter, invisible, unmapped, size, plain)


def _is_low(font: raw.FPDF_FONT) -> bool:
    ascent, descent = c_float(), c_float()
    raw.FPDFFont_GetAscent(font, 1.0, byref(ascent))
    raw.FPDFFont_GetDescent(font, 1.0, byref(descent))
    return ascent.value - descent.value < _LOWEST_FONT


def _size(handle: raw.FPDF_TEXTPAGE, index: int, item: raw.FPDF_PAGEOBJECT) -> float:
    """Return the size of the font of a character as displayed."""
    size, matrix = c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(item, byref(size))
    raw.FPDFText_GetMatrix(handle, index, byref(matrix))
    return abs(size.value) * hypot(matrix.c, matrix.d)
