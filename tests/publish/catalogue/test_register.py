"""Terms of other registers: each that a catalogue uses is described, in a scheme, and none other comes along."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from budgetlod.publish.catalogue import catalogue, register
from budgetlod.publish.entry import CataloguedFile
from budgetlod.publish.manifest import record
from budgetlod.publish.outputs import _SOURCE_TYPES, ALL_QUADS_KIND, OUTPUTS, FileKind, source_kind
from budgetlod.rdf.formats import ntriples
from tests.publish.entries import SETTINGS, WHOLE, entry

TERMS = Graph().parse(Path(register.__file__).with_name("terms.ttl"))
REGISTERS = "http://publications.europa.eu/|http://purl.org/adms/"
AREA = "https://w3id.org/budgetlod/code/area/"


@pytest.fixture(scope="module")
def found() -> Graph:
    return Graph().parse(data=ntriples(catalogue([entry(1, 2024)], WHOLE, SETTINGS)), format="nt")


def foreign(nodes: Iterable[Node]) -> set[URIRef]:
    """The terms of the registers among some nodes."""
    return {node for node in nodes if isinstance(node, URIRef) and re.match(REGISTERS, node)}


def test_every_term_in_use_is_described(found: Graph) -> None:
    used = foreign(found.objects())
    assert len(used) > 10
    for node in used:
        assert found.value(node, SKOS.prefLabel) or found.value(node, DCTERMS.title), node
        if (node, RDF.type, SKOS.Concept) in found:
            assert (found.value(node, SKOS.inScheme), RDF.type, SKOS.ConceptScheme) in found, node


def test_no_other_term_comes_along(found: Graph) -> None:
    described = foreign(found.subjects())
    assert described <= foreign(found.objects())
    assert described < foreign(TERMS.subjects())


@pytest.mark.parametrize(
    "kind",
    [ALL_QUADS_KIND, *(row.kind for row in OUTPUTS), *map(source_kind, [*_SOURCE_TYPES, "x/y"])],
    ids=lambda kind: kind.file_type,
)
def test_every_file_type_that_we_write_or_copy_is_in_the_register(kind: FileKind) -> None:
    assert (URIRef(register.file_type(kind.file_type)), RDF.type, SKOS.Concept) in TERMS


def test_another_file_type_has_the_least_that_is_asked() -> None:
    file = CataloguedFile(record("x/data.hdt", b""), FileKind("application/octet-stream", "RDF_HDT", "数据", "Data"))
    found = Graph().parse(data=ntriples(catalogue([entry(1, 2024, files=(file,))], (), SETTINGS)), format="nt")
    kind = URIRef(register.file_type("RDF_HDT"))
    assert set(found.objects(kind, RDF.type)) == {DCTERMS.MediaTypeOrExtent, SKOS.Concept}
    assert found.value(kind, SKOS.prefLabel) == Literal("RDF HDT", lang="en")


def test_a_media_type_bears_its_name(found: Graph) -> None:
    names = {str(found.value(kind, RDFS.label)) for kind in found.objects(None, DCAT.mediaType)}
    assert {"text/turtle", "application/pdf", "application/n-quads"} <= names


@pytest.mark.parametrize(
    ("area", "kind"),
    [
        ("100000", "National"),
        ("110000", "Regional"),
        ("130300", "Local"),
        ("130371", "Local"),
        ("130371001", "Local"),
        ("", ""),
    ],
)
def test_the_kind_of_a_publisher_follows_from_its_area(area: str, kind: str) -> None:
    expected = f"http://purl.org/adms/publishertype/{kind}Authority" if kind else ""
    assert register.publisher_type(AREA + area) == expected


def test_a_place_has_its_names(found: Graph) -> None:
    names = {
        (name.language, str(name))
        for name in found.objects(URIRef(AREA + "110000"), SKOS.prefLabel)
        if isinstance(name, Literal)
    }
    assert names == {("zh", "北京市"), ("en", "Beijing")}


def test_unknown_names_of_terms_are_errors() -> None:
    with pytest.raises(KeyError):
        register.term("colour")
