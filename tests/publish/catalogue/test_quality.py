"""Quality of a dataset: measurements of described metrics, the same that the report of the checks gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCAT, RDF, XSD, Graph, Literal, Namespace, URIRef

from budgetlod.core.resources import resource
from budgetlod.publish.catalogue import catalogue
from budgetlod.publish.quality import Quality
from budgetlod.rdf.formats import ntriples
from tests.publish.entries import SETTINGS, entry

DQV = Namespace("http://www.w3.org/ns/dqv#")
METRICS = "https://w3id.org/budgetlod/quality/"
COUNTED = Quality(violations=0, warnings=6, infos=30, accepted=1, rules=217, mapped=398, unmapped=2)


def measured(graph: Graph) -> dict[str, int]:
    return {
        str(graph.value(node, DQV.isMeasurementOf)).removeprefix(METRICS): int(str(graph.value(node, DQV.value)))
        for dataset in graph.subjects(RDF.type, DCAT.Dataset)
        for node in graph.objects(dataset, DQV.hasQualityMeasurement)
        if (node, DQV.computedOn, dataset) in graph
    }


def of(quality: Quality | None) -> Graph:
    made = catalogue([entry(1, 2024, quality=quality)], (), SETTINGS)
    return Graph().parse(data=ntriples(made), format="nt")


def test_every_count_is_a_measurement() -> None:
    assert measured(of(COUNTED)) == COUNTED.to_json()


def test_what_was_not_measured_is_not_zero() -> None:
    assert measured(of(Quality(mapped=5, unmapped=0))) == {"mapped": 5, "unmapped": 0}
    assert measured(of(None)) == {}


def test_counts_are_kept_as_json() -> None:
    for quality in (COUNTED, Quality(rules=1), Quality()):
        assert Quality.from_json(quality.to_json()) == quality
    with pytest.raises(TypeError):
        Quality.from_json({"beauty": 1})


def test_every_metric_is_described_in_both_languages() -> None:
    described = Graph().parse(resource("ontology/quality.ttl"))
    for name in COUNTED.to_json():
        metric = URIRef(METRICS + name)
        assert (metric, RDF.type, DQV.Metric) in described
        assert described.value(metric, DQV.expectedDataType) == XSD.integer
        labels = described.objects(metric, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))
        assert {label.language for label in labels if isinstance(label, Literal)} == {"zh", "en"}


def test_catalogue_and_report_measure_the_same(published: Path) -> None:
    (path,) = published.glob("dataset/*/*/report.ttl")
    report, found = Graph().parse(path), Graph().parse(published / "catalog.ttl")
    shared = set(report.subjects(RDF.type, DQV.QualityMeasurement)) & set(
        found.subjects(RDF.type, DQV.QualityMeasurement)
    )
    assert {str(node).rpartition("#measurement-")[2] for node in shared} == {
        "violations",
        "warnings",
        "infos",
        "accepted",
    }
    for node in shared:
        assert set(found.triples((node, None, None))) == set(report.triples((node, None, None)))
    assert measured(found)["rules"] > 200
