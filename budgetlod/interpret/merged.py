"""Merged cells: what the spans of a grid say about its heading rows and about labels that hold for several rows."""

from __future__ import annotations

from budgetlod.model.document import Grid, GridRow


def heading_depth(grid: Grid, first: int) -> int:
    """Return how many rows the merged cells of the ``first`` rows tie to them; no more where nothing is merged.

    A heading over two rows (科目名称) beside a heading over two columns (其中) makes a heading of two rows.
    """
    if grid.spans is None:
        return first
    depth = first
    for span in sorted(grid.spans):
        if span.row < depth:
            depth = max(depth, span.row + span.height)
    return depth


def spread(grid: Grid, count: int) -> tuple[GridRow, ...]:
    """Return the first ``count`` rows with the text of each merged cell in every column that it covers."""
    rows = [list(row.cells) for row in grid.rows[:count]]
    for span in grid.spans or ():
        if span.row < count:
            text = rows[span.row][span.column]
            for column in range(span.column, min(span.column + span.width, len(rows[span.row]))):
                rows[span.row][column] = text
    return tuple(row._replace(cells=tuple(cells)) for row, cells in zip(grid.rows, rows, strict=False))


def carried_down(grid: Grid) -> list[tuple[str, ...]]:
    """Return for each row the texts of the merged cells that began in a row above and cover it too, by column."""
    down = [[""] * len(row.cells) for row in grid.rows]
    for span in grid.spans or ():
        text = grid.rows[span.row].cells[span.column]
        for row in range(span.row + 1, min(span.row + span.height, len(down))):
            down[row][span.column] = text
    return [tuple(cells) for cells in down]


def carried_right(grid: Grid) -> list[tuple[str, ...]]:
    """Return for each row the texts of the merged cells that begin in it left of a column and cover it, by column."""
    right = [[""] * len(row.cells) for row in grid.rows]
    for span in grid.spans or ():
        for column in range(span.column + 1, min(span.column + span.width, len(right[span.row]))):
            right[span.row][column] = grid.rows[span.row].cells[span.column]
    return [tuple(cells) for cells in right]


def is_banner(grid: Grid, row: int) -> bool:
    """Return whether the only text of a row stands in one cell that is merged over most of the width of the grid."""
    filled = [column for column, cell in enumerate(grid.rows[row].cells) if cell]
    if len(filled) != 1:
        return False
    width = next((s.width for s in grid.spans or () if (s.row, s.column) == (row, filled[0])), 1)
    return width > 1 and 2 * width > grid.width


def part(grid: Grid, first: int, last: int) -> Grid:
    """Return the rows of a grid from ``first`` up to ``last`` (0-based, exclusive) with the spans that lie in them."""
    if grid.spans is None:
        return Grid(grid.rows[first:last])
    spans = (s._replace(row=s.row - first) for s in grid.spans if first <= s.row < last)
    cut = (s._replace(height=min(s.height, last - first - s.row)) for s in spans)
    return Grid(grid.rows[first:last], tuple(s for s in cut if s.height > 1 or s.width > 1), grid.edges)
