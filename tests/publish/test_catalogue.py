"""The catalogue and VoID: complete, without blank nodes, and accepted by the shapes of DCAT-AP."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SH, VOID, BNode, Graph, Literal, Namespace, URIRef

from budgetlod.publish.publication import PublicationSettings, publish
from tests.publish.small import FOLDER, IRI, small_item, small_triples

SPDX = Namespace("http://spdx.org/rdf/terms#")
VOCABULARIES = Path(os.environ.get("BUDGETLOD_SHARED", Path(__file__).parents[3] / "shared")) / "vocab"
BASE = "https://w3id.org/budgetlod/data/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publication") / "public"
    publish([small_item()], folder, PublicationSettings())
    return folder


@pytest.fixture(scope="module")
def catalogue(published: Path) -> Graph:
    return Graph().parse(published / "catalog.ttl")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_three_syntaxes_one_catalogue(published: Path, catalogue: Graph) -> None:
    assert set(Graph().parse(published / "catalog.jsonld", format="json-ld")) == set(catalogue)
    assert set(Graph().parse(published / "catalog.rdf", format="xml")) == set(catalogue)


def test_no_blank_nodes(published: Path, catalogue: Graph) -> None:
    void = Graph().parse(published / "void.ttl")
    assert not [node for graph in (catalogue, void) for triple in graph for node in triple if isinstance(node, BNode)]


def test_every_distribution_describes_its_file(published: Path, catalogue: Graph) -> None:
    distributions = list(catalogue.objects(URIRef(IRI), DCAT.distribution))
    names = set()
    for distribution in distributions:
        address = str(catalogue.value(distribution, DCAT.downloadURL))
        content = (published / address.removeprefix(BASE)).read_bytes()
        checksum = catalogue.value(distribution, SPDX.checksum)
        assert catalogue.value(distribution, DCAT.byteSize).toPython() == len(content)  # type: ignore[union-attr]
        assert str(catalogue.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
        assert str(catalogue.value(distribution, DCAT.mediaType)).startswith(
            "https://www.iana.org/assignments/media-types/"
        )
        names.add(address.rpartition("/")[2])
    assert names == {"data.ttl", "data.jsonld", "data.nt.gz", "observations.csv", "cells.csv", "source.txt"}


def test_the_dataset_says_who_when_where_what(catalogue: Graph) -> None:
    dataset = URIRef(IRI)
    titles = {
        (title.language, str(title))
        for title in catalogue.objects(dataset, DCTERMS.title)
        if isinstance(title, Literal)
    }
    assert titles == {("zh", "某局2024年部门预算"), ("en", "Some bureau: department budget 2024")}
    assert str(catalogue.value(dataset, DCTERMS.conformsTo)) == "https://w3id.org/budgetlod/ontology#budgetStructure"
    assert str(catalogue.value(dataset, DCAT.theme)).endswith("data-theme/GOVE")
    period = catalogue.value(dataset, DCTERMS.temporal)
    assert str(catalogue.value(period, DCAT.startDate)) == "2024-01-01"
    assert catalogue.value(dataset, DCTERMS.spatial) == URIRef("https://w3id.org/budgetlod/code/area/110000")
    assert (URIRef(BASE + "catalog"), DCAT.dataset, dataset) in catalogue


@pytest.mark.parametrize(("issued", "datatype"), [("2024", "gYear"), ("2024-02", "gYearMonth"), ("2024-02-07", "date")])
def test_a_date_is_as_exact_as_it_is_known(tmp_path: Path, issued: str, datatype: str) -> None:
    publish([small_item(issued=issued)], tmp_path / "public", PublicationSettings())
    value = Graph().parse(tmp_path / "public/catalog.ttl").value(URIRef(IRI), DCTERMS.issued)
    assert isinstance(value, Literal)
    assert str(value.datatype).endswith("#" + datatype)


def test_what_is_unknown_is_left_out(tmp_path: Path) -> None:
    publish(
        [small_item(issued="", area="", contact=None, licence="", rights="", title_en="")],
        tmp_path / "p",
        PublicationSettings(),
    )
    found = Graph().parse(tmp_path / "p/catalog.ttl")
    for predicate in (DCTERMS.issued, DCTERMS.spatial, DCTERMS.license, DCTERMS.rights, DCAT.contactPoint):
        assert not list(found.subject_objects(predicate))


def test_files_may_live_at_another_address(tmp_path: Path) -> None:
    publish([small_item()], tmp_path / "p", PublicationSettings(site="https://open.example.org/budget/"))
    found = Graph().parse(tmp_path / "p/catalog.ttl")
    addresses = {str(address) for address in found.objects(None, DCAT.downloadURL)}
    assert f"https://open.example.org/budget/{FOLDER}/data.ttl" in addresses
    assert URIRef(IRI) in set(found.subjects(RDF.type, DCAT.Dataset))


def test_an_address_without_a_slash_is_refused() -> None:
    with pytest.raises(ValueError, match="must end in '/'"):
        PublicationSettings(site="https://example.org")


def test_void_counts_the_graph(published: Path) -> None:
    void = Graph().parse(published / "void.ttl")
    for dataset in (URIRef(IRI), URIRef(BASE + "void")):
        assert void.value(dataset, VOID.triples) == Literal(len(small_triples()))
        assert void.value(dataset, VOID.entities) == Literal(len({subject for subject, _, _ in small_triples()}))
    cells = void.value(predicate=VOID["class"], object=URIRef("https://w3id.org/budgetlod/ontology#Cell"), any=True)
    assert void.value(cells, VOID.entities) == Literal(3)
    assert (URIRef(BASE + "void"), VOID.dataDump, URIRef(BASE + "all.nq.gz")) in void


@pytest.mark.skipif(not VOCABULARIES.is_dir(), reason="the DCAT-AP shapes of others are not on this machine")
@pytest.mark.parametrize("shapes", ["html_shacl_shapes.ttl", "html_shacl_range.ttl"])
def test_dcat_ap_accepts_it(catalogue: Graph, shapes: str) -> None:
    conforms, _, text = validate(catalogue, shacl_graph=Graph().parse(VOCABULARIES / "dcat-ap-3.0.1" / shapes))
    assert conforms, text


@pytest.mark.skipif(not VOCABULARIES.is_dir(), reason="the DCAT-AP shapes of others are not on this machine")
def test_nothing_recommended_is_missing_but_what_the_source_does_not_say(catalogue: Graph) -> None:
    shapes = Graph().parse(VOCABULARIES / "dcat-ap-3.0.1/html_shacl_shapes_recommended.ttl")
    _, report, _ = validate(catalogue, shacl_graph=shapes)
    assert isinstance(report, Graph)
    missing = set(report.objects(None, SH.resultPath))
    assert missing <= {DCTERMS.type, DCAT.bbox, DCAT.centroid}  # kinds of agent and licence, geometry of the area
