"""Walking up the cube: which printed figure is the nearest whole of another.

A figure *covers* another when each of its codes is the same or a broader one. The nearest covering figure of a
printed list is found by climbing the code lists hop by hop, so the search is linear in the length of the list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from types import MappingProxyType
from typing import NamedTuple

from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point
from budgetlod.model.lexicon import SCHEMES, Lexicon
from budgetlod.model.tables import Statement

HIERARCHICAL = ("organization", *SCHEMES)
"""Dimensions along which a part has a whole, in the order in which ties are settled."""
_AT = {name: place for place, name in enumerate(Point._fields)}


class Step(NamedTuple):
    """A code above another: how many hops, and whether printed parts add up on the way."""

    code: str
    hops: int
    adds_up: bool


class Whole(NamedTuple):
    """The nearest whole of a figure: its point, the dimensions they differ in, and whether its parts add up."""

    point: Point
    dimensions: tuple[str, ...]
    adds_up: bool


class Climb(NamedTuple):
    """A way up from a figure: its length, whether printed parts add up along it, and the codes it leads to.

    ``moves`` are the codes by dimension, ``places`` the same by the place of the dimension in a point.
    """

    hops: int
    adds_up: bool
    moves: dict[str, str]
    places: tuple[tuple[int, str], ...]


class Cube:
    """Climbs from points to the points that cover them, by the code lists of a lexicon."""

    def __init__(self, lexicon: Lexicon, groups: Mapping[str, str] = MappingProxyType({})) -> None:
        """``groups`` are the groups that projects belong to: the key of the group by that of the project."""
        self._lexicon, self._groups = lexicon, groups
        self._ways: dict[tuple[tuple[str, ...], tuple[object, ...]], list[Climb]] = {}
        self._steps: dict[tuple[str, str], tuple[Step, ...]] = {}
        self._above: dict[tuple[str, object], frozenset[str]] = {}

    def steps(self, dimension: str, code: str) -> tuple[Step, ...]:
        """Return the codes above ``code``, nearest first."""
        key = (dimension, code)
        if key not in self._steps:
            self._steps[key] = tuple(self._climb(dimension, code))
        return self._steps[key]

    def _climb(self, dimension: str, code: str) -> Iterator[Step]:
        if dimension == "organization":
            if code:
                yield Step("", 1, True)
        elif dimension == "project":
            hops = 0
            while code in self._groups and hops < len(self._groups):
                code, hops = self._groups[code], hops + 1
                yield Step(code, hops, True)
            if code != ALL:
                yield Step(ALL, hops + 1, True)
        else:
            yield from (Step(*step) for step in self._lexicon.codes(dimension).steps(code))

    def covers(self, whole: Point, part: Point) -> bool:
        """Return whether ``whole`` is the same as ``part`` or broader, in every dimension."""
        for name, broad, narrow in zip(Point._fields, whole, part, strict=True):
            if broad != narrow and broad not in self._broader(name, narrow):
                return False
        return True

    def _broader(self, dimension: str, code: object) -> frozenset[str]:
        """Return all codes above a code; none in a dimension without levels."""
        key = (dimension, code)
        if key not in self._above:
            steps = self.steps(dimension, str(code)) if dimension in HIERARCHICAL else ()
            self._above[key] = frozenset(step.code for step in steps)
        return self._above[key]

    def nearest(self, part: Point, candidates: Collection[Point], dimensions: tuple[str, ...]) -> Whole | None:
        """Return the nearest point of ``candidates`` that covers ``part``, climbing along ``dimensions`` only.

        Of several at the same distance, one whose parts add up goes first, then the order of the dimensions.
        """
        best: Whole | None = None
        best_hops = 0
        for hops, adds_up, moves, places in self._climbs(dimensions, tuple(part[_AT[d]] for d in dimensions)):
            if best is not None and (hops > best_hops or best.adds_up):
                break
            # Most ways lead nowhere: a bare tuple, which equals the point, is made faster than a point.
            values = list(part)
            for place, code in places:
                values[place] = code
            if tuple(values) in candidates and (best is None or adds_up):
                best, best_hops = Whole(part.moved(moves), tuple(moves), adds_up), hops
        return best

    def _climbs(self, dimensions: tuple[str, ...], codes: tuple[object, ...]) -> list[Climb]:
        """Return every way up from a combination of codes, shortest first; the same for all figures that share it."""
        key = (dimensions, codes)
        if key not in self._ways:
            named = zip(dimensions, map(str, codes), strict=True)
            choices = [(Step(code, 0, True), *self.steps(dimension, code)) for dimension, code in named]
            ways = [_way(dimensions, steps) for steps in product(*choices)]
            self._ways[key] = sorted((way for way in ways if way.hops), key=lambda way: way.hops)
        return self._ways[key]


def _way(dimensions: tuple[str, ...], steps: Sequence[Step]) -> Climb:
    moves = {dimension: step.code for dimension, step in zip(dimensions, steps, strict=True) if step.hops}
    places = tuple((_AT[dimension], code) for dimension, code in moves.items())
    return Climb(sum(step.hops for step in steps), all(step.adds_up for step in steps), moves, places)


def varying(points: Collection[Point]) -> tuple[str, ...]:
    """Return the hierarchical dimensions in which some points differ."""
    return tuple(name for name in HIERARCHICAL if len({point[_AT[name]] for point in points}) > 1)


def printed_lists(
    cells: Sequence[tuple[int, int, Point]], incomplete: Collection[tuple[str, int]] = ()
) -> list[tuple[Point, ...]]:
    """Return the printed lists of a table: each column of rows and each row of columns, as points.

    ``cells`` are (row, column, point). A point that occurs twice in a list occurs once in the result. Lists named in
    ``incomplete``, as ("row", 3), are left out.
    """
    lists: dict[tuple[str, int], dict[Point, None]] = {}
    for row, column, point in cells:
        lists.setdefault(("column", column), {})[point] = None
        lists.setdefault(("row", row), {})[point] = None
    return [tuple(points) for key, points in lists.items() if len(points) > 1 and key not in incomplete]


def statement_lists(statement: Statement, blanks: bool = False) -> list[tuple[Point, ...]]:
    """Return the printed lists of a statement as points; with ``blanks`` the cells left blank are in them too.

    A list in which a number could not be mapped is left out: nothing can be said of its sum.
    """
    cells = [(c.row, c.column, c.states) for c in statement.cells if isinstance(c.states, Point)]
    if blanks:
        cells += [(b.row, b.column, b.point) for b in statement.blanks]
    incomplete = {("row", c.row) for c in statement.unmapped} | {("column", c.column) for c in statement.unmapped}
    return printed_lists(cells, incomplete)
