"""Our JSON-LD is the graph, for two readers, and a person can read it."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings

from budgetlod.core.resources import resource
from budgetlod.rdf import formats, terms
from budgetlod.rdf.context import Context
from budgetlod.rdf.jsonld import jsonld
from budgetlod.rdf.names import BLOD, RDF, RDFS
from budgetlod.rdf.terms import Triple
from tests.rdf import strategies

PROJECT = json.loads(resource("ontology/context.jsonld").read_text(encoding="utf-8"))
BARE: dict[str, Any] = {"@context": {}}
STRANGE = {
    "@context": {
        "@vocab": BLOD,
        "@language": "zh",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "rdfs": RDFS,
        "is": "@type",
        "states": {"@id": BLOD + "states", "@type": "@vocab"},
        "amount": {"@id": "amount", "@type": "xsd:decimal", "@container": "@set"},
        "label_en": {"@id": "rdfs:label", "@language": "en"},
        "order": {"@reverse": BLOD + "order"},
        "printed": {"@id": BLOD + "printed", "@container": "@list"},
    }
}
BASE = strategies.BASE


def terms_in(content: bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(content, form)}


# rdflib's JSON-LD reader uses its own deprecated class.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("context", [PROJECT, BARE, STRANGE], ids=["project", "bare", "strange"])
@settings(max_examples=40, deadline=None)
@given(graph=strategies.graphs)
def test_two_readers_find_the_graph(context: dict[str, Any], graph: list[Triple]) -> None:
    content = jsonld(graph, context, base=BASE + "/", first=BASE)
    lines = formats.ntriples(graph)
    assert terms_in(content, pyoxigraph.RdfFormat.JSON_LD) == terms_in(lines, pyoxigraph.RdfFormat.N_TRIPLES)
    found = rdflib.Graph().parse(data=content, format="json-ld")
    assert set(found) == set(rdflib.Graph().parse(data=lines, format="nt"))


def test_a_person_can_read_it() -> None:
    cell, figure = terms.iri(BASE + "/statement/income#r1c2"), terms.iri(BASE + "/figure/revenue")
    graph = terms.graph(
        [
            (terms.iri(BASE), terms.iri(RDF + "type"), terms.iri(BLOD + "Disclosure")),
            (cell, terms.iri(RDF + "type"), terms.iri(BLOD + "Cell")),
            (cell, terms.iri(BLOD + "states"), figure),
            (cell, terms.iri(BLOD + "statedAmount"), terms.typed("1155.90", "decimal")),
            (cell, terms.iri(BLOD + "order"), terms.integer(4)),
            (cell, terms.iri(RDFS + "label"), terms.string("合计", "zh")),
            (cell, terms.iri(RDFS + "label"), terms.string("total", "en")),
        ]
    )
    document = json.loads(jsonld(graph, PROJECT, base=BASE + "/", first=BASE))
    assert document["@context"] == {"@base": BASE + "/", **PROJECT["@context"]}
    assert document["@graph"] == [
        {"id": BASE, "type": "Disclosure"},
        {
            "id": "statement/income#r1c2",
            "type": "Cell",
            "label": {"zh": "合计", "en": "total"},
            "order": 4,
            "statedAmount": "1155.90",
            "states": "figure/revenue",
        },
    ]


def test_a_decimal_is_never_a_json_number() -> None:
    graph = [(terms.iri(BASE), terms.iri("urn:p"), terms.typed("0.1", "decimal"))]
    (node,) = json.loads(jsonld(graph, PROJECT))["@graph"]
    assert node["urn:p"] == {"@value": "0.1", "type": "xsd:decimal"}


@pytest.mark.parametrize("rest", ["a:b", "", "?x", "../x", "a//b", "@id"])
def test_identifiers_that_would_not_resolve_back_stay_whole(rest: str) -> None:
    assert Context({}, BASE + "/").reference(f"{BASE}/{rest}") == f"{BASE}/{rest}"


def test_a_context_that_fetches_is_refused() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        Context({"@context": "https://example.org/context.jsonld"})
