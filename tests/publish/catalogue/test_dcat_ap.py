"""The shapes of DCAT-AP 3.0.1, all of them, over a catalogue with everything in it.

``shacl_*`` are the shapes of the specification, ``html_shacl_*`` those of its validator; the two files of ``shacl_*`` make
one set.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, SH, Graph, URIRef

from budgetlod.publish.catalogue import catalogue
from budgetlod.publish.publication import publish
from budgetlod.publish.settings import BASE
from budgetlod.rdf.formats import ntriples
from tests.publish.entries import SETTINGS, WHOLE, entry
from tests.publish.small import IRI, small_item, small_triples

SHARED = Path(os.environ.get("BUDGETLOD_SHARED", Path(__file__).parents[4] / "shared"))
HOME = SHARED / "vocab/dcat-ap-3.0.1"
pytestmark = pytest.mark.skipif(not HOME.is_dir(), reason="the DCAT-AP shapes of others are not on this machine")

SHAPES = {
    "specification": ("shacl_dcat-ap-SHACL.ttl", "shacl_ranges.ttl"),
    "shapes": ("html_shacl_shapes.ttl",),
    "ranges": ("html_shacl_range.ttl",),
    "vocabularies": ("html_shacl_mdr-vocabularies.shape.ttl",),
    "deprecated": ("html_shacl_deprecateduris.ttl",),
    "recommended": ("html_shacl_shapes_recommended.ttl",),
}
# What the shapes recommend and the catalogue has not, each with the reason.
MISSING = {
    # The list of areas has codes and names, no geometry.
    ("recommended", DCAT.bbox),
    ("recommended", DCAT.centroid),
    # Chinese departments are in no EU table of corporate bodies.
    ("vocabularies", DCTERMS.publisher),
    # Chinese districts are in no EU table of places; their codes (GB/T 2260) say more than the country would.
    ("vocabularies", DCTERMS.spatial),
}


@pytest.fixture(scope="module")
def full() -> Graph:
    entries = [entry(1, 2023, modified="2023-03"), entry(1, 2024, "final", version=2), entry(2, 2024)]
    return Graph().parse(data=ntriples(catalogue(entries, WHOLE, SETTINGS)), format="nt")


def shapes(name: str) -> Graph:
    """A set of shapes. The specification's names five property shapes that it does not define: these are passed over."""
    found = Graph()
    for file in SHAPES[name]:
        found.parse(HOME / file)
    undefined = {shape for shape in found.objects(None, SH.property) if (shape, SH.path, None) not in found}
    assert len(undefined) == (5 if name == "specification" else 0)
    for shape in undefined:
        found.remove((None, SH.property, shape))
    return found


def results(data: Graph, name: str) -> list[tuple[str, URIRef]]:
    """Severity and path of every result, nested ones left out."""
    _, report, _ = validate(data, shacl_graph=shapes(name))
    assert isinstance(report, Graph)
    found = []
    for result in report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        assert isinstance(path, URIRef)
        found.append((str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)), path))
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_no_violation_and_nothing_recommended_is_missing_without_a_reason(full: Graph, name: str) -> None:
    found = results(full, name)
    assert [path for severity, path in found if severity == "Violation"] == []
    assert {(name, path) for _, path in found} == {(name, path) for set_, path in MISSING if set_ == name}


def test_the_shapes_find_what_is_wrong(full: Graph) -> None:
    broken = Graph() + full
    broken.remove((URIRef(BASE + "#catalog"), DCTERMS.title, None))
    broken.remove((None, DCAT.contactPoint, None))
    assert ("Violation", DCTERMS.title) in results(broken, "shapes")
    assert ("Warning", DCAT.contactPoint) in results(broken, "recommended")


def test_without_contact_licence_and_endpoint_nothing_is_wrong_either() -> None:
    bare = entry(1, 2024, contact=None, licence="", rights="", issued="", area="", quality=None)
    made = Graph().parse(data=ntriples(catalogue([bare], (), type(SETTINGS)())), format="nt")
    for name in ("specification", "shapes", "ranges"):
        assert [path for severity, path in results(made, name) if severity == "Violation"] == []


def test_it_accepts_earlier_versions(tmp_path: Path) -> None:
    fact = (f"<{IRI}>", "<http://www.w3.org/2000/01/rdf-schema#comment>", '"revised"')
    publish([small_item()], tmp_path / "public", SETTINGS)
    publish([small_item(triples=[*small_triples(), fact])], tmp_path / "public", SETTINGS)
    found = Graph().parse(tmp_path / "public/catalog.ttl")
    assert (URIRef(IRI), URIRef(str(DCAT) + "previousVersion"), URIRef(IRI + "/version/1")) in found
    conforms, _, text = validate(found, shacl_graph=shapes("shapes"))
    assert conforms, text
