"""The compiled form of a set of shapes, made once for each :class:`~budgetlod.validate.shapes.Shapes` and process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from pyoxigraph import BlankNode, NamedNode

from budgetlod.rdf.names import RDF, RDFS, SH
from budgetlod.validate.fast.conformance import Conformance, is_off
from budgetlod.validate.fast.constraint import Constraint
from budgetlod.validate.fast.core import ShapeCompiler
from budgetlod.validate.fast.targets import TARGETS, Focus, Targets, targets_of
from budgetlod.validate.fast.unsupported import Unsupported
from budgetlod.validate.shape_graph import Node, ShapeGraph
from budgetlod.validate.shapes import Shapes


@dataclass
class Compiled:
    """The constraints that the fast engine can evaluate, and the shapes that it cannot with the reason why."""

    constraints: list[Constraint] = field(default_factory=list)
    delegated: dict[str, str] = field(default_factory=dict)


_CACHE: WeakKeyDictionary[Shapes, dict[bool, Compiled]] = WeakKeyDictionary()
_NARROWED: WeakKeyDictionary[Shapes, dict[frozenset[str], Shapes]] = WeakKeyDictionary()
_LOCK = Lock()


def compiled(shapes: Shapes, *, subclasses: bool) -> Compiled:
    """Return the compiled shapes; with ``subclasses`` for data that has subclasses of its own."""
    with _LOCK:
        made = _CACHE.setdefault(shapes, {})
        if subclasses not in made:
            made[subclasses] = _compile(shapes.index, subclasses=subclasses)
        return made[subclasses]


def narrowed(shapes: Shapes, roots: frozenset[str]) -> Shapes:
    """Return the shapes with the targets of ``roots`` only (IRIs): what the reference engine is to evaluate."""
    with _LOCK:
        made = _NARROWED.setdefault(shapes, {})
        if roots not in made:
            made[roots] = _narrow(shapes, roots)
        return made[roots]


def _compile(shapes: ShapeGraph, *, subclasses: bool) -> Compiled:
    found = Compiled()
    custom = _custom_parameters(shapes)
    for shape in shapes.nodes():
        if not _has_target(shapes, shape) or is_off(shapes, shape):
            continue
        name = _name(shapes, shape)
        try:
            targets = targets_of(shapes, shape)
            compiler = ShapeCompiler(Conformance(shapes, custom, subclasses=subclasses), shape)
            found.constraints += list(compiler.constraints(shape, Focus(targets)))
        except (Unsupported, RecursionError, ValueError) as error:
            found.delegated[name] = str(error)
    found.constraints = [one for one in found.constraints if one.root not in found.delegated]
    return found


def _has_target(shapes: ShapeGraph, shape: Node) -> bool:
    """Whether a node is a shape with a target of its own."""
    properties = shapes.predicates(shape).keys()
    if properties & TARGETS:
        return True
    is_shape = bool(shapes.types(shape) & {SH + "NodeShape", SH + "PropertyShape"})
    try:
        return is_shape and targets_of(shapes, shape).given
    except Unsupported:
        return is_shape


def _name(shapes: ShapeGraph, shape: Node) -> str:
    named = shapes.named(shape)
    return named.value if isinstance(named, NamedNode) else str(named)


def _custom_parameters(shapes: ShapeGraph) -> frozenset[str]:
    """Return the properties that constraint components of the shapes' own declare as their parameters."""
    return frozenset(_parameters(shapes))


def _parameters(shapes: ShapeGraph) -> Iterator[str]:
    for node in shapes.nodes():
        for parameter in shapes.objects(node, SH + "parameter"):
            yield from (path.value for path in shapes.objects(parameter, SH + "path") if isinstance(path, NamedNode))


def _narrow(shapes: Shapes, roots: frozenset[str]) -> Shapes:
    """Leave the targets of all other shapes out; a class that is its own target is no class then."""
    graph = shapes.index
    dropped = TARGETS | {RDF + "type"}
    kept = []
    for triple in shapes.triples:
        subject, predicate = triple.subject, triple.predicate.value
        is_target = predicate in TARGETS or (predicate == RDF + "type" and _means_class(graph, triple.object))
        if (
            is_target
            and predicate in dropped
            and isinstance(subject, NamedNode | BlankNode)
            and _name(graph, subject) not in roots
        ):
            continue
        kept.append(triple)
    return Shapes(shapes.name, kept, shapes.families)


def _means_class(shapes: ShapeGraph, type_: object) -> bool:
    """Whether being of a type makes a shape a class."""
    if not isinstance(type_, NamedNode):
        return False
    above = {n.value for n in shapes.objects(type_, RDFS + "subClassOf") if isinstance(n, NamedNode)}
    return RDFS + "Class" in {type_.value} | above


def reasons(shapes: Shapes) -> Mapping[str, str]:
    """Return the shapes that are left to the reference engine, each with the reason."""
    return compiled(shapes, subclasses=False).delegated


__all__ = ["Compiled", "Targets", "compiled", "narrowed", "reasons"]
