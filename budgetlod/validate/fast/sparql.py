"""SPARQL constraints (``sh:sparql``): their own query, with the focus nodes put in where that is needed."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, partial

import pyoxigraph
from pyoxigraph import NamedNode

from budgetlod.rdf.names import OWL, RDF, RDFS, SH
from budgetlod.validate.fast.constraint import Constraint, Query, Template, component, needs_of, template
from budgetlod.validate.fast.paths import Path
from budgetlod.validate.fast.programs import program
from budgetlod.validate.fast.soundness import THIS, Plan, examine
from budgetlod.validate.fast.targets import Focus
from budgetlod.validate.fast.triple_patterns import TriplePattern
from budgetlod.validate.fast.unsupported import Unsupported
from budgetlod.validate.shape_graph import Node, ShapeGraph
from budgetlod.validate.triples import TYPE, Triples
from budgetlod.validate.writing import own_messages

_PATH = re.compile(r"[?$]PATH\b")
_ALWAYS = {"rdf": RDF, "rdfs": RDFS, "owl": OWL}


def sparql_constraint(
    shapes: ShapeGraph, root: Node, shape: Node, source: Node, focus: Focus, path: Path | None
) -> Constraint:
    """Return the compiled constraint ``source`` of ``shape``; raises :class:`Unsupported`."""
    queries = shapes.objects(source, SH + "select")
    if len(queries) != 1:
        raise Unsupported("a SPARQL constraint without one SELECT query")
    text = queries[0].value
    if path is not None:
        text = _PATH.sub(lambda _: f"({path.text})" if path.steps is None else path.text, text)
    prefixes = prefixes_of(shapes, source)
    plan = examine(text, prefixes, absent_focus=bool(focus.targets.nodes))
    if plan.reasons:
        raise Unsupported("; ".join(dict.fromkeys(plan.reasons)))
    made = _with_prologue(template(text, plan.required, plan.possible), prefixes)
    _try(made)
    named = shapes.named(shape)
    return Constraint(
        root=root.value,
        shape=named.value if isinstance(named, NamedNode) else str(named),
        component=component("SPARQL"),
        path=path.text if path else "",
        focus=focus,
        query=cache(partial(Query, made, needs_of(plan))),
        messages=own_messages(shapes, source, shape),
        value="" if path else "this",
        screen=partial(_candidates, _must_match(plan)),
        program=cache(partial(program, text, prefixes)),
    )


def prefixes_of(shapes: ShapeGraph, source: Node) -> dict[str, str]:
    """Return the prefixes of a constraint's query: those that its ``sh:prefixes`` declare, with what those import."""
    waiting, seen, found = list(shapes.objects(source, SH + "prefixes")), set[Node](), dict[str, str]()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        waiting += shapes.objects(node, OWL + "imports")
        for declaration in shapes.objects(node, SH + "declare"):
            names = shapes.objects(declaration, SH + "prefix")
            namespaces = shapes.objects(declaration, SH + "namespace")
            if len(names) != 1 or len(namespaces) != 1:
                raise Unsupported("a prefix without one namespace")
            if found.setdefault(names[0].value, namespaces[0].value) != namespaces[0].value:
                raise Unsupported(f"two namespaces for the prefix {names[0].value}")
    return _ALWAYS | found


def _with_prologue(made: Template, prefixes: dict[str, str]) -> Template:
    """Return the template with the prefixes declared that its query uses."""
    text = "".join(made.pieces)
    used = [f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items() if f"{name}:" in text]
    return Template(("\n".join([*used, made.pieces[0]]), *made.pieces[1:]), made.required)


def _try(made: Template) -> None:
    """Raise :class:`Unsupported` if the store cannot read the query."""
    try:
        pyoxigraph.Store().query(made.filled("", everywhere=False))
    except (SyntaxError, ValueError) as error:
        raise Unsupported(f"the store cannot read the query: {error}") from error


def _must_match(plan: Plan) -> list[tuple[str, bytes, bytes]]:
    """Return what each answer must find: where ``$this`` stands, predicate, and the value if it is a certain IRI."""
    plain = [pattern for pattern in plan.certain if pattern.has_plain_predicate and pattern.predicates]
    return list(dict.fromkeys(_wanted(pattern) for pattern in plain))


def _wanted(pattern: TriplePattern) -> tuple[str, bytes, bytes]:
    place = "subject" if pattern.subject.variable == THIS else "object" if pattern.object.variable == THIS else ""
    value = f"<{pattern.value}>".encode() if pattern.value else b""
    return place, f"<{pattern.predicates[0]}>".encode(), value


def _candidates(wanted: list[tuple[str, bytes, bytes]], triples: Triples, focus: set[bytes]) -> set[bytes]:
    """Return the focus nodes that have what every answer must find."""
    for place, predicate, value in wanted:
        if not focus:
            break
        if value and value not in triples.objects(predicate):
            return set()
        if place == "subject":
            focus = focus.intersection(_with(triples, predicate, value) if value else triples.subjects(predicate))
        elif place == "object":
            focus = focus & triples.objects(predicate)
        elif not triples.has(predicate):
            return set()
    return focus


def _with(triples: Triples, predicate: bytes, value: bytes) -> Collection[bytes]:
    """Return what has a certain value."""
    if predicate == TYPE:
        return triples.members(value)
    return triples.holders(predicate)[value]
