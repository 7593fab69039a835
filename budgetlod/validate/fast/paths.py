"""Property paths: their text in a query and, where they are a choice of single steps, their ends in the data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from budgetlod.rdf.names import RDF, SH
from budgetlod.validate.fast.unsupported import Unsupported
from budgetlod.validate.shape_graph import Node, NoPath, ShapeGraph
from budgetlod.validate.triples import Triples

_IRI = re.compile(r"<[^>]*>")
Step = tuple[bytes, bool]
"""A predicate, and whether it is walked backwards."""


@dataclass(frozen=True)
class Path:
    """A property path. ``steps`` are its alternatives if each is one predicate or its inverse, else ``None``."""

    text: str
    steps: tuple[Step, ...] | None

    @property
    def predicates(self) -> set[str]:
        """The predicates in it."""
        return set(_IRI.findall(self.text))

    @property
    def everything(self) -> bool:
        """Whether it may lead from a node to itself, so that any node is an end of it."""
        return "*" in _IRI.sub("", self.text) or "?" in _IRI.sub("", self.text)

    def ends(self, triples: Triples, starts: set[bytes]) -> set[bytes]:
        """Return what a path of single steps leads to."""
        found = set[bytes]()
        for predicate, backwards in self.steps or ():
            lists = triples.holders(predicate) if backwards else triples.values(predicate)
            found.update(*(lists[start] for start in starts))
        return found


def path_of(shapes: ShapeGraph, node: Node) -> Path:
    """Return the path that a node of the shapes describes; raises :class:`Unsupported`."""
    try:
        return Path(shapes.path_text(node), _steps(shapes, node))
    except (NoPath, ValueError, RecursionError) as error:
        raise Unsupported(f"a path that is none: {error}") from error


def _steps(shapes: ShapeGraph, node: Node) -> tuple[Step, ...] | None:
    sequence = shapes.value(node, RDF + "first") is not None
    choice = None if sequence else shapes.value(node, SH + "alternativePath")
    found = [_step(shapes, one) for one in (shapes.items(choice) if choice is not None else [node])]
    steps = tuple(step for step in found if step is not None)
    return steps if len(steps) == len(found) else None


def _step(shapes: ShapeGraph, node: Node) -> Step | None:
    """Return one predicate or its inverse."""
    if isinstance(node, NamedNode):
        return str(node).encode(), False
    inner = shapes.value(node, SH + "inversePath")
    if shapes.value(node, RDF + "first") is not None:
        return None  # a sequence, whatever else it says
    return (str(inner).encode(), True) if isinstance(inner, NamedNode) else None
