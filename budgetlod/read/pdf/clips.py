"""What the clipping paths of a PDF page leave to be seen.

Programs that cut a sheet or a long text into pages often write the whole of it on each page and clip the rest away:
such text is in the file more than once, but printed once.
"""

from __future__ import annotations

from ctypes import byref, c_float

import pypdfium2.raw as raw

from budgetlod.model.document import Box

EVERYWHERE: Box = (float("-inf"), float("-inf"), float("inf"), float("inf"))
NOWHERE: Box = (float("inf"), float("inf"), float("-inf"), float("-inf"))
_RECTANGLE = (4, 5, 6)


class Clips:
    """The clipping boxes (left, bottom, right, top) of the objects of a page, in the page's own space.

    The last of the clipping paths of an object is the narrowest as a rule; objects that share it share the others.
    """

    def __init__(self, page: Box = EVERYWHERE) -> None:
        """Take the box of the page itself: nothing outside is seen."""
        self._page = page
        self._x, self._y = c_float(), c_float()
        self._points = byref(self._x), byref(self._y)
        self._known: dict[tuple[int, Box], Box] = {}
        self._last: dict[int, Box] = {}

    def of(self, item: raw.FPDF_PAGEOBJECT) -> Box:
        """Return where an object, which must not be inside a form, can be seen."""
        path = raw.FPDFPageObj_GetClipPath(item)
        count = raw.FPDFClipPath_CountPaths(path) if path else 0
        return self._seen(path, count) if count > 0 else self._page

    def near(self, item: raw.FPDF_PAGEOBJECT) -> Box:
        """Return where objects like this one can be seen, as the one asked for last with as many clipping paths.

        What stands inside is taken to be seen; outside :meth:`of` must be asked, which takes longer.
        """
        path = raw.FPDFPageObj_GetClipPath(item)
        count = raw.FPDFClipPath_CountPaths(path) if path else 0
        return self._last.get(count, NOWHERE) if count > 0 else self._page

    def _seen(self, path: raw.FPDF_CLIPPATH, count: int) -> Box:
        box = self._box(path, count - 1)
        key = (count, box)
        if key not in self._known:
            for index in range(count - 1):
                box = _common(box, self._box(path, index))
            self._known[key] = _common(box, self._page)
        self._last[count] = self._known[key]
        return self._known[key]

    def _box(self, path: raw.FPDF_CLIPPATH, index: int) -> Box:
        """Return the box around a clipping path."""
        count = raw.FPDFClipPath_CountPathSegments(path, index)
        if count < 2:
            return EVERYWHERE
        # Two corners that face each other are enough of a rectangle, if that is what they are.
        if count in _RECTANGLE:
            (x0, y0), (x1, y1) = self._point(path, index, 0), self._point(path, index, 2)
            if x0 != x1 and y0 != y1:
                return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        points = [self._point(path, index, segment) for segment in range(count)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, path: raw.FPDF_CLIPPATH, index: int, segment: int) -> tuple[float, float]:
        raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, index, segment), *self._points)
        return self._x.value, self._y.value


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
