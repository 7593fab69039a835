"""From the space of a PDF page (y up, before the page is turned) to the page as it is displayed (y down)."""

from __future__ import annotations

from typing import NamedTuple

from budgetlod.model.document import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does ``inner`` first, then ``outer`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


class Space(NamedTuple):
    """The displayed page: its size, and the matrix from the page's own space to it."""

    width: float
    height: float
    matrix: Matrix

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of the page's own space as displayed: left, top, right, bottom."""
        a, b, c, d, e, f = self.matrix
        if not b and not c:
            x0, x1, y0, y1 = a * left + e, a * right + e, d * top + f, d * bottom + f
            return (x0, y0, x1, y1) if a > 0 > d else (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def moved(self, matrix: Matrix) -> Space:
        """Return the space of what stands in a form: ``matrix`` leads from there to the page's own space."""
        return self._replace(matrix=product(matrix, self.matrix))

    def seen(self, clip: Box) -> Box:
        """Return a clipping box (left, bottom, right, top, of the page's own space) as displayed, a little wider."""
        if clip[0] == float("-inf"):
            return clip
        left, top, right, bottom = self.box(*clip)
        return left - 1, top - 1, right + 1, bottom + 1


def displayed(box: tuple[float, float, float, float], quarter: int) -> Space:
    """Return the space of a page; ``box`` is its left, bottom, right and top, ``quarter`` its turns clockwise."""
    left, bottom, right, top = box
    matrices: tuple[Matrix, ...] = (
        (1, 0, 0, -1, -left, top),
        (0, 1, 1, 0, -bottom, -left),
        (-1, 0, 0, 1, right, -bottom),
        (0, -1, -1, 0, top, right),
    )
    width, height = right - left, top - bottom
    return Space(*((height, width) if quarter % 2 else (width, height)), matrices[quarter % 4])
