"""The catalogue and VoID of a publication: complete, stable, small and without blank nodes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, RDF, VOID, BNode, Graph, Literal, Namespace, URIRef

from budgetlod.publish.catalogue import catalogue as build
from budgetlod.publish.outputs import OUTPUTS
from budgetlod.publish.publication import PublicationSettings, publish
from budgetlod.rdf.formats import turtle
from tests.publish.entries import SETTINGS, WHOLE, entry
from tests.publish.small import FOLDER, IRI, small_item, small_triples

SPDX = Namespace("http://spdx.org/rdf/terms#")
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
        names.add(address.partition(f"{FOLDER}/")[2])
    assert names == {output.name for output in OUTPUTS if output.kind.offered} | {"source.txt"}
    assert {"data.ttl", "observations.parquet", "datapackage.json", "cube/cube.ttl"} <= names


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
    assert (URIRef(BASE + "#catalog"), DCAT.dataset, dataset) in catalogue


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
    for dataset in (URIRef(IRI), URIRef(BASE + "#void")):
        assert void.value(dataset, VOID.triples) == Literal(len(small_triples()))
        assert void.value(dataset, VOID.entities) == Literal(len({subject for subject, _, _ in small_triples()}))
    cells = void.value(predicate=VOID["class"], object=URIRef("https://w3id.org/budgetlod/ontology#Cell"), any=True)
    assert void.value(cells, VOID.entities) == Literal(3)
    assert (URIRef(BASE + "#void"), VOID.dataDump, URIRef(BASE + "all.nq.gz")) in void


def test_the_order_of_the_disclosures_does_not_matter() -> None:
    entries = [entry(2, 2024), entry(1, 2024), entry(1, 2023)]
    assert build(entries, WHOLE, SETTINGS) == build(entries[::-1], WHOLE, SETTINGS)


def test_iris_stay_what_they_are(catalogue: Graph) -> None:
    ours = {str(node).removeprefix(BASE) for node in catalogue.subjects() if str(node).startswith(BASE)}
    resources = {name for name in ours if "distribution-" not in name and "#measurement-" not in name}
    dataset = "dataset/110000-001/2024-budget"
    assert resources == {
        "#all",
        "#all-period",
        "#catalog",
        "index.html",
        "organization/110000-001",
        "organization/110000-001#series",
        "organization/110000-001#series-period",
        dataset,
        f"{dataset}/index.html",
        *(f"{dataset}#{name}" for name in ("contact", "period", "rights")),
    }
    assert f"{dataset}#distribution-data.ttl" in ours
    assert f"{dataset}#distribution-data.ttl-checksum" in ours
    assert f"{dataset}#distribution-cube-cube.ttl" in ours
    assert "#all-distribution-all.nq.gz" in ours


def test_of_texts_the_chinese_one_comes_first(published: Path) -> None:
    titles = [str(title) for title in Graph().parse(published / "catalog.ttl").objects(URIRef(IRI), DCTERMS.title)]
    assert titles == ["某局2024年部门预算", "Some bureau: department budget 2024"]


def test_dates_of_change_are_those_of_the_source(tmp_path: Path) -> None:
    publish([small_item(modified="2024-03")], tmp_path / "p", PublicationSettings())
    found = Graph().parse(tmp_path / "p/catalog.ttl")
    distributions = found.objects(URIRef(IRI), DCAT.distribution)
    for node in (URIRef(IRI), URIRef(BASE + "#catalog"), URIRef(BASE + "#all"), *distributions):
        assert str(found.value(node, DCTERMS.modified)) == "2024-03"


def test_a_catalogue_of_many_stays_small() -> None:
    few, many = ([entry(number, 2024) for number in range(1, count + 1)] for count in (10, 110))
    sizes = [len(turtle(build(entries, WHOLE, SETTINGS))) for entries in (few, many)]
    assert (sizes[1] - sizes[0]) / 100 < 22_000  # bytes of Turtle for each disclosure
