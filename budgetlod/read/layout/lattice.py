"""Tables drawn with rulings: from lines to a lattice, from the lattice to cells.

Rulings that touch make one table. Their positions span a lattice; two neighbouring fields of it belong to one cell
where no ruling stands between them. So merged cells are told by what is drawn, not guessed from blanks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetlod.model.document import Box
from budgetlod.read.layout.page import Ruling

# Lines nearer than this (points) are one line drawn twice; ends nearer than this touch.
_SNAP = 3.0
# A joined line shorter than this is a dot, not a border.
_SHORTEST = 4.0
# Cells drawn one by one, with gaps between them up to this, are one table.
_GAP = 10.0
_FEWEST_ISLANDS = 6
# Rulings reach over the last line across them by more than this where the border of a table is not drawn.
_OPEN = 8.0
# A drawing with more fields than this is a plan or a chart, no table that anyone reads.
_MOST_FIELDS = 200_000
Field = tuple[int, int]


class Cell(NamedTuple):
    """A cell: its first row and column in the lattice, and how many of them it covers."""

    row: int
    column: int
    height: int
    width: int


class Lattice(NamedTuple):
    """A ruled table: where its columns and rows are parted (ascending, the borders too), and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        """The box of the whole table."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def field(self, x: float, y: float) -> Field | None:
        """Return the row and column of the lattice in which a point lies, ``None`` outside."""
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom):
            return None
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return min(row, len(self.ys) - 2), min(column, len(self.xs) - 2)


def find_lattices(rulings: Iterable[Ruling], fills: Sequence[Box] = ()) -> list[Lattice]:
    """Return the ruled tables of a page from top to bottom; a frame around text (one cell, one column) is none.

    ``fills`` are coloured rectangles: where no rulings make a table, their edges may. Cells that are drawn as boxes of
    their own, with gaps between them, make a table too.
    """
    rulings = list(rulings)
    found, left = _lattices(rulings, _SNAP)
    if fills := [fill for fill in fills if not any(_covers(lattice.box, fill) for lattice in found)]:
        drawn = [ruling for fill in fills for ruling in _edges(fill)]
        more, left = _lattices([*left, *drawn], _SNAP)
        found.extend(more)
    if left and _islands(left) >= _FEWEST_ISLANDS:
        found.extend(_lattices(left, _GAP)[0])
    return sorted(found, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _lattices(rulings: Sequence[Ruling], snap: float) -> tuple[list[Lattice], list[Ruling]]:
    """Return the tables that rulings make, and the (joined) rulings that make none."""
    across = _joined([r for r in rulings if r.horizontal], snap)
    down = _joined([r for r in rulings if not r.horizontal], snap)
    found: list[Lattice] = []
    left: list[Ruling] = []
    for group in _groups(across, down, snap):
        if lattice := _lattice(*group, snap):
            found.append(lattice)
        else:
            left.extend((*group[0], *group[1]))
    return found, left


def _islands(rulings: Sequence[Ruling]) -> int:
    """Return how many closed boxes stand alone."""
    across, down = [r for r in rulings if r.horizontal], [r for r in rulings if not r.horizontal]
    return sum(len(group[0]) == len(group[1]) == 2 for group in _groups(across, down, _SNAP))


def _covers(box: Box, fill: Box) -> bool:
    x, y = (fill[0] + fill[2]) / 2, (fill[1] + fill[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _edges(box: Box) -> Iterator[Ruling]:
    left, top, right, bottom = box
    yield from (Ruling(True, top, left, right), Ruling(True, bottom, left, right))
    yield from (Ruling(False, left, top, bottom), Ruling(False, right, top, bottom))


def _joined(rulings: Sequence[Ruling], snap: float) -> list[Ruling]:
    """Return lines of one direction with those drawn twice snapped onto one and pieces that touch joined."""
    joined: list[Ruling] = []
    for cluster in _clusters(sorted(rulings, key=lambda r: r.at), snap):
        at = sum(r.at for r in cluster) / len(cluster)
        start = end = None
        for ruling in sorted(cluster, key=lambda r: r.start):
            if end is None or start is None or ruling.start > end + snap:
                if start is not None and end is not None:
                    joined.append(Ruling(ruling.horizontal, at, start, end))
                start, end = ruling.start, ruling.end
            else:
                end = max(end, ruling.end)
        if start is not None and end is not None:
            joined.append(Ruling(cluster[0].horizontal, at, start, end))
    return [ruling for ruling in joined if ruling.end - ruling.start >= _SHORTEST]


def _clusters(rulings: Sequence[Ruling], snap: float) -> Iterator[list[Ruling]]:
    cluster: list[Ruling] = []
    for ruling in rulings:
        if cluster and ruling.at - cluster[0].at > snap:
            yield cluster
            cluster = []
        cluster.append(ruling)
    if cluster:
        yield cluster


def _groups(
    across: Sequence[Ruling], down: Sequence[Ruling], snap: float
) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Yield the lines that hang together, across and down."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    positions = [r.at for r in across]
    for number, line in enumerate(down, len(across)):
        first = bisect_right(positions, line.start - snap)
        last = bisect_right(positions, line.end + snap)
        for index in range(first, last):
            if across[index].start - snap <= line.at <= across[index].end + snap:
                parent[root(index)] = root(number)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for index, line in enumerate((*across, *down)):
        groups.setdefault(root(index), ([], []))[0 if line.horizontal else 1].append(line)
    yield from groups.values()


def _lattice(across: Sequence[Ruling], down: Sequence[Ruling], snap: float) -> Lattice | None:
    if len(across) < 2 or not down:
        return None
    xs = _positions(down, across)
    ys = _positions(across, down)
    if len(xs) < 3 or len(xs) * len(ys) > _MOST_FIELDS:
        return None
    walls_down = _walls(down, xs, ys, snap)
    walls_across = _walls(across, ys, xs, snap)
    cells = [cell for region in _regions(walls_across, walls_down, len(ys) - 1, len(xs) - 1) for cell in _cut(region)]
    return _tidied(xs, ys, cells)


def _positions(lines: Sequence[Ruling], crossing: Sequence[Ruling]) -> list[float]:
    """Return where lines stand, and the borders that are not drawn but to which the lines across them reach."""
    found = sorted({line.at for line in lines})
    start, end = min(r.start for r in crossing), max(r.end for r in crossing)
    before = [start] if start < found[0] - _OPEN else []
    after = [end] if end > found[-1] + _OPEN else []
    return [*before, *found, *after]


def _walls(lines: Sequence[Ruling], positions: Sequence[float], crossing: Sequence[float], snap: float) -> set[Field]:
    """Return which pieces of the lattice are drawn, as (index of the line, index of the piece along it)."""
    index_of = {at: index for index, at in enumerate(positions)}
    walls: set[Field] = set()
    for line in lines:
        for piece, (start, end) in enumerate(pairwise(crossing)):
            if line.start - snap <= start and end <= line.end + snap:
                walls.add((index_of[line.at], piece))
    return walls


def _regions(across: set[Field], down: set[Field], rows: int, columns: int) -> Iterator[set[Field]]:
    """Yield the fields that no ruling parts, region by region."""
    seen: set[Field] = set()
    for start in ((row, column) for row in range(rows) for column in range(columns)):
        if start in seen:
            continue
        region, waiting = {start}, [start]
        while waiting:
            row, column = waiting.pop()
            for neighbour, wall in (
                ((row, column + 1), (column + 1, row) in down),
                ((row, column - 1), (column, row) in down),
                ((row + 1, column), (row + 1, column) in across),
                ((row - 1, column), (row, column) in across),
            ):
                inside = 0 <= neighbour[0] < rows and 0 <= neighbour[1] < columns
                if inside and not wall and neighbour not in region:
                    region.add(neighbour)
                    waiting.append(neighbour)
        seen |= region
        yield region


def _cut(region: set[Field]) -> Iterator[Cell]:
    """Yield a region as cells: one if it is a rectangle, else its rows cut into strips."""
    rows, columns = {row for row, _ in region}, {column for _, column in region}
    if len(rows) * len(columns) == len(region):
        yield Cell(min(rows), min(columns), len(rows), len(columns))
        return
    for row in sorted(rows):
        strip = sorted(column for r, column in region if r == row)
        start = strip[0]
        for column, following in zip(strip, [*strip[1:], None], strict=True):
            if following != column + 1:
                yield Cell(row, start, 1, column - start + 1)
                start = following if following is not None else start


def _tidied(xs: Sequence[float], ys: Sequence[float], cells: Sequence[Cell]) -> Lattice | None:
    """Return a lattice without the lines at which no cell begins."""
    columns, rows = sorted({cell.column for cell in cells}), sorted({cell.row for cell in cells})
    if len(columns) < 2:
        return None
    column_at = {old: new for new, old in enumerate(columns)}
    row_at = {old: new for new, old in enumerate(rows)}
    moved = [
        Cell(
            row_at[cell.row],
            column_at[cell.column],
            bisect_right(rows, cell.row + cell.height - 1) - row_at[cell.row],
            bisect_right(columns, cell.column + cell.width - 1) - column_at[cell.column],
        )
        for cell in cells
    ]
    return Lattice((*(xs[c] for c in columns), xs[-1]), (*(ys[r] for r in rows), ys[-1]), tuple(moved))
