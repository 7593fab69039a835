"""Our triples as an ``rdflib.Graph``, the type of the public API and of the reference engine.

Terms are converted once each and shared, several times faster than parsing the N-Triples text.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from budgetlod.rdf.lexical import iri_text, is_iri, literal_parts, unescape
from budgetlod.rdf.names import PREFIXES, XSD
from budgetlod.rdf.terms import Triple


def to_rdflib(triples: Iterable[Triple]) -> Graph:
    """Return a graph of the triples, with the usual prefixes bound."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    terms: dict[str, Node] = {}

    def node(text: str) -> Node:
        found = terms.get(text)
        if found is None:
            found = terms[text] = _node(text)
        return found

    for subject, predicate, value in triples:
        graph.add((node(subject), node(predicate), node(value)))
    return graph


def _node(text: str) -> Node:
    if is_iri(text):
        return URIRef(iri_text(text))
    if text.startswith("_:"):
        return BNode(text[2:])
    body, language, datatype = literal_parts(text)
    value = unescape(body)
    if language or datatype == XSD + "string":
        return Literal(value, lang=language or None)
    # Not normalised: 1234.50 stays 1234.50.
    return Literal(value, datatype=URIRef(datatype), normalize=False)
