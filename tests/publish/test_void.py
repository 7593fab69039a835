"""VoID: sizes, classes, dumps and the endpoint, of the publication and of each disclosure."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, RDF, VOID, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.void import void
from budgetlod.rdf.formats import ntriples
from tests.publish.entries import ENDPOINT, ONTOLOGY, SETTINGS, WHOLE, entry

ENTRIES = (entry(2, 2024), entry(1, 2023))
THIS = URIRef(SETTINGS.base + "#void")


def graph(settings: PublicationSettings = SETTINGS) -> Graph:
    return Graph().parse(data=ntriples(void(ENTRIES, WHOLE, settings)), format="nt")


@pytest.fixture(scope="module")
def found() -> Graph:
    return graph()


def number(found: Graph, node: Node, predicate: URIRef) -> int:
    return int(str(found.value(node, predicate)))


def test_sizes_of_the_whole_and_of_each(found: Graph) -> None:
    assert number(found, THIS, VOID.triples) == 20
    assert number(found, THIS, VOID.entities) == number(found, THIS, VOID.distinctSubjects) == 5  # one is shared
    assert set(found.objects(THIS, VOID.subset)) == {URIRef(one.iri) for one in ENTRIES}
    for one in ENTRIES:
        assert number(found, URIRef(one.iri), VOID.triples) == 10
        assert number(found, URIRef(one.iri), VOID.entities) == 3
        assert number(found, URIRef(one.iri), VOID.properties) == 1


def test_classes_are_partitions(found: Graph) -> None:
    partitions = {
        found.value(part, VOID["class"]): number(found, part, VOID.entities)
        for part in found.objects(THIS, VOID.classPartition)
    }
    assert partitions == {URIRef(ONTOLOGY + "Cell"): 4}


def test_dumps_are_the_files_in_rdf(found: Graph) -> None:
    assert set(found.objects(THIS, VOID.dataDump)) == {URIRef(SETTINGS.base + "all.nq.gz")}
    one = ENTRIES[0]
    dumps = {
        str(dump).removeprefix(f"{SETTINGS.base}{one.folder}/")
        for dump in found.objects(URIRef(one.iri), VOID.dataDump)
    }
    assert {"data.ttl", "data.jsonld", "data.nt.gz"} <= dumps
    assert not [name for name in dumps if name.endswith((".csv", ".pdf"))]
    features = {str(feature).rpartition("/")[2] for feature in found.objects(THIS, VOID.feature)}
    assert {"Turtle", "N-Triples", "N-Quads", "JSON-LD"} <= features


def test_the_endpoint_is_named_if_there_is_one(found: Graph) -> None:
    assert set(found.objects(THIS, VOID.sparqlEndpoint)) == {URIRef(ENDPOINT)}
    assert not list(graph(PublicationSettings()).objects(None, VOID.sparqlEndpoint))


def test_titles_home_and_no_blank_nodes(found: Graph) -> None:
    assert {title.language for title in found.objects(THIS, DCTERMS.title) if isinstance(title, Literal)} == {
        "zh",
        "en",
    }
    assert found.value(THIS, FOAF.homepage) == URIRef(SETTINGS.base + "index.html")
    assert not [node for node in found.all_nodes() if isinstance(node, BNode)]
    assert set(found.subjects(RDF.type, VOID.Dataset)) >= {THIS}


def test_the_order_of_the_entries_does_not_matter() -> None:
    assert void(ENTRIES, WHOLE, SETTINGS) == void(ENTRIES[::-1], WHOLE, SETTINGS)


def test_it_is_also_where_agents_look_for_it(published: Path) -> None:
    assert (published / ".well-known/void").read_bytes() == (published / "void.ttl").read_bytes()
