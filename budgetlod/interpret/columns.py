"""Bring the columns of a table's later pages under those of its first page.

On each page a reader sees the columns that the cells there show: a total whose label is merged over four columns of
codes has three columns fewer. Where the layout is known, borders at the same place are the same border.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from budgetlod.model.document import Grid, Span

_Value = TypeVar("_Value", str, float)

# Borders nearer than this (points) are the same; a share of this of a table's own borders must be found again.
_NEAR = 4.0


def aligned(grid: Grid, edges: Sequence[float] | None) -> Grid:
    """Return a grid with its cells in the columns that ``edges`` part, or the grid itself if they do not fit.

    Each border of the grid must be one of ``edges``; a cell that covers several columns gets a span.
    """
    if grid.edges is None or edges is None or len(grid.edges) == len(edges):
        return grid
    places = [_index(edges, at) for at in grid.edges]
    if None in places or len(set(places)) < len(places):
        return grid
    starts = [place for place in places if place is not None]
    width = len(edges) - 1
    rows = tuple(
        row._replace(
            cells=_spread(row.cells, "", starts, width),
            confidence=_spread(row.confidence, 1.0, starts, width) if row.confidence else (),
        )
        for row in grid.rows
    )
    return Grid(rows, tuple(_spans(grid, starts)), tuple(edges))


def same_columns(grid: Grid, edges: Sequence[float] | None) -> bool:
    """Return whether the columns of a grid stand right under those that ``edges`` part."""
    if grid.edges is None or edges is None or len(grid.edges) != len(edges):
        return False
    return all(abs(one - other) <= _NEAR for one, other in zip(grid.edges, edges, strict=True))


def _index(edges: Sequence[float], at: float) -> int | None:
    after = bisect_right(edges, at)
    near = [i for i in (after - 1, after) if 0 <= i < len(edges) and abs(edges[i] - at) <= _NEAR]
    return min(near, key=lambda i: abs(edges[i] - at), default=None)


def _spread(values: Sequence[_Value], blank: _Value, starts: Sequence[int], width: int) -> tuple[_Value, ...]:
    """Return what the cells of a row hold in the new columns."""
    spread = [blank] * width
    for start, value in zip(starts, values, strict=False):
        if start < width:
            spread[start] = value
    return tuple(spread)


def _spans(grid: Grid, starts: Sequence[int]) -> list[Span]:
    """Return the merged cells in the new columns; a cell over several new columns is merged too."""
    merged = {(s.row, s.column): s for s in grid.spans or ()}
    covered = {
        (r, c)
        for s in merged.values()
        for r in range(s.row, s.row + s.height)
        for c in range(s.column, s.column + s.width)
    }
    spans = []
    for row in range(len(grid.rows)):
        for column in range(len(starts) - 1):
            span = merged.get((row, column))
            if span is None and (row, column) in covered:
                continue
            height, last = (span.height, column + span.width) if span else (1, column + 1)
            wide = starts[min(last, len(starts) - 1)] - starts[column]
            if height > 1 or wide > 1:
                spans.append(Span(row, starts[column], height, wide))
    return spans
