"""The rules of consistency in words, and which of them a profile of shapes checks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from budgetlod.core.resources import resource
from budgetlod.publish.lookup import natural_order
from budgetlod.publish.site.vocabulary import Text, codes_graph, label, rules_graph, texts
from budgetlod.rdf.names import BLOD, DCTERMS, OWL, RULE, SH, SKOS

_SEVERITIES: Final = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}
_IMPORTS, _IDENTIFIER = NamedNode(OWL + "imports"), NamedNode(DCTERMS + "identifier")


class Rule(NamedTuple):
    """A rule in words; ``unchecked`` says why no shape checks it, and is empty where one does."""

    id: str
    severity: str
    statement: Text
    why: Text
    example: Text
    correction: Text
    unchecked: Text
    tables: tuple[Text, ...]


class Group(NamedTuple):
    """A group of rules: its letter, what they are about, the rules by number."""

    letter: str
    name: Text
    rules: tuple[Rule, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Return all rules by group."""
    graph = rules_graph()
    concepts = sorted(graph.members(SKOS + "Concept"), key=natural_order)
    tops = [iri for iri in concepts if graph.terms(iri, SKOS + "topConceptOf")]
    return tuple(
        Group(
            iri.removeprefix(RULE),
            texts(graph, iri, SKOS + "prefLabel"),
            tuple(_rule(one) for one in concepts if iri in graph.texts(one, SKOS + "broader")),
        )
        for iri in tops
    )


def _rule(iri: str) -> Rule:
    graph = rules_graph()
    return Rule(
        iri.removeprefix(RULE),
        _SEVERITIES.get(graph.text(iri, SH + "severity"), "info"),
        texts(graph, iri, SKOS + "prefLabel"),
        texts(graph, iri, SKOS + "scopeNote"),
        texts(graph, iri, SKOS + "example"),
        texts(graph, iri, BLOD + "correction"),
        texts(graph, iri, SKOS + "note"),
        tuple(label(codes_graph(), table) for table in graph.texts(iri, DCTERMS + "subject")),
    )


@cache
def checked_by(profiles: tuple[str, ...]) -> frozenset[str]:
    """Return the ids of the rules that the shapes of some profiles or families name; unknown profiles name none."""
    home = resource("shapes")
    starts = [home / folder / f"{name}.ttl" for name in profiles for folder in ("profiles", ".")]
    waiting, seen, found = [path.resolve() for path in starts if path.is_file()], set[Path](), set[str]()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            imported, rules = _named(path)
            waiting += imported
            found |= rules
    return frozenset(found)


@cache
def _named(path: Path) -> tuple[list[Path], set[str]]:
    """Return the files that a file of shapes imports, and the rules that its shapes name."""
    imported, rules = list[Path](), set[str]()
    base = path.as_uri()
    for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE, base_iri=base):
        if quad.predicate == _IMPORTS and isinstance(quad.object, NamedNode):
            target = Path(quad.object.value.removeprefix("file://"))
            imported += [target] if target.is_file() else []
        elif quad.predicate == _IDENTIFIER and isinstance(quad.object, Literal):
            rules.add(quad.object.value)
    return imported, rules
