"""IC-1 to IC-21 of the RDF Data Cube vocabulary: silent on a sound cube, each one loud on a cube made for it."""

from __future__ import annotations

import random
import re

import pyoxigraph
import pytest
from rdflib.plugins.sparql import prepareQuery

from benchmarks.synthetic import Generator
from budgetlod.core.resources import resource
from budgetlod.rdf.formats import ntriples
from budgetlod.rdf.integrity import constraints, normalise, violated
from budgetlod.rdf.terms import Triple

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# A cube with two dimensions (one coded), an attribute on the data set, a measure, a slice: as short as cubes may be.
SOUND = """
:structure a qb:DataStructureDefinition ; qb:component :c-year, :c-fund, :c-amount, :c-unit ; qb:sliceKey :by-year .
:c-year qb:dimension :year . :year rdfs:range xsd:gYear .
:c-fund qb:dimension :fund . :fund rdfs:range skos:Concept ; qb:codeList :funds .
:c-amount qb:measure :amount .
:c-unit qb:attribute :unit ; qb:componentRequired true ; qb:componentAttachment qb:DataSet .
:funds a skos:ConceptScheme . :general a skos:Concept ; skos:inScheme :funds .
:own a skos:Concept ; skos:inScheme :funds .
:by-year a qb:SliceKey ; qb:componentProperty :year .
:data a qb:DataSet ; qb:structure :structure ; :unit :yuan ; qb:slice :slice .
:slice qb:sliceStructure :by-year ; :year 2024 ; qb:observation :o1, :o2 .
:o1 qb:dataSet :data ; :fund :general ; :amount 1.50 .
:o2 qb:dataSet :data ; :fund :own ; :amount 2 .
"""
MEASURES = """
:structure a qb:DataStructureDefinition ; qb:component :c-year, :c-type, :c-amount, :c-count .
:c-year qb:dimension :year . :year rdfs:range xsd:gYear .
:c-type qb:dimension qb:measureType . qb:measureType rdfs:range rdfs:Resource .
:c-amount qb:measure :amount . :c-count qb:measure :count .
:data a qb:DataSet ; qb:structure :structure .
:o1 qb:dataSet :data ; :year 2024 ; qb:measureType :amount ; :amount 1 .
:o2 qb:dataSet :data ; :year 2024 ; qb:measureType :count ; :count 2 .
"""
TREE = SOUND.replace(
    ":funds a skos:ConceptScheme .",
    ":funds a qb:HierarchicalCodeList ; qb:hierarchyRoot :all ; qb:parentChildProperty :over . "
    ":all :over :fiscal . :fiscal :over :general . :all :over :own .",
)
UPWARDS = re.sub(r"(\S+) :over (\S+) \.", r"\2 :under \1 .", TREE).replace(
    "qb:parentChildProperty :over .", "qb:parentChildProperty [ owl:inverseOf :under ] ."
)
COLLECTION = SOUND.replace(
    ":funds a skos:ConceptScheme .",
    ":funds a skos:Collection ; skos:member :group . :group skos:member :general, :own .",
)


