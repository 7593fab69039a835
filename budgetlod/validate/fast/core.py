"""SHACL Core to queries: one for each constraint of a shape, about all its focus nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial

from pyoxigraph import NamedNode

from budgetlod.rdf.names import SH
from budgetlod.validate.fast.conformance import Conformance, is_off, is_set, number
from budgetlod.validate.fast.constraint import PLACE, Constraint, Screen, component, query_of
from budgetlod.validate.fast.paths import Path, path_of
from budgetlod.validate.fast.programs import program
from budgetlod.validate.fast.screens import count_screen, has_value_screen, value_screen
from budgetlod.validate.fast.sparql import sparql_constraint
from budgetlod.validate.fast.targets import Focus
from budgetlod.validate.fast.unsupported import Unsupported
from budgetlod.validate.fast.values import exact, term
from budgetlod.validate.shape_graph import Node
from budgetlod.validate.writing import own_messages

_COMPARED = {"lessThan": "<", "lessThanOrEquals": "<="}


class ShapeCompiler:
    """Compiles the shape ``root`` and what it leads to; raises :class:`Unsupported` if any part cannot be."""

    def __init__(self, conformance: Conformance, root: Node) -> None:
        self._tests, self._shapes = conformance, conformance.shapes
        self._root = self._shapes.named(root)
        self._open: list[Node] = []

    def constraints(self, shape: Node, focus: Focus) -> Iterator[Constraint]:
        """Yield the constraints of a shape and of the property shapes in it, for some focus nodes."""
        if is_off(self._shapes, shape):
            return
        if shape in self._open:
            raise Unsupported("a shape within itself")
        self._tests.check(shape)
        self._open.append(shape)
        paths = self._shapes.objects(shape, SH + "path")
        path = path_of(self._shapes, paths[0]) if paths else None
        yield from self._values(shape, focus, path)
        if path is None:
            yield from self._of_node(shape, focus)
        else:
            yield from self._counts(shape, focus, path)
            yield from self._pairs(shape, focus, path)
        yield from self._sparql(shape, focus, path)
        inner_focus = focus if path is None else replace(focus, steps=(*focus.steps, path))
        for inner in self._shapes.objects(shape, SH + "property"):
            yield from self.constraints(inner, inner_focus)
        self._open.pop()

    def _values(self, shape: Node, focus: Focus, path: Path | None) -> Iterator[Constraint]:
        """Yield the constraints on single values."""
        value = "?this" if path is None else "?value"
        pattern = f"?this {path.text} ?value ." if path else ""
        for name, test in self._tests.each(shape, value):
            screen = value_screen(self._shapes, shape, name, path)
            yield self._made(shape, focus, path, name, f"{PLACE} {pattern} FILTER({test})", screen)

    def _of_node(self, shape: Node, focus: Focus) -> Iterator[Constraint]:
        """Yield the other constraints of a node shape, whose only value is the focus node."""
        for wanted in self._shapes.objects(shape, SH + "hasValue"):
            yield self._made(shape, focus, None, "HasValue", f"{PLACE} FILTER(!sameTerm(?this, {exact(wanted)}))")
        for other in map(term, self._shapes.objects(shape, SH + "equals")):
            missing = f"{{ {PLACE} FILTER NOT EXISTS {{ ?this {other} ?this }} BIND(?this AS ?value) }}"
            spare = f"{{ {PLACE} ?this {other} ?value FILTER(!sameTerm(?this, ?value)) }}"
            yield self._made(shape, focus, None, "Equals", f"{missing} UNION {spare}")
        for other in map(term, self._shapes.objects(shape, SH + "disjoint")):
            yield self._made(shape, focus, None, "Disjoint", f"{PLACE} ?this {other} ?this")
        if is_set(self._shapes, shape, "closed"):
            allowed = self._tests.allowed(shape)
            body = f"{PLACE} ?this ?path ?value FILTER(?path NOT IN ({allowed}))"
            yield self._made(shape, focus, None, "Closed", body)

    def _counts(self, shape: Node, focus: Focus, path: Path) -> Iterator[Constraint]:
        """Yield the constraints on the number of values, and on a value that must be there."""
        values = f"?this {path.text} ?counted ."
        for n in map(number, self._shapes.objects(shape, SH + "minCount")):
            body = f"{PLACE} OPTIONAL {{ {values} }}", f"COUNT(DISTINCT ?counted) < {n}"
            yield self._made(shape, focus, path, "MinCount", body[0], count_screen(path, n, None), body[1])
        for n in map(number, self._shapes.objects(shape, SH + "maxCount")):
            body = f"{PLACE} {values}", f"COUNT(DISTINCT ?counted) > {n}"
            yield self._made(shape, focus, path, "MaxCount", body[0], count_screen(path, 0, n), body[1])
        for inner in self._shapes.objects(shape, SH + "qualifiedValueShape"):
            yield from self._qualified(shape, focus, path, inner)
        for wanted in self._shapes.objects(shape, SH + "hasValue"):
            missing = f"{PLACE} FILTER NOT EXISTS {{ ?this {path.text} {exact(wanted)} }}"
            yield self._made(shape, focus, path, "HasValue", missing, has_value_screen(path, wanted))

    def _qualified(self, shape: Node, focus: Focus, path: Path, inner: Node) -> Iterator[Constraint]:
        tests = " && ".join(self._tests.qualifying(shape, inner, "?counted"))
        values = f"{{ ?this {path.text} ?counted FILTER({tests}) }}"
        for n in map(number, self._shapes.objects(shape, SH + "qualifiedMinCount")):
            having = f"COUNT(DISTINCT ?counted) < {n}"
            body = f"{PLACE} OPTIONAL {{ {values} }}"
            yield self._made(shape, focus, path, "QualifiedMinCount", body, having=having)
        for n in map(number, self._shapes.objects(shape, SH + "qualifiedMaxCount")):
            having = f"COUNT(DISTINCT ?counted) > {n}"
            yield self._made(shape, focus, path, "QualifiedMaxCount", f"{PLACE} {values}", having=having)

    def _pairs(self, shape: Node, focus: Focus, path: Path) -> Iterator[Constraint]:
        """Yield the constraints on values and those of another property, and on their languages."""
        values = f"{PLACE} ?this {path.text} ?value ."
        for other in map(term, self._shapes.objects(shape, SH + "equals")):
            missing = f"{{ {values} FILTER NOT EXISTS {{ ?this {other} ?value }} }}"
            spare = f"{{ {PLACE} ?this {other} ?value FILTER NOT EXISTS {{ ?this {path.text} ?value }} }}"
            yield self._made(shape, focus, path, "Equals", f"{missing} UNION {spare}")
        for other in map(term, self._shapes.objects(shape, SH + "disjoint")):
            yield self._made(shape, focus, path, "Disjoint", f"{values} ?this {other} ?value")
        for name, sign in _COMPARED.items():
            for other in map(term, self._shapes.objects(shape, SH + name)):
                body = f"{values} ?this {other} ?other FILTER(!COALESCE(?value {sign} ?other, false))"
                yield self._made(shape, focus, path, name[0].upper() + name[1:], body)
        if is_set(self._shapes, shape, "uniqueLang"):
            same = 'LANG(?_a) != "" && LCASE(LANG(?_a)) = LCASE(LANG(?_b)) && !sameTerm(?_a, ?_b)'
            body = f"{PLACE} ?this {path.text} ?_a . ?this {path.text} ?_b FILTER(COALESCE({same}, false))"
            yield self._made(shape, focus, path, "UniqueLang", body)

    def _made(
        self,
        shape: Node,
        focus: Focus,
        path: Path | None,
        name: str,
        body: str,
        screen: Screen | None = None,
        having: str = "",
    ) -> Constraint:
        """Return a constraint of SHACL Core from the body of its query."""
        answer = [v for v in ("?path", "?value") if f"{v} " in body and not having]
        after = f"GROUP BY ?this HAVING({having})" if having else ""
        text = f"SELECT DISTINCT {' '.join(['?this', *answer])} WHERE {{ {body} }} {after}"
        named = self._shapes.named(shape)
        of_value = path is None and name not in {"Closed", "HasValue"}
        return Constraint(
            root=self._root.value,
            shape=named.value if isinstance(named, NamedNode) else str(named),
            component=component(name),
            path=path.text if path else "",
            focus=focus,
            query=cache(partial(query_of, text)),
            messages=own_messages(self._shapes, shape, shape),
            value="this" if of_value and "?value" not in answer else "",
            screen=screen,
            program=cache(partial(program, text.replace(PLACE, ""), {})) if not having else None,
        )

    def _sparql(self, shape: Node, focus: Focus, path: Path | None) -> Iterator[Constraint]:
        for source in self._shapes.objects(shape, SH + "sparql"):
            if not is_off(self._shapes, source):
                yield sparql_constraint(self._shapes, self._root, shape, source, focus, path)
