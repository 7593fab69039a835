"""The printed sums of a disclosure: each whole with its parts, and whether they close.

Whether a sum closes is judged as the shape of roll-ups does (``shapes/rollup.ttl``): numbers of one precision add up exactly,
others within half a last digit of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.names import BLOD, QB

State = Literal["closes", "rounded", "broken", "open"]
"""Adds up; misses within declared rounding; misses; not all numbers are known."""

_MEMBERS = (QB + "Observation", BLOD + "AssetLine", BLOD + "Change", BLOD + "Project", BLOD + "ProcurementLine")
_AMOUNTS = ("amount", "budget", "lineAmount")


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and its parts (IRIs), the dimensions that the parts go through, the statements that print it.

    ``iri`` is the breakdown, ``amount`` that of the whole, ``gap`` what the whole has more than its parts, in yuan.
    """

    iri: str
    whole: str
    amount: Decimal | None
    parts: tuple[str, ...]
    dimensions: tuple[str, ...]
    statements: tuple[str, ...]
    state: State
    gap: Decimal


class Sums:
    """The sums of one graph."""

    def __init__(self, graph: Lookup) -> None:
        self._graph = graph

    def of(self, whole: str) -> Sequence[Sum]:
        """Return the sums that take a figure apart."""
        return self._by_whole.get(whole, ())

    def all(self) -> list[Sum]:
        """Return all sums, in the natural order of their IRIs."""
        known = {one.iri: one for sums in self._by_whole.values() for one in sums}
        return [known[iri] for iri in self._graph.subjects(BLOD + "Breakdown")]

    @cached_property
    def _by_whole(self) -> dict[str, list[Sum]]:
        found: dict[str, list[Sum]] = defaultdict(list)
        parts = self._parts
        for breakdown in self._graph.members(BLOD + "Breakdown"):
            one = self._sum(breakdown, parts.get(breakdown, []))
            found[one.whole].append(one)
        return dict(found)

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        parts: dict[str, list[str]] = defaultdict(list)
        for kind in _MEMBERS:
            for member in self._graph.members(kind):
                for breakdown in self._graph.texts(member, BLOD + "inBreakdown"):
                    parts[breakdown].append(member)
        return parts

    def _sum(self, breakdown: str, parts: Sequence[str]) -> Sum:
        graph = self._graph
        whole = graph.text(breakdown, BLOD + "whole")
        state, gap = self._judged(breakdown, whole, parts)
        dimensions = tuple(iri.rpartition("#")[2] for iri in graph.texts(breakdown, BLOD + "breaksDown"))
        statements = tuple(graph.texts(breakdown, BLOD + "inStatement"))
        return Sum(breakdown, whole, self.amount(whole), tuple(parts), dimensions, statements, state, gap)

    def _judged(self, breakdown: str, whole: str, parts: Sequence[str]) -> tuple[State, Decimal]:
        amounts = [self.amount(part) for part in parts]
        total = self.amount(whole)
        if total is None or not parts or any(amount is None for amount in amounts):
            return "open", Decimal(0)
        gap = total - sum((amount for amount in amounts if amount is not None), Decimal(0))
        if not gap:
            return "closes", gap
        precisions = [Decimal(self._graph.text(one, BLOD + "precision", "0")) for one in (whole, *parts)]
        if abs(gap) > sum(precisions, Decimal(0)) / 2:
            return "broken", gap
        allowed = len(set(precisions)) > 1 or self._graph.text(breakdown, BLOD + "handRounded") in {"true", "1"}
        return "rounded" if allowed else "broken", gap

    def amount(self, subject: str) -> Decimal | None:
        """Return the amount of a figure, change, line or project, in yuan."""
        for name in _AMOUNTS:
            text = self._graph.text(subject, BLOD + name)
            if text:
                return Decimal(text)
        return None
