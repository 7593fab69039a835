"""The records of the cube: points, figures, and what holds them together.

Amounts are ``Decimal`` in yuan, exact. Records refer to one another by point, never by object: they are plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from budgetlod.model.codes import ALL


class Point(NamedTuple):
    """A point of the cube: one value for each dimension; the fields bear the names of the RDF properties.

    ``organization`` is empty for the department itself, else the name of one of its units; ``project`` is the key
    of a project of the disclosure.
    """

    organization: str = ""
    fiscalYear: int = 0
    phase: str = "budget"
    flow: str = ALL
    vintage: str = ALL
    source: str = ALL
    function: str = ALL
    economic: str = ALL
    governmentEconomic: str = ALL
    nature: str = ALL
    item: str = ALL
    project: str = ALL

    def moved(self, codes: Mapping[str, str]) -> Point:
        """Return the point with other codes in some dimensions."""
        values: list[Any] = list(self)
        for dimension, code in codes.items():
            values[_POSITIONS[dimension]] = code
        return Point._make(values)

    def code(self, dimension: str) -> str:
        """Return the value in a dimension whose values are codes."""
        return str(getattr(self, dimension))


_POSITIONS = {name: position for position, name in enumerate(Point._fields)}


class ChangeOf(NamedTuple):
    """A stated change of the figure at ``point`` (in the later year) against ``against`` (the year before).

    ``phase`` is the phase of the earlier figure where it is another one than that of ``point`` (比上年执行数增加 …).
    """

    point: Point
    against: int
    phase: str = ""

    @property
    def earlier(self) -> Point:
        """The point of the figure that the change starts from."""
        return self.point._replace(fiscalYear=self.against, phase=self.phase or self.point.phase)


class Thing(NamedTuple):
    """Something that is no figure and that a number is stated of: an asset line, an indicator, a payment …

    ``owner`` is a project key or empty for the disclosure itself.
    """

    kind: str
    owner: str
    key: str


Subject = Point | ChangeOf | Thing


class Figure(NamedTuple):
    """The amount the disclosure states for a point, and the precision it is known to (both in yuan)."""

    point: Point
    amount: Decimal
    precision: Decimal


class StatedChange(NamedTuple):
    """A change of a figure against an earlier year, in yuan, with its two ends where they are stated.

    ``amount`` is ``None`` where the prose states a percentage alone. ``year`` is the year compared with as the prose
    names it by its number, else 0.
    """

    change: ChangeOf
    amount: Decimal | None
    precision: Decimal
    percent: Decimal | None = None
    ends: tuple[Point | None, Point | None] = (None, None)
    year: int = 0


class Breakdown(NamedTuple):
    """A printed list of parts under one whole; ``dimensions`` are those in which the parts differ from it."""

    key: str
    whole: Subject
    parts: tuple[Subject, ...]
    dimensions: tuple[str, ...]
    statements: tuple[str, ...]
    hand_rounded: bool = False


class Bound(NamedTuple):
    """A part that never exceeds its whole along one dimension; ``adds_up`` where a breakdown links the two."""

    part: Subject
    whole: Subject
    dimension: str
    adds_up: bool = False


class Balance(NamedTuple):
    """Money in equals money out, for one source of funds."""

    source: str
    money_in: tuple[Point, ...]
    money_out: tuple[Point, ...]


class BlankLink(NamedTuple):
    """Why a blank matters: ``leavesBlank``, ``leavesBlankOver`` or ``leavesBlankUnder`` of a row, and a figure."""

    statement: str
    row: int
    kind: str
    point: Point


class Correspondence(NamedTuple):
    """A figure that corresponds to, or is charged to, another figure of another classification."""

    kind: str
    part: Point
    whole: Point


class Relations(NamedTuple):
    """What holds the figures together, derived from how the tables print them."""

    breakdowns: tuple[Breakdown, ...] = ()
    bounds: tuple[Bound, ...] = ()
    balances: tuple[Balance, ...] = ()
    blanks: tuple[BlankLink, ...] = ()
    correspondences: tuple[Correspondence, ...] = ()
    funded_by: tuple[str, ...] = ()


NO_RELATIONS = Relations()
