"""Load the shapes: a profile or a family file with everything it imports, as one rdflib graph.

Files import one another with ``owl:imports`` and relative IRIs, read against :data:`HOME`; only files of the
installation's ``shapes`` folder can be imported, so nothing is ever fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from budgetlod.core.errors import BudgetlodError
from budgetlod.core.resources import resource
from budgetlod.rdf.names import OWL, SH, XSD

HOME = "https://w3id.org/budgetlod/shapes/"
_IMPORTS = URIRef(OWL + "imports")
_SELECT = URIRef(SH + "select")
_SHAPE_CLASSES = (URIRef(SH + "NodeShape"), URIRef(SH + "PropertyShape"))


class UnknownProfile(BudgetlodError):
    """No profile and no family of shapes has the name asked for, or a file imports one that is not there."""


@dataclass(frozen=True, eq=False)
class Shapes:
    """The shapes of a profile: all files as one graph, and the family (file) that each named shape stands in.

    One object for each profile and process, so that engines can keep what they made of it. Not to be changed.
    """

    name: str
    graph: Graph
    families: dict[str, str]


def profiles() -> list[str]:
    """Return the names of the profiles of this installation, sorted."""
    return sorted(path.stem for path in (resource("shapes") / "profiles").glob("*.ttl"))


def families() -> list[str]:
    """Return the names of the shape families of this installation, sorted."""
    return sorted(path.stem for path in resource("shapes").glob("*.ttl"))


@lru_cache(maxsize=64)
def load_shapes(name: str) -> Shapes:
    """Return the shapes of a profile (``"laws"``) or family (``"rollup"``), imports included.

    Raises :class:`UnknownProfile`.
    """
    if name in profiles():
        start = f"{HOME}profiles/{name}.ttl"
    elif name in families():
        start = f"{HOME}{name}.ttl"
    else:
        raise UnknownProfile(
            f"no shapes {name!r}; profiles: {', '.join(profiles())}; families: {', '.join(families())}"
        )
    graph = Graph(bind_namespaces="none")
    waiting, read, found = [start], set[str](), dict[str, str]()
    while waiting:
        address = waiting.pop()
        if address not in read:
            read.add(address)
            found |= _read(graph, address)
            waiting += sorted(str(o) for o in graph.objects(URIRef(address), _IMPORTS))
    return Shapes(name, graph, found)


def _read(graph: Graph, address: str) -> dict[str, str]:
    """Add the triples of one file; return its named shapes with its family. pyoxigraph parses: it is twenty times as fast here as rdflib's Turtle."""
    path = _file(address)
    named: dict[str, str] = {}
    for triple in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=address):
        subject, predicate, value = _node(triple.subject), _node(triple.predicate), _node(triple.object)
        graph.add((subject, predicate, _one_line(value) if predicate == _SELECT else value))
        if predicate == RDF.type and value in _SHAPE_CLASSES and isinstance(subject, URIRef):
            named[str(subject)] = path.stem
    return named


def _one_line(query: Node) -> Node:
    """Return a query without its line breaks, which mean nothing where there are no comments.

    pySHACL looks for forbidden keywords again for every focus node, with patterns that start over at each line: on
    one line that takes a third of the time.
    """
    return query if "#" in str(query) else Literal(" ".join(str(query).split()))


def _file(address: str) -> Path:
    """Return the file that an import names; raises :class:`UnknownProfile` for anything outside the folder."""
    folder = resource("shapes").resolve()
    path = (folder / address.removeprefix(HOME)).resolve()
    if not address.startswith(HOME) or not path.is_relative_to(folder) or not path.is_file():
        raise UnknownProfile(f"{address}: no such file of shapes in {folder}")
    return path


def _node(term: object) -> Node:
    """Return the rdflib node of a pyoxigraph term; blank nodes keep their name, which is new in each file."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        # rdflib keeps plain strings without their datatype, and compares them so.
        plain = term.datatype.value == XSD + "string"
        return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))
    raise TypeError(f"not a term of a shapes file: {term!r}")
