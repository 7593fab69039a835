"""Weigh what a document says in many places: each place has a weight, and no kind of place counts without end."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from budgetlod.model.document import Place

# Kind of place: what one vote weighs, and how many count. The cover outweighs any other single kind; prose, which
# also speaks of other years and bodies, comes last.
WEIGHTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "cover": (12, 1),
        "coded": (3, 4),
        "year-field": (4, 3),
        "field": (2, 4),
        "title": (3, 3),
        "table": (2, 4),
        "heading": (3, 2),
        "form": (2, 3),
        "publisher": (2, 1),
        "prose": (1, 4),
    }
)
T = TypeVar("T", bound=Hashable)

# A rival this close to the winner leaves a question.
_CLOSE = 0.9


class Vote(NamedTuple):
    """One place that says something: its kind, a key of :data:`WEIGHTS`, and where it is."""

    kind: str
    place: Place


class Result(NamedTuple, Generic[T]):
    """The value with the most weight, where it stands first, and a rival of (nearly) the same weight, if any."""

    value: T
    place: Place
    rival: T | None = None
    rival_place: Place | None = None


@dataclass
class Ballot(Generic[T]):
    """Votes for values of one kind (names, years)."""

    votes: dict[T, list[Vote]] = field(default_factory=dict)

    def add(self, value: T, kind: str, place: Place) -> None:
        """Count a vote; a place counts once for a value."""
        votes = self.votes.setdefault(value, [])
        if Vote(kind, place) not in votes:
            votes.append(Vote(kind, place))

    def weight(self, value: T) -> int:
        """Return the weight of all votes for a value."""
        cast = self.votes.get(value, [])
        return sum(
            weight * min(most, sum(vote.kind == kind for vote in cast)) for kind, (weight, most) in WEIGHTS.items()
        )

    def merged(self, into: Callable[[T], T]) -> Ballot[T]:
        """Return the votes with each value counted for what ``into`` makes of it."""
        merged: Ballot[T] = Ballot()
        for value, votes in self.votes.items():
            for vote in votes:
                merged.add(into(value), vote.kind, vote.place)
        return merged

    def result(self) -> Result[T] | None:
        """Return the value that weighs most (of equal ones the one said first), or ``None`` when nothing is said."""
        ranked = sorted(self.votes, key=self.weight, reverse=True)
        if not ranked:
            return None
        first, *others = ranked
        if others and self.weight(others[0]) >= _CLOSE * self.weight(first):
            return Result(first, self._place(first), others[0], self._place(others[0]))
        return Result(first, self._place(first))

    def _place(self, value: T) -> Place:
        return self.votes[value][0].place
