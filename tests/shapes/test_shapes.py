"""Every graph beside this file against its family of shapes.

``<family>/valid.<why>.ttl`` must give no result; ``<family>/invalid.<why>.ttl`` exactly the results of
``invalid.<why>.expected.json`` (shape, focus, severity, value). One thing is wrong in each invalid graph, and its
first line says what.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF
from rdflib.term import Node

from budgetlod.core.resources import resource
from budgetlod.rdf.names import SH
from budgetlod.validate import validate
from budgetlod.validate.messages import templates
from budgetlod.validate.report import SEVERITIES
from budgetlod.validate.shapes import families, load_shapes

HERE = Path(__file__).parent
GRAPHS = sorted(HERE.glob("*/*.ttl"))
CATALOGUE = HERE.parents[2] / "shared" / "constraints.csv"
SHAPES = Graph()
for _family in families():  # those too that only the profile of a template gathers
    SHAPES += load_shapes(_family).graph
KINDS = (URIRef(SH + "NodeShape"), URIRef(SH + "PropertyShape"))
NAMED = sorted({shape for kind in KINDS for shape in SHAPES.subjects(RDF.type, kind)}, key=str)


def name(path: Path) -> str:
    """Return the name of a graph's test: family and why."""
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", GRAPHS, ids=name)
def test_graph_gives_exactly_the_expected_results(path: Path) -> None:
    report = validate(Graph().parse(path), profile=path.parent.name)
    expected = path.with_suffix(".expected.json")
    found = sorted(
        ({"shape": r.shape, "focus": r.focus, "severity": r.severity, "value": r.value} for r in report.results),
        key=lambda r: (r["shape"], r["focus"], r["value"]),
    )
    assert found == (json.loads(expected.read_text()) if expected.exists() else [])


def test_only_invalid_graphs_have_expected_results() -> None:
    expecting = {p.name.removesuffix(".expected.json") for p in HERE.glob("*/*.expected.json")}
    assert expecting == {p.stem for p in GRAPHS if p.name.startswith("invalid.")}


def test_every_shape_is_tested_by_an_invalid_graph() -> None:
    """A shape that no graph violates could promise anything."""
    violated = {r["shape"] for p in HERE.glob("*/*.expected.json") for r in json.loads(p.read_text())}
    assert violated == {str(shape) for shape in NAMED}


def test_every_family_has_a_valid_graph() -> None:
    with_graph = {p.parent.name for p in GRAPHS if p.name.startswith("valid.")}
    assert with_graph == set(families()) - {"prefixes"}


@pytest.mark.parametrize("shape", NAMED, ids=lambda shape: str(shape).rpartition("/")[2])
def test_shape_says_what_in_both_languages_how_grave_and_by_which_rule(shape: Node) -> None:
    severities = list(SHAPES.objects(shape, URIRef(SH + "severity")))
    assert [str(s).removeprefix(SH).lower() in SEVERITIES for s in severities] == [True]
    identifiers = [str(i) for i in SHAPES.objects(shape, DCTERMS.identifier)]
    assert identifiers
    assert all(re.fullmatch(r"[A-Z]\d\d", i) or i in families() for i in identifiers)
    for holder in _holders(shape):
        messages = templates(SHAPES, holder)
        assert set(messages) == {"zh", "en"}
        assert _places(messages["zh"]) == _places(messages["en"])


@pytest.mark.parametrize("shape", NAMED, ids=lambda shape: str(shape).rpartition("/")[2])
def test_message_of_a_law_carries_the_offending_values(shape: Node) -> None:
    for constraint in SHAPES.objects(shape, URIRef(SH + "sparql")):
        select = str(SHAPES.value(constraint, URIRef(SH + "select")))
        answered = set(re.findall(r"[?$](\w+)", select.partition("WHERE")[0]))
        places = _places(templates(SHAPES, constraint)["en"])
        assert places
        assert places <= answered


def test_identifiers_are_rows_of_the_catalogue() -> None:
    if not CATALOGUE.exists():
        pytest.skip(f"the catalogue of rules is not here: {CATALOGUE.name}")
    with CATALOGUE.open(encoding="utf-8") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    named = {str(i) for shape in NAMED for i in SHAPES.objects(shape, DCTERMS.identifier)}
    assert {i for i in named if re.fullmatch(r"[A-Z]\d\d", i)} <= known


@pytest.mark.parametrize("family", families())
def test_readme_describes_the_family_with_its_identifiers(family: str) -> None:
    table = (resource("shapes") / "README.md").read_text(encoding="utf-8")
    (row,) = re.findall(rf"^\| `{family}\.ttl` \|.*\| (.*?) ?\|$", table, re.MULTILINE)
    shapes = load_shapes(family).graph
    found = {str(i) for i in shapes.objects(None, DCTERMS.identifier)} - {family}
    assert _expanded(row) == found


def _expanded(text: str) -> set[str]:
    """Return the identifiers of a cell such as ``A01-A03 B05; C24``."""
    ids: set[str] = set()
    for group, first, last in re.findall(r"([A-Z])(\d\d)(?:-[A-Z](\d\d))?", text):
        ids |= {f"{group}{n:02}" for n in range(int(first), int(last or first) + 1)}
    return ids


def _holders(shape: Node) -> list[Node]:
    """Return where the messages of a shape stand: at its SPARQL constraints, or else at itself."""
    return sorted(SHAPES.objects(shape, URIRef(SH + "sparql")), key=str) or [shape]


def _places(template: str) -> set[str]:
    """Return the names of the places that a message leaves for values."""
    return set(re.findall(r"\{\?(\w+)\}", str(Literal(template))))
