"""Whether a query of a SHACL-SPARQL constraint means the same for all focus nodes at once as for one after another.

SHACL evaluates it once per focus node, with ``$this`` replaced everywhere (SHACL 1.0, appendix A). Here it is
evaluated once, with ``$this`` a variable that is joined with the focus nodes. The two agree where each group that
mentions ``$this`` binds it itself, or is given the focus nodes at its start; and where nothing is counted, cut or
chosen across focus nodes. What does not agree is named as a reason, and the shape is left to the reference engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from budgetlod.rdf.names import RDF
from budgetlod.validate.fast.syntax import AGGREGATES, Expression, Group, Item, Select, Token, Unreadable, parse
from budgetlod.validate.fast.triple_patterns import TriplePattern, patterns

THIS = "this"
_TYPE = RDF + "type"
# Look-around and back references, which not every engine has.
_BEYOND_REGULAR = re.compile(r"\(\?[=!<]|\\\\[1-9]")
_FORBIDDEN = {
    "MINUS": "MINUS",
    "VALUES": "VALUES",
    "SERVICE": "SERVICE",
    "GRAPH": "GRAPH",
    "FROM": "FROM",
    "LIMIT": "LIMIT counts across focus nodes",
    "OFFSET": "OFFSET counts across focus nodes",
    "RAND": "RAND",
    "NOW": "NOW",
    "UUID": "UUID",
    "STRUUID": "STRUUID",
    "BNODE": "BNODE",
    "SAMPLE": "SAMPLE chooses freely",
    "GROUP_CONCAT": "GROUP_CONCAT joins in no order",
}


@dataclass
class Plan:
    """What has to be known to ask a query for many focus nodes.

    ``reasons`` say why it cannot be (then nothing else counts). The focus nodes must be put in at the places
    ``required`` of the text, and may be at the places ``possible``. ``certain`` are patterns that every answer
    matches, ``all_patterns`` all there are; ``everything`` is set where any triple may be looked at.
    """

    reasons: list[str] = field(default_factory=list)
    required: list[int] = field(default_factory=list)
    possible: list[int] = field(default_factory=list)
    certain: list[TriplePattern] = field(default_factory=list)
    all_patterns: list[TriplePattern] = field(default_factory=list)
    everything: bool = False


def examine(text: str, prefixes: dict[str, str], *, absent_focus: bool) -> Plan:
    """Return the plan for the text of a SELECT query without prologue. ``absent_focus`` tells that a focus node may
    occur nowhere in the data.
    """
    plan = Plan()
    try:
        query = parse(text)
        _Examiner(plan, prefixes, absent_focus=absent_focus).query(query)
    except Unreadable as error:
        plan.reasons.append(f"not understood: {error}")
    return plan


class _Examiner:
    """Walks through a query and fills a plan."""

    def __init__(self, plan: Plan, prefixes: dict[str, str], *, absent_focus: bool) -> None:
        self._plan, self._prefixes, self._absent_focus = plan, prefixes, absent_focus

    def query(self, query: Select) -> None:
        """Examine the whole query."""
        self._words(query)
        self._select(query, certain=True)
        for pattern in self._plan.all_patterns:
            ends = {pattern.subject.variable, pattern.object.variable}
            if pattern.variable_predicate or pattern.may_be_empty:
                self._plan.everything = True
            if pattern.may_be_empty and self._absent_focus and THIS in ends:
                self._plan.reasons.append("a path of no length from a focus node that may not be in the data")

    def _words(self, query: Select) -> None:
        """Look for words that no query for many focus nodes may have."""
        tokens = list(_all_tokens(query))
        found = {_FORBIDDEN[token.word] for token in tokens if token.word in _FORBIDDEN}
        found |= {f"${t.variable}" for t in tokens if t.variable in {"shapesGraph", "currentShape", "PATH"}}
        if any(t.kind == "text" and _BEYOND_REGULAR.search(t.text) for t in tokens):
            found.add("a regular expression with look-around or back references")
        for before, after in pairwise(tokens):
            if before.word == "AS" and after.variable == THIS:
                found.add("$this is bound anew")
        self._plan.reasons += sorted(found)

    def _select(self, query: Select, *, certain: bool) -> None:
        """Examine a query or sub-query."""
        if query.star or THIS not in query.variables:
            self._plan.reasons.append("a SELECT that does not name $this")
        if THIS in query.named:
            self._plan.reasons.append("$this is bound anew")
        counted = any(t.word in AGGREGATES for e in query.expressions for t in e.tokens)
        if (counted or query.grouped) and THIS not in query.grouped:
            self._plan.reasons.append("an aggregate that is not grouped by $this")
        for expression in query.expressions:
            self._expression(expression)
        self._group(query.where, certain=certain)

    def _group(self, group: Group, *, certain: bool, optional: bool = False) -> None:
        """Examine a group outside EXISTS."""
        selects = [item for item in group.items if item.kind == "select"]
        if _mentions(group) and not selects:
            if not _anchored(group):
                self._plan.required.append(group.start)
            if not optional:
                self._plan.possible.append(group.start)
        for item in group.items:
            self._item(item, certain=certain)

    def _item(self, item: Item, *, certain: bool) -> None:
        if item.kind == "triples":
            self._add(item.tokens, certain=certain)
        elif item.kind == "select" and item.select is not None:
            self._select(item.select, certain=certain)
        elif item.kind == "groups":
            for group in item.groups:
                self._group(group, certain=certain and len(item.groups) == 1)
        elif item.kind == "optional":
            self._group(item.groups[0], certain=False, optional=True)
        else:
            self._expression(item.expression, certain=certain and item.kind == "filter")

    def _add(self, tokens: list[Token], *, certain: bool) -> None:
        found = patterns(tokens, self._prefixes)
        self._plan.all_patterns += found
        if certain:
            self._plan.certain += found

    def _expression(self, expression: Expression, *, certain: bool = False) -> None:
        """Examine the groups of EXISTS; what a filter of nothing else but EXISTS asks for is certain."""
        alone = certain and [token.word for token in expression.tokens] == ["EXISTS"]
        for group in expression.groups:
            self._exists(group, certain=alone)

    def _exists(self, group: Group, *, certain: bool) -> None:
        """Examine a group of EXISTS: the answer so far is put into it, but not into sub-queries in it."""
        for item in group.items:
            if item.kind == "triples":
                self._add(item.tokens, certain=certain)
            elif item.kind == "select":
                self._plan.reasons.append("a sub-query in EXISTS")
            elif item.kind in {"groups", "optional"}:
                for inner in item.groups:
                    self._nested(inner)
            else:
                self._expression(item.expression)

    def _nested(self, group: Group) -> None:
        """Examine a group within a group of EXISTS: engines differ in what they put into it."""
        bound = _bound(group)
        for item in group.items:
            if item.kind in {"filter", "bind"} and item.expression.variables() - bound:
                self._plan.reasons.append("a variable from outside in a filter of a group within EXISTS")
        if any(item.kind == "select" for item in group.items):
            self._plan.reasons.append("a sub-query in EXISTS")
        for item in group.items:
            if item.kind == "triples":
                self._add(item.tokens, certain=False)
            elif item.kind in {"groups", "optional"}:
                for inner in item.groups:
                    self._nested(inner)
            else:
                self._expression(item.expression)


def _anchored(group: Group) -> bool:
    """Whether a group binds ``$this`` before any member needs its value. Filters look at the whole group."""
    bound = False
    for item in group.items:
        if item.kind == "triples":
            bound = bound or THIS in {token.variable for token in item.tokens}
        elif item.kind == "select":
            bound = True
        elif item.kind == "groups":
            bound = bound or all(_mentions(inner) for inner in item.groups)
        elif item.kind in {"optional", "bind"} and not bound and _mentions_item(item):
            return False
    return bound


def _mentions(group: Group) -> bool:
    return any(_mentions_item(item) for item in group.items)


def _mentions_item(item: Item) -> bool:
    return THIS in {token.variable for token in _item_tokens(item)}


def _bound(group: Group) -> set[str]:
    """Return the variables that a group may bind by itself."""
    found = set[str]()
    for item in group.items:
        found |= {token.variable for token in item.tokens if token.variable} | {item.target}
        for inner in item.groups:
            found |= _bound(inner)
    return found


def _all_tokens(query: Select) -> Iterator[Token]:
    """Yield all tokens of a query that can carry meaning here."""
    for expression in query.expressions:
        yield from _expression_tokens(expression)
    yield from _group_tokens(query.where)
    yield from query.modifiers


def _group_tokens(group: Group) -> Iterator[Token]:
    for item in group.items:
        yield from _item_tokens(item)


def _item_tokens(item: Item) -> Iterator[Token]:
    if item.kind.upper() in _FORBIDDEN:
        yield Token("word", item.kind, 0)
    yield from item.tokens
    yield from _expression_tokens(item.expression)
    if item.kind == "bind":
        yield from (Token("word", "AS", 0), Token("var", f"?{item.target}", 0))
    if item.select is not None:
        yield from (Token("var", f"?{name}", 0) for name in item.select.variables)
        yield from _all_tokens(item.select)
    yield from _of_groups(item.groups)


def _expression_tokens(expression: Expression) -> Iterator[Token]:
    yield from expression.tokens
    yield from _of_groups(expression.groups)


def _of_groups(groups: Iterable[Group]) -> Iterator[Token]:
    for group in groups:
        yield from _group_tokens(group)
