"""The data under validation, in the forms that engines and reports want; each is made once, when first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph

from budgetlod.rdf.formats import ntriples
from budgetlod.rdf.terms import Triple
from budgetlod.validate.triples import Triples

if TYPE_CHECKING:
    from rdflib import Graph


class Data:
    """One graph, of one disclosure or of several, with the code triples it carries. It is never changed."""

    def __init__(self, lines: bytes | None = None, graph: Graph | None = None) -> None:
        if lines is None and graph is None:
            raise ValueError("no data")
        self._lines, self._graph = lines, graph
        self._terms: list[Triple] | None = None

    @classmethod
    def of_triples(cls, triples: Iterable[Triple]) -> Data:
        """Return the data of N-Triples terms."""
        made = cls(lines=b"")
        made._terms = list(triples)
        made._lines = None
        return made

    @classmethod
    def of_graph(cls, graph: Graph) -> Data:
        """Return the data of an rdflib graph."""
        return cls(graph=graph)

    @cached_property
    def lines(self) -> bytes:
        """The triples as N-Triples, UTF-8."""
        if self._lines is not None:
            return self._lines
        if self._terms is not None:
            return ntriples(sorted(set(self._terms)))
        if self._graph is None:
            raise ValueError("no data")
        return self._graph.serialize(format="nt", encoding="utf-8")

    @cached_property
    def graph(self) -> Graph:
        """The triples as an rdflib graph; the one that was given, if one was."""
        if self._graph is not None:
            return self._graph
        from budgetlod.rdf.parsing import parse_lines
        from budgetlod.rdf.rdflib_graph import to_rdflib

        return to_rdflib(parse_lines(self.lines))

    @cached_property
    def triples(self) -> Triples:
        """The triples by predicate, each term as N-Triples writes it."""
        if self._terms is not None and not any("\\u" in term[2] or "\\U" in term[2] for term in self._terms):
            return Triples.of_terms(self._terms)
        if _has_numbered_character(self.lines):
            return Triples(_plain(self.lines))
        try:
            return Triples(self.lines)
        except ValueError:
            return Triples(_plain(self.lines))

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The triples in the default graph of an in-memory store."""
        return filled(self.lines, has_blank=b"_:" in self.lines)


def filled(lines: bytes, *, has_blank: bool) -> pyoxigraph.Store:
    """Return a store with the triples of N-Triples. Blank nodes keep their names; without any it is three times as fast."""
    store = pyoxigraph.Store()
    if has_blank:
        parsed = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
        store.extend(pyoxigraph.Quad(t.subject, t.predicate, t.object) for t in parsed)
    else:
        # What is loaded was parsed or written by us: nothing is gained by looking at each IRI again.
        store.bulk_load(lines, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
    return store


def _has_numbered_character(lines: bytes) -> bool:
    """Whether a character is written by its number. Far faster than to look for two characters at once."""
    place = lines.find(b"\\")
    while place >= 0:
        if lines[place + 1 : place + 2] in {b"u", b"U"}:
            return True
        place = lines.find(b"\\", place + 2)
    return False


def _plain(lines: bytes) -> bytes:
    """Return N-Triples with one triple a line and no escapes that are not needed."""
    parsed = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return b"".join(f"{t.subject} {t.predicate} {t.object} .\n".encode() for t in parsed)
