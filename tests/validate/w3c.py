"""The test suite that the W3C working group left beside its recommendation, read from its manifests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from budgetlod.rdf.names import SH
from budgetlod.validate.data import Data
from budgetlod.validate.engines import RawResult
from budgetlod.validate.shape_graph import Node, ShapeGraph
from budgetlod.validate.shapes import Shapes
from budgetlod.validate.writing import node_text

SUITE = Path(__file__).parents[3] / "shared" / "shacl-tests" / "tests"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"

Found = tuple[str, str, str, str, str]
"""A result as the suite describes it: shape, focus node, path, value, component."""


class Case(NamedTuple):
    """A test: where it stands, what is validated, and the results expected (``None``: the engine must refuse)."""

    name: str
    data: Data
    shapes: Shapes
    expected: frozenset[Found] | None


def names() -> list[str]:
    """Return the names of all tests, in the order of the manifests."""
    return list(_tests())


@cache
def _tests() -> dict[str, tuple[Path, Node]]:
    """Return file and node of each test by its name."""
    found = _entries(SUITE / "manifest.ttl") if SUITE.is_dir() else iter(())
    return {name: (path, node) for name, path, node in found}


@cache
def case(name: str) -> Case:
    """Return a test."""
    path, entry = _tests()[name]
    graph = ShapeGraph(_parsed(path))
    action = graph.objects(entry, _MF + "action")[0]
    data, shapes = (_file(graph, action, kind) for kind in ("dataGraph", "shapesGraph"))
    lines = b"".join(f"{t.subject} {t.predicate} {t.object} .\n".encode() for t in _parsed(data))
    return Case(name, Data(lines=lines), Shapes(name, _parsed(shapes), {}), _expected(graph, entry))


def found(result: RawResult) -> Found:
    """Return a result as the suite describes it."""
    return result.shape, result.focus, result.path, result.value, result.component


def _entries(manifest: Path) -> Iterator[tuple[str, Path, Node]]:
    """Yield name, file and node of each test of a manifest and of those that it includes."""
    graph, here = ShapeGraph(_parsed(manifest)), NamedNode(manifest.as_uri())
    for included in graph.objects(here, _MF + "include"):
        yield from _entries(Path(included.value.removeprefix("file://")))
    for head in graph.objects(here, _MF + "entries"):
        for entry in graph.items(head):
            place = manifest.relative_to(SUITE).parent
            yield f"{place}/{entry.value.rpartition('/')[2]}", manifest, entry


_READ: dict[Path, list[Triple]] = {}


def _parsed(path: Path) -> list[Triple]:
    """Return the triples of a file, read once, so that its blank nodes keep their names."""
    if path not in _READ:
        quads = pyoxigraph.parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=path.as_uri())
        _READ[path] = [Triple(q.subject, q.predicate, q.object) for q in quads]
    return _READ[path]


def _file(graph: ShapeGraph, action: Node, kind: str) -> Path:
    return Path(graph.objects(action, _SHT + kind)[0].value.removeprefix("file://"))


def _expected(graph: ShapeGraph, entry: Node) -> frozenset[Found] | None:
    result = graph.objects(entry, _MF + "result")[0]
    if isinstance(result, NamedNode) and result.value == _SHT + "Failure":
        return None
    return frozenset(_of_node(graph, node) for node in graph.objects(result, SH + "result"))


def _of_node(graph: ShapeGraph, node: Node) -> Found:
    """Return an expected result. An anonymous shape goes by the name of the shape around it, as in our results."""

    def text(name: str) -> str:
        value = graph.value(node, SH + name)
        return "" if value is None else node_text(value)

    shape = graph.value(node, SH + "sourceShape")
    path = graph.value(node, SH + "resultPath")
    named = "" if shape is None else graph.named(shape)
    component = graph.value(node, SH + "sourceConstraintComponent")
    return (
        named.value if isinstance(named, NamedNode) else str(named),
        text("focusNode"),
        "" if path is None else graph.path_text(path),
        text("value"),
        "" if component is None else component.value,
    )
