"""Focus nodes: which nodes a shape is about, as a set of the data and as a pattern of a query."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode

from budgetlod.rdf.names import RDFS, SH
from budgetlod.validate.fast.paths import Path
from budgetlod.validate.fast.unsupported import Unsupported
from budgetlod.validate.shape_graph import Node, ShapeGraph
from budgetlod.validate.triples import SUBCLASS, TYPE, Triples

_KINDS = tuple(SH + name for name in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"))
TARGETS = frozenset(_KINDS)


@dataclass(frozen=True)
class Targets:
    """The targets of a shape, as N-Triples terms."""

    nodes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether there is any target."""
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)

    def find(self, triples: Triples) -> set[bytes]:
        """Return the target nodes."""
        sets = [triples.members(name.encode()) for name in self.classes]
        sets += [triples.subjects(name.encode()) for name in self.subjects_of]
        sets += [triples.objects(name.encode()) for name in self.objects_of]
        if len(sets) == 1 and not self.nodes:
            return sets[0]
        return {node.encode() for node in self.nodes}.union(*sets)

    def pattern(self, variable: str, *, subclasses: bool) -> str:
        """Return a group that binds ``variable`` to each target node; each once, if there is but one kind of target."""
        member = f"a/{SUBCLASS.decode()}*" if subclasses else "a"
        parts = [f"VALUES {variable} {{ {' '.join(self.nodes)} }}"] if self.nodes else []
        parts += [f"{variable} {member} {name} ." for name in self.classes]
        parts += [f"{variable} {name} ?_any ." for name in self.subjects_of]
        parts += [f"?_any {name} {variable} ." for name in self.objects_of]
        return " UNION ".join(f"{{ {part} }}" for part in parts)

    def predicates(self) -> set[str]:
        """Return the predicates that the pattern looks at."""
        found = {*self.subjects_of, *self.objects_of}
        return found | {TYPE.decode()} if self.classes else found


@dataclass(frozen=True)
class Focus:
    """The focus nodes of a shape: its targets, or what paths lead to from the targets of a shape around it."""

    targets: Targets
    steps: tuple[Path, ...] = ()

    def find(self, triples: Triples) -> set[bytes] | None:
        """Return the focus nodes, or ``None`` where only a query can tell."""
        found = self.targets.find(triples)
        for step in self.steps:
            if step.steps is None:
                return None
            found = step.ends(triples, found)
        return found

    def pattern(self, *, subclasses: bool) -> str:
        """Return a group that binds ``?this`` to each focus node, each once."""
        if not self.steps:
            inner = self.targets.pattern("?this", subclasses=subclasses)
            return f"{{ SELECT DISTINCT ?this WHERE {{ {inner} }} }}"
        variables = ["?_0", *(f"?_{n}" for n in range(1, len(self.steps))), "?this"]
        inner = self.targets.pattern("?_0", subclasses=subclasses)
        for number, step in enumerate(self.steps):
            inner += f" {variables[number]} {step.text} {variables[number + 1]} ."
        return f"{{ SELECT DISTINCT ?this WHERE {{ {inner} }} }}"

    def predicates(self) -> set[str] | None:
        """Return the predicates that the pattern looks at, or ``None`` for any."""
        found = self.targets.predicates()
        for step in self.steps:
            if step.everything:
                return None
            found |= step.predicates
        return found


def targets_of(shapes: ShapeGraph, shape: Node) -> Targets:
    """Return the targets of a shape; raises :class:`Unsupported`."""
    nodes, classes, subjects_of, objects_of = (shapes.objects(shape, kind) for kind in _KINDS)
    if any(isinstance(node, BlankNode) for node in (*nodes, *classes)):
        raise Unsupported("a blank node as target")
    implicit = [shape] if _is_class(shapes, shape) else []
    named = [n for n in (*subjects_of, *objects_of, *implicit) if not isinstance(n, NamedNode)]
    if named:
        raise Unsupported("a target that is no IRI")
    return Targets(
        tuple(str(node) for node in nodes),
        tuple(str(node) for node in (*classes, *implicit)),
        tuple(str(node) for node in subjects_of),
        tuple(str(node) for node in objects_of),
    )


def _is_class(shapes: ShapeGraph, shape: Node) -> bool:
    """Whether a shape is a class as well, and so its own target (SHACL 1.0, section 2.1.3.3)."""
    class_ = RDFS + "Class"
    below = {n.value for n in shapes.subjects(RDFS + "subClassOf", NamedNode(class_)) if isinstance(n, NamedNode)}
    return bool(shapes.types(shape) & (below | {class_}))
