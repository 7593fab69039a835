"""The cube.link cube: sound by the profiles of cube.link and by its own shape, with the figures of the graph."""

from __future__ import annotations

from decimal import Decimal

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from budgetlod.publish.cube_link import cube_turtle
from budgetlod.publish.figures import CODED, DIMENSIONS, codes, figures
from budgetlod.publish.lookup import Lookup
from budgetlod.rdf import terms
from budgetlod.rdf.names import BLOD, QB
from budgetlod.rdf.terms import Triple, decimal, iri
from tests.conftest import ROOT
from tests.publish.small import IRI, small_item, small_triples

CUBE = Namespace("https://cube.link/")
SCHEMA = Namespace("http://schema.org/")
PROFILES = ROOT.parent / "shared" / "vocab" / "cube-link"
STANDALONE = ("standalone-constraint-constraint", "standalone-cube-constraint")
VISUALIZE = (*STANDALONE, "profile-visualize", "shared_data-kind")


def cube_of(triples: list[Triple], **changes: object) -> Graph:
    graph = Lookup(triples)
    found = figures(graph)
    return Graph().parse(data=cube_turtle(small_item(**changes), found, codes(graph, found)), format="turtle")


@pytest.fixture(scope="module")
def small() -> Graph:
    """The cube of the small disclosure, whose figures here have the precision that the structure asks for."""
    triples = small_triples()
    observations = {subject for subject, _, value in triples if value == iri(QB + "Observation")}
    precise = [(observation, iri(BLOD + "precision"), decimal(Decimal(100))) for observation in observations]
    return cube_of(terms.graph([*triples, *precise]))


@pytest.mark.skipif(not PROFILES.is_dir(), reason="the profiles of cube.link are not here")
@pytest.mark.parametrize("names", [("basic-cube-constraint",), STANDALONE, VISUALIZE])
def test_conforms_to_the_profiles(small: Graph, names: tuple[str, ...]) -> None:
    shapes = Graph()
    for name in names:
        shapes.parse(PROFILES / f"validation_{name}.ttl")
    # A warning of the profile for Visualize asks for the sentence that Visualize shows the cube, which is not for us.
    conforms, _, text = pyshacl.validate(small, shacl_graph=shapes, allow_warnings=True)
    assert conforms, text
    broken = Graph() + small
    broken.remove((None, CUBE.observation if names[0].startswith("basic") else SCHEMA.dateCreated, None))
    assert not pyshacl.validate(broken, shacl_graph=shapes, allow_warnings=True)[0]


def test_observations_conform_to_the_shape_of_the_cube(small: Graph) -> None:
    shapes = Graph() + small
    shapes.add((URIRef(IRI + "/cube/cube.ttl#constraint"), SH.targetClass, CUBE.Observation))
    conforms, _, text = pyshacl.validate(small, shacl_graph=shapes)
    assert conforms, text
    broken = Graph() + small
    broken.add((next(small.subjects(RDF.type, CUBE.Observation)), URIRef(BLOD + "other"), Literal(1)))
    assert not pyshacl.validate(broken, shacl_graph=shapes)[0]


def test_holds_the_figures_of_the_graph(example_triples: list[Triple]) -> None:
    home = "https://w3id.org/budgetlod/data/dataset/130371-442/2024-budget"
    cube = cube_of(example_triples, iri=home)
    wanted = figures(Lookup(example_triples))
    assert len(set(cube.objects(URIRef(home + "/cube/cube.ttl#observations"), CUBE.observation))) == len(wanted)
    for figure in wanted:
        observation = URIRef(figure.iri.replace("/figure/", "/cube/cube.ttl#"))
        for name, value in zip(DIMENSIONS, figure.values, strict=True):
            (found,) = cube.objects(observation, URIRef(BLOD + name))
            assert str(found) == value
        for name, text in (("amount", figure.amount), ("precision", figure.precision)):
            (found,) = cube.objects(observation, URIRef(BLOD + name))
            assert isinstance(found, Literal)
            assert found.toPython() == Decimal(text)


def test_each_dimension_lists_the_values_in_use(small: Graph) -> None:
    for name in CODED:
        (shape,) = small.subjects(SH.path, URIRef(BLOD + name))
        (start,) = small.objects(shape, SH["in"])
        listed = set(Collection(small, start))
        used = {
            value
            for observation in small.subjects(RDF.type, CUBE.Observation)
            for value in small.objects(observation, URIRef(BLOD + name))
        }
        assert listed == used


@pytest.mark.parametrize(
    ("issued", "day", "known"), [("2024", "2024-01-01", "gYear"), ("2024-02", "2024-02-01", "gYearMonth")]
)
def test_a_date_is_a_day_for_the_profile_and_as_known_beside_it(issued: str, day: str, known: str) -> None:
    cube = cube_of(small_triples(), issued=issued)
    (created,) = cube.objects(URIRef(IRI + "/cube/cube.ttl#cube"), SCHEMA.dateCreated)
    assert str(created) == day
    (precise,) = cube.objects(URIRef(IRI + "/cube/cube.ttl#cube"), URIRef("http://purl.org/dc/terms/issued"))
    assert isinstance(precise, Literal)
    assert (str(precise), str(precise.datatype).rpartition("#")[2]) == (issued, known)


def test_an_unknown_date_is_not_made_up() -> None:
    cube = cube_of(small_triples(), issued="")
    assert not list(cube.objects(None, SCHEMA.dateCreated))
