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

HIERARCHICAL = ("organization", *SCHEMES)
"""Dimensions along which a part has a whole, in the order in which ties are settled."""


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
    """A way up from a figure: its length, whether printed parts add up along it, and the codes it leads to."""

    hops: int
    adds_up: bool
    moves: dict[str, str]


class Cube:
    """Climbs from points to the points that cover them, by the code lists of a lexicon."""

    def __init__(self, lexicon: Lexicon, groups: Mapping[str, str] = MappingProxyType({})) -> None:
        """``groups`` are the groups that projects belong to: the key of the group by that of the project."""
        self._lexicon, self._groups = lexicon, groups
        self._ways: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Climb]] = {}
        self._steps: dict[tuple[str, str], tuple[Step, ...]] = {}

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
        return all(
            a == b or (name in HIERARCHICAL and any(step.code == a for step in self.steps(name, part.code(name))))
            for name, a, b in zip(Point._fields, whole, part, strict=True)
        )

    def nearest(self, part: Point, candidates: Collection[Point], dimensions: tuple[str, ...]) -> Whole | None:
        """Return the nearest point of ``candidates`` that covers ``part``, climbing along ``dimensions`` only.

        Of several at the same distance, one whose parts add up goes first, then the order of the dimensions.
        """
        best: Whole | None = None
        best_hops = 0
        for hops, adds_up, moves in self._climbs(dimensions, tuple(getattr(part, d) for d in dimensions)):
            if best is not None and (hops > best_hops or best.adds_up):
                break
            point = part.moved(moves)
            if point in candidates and (best is None or adds_up):
                best, best_hops = Whole(point, tuple(moves), adds_up), hops
        return best

    def _climbs(self, dimensions: tuple[str, ...], codes: tuple[str, ...]) -> list[Climb]:
        """Return every way up from a combination of codes, shortest first; the same for all figures that share it."""
        key = (dimensions, codes)
        if key not in self._ways:
            choices = [(Step(c, 0, True), *self.steps(d, c)) for d, c in zip(dimensions, codes, strict=True)]
            ways = [
                Climb(
                    sum(step.hops for step in steps),
                    all(step.adds_up for step in steps),
                    {d: step.code for d, step in zip(dimensions, steps, strict=True) if step.hops},
                )
                for steps in product(*choices)
            ]
            self._ways[key] = sorted((way for way in ways if way.hops), key=lambda way: way.hops)
        return self._ways[key]


def varying(points: Collection[Point]) -> tuple[str, ...]:
    """Return the hierarchical dimensions in which some points differ."""
    return tuple(name for name in HIERARCHICAL if len({getattr(point, name) for point in points}) > 1)


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
