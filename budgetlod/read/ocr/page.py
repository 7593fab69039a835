"""From the picture of a page to its marks: rulings, and runs of text with how sure each is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING

from budgetlod.read.layout.lattice import find_lattices
from budgetlod.read.layout.page import Glyph, PageMarks
from budgetlod.read.ocr.engine import Engine, Reading
from budgetlod.read.ocr.picture import sheet, straightened
from budgetlod.read.ocr.pieces import Piece, find_pieces
from budgetlod.read.ocr.rulings import find_rulings
from budgetlod.read.ocr.second_look import LOOKS, is_doubtful, settled

if TYPE_CHECKING:
    from budgetlod.read.ocr.engine import Picture
    from budgetlod.read.ocr.picture import Mask, Sheet

# A page whose lines are read less surely than this is upside down or on its side; so many lines are tried.
_UPRIGHT, _TRIED = 0.75, 24
# Pieces of text have as many characters as this on average, or more.
_LONG = 2.0
# White around a line, in heights of it, as the recogniser was trained.
_WHITE = 0.18
# Text that was recognised is never certain; less than the second number of it is no text.
_MOST, _LEAST = 0.99, 0.3
# Gaps of this many heights part two words.
_APART = 0.7
# What letters measure of the size of their font: Chinese ones, and figures. Sizes that differ less are one.
_TALL, _SMALL, _ALIKE = 0.92, 0.74, 1.15


def picture_marks(grey: Picture, scale: float, number: int, engine: Engine) -> PageMarks:
    """Return the marks of a page from its picture; ``scale`` is pixels a point, ``number`` counts from 1.

    A page on its side or upside down is turned, a slanting one set straight: places are those of the page that way.
    """
    import cv2

    best = _read(straightened(grey, scale), scale, engine)
    if best.trust < _UPRIGHT:
        turns = (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180)
        for turn in turns:
            other = _read(straightened(cv2.rotate(grey, turn), scale), scale, engine)
            best = max(best, other, key=lambda page: page.trust)
            if best.trust >= _UPRIGHT:
                break
    return best.marks(number, engine)


class _Page:
    """A page turned one way: where its text stands, and how well some of it reads."""

    def __init__(self, page: Sheet, engine: Engine) -> None:
        self.sheet = page
        drawn = find_rulings(page)
        # A figure that leans on a ruling must not lose its last stroke with it.
        self.rulings, self.lines = drawn.rulings, drawn.core
        self.pieces = find_pieces(page, drawn.mask, find_lattices(drawn.rulings), engine)
        tried = range(0, len(self.pieces), -(-len(self.pieces) // _TRIED) or 1)
        readings = self._look([self.pieces[index] for index in tried], _WHITE, engine)
        self._tried = dict(zip(tried, readings, strict=True))
        self.trust = _trust(readings)

    def marks(self, number: int, engine: Engine) -> PageMarks:
        """Return the marks of the page."""
        glyphs = [
            glyph
            for piece, (reading, white) in zip(self.pieces, self._readings(engine), strict=True)
            for glyph in _glyphs(self.sheet, piece, reading, white)
        ]
        height, width = self.sheet.grey.shape[:2]
        scale = self.sheet.scale
        return PageMarks(number, width / scale, height / scale, _one_size(glyphs), self.rulings)

    def _readings(self, engine: Engine) -> list[tuple[Reading, float]]:
        """Return what each piece says, and with how much paper around it that was read."""
        rest = [index for index in range(len(self.pieces)) if index not in self._tried]
        read = dict(zip(rest, self._look([self.pieces[index] for index in rest], _WHITE, engine), strict=True))
        found = [(reading, _WHITE) for _, reading in sorted((read | self._tried).items(), key=lambda item: item[0])]
        again = [index for index, (reading, _) in enumerate(found) if is_doubtful(reading)]
        pieces = [self.pieces[index] for index in again]
        looks = [self._look(pieces, white, engine) for white in LOOKS]
        for index, *others in zip(again, *looks, strict=True):
            best, reading = settled([found[index][0], *others])
            found[index] = reading, (_WHITE, *LOOKS)[best]
        return found

    def _look(self, pieces: Sequence[Piece], white: float, engine: Engine) -> list[Reading]:
        return engine.recognise([_cropped(self.sheet, self.lines, piece, white) for piece in pieces])


def _read(grey: Picture, scale: float, engine: Engine) -> _Page:
    return _Page(sheet(grey, scale), engine)


def _trust(readings: Sequence[Reading]) -> float:
    """Return how well lines read: how sure their characters are, less where the lines fall apart into single ones.

    So do those of a page on its side: 0 and 8 are themselves on their side, 人 nearly is.
    """
    sure = [value for reading in readings for value in reading.sure]
    if not readings:
        return 1.0  # nothing at all on it: no turn makes that better
    return sum(sure) / max(len(sure), 1) * min(1.0, len(sure) / len(readings) / _LONG)


def _cropped(page: Sheet, rulings: Mask, piece: Piece, white: float) -> Picture:
    """Return the picture of a piece of text with some paper around it and without the rulings beside it."""
    import cv2
    import numpy as np

    margin = _margin(piece, white)
    lack = max(0, round((piece.height - (piece.bottom - piece.top)) / 2))
    height, width = page.grey.shape[:2]
    top, bottom = piece.top - margin - lack, piece.bottom + margin + lack
    left, right = piece.left - margin, piece.right + margin
    rows, columns = slice(max(0, top), min(height, bottom)), slice(max(0, left), min(width, right))
    inside, lines = page.grey[rows, columns], rulings[rows, columns]
    paper = int(np.percentile(inside, 90))
    shown = np.where(lines > 0, paper, inside).astype(np.uint8)
    over = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    return cv2.copyMakeBorder(shown, *over, cv2.BORDER_CONSTANT, value=(paper,))


def _margin(piece: Piece, white: float) -> int:
    return max(2, round(white * piece.height))


# --- from readings to glyphs ----------------------------------------------------------------------------------------------


def _glyphs(page: Sheet, piece: Piece, reading: Reading, white: float) -> Iterator[Glyph]:
    """Yield the words of a piece of text, each where its ink is."""
    if not reading.text or sum(reading.sure) / len(reading.sure) < _LEAST:
        return
    words = _words(page, piece)
    margin = _margin(piece, white)
    width = piece.right - piece.left + 2 * margin
    members: list[list[int]] = [[] for _ in words]
    for index, at in enumerate(reading.at):
        x = piece.left - margin + at * width
        nearest = min(range(len(words)), key=lambda n: max(words[n][0] - x, x - words[n][1]))
        members[nearest].append(index)
    for (left, right), indices in zip(words, members, strict=True):
        text = "".join(reading.text[index] for index in indices).strip()
        if text:
            sure = min(_MOST, *(reading.sure[index] for index in indices))
            yield _glyph(page, piece, left, right, text, sure)


def _words(page: Sheet, piece: Piece) -> list[tuple[int, int]]:
    """Return where words that stand apart begin and end."""
    import numpy as np

    filled = np.flatnonzero(page.ink[piece.top : piece.bottom, piece.left : piece.right].any(axis=0))
    if not len(filled):
        return [(piece.left, piece.right)]
    cuts = np.flatnonzero(np.diff(filled) > _APART * piece.height)
    starts, ends = [filled[0], *filled[cuts + 1]], [*filled[cuts], filled[-1]]
    return [(piece.left + int(start), piece.left + int(end) + 1) for start, end in zip(starts, ends, strict=True)]


def _glyph(page: Sheet, piece: Piece, left: int, right: int, text: str, sure: float) -> Glyph:
    middle = (piece.top + piece.bottom) / 2 / page.scale
    wide = any(unicodedata.east_asian_width(letter) == "W" for letter in text)
    size = piece.height / (_TALL if wide else _SMALL) / page.scale
    return Glyph(text, left / page.scale, middle - size / 2, right / page.scale, middle + size / 2, sure)


def _one_size(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return glyphs with sizes that are about alike made one: ink is higher or lower by its letters."""
    sizes = _sizes(glyph.height for glyph in glyphs)
    made = []
    for glyph in glyphs:
        half = sizes[glyph.height] / 2
        made.append(glyph._replace(top=glyph.middle - half, bottom=glyph.middle + half))
    return made


def _sizes(heights: Iterable[float]) -> dict[float, float]:
    """Return for each height the middle one of those that are alike."""
    found: dict[float, float] = {}
    group: list[float] = []
    for height in [*sorted(heights), float("inf")]:
        if group and height > _ALIKE * group[0]:
            found.update(dict.fromkeys(group, median(group)))
            group = []
        group.append(height)
    return found
