"""A series for each department: its members in order, its name, dates and neighbours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef

from budgetlod.publish.catalogue import catalogue
from budgetlod.publish.entry import Entry
from budgetlod.publish.item import Publisher
from budgetlod.rdf.formats import ntriples
from tests.publish.entries import SETTINGS, department, entry

DCAT = Namespace("http://www.w3.org/ns/dcat#")  # rdflib knows DCAT 2 only
FIRST, FINAL, LAST = entry(1, 2023), entry(1, 2023, "final"), entry(1, 2024, modified="2024-03-01")
OTHER = entry(2, 2024, contact=None)
SERIES = URIRef(department(1) + "#series")


def graph(*entries: Entry) -> Graph:
    return Graph().parse(data=ntriples(catalogue(entries, (), SETTINGS)), format="nt")


@pytest.fixture(scope="module")
def found() -> Graph:
    return graph(LAST, OTHER, FINAL, FIRST)


def test_one_series_for_each_department(found: Graph) -> None:
    members = {
        str(s): {str(m) for m in found.subjects(DCAT.inSeries, s)} for s in found.subjects(RDF.type, DCAT.DatasetSeries)
    }
    assert members == {
        str(SERIES): {FIRST.iri, FINAL.iri, LAST.iri},
        department(2) + "#series": {OTHER.iri},
    }
    listed = set(found.objects(URIRef(SETTINGS.base + "#catalog"), DCAT.resource))
    assert listed == {URIRef(iri) for iri in members}


def test_members_follow_one_another_by_year_and_phase(found: Graph) -> None:
    order = [URIRef(one.iri) for one in (FIRST, FINAL, LAST)]
    assert set(found.subject_objects(DCAT.next)) == set(pairwise(order))
    assert set(found.subject_objects(DCAT.prev)) == {(later, earlier) for earlier, later in pairwise(order)}
    assert (found.value(SERIES, DCAT.first), found.value(SERIES, DCAT.last)) == (order[0], order[-1])


def test_a_phase_that_is_not_listed_and_a_version_come_after(found: Graph) -> None:
    versions = [entry(1, 2024, version=version, iri=f"{LAST.iri}/{version}") for version in (2, 1)]
    late = entry(1, 2024, "supplement")
    ordered = [LAST.iri, versions[1].iri, versions[0].iri, late.iri]
    pairs = {(str(a), str(b)) for a, b in graph(late, *versions, LAST).subject_objects(DCAT.next)}
    assert pairs == set(pairwise(ordered))
    assert str(graph(*versions).value(URIRef(versions[0].iri), DCAT.version)) == "2"


def test_what_a_series_says(found: Graph) -> None:
    titles = {(t.language, str(t)) for t in found.objects(SERIES, DCTERMS.title) if isinstance(t, Literal)}
    assert titles == {("zh", "某局历年部门预算、决算公开"), ("en", "Some bureau: budget disclosures, year by year")}
    assert str(found.value(SERIES, DCTERMS.accrualPeriodicity)).endswith("frequency/ANNUAL")
    assert str(found.value(SERIES, DCTERMS.issued)) == "2023-02-07"
    assert str(found.value(SERIES, DCTERMS.modified)) == "2024-03-01"
    period = found.value(SERIES, DCTERMS.temporal)
    assert [str(found.value(period, p)) for p in (DCAT.startDate, DCAT.endDate)] == ["2023-01-01", "2024-12-31"]
    assert found.value(SERIES, DCAT.contactPoint) == URIRef(LAST.iri + "#contact")
    assert found.value(URIRef(department(2) + "#series"), DCAT.contactPoint) is None


def test_a_renamed_department_has_its_latest_name() -> None:
    renamed = entry(1, 2025, publisher=Publisher(department(1), "新局", "New bureau"))
    titles = {str(title) for title in graph(FIRST, renamed).objects(SERIES, DCTERMS.title)}
    assert titles == {"新局历年部门预算、决算公开", "New bureau: budget disclosures, year by year"}
