"""Load the shapes: profiles or family files with everything they import, as one set of triples.

Files import one another with ``owl:imports`` and relative IRIs, read against :data:`HOME`; only files of the
installation's ``shapes`` folder can be imported, so nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from budgetlod.core.errors import BudgetlodError
from budgetlod.core.resources import resource
from budgetlod.rdf.names import DCTERMS, OWL, RDF, SH
from budgetlod.validate.report import Severity
from budgetlod.validate.shape_graph import ShapeGraph

if TYPE_CHECKING:
    from rdflib import Graph

HOME = "https://w3id.org/budgetlod/shapes/"
_SHAPE_CLASSES = (SH + "NodeShape", SH + "PropertyShape")
_SEVERITIES: dict[str, Severity] = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}


class UnknownProfile(BudgetlodError):
    """No profile and no family of shapes has the name asked for, or a file imports one that is not there."""


class Shapes:
    """The shapes of some profiles: all files as one set of triples, and the family (file) of each named shape.

    ``name`` is the names joined by ``+``. One object for each selection and process, so that engines can keep what
    they made of it. Not to be changed.
    """

    def __init__(self, name: str, triples: Sequence[pyoxigraph.Triple], families: Mapping[str, str]) -> None:
        self.name, self.triples, self.families = name, tuple(triples), families

    @classmethod
    def of_graph(cls, name: str, graph: Graph) -> Shapes:
        """Return the shapes of an rdflib graph, which belong to no family."""
        lines = graph.serialize(format="nt", encoding="utf-8")
        return cls(name, list(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)), {})

    @cached_property
    def index(self) -> ShapeGraph:
        """The triples to look things up in."""
        return ShapeGraph(self.triples)

    @cached_property
    def graph(self) -> Graph:
        """The triples as an rdflib graph, for engines that need one; imports rdflib."""
        from budgetlod.rdf.rdflib_graph import to_rdflib

        return to_rdflib((str(t.subject), str(t.predicate), str(t.object)) for t in self.triples)

    @cached_property
    def rules(self) -> frozenset[str]:
        """The rows of the catalogue of consistency rules that the shapes reach."""
        return frozenset(
            t.object.value for t in self.triples if _identifies(t) and isinstance(t.object, pyoxigraph.Literal)
        )

    def severity(self, shape: str) -> Severity:
        """Return the severity of a shape; violation where it names none (SHACL 1.0, section 2.1.4) or one of its own."""
        found = self.index.objects(pyoxigraph.NamedNode(shape), SH + "severity")
        known = (_SEVERITIES.get(node.value) for node in found)
        return next((severity for severity in known if severity is not None), "violation")

    def identifiers(self, shape: str) -> tuple[str, ...]:
        """Return the rows of the catalogue of consistency rules that a shape reaches, sorted."""
        found = self.index.objects(pyoxigraph.NamedNode(shape), DCTERMS + "identifier")
        return tuple(sorted(node.value for node in found))


def profiles() -> list[str]:
    """Return the names of the profiles of this installation, sorted."""
    return sorted(path.stem for path in (resource("shapes") / "profiles").glob("*.ttl"))


def families() -> list[str]:
    """Return the names of the shape families of this installation, sorted."""
    return sorted(path.stem for path in resource("shapes").glob("*.ttl"))


@lru_cache(maxsize=64)
def load_shapes(*names: str) -> Shapes:
    """Return the shapes of profiles (``"laws"``) and families (``"rollup"``) together, imports included.

    Raises :class:`UnknownProfile`.
    """
    starts = [_start(name) for name in names]
    waiting, read, families = starts, dict[str, list[pyoxigraph.Triple]](), dict[str, str]()
    while waiting:
        address = waiting.pop()
        if address not in read:
            triples = read[address] = _read(address)
            families |= _named(triples, _file(address).stem)
            waiting += sorted(_imports(triples, address))
    return Shapes("+".join(names), [triple for triples in read.values() for triple in triples], families)


def _start(name: str) -> str:
    """Return the address of the file of a profile or family; raises :class:`UnknownProfile`."""
    if name in profiles():
        return f"{HOME}profiles/{name}.ttl"
    if name in families():
        return f"{HOME}{name}.ttl"
    raise UnknownProfile(f"no shapes {name!r}; profiles: {', '.join(profiles())}; families: {', '.join(families())}")


def _read(address: str) -> list[pyoxigraph.Triple]:
    """Return the triples of one file, the queries in it on one line. Blank nodes get names that no other file has."""
    parsed = pyoxigraph.parse(_file(address).read_bytes(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=address)
    return [
        pyoxigraph.Triple(t.subject, t.predicate, _one_line(t.object)) if t.predicate.value == SH + "select" else t
        for t in map(_triple, parsed)
    ]


def _triple(statement: pyoxigraph.Triple | pyoxigraph.Quad) -> pyoxigraph.Triple:
    """Return a statement of a file as a triple."""
    if isinstance(statement, pyoxigraph.Quad):
        return statement.triple
    return statement


def _identifies(triple: pyoxigraph.Triple) -> bool:
    return triple.predicate.value == DCTERMS + "identifier"


def _named(triples: Sequence[pyoxigraph.Triple], family: str) -> dict[str, str]:
    """Return the named shapes of a file, each with its family."""
    return {
        t.subject.value: family
        for t in triples
        if t.predicate.value == RDF + "type"
        and isinstance(t.object, pyoxigraph.NamedNode)
        and t.object.value in _SHAPE_CLASSES
        and isinstance(t.subject, pyoxigraph.NamedNode)
    }


def _imports(triples: Sequence[pyoxigraph.Triple], address: str) -> set[str]:
    """Return the addresses of the files that a file imports."""
    file = pyoxigraph.NamedNode(address)
    return {
        t.object.value
        for t in triples
        if t.subject == file and t.predicate.value == OWL + "imports" and isinstance(t.object, pyoxigraph.NamedNode)
    }


def _one_line(query: object) -> pyoxigraph.Literal:
    """Return a query without its line breaks, which mean nothing where there are no comments.

    pySHACL looks for forbidden keywords again for every focus node, with patterns that start over at each line: on
    one line that takes a third of the time.
    """
    text = query.value if isinstance(query, pyoxigraph.Literal) else str(query)
    return pyoxigraph.Literal(text if "#" in text else " ".join(text.split()))


def _file(address: str) -> Path:
    """Return the file that an import names; raises :class:`UnknownProfile` for anything outside the folder."""
    folder = resource("shapes").resolve()
    path = (folder / address.removeprefix(HOME)).resolve()
    if not address.startswith(HOME) or not path.is_relative_to(folder) or not path.is_file():
        raise UnknownProfile(f"{address}: no such file of shapes in {folder}")
    return path
