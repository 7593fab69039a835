"""The reference engine gives what pySHACL gives by itself, and parses each query once."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from budgetlod.core.resources import resource
from budgetlod.rdf.names import OWL, SH
from budgetlod.validate import reference
from budgetlod.validate.data import Data
from budgetlod.validate.engines import EngineFailure
from budgetlod.validate.shapes import HOME, Shapes, load_shapes
from budgetlod.validate.writing import binding_text

# A few families of each kind: plain pySHACL parses each query for each node and takes minutes for all of them.
FAMILIES = [
    Path(__file__).parents[1] / "shapes" / name
    for name in ("agreement", "balance", "blanks", "rollup", "structure", "provenance", "catalogue")
]
EXAMPLE = "https://example.org/data/"
Found = tuple[str, str, str, str]


def plain_shapes(family: str) -> Graph:
    """Load a family with rdflib alone, its queries untouched."""
    graph = Graph()
    for name in (family, "prefixes"):
        graph.parse(resource("shapes") / f"{name}.ttl", publicID=f"{HOME}{name}.ttl")
    graph.remove((None, URIRef(OWL + "imports"), None))
    return graph


def all_graphs(folder: Path) -> Graph:
    """Return the graphs of a family side by side in one, each with IRIs of its own."""
    graph = Graph()
    for path in sorted(folder.glob("*.ttl")):
        graph.parse(data=path.read_text().replace(EXAMPLE, f"{EXAMPLE}{path.stem}/"), format="turtle")
    return graph


def plain_results(data: Graph, shapes: Graph) -> list[Found]:
    """Return what pySHACL finds without any of our code: shape, focus, value and path."""
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    found = []
    for node in results.objects(None, URIRef(SH + "result")):
        values = (results.value(node, URIRef(SH + n)) for n in ("sourceShape", "focusNode", "value", "resultPath"))
        shape, focus, value, path = ("" if v is None else str(v) for v in values)
        found.append((shape, focus, binding_text(value), path if path.startswith("http") else ""))
    return sorted(found)


def our_results(data: Graph, family: str) -> list[Found]:
    """Return the same of the reference engine."""
    found = []
    for f in reference.evaluate(Data.of_graph(data), load_shapes(family)).results:
        value = f.value[1:-1] if f.value.startswith("<") else f.value.rpartition('"')[0].removeprefix('"')
        simple = f.path.startswith("<") and f.path.count("<") == 1
        found.append((f.shape, f.focus[1:-1], binding_text(value), f.path[1:-1] if simple else ""))
    return sorted(found)


@pytest.mark.parametrize("folder", FAMILIES, ids=lambda folder: folder.name)
def test_results_are_those_of_plain_pyshacl(folder: Path) -> None:
    data = all_graphs(folder)
    ours = our_results(data, folder.name)
    assert ours
    assert ours == plain_results(data, plain_shapes(folder.name))


def test_query_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counted(text: str) -> Query:
        parsed.append(text)
        return prepareQuery(text)

    monkeypatch.setattr(reference, "prepareQuery", counted)
    reference.prepared.cache_clear()
    graph = Graph()
    graph.add((URIRef("urn:a"), URIRef("urn:p"), Literal(1)))
    seen = reference.PreparedGraph(graph)
    text = "SELECT ?o WHERE { $this <urn:p> ?o }"
    answers = [len(seen.query(text, initBindings={"this": URIRef(f"urn:{name}")})) for name in "aba"]
    assert (answers, parsed) == ([1, 0, 1], [text])


def test_data_and_shapes_stay_as_they_are(disclosure: Graph) -> None:
    shapes = load_shapes("laws")
    before, shapes_before = set(disclosure), set(shapes.graph)
    reference.evaluate(Data.of_graph(disclosure), shapes)
    assert set(disclosure) == before
    assert set(shapes.graph) == shapes_before


def test_broken_shapes_are_an_engine_failure() -> None:
    shapes = Graph().parse(
        data="@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; "
        'sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o MINUS { $this <urn:p> ?o } }" ] .',
        format="turtle",
    )
    with pytest.raises(EngineFailure, match="MINUS"):
        reference.evaluate(Data.of_graph(Graph()), Shapes.of_graph("broken", shapes))
