"""The rules of consistency (勾稽关系) in words: what each says, why it exists, an example of a fault, how to correct it.

The words are in ``ontology/rules/``, one file for each group; which shapes check a rule is said by the shapes. Both are
read when somebody asks, never when a document is read.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from budgetlod.core.resources import resource
from budgetlod.model.problem import BadInput, Problem
from budgetlod.rdf.names import BLOD, CODE, DCTERMS, RULE, SH, SHAPE, SKOS
from budgetlod.validate.report import Messages, Severity
from budgetlod.validate.shape_graph import Node, ShapeGraph
from budgetlod.validate.shapes import Shapes, families, load_shapes

_SCHEME = NamedNode(RULE.rstrip("/"))
_SEVERITIES: dict[str, Severity] = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}
_STATEMENTS = "statements.ttl"
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class ShapeNote:
    """A shape that checks rules: where it is written and which rules it names; ``messages`` are what it may say."""

    name: str
    iri: str
    family: str
    severity: Severity
    identifiers: tuple[str, ...]
    messages: tuple[Messages, ...]

    @property
    def file(self) -> str:
        """The file of the shape, from the root of the repository."""
        return f"shapes/{self.family}.ttl"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words.

    ``group`` is a letter and ``group_name`` what the rules of the group are about. ``tables`` are the kinds of table
    concerned: notation and name. ``no_shape`` says why no shape checks the rule, and is ``None`` where one does.
    """

    id: str
    group: str
    group_name: Messages
    severity: Severity
    tables: tuple[tuple[str, Messages], ...]
    statement: Messages
    why: Messages
    example: Messages
    correction: Messages
    no_shape: Messages | None
    shapes: tuple[ShapeNote, ...]


def rule_ids() -> tuple[str, ...]:
    """Return the ids of all rules, sorted."""
    return tuple(sorted(_nodes()))


def groups() -> dict[str, Messages]:
    """Return the groups of rules, letter and name, sorted."""
    tops = (node for node in _words().subjects(SKOS + "topConceptOf", _SCHEME) if isinstance(node, NamedNode))
    return {node.value.removeprefix(RULE): _texts(node, SKOS + "prefLabel") for node in sorted(tops, key=str)}


def has_rule(name: str) -> bool:
    """Return whether a rule has this id."""
    return name in _nodes()


def statement_and_advice(name: str) -> tuple[Messages, Messages]:
    """Return what a rule says, and why it exists with how to correct a fault; no shapes are read."""
    node = _nodes()[name]
    why, correction = _texts(node, SKOS + "scopeNote"), _texts(node, BLOD + "correction")
    advice = Messages(f"{why.zh}更正：{correction.zh}", f"{why.en} To correct: {correction.en}")
    return _texts(node, SKOS + "prefLabel"), advice


def explain(name: str) -> Rule:
    """Return a rule by its id (``"A36"``, also ``"a36"``).

    Raises :class:`~budgetlod.model.problem.BadInput`, which names rules and shapes with similar names, if there is none.
    """
    known = name.upper()
    if known not in _nodes():
        raise _unknown(name)
    return _rule(known)


def explain_shape(name: str) -> ShapeNote | None:
    """Return a shape by its name (``"RollUp"``, whatever the case), or ``None``."""
    return next((note for note in _shape_notes() if note.name.lower() == name.lower()), None)


def source_of(shape: ShapeNote) -> str:
    """Return a shape as its file has it: Turtle without the prefixes."""
    text = resource(shape.file).read_text(encoding="utf-8")
    # The next subject, comment or directive stands at the start of a line; the lines of a query never begin like that.
    found = re.search(
        rf"^shape:{re.escape(shape.name)}\s.*?(?=^(?:[a-z]+:\w|<|#|@)|\Z)", text, re.DOTALL | re.MULTILINE
    )
    return found.group().rstrip() if found else ""


@cache
def _words() -> ShapeGraph:
    """The words of the rules, and the names of the kinds of table."""
    home = resource("ontology")
    files = [*sorted((home / "rules").glob("*.ttl")), home / _STATEMENTS]
    parsed = (pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE) for file in files)
    return ShapeGraph(pyoxigraph.Triple(q.subject, q.predicate, q.object) for quads in parsed for q in quads)