def cube(text: str) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load((PREFIXES + text).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    normalise(store)
    return store


def names(store: pyoxigraph.Store) -> set[str]:
    return {constraint.name for constraint in violated(store)}


def test_there_are_twenty_one() -> None:
    assert list(constraints()) == [f"ic-{number:02d}" for number in range(1, 22)]


def test_they_are_sparql_for_other_engines_too() -> None:
    for constraint in constraints().values():
        prepareQuery(constraint.text)


@pytest.mark.parametrize("text", [SOUND, MEASURES, TREE, UPWARDS, COLLECTION])
def test_a_sound_cube_violates_none(text: str) -> None:
    assert names(cube(text)) == set()


FAULTS = [
    ("ic-01", SOUND, "", ":o3 a qb:Observation ; :year 2023 ; :fund :own ; :amount 1 ."),
    ("ic-01", SOUND, "", ":o1 qb:dataSet :other . :other a qb:DataSet ; qb:structure :s . :s qb:component [] ."),
    ("ic-02", SOUND, "", ":other a qb:DataSet ."),
    ("ic-02", SOUND, "", ":data qb:structure :second ."),
    ("ic-03", SOUND, ":c-amount qb:measure :amount .", ":c-amount qb:attribute :amount ."),
    ("ic-04", SOUND, ":year rdfs:range xsd:gYear .", ""),
    ("ic-05", SOUND, "qb:codeList :funds .", "rdfs:label 'fund' ."),
    ("ic-06", SOUND, "", ":c-fund qb:componentRequired false ."),
    ("ic-07", SOUND, "", ":by-fund a qb:SliceKey ; qb:componentProperty :fund ."),
    ("ic-08", SOUND, "", ":by-year qb:componentProperty :place . :slice :place :here ."),
    ("ic-09", SOUND, "", ":data qb:slice [ :year 2023 ] ."),
    ("ic-09", SOUND, "", ":structure qb:sliceKey :second . :slice qb:sliceStructure :second ."),
    ("ic-10", SOUND, ":slice qb:sliceStructure :by-year ; :year 2024 ;", ":slice qb:sliceStructure :by-year ;"),
    ("ic-11", SOUND, ":o2 qb:dataSet :data ; :fund :own ;", ":o2 qb:dataSet :data ;"),
    ("ic-12", SOUND, ":fund :own ; :amount 2", ":fund :general ; :amount 2"),
    ("ic-13", SOUND, ":unit :yuan ;", ""),
    ("ic-14", SOUND, ":fund :own ; :amount 2", ":fund :own"),
    ("ic-15", MEASURES, ":count 2 .", "."),
    ("ic-16", MEASURES, ":count 2 .", ":count 2 ; :amount 2 ."),
    ("ic-17", MEASURES, "", ":o3 qb:dataSet :data ; :year 2023 ; qb:measureType :count ; :count 2 ."),
    ("ic-18", SOUND, "", ":other a qb:DataSet ; qb:structure :structure ; :unit :yuan ; qb:slice :slice ."),
    ("ic-19", SOUND, ":own a skos:Concept ; skos:inScheme :funds .", ":own a skos:Concept ; skos:inScheme :others ."),
    ("ic-19", COLLECTION, ":group skos:member :general, :own .", ":group skos:member :general ."),
    ("ic-20", TREE, ":all :over :own .", ""),
    ("ic-21", UPWARDS, ":own :under :all .", ""),
]


@pytest.mark.parametrize(("name", "sound", "part", "fault"), FAULTS)
def test_each_finds_its_fault(name: str, sound: str, part: str, fault: str) -> None:
    assert part in sound
    faulty = sound.replace(part, fault) if part else sound + fault
    assert name in names(cube(faulty))


def test_every_constraint_has_a_fault() -> None:
    assert {name for name, *_ in FAULTS} == set(constraints())


def test_duplicates_are_found_in_any_order_of_the_data() -> None:
    """The key of IC-12 is joined in the order of its parts, whatever the order in which they came."""
    lines = [
        f":o{number} qb:dataSet :data .\n:o{number} :fund {fund} .\n:o{number} :year {year} .\n:o{number} :amount 1 ."
        for number, (fund, year) in enumerate(
            [(":general", 2021), (":own", 2021), (":general", 2022), (":own", 2022)], 7
        )
    ]
    other = "\n".join(lines).split("\n")
    for seed in range(5):
        random.Random(seed).shuffle(other)
        text = SOUND + "\n".join(other)
        assert names(cube(text)) == set()
        assert names(cube(text + ":o9 :same true . :o20 qb:dataSet :data ; :year 2022 ; :fund :own ; :amount 3 .")) == {
            "ic-12"
        }


def test_the_example_and_synthetic_disclosures_violate_none(example_triples: list[Triple]) -> None:
    store = pyoxigraph.Store()
    for path in sorted(resource("ontology").rglob("*.ttl")):
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    generator = Generator.of_example()
    for triples in (example_triples, *(generator.disclosure(number, fault=False).triples for number in (1, 2))):
        store.load(ntriples(triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    normalise(store)
    assert names(store) == set()
