"""The query operation of the SPARQL 1.1 Protocol, read only (https://www.w3.org/TR/sparql11-protocol/).

The default graph is the union of all graphs unless the request or the query names its dataset. Updates and
SERVICE are refused: the endpoint neither changes anything nor fetches anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store

from budgetlod.rdf.names import PREFIXES
from budgetlod.serve.keywords import uses_keyword
from budgetlod.serve.messages import Refused, Request, Response
from budgetlod.serve.negotiation import choose

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_SOLUTIONS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
}
_GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
_CORS = {"Access-Control-Allow-Origin": "*", "Vary": "Accept"}
_ALLOWED = {"Allow": "GET, HEAD, POST, OPTIONS"}
_PREFLIGHT = {
    **_CORS,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
}
Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the endpoint: characters of a query, parameters of a request."""

    query_characters: int = 50_000
    parameters: int = 100


def answer(store: Store, request: Request, limits: Limits | None = None) -> Response:
    """Return the answer to a protocol request; a wrong request is answered with a status and a sentence."""
    limits = limits or Limits()
    if request.method == "OPTIONS":
        return Response(204, headers={**_PREFLIGHT, **_ALLOWED})
    try:
        parameters = _parameters(request, limits)
        return _run(store, _only_query(parameters, limits), parameters, request.headers.get("accept", ""))
    except Refused as refusal:
        refusal.headers = {**_CORS, **refusal.headers}
        return refusal.response()


def _parameters(request: Request, limits: Limits) -> Parameters:
    """Return the protocol parameters from wherever the method and the media type put them."""
    in_address = _decoded(request.query, limits)
    if request.method in {"GET", "HEAD"}:
        return in_address
    if request.method != "POST":
        raise Refused(405, f"{request.method} is not allowed here", _ALLOWED)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == _FORM:
        return _decoded(_text(request.body), limits)
    if media_type == _QUERY:
        return [*(pair for pair in in_address if pair[0] != "query"), ("query", _text(request.body))]
    if media_type == _UPDATE:
        raise Refused(400, "this endpoint is read-only: updates are refused")
    raise Refused(415, f"send a query as {_FORM} or {_QUERY}")


def _decoded(encoded: str, limits: Limits) -> Parameters:
    try:
        return parse_qsl(encoded, keep_blank_values=True, max_num_fields=limits.parameters, errors="strict")
    except ValueError as problem:
        raise Refused(400, f"the parameters cannot be read: {problem}") from problem


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as problem:
        raise Refused(400, f"the body is not UTF-8: {problem}") from problem


def _only_query(parameters: Parameters, limits: Limits) -> str:
    if any(name == "update" for name, _ in parameters):
        raise Refused(400, "this endpoint is read-only: updates are refused")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise Refused(400, f"exactly one parameter 'query' is needed, not {len(queries)}")
    if len(queries[0]) > limits.query_characters:
        raise Refused(413, f"the query is longer than {limits.query_characters} characters")
    return queries[0]


def _run(store: Store, text: str, parameters: Parameters, accept: str) -> Response:
    dataset = _dataset(text, parameters)
    _refuse_service(text)
    try:
        result = store.query(text, **dataset)
        return _written(result, accept)
    except SyntaxError as problem:
        raise Refused(400, f"the query cannot be read: {problem}") from problem
    except (RuntimeError, OSError, ValueError) as problem:
        raise Refused(500, f"the query failed: {problem}") from problem


def _refuse_service(text: str) -> None:
    if not uses_keyword(text, "SERVICE"):
        return
    raise Refused(400, "the query uses SERVICE, which is refused here, or cannot be read")


def _dataset(text: str, parameters: Parameters) -> dict[str, Any]:
    """Return the dataset arguments: the request's own, else the query's FROM clauses, else the union of all."""
    default = [_node(value) for name, value in parameters if name == "default-graph-uri"]
    named = [_node(value) for name, value in parameters if name == "named-graph-uri"]
    if default or named:
        return {"default_graph": default, "named_graphs": named}
    return {"use_default_graph_as_union": not uses_keyword(text, "FROM")}


def _node(value: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError as problem:
        raise Refused(400, f"not a graph IRI: {value!r}") from problem


def _written(
    result: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples, accept: str
) -> Response:
    """Return the result in the format that the client prefers."""
    if isinstance(result, pyoxigraph.QueryTriples):
        media_type = _chosen(accept, list(_GRAPHS))
        form = _GRAPHS[media_type]
        body = pyoxigraph.serialize(result, format=form, prefixes=PREFIXES if form == RdfFormat.TURTLE else None)
    else:
        media_type = _chosen(accept, list(_SOLUTIONS))
        body = result.serialize(format=_SOLUTIONS[media_type])
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(200, body or b"", media_type + charset, _CORS)


def _chosen(accept: str, offered: list[str]) -> str:
    media_type = choose(accept, offered)
    if media_type is None:
        raise Refused(406, f"this result can be had as {', '.join(offered)}")
    return media_type
