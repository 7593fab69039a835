"""What a graph says about its nodes, as plain strings, asked once for each node.

A thin reader of the store for the parts that explain results (evidence, places, causes). IRIs and literals come as
their text; the text of numbers as the store prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph

from budgetlod.rdf.lexical import text_of
from budgetlod.rdf.names import BLOD, RDF
from budgetlod.validate.triples import Triples

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
_TYPE = RDF + "type"
_HERE = pyoxigraph.DefaultGraph()


@lru_cache(maxsize=4096)
def _named(iri: str) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(iri)


class Facts:
    """The triples of one graph by subject and by object. Predicates without ``:`` are of the budget ontology.

    They are read from a store, or from the triples that the fast engine reads: a store has to be filled first.
    """

    def __init__(self, source: pyoxigraph.Store | Triples) -> None:
        self._store: pyoxigraph.Store | _Lines = _Lines(source) if isinstance(source, Triples) else source
        self._about: dict[str, dict[str, list[str]]] = {}
        self._subjects: dict[tuple[str, str], list[str]] = {}

    def about(self, node: str) -> Mapping[str, list[str]]:
        """Return what is said of a node: values by predicate IRI, sorted; nothing of no node."""
        if not node:
            return {}
        found = self._about.get(node)
        if found is None:
            found = {}
            for quad in self._quads_about(node):
                if not isinstance(quad.object, pyoxigraph.Triple):
                    found.setdefault(quad.predicate.value, []).append(quad.object.value)
            for values in found.values():
                if len(values) > 1:
                    values.sort()
            self._about[node] = found
        return found

    def _quads_about(self, node: str) -> Iterable[pyoxigraph.Quad | _Quad]:
        """Return the quads about a node; none about a text that stands where an IRI should."""
        try:
            subject = pyoxigraph.NamedNode(node)
        except ValueError:
            return ()
        return self._store.quads_for_pattern(subject, None, None, _HERE)

    def all(self, node: str, predicate: str) -> list[str]:
        """Return all values of a property of a node, sorted."""
        return self.about(node).get(_full(predicate), [])

    def one(self, node: str, predicate: str) -> str:
        """Return the first value of a property of a node, or nothing."""
        values = self.all(node, predicate)
        return values[0] if values else ""

    def number(self, node: str, predicate: str) -> Decimal | None:
        """Return the first value of a property as a number."""
        text = self.one(node, predicate)
        return decimal(text) if text else None

    def kinds(self, node: str) -> set[str]:
        """Return the classes of a node: the bare name for those of the budget ontology, else the IRI."""
        return {kind.removeprefix(BLOD) for kind in self.about(node).get(_TYPE, [])}

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the IRIs of what has ``value`` (an IRI) as the value of a property, sorted."""
        key = (predicate, value)
        found = self._subjects.get(key)
        if found is None:
            quads = self._store.quads_for_pattern(None, _named(_full(predicate)), pyoxigraph.NamedNode(value), _HERE)
            found = sorted(q.subject.value for q in quads if isinstance(q.subject, pyoxigraph.NamedNode))
            self._subjects[key] = found
        return found

    def printing(self, predicate: str, text: str) -> list[str]:
        """Return the IRIs of what has a plain string as the value of a property, sorted."""
        quads = self._store.quads_for_pattern(None, _named(_full(predicate)), pyoxigraph.Literal(text), _HERE)
        return sorted(q.subject.value for q in quads if isinstance(q.subject, pyoxigraph.NamedNode))


class _Quad(NamedTuple):
    subject: Term
    predicate: Term
    object: Term


class _Lines:
    """The one question to a store that is asked here, answered from the lines of N-Triples."""

    def __init__(self, triples: Triples) -> None:
        self._triples = triples

    def quads_for_pattern(
        self, subject: Term | None, predicate: Term | None, value: Term | None, _graph: object
    ) -> Iterator[_Quad]:
        """Yield the triples of a subject, or of a predicate and a value."""
        if subject is not None:
            lines = self._triples.about(str(subject).encode())
            yield from (_Quad(subject, _term(line[1]), _term(line[2])) for line in lines)
        elif predicate is not None and value is not None:
            found = self._triples.holders(str(predicate).encode()).get(str(value).encode(), [])
            yield from (_Quad(_term(term), predicate, value) for term in dict.fromkeys(found))


def _term(term: bytes) -> Term:
    if term.startswith(b"<"):
        return _named(term[1:-1].decode())
    if term.startswith(b"_:"):
        return pyoxigraph.BlankNode(term[2:].decode())
    return pyoxigraph.Literal(text_of(term.decode()))


def decimal(text: str) -> Decimal | None:
    """Return a text as a number, or ``None`` if it is none: ``decimal("1.5") == Decimal("1.5")``."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def local(iri: str) -> str:
    """Return the last part of an IRI: ``local("https://example.org/code/unit/cny") == "cny"``."""
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]


def plain_iri(term: str) -> str:
    """Return the IRI of an N-Triples term, or nothing for anything else."""
    return term[1:-1] if term.startswith("<") and term.endswith(">") else ""


def _full(predicate: str) -> str:
    return predicate if ":" in predicate else BLOD + predicate
