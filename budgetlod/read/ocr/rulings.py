"""The rulings of tables in a picture: long straight runs of ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetlod.read.layout.page import Ruling

if TYPE_CHECKING:
    from budgetlod.read.ocr.picture import Mask, Sheet

# In points: a run this long is a ruling, no stroke of a letter; a shorter one is, down to the second number, if it
# goes from one ruling to another; a thicker one is a bar of colour.
_LONG, _SHORT, _THICK = 40.0, 9.0, 4.0
# Ends nearer than this (points) to a ruling touch it; a run may be interrupted by this.
_TOUCH, _BROKEN = 2.5, 2.0
# So much of a run must be ink where gaps in it are closed, and no more than this beside it, so far off (points): on
# one side, and on the other, where figures may lean on it.
_COVERED, _CLEAR, _LEANT, _BESIDE = 0.7, 0.3, 0.75, 1.0


class Drawn(NamedTuple):
    """The rulings of a page in points, what of the ink is theirs with what is right beside it, and what for sure is."""

    rulings: list[Ruling]
    mask: Mask
    core: Mask


class _Run(NamedTuple):
    """A straight run of ink, and its number in a picture of the numbers of runs."""

    ruling: Ruling
    number: int
    numbers: Any


def find_rulings(sheet: Sheet) -> Drawn:
    """Return the rulings of a page."""
    import cv2
    import numpy as np

    kept: list[_Run] = []
    short: list[_Run] = []
    for horizontal in (True, False):
        long = _runs(sheet.faint, sheet.scale, horizontal, _LONG)
        # Letters that stand on a ruling are no part of it: they are looked for beside it.
        rest = cv2.bitwise_and(sheet.faint, cv2.bitwise_not(_mask(long, sheet.faint)))
        kept.extend(long)
        short.extend(_runs(rest, sheet.scale, horizontal, _SHORT))
    while found := [run for run in short if _joins(run.ruling, [other.ruling for other in kept])]:
        kept.extend(found)
        short = [run for run in short if all(run is not other for other in found)]
    mask = _mask(kept, sheet.ink)
    near = np.ones((3, 3), np.uint8)
    return Drawn([run.ruling for run in kept], cv2.dilate(mask, near), cv2.erode(mask, near))


def _mask(runs: Sequence[_Run], like: Mask) -> Mask:
    """Return a mask of runs."""
    import numpy as np

    mask = np.zeros_like(like)
    layers = {id(run.numbers): run.numbers for run in runs}
    for key, numbers in layers.items():
        shown = np.zeros(int(numbers.max()) + 1, np.uint8)
        shown[[run.number for run in runs if id(run.numbers) == key]] = 255
        mask |= shown[numbers]
    return mask


def _runs(ink: Mask, scale: float, horizontal: bool, shortest: float) -> list[_Run]:
    """Return the straight runs of ink in one direction that are as long as ``shortest`` (points) at least."""
    import cv2
    import numpy as np

    long, broken = max(3, round(shortest * scale)), max(1, round(_BROKEN * scale))

    def line(length: int, thickness: int = 1) -> Mask:
        return np.ones((thickness, length) if horizontal else (length, thickness), np.uint8)

    # A line that is not quite straight steps from one row of pixels to the next.
    thick = cv2.dilate(ink, line(1, 3))
    whole = cv2.morphologyEx(cv2.morphologyEx(thick, cv2.MORPH_CLOSE, line(broken)), cv2.MORPH_OPEN, line(long))
    _, numbers, boxes, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    sides = boxes.tolist()
    found = _as_rulings(sides, scale, horizontal)
    return [_Run(ruling, n, numbers) for n, ruling in found if _is_drawn(thick, numbers, sides[n], n, scale)]


def _is_drawn(ink: Mask, labels: Any, box: Sequence[int], number: int, scale: float) -> bool:
    """Return whether a run is a line: ink all along at one height, and next to none beside it.

    Letters in a row leave gaps at any height, and have more of themselves above or below.
    """
    import cv2
    import numpy as np

    left, top, width, height, _ = box
    flat, beside = width > height, max(2, round(_BESIDE * scale))
    up, aside = (beside, 0) if flat else (0, beside)
    part = slice(max(0, top - up), top + height + up), slice(max(0, left - aside), left + width + aside)
    around, own = ink[part], labels[part] == number
    if not flat:
        around, own = around.T.copy(), own.T
    mine = cv2.dilate(np.where(own, around, 0).astype(np.uint8), np.ones((3, 1), np.uint8)).mean(axis=1) / 255
    sides = sorted((float(around[0].mean()) / 255, float(around[-1].mean()) / 255))
    return float(mine.max()) >= _COVERED and sides[0] <= _CLEAR and sides[1] <= _LEANT


def _as_rulings(boxes: Sequence[Sequence[int]], scale: float, horizontal: bool) -> Iterator[tuple[int, Ruling]]:
    """Yield the components that are lines with their numbers; the first is what is around all of them."""
    for number, (left, top, width, height, _) in enumerate(boxes):
        thick, start, length, at = (height, left, width, top) if horizontal else (width, top, height, left)
        if number and thick <= _THICK * scale and length > 2 * thick:
            yield number, Ruling(horizontal, (at + thick / 2) / scale, start / scale, (start + length) / scale)


def _joins(run: Ruling, rulings: Sequence[Ruling]) -> bool:
    """Return whether a run goes from one ruling across it to another."""
    across = [
        other.at
        for other in rulings
        if other.horizontal != run.horizontal and other.start - _TOUCH <= run.at <= other.end + _TOUCH
    ]
    return any(abs(at - run.start) <= _TOUCH for at in across) and any(abs(at - run.end) <= _TOUCH for at in across)
