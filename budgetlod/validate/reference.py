"""The reference engine: pySHACL, with the SPARQL queries of the shapes prepared once.

pySHACL parses the query of a SPARQL constraint again for every focus node, which is nearly all of its time. It asks
the data graph, so a graph that keeps prepared queries by their text makes it 20-30 times faster without touching
pySHACL itself. No inference, no SHACL-AF, no copy of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from threading import get_ident
from typing import Any

import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from budgetlod.rdf import terms
from budgetlod.rdf.names import SH
from budgetlod.validate.data import Data
from budgetlod.validate.engines import Answer, EngineFailure, RawResult
from budgetlod.validate.messages import bilingual, bindings_of, filled, templates
from budgetlod.validate.shapes import Shapes

_PREFIXES = re.compile(r"(?:PREFIX \S+ <[^>]*>\n)*")
_OWNERS = tuple(URIRef(SH + name) for name in ("property", "node", "not"))


@lru_cache(maxsize=256)
def prepared(text: str, thread: int) -> Query:  # noqa: ARG001 - only a key of the cache
    """Return a parsed query, parsed once per ``thread``: rdflib writes into a query while it evaluates it."""
    return prepareQuery(text)


@lru_cache(maxsize=256)
def canonical(text: str) -> str:
    """Return a query with only the prefixes it uses, sorted: pySHACL declares all of them, in no fixed order."""
    head = _PREFIXES.match(text)
    body = text[head.end() :] if head else text
    lines = head[0].splitlines(keepends=True) if head else []
    return "".join(sorted(line for line in lines if line.split()[1] in body)) + body


class PreparedGraph(Graph):
    """The triples of another graph, seen without a copy, that parses each query text once.

    Prefixes must be declared in the query: the graph's own bindings are not consulted.
    """

    def __init__(self, graph: Graph) -> None:
        super().__init__(store=graph.store, identifier=graph.identifier, bind_namespaces="none")

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> QueryResult:
        """Answer a query as :meth:`rdflib.Graph.query` does; only its text is replaced by the parsed query."""
        query = prepared(canonical(query_object), get_ident()) if isinstance(query_object, str) else query_object
        return super().query(query, *arguments, **options)


def evaluate(data: Data, shapes: Shapes) -> Answer:
    """Return the results of pySHACL. Raises :class:`EngineFailure` when pySHACL cannot run the shapes."""
    try:
        # allow_… only because pySHACL then never aborts early; what conforms is decided in the report.
        _, results, text = pyshacl.validate(
            PreparedGraph(data.graph),
            shacl_graph=shapes.graph,
            inplace=True,
            inference="none",
            advanced=False,
            allow_warnings=True,
        )
    except (pyshacl.errors.ReportableRuntimeError, pyshacl.errors.ShapeLoadError) as error:
        raise EngineFailure(f"pySHACL could not run the shapes: {error}") from error
    if not isinstance(results, Graph):
        raise EngineFailure(f"pySHACL could not run the shapes: {text}")
    return Answer([_raw(results, node, shapes.graph) for node in results.objects(None, URIRef(SH + "result"))])


def _raw(results: Graph, node: Node, shapes: Graph) -> RawResult:
    """Read one ``sh:ValidationResult`` of pySHACL's report."""

    def one(name: str) -> Node | None:
        return results.value(node, URIRef(SH + name))

    shape, path, value = one("sourceShape"), one("resultPath"), one("value")
    source = one("sourceConstraint") or shape
    if shape is None or source is None:
        raise EngineFailure("pySHACL reported a result without its shape")
    zh, en, bindings = _messages(shapes, source, shape, results.objects(node, URIRef(SH + "resultMessage")))
    return RawResult(
        shape=str(_named(shapes, shape)),
        focus=_term(one("focusNode")),
        path="" if path is None else _path(shapes, path),
        value="" if value is None else _term(value),
        zh=zh,
        en=en,
        bindings=bindings,
    )


def _messages(
    shapes: Graph, source: Node, shape: Node, found: Iterable[Node]
) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return both messages, those of the constraint, or else of its shape, or else what pySHACL says itself; and the
    values in them.
    """
    texts = sorted(str(message) for message in found)
    own = templates(shapes, source) or templates(shapes, shape)
    bindings = bindings_of(own, texts)
    return *bilingual(filled(own, bindings) if own else {"en": "; ".join(texts)}), tuple(sorted(bindings.items()))


def _named(shapes: Graph, shape: Node) -> Node:
    """Return the shape itself, or the named shape that an anonymous one belongs to."""
    while isinstance(shape, BNode):
        owner = next((s for p in _OWNERS for s in shapes.subjects(p, shape)), None)
        if owner is None:
            return shape
        shape = owner
    return shape


def _term(node: Node | None) -> str:
    """Return the N-Triples form of a node."""
    if isinstance(node, URIRef):
        return terms.iri(str(node))
    if isinstance(node, BNode):
        return f"_:{node}"
    if isinstance(node, Literal):
        if node.language or node.datatype is None:
            return terms.string(str(node), node.language or "")
        return f"{terms.string(str(node))}^^{terms.iri(str(node.datatype))}"
    raise EngineFailure(f"not a node of a report: {node!r}")


def _path(shapes: Graph, path: Node) -> str:
    """Return a path as SPARQL 1.1 writes it; SHACL 1.0, section 2.3.1."""
    if isinstance(path, URIRef):
        return _term(path)
    if shapes.value(path, RDF.first) is not None:
        return "/".join(_path(shapes, step) for step in Collection(shapes, path))
    for name, before, after in (("inversePath", "^", ""), ("zeroOrMorePath", "", "*"), ("oneOrMorePath", "", "+")):
        inner = shapes.value(path, URIRef(SH + name))
        if inner is not None:
            return f"{before}{_path(shapes, inner)}{after}"
    choice = shapes.value(path, URIRef(SH + "alternativePath"))
    if choice is not None:
        return "|".join(_path(shapes, step) for step in Collection(shapes, choice))
    raise EngineFailure(f"no path that SHACL knows: {path!r}")
