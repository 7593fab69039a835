"""SERVICE and FROM are found wherever the engine would act on them, and nowhere else."""

from __future__ import annotations

import pytest

from budgetlod.serve.keywords import uses_keyword

CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * { { SELECT * { OPTIONAL { SeRvIcE<http://127.0.0.1:1/>{ ?s ?p ?o } } } } }",
    "SELECT * { ?s ?p true#\nSERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p trueSERVICE:x { ?a ?b ?c } }",
    "PREFIX : <http://127.0.0.1:1/> PREFIX trueservice: <urn:> SELECT * { ?s ?p trueSERVICE:x { ?a ?b ?c } }",
    "SELECT * { FILTER(?a<?b#>\n) SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "SELECT * { BIND('#' AS ?x) SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } # ' \n}",
    "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }",
]
NO_CALLS = [
    "SELECT * { ?s ?p ?o }",
    "SELECT ?service { ?service ?p <https://w3id.org/budgetlod/code/item/service-purchase> }",
    "PREFIX service: <urn:service> SELECT * { service:service service:SERVICE 'SERVICE <http://x> {' }",
    'SELECT * { ?s ?p """SERVICE <http://x> { }""" } # SERVICE <http://x> {}',
    "SELECT * { _:service ?p ?o }",
]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_is_found(text: str) -> None:
    assert uses_keyword(text, "SERVICE")


@pytest.mark.parametrize("text", NO_CALLS)
def test_a_mere_name_is_not(text: str) -> None:
    assert not uses_keyword(text, "SERVICE")


def test_an_unreadable_text_counts_as_use() -> None:
    assert uses_keyword("SELECT service {", "SERVICE")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("SELECT * FROM NAMED <urn:g> { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT * { ?from <urn:changeFrom> 'FROM' }", False),
    ],
)
def test_from(text: str, found: bool) -> None:
    assert uses_keyword(text, "FROM") is found


def test_declared_prefixes_may_be_given() -> None:
    assert not uses_keyword("SELECT * { ?s x:changeFrom ?o }", "FROM", {"x": "urn:x:"})
