"""Which row of the catalogue an instance of a law is: a shape names all it covers, the report the one that failed.

The conditions are data, in ``shapes/instances.toml``, which explains them. An engine knows nothing of this.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from budgetlod.core.resources import resource
from budgetlod.model.codes import ALL
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.names import QB
from budgetlod.validate.codes import notation
from budgetlod.validate.facts import Facts, decimal, local, plain_iri
from budgetlod.validate.report import Place, Result

PROSE = "prose"
_MAIN = ("whole", "moneyIn", "leavesBlankUnder", "leavesBlank")

Conditions = Mapping[str, Any]


@lru_cache(maxsize=1)
def conditions() -> Mapping[str, Mapping[str, Sequence[Conditions]]]:
    """Return the conditions of ``shapes/instances.toml``: by law and catalogue id, the alternatives."""
    with resource("shapes/instances.toml").open("rb") as file:
        laws = tomllib.load(file)
    return {
        law: {name: one if isinstance(one, list) else [one] for name, one in ids.items()} for law, ids in laws.items()
    }


def narrowed(result: Result, facts: Facts) -> tuple[str, ...]:
    """Return the catalogue ids of the instance that failed: of the result's ids those whose conditions hold, or all."""
    case = Case(result, facts)
    # A whole whose parts are all blank is an instance of the sum that the parts would make.
    laws = (result.family, "rollup") if result.family == "blanks" else (result.family,)
    known = {name: alternatives for law in laws for name, alternatives in conditions().get(law, {}).items()}
    found = tuple(name for name in result.identifiers if any(case.meets(one) for one in known.get(name, ())))
    return found or result.identifiers


@dataclass(frozen=True)
class Case:
    """One result, as the conditions ask about it."""

    result: Result
    facts: Facts

    def meets(self, wanted: Conditions) -> bool:
        """Whether all conditions of a set hold."""
        return all(_TESTS[name](self, value) for name, value in wanted.items())

    @cached_property
    def focus(self) -> str:
        """The IRI of the focus node."""
        return plain_iri(self.result.focus)

    @cached_property
    def figure(self) -> str:
        """The figure in question: whole of a list, figure stated by evidence, else the focus itself."""
        if self.facts.all(self.focus, "statedAmount"):
            return plain_iri(self.result.value)
        return next((figure for link in _MAIN for figure in self.facts.all(self.focus, link)), self.focus)

    @cached_property
    def printed_in(self) -> frozenset[str]:
        """The types of the statements in which a list, or a row, is printed."""
        statements = self.facts.all(self.focus, "inStatement")
        return frozenset(local(self.facts.one(s, "statementType")) for s in statements) or frozenset((PROSE,))

    @cached_property
    def evidence(self) -> frozenset[str]:
        """The types of the statements that the evidence stands in."""
        return frozenset(_type(place) for place in self.result.evidence)

    @cached_property
    def breaks(self) -> frozenset[str]:
        """The dimensions in which parts differ from the whole; of blank parts those of their table."""
        said = frozenset(local(dimension) for dimension in self.facts.all(self.focus, "breaksDown"))
        if said or self.result.family != "blanks":
            return said
        types = [t for name in self.printed_in if (t := load_lexicon().statements.get(name))]
        beside = any(place.iri for place in self.result.evidence if self.facts.one(place.iri, "inRow") == self.focus)
        return frozenset(d for t in types for d in (t.column_dimensions if beside else t.row_dimensions))

    def rivals(self) -> Iterable[frozenset[str]]:
        """Yield the types of the focus and of each piece of evidence that states another amount."""
        places = {place.iri: place for place in self.result.evidence}
        here = places.get(self.focus)
        if here is not None:
            for place in places.values():
                if place.amount is not None and place.amount != here.amount:
                    yield frozenset((_type(here), _type(place)))

    # --- the conditions -----------------------------------------------------------------------------------------------------

    def is_at(self, wanted: Mapping[str, Any]) -> bool:
        """Whether the figure has the coordinates wanted."""
        return _lies(self.facts, self.figure, wanted)

    def has_parts(self, wanted: Mapping[str, Any]) -> bool:
        """Whether a part of the list has the coordinates wanted."""
        return any(_lies(self.facts, part, wanted) for part in self.facts.subjects("inBreakdown", self.focus))

    def is_opposed(self) -> bool:
        """Whether a change goes the other way than it is said to."""
        numbers = dict(self.result.bindings)
        stated, due = decimal(numbers.get("stated", "")), decimal(numbers.get("due", ""))
        return stated is not None and due is not None and stated * due < Decimal(0)

    def is_earlier(self) -> bool:
        """Whether the figure is one of an earlier year than the disclosure."""
        year = self.facts.one(self.figure, "fiscalYear")
        years = {self.facts.one(d, "fiscalYear") for d in self.facts.all(self.figure, QB + "dataSet")}
        return bool(year) and any(year < other for other in years if other)

    def is_change(self) -> bool:
        """Whether the figure is a change."""
        return "Change" in self.facts.kinds(self.figure)


_TESTS: Mapping[str, Callable[[Case, Any], bool]] = {
    "in": lambda case, types: bool(case.printed_in.intersection(types)),
    "evidence": lambda case, types: case.evidence.issuperset(types),
    "between": lambda case, types: frozenset(types) in case.rivals(),
    "breaks": lambda case, dimensions: bool(case.breaks.intersection(dimensions)),
    "figure": Case.is_at,
    "parts": Case.has_parts,
    "opposed": lambda case, wanted: case.is_opposed() == wanted,
    "earlier": lambda case, wanted: case.is_earlier() == wanted,
    "change": lambda case, wanted: case.is_change() == wanted,
}


def _type(place: Place) -> str:
    """Return the type of statement that a place stands in; running text is prose."""
    return place.statement_type or (PROSE if place.kind == "mention" else "")


def _lies(facts: Facts, figure: str, wanted: Mapping[str, Any]) -> bool:
    return all(_fits(facts.one(figure, dimension), value) for dimension, value in wanted.items())


def _fits(code: str, wanted: Any) -> bool:
    """Whether a code is one of those wanted: notations, a number of digits, or ``*`` for any but "all"."""
    found = notation(code) if code else ALL
    if isinstance(wanted, int):
        return found.isdigit() and len(found) == wanted
    return found != ALL if wanted == "*" else found == wanted if isinstance(wanted, str) else found in wanted
