"""Which glyphs stand in which cell of the ruled tables of a page, and which outside all of them.

A glyph stands where its centre does, with two exceptions. Text that runs over the border of its cell (a number too
wide for its column) stays whole. And what is far larger than the text around it and runs over borders (a watermark)
stands in no cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetlod.model.document import Grid, GridRow, Place, Span
from budgetlod.read.layout.lattice import Field, Lattice
from budgetlod.read.layout.lines import cell_text
from budgetlod.read.layout.page import Glyph

# Text that runs on: no gap wider than this (in heights) between its glyphs, and none of them higher than its neighbour.
_TIGHT, _LEVEL = 0.12, 0.3
# A border runs through a glyph, not beside it, if this share of the glyph is on either side.
_THROUGH = 0.1
# A watermark is so many times as large as the text around it.
_LARGE = 2.5
_AMOUNT = re.compile(r"[-−+(（]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?[)）]?%?|[-−+(（]?\d+\.\d+[)）]?%?")


At = tuple[int, Field] | None
"""In which table and cell of a page a glyph stands, if in any."""


class Ruled(NamedTuple):
    """A ruled table and what stands in its cells, by the cell's upper left field."""

    lattice: Lattice
    texts: dict[Field, list[Glyph]]

    def rows(self) -> list[tuple[str, ...]]:
        """Return the texts of the cells row by row."""
        columns = range(len(self.lattice.xs) - 1)
        texts = {field: cell_text(glyphs) for field, glyphs in self.texts.items()}
        return [tuple(texts.get((row, column), "") for column in columns) for row in range(len(self.lattice.ys) - 1)]

    def grid(self, page: int, number: int) -> Grid:
        """Return the table as a grid; ``number`` is that of its first row among the lines of the page."""
        xs, ys, cells = self.lattice
        rows = tuple(
            GridRow(
                texts, Place(page=page, line=number + row, box=(xs[0], ys[row], xs[-1], ys[row + 1])), self._sure(row)
            )
            for row, texts in enumerate(self.rows())
        )
        spans = tuple(Span(*cell) for cell in cells if cell.height > 1 or cell.width > 1)
        return Grid(rows, spans, xs)

    def _sure(self, row: int) -> tuple[float, ...]:
        """Return the confidence of each cell of a row; nothing where all of it is certain."""
        found = [self.texts.get((row, column), ()) for column in range(len(self.lattice.xs) - 1)]
        sure = tuple(min((glyph.confidence for glyph in glyphs), default=1.0) for glyphs in found)
        return sure if min(sure) < 1 else ()


class Sorted(NamedTuple):
    """The glyphs of a page: those in tables, those outside, and those that are printed over everything."""

    tables: list[Ruled]
    outside: list[Glyph]
    over: list[Glyph]


def sort_out(glyphs: Sequence[Glyph], lattices: Sequence[Lattice], size: float) -> Sorted:
    """Return where each glyph of a page stands; ``size`` is the height of most of its text."""
    found = Sorted([Ruled(lattice, {}) for lattice in lattices], [], [])
    if not lattices:
        return found._replace(outside=list(glyphs))
    places = _places(glyphs, lattices)
    crossings = [
        index
        for index, (before, place) in enumerate(pairwise(places), 1)
        if place != before and place is not None and before is not None
    ]
    _keep_whole(glyphs, places, crossings, lattices)
    for glyph, place in zip(glyphs, places, strict=True):
        if place is None:
            found.outside.append(glyph)
        elif glyph[4] - glyph[2] > _LARGE * size and len(glyph[0]) == 1 and _sticks_out(glyph, lattices[place[0]]):
            found.over.append(glyph)
        else:
            found.tables[place[0]].texts.setdefault(place[1], []).append(glyph)
    return found


def _places(glyphs: Sequence[Glyph], lattices: Sequence[Lattice]) -> list[At]:
    """Return in which cell the centre of each glyph lies."""
    tables = [(*lattice.box, lattice.xs, lattice.ys, _homes(lattice)) for lattice in lattices]
    places: list[At] = []
    for _, glyph_left, glyph_top, glyph_right, glyph_bottom, _ in glyphs:
        x, y = (glyph_left + glyph_right) / 2, (glyph_top + glyph_bottom) / 2
        place: At = None
        for table, (left, top, right, bottom, xs, ys, homes) in enumerate(tables):
            if left <= x <= right and top <= y <= bottom:
                place = table, homes[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]
                break
        places.append(place)
    return places


