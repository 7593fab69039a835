"""Where text stands in a picture: in the cells of ruled tables by their ink, elsewhere where the recogniser finds lines.

A detector of text misses single figures in a cell and joins what a thin ruling parts; ink inside the borders of a cell
is text, and all of it is that cell's. Ink outside tables that the detector did not find is looked at too, where it is
about as high as the text is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetlod.read.layout.lattice import Lattice
from budgetlod.read.ocr.engine import Engine

if TYPE_CHECKING:
    from budgetlod.read.ocr.engine import Picture
    from budgetlod.read.ocr.picture import Mask, Sheet

# In points: the border of a cell that is left out, the least ink of a text line, the usual height of letters.
_BORDER, _SPECK, _USUAL = 0.8, 0.6, 8.0
# Strokes of a letter lie nearer to each other than this, and letters are no higher than this (points).
_NEAR, _LARGE = 0.8, 40.0
# In heights of the text: strokes of one letter (三, 二) may lie so far apart, and words of one line.
_STROKES, _WORDS = 1.25, 3.0
# A box that the detector found may cut off so much (in heights of the text) of the outer strokes.
_BESIDE = 0.12
# Of what is as high as text: from this to this many times its height.
_LOWEST, _HIGHEST = 0.45, 2.5
# The detector works best with letters of so many pixels. It is shown lines together up to so many pixels, since memory
# grows with them; a picture of one line (or of no lines at all) is made smaller than the last number.
_DETECTED, _BAND_PIXELS, _MOST_PIXELS = 18, 250_000, 400_000
# Lines farther apart than this, in heights of the text, are looked for apart.
_APART = 6.0


class Piece(NamedTuple):
    """A stretch of text on one line, in pixels; ``height`` is that of the letters around it."""

    left: int
    top: int
    right: int
    bottom: int
    height: float


def find_pieces(sheet: Sheet, rulings: Mask, lattices: Sequence[Lattice], engine: Engine) -> list[Piece]:
    """Return where text stands on a page; ``rulings`` is the ink that is rulings."""
    import cv2
    import numpy as np

    ink = cv2.bitwise_and(sheet.ink, cv2.bitwise_not(rulings))
    boxes = [box for lattice in lattices for box in _cells(lattice, sheet.scale)]
    lines = [line for box in boxes for line in _lines(ink, box, sheet.scale)]
    usual = _usual([bottom - top for _, top, _, bottom in lines] or _letters(ink, sheet.scale), sheet.scale)
    found = [piece for box in boxes for piece in _cell_pieces(ink, box, sheet.scale, usual)]
    outside = ink.copy()
    for lattice in lattices:
        left, top, right, bottom = (round(edge * sheet.scale) for edge in lattice.box)
        outside[max(0, top - 2) : bottom + 3, max(0, left - 2) : right + 3] = 0
    if np.count_nonzero(outside):
        found.extend(_outside(sheet, outside, usual, engine))
    return found


_Box = tuple[int, int, int, int]


def _cells(lattice: Lattice, scale: float) -> Iterator[_Box]:
    """Yield the insides of the cells of a table in pixels."""
    inset = max(1, round(_BORDER * scale))
    for cell in lattice.cells:
        left, right = lattice.xs[cell.column], lattice.xs[cell.column + cell.width]
        top, bottom = lattice.ys[cell.row], lattice.ys[cell.row + cell.height]
        box = (
            round(left * scale) + inset, round(top * scale) + inset,
            round(right * scale) - inset + 1, round(bottom * scale) - inset + 1,
        )  # fmt: skip
        if box[2] > box[0] and box[3] > box[1]:
            yield box


def _usual(heights: Sequence[int], scale: float) -> float:
    """Return how high most letters are, in pixels: more than the strokes of 一, less than lines that touch."""
    tall = [height for height in heights if height > _LOWEST * _USUAL * scale]
    return float(median(tall)) if tall else _USUAL * scale


def _letters(ink: Mask, scale: float) -> list[int]:
    """Return the heights of letters anywhere on a page: of ink whose strokes are near each other."""
    import cv2
    import numpy as np

    near = max(1, round(_NEAR * scale))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(cv2.dilate(ink, np.ones((near, near), np.uint8)))
    return [int(box[3]) for box in boxes[1:] if box[3] <= _LARGE * scale]


def _runs(filled: Any, gap: float) -> list[tuple[int, int]]:
    """Return the stretches of a row of pixels that are filled, as (first, one after the last); gaps up to ``gap`` do not part them."""
    import numpy as np

    at = np.flatnonzero(np.asarray(filled))
    if not len(at):
        return []
    cuts = np.flatnonzero(np.diff(at) > gap + 1)
    starts, ends = [at[0], *at[cuts + 1]], [*at[cuts], at[-1]]
    return [(int(start), int(end) + 1) for start, end in zip(starts, ends, strict=True)]


def _lines(ink: Mask, box: _Box, scale: float) -> list[_Box]:
    """Return the lines of ink in a box, each as far as its ink goes; specks are none."""
    left, top, right, bottom = box
    inside = ink[top:bottom, left:right]
    lines: list[_Box] = []
    for start, end in _runs(inside.any(axis=1), 0):
        runs = _runs(inside[start:end].any(axis=0), right - left)
        if runs and max(end - start, runs[0][1] - runs[0][0]) > _SPECK * scale:
            lines.append((left + runs[0][0], top + start, left + runs[0][1], top + end))
    return lines


def _cell_pieces(ink: Mask, box: _Box, scale: float, usual: float) -> Iterator[Piece]:
    for line in _joined(_lines(ink, box, scale), usual):
        yield from _words(ink, line, usual)


def _joined(lines: Sequence[_Box], usual: float) -> list[_Box]:
    """Return lines with those joined that are strokes of one line of letters."""
    joined: list[_Box] = []
    for line in lines:
        if joined and line[3] - joined[-1][1] <= _STROKES * usual:
            before = joined.pop()
            line = (min(before[0], line[0]), before[1], max(before[2], line[2]), line[3])
        joined.append(line)
    return joined


def _words(ink: Mask, line: _Box, usual: float) -> Iterator[Piece]:
    """Yield the pieces of a line that stand far apart."""
    left, top, right, bottom = line
    height = max(bottom - top, usual) if bottom - top < _LOWEST * usual else bottom - top
    for start, end in _runs(ink[top:bottom, left:right].any(axis=0), _WORDS * height):
        yield Piece(left + start, top, left + end, bottom, height)


# --- outside tables -------------------------------------------------------------------------------------------------------


def _outside(sheet: Sheet, ink: Mask, usual: float, engine: Engine) -> Iterator[Piece]:
    """Yield the pieces of text outside tables."""
    import cv2
    import numpy as np

    margin = round(usual)
    # What stands in tables is painted over, or lines there would be found as well.
    near = cv2.dilate(ink, np.ones((margin, margin), np.uint8))
    shown = np.where(near > 0, sheet.grey, 255).astype(np.uint8)
    rest, beside = ink.copy(), max(1, round(_BESIDE * usual))
    for band in _bands(ink, usual):
        for box in _detected(shown, band, usual, engine):
            line = max(0, box[0] - beside), max(0, box[1] - beside), box[2] + beside, box[3] + beside
            if tight := _tight(rest, line):
                rest[line[1] : line[3], line[0] : line[2]] = 0
                yield from _words(ink, tight, usual)
    yield from _missed(rest, usual)


def _bands(ink: Mask, usual: float) -> Iterator[_Box]:
    """Yield the parts of a page that hold its ink, cut between lines: small ones take little memory, empty ones no time."""
    shrink = min(1.0, _DETECTED / usual)
    bands: list[_Box] = []
    for start, end in _runs(ink.any(axis=1), 0):
        left, _, right, _ = _extent(ink[start:end])
        if bands and start - bands[-1][3] <= _APART * usual:
            before = bands[-1]
            both = min(before[0], left), before[1], max(before[2], right), end
            if (both[2] - both[0]) * (both[3] - both[1]) * shrink**2 <= _BAND_PIXELS:
                bands[-1] = both
                continue
        bands.append((left, start, right, end))
    yield from bands


def _detected(shown: Picture, band: _Box, usual: float, engine: Engine) -> Iterator[_Box]:
    """Yield the lines that the detector finds in a part of a page."""
    import cv2

    margin = round(usual)
    left, top, right, bottom = max(0, band[0] - margin), max(0, band[1] - margin), band[2] + margin, band[3] + margin
    area = max(1, (bottom - top) * (right - left))
    shrink = min(1.0, _DETECTED / usual, (_MOST_PIXELS / area) ** 0.5)
    part = cv2.resize(shown[top:bottom, left:right], None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    for box in engine.detect(part):
        yield (
            left + int(box[0] / shrink), top + int(box[1] / shrink),
            left + int(box[2] / shrink), top + int(box[3] / shrink),
        )  # fmt: skip


def _extent(ink: Mask) -> _Box:
    import cv2

    left, top, width, height = cv2.boundingRect(ink)
    return left, top, left + width, top + height


def _tight(ink: Mask, box: _Box) -> _Box | None:
    """Return a box as small as its ink, nothing where there is none."""
    left, top, right, bottom = box
    inside = ink[top:bottom, left:right]
    if not inside.any():
        return None
    x0, y0, x1, y1 = _extent(inside)
    return left + x0, top + y0, left + x1, top + y1


def _missed(ink: Mask, usual: float) -> Iterator[Piece]:
    """Yield what is left of the ink where it is as high as text."""
    import cv2
    import numpy as np

    spread = cv2.dilate(ink, np.ones((1, max(1, round(usual))), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(spread, connectivity=8)
    for left, top, width, height, _ in boxes[1:].tolist():
        if _LOWEST * usual <= height <= _HIGHEST * usual and (
            tight := _tight(ink, (left, top, left + width, top + height))
        ):
            yield from _words(ink, tight, usual)
