"""A compiled constraint: the query that finds what breaks it, and what is needed to ask it and to report."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from budgetlod.rdf.names import RDF, SH
from budgetlod.validate.fast.programs import Program
from budgetlod.validate.fast.soundness import THIS, Plan, examine
from budgetlod.validate.fast.targets import Focus
from budgetlod.validate.messages import Prepared
from budgetlod.validate.triples import Triples

Screen = Callable[[Triples, set[bytes]], set[bytes]]
"""Given the focus nodes, those that may break a constraint; the others certainly do not."""
PLACE = "\N{SYMBOL FOR NULL}"
"""In the text of a query that is being made: here the focus nodes must be put in."""
_NAMES = re.compile(r"\{[?$](\w+)\}")
_TYPE = RDF + "type"
_ONE_STEP = frozenset({"|", "(", ")"})


@dataclass(frozen=True)
class Template:
    """The text of a query in pieces; between them the focus nodes may be put in, and must be where ``required``."""

    pieces: tuple[str, ...]
    required: tuple[bool, ...]

    def filled(self, focus: str, *, everywhere: bool) -> str:
        """Return the text with the group ``focus`` at the places required, or at all places."""
        parts = [self.pieces[0]]
        for piece, required in zip(self.pieces[1:], self.required, strict=True):
            parts += [f" {focus} " if required or everywhere else "", piece]
        return "".join(parts)

    @property
    def binds_focus(self) -> bool:
        """Whether the query finds focus nodes by itself, and others with them."""
        return not any(self.required)


@dataclass(frozen=True)
class Needs:
    """Which triples a query looks at: those of ``predicates``, those of the predicates ``own`` of focus nodes, types
    that are one of ``classes`` (terms of N-Triples); or ``everything``.
    """

    predicates: frozenset[bytes]
    own: frozenset[bytes]
    classes: frozenset[bytes]
    everything: bool


class Query(NamedTuple):
    """A query and what it looks at."""

    template: Template
    needs: Needs


@dataclass(frozen=True, eq=False)
class Constraint:
    """One constraint of one shape. ``root`` and ``shape`` are the IRIs of the shape whose targets it is about and of
    the one that is reported. ``query`` gives the query, which for most constraints is never wanted. ``value`` is what
    is reported where the query gives no ``?value``: ``"this"`` or nothing. ``program`` gives the query as a program, if
    there is one.
    """

    root: str
    shape: str
    component: str
    path: str
    focus: Focus
    query: Callable[[], Query]
    messages: Mapping[str, str]
    value: str = ""
    screen: Screen | None = None
    program: Callable[[], Program | None] | None = None

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The variables that the messages name, sorted."""
        return tuple(sorted({name for text in self.messages.values() for name in _NAMES.findall(text)}))

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The variables whose values a message may want: ``value`` may be that of ``this``."""
        return tuple(dict.fromkeys((*self.wanted, "this")))

    def told(self, bindings: Mapping[str, str]) -> dict[str, str]:
        """Return the messages by language, filled with the values of a result."""
        return {language: text.filled(bindings) for language, text in self._texts.items()}

    @cached_property
    def _texts(self) -> dict[str, Prepared]:
        return {language: Prepared(text) for language, text in self.messages.items()}


def component(name: str) -> str:
    """Return the IRI of a constraint component: ``component("MinCount")``."""
    return f"{SH}{name}ConstraintComponent"


def template(text: str, required: list[int], possible: list[int]) -> Template:
    """Return the template of a text with places in it."""
    places = sorted({*required, *possible})
    bounds = [0, *places, len(text)]
    pieces = tuple(text[start:end] for start, end in pairwise(bounds))
    return Template(pieces, tuple(place in required for place in places))


def query_of(text: str) -> Query:
    """Return the query of a text of our own with :data:`PLACE` in it."""
    pieces = tuple(text.split(PLACE))
    plan = examine("".join(pieces), {}, absent_focus=False)
    return Query(Template(pieces, (True,) * (len(pieces) - 1)), needs_of(plan))


def needs_of(plan: Plan) -> Needs:
    """Return the triples that a query looks at."""
    predicates, own, classes = set[str](), set[str](), set[str]()
    for pattern in plan.all_patterns:
        from_focus = pattern.subject.variable == THIS and not any(
            token.kind == "sign" and token.text not in _ONE_STEP for token in pattern.path
        )
        if pattern.predicates == (_TYPE,) and pattern.has_plain_predicate and pattern.value:
            classes.add(pattern.value)
        else:
            (own if from_focus else predicates).update(pattern.predicates)
    return Needs(_terms(predicates), _terms(own), _terms(classes), plan.everything)


def _terms(iris: set[str]) -> frozenset[bytes]:
    return frozenset(f"<{iri}>".encode() for iri in iris)
