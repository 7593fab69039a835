"""The report: findings numbered by weight, keys that stay, and everything an engine found in one of them."""

from __future__ import annotations

from rdflib import Graph

from budgetlod import pipeline
from budgetlod.rdf.terms import Triple
from budgetlod.validate import validate
from budgetlod.validate.report import SEVERITIES, Report
from tests.validate.conftest import DATA, DISCLOSURE


def test_findings_are_numbered_by_severity_and_place(laws: Report) -> None:
    assert [finding.number for finding in laws.findings] == [1, 2, 3, 4]
    ranks = [SEVERITIES.index(finding.severity) for finding in laws.findings]
    assert ranks == sorted(ranks)


def test_keys_differ_between_findings(laws: Report) -> None:
    assert len({finding.key for finding in laws.findings}) == len(laws.findings)


def test_key_stays_when_amounts_change(laws: Report) -> None:
    other = DISCLOSURE.replace("60100.00", "60300.00").replace('"6.01"', '"6.03"')
    changed = validate(Graph().parse(data=other, format="turtle"), profile="laws")
    assert {f.key for f in changed.findings if f.family == "agreement"} <= {f.key for f in laws.findings}
    assert [f.key for f in changed.findings if f.family == "blanks"] == [
        f.key for f in laws.findings if f.family == "blanks"
    ]


def test_key_does_not_depend_on_the_address_of_the_disclosure() -> None:
    moved = DISCLOSURE.replace(DATA, DATA + "disclosure/").replace(":disclosure a", f"<{DATA}disclosure> a")
    elsewhere = moved.replace("https://example.org/data", "https://example.net/other")
    keys = [
        sorted(finding.key for finding in validate(Graph().parse(data=text, format="turtle"), profile="laws").findings)
        for text in (moved, elsewhere)
    ]
    assert keys[0] == keys[1]


def test_rules_of_findings_are_those_of_their_results(laws: Report) -> None:
    for finding in laws.findings:
        assert set(finding.identifiers) == {name for result in finding.results for name in result.identifiers}
        assert finding.family == finding.results[0].family


def test_blank_row_of_the_example_is_one_finding_with_the_sentence_and_the_row_below(
    example_triples: list[Triple],
) -> None:
    report = pipeline.check(example_triples, "blanks")
    (finding,) = report.findings
    assert finding.severity == "warning"
    assert (finding.places[0].kind, finding.places[0].row) == ("row", 6)
    assert {(place.kind, place.row) for place in finding.places} == {("row", 6), ("cell", 8), ("mention", None)}
    assert {place.printed for place in finding.places} == {"", "4.44", "4.44万元"}


def test_information_of_one_rule_is_one_finding() -> None:
    """Two indicators without a comparator: one finding with both places; a warning each would be two."""
    data = """
    @prefix : <https://example.org/data/> .
    @prefix blod: <https://w3id.org/budgetlod/ontology#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    :one a blod:PerformanceIndicator ; rdfs:label "甲"@zh ; blod:description "甲"@zh ; blod:targetText "5" ; blod:targetValue 5.0 ;
        blod:indicatorOf :project ; prov:hadPrimarySource <https://example.org/source.txt#line=4,5> .
    :two a blod:PerformanceIndicator ; rdfs:label "乙"@zh ; blod:description "乙"@zh ; blod:targetText "6" ; blod:targetValue 6.0 ;
        blod:indicatorOf :project ; prov:hadPrimarySource <https://example.org/source.txt#line=8,9> .
    """
    report = validate(Graph().parse(data=data, format="turtle"), profile="indicators")
    (finding,) = [f for f in report.findings if f.results[0].shape.endswith("/TargetComparator")]
    assert finding.severity == "info"
    assert [place.line for place in finding.places] == [5, 9]
    assert finding.messages.zh.endswith("（同类共2处，见所列位置）")
