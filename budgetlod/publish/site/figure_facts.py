"""What the page of a figure says beside its evidence: what it is part of, what it consists of, what stands beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from budgetlod.publish.figures import DIMENSIONS
from budgetlod.publish.site.evidence import Evidence, Facts
from budgetlod.publish.site.naming import Name
from budgetlod.publish.site.sums import State
from budgetlod.publish.site.vocabulary import Text, dimension_name
from budgetlod.rdf.names import BLOD

_UPWARD = ("function", "economic", "governmentEconomic", "project", "item", "nature", "source", "vintage", "flow")
_OTHERWISE = ("source", "nature", "vintage", "flow", "item", "fiscalYear", "phase", "organization")
_MOST_PARTS = 30
_MOST_NEAR = 6
_LONGEST_PATH = 12
_RELATION = re.compile(re.escape(BLOD) + r"(partOfBy|withinBy)(\w+)$")


class Line(NamedTuple):
    """A figure in a list: its IRI, what tells it from the others, its amount."""

    iri: str
    name: Name
    amount: Decimal


class Step(NamedTuple):
    """A whole on the way up (or the figure itself): name, amount, share of the topmost in per cent."""

    iri: str
    name: Name
    amount: Decimal
    share: str


class Parts(NamedTuple):
    """What a figure consists of in one way: the dimension, how it closes, the parts; ``more`` are not listed."""

    dimension: Text
    state: State
    gap: Decimal
    lines: tuple[Line, ...]
    more: int


class Opinion(NamedTuple):
    """An amount and the evidence that states it."""

    amount: Decimal
    evidence: tuple[Evidence, ...]


class FigureFacts:
    """Answers for the figures of one disclosure."""

    def __init__(self, facts: Facts) -> None:
        self._facts, self._graph = facts, facts.graph
        self._known: dict[str, dict[tuple[str, str], str]] = {}

    def evidence(self, figure: str) -> list[Evidence]:
        """Return every place that states a figure."""
        return [self._facts.evidence(iri) for iri in self._facts.by_subject.get(figure, ())]

    def opinions(self, figure: str, evidence: Sequence[Evidence]) -> list[Opinion]:
        """Return the amounts that the evidence states, the published one first; a single one where all agree.

        Amounts agree when rounding of their last printed digits explains the difference.
        """
        published = self.amount(figure)
        groups: list[tuple[Decimal, list[Evidence]]] = [(published, [])]
        for one in evidence:
            amount = published if one.amount is None else one.amount
            band = (self._precision(figure) + self._precision(one.iri)) / 2
            near = next((members for value, members in groups if value == amount or abs(value - amount) <= band), None)
            if near is None:
                groups.append((amount, [one]))
            else:
                near.append(one)
        return [Opinion(amount, tuple(members)) for amount, members in groups]

    def amount(self, figure: str) -> Decimal:
        """Return the amount of a figure, in yuan."""
        return self._facts.sums.amount(figure) or Decimal(0)

    def path(self, figure: str) -> list[Step]:
        """Return the wholes of a figure from the topmost down, the figure last, on one scale."""
        found, used, last = [(figure, "")], {figure}, ""
        while len(found) < _LONGEST_PATH:
            upward = self._above(found[-1][0], last)
            if upward is None or upward[0] in used:
                break
            used.add(upward[0])
            last = upward[1]
            found[-1] = found[-1][0], last
            found.append((upward[0], ""))
        top = max((abs(self.amount(iri)) for iri, _ in found), default=Decimal(0))
        return [self._step(iri, dimension, top) for iri, dimension in reversed(found)]

    def _above(self, figure: str, last: str) -> tuple[str, str] | None:
        """Return the next whole and the dimension it lies in, along the dimension of the step before if there is one."""
        known = self._upward(figure)
        for relation in ("partOfBy", "withinBy"):
            for name in (last, *_UPWARD):
                above = known.get((relation, name))
                if above:
                    return above, name
        return None

    def _upward(self, figure: str) -> dict[tuple[str, str], str]:
        """Return the figures right above one, by relation and dimension."""
        found = self._known.get(figure)
        if found is None:
            matches = ((predicate, _RELATION.match(predicate)) for predicate in self._graph.predicates(figure))
            found = self._known[figure] = {
                (match[1], match[2][0].lower() + match[2][1:]): self._graph.text(figure, predicate)
                for predicate, match in matches
                if match
            }
        return found

    def _step(self, iri: str, dimension: str, top: Decimal) -> Step:
        amount = self.amount(iri)
        share = f"{abs(amount) * 100 / top:.1f}" if top else "0"
        return Step(iri, self._told(iri, dimension), amount, share)

    def _told(self, iri: str, dimension: str) -> Name:
        """Return the coordinate of a figure in a dimension; without one all that it is."""
        value = self._graph.text(iri, BLOD + dimension) if dimension else ""
        if value and not value.endswith("/_T"):
            return self._facts.names.of(value)
        return Name(self._facts.names.figure(iri), "", iri)

    def parts(self, figure: str) -> list[Parts]:
        """Return the ways in which a figure is taken apart."""
        found = []
        for one in self._facts.sums.of(figure):
            lines = self._lines(one.parts, one.dimensions)
            dimension = _joined(dimension_name(name) for name in one.dimensions)
            shown = lines[:_MOST_PARTS]
            found.append(Parts(dimension, one.state, one.gap, tuple(shown), len(lines) - len(shown)))
        return found

    def siblings(self, figure: str) -> list[Parts]:
        """Return, for each list the figure is in, the other parts, the largest first."""
        found = []
        for whole, name in self._wholes(figure):
            for one in self._facts.sums.of(whole):
                if figure in one.parts:
                    others = self._lines((part for part in one.parts if part != figure), one.dimensions)
                    shown = sorted(others, key=lambda line: -abs(line.amount))[:_MOST_NEAR]
                    found.append(
                        Parts(dimension_name(name), one.state, one.gap, tuple(shown), len(others) - len(shown))
                    )
        return found

    def _wholes(self, figure: str) -> Iterable[tuple[str, str]]:
        return ((whole, name) for (relation, name), whole in self._upward(figure).items() if relation == "partOfBy")

    def otherwise(self, figure: str, shown: Iterable[str]) -> list[tuple[Text, Line]]:
        """Return figures that differ from this one in one dimension and are not in ``shown``: the dimension and the figure."""
        known, found = {figure, *shown}, []
        for name in _OTHERWISE:
            for other in self._beside[self._key(figure, name)]:
                if other not in known:
                    known.add(other)
                    value = self._facts.names.of(self._graph.text(other, BLOD + name))
                    found.append((dimension_name(name), Line(other, value, self.amount(other))))
        return found[:_MOST_NEAR]

    @cached_property
    def _beside(self) -> dict[tuple[str, ...], list[str]]:
        """Figures by their coordinates without one dimension."""
        found: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for figure in self._facts.figures:
            for name in _OTHERWISE:
                found[self._key(figure, name)].append(figure)
        return found

    @cached_property
    def _coordinates(self) -> dict[str, tuple[str, ...]]:
        return {
            figure: tuple(self._graph.text(figure, BLOD + name) for name in DIMENSIONS)
            for figure in self._facts.figures
        }

    def _key(self, figure: str, without: str) -> tuple[str, ...]:
        index = DIMENSIONS.index(without)
        coordinates = self._coordinates[figure]
        return without, *coordinates[:index], *coordinates[index + 1 :]

    def _lines(self, figures: Iterable[str], dimensions: Sequence[str]) -> list[Line]:
        return [Line(iri, self._name(iri, dimensions), self.amount(iri)) for iri in figures]

    def _name(self, iri: str, dimensions: Sequence[str]) -> Name:
        for dimension in dimensions:
            value = self._graph.text(iri, BLOD + dimension)
            if value and not value.endswith("/_T"):
                return self._facts.names.of(value)
        return Name(self._facts.names.figure(iri), "", iri)

    def _precision(self, subject: str) -> Decimal:
        return Decimal(self._graph.text(subject, BLOD + "precision", "0"))


def _joined(names: Iterable[Text]) -> Text:
    found = list(names)
    return Text("、".join(one.zh for one in found), ", ".join(one.en for one in found))
