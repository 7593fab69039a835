"""The protocol without sockets: where a query may stand, what comes back, what is refused."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from pyoxigraph import RdfFormat, Store, parse
from rdflib import Graph

from budgetlod.serve.messages import Request, Response
from budgetlod.serve.protocol import Limits, answer
from tests.publish.small import IRI

COUNT = "PREFIX blod: <https://w3id.org/budgetlod/ontology#> SELECT (COUNT(*) AS ?n) { ?s a blod:Cell }"
LABEL = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?s a <https://w3id.org/budgetlod/ontology#Row> }"


def get(store: Store, query: str, accept: str = "", **more: str) -> Response:
    return answer(store, Request("GET", "/sparql", urlencode({"query": query, **more}), {"accept": accept}))


def post(store: Store, body: str, media_type: str, query: str = "") -> Response:
    return answer(store, Request("POST", "/sparql", query, {"content-type": media_type}, body.encode()))


def count(response: Response) -> int:
    assert response.status == 200, response.body
    return int(json.loads(response.body)["results"]["bindings"][0]["n"]["value"])


def test_three_ways_to_send_a_query(store: Store) -> None:
    form = "application/x-www-form-urlencoded"
    assert count(get(store, COUNT)) == 3
    assert count(post(store, urlencode({"query": COUNT}), f"{form}; charset=UTF-8")) == 3
    assert count(post(store, COUNT, "application/sparql-query")) == 3


@pytest.mark.parametrize(
    ("accept", "media_type", "start"),
    [
        ("", "application/sparql-results+json", b'{"head"'),
        ("application/json", "application/json", b'{"head"'),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"n\r\n3"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?n\n3"),
    ],
)
def test_formats_of_solutions(store: Store, accept: str, media_type: str, start: bytes) -> None:
    response = get(store, COUNT, accept)
    assert (response.status, response.media_type) == (200, media_type)
    assert response.body.startswith(start)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_formats_of_graphs(store: Store, accept: str, form: RdfFormat) -> None:
    response = get(store, LABEL, accept)
    assert response.media_type.startswith(accept)
    wanted = {quad.triple for quad in parse(get(store, LABEL).body, RdfFormat.TURTLE)}
    assert {quad.triple for quad in parse(response.body, form)} == wanted != set()


def test_ask_and_describe(store: Store) -> None:
    assert json.loads(get(store, f"ASK {{ <{IRI}> ?p ?o }}").body) == {"head": {}, "boolean": True}
    assert len(Graph().parse(data=get(store, f"DESCRIBE <{IRI}>").body, format="turtle")) > 3


def test_vocabulary_and_data_are_one_default_graph(store: Store) -> None:
    query = """PREFIX blod: <https://w3id.org/budgetlod/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT (COUNT(*) AS ?n) { <FIGURE> blod:flow ?flow . ?flow skos:prefLabel ?label }"""
    assert count(get(store, query.replace("FIGURE", IRI + "/figure/revenue"))) >= 2


def test_the_request_chooses_the_dataset(store: Store) -> None:
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    data = count(get(store, everything, **{"default-graph-uri": IRI}))
    assert 0 < data < count(get(store, everything))
    assert count(get(store, everything, **{"default-graph-uri": "urn:nothing"})) == 0
    assert count(get(store, everything, **{"named-graph-uri": IRI})) == 0
    assert count(get(store, named, **{"named-graph-uri": IRI})) == data
    assert count(get(store, everything.replace("{", f"FROM <{IRI}> {{", 1))) == data
    assert count(get(store, everything.replace("{", "FROM <urn:nothing> {", 1), **{"default-graph-uri": IRI})) == data


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <urn:s> <urn:p> 1 }", "DELETE WHERE { ?s ?p ?o }", "LOAD <http://127.0.0.1:1/>", "DROP ALL"],
)
def test_updates_are_refused_and_nothing_changes(store: Store, update: str) -> None:
    size = len(store)
    form = "application/x-www-form-urlencoded"
    responses = [
        get(store, update),
        post(store, update, "application/sparql-update"),
        post(store, update, "application/sparql-query"),
        post(store, urlencode({"update": update}), form),
        post(store, urlencode({"query": COUNT, "update": update}), form),
    ]
    assert [response.status for response in responses] == [400] * 5
    assert len(store) == size


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_service_is_refused(store: Store, silent: str) -> None:
    response = get(store, f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}")
    assert response.status == 400
    assert b"SERVICE" in response.body


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (Request("GET", "/sparql"), 400),
        (Request("GET", "/sparql", "query=ASK%7B%7D&query=ASK%7B%7D"), 400),
        (Request("GET", "/sparql", "query=%ff"), 400),
        (Request("GET", "/sparql", urlencode({"query": "SELECT"})), 400),
        (Request("GET", "/sparql", urlencode({"query": COUNT, "default-graph-uri": "not an iri"})), 400),
        (Request("GET", "/sparql", urlencode({"query": COUNT}), {"accept": "image/png"}), 406),
        (Request("POST", "/sparql", "", {"content-type": "application/sparql-query"}, b"\xff"), 400),
        (Request("POST", "/sparql", "", {"content-type": "text/plain"}, b"ASK {}"), 415),
        (Request("DELETE", "/sparql"), 405),
        (Request("GET", "/sparql", "&".join(["a=1"] * 200)), 400),
        (Request("GET", "/sparql", urlencode({"query": "#" * 60_000})), 413),
    ],
)
def test_wrong_requests_get_a_status_and_a_sentence(store: Store, request_: Request, status: int) -> None:
    response = answer(store, request_)
    assert (response.status, response.media_type) == (status, "text/plain; charset=utf-8")
    assert response.body.strip()
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_limits_are_settings(store: Store) -> None:
    assert (
        answer(store, Request("GET", "/sparql", urlencode({"query": COUNT})), Limits(query_characters=5)).status == 413
    )


def test_browsers_may_ask_from_any_page(store: Store) -> None:
    response = answer(store, Request("OPTIONS", "/sparql"))
    assert response.status == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
