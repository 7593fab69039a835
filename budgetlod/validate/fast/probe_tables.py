"""Sub-queries of a probe: their answers for one focus node, with what they sum and count."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from budgetlod.validate.fast.expressions import Unknown
from budgetlod.validate.fast.functions import Row, Step, Value
from budgetlod.validate.fast.probe_joins import Unsure, in_one_form
from budgetlod.validate.fast.probe_steps import Maker, chained
from budgetlod.validate.fast.soundness import THIS
from budgetlod.validate.fast.syntax import AGGREGATES, Expression, Group, Select
from budgetlod.validate.triples import Triples

if TYPE_CHECKING:
    from budgetlod.validate.fast.probes import Scope

# Where a sub-query stands in its text makes no difference.
_PLACES = re.compile(r"\b(?:end|start)=\d+")
Rows = list[Row]
Aggregate = Callable[[Triples, Rows], Any]


def table(outer: Scope, select: Select, *, strict: bool) -> Maker:
    """Return the step of a sub-query: exact, or, where it is not understood, whether it has any answer at all."""
    try:
        return partial(_joined, _Table(outer, select), [outer.slot(name) for name in select.variables])
    except Unknown:
        if strict:
            raise
        outer.skipped = True
        return partial(_any, _exists(outer, select))


def _exists(outer: Scope, select: Select) -> Step:
    from budgetlod.validate.fast.probes import Scope

    scope = Scope(outer.prefixes)
    makers = scope.makers(select.where, {scope.slot(THIS)}, strict=False)
    step = chained(makers, lambda _t, _r: True)

    def exists(triples: Triples, row: Row) -> bool:
        inner = scope.row.copy()
        inner[0] = row[0]
        return step(triples, inner)

    return exists


def _any(exists: Step, then: Step) -> Step:
    return lambda triples, row: exists(triples, row) and then(triples, row)


def _joined(answers: _Table, slots: list[int], then: Step) -> Step:
    """Go on with each answer that fits what is known."""

    def step(triples: Triples, row: Row) -> bool:
        before, found = [row[slot] for slot in slots], False
        for answer in answers(triples, row[0]):
            if any(old is not None and _differ(old, new) for old, new in zip(before, answer, strict=True)):
                continue
            for slot, value in zip(slots, answer, strict=True):
                row[slot] = value
            if then(triples, row):
                found = True
                break
        for slot, value in zip(slots, before, strict=True):
            row[slot] = value
        return found

    return step


def _differ(old: Any, new: Any) -> bool:
    """Whether two answers for one variable cannot be the same."""
    if new is None or old == new:
        return False
    if isinstance(old, bytes) and isinstance(new, bytes) and in_one_form(old) and in_one_form(new):
        return True
    raise Unsure


class _Table:
    """The answers of a sub-query for one focus node; raises :class:`Unknown` unless all of it is understood."""

    def __init__(self, outer: Scope, select: Select) -> None:
        from budgetlod.validate.fast.probes import Scope

        if select.star or any(token.word in {"HAVING", "LIMIT", "OFFSET", "VALUES"} for token in select.modifiers):
            raise Unknown("a modifier")
        self._scope = Scope(outer.prefixes)
        this = self._scope.slot(THIS)
        if _repeats(select.where):
            raise Unknown("a union or a sub-query that may give an answer twice")
        makers = self._scope.makers(select.where, {this}, strict=True)
        named = dict(zip(select.named, select.expressions, strict=False))
        self._made = [self._column(name, named.get(name), select) for name in select.variables]
        self._groups = [self._scope.slot(name) for name in select.grouped]
        self._distinct = select.distinct
        self._aggregates = bool(select.named)
        self._kept = self._scope.slot(object())
        self._step = chained(makers, self._keep)
        self._same = _PLACES.sub("", f"{sorted(outer.prefixes.items())}{select}")

    def _keep(self, _triples: Triples, row: Row) -> bool:
        kept, row[self._kept] = row[self._kept], None
        kept.add(tuple(row))
        row[self._kept] = kept
        return False

    def __call__(self, triples: Triples, this: bytes) -> list[list[Any]]:
        """Return the answers; several shapes often ask the same, which is worked out once."""
        known: dict[bytes, list[list[Any]]] = triples.kept(self._same)
        if this not in known:
            known[this] = self._answers(triples, this)
        return known[this]

    def _answers(self, triples: Triples, this: bytes) -> list[list[Any]]:
        row, kept = self._scope.row.copy(), set[tuple[Any, ...]]()
        row[0], row[self._kept] = this, kept
        self._step(triples, row)
        if self._aggregates:
            groups: dict[tuple[Any, ...], Rows] = {}
            for found in kept:
                groups.setdefault(tuple(map(_key, (found[g] for g in self._groups))), []).append(list(found))
            return [[made(triples, rows) for made in self._made] for rows in groups.values()]
        return [[made(triples, [list(found)]) for made in self._made] for found in kept]

    def _column(self, name: str, expression: Expression | None, select: Select) -> Aggregate:
        if expression is None:
            if select.named and name not in select.grouped:
                raise Unknown("a variable that is not grouped by")
            slot = self._scope.slot(name)
            return lambda _t, rows: rows[0][slot]
        return _aggregate(self._scope, expression)


def _repeats(group: Group) -> bool:
    """Whether a group may give an answer twice, which a set does not keep: by a union or a sub-query."""
    for item in group.items:
        if len(item.groups) > 1 or any(map(_repeats, item.groups)):
            return True
        if item.select is not None and not item.select.distinct and not item.select.named:
            return True
    return False


def _key(value: Any) -> Any:
    if isinstance(value, bytes) and not in_one_form(value):
        raise Unsure
    return value


def _aggregate(scope: Scope, expression: Expression) -> Aggregate:
    """Return what works out ``SUM(…)`` and its like; what is more than that cannot be told."""
    tokens = expression.tokens
    word, distinct = tokens[0].word, len(tokens) > 2 and tokens[2].word == "DISTINCT"
    inner = tokens[3 if distinct else 2 : -1]
    nested = any(token.word in AGGREGATES for token in inner)
    if word not in _WAYS or tokens[1].text != "(" or tokens[-1].text != ")" or nested or _leaves(inner):
        return lambda _t, _r: None
    if [token.text for token in inner] == ["*"]:
        return lambda _t, rows: Decimal(len(rows)) if word == "COUNT" else None
    value, way = scope.test(Expression(inner, expression.groups), set()), _WAYS[word]

    def aggregate(triples: Triples, rows: Rows) -> Any:
        values = [_value(value, triples, row) for row in rows]
        return way(list(set(values)) if distinct else values)

    return aggregate


def _leaves(tokens: list[Any]) -> bool:
    """Whether brackets are closed that were not opened: there is more than one aggregate."""
    depth = 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth < 0:
            return True
    return False


def _value(value: Value, triples: Triples, row: Row) -> Any:
    found = value(triples, row)
    if found is None or (isinstance(found, bytes) and not in_one_form(found)):
        raise Unsure
    return found


def _sum(values: list[Any]) -> Decimal | None:
    return sum(values, Decimal(0)) if all(isinstance(value, Decimal) for value in values) else None


def _least(values: list[Any], *, most: bool) -> Any:
    kinds = {type(value) for value in values}
    if kinds not in ({Decimal}, {str}):
        raise Unsure  # a store orders terms of all kinds
    return max(values) if most else min(values)


_WAYS: dict[str, Callable[[list[Any]], Any]] = {
    "SUM": _sum,
    "COUNT": lambda values: Decimal(len(values)),
    "MIN": partial(_least, most=False),
    "MAX": partial(_least, most=True),
}
