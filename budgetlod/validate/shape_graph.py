"""The triples of the shapes by subject and by object: what engines and reports look up in them, without rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from budgetlod.rdf.names import RDF, SH

Node = NamedNode | BlankNode | Literal

_OWNERS = tuple(SH + name for name in ("property", "node", "not", "qualifiedValueShape"))
_LISTS = tuple(SH + name for name in ("and", "or", "xone"))
_REPEATED = {SH + "zeroOrMorePath": "*", SH + "oneOrMorePath": "+", SH + "zeroOrOnePath": "?"}


class NoPath(ValueError):
    """A node is no property path of SHACL."""


class ShapeGraph:
    """Triples to look things up in. Nodes are pyoxigraph terms, predicates IRIs as text; order is that of the files."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._of_subject: dict[object, dict[str, list[Node]]] = {}
        self._of_object: dict[tuple[str, object], list[Node]] = {}
        for triple in triples:
            subject, predicate, value = triple.subject, triple.predicate.value, triple.object
            known = self._of_subject.setdefault(subject, {}).setdefault(predicate, [])
            if isinstance(subject, Node) and isinstance(value, Node) and value not in known:
                known.append(value)
                self._of_object.setdefault((predicate, value), []).append(subject)

    def objects(self, subject: Node, predicate: str) -> list[Node]:
        """Return the values of a property."""
        return self._of_subject.get(subject, {}).get(predicate, [])

    def value(self, subject: Node, predicate: str) -> Node | None:
        """Return the first value of a property, or ``None``."""
        return next(iter(self.objects(subject, predicate)), None)

    def subjects(self, predicate: str, value: Node) -> list[Node]:
        """Return the nodes that have a value."""
        return self._of_object.get((predicate, value), [])

    def predicates(self, subject: Node) -> dict[str, list[Node]]:
        """Return all values of a node by predicate."""
        return self._of_subject.get(subject, {})

    def nodes(self) -> Iterator[Node]:
        """Yield every node that has properties."""
        for subject in self._of_subject:
            if isinstance(subject, Node):
                yield subject

    def types(self, subject: Node) -> set[str]:
        """Return the IRIs of the classes of a node."""
        return {o.value for o in self.objects(subject, RDF + "type") if isinstance(o, NamedNode)}

    def items(self, node: Node) -> list[Node]:
        """Return the members of an RDF list; raises ``ValueError`` for one that has no end."""
        found, seen = [], set[object]()
        while not (isinstance(node, NamedNode) and node.value == RDF + "nil"):
            if node in seen:
                raise ValueError("a list that comes back to itself")
            seen.add(node)
            first, rest = self.value(node, RDF + "first"), self.value(node, RDF + "rest")
            if first is None or rest is None:
                raise ValueError("a list without an end")
            found.append(first)
            node = rest
        return found

    def named(self, shape: Node) -> Node:
        """Return the shape itself, or the named shape that an anonymous one belongs to (itself, if to none)."""
        seen = set[object]()
        while isinstance(shape, BlankNode) and shape not in seen:
            seen.add(shape)
            owner = next(self._owners(shape), None)
            if owner is None:
                return shape
            shape = owner
        return shape

    def _owners(self, shape: Node) -> Iterator[Node]:
        for predicate in _OWNERS:
            yield from self.subjects(predicate, shape)
        head = next(iter(self.subjects(RDF + "first", shape)), None)
        while head is not None and (before := next(iter(self.subjects(RDF + "rest", head)), None)) is not None:
            head = before
        if head is not None:
            for predicate in _LISTS:
                yield from self.subjects(predicate, head)

    def messages(self, node: Node) -> dict[str, str]:
        """Return the messages of a shape or constraint by language (``""`` where none is given), sorted."""
        found = (m for m in self.objects(node, SH + "message") if isinstance(m, Literal))
        return dict(sorted(((m.language or "", m.value) for m in found), reverse=True))

    def path_text(self, path: Node) -> str:
        """Return a path as SPARQL 1.1 writes it (SHACL 1.0, section 2.3.1). Raises :class:`NoPath`."""
        if isinstance(path, NamedNode):
            return str(path)
        if self.value(path, RDF + "first") is not None:
            return "/".join(self._step(step) for step in self.items(path))
        if (inner := self.value(path, SH + "inversePath")) is not None:
            return "^" + self._unit(inner)
        if (choice := self.value(path, SH + "alternativePath")) is not None:
            return "|".join(self._step(step) for step in self.items(choice))
        for predicate, sign in _REPEATED.items():
            if (inner := self.value(path, predicate)) is not None:
                return self._unit(inner) + sign
        raise NoPath(f"no path that SHACL knows: {path}")

    def _step(self, path: Node) -> str:
        """Return a member of a sequence or choice, in brackets if it is a sequence or choice itself."""
        compound = self.value(path, RDF + "first") or self.value(path, SH + "alternativePath")
        return f"({self.path_text(path)})" if compound else self.path_text(path)

    def _unit(self, path: Node) -> str:
        """Return what a sign stands before or after, in brackets if it is more than one property."""
        return str(path) if isinstance(path, NamedNode) else f"({self.path_text(path)})"
