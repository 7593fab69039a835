"""Single resources of the example, property by property."""

from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, QB, SKOS, XSD

from budgetlod.core.version import __version__
from budgetlod.model.cube import Point
from budgetlod.model.disclosure import Disclosure
from budgetlod.rdf.formats import ntriples
from budgetlod.rdf.iris import Iris
from budgetlod.rdf.names import BLOD, CODE, SPDX
from budgetlod.rdf.rdflib_graph import to_rdflib
from budgetlod.rdf.terms import Triple

DATA = "https://w3id.org/budgetlod/data/"
DISCLOSURE = URIRef(DATA + "dataset/130371-442/2024-budget")
ALL = "_T"


@pytest.fixture(scope="module")
def graph(example_triples: list[Triple]) -> Graph:
    return to_rdflib(example_triples)


def blod(name: str) -> URIRef:
    return URIRef(BLOD + name)


def code(scheme: str, notation: str) -> URIRef:
    return URIRef(f"{CODE}{scheme}/{notation}")


def part(path: str) -> URIRef:
    return URIRef(DISCLOSURE + path) if path.startswith("#") else URIRef(f"{DISCLOSURE}/{path}")


def test_a_figure_carries_every_dimension(graph: Graph) -> None:
    figure = part("figure/expenditure.source-general-public.function-2010350.nature-project")
    said = dict(graph.predicate_objects(figure))
    said.pop(blod("inBreakdown"))
    assert said == {
        RDF.type: QB.Observation,
        QB.dataSet: DISCLOSURE,
        blod("organization"): URIRef(DATA + "organization/130371-442"),
        blod("fiscalYear"): Literal("2024", datatype=XSD.gYear),
        blod("phase"): code("phase", "budget"),
        blod("flow"): code("flow", "expenditure"),
        blod("vintage"): code("vintage", ALL),
        blod("source"): code("source", "general-public"),
        blod("function"): code("function", "2010350"),
        blod("economic"): code("economic", ALL),
        blod("governmentEconomic"): code("government-economic", ALL),
        blod("nature"): code("nature", "project"),
        blod("item"): code("item", ALL),
        blod("project"): code("project", ALL),
        blod("amount"): Literal("2316200.00", datatype=XSD.decimal),
        blod("precision"): Literal("100", datatype=XSD.decimal),
        blod("partOfByFunction"): part("figure/expenditure.source-general-public.function-20103.nature-project"),
        blod("partOfByNature"): part("figure/expenditure.source-general-public.function-2010350"),
        blod("withinBySource"): part("figure/expenditure.function-2010350.nature-project"),
    }
    assert set(graph.objects(figure, blod("inBreakdown"))) == {
        part("#breakdown-expenditure.source-general-public.function-2010350.by-nature"),
        part("#breakdown-expenditure.source-general-public.function-20103.nature-project.by-function"),
    }


def test_a_cell_cut_in_two_names_both_lines(graph: Graph) -> None:
    cell = part("statement/income#r4c3")
    assert graph.value(cell, blod("printed")) == Literal("357.\n40")
    assert graph.value(cell, blod("statedAmount")) == Literal("3574000.00", datatype=XSD.decimal)
    assert set(graph.objects(cell, PROV.hadPrimarySource)) == {
        part("source.txt#line=130,131"),
        part("source.txt#line=142,143"),
    }
    assert graph.value(cell, blod("states")) == part("figure/revenue.function-2010301")
    row = graph.value(cell, blod("inRow"))
    assert graph.value(row, SKOS.notation) == Literal("2010301")
    assert graph.value(row, blod("label")) == Literal("行政运行", lang="zh")


def test_the_source_of_a_place_is_where_it_says(graph: Graph, example: Disclosure) -> None:
    from tests.conftest import EXAMPLE

    lines = (EXAMPLE / "source.txt").read_text(encoding="utf-8").split("\n")
    checked = 0
    for cell in graph.subjects(RDF.type, blod("Cell")):
        pieces = str(graph.value(cell, blod("printed"))).split("\n")
        places = sorted(int(str(p).rsplit(",", 1)[1]) for p in graph.objects(cell, PROV.hadPrimarySource))
        for piece in pieces:
            assert any(piece in lines[place - 1].split("\t") for place in places)
            checked += 1
    assert checked > 280


def test_the_run_names_tool_and_source(graph: Graph, example: Disclosure) -> None:
    run = graph.value(DISCLOSURE, PROV.wasGeneratedBy)
    assert run == part("#run")
    assert graph.value(run, PROV.used) == part("source.txt")
    assert graph.value(run, PROV.wasAssociatedWith) == URIRef(f"https://w3id.org/budgetlod/software/{__version__}")
    checksum = graph.value(part("source.txt"), URIRef(SPDX + "checksum"))
    assert str(graph.value(checksum, URIRef(SPDX + "checksumValue"))) == example.source.sha256
    assert graph.value(DISCLOSURE, DCTERMS.issued) == Literal("2024", datatype=XSD.gYear)
    assert list(graph.objects(run, PROV.startedAtTime)) == []


def test_a_change_is_no_observation(graph: Graph) -> None:
    change = part("#change-expenditure.nature-personnel.against-2023")
    assert set(graph.objects(change, RDF.type)) == {blod("Change")}
    assert graph.value(change, blod("amount")) == Literal("-955900.00", datatype=XSD.decimal)
    assert graph.value(change, blod("changeTo")) == part("figure/expenditure.nature-personnel")
    assert graph.value(change, blod("changeFrom")) == part("figure/2023.expenditure.nature-personnel")


def test_a_blank_with_something_at_stake(graph: Graph) -> None:
    row = part("statement/three-public#r6")
    assert set(graph.objects(row, blod("leavesBlankOver"))) == {
        part("figure/expenditure.source-fiscal.item-vehicle-operation"),
        part("figure/expenditure.source-general-public.item-vehicle-operation"),
    }
    assert set(graph.objects(row, blod("leavesBlank"))) == {part("figure/expenditure.source-fiscal.item-vehicles")}


def test_an_indicator_keeps_what_is_printed(graph: Graph) -> None:
    project = URIRef(DATA + "organization/130371-442/project/2024/13031124P004687123296")
    indicator = URIRef(f"{project}#indicator-4")
    assert graph.value(indicator, blod("indicatorOf")) == project
    assert graph.value(indicator, blod("targetText")) == Literal("≤233 元")
    assert graph.value(indicator, blod("comparator")) == code("comparator", "le")
    assert graph.value(indicator, blod("targetValue")) == Literal("233", datatype=XSD.decimal)
    assert graph.value(indicator, blod("unit")) == code("unit", "cny")
    assert graph.value(indicator, blod("category")) == code("indicator-category", "output-cost")


def test_figures_are_named_by_their_coordinates(example: Disclosure) -> None:
    iris = Iris(example.identity)
    names = {iris.figure(point) for point in example.figures}
    assert len(names) == len(example.figures)
    point = Point(fiscalYear=2024, flow="revenue", vintage="current", source="fiscal", function="210")
    assert iris.figure(point) == f"<{DISCLOSURE}/figure/revenue.vintage-current.source-fiscal.function-210>"


def test_graphs_are_the_same_however_they_are_made(example_triples: list[Triple], graph: Graph) -> None:
    parsed = Graph().parse(data=ntriples(example_triples), format="nt")
    assert set(parsed) == set(graph)
