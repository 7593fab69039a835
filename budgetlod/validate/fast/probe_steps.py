"""The steps of a probe that follow no triples: filters, computed values, optional groups; and how steps are chained."""

from __future__ import annotations

from collections.abc import Callable

from budgetlod.validate.fast.functions import Row, Step, Value, truth
from budgetlod.validate.fast.probe_joins import Unsure
from budgetlod.validate.triples import Triples

Maker = Callable[[Step], Step]
"""Given what comes after it, a step that does its part for each way to fulfil it."""


def chained(makers: list[Maker], last: Step) -> Step:
    """Return the steps one after another."""
    for make in reversed(makers):
        last = make(last)
    return last


def optional(inner: list[Maker], then: Step) -> Step:
    """Go on with each way to fulfil the optional group, or without."""

    def go(triples: Triples, row: Row) -> bool:
        fulfilled = []

        def once(triples: Triples, row: Row) -> bool:
            fulfilled.append(True)
            return then(triples, row)

        return chained(inner, once)(triples, row) or (not fulfilled and then(triples, row))

    return go


def filtered(value: Value, strict: bool, then: Step) -> Step:
    """Go on unless the filter is false; ``strict``: only if it is true for certain."""

    def step(triples: Triples, row: Row) -> bool:
        found = truth(value(triples, row))
        if found is None and strict:
            raise Unsure
        return found is not False and then(triples, row)

    return step


def computed(value: Value, target: int, strict: bool, then: Step) -> Step:
    """Go on with what an expression gives."""

    def step(triples: Triples, row: Row) -> bool:
        row[target] = value(triples, row)
        if row[target] is None and strict:
            raise Unsure
        found = then(triples, row)
        row[target] = None
        return found

    return step
