"""The report as linked data: SHACL's own terms, DQV as the W3C defines it, no blank nodes, the same bytes."""

from __future__ import annotations

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from budgetlod.core.resources import resource
from budgetlod.rdf.formats import ntriples
from budgetlod.validate.render import render, to_turtle
from budgetlod.validate.shapes import families
from budgetlod.validate.subject import Style, Subject
from budgetlod.validate.turtle_report import report_iri, to_triples
from budgetlod.validate.words import described_families
from tests.validate.samples import ABOUT, BLANK_ACCEPTED, CELL, EMPTY, FULL, PART

SH = Namespace("http://www.w3.org/ns/shacl#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
OA = Namespace("http://www.w3.org/ns/oa#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
QUALITY = Namespace("https://w3id.org/budgetlod/quality/")
REPORT = URIRef(f"{ABOUT}/report")
# Every term of the Data Quality Vocabulary (W3C Note of 2016-12-15).
DQV_TERMS = {
    "Category", "Dimension", "Metric", "QualityAnnotation", "QualityCertificate", "QualityMeasurement",
    "QualityMeasurementDataset", "QualityMetadata", "QualityPolicy", "UserQualityFeedback", "computedOn",
    "expectedDataType", "hasQualityAnnotation", "hasQualityMeasurement", "hasQualityMetadata", "inCategory",
    "inDimension", "isMeasurementOf", "precision", "qualityAssessment", "value",
}  # fmt: skip


def written() -> Graph:
    return Graph().parse(data=to_turtle(FULL), format="turtle")


def metrics() -> Graph:
    return Graph().parse(resource("ontology/quality.ttl"))


def test_turtle_is_the_triples_and_has_no_blank_node() -> None:
    assert isomorphic(written(), Graph().parse(data=ntriples(to_triples(FULL)), format="nt"))
    assert not any(isinstance(node, BNode) for triple in written() for node in triple)
    assert to_turtle(FULL) == to_turtle(FULL)


def test_it_is_a_validation_report() -> None:
    graph = written()
    assert graph.value(REPORT, SH.conforms) == Literal(False)
    results = set(graph.objects(REPORT, SH.result))
    assert len(results) == len(FULL.results)
    for name in ("focusNode", "resultSeverity", "sourceShape", "resultMessage"):
        assert all(graph.value(node, SH[name]) is not None for node in results)


def test_a_finding_annotates_its_places() -> None:
    graph, node = written(), URIRef(f"{REPORT}#finding-1")
    assert (node, RDF.type, DQV.QualityAnnotation) in graph
    assert (node, OA.motivatedBy, DQV.qualityAssessment) in graph
    assert set(graph.objects(node, OA.hasTarget)) == {URIRef(CELL.iri), URIRef(PART.iri)}
    assert graph.value(node, DCTERMS.source) == URIRef(CELL.iri)
    assert set(graph.objects(node, DCTERMS.hasPart)) == {URIRef(f"{REPORT}#result-{n}") for n in (1, 2)}
    assert graph.value(node, DCTERMS.type) == SH.Violation


def test_a_finding_without_a_place_annotates_the_disclosure() -> None:
    assert (URIRef(f"{REPORT}#finding-3"), OA.hasTarget, URIRef(ABOUT)) in written()


def test_an_acceptance_answers_its_finding() -> None:
    graph = written()
    (node,) = graph.subjects(RDF.type, DQV.UserQualityFeedback)
    assert graph.value(node, OA.hasTarget) == URIRef(f"{REPORT}#finding-2")
    assert graph.value(node, OA.bodyValue) == Literal(BLANK_ACCEPTED.reason)
    (stale,) = (s for s in graph.subjects(OA.hasTarget, REPORT))
    assert graph.value(stale, DCTERMS.type) == SH.Warning


def test_measurements_count_what_nobody_accepted() -> None:
    graph = written()
    found = {
        str(graph.value(node, DQV.isMeasurementOf)).removeprefix(QUALITY): int(str(graph.value(node, DQV.value)))
        for node in graph.objects(URIRef(ABOUT), DQV.hasQualityMeasurement)
    }
    assert found == {"violations": 1, "warnings": 0, "infos": 1, "accepted": 1, "rollup": 1}
    assert {str(o) for o in graph.objects(None, DQV.computedOn)} == {ABOUT}


def test_every_metric_and_family_is_described() -> None:
    used = {
        str(o).removeprefix(QUALITY) for p in (DQV.isMeasurementOf, DCTERMS.subject) for o in written().objects(None, p)
    }
    assert used <= set(described_families())
    assert set(families()) - {"prefixes"} <= set(described_families())
    for metric in metrics().subjects(RDF.type, DQV.Metric):
        assert (metrics().value(metric, DQV.inDimension), RDF.type, DQV.Dimension) in metrics()


def test_terms_of_the_quality_vocabulary_exist() -> None:
    nodes = {node for graph in (written(), metrics()) for triple in graph for node in triple}
    assert {str(node).removeprefix(DQV) for node in nodes if str(node).startswith(DQV)} <= DQV_TERMS


def test_a_report_on_nothing() -> None:
    assert report_iri(EMPTY) == "urn:budgetlod:report"
    graph = Graph().parse(data=to_turtle(EMPTY), format="turtle")
    assert graph.value(URIRef(report_iri(EMPTY)), SH.conforms) == Literal(True)


def test_several_reports_are_one_graph() -> None:
    graph = Graph().parse(data=render("turtle", [Subject(FULL), Subject(EMPTY)], Style()), format="turtle")
    assert set(graph.subjects(RDF.type, SH.ValidationReport)) == {REPORT, URIRef("urn:budgetlod:report")}
