"""The figures of one disclosure by their coordinates: what its pages add up, compare and draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import unquote

from budgetlod.publish.figures import DIMENSIONS
from budgetlod.publish.item import Described
from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.names import BLOD, CODE, QB, SKOS

ALL = "_T"
CODED = tuple(name for name in DIMENSIONS if name not in {"organization", "fiscalYear", "phase"})
SCHEMES: Mapping[str, str] = {"governmentEconomic": "government-economic"}
FUNDS: tuple[Mapping[str, str], ...] = ({}, {"source": "fiscal"}, {"source": "general-public"})
"""Where the same money may be printed: as all money, as fiscal appropriations, as general public budget."""
Place = tuple[str, ...]


class Figure(NamedTuple):
    """One figure: its IRI (``""`` where it is computed) and its amount in yuan."""

    iri: str
    amount: Decimal


class Figures:
    """The figures of the department itself; those of its units are left to the tables.

    Coordinates are given by name and notation; a dimension that is not named is ``_T``.
    """

    def __init__(self, item: Described, graph: Lookup) -> None:
        self._graph = graph
        self.phase = f"{CODE}phase/{item.phase}"
        self.year = f"{item.fiscal_year:04d}"
        found = graph.subjects(QB + "Observation")
        owners = {iri: graph.text(iri, BLOD + "organization") for iri in found}
        self.department = min(owners.values(), key=len, default="")
        self._notations: dict[str, str] = {}
        digits = {Decimal(text) for iri in found if (text := graph.text(iri, BLOD + "precision"))}
        self._half_digit = max(digits, default=Decimal()) / 2
        self._at: dict[tuple[str, str], dict[Place, Figure]] = {}
        for iri in found:
            if owners[iri] == self.department:
                self._keep(iri)

    def _keep(self, iri: str) -> None:
        graph = self._graph
        when = graph.text(iri, BLOD + "fiscalYear"), graph.text(iri, BLOD + "phase")
        place = tuple(self._notation(graph.text(iri, BLOD + name)) for name in CODED)
        self._at.setdefault(when, {})[place] = Figure(iri, Decimal(graph.text(iri, BLOD + "amount")))

    def _notation(self, iri: str) -> str:
        known = self._notations.get(iri)
        if known is None:
            last = unquote(iri.rpartition("/")[2])
            known = self._notations[iri] = last if iri.startswith(CODE) else iri
        return known

    @property
    def own(self) -> Mapping[Place, Figure]:
        """The figures of the disclosure's own year and phase."""
        return self._at.get((self.year, self.phase), {})

    def at(self, **coordinates: str) -> Figure | None:
        """Return the figure at a point of the disclosure's own year and phase."""
        return self.own.get(place(coordinates))

    def first(self, *choices: Mapping[str, str]) -> Figure | None:
        """Return the first figure that is printed."""
        return next((found for choice in choices if (found := self.at(**choice))), None)

    def earlier(self, year: str, coordinates: Mapping[str, str]) -> Figure | None:
        """Return the figure of another year, in the same phase if there is one."""
        phases = sorted((when for when in self._at if when[0] == year), key=lambda when: (when[1] != self.phase, when))
        return next((found for when in phases if (found := self._at[when].get(place(coordinates)))), None)

    def along(self, dimension: str, **coordinates: str) -> dict[str, Figure]:
        """Return the figures that go through a dimension, by notation; all else is as given."""
        index = CODED.index(dimension)
        wanted = place(coordinates)
        same = (*wanted[:index], *wanted[index + 1 :])
        return {
            at[index]: found
            for at, found in self.own.items()
            if at[index] != ALL and at[:index] + at[index + 1 :] == same
        }

    def along_any(self, dimension: str, choices: Iterable[Mapping[str, str]]) -> dict[str, Figure]:
        """Return what goes through a dimension at any of several points; of two figures that of the first."""
        merged: dict[str, Figure] = {}
        for choice in choices:
            merged = {**self.along(dimension, **choice), **merged}
        return merged

    def add_up(self, parts: Sequence[Figure], whole: Decimal) -> bool:
        """Whether figures add up to a whole, but for the rounding of each (half of the coarsest last digit)."""
        difference = sum((part.amount for part in parts), Decimal()) - whole
        return bool(parts) and abs(difference) <= self._half_digit * len(parts)

    def broader(self, dimension: str, notation: str) -> set[str]:
        """Return the notations above a code, without itself."""
        iri = f"{CODE}{SCHEMES.get(dimension, dimension)}/{notation}"
        above = self._graph.texts(iri, SKOS + "broaderTransitive")
        return {self._notation(one) for one in above} - {notation}

    def code(self, figure: str, dimension: str) -> str:
        """Return the notation that a figure has in a dimension."""
        return self._notation(self._graph.text(figure, BLOD + dimension))

    def above(self, figure: str, dimension: str) -> set[str]:
        """Return the notations above the code that a figure has in a dimension."""
        return self.broader(dimension, self.code(figure, dimension))

    def is_of_which(self, dimension: str, notation: str) -> bool:
        """Whether a code adds up with no sibling (其中)."""
        iri = f"{CODE}{SCHEMES.get(dimension, dimension)}/{notation}"
        return self._graph.text(iri, BLOD + "ofWhich") in {"true", "1"}


def place(coordinates: Mapping[str, str]) -> Place:
    """Return a full set of coordinates; what is not named is ``_T``.

    ``place({"flow": "outlay"})[:2] == ("outlay", "_T")``
    """
    return tuple(coordinates.get(name, ALL) for name in CODED)


def with_funds(*choices: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Yield each choice as all money, then as fiscal appropriations, then as general public budget."""
    for choice in choices:
        for fund in FUNDS:
            yield {**choice, **fund}


def partition(figures: Figures, dimension: str, found: Mapping[str, Figure], whole: Decimal) -> list[str] | None:
    """Return codes whose figures add up to a whole, the finest that do; ``None`` where none do.

    Codes that overlap are never added: either those without a printed narrower one, or those without a printed broader one.
    """
    real = {code: one for code, one in found.items() if one.amount and not figures.is_of_which(dimension, code)}
    above = {code: figures.broader(dimension, code) & set(real) for code in real}
    covered = {code for others in above.values() for code in others}
    for chosen in ([code for code in real if code not in covered], [code for code in real if not above[code]]):
        if figures.add_up([real[code] for code in chosen], whole):
            return sorted(chosen)
    return None