@cache
def _nodes() -> dict[str, NamedNode]:
    """The rules by id: the concepts of the scheme that belong to a group."""
    members = (n for n in _words().subjects(SKOS + "inScheme", _SCHEME) if isinstance(n, NamedNode))
    return {node.value.removeprefix(RULE): node for node in members if _words().objects(node, SKOS + "broader")}


@cache
def _rule(name: str) -> Rule:
    words, node = _words(), _nodes()[name]
    group = words.value(node, SKOS + "broader")
    severity = words.value(node, SH + "severity")
    tables = (table for table in words.objects(node, DCTERMS + "subject") if isinstance(table, NamedNode))
    note = _texts(node, SKOS + "note")
    return Rule(
        id=name,
        group=str(getattr(group, "value", "")).removeprefix(RULE),
        group_name=_texts(group, SKOS + "prefLabel"),
        severity=_SEVERITIES[str(getattr(severity, "value", ""))],
        tables=tuple((t.value.removeprefix(CODE + "statement/"), _texts(t, SKOS + "prefLabel")) for t in tables),
        statement=_texts(node, SKOS + "prefLabel"),
        why=_texts(node, SKOS + "scopeNote"),
        example=_texts(node, SKOS + "example"),
        correction=_texts(node, BLOD + "correction"),
        no_shape=note if note.zh else None,
        shapes=tuple(shape for shape in _shape_notes() if name in shape.identifiers),
    )


def _texts(node: Node | None, predicate: str) -> Messages:
    """Return the Chinese and the English value of a property."""
    values = _words().objects(node, predicate) if node is not None else []
    by_language = {value.language: value.value for value in values if isinstance(value, Literal)}
    return Messages(by_language.get("zh", ""), by_language.get("en", ""))


@cache
def _shape_notes() -> tuple[ShapeNote, ...]:
    """All shapes that name rules or their family, by name."""
    shapes = load_shapes(*families())
    return tuple(_shape_note(shapes, iri) for iri in sorted(shapes.families) if shapes.identifiers(iri))


def _shape_note(shapes: Shapes, iri: str) -> ShapeNote:
    return ShapeNote(
        name=iri.removeprefix(SHAPE),
        iri=iri,
        family=shapes.families[iri],
        severity=shapes.severity(iri),
        identifiers=shapes.identifiers(iri),
        messages=tuple(_messages(shapes.index, NamedNode(iri))),
    )


def _messages(index: ShapeGraph, shape: NamedNode) -> Iterator[Messages]:
    """Yield the messages of a shape and of its SPARQL constraints."""
    for node in (shape, *index.objects(shape, SH + "sparql")):
        found = index.messages(node)
        if found:
            yield Messages(found.get("zh", ""), found.get("en", ""))


def _unknown(name: str) -> BadInput:
    """Return what to raise for a name that is neither a rule's nor a shape's, with names that look like it."""
    near = ", ".join(_near(name))
    return BadInput(
        Problem(
            code="rule-unknown",
            severity="error",
            zh=f"没有名为 {name!r} 的规则或形状",
            en=f"there is no rule or shape named {name!r}",
            hint_zh=f"相近的有：{near}；budgetlod explain 列出全部规则" if near else "budgetlod explain 列出全部规则",
            hint_en=f"similar: {near}; budgetlod explain lists all rules"
            if near
            else "budgetlod explain lists all rules",
        )
    )


def _near(name: str) -> Sequence[str]:
    """Return a few names that look like one that is not known."""
    swapped = [one for one in rule_ids() if sorted(one) == sorted(name.upper())]
    known = {one.lower(): one for one in (*rule_ids(), *(shape.name for shape in _shape_notes()))}
    close = (known[one] for one in difflib.get_close_matches(name.lower(), known, n=_SEVERAL, cutoff=0.5))
    return list(dict.fromkeys([*swapped, *close]))[:_SEVERAL]
