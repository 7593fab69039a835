"""A graph as a dictionary: the properties of a subject without a store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from budgetlod.rdf.lexical import iri_text, text_of
from budgetlod.rdf.names import RDF
from budgetlod.rdf.terms import Triple

_TYPE = f"<{RDF}type>"
_NUMBERS = re.compile(r"(\d+)")


class Lookup:
    """Answers "what does this subject say" for one sorted graph; IRIs go in and out without angle brackets."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._nodes: dict[str, dict[str, list[str]]] = {}
        self._members: dict[str, list[str]] = {}
        self._texts: dict[str, str] = {}
        self._in_order: dict[str, list[str]] = {}
        for subject, predicate, value in triples:
            self._nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
            if predicate == _TYPE:
                self._members.setdefault(value, []).append(subject)

    def subjects(self, type_iri: str) -> list[str]:
        """Return the IRIs of the resources of a class, in the natural order of their IRIs (r2 before r10)."""
        if type_iri not in self._in_order:
            self._in_order[type_iri] = sorted(self.members(type_iri), key=natural_order)
        return self._in_order[type_iri]

    def members(self, type_iri: str) -> list[str]:
        """Return the IRIs of the resources of a class in the order of the graph, which costs no sorting."""
        return [iri_text(term) for term in self._members.get(f"<{type_iri}>", [])]

    def nodes(self) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
        """Yield every subject with what it says, all as N-Triples terms, in the order of the graph."""
        yield from self._nodes.items()

    def node(self, subject: str) -> Mapping[str, Sequence[str]]:
        """Return what a subject says, all as N-Triples terms; nothing for one that is not there."""
        return self._nodes.get(subject, {})

    def predicates(self, subject: str) -> list[str]:
        """Return the properties that a subject has (IRIs), in the order of the graph."""
        return [iri_text(term) for term in self._nodes.get(f"<{subject}>", {})]

    def terms(self, subject: str, predicate: str) -> list[str]:
        """Return the values as N-Triples terms, in the order of the graph."""
        return self._nodes.get(f"<{subject}>", {}).get(f"<{predicate}>", [])

    def texts(self, subject: str, predicate: str) -> list[str]:
        """Return the values as a reader sees them: IRIs bare, literals unescaped."""
        return [self.read(term) for term in self.terms(subject, predicate)]

    def text(self, subject: str, predicate: str, default: str = "") -> str:
        """Return the first value as a reader sees it, or ``default``."""
        # Asked tens of thousands of times for a disclosure: written out, it takes half the time.
        said = self._nodes.get(f"<{subject}>")
        terms = said.get(f"<{predicate}>") if said else None
        if not terms:
            return default
        known = self._texts.get(terms[0])
        return self.read(terms[0]) if known is None else known

    def number(self, subject: str, predicate: str) -> int:
        """Return a whole number such as ``blod:order``; 0 when the subject has none."""
        text = self.text(subject, predicate)
        return int(text) if text.lstrip("-").isdigit() else 0

    def read(self, term: str) -> str:
        """Return the text of a term; the same few codes and places come up thousands of times."""
        known = self._texts.get(term)
        if known is None:
            known = self._texts[term] = text_of(term)
        return known


def natural_order(text: str) -> list[tuple[int, int, str]]:
    """Return a sort key that orders numbers inside text by their size."""
    parts = _NUMBERS.split(text)
    return [(1, int(part), "") if index % 2 else (0, 0, part) for index, part in enumerate(parts)]
