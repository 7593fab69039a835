"""What offers all disclosures at once: the dataset of the dumps, the SPARQL service."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Namespace, URIRef

from budgetlod.publish.catalogue import catalogue
from budgetlod.publish.item import Contact, Publisher
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.formats import ntriples
from tests.publish.entries import ENDPOINT, SETTINGS, WHOLE, department, entry

ENTRIES = (entry(1, 2023), entry(2, 2024))
CATALOGUE, ALL, SERVICE = (URIRef(SETTINGS.base + name) for name in ("#catalog", "#all", "#sparql"))
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")


def graph(settings: PublicationSettings) -> Graph:
    return Graph().parse(data=ntriples(catalogue(ENTRIES, WHOLE, settings)), format="nt")


@pytest.fixture(scope="module")
def found() -> Graph:
    return graph(SETTINGS)


def test_the_dumps_are_a_dataset_of_their_own(found: Graph) -> None:
    assert (CATALOGUE, DCAT.dataset, ALL) in found
    assert set(found.objects(ALL, DCAT.distribution)) == {
        URIRef(f"{ALL}-distribution-all.nq.gz"),
        URIRef(f"{ALL}-distribution-sparql"),
    }
    dump = URIRef(f"{ALL}-distribution-all.nq.gz")
    assert str(found.value(dump, DCTERMS.format)).endswith("file-type/RDF_N_QUADS")
    assert str(found.value(dump, DCAT.compressFormat)).endswith("application/gzip")
    period = found.value(ALL, DCTERMS.temporal)
    assert [str(found.value(period, p)) for p in (DCAT.startDate, DCAT.endDate)] == ["2023-01-01", "2024-12-31"]
    assert (str(found.value(ALL, DCTERMS.issued)), str(found.value(ALL, DCTERMS.modified))) == (
        "2023-02-07",
        "2024-02-07",
    )


def test_the_service_serves_every_dataset(found: Graph) -> None:
    assert found.value(CATALOGUE, DCAT.service) == SERVICE
    assert set(found.objects(SERVICE, DCAT.servesDataset)) == {ALL, *(URIRef(one.iri) for one in ENTRIES)}
    assert set(found.objects(SERVICE, DCAT.servesDataset)) == set(found.objects(CATALOGUE, DCAT.dataset))
    assert found.value(SERVICE, DCAT.endpointURL) == URIRef(ENDPOINT)
    assert found.value(SERVICE, DCAT.endpointDescription) == URIRef(SETTINGS.base + "void.ttl")
    assert found.value(SERVICE, DCTERMS.conformsTo) == URIRef("http://www.w3.org/TR/sparql11-protocol/")


def test_without_an_endpoint_there_is_no_service() -> None:
    found = graph(PublicationSettings())
    assert not list(found.subjects(RDF.type, DCAT.DataService))
    assert found.value(CATALOGUE, DCAT.service) is None
    assert set(found.objects(ALL, DCAT.distribution)) == {URIRef(f"{ALL}-distribution-all.nq.gz")}


def test_publisher_and_contact_are_those_of_the_settings_or_of_the_first_publisher(found: Graph) -> None:
    for one in (CATALOGUE, ALL, SERVICE):
        assert found.value(one, DCTERMS.publisher) == URIRef(department(1))
        assert found.value(one, DCAT.contactPoint) == URIRef(ENTRIES[0].iri + "#contact")
    body = Publisher("https://example.org/body", "财政局", "Finance bureau")
    stated = graph(replace(SETTINGS, publisher=body, contact=Contact("财政局", "mail@example.org")))
    for one in (CATALOGUE, ALL, SERVICE):
        assert stated.value(one, DCTERMS.publisher) == URIRef(body.iri)
        assert stated.value(one, DCAT.contactPoint) == URIRef(SETTINGS.base + "#contact")
    names = {str(name) for name in stated.objects(URIRef(SETTINGS.base + "#contact"), VCARD.fn)}
    assert names == {str(name) for name in stated.objects(URIRef(body.iri), FOAF.name)} == {"财政局", "Finance bureau"}


def test_licences_that_differ_give_the_whole_none() -> None:
    entries = (ENTRIES[0], replace(ENTRIES[1], licence="https://creativecommons.org/publicdomain/zero/1.0/"))
    differing = Graph().parse(data=ntriples(catalogue(entries, WHOLE, SETTINGS)), format="nt")
    dump = URIRef(f"{ALL}-distribution-all.nq.gz")
    assert [differing.value(one, DCTERMS.license) for one in (CATALOGUE, SERVICE, dump)] == [None] * 3
