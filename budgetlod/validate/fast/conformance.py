"""Shapes within shapes: the SPARQL expression that is true of a node that does not conform to a shape."""

from __future__ import annotations

from itertools import combinations, count

from pyoxigraph import Literal, NamedNode

from budgetlod.rdf.names import SH
from budgetlod.validate.fast.paths import path_of
from budgetlod.validate.fast.unsupported import Unsupported
from budgetlod.validate.fast.values import exact, term, value_tests
from budgetlod.validate.shape_graph import Node, ShapeGraph

# To count to n without sub-queries takes n variables and all pairs of them.
_HIGHEST_COUNT = 4
_COMPARED = {"lessThan": "<", "lessThanOrEquals": "<="}


class Conformance:
    """Writes the tests of one set of shapes; every variable it makes is new."""

    def __init__(self, shapes: ShapeGraph, custom: frozenset[str], *, subclasses: bool) -> None:
        self.shapes, self.subclasses = shapes, subclasses
        self._custom = custom
        self._numbers = count()
        self._open: list[Node] = []

    def fresh(self) -> str:
        """Return a variable that no other test has."""
        return f"?_v{next(self._numbers)}"

    def fails(self, shape: Node, node: str) -> str:
        """Return the test for ``node`` (a variable) not conforming to ``shape``; raises :class:`Unsupported`."""
        if shape in self._open:
            raise Unsupported("a shape within itself")
        if is_off(self.shapes, shape):
            return "false"
        self.check(shape)
        if self.shapes.objects(shape, SH + "sparql"):
            raise Unsupported("a SPARQL constraint within another shape")
        self._open.append(shape)
        try:
            tests = self._property(shape, node) if self.shapes.objects(shape, SH + "path") else self._node(shape, node)
        finally:
            self._open.pop()
        return f"({' || '.join(tests)})" if tests else "false"

    def check(self, shape: Node) -> None:
        """Raise :class:`Unsupported` if a shape has constraints that are defined in the shapes themselves."""
        if self._custom & self.shapes.predicates(shape).keys():
            raise Unsupported("a constraint component of its own")

    def each(self, shape: Node, value: str) -> list[tuple[str, str]]:
        """Return component and test of each constraint on single values, those of shapes within included."""
        found = value_tests(self.shapes, shape, value, subclasses=self.subclasses)
        for name, component in (("node", "Node"), ("not", "Not")):
            for inner in self.shapes.objects(shape, SH + name):
                test = self.fails(inner, value)
                found.append((component, test if name == "node" else f"!{test}"))
        for name, component in (("and", "And"), ("or", "Or"), ("xone", "Xone")):
            for members in self.shapes.objects(shape, SH + name):
                tests = [self.fails(inner, value) for inner in self.shapes.items(members)]
                found.append((component, _combined(name, tests)))
        return found

    def _node(self, shape: Node, node: str) -> list[str]:
        """Return the tests of a node shape."""
        tests = [test for _, test in self.each(shape, node)]
        tests += [self.fails(inner, node) for inner in self.shapes.objects(shape, SH + "property")]
        tests += [f"!sameTerm({node}, {exact(n)})" for n in self.shapes.objects(shape, SH + "hasValue")]
        for name in ("equals", "disjoint"):
            for other in self.shapes.objects(shape, SH + name):
                found, value = f"EXISTS {{ {node} {term(other)} {node} }}", self.fresh()
                more = f"EXISTS {{ {node} {term(other)} {value} FILTER(!sameTerm({value}, {node})) }}"
                tests.append(found if name == "disjoint" else f"(!{found} || {more})")
        if is_set(self.shapes, shape, "closed"):
            path, value = self.fresh(), self.fresh()
            tests.append(f"EXISTS {{ {node} {path} {value} FILTER({path} NOT IN ({self.allowed(shape)})) }}")
        return tests

    def allowed(self, shape: Node) -> str:
        """Return the predicates that a closed shape allows, as members of an expression."""
        inner = self.shapes.objects(shape, SH + "property")
        paths = [path for one in inner for path in self.shapes.objects(one, SH + "path")]
        ignored = [n for head in self.shapes.objects(shape, SH + "ignoredProperties") for n in self.shapes.items(head)]
        return ", ".join(str(node) for node in (*paths, *ignored) if isinstance(node, NamedNode))

    def _property(self, shape: Node, node: str) -> list[str]:
        """Return the tests of a property shape for the node that its path starts from."""
        path = path_of(self.shapes, self.shapes.objects(shape, SH + "path")[0]).text
        tests = self._counts(shape, node, path)
        value = self.fresh()
        tests += [f"EXISTS {{ {node} {path} {value} FILTER({test}) }}" for _, test in self.each(shape, value)]
        for inner in self.shapes.objects(shape, SH + "property"):
            value = self.fresh()
            tests.append(f"EXISTS {{ {node} {path} {value} FILTER({self.fails(inner, value)}) }}")
        tests += [f"NOT EXISTS {{ {node} {path} {exact(n)} }}" for n in self.shapes.objects(shape, SH + "hasValue")]
        tests += self._pairs(shape, node, path)
        return tests

    def _counts(self, shape: Node, node: str, path: str) -> list[str]:
        tests = [f"!{self.at_least(number(n), node, path)}" for n in self.shapes.objects(shape, SH + "minCount")]
        tests += [self.at_least(number(n) + 1, node, path) for n in self.shapes.objects(shape, SH + "maxCount")]
        for qualified in self.shapes.objects(shape, SH + "qualifiedValueShape"):
            for n in self.shapes.objects(shape, SH + "qualifiedMinCount"):
                tests.append(f"!{self.qualified(shape, qualified, number(n), node, path)}")
            for n in self.shapes.objects(shape, SH + "qualifiedMaxCount"):
                tests.append(self.qualified(shape, qualified, number(n) + 1, node, path))
        return tests

    def at_least(self, lowest: int, node: str, path: str, *conditions: str) -> str:
        """Return the test for a node with so many values; ``conditions`` are tests with ``{0}`` for a value."""
        if lowest <= 0:
            return "true"
        if lowest > _HIGHEST_COUNT + 1:
            raise Unsupported("a high count within another shape")
        values = [self.fresh() for _ in range(lowest)]
        patterns = " ".join(f"{node} {path} {value} ." for value in values)
        tests = [condition.replace("{0}", value) for value in values for condition in conditions]
        tests += [f"!sameTerm({a}, {b})" for a, b in combinations(values, 2)]
        condition = f"FILTER({' && '.join(tests)})" if tests else ""
        return f"EXISTS {{ {patterns} {condition} }}"

    def qualified(self, shape: Node, inner: Node, lowest: int, node: str, path: str) -> str:
        """Return the test for a node with so many values that conform to ``inner``."""
        return self.at_least(lowest, node, path, *self.qualifying(shape, inner, "{0}"))

    def qualifying(self, shape: Node, inner: Node, value: str) -> list[str]:
        """Return the tests for a value that counts for a qualified value shape."""
        tests = [f"!{self.fails(inner, value)}"]
        if is_set(self.shapes, shape, "qualifiedValueShapesDisjoint"):
            tests += [self.fails(sibling, value) for sibling in self._siblings(shape, inner)]
        return tests

    def _siblings(self, shape: Node, inner: Node) -> list[Node]:
        """Return the qualified value shapes of the other properties of the same shape."""
        parents = self.shapes.subjects(SH + "property", shape)
        others = [p for parent in parents for p in self.shapes.objects(parent, SH + "property")]
        found = [q for p in others for q in self.shapes.objects(p, SH + "qualifiedValueShape")]
        return [sibling for sibling in dict.fromkeys(found) if sibling != inner]

    def _pairs(self, shape: Node, node: str, path: str) -> list[str]:
        """Return the tests of values against those of another property."""
        tests = []
        for other in self.shapes.objects(shape, SH + "equals"):
            a, b = self.fresh(), self.fresh()
            tests.append(f"EXISTS {{ {node} {path} {a} FILTER NOT EXISTS {{ {node} {term(other)} {a} }} }}")
            tests.append(f"EXISTS {{ {node} {term(other)} {b} FILTER NOT EXISTS {{ {node} {path} {b} }} }}")
        for other in self.shapes.objects(shape, SH + "disjoint"):
            a = self.fresh()
            tests.append(f"EXISTS {{ {node} {path} {a} . {node} {term(other)} {a} }}")
        for name, sign in _COMPARED.items():
            for other in self.shapes.objects(shape, SH + name):
                a, b = self.fresh(), self.fresh()
                less = f"FILTER(!COALESCE({a} {sign} {b}, false))"
                tests.append(f"EXISTS {{ {node} {path} {a} . {node} {term(other)} {b} {less} }}")
        if is_set(self.shapes, shape, "uniqueLang"):
            a, b = self.fresh(), self.fresh()
            same = f'LANG({a}) != "" && LCASE(LANG({a})) = LCASE(LANG({b})) && !sameTerm({a}, {b})'
            tests.append(f"EXISTS {{ {node} {path} {a} . {node} {path} {b} FILTER(COALESCE({same}, false)) }}")
        return tests


def is_off(shapes: ShapeGraph, shape: Node) -> bool:
    """Whether a shape or constraint is deactivated."""
    return any(flag.value in {"true", "1"} for flag in shapes.objects(shape, SH + "deactivated"))


def is_set(shapes: ShapeGraph, shape: Node, name: str) -> bool:
    """Whether a shape says ``true``, which ``1`` is not where SHACL asks for that very literal."""
    return any(flag.value == "true" for flag in shapes.objects(shape, SH + name))


def number(node: Node) -> int:
    """Return the number of a count."""
    if not isinstance(node, Literal) or not node.value.isdigit():
        raise Unsupported("a count that is no number")
    return int(node.value)


def _combined(name: str, tests: list[str]) -> str:
    """Return the test for a value that does not conform to a logical combination, from those of its members."""
    if name == "and":
        return f"({' || '.join(tests) or 'false'})"
    if name == "or":
        return f"({' && '.join(tests) or 'true'})"
    return f"({' + '.join(f'IF({test}, 0, 1)' for test in tests) or '0'} != 1)"
