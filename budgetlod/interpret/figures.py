"""Settle the amount of every figure from its evidence.

Among the evidence of the finest precision the amount with most evidence counts; on a tie the one that closes most
sums; then the one of the more detailed statement, prose last. The others stay published as evidence and fail the
law of agreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetlod.model.cube import ChangeOf, Figure, Point, StatedChange
from budgetlod.model.notes import Mention
from budgetlod.model.tables import Statement

ZERO = Decimal(0)


class Evidence(NamedTuple):
    """One statement of an amount: how precise, and how much weight it has on a tie (greater is better)."""

    amount: Decimal
    precision: Decimal
    weight: int


def collect_evidence(
    statements: Sequence[Statement], mentions: Sequence[Mention], prose_precision: Decimal
) -> dict[Point, list[Evidence]]:
    """Return the evidence of every point: cells weigh as many as their table has figures, prose nothing."""
    evidence: dict[Point, list[Evidence]] = {}
    for statement in statements:
        figures = [cell for cell in statement.cells if isinstance(cell.states, Point) and cell.amount is not None]
        for cell in figures:
            assert isinstance(cell.states, Point)
            assert cell.amount is not None
            evidence.setdefault(cell.states, []).append(Evidence(cell.amount, statement.precision, len(figures)))
    for mention in mentions:
        if isinstance(mention.states, Point) and mention.amount is not None:
            precision = mention.precision or prose_precision
            evidence.setdefault(mention.states, []).append(Evidence(mention.amount, precision, 0))
    return evidence


def settle(
    evidence: Mapping[Point, Sequence[Evidence]], closes: Callable[[Point, Decimal], int]
) -> dict[Point, Figure]:
    """Return the figure of each point; ``closes`` counts the sums that an amount would close at a point."""
    return {point: _settled(point, found, closes) for point, found in evidence.items()}


def _settled(point: Point, found: Sequence[Evidence], closes: Callable[[Point, Decimal], int]) -> Figure:
    finest = min(e.precision for e in found)
    fine = [e for e in found if e.precision == finest]
    counts = Counter(e.amount for e in fine)
    if len(counts) == 1:
        return Figure(point, fine[0].amount, finest)
    most = max(counts.values())
    tied = [amount for amount, count in counts.items() if count == most]
    if len(tied) > 1:
        weight = {a: max(e.weight for e in fine if e.amount == a) for a in tied}
        tied.sort(key=lambda amount: (-closes(point, amount), -weight[amount], amount))
    return Figure(point, tied[0], finest)


class StatedAs(NamedTuple):
    """How a cell or a sentence states a change; ``compared`` is the year it names by its number (0: none)."""

    amount: Decimal | None
    percent: Decimal | None
    precision: Decimal
    compared: int = 0


def settle_changes(
    statements: Iterable[Statement], mentions: Iterable[Mention], figures: Mapping[Point, Figure], precision: Decimal
) -> tuple[StatedChange, ...]:
    """Return the stated changes, each with its two ends where figures state them; ``precision`` is that of prose."""
    stated: dict[ChangeOf, list[StatedAs]] = {}
    for mention in mentions:
        if isinstance(mention.states, ChangeOf):
            said = StatedAs(mention.amount, mention.percent, mention.precision or precision, mention.compared)
            stated.setdefault(mention.states, []).append(said)
    for statement in statements:
        for cell in statement.cells:
            if isinstance(cell.states, ChangeOf):
                said = StatedAs(cell.amount, cell.number, statement.precision)
                stated.setdefault(cell.states, []).append(said)
    return tuple(_settled_change(change, found, figures) for change, found in stated.items())


def _settled_change(change: ChangeOf, found: Sequence[StatedAs], figures: Mapping[Point, Figure]) -> StatedChange:
    """Return a change with the amount that most of its evidence states; on a tie, the difference of its ends."""
    amounts = Counter(said.amount for said in found if said.amount is not None)
    to, from_ = change.point, change.earlier
    ends = (to if to in figures else None, from_ if from_ in figures and from_ != to else None)
    difference = figures[to].amount - figures[from_].amount if None not in ends else None
    amount = max(amounts, key=lambda a: (amounts[a], a == difference, a), default=None)
    percent = next((said.percent for said in found if said.percent is not None), None)
    year = next((said.compared for said in found if said.compared), 0)
    return StatedChange(change, amount, min(said.precision for said in found), percent, ends, year)