def _homes(lattice: Lattice) -> list[list[Field]]:
    """Return for each field of a lattice the upper left field of its cell.

    What stands on the last border of the table is in its last row or column, which are there twice for that.
    """
    homes = [[(row, column) for column in range(len(lattice.xs) - 1)] for row in range(len(lattice.ys) - 1)]
    for cell in lattice.cells:
        if cell.height > 1 or cell.width > 1:
            for row in range(cell.row, cell.row + cell.height):
                for column in range(cell.column, cell.column + cell.width):
                    homes[row][column] = (cell.row, cell.column)
    for fields in homes:
        fields.append(fields[-1])
    return [*homes, homes[-1]]


def _sticks_out(glyph: Glyph, lattice: Lattice) -> bool:
    """Return whether a glyph runs over the borders of the row it stands in."""
    row = min(bisect_right(lattice.ys, glyph.middle), len(lattice.ys) - 1)
    return glyph.top < lattice.ys[row - 1] or glyph.bottom > lattice.ys[row]


# --- text that runs over a border -----------------------------------------------------------------------------------------


def _keep_whole(
    glyphs: Sequence[Glyph], places: list[At], crossings: Sequence[int], lattices: Sequence[Lattice]
) -> None:
    """Put text that runs from one cell into another whole into the one that holds most of it.

    ``crossings`` are the glyphs that stand in another cell than the one before them.
    """
    done = 0
    filled: Counter[At] = Counter()
    for index in crossings:
        if index < done or not _runs_on(glyphs[index - 1], glyphs[index]):
            continue
        run = _run(glyphs, index)
        done = run.stop
        at = Counter(places[member] for member in run)
        most, _ = at.most_common(1)[0]
        tables = {place[0] for place in at if place}
        if None in at or len(tables) > 1:
            continue
        filled = filled or Counter(places)
        free = all(filled[place] == count for place, count in at.items() if place != most)
        lattice = lattices[tables.pop()]
        amount = _is_split_amount(glyphs, places, run)
        if amount or (free and _is_cut(glyphs, places, run, lattice)):
            if not amount and _begins_cell(glyphs[run.start], lattice):
                most = places[run.start]
            for member in run:
                places[member] = most


def _runs_on(before: Glyph, glyph: Glyph) -> bool:
    height = min(before.height, glyph.height)
    return (
        abs(before.middle - glyph.middle) < _LEVEL * height
        and -_LEVEL * height < glyph.left - before.right < _TIGHT * height
    )


def _run(glyphs: Sequence[Glyph], index: int) -> range:
    """Return the glyphs that run on without a gap, ``index`` among them."""
    start = end = index
    while start > 0 and _runs_on(glyphs[start - 1], glyphs[start]):
        start -= 1
    while end < len(glyphs) and (end == index or _runs_on(glyphs[end - 1], glyphs[end])):
        end += 1
    return range(start, end)


def _is_split_amount(glyphs: Sequence[Glyph], places: Sequence[At], run: range) -> bool:
    """Return whether a run is one amount of which not all pieces, cell by cell, are amounts themselves."""
    pieces = [glyphs[run.start].text]
    for member in run[1:]:
        if places[member] == places[member - 1]:
            pieces[-1] += glyphs[member].text
        else:
            pieces.append(glyphs[member].text)
    return bool(_AMOUNT.fullmatch("".join(pieces))) and not all(_AMOUNT.fullmatch(piece) for piece in pieces)


def _begins_cell(glyph: Glyph, lattice: Lattice) -> bool:
    """Return whether a glyph stands close to a border on its left, so that what it begins runs over to the right."""
    at = bisect_right(lattice.xs, glyph.centre) - 1
    return glyph.left - lattice.xs[at] < glyph.height


def _is_cut(glyphs: Sequence[Glyph], places: Sequence[At], run: range, lattice: Lattice) -> bool:
    """Return whether a border between two cells runs through a glyph of a run, not between two of them."""
    for member in run[1:]:
        if places[member] == places[member - 1]:
            continue
        for glyph in (glyphs[member - 1], glyphs[member]):
            inset = _THROUGH * glyph.height
            at = bisect_right(lattice.xs, glyph.left + inset)
            if at < len(lattice.xs) and lattice.xs[at] < glyph.right - inset:
                return True
    return False
