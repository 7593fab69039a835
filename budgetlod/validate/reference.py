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

import pyoxigraph
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from budgetlod.rdf.names import SH
from budgetlod.validate.data import Data
from budgetlod.validate.engines import Answer, EngineFailure, RawResult
from budgetlod.validate.messages import bindings_of, filled
from budgetlod.validate.shape_graph import Node as ShapeNode
from budgetlod.validate.shape_graph import NoPath, ShapeGraph
from budgetlod.validate.shapes import Shapes
from budgetlod.validate.writing import binding_text, node_text, own_messages, worded

_PLACE = re.compile(r"\{[?$]\w+\}")
_PREFIXES = re.compile(r"(?:PREFIX \S+ <[^>]*>\n)*")


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
    graph = shapes.graph
    before = len(graph)
    try:
        # allow_… only because pySHACL then never aborts early; what conforms is decided in the report.
        _, results, text = pyshacl.validate(
            PreparedGraph(data.graph),
            shacl_graph=graph,
            inplace=True,
            inference="none",
            advanced=False,
            allow_warnings=True,
        )
    # pySHACL meets shapes it cannot load or run with many types of exception, among them those of rdflib.
    except Exception as error:
        raise EngineFailure(f"pySHACL could not run the shapes: {error}") from error
    finally:
        if len(graph) != before:  # some versions add types that they infer
            _restore(graph, shapes)
    if not isinstance(results, Graph):
        raise EngineFailure(f"pySHACL could not run the shapes: {text}")
    return Answer([_raw(results, node, shapes.index) for node in results.objects(None, URIRef(SH + "result"))])


def _restore(graph: Graph, shapes: Shapes) -> None:
    """Remove from the graph of the shapes what pySHACL put there."""
    own = set(Shapes(shapes.name, shapes.triples, {}).graph)
    for triple in set(graph) - own:
        graph.remove(triple)


def _raw(results: Graph, node: Node, shapes: ShapeGraph) -> RawResult:
    """Read one ``sh:ValidationResult`` of pySHACL's report."""

    def one(name: str) -> Node | None:
        return results.value(node, URIRef(SH + name))

    shape, path, value = one("sourceShape"), one("resultPath"), one("value")
    source = one("sourceConstraint") or shape
    if shape is None or source is None:
        raise EngineFailure("pySHACL reported a result without its shape")
    named = shapes.named(_term(shape))
    name = named.value if not isinstance(named, pyoxigraph.BlankNode) else node_text(named)
    own = own_messages(shapes, _term(source), _term(shape))
    found = bindings_of(own, _texts(results.objects(node, URIRef(SH + "resultMessage"))))
    # A name without a value stands in pySHACL's text as it stands in the message.
    bindings = {key: binding_text(text) for key, text in found.items() if not _PLACE.fullmatch(text)}
    component = str(one("sourceConstraintComponent") or "")
    zh, en = worded(filled(own, bindings), component, name)
    return RawResult(
        shape=name,
        focus=_text(one("focusNode")),
        path="" if path is None else _path(shapes, _term(path)),
        value="" if value is None else _text(value),
        zh=zh,
        en=en,
        bindings=tuple(sorted(bindings.items())),
        component=component,
    )


def _texts(messages: Iterable[Node]) -> list[str]:
    """Return the texts of pySHACL's messages, sorted."""
    return sorted(str(message) for message in messages)


def _text(node: Node | None) -> str:
    """Return the N-Triples form of a node."""
    return node_text(_term(node))


def _term(node: Node | None) -> ShapeNode:
    """Return the pyoxigraph term of an rdflib node."""
    if isinstance(node, URIRef):
        return pyoxigraph.NamedNode(str(node))
    if isinstance(node, BNode):
        return pyoxigraph.BlankNode(str(node))
    if isinstance(node, Literal):
        if node.language:
            return pyoxigraph.Literal(str(node), language=node.language)
        datatype = pyoxigraph.NamedNode(str(node.datatype)) if node.datatype else None
        return pyoxigraph.Literal(str(node), datatype=datatype)
    raise EngineFailure(f"not a node of a report: {node!r}")


def _path(shapes: ShapeGraph, path: ShapeNode) -> str:
    """Return a path as SPARQL 1.1 writes it."""
    try:
        return shapes.path_text(path)
    except NoPath as error:
        raise EngineFailure(str(error)) from error
