"""Collect triples: the small writer that the mapping modules share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from budgetlod.core.numbers import plain
from budgetlod.model.document import Place
from budgetlod.rdf import terms
from budgetlod.rdf.iris import Iris, blod
from budgetlod.rdf.names import PROV, RDF
from budgetlod.rdf.terms import Triple, iri

TYPE = iri(RDF + "type")
_PRIMARY = iri(PROV + "hadPrimarySource")


class Sink:
    """A list of triples being made about the resources of one disclosure."""

    def __init__(self, iris: Iris, files: Sequence[str]) -> None:
        """``files`` are the names of the published files of the source."""
        self.iris = iris
        self.files = files
        self.triples: list[Triple] = []

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Add one triple of terms."""
        self.triples.append((subject, predicate, value))

    def say(self, subject: str, name: str, value: str) -> None:
        """Add a triple with a property of the budget ontology, unless the value is empty."""
        if value:
            self.triples.append((subject, blod(name), value))

    def types(self, subject: str, *classes: str) -> None:
        """Add the classes of a subject (terms)."""
        self.triples.extend((subject, TYPE, class_) for class_ in classes)

    def text(self, subject: str, name: str, value: str, language: str = "") -> None:
        """Add a string with a property of the budget ontology, unless it is empty."""
        if value:
            self.say(subject, name, terms.string(value, language))

    def number(self, subject: str, name: str, value: Decimal | None) -> None:
        """Add a decimal, unless there is none."""
        if value is not None:
            self.say(subject, name, terms.decimal(value))

    def precision(self, subject: str, value: Decimal | None) -> None:
        """Add what the last printed digit is worth, in yuan, in its shortest form."""
        self.number(subject, "precision", None if value is None else plain(value))

    def order(self, subject: str, value: int) -> None:
        """Add the order of a subject among its kind."""
        self.say(subject, "order", terms.integer(value))

    def places(self, subject: str, places: Iterable[Place]) -> None:
        """Say where a subject is printed: a fragment of the source for each place."""
        for place in places:
            self.add(subject, _PRIMARY, self.iris.source(self.files[place.part], place.fragment()))
