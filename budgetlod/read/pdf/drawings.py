"""What is drawn on a PDF page: rulings, coloured rectangles and pictures, through pdfium."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetlod.model.document import Box
from budgetlod.read.layout.page import Ruling
from budgetlod.read.pdf.clips import EVERYWHERE, Clips
from budgetlod.read.pdf.space import IDENTITY, Matrix, Space, product

# Thinner than this (points), a filled rectangle is a line.
_THICKEST_LINE = 3.0
# A line slants no more than this (points) from one end to the other.
_SLANT = 1.0
_DEEPEST_FORM = 8
# Lighter than this in all colours (0-255), nothing is seen on paper.
_WHITE = 250

_PATH, _IMAGE, _FORM = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
_MOVE, _LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO
_Points = list[tuple[float, float]]


@dataclass(slots=True)
class Drawings:
    """Rulings, coloured rectangles and pictures of a page.

    ``curved`` counts the shapes with curves (drawn letters), ``forms`` tells whether the page is put together of forms.
    """

    rulings: list[Ruling] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    curved: int = 0
    forms: bool = False


def read_drawings(page: pdfium.PdfPage, space: Space) -> Drawings:
    """Return what is drawn on a page. White is seen only on a coloured rectangle that was drawn before it."""
    found, clips = Drawings(), Clips()
    for kind, item, outer in _objects(page):
        if kind == _FORM:
            found.forms = True
            continue
        sides = _bounds(item)
        if sides is None:
            continue
        if outer is IDENTITY:
            box, clip = space.box(*sides), space.seen(clips.of(item))
        else:
            box, clip = space.moved(outer).box(*sides), EVERYWHERE
        if kind == _IMAGE:
            found.pictures.append(box)
        else:
            _add_path(found, item, _Drawn(box, product(outer, space.matrix), clip))
    return found


class _Drawn(NamedTuple):
    """Where a path is drawn: the box around it as displayed, the matrix to there from outside it, what is seen."""

    box: Box
    matrix: Matrix
    clip: Box


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, raw.FPDF_PAGEOBJECT, Matrix]]:
    """Yield (kind, object, matrix) of the paths, images and forms of a page, and of what is inside the forms."""
    handle = page.raw
    for index in range(raw.FPDFPage_CountObjects(handle)):
        item = raw.FPDFPage_GetObject(handle, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (_PATH, _IMAGE, _FORM):
            yield kind, item, IDENTITY
        if kind == _FORM:
            yield from _inside(item, IDENTITY, 1)


def _inside(form: raw.FPDF_PAGEOBJECT, outer: Matrix, depth: int) -> Iterator[tuple[int, raw.FPDF_PAGEOBJECT, Matrix]]:
    matrix = product(_matrix(form), outer)
    for index in range(raw.FPDFFormObj_CountObjects(form)):
        item = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == _FORM and depth < _DEEPEST_FORM:
            yield from _inside(item, matrix, depth + 1)
        elif kind in (_PATH, _IMAGE):
            yield kind, item, matrix


def _matrix(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f


def _add_path(found: Drawings, path: raw.FPDF_PAGEOBJECT, drawn: _Drawn) -> None:
    fill, stroke = c_int(), c_int()
    if not raw.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke)):
        return
    filled = bool(fill.value) and _colour(raw.FPDFPageObj_GetFillColor, path)
    stroked = bool(stroke.value) and _colour(raw.FPDFPageObj_GetStrokeColor, path)
    if not (filled or stroked):
        return
    seen = "dark" in (filled, stroked)
    left, top, right, bottom = drawn.box
    if min(right - left, bottom - top) <= _THICKEST_LINE:
        if seen or _on_colour(found.fills, (left + right) / 2, (top + bottom) / 2):
            found.rulings.extend(_cropped(_bar(*drawn.box), drawn.clip))
        return
    curved, outlines = _outlines(path)
    found.curved += curved
    matrix = product(_matrix(path), drawn.matrix)
    for points in outlines:
        _add_outline(found, [_at(matrix, x, y) for x, y in points], drawn.clip, seen, bool(filled), bool(stroked))


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _add_outline(found: Drawings, points: _Points, clip: Box, seen: bool, filled: bool, stroked: bool) -> None:
    """Add one stroke of a path: its lines, or the rectangle that it fills."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if not seen and not _on_colour(found.fills, (left + right) / 2, (top + bottom) / 2):
        return
    if min(right - left, bottom - top) <= (_THICKEST_LINE if filled else _SLANT):
        found.rulings.extend(_cropped(_bar(left, top, right, bottom), clip))
    elif stroked:
        found.rulings.extend(_cropped(_edges(points), clip))
    elif len(points) in (4, 5) and left < clip[2] and right > clip[0] and top < clip[3] and bottom > clip[1]:
        found.fills.append((max(left, clip[0]), max(top, clip[1]), min(right, clip[2]), min(bottom, clip[3])))


def _colour(ask: object, path: raw.FPDF_PAGEOBJECT) -> str:
    """Return whether a path is "dark" or "white", nothing where it is transparent; unknown colours are dark."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not ask(path, byref(red), byref(green), byref(blue), byref(alpha)):  # type: ignore[operator]
        return "dark"
    if not alpha.value:
        return ""
    return "white" if min(red.value, green.value, blue.value) >= _WHITE else "dark"


def _on_colour(fills: list[Box], x: float, y: float) -> bool:
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in fills)


def _bar(left: float, top: float, right: float, bottom: float) -> Iterator[Ruling]:
    """Yield the line that a thin rectangle is; a dot can belong to a line either way."""
    width, height = right - left, bottom - top
    if width >= height or width <= _THICKEST_LINE >= height:
        yield Ruling(True, (top + bottom) / 2, left, right)
    if height > width or width <= _THICKEST_LINE >= height:
        yield Ruling(False, (left + right) / 2, top, bottom)


def _cropped(rulings: Iterable[Ruling], clip: Box) -> Iterator[Ruling]:
    """Yield what can be seen of rulings."""
    left, top, right, bottom = clip
    for ruling in rulings:
        low, high, first, last = (top, bottom, left, right) if ruling.horizontal else (left, right, top, bottom)
        if low <= ruling.at <= high and ruling.end > first and ruling.start < last:
            yield Ruling(ruling.horizontal, ruling.at, max(ruling.start, first), min(ruling.end, last))


def _edges(points: _Points) -> Iterator[Ruling]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if min(abs(x0 - x1), abs(y0 - y1)) <= _SLANT:
            yield from _bar(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _outlines(path: raw.FPDF_PAGEOBJECT) -> tuple[bool, list[_Points]]:
    """Return the points of each stroke of a path, and whether there are curves: a curve breaks a stroke off."""
    x, y = c_float(), c_float()
    at_x, at_y = byref(x), byref(y)
    strokes: list[_Points] = []
    points: _Points = []
    curved = False
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, at_x, at_y)
        if kind != _LINE:
            curved = curved or kind != _MOVE
            points = []
            strokes.append(points)
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    return curved, [stroke for stroke in strokes if len(stroke) > 1]


def _bounds(item: raw.FPDF_PAGEOBJECT) -> Box | None:
    """Return the left, bottom, right and top of an object, the width of its lines included."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if raw.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
        return left.value, bottom.value, right.value, top.value
    return None
