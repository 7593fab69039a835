"""The report in its three forms: the same bytes each time, and RDF that other tools read."""

from __future__ import annotations

import json

import pytest
from rdflib import BNode, Graph, URIRef
from rdflib.compare import isomorphic

from budgetlod.rdf.formats import ntriples
from budgetlod.rdf.names import SH
from budgetlod.validate import validate
from budgetlod.validate.render import report_iri, to_json, to_text, to_triples, to_turtle
from budgetlod.validate.report import Report


@pytest.mark.parametrize("render", [to_text, to_json, to_turtle])
def test_same_report_same_bytes(disclosure: Graph, laws: Report, render: object) -> None:
    assert callable(render)
    shuffled = Graph()
    for triple in sorted(disclosure, reverse=True):
        shuffled.add(triple)
    assert render(validate(shuffled, profile="laws")) == render(laws)


def test_text_leads_with_the_verdict_and_shows_places(laws: Report) -> None:
    lines = to_text(laws).splitlines()
    assert lines[0] == "does not conform: 2 violation, 2 warning, 0 info"
    assert '  - table "收入总表", row 1 "合计", column "合计", printed "6.01", source line 52' in lines


def test_text_in_chinese(laws: Report) -> None:
    assert to_text(laws, "zh").startswith("不符合: 2 错误, 2 警告, 0 提示\n\n错误 B01 ")


def test_json_has_the_documented_members(laws: Report) -> None:
    body = json.loads(to_json(laws))
    assert list(body) == ["schema", "conforms", "about", "profile", "engine", "counts", "results"]
    assert body["counts"] == {"violation": 2, "warning": 2, "info": 0}
    first = body["results"][0]
    assert list(first) == ["shape", "severity", "identifiers", "focus", "path", "value", "messages", "evidence"]
    assert first["messages"].keys() == {"zh", "en"}
    assert first["evidence"][0].keys() == {"iri", "zh", "en"}


def test_turtle_is_the_triples_and_has_no_blank_node(laws: Report) -> None:
    written = Graph().parse(data=to_turtle(laws), format="turtle")
    assert isomorphic(written, Graph().parse(data=ntriples(to_triples(laws)), format="nt"))
    assert not any(isinstance(node, BNode) for triple in written for node in triple)


def test_turtle_is_a_validation_report(laws: Report) -> None:
    written = Graph().parse(data=to_turtle(laws), format="turtle")
    node = URIRef(report_iri(laws))
    assert str(node) == "https://example.org/data/disclosure/report"
    assert str(written.value(node, URIRef(SH + "conforms"))) == "false"
    results = list(written.objects(node, URIRef(SH + "result")))
    assert len(results) == len(laws.results)
    for name in ("focusNode", "resultSeverity", "sourceShape"):
        assert all(written.value(result, URIRef(SH + name)) is not None for result in results)


def test_report_on_nothing_conforms() -> None:
    report = validate(Graph(), profile="laws")
    assert to_text(report) == "conforms: 0 violation, 0 warning, 0 info\n"
    assert report_iri(report) == "urn:budgetlod:report"


def test_path_that_is_no_predicate_is_shown_as_sparql() -> None:
    data = "<urn:a> a <https://w3id.org/budgetlod/ontology#Breakdown> ."
    report = validate(Graph().parse(data=data, format="turtle"), profile="structure")
    assert "^<https://w3id.org/budgetlod/ontology#inBreakdown>" in [result.path for result in report.results]
    assert to_turtle(report)
