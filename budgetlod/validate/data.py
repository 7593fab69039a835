"""The data under validation, in the forms that engines and reports want; each is made once, when first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph

from budgetlod.rdf.formats import ntriples
from budgetlod.rdf.terms import Triple

if TYPE_CHECKING:
    from rdflib import Graph


class Data:
    """One graph, of one disclosure or of several, with the code triples it carries. It is never changed."""

    def __init__(self, lines: bytes | None = None, graph: Graph | None = None) -> None:
        if lines is None and graph is None:
            raise ValueError("no data")
        self._lines, self._graph = lines, graph

    @classmethod
    def of_triples(cls, triples: Iterable[Triple]) -> Data:
        """Return the data of N-Triples terms."""
        return cls(lines=ntriples(sorted(triples)))

    @classmethod
    def of_graph(cls, graph: Graph) -> Data:
        """Return the data of an rdflib graph."""
        return cls(graph=graph)

    @cached_property
    def lines(self) -> bytes:
        """The triples as N-Triples, UTF-8."""
        if self._lines is not None:
            return self._lines
        if self._graph is None:
            raise ValueError("no data")
        return self._graph.serialize(format="nt", encoding="utf-8")

    @cached_property
    def graph(self) -> Graph:
        """The triples as an rdflib graph; the one that was given, if one was."""
        if self._graph is not None:
            return self._graph
        from budgetlod.rdf.rdflib_graph import to_rdflib
        from budgetlod.rdf.parsing import parse_lines

        return to_rdflib(parse_lines(self.lines))

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The triples in the default graph of an in-memory store."""
        store = pyoxigraph.Store()
        store.bulk_load(self.lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
        return store
