"""Causes that are one: a blank and the sums that lack its amount; the sums of a list that all lack one row; and what
several places say of one thing that says otherwise itself.

None is an amount that could be moved, so no suspect of :mod:`budgetlod.validate.grouping` explains them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgetlod.rdf.names import CODE
from budgetlod.validate.evidence import EvidenceFinder
from budgetlod.validate.facts import plain_iri
from budgetlod.validate.grouping import LAWS, Cause, Causes
from budgetlod.validate.relations import Equation
from budgetlod.validate.report import Place

_STAKES = ("leavesBlank", "leavesBlankOver", "leavesBlankUnder")


@dataclass(frozen=True, eq=False)
class _Lack:
    """A sum of one result that falls short: its cause, its equation, and the cell of its whole in its statement."""

    cause: Cause
    equation: Equation
    whole: Place

    @property
    def amount(self) -> Decimal:
        """What the parts lack."""
        return -self.equation.gap


def merged(causes: Iterable[Cause], finder: EvidenceFinder, known: Causes) -> list[Cause]:
    """Return causes with those put together that a blank or a missing row explains."""
    left = list(causes)
    lacks = [lack for cause in left if (lack := _lack(cause, finder, known)) is not None]
    for blank in [cause for cause in left if cause.results[0].family == "blanks"]:
        filled = [lack for lack in lacks if lack.cause in left and _fills(blank, lack, finder)]
        if filled:
            _replace(left, [blank, *(lack.cause for lack in filled)], blank.place)
    for together in _rows(lack for lack in lacks if lack.cause in left):
        _replace(left, [lack.cause for lack in together], together[0].whole.iri, row_is_missing=True)
    for same in _about_one(left):
        _replace(left, same, same[0].place)
    return left


def _replace(left: list[Cause], causes: list[Cause], place: str, *, row_is_missing: bool = False) -> None:
    """Put one cause in the place of several."""
    for cause in causes:
        left.remove(cause)
    results = tuple(result for cause in causes for result in cause.results)
    left.append(Cause(results, place, row_is_missing=row_is_missing))


def _about_one(causes: Iterable[Cause]) -> Iterator[list[Cause]]:
    """Yield the causes in which several nodes contradict one and the same value, an indicator or a project."""
    found: dict[tuple[str, str], list[Cause]] = defaultdict(list)
    for cause in causes:
        first = cause.results[0]
        one_thing = first.value.startswith("<") and not first.value.startswith(f"<{CODE}")
        if len(cause.results) == 1 and one_thing and first.severity != "info" and first.family not in LAWS:
            found[first.family, first.value].append(cause)
    yield from (together for together in found.values() if len(together) > 1)


def _lack(cause: Cause, finder: EvidenceFinder, known: Causes) -> _Lack | None:
    """Return the sum that a cause of one result finds too small; ``None`` for any other cause."""
    if len(cause.results) != 1:
        return None
    equation = known.equations.broken_by(cause.results[0])
    if equation is None or equation.kind != "rollup" or equation.gap >= 0:
        return None
    whole = finder.facts.one(equation.node, "whole")
    statements = finder.facts.all(equation.node, "inStatement")
    cells = [place for cell in known.decides(whole) if (place := finder.place(cell)).statement in statements]
    return _Lack(cause, equation, cells[0]) if cells else None


def _fills(blank: Cause, lack: _Lack, finder: EvidenceFinder) -> bool:
    """Whether a blank row, filled with an amount that it stands for, would close a sum of its table."""
    facts = finder.facts
    for result in blank.results:
        row = plain_iri(result.focus)
        figures = {figure for link in _STAKES for figure in facts.all(row, link)}
        amounts = {facts.number(figure, "amount") for figure in figures}
        if facts.one(row, "inStatement") == lack.whole.statement and lack.amount in amounts:
            return True
    return False


def _rows(lacks: Iterable[_Lack]) -> Iterator[list[_Lack]]:
    """Yield the sums of one row, in several columns, whose parts all lack more than a last digit."""
    lists: dict[tuple[str, int | None], list[_Lack]] = defaultdict(list)
    for lack in lacks:
        if lack.amount > (lack.whole.precision or 0):
            lists[lack.whole.statement, lack.whole.row].append(lack)
    for found in lists.values():
        columns = {lack.whole.column for lack in found}
        if len(found) > 1 and len(columns) == len(found):
            yield sorted(found, key=lambda lack: lack.whole.column or 0)
