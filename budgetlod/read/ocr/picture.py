"""A page as a picture: its shades of grey, its ink, and how many pixels make a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from budgetlod.read.ocr.engine import Picture

    Mask = NDArray[Any]
    """A picture of 255 where something is and 0 where not."""

POINTS = 72
# Ink is darker than its surroundings (so many points wide) by this much of 255, thin grey rulings at least by this.
_AROUND, _DARKER, _FAINT = 14, 22, 9
# Paper on which pixels differ by more than this on average is smoothed over so many points; ink is darker than what
# they then still differ by, times the last number.
_QUIET, _BLUR, _SURE = 0.5, 0.4, 12
# Pages are set straight up to this many degrees, looked for in steps of this; less than the last is left as it is.
_SKEW, _STEP, _STRAIGHT = 4.0, 0.05, 0.03
# The picture in which the slant is looked for has so many pixels at its longer side.
_SMALL = 900


@dataclass(slots=True)
class Sheet:
    """A page as a picture; ``scale`` is pixels a point. ``faint`` is all ink and what may be thin grey rulings."""

    grey: Picture
    ink: Mask
    faint: Mask
    scale: float


def sheet(grey: Picture, scale: float) -> Sheet:
    """Return a page with its ink told from paper, shadows, coloured grounds and the noise of scanners."""
    import cv2

    around = 2 * round(_AROUND * scale / 2) + 1
    smooth = cv2.GaussianBlur(grey, (0, 0), _BLUR * scale) if _noise(grey) > _QUIET else grey
    darker = cv2.subtract(cv2.blur(smooth, (around, around)), smooth)
    noise = _SURE * _noise(smooth)
    ink, faint = (cv2.threshold(darker, max(least, noise), 255, cv2.THRESH_BINARY)[1] for least in (_DARKER, _FAINT))
    return Sheet(grey, ink, faint, scale)


def _noise(grey: Picture) -> float:
    """Return by how much pixels usually differ from those around them: most of a page is paper."""
    import cv2
    import numpy as np

    # The mean of the lower half, from how often each difference occurs: sorting millions of pixels takes long.
    differing = cv2.absdiff(grey, cv2.blur(grey, (5, 5)))
    counts = cv2.calcHist([differing], [0], None, [256], [0, 256]).ravel().astype(np.int64)
    half = max(1, grey.size // 2)
    lower = np.diff(np.minimum(np.cumsum(counts), half), prepend=0)
    return float(lower @ np.arange(lower.size)) / half


def straightened(grey: Picture, scale: float) -> Picture:
    """Return a page set straight: scanners draw sheets in aslant by a degree or two."""
    import cv2

    angle = slant(grey, scale)
    if abs(angle) < _STRAIGHT:
        return grey
    height, width = grey.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def slant(grey: Picture, scale: float) -> float:
    """Return by how many degrees a page must be turned (counter-clockwise) so that its lines run across.

    Where they do, rows of pixels are full of ink or empty: the squares of their sums differ most.
    """
    import cv2

    shrink = min(1.0, _SMALL / max(grey.shape[:2]))
    small = cv2.resize(sheet(grey, scale).ink, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    coarse = max(_angles(0.0, _SKEW, 8 * _STEP), key=lambda angle: _parted(small, angle))
    best = max(_angles(coarse, 8 * _STEP, _STEP), key=lambda angle: _parted(small, angle))
    return best if _parted(small, best) > _parted(small, 0.0) else 0.0


def _angles(middle: float, reach: float, step: float) -> list[float]:
    count = round(reach / step)
    return sorted((middle + step * n for n in range(-count, count + 1)), key=abs)


def _parted(ink: Mask, angle: float) -> float:
    """Return how clearly rows of ink and empty rows part when a page is turned."""
    import cv2
    import numpy as np

    height, width = ink.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height)).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
