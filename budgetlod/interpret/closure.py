"""Does the arithmetic of a disclosure close? Every sum that can be formed, and how many close.

A sum is a printed list of parts under its whole (*rollup*), money in against money out (*balance*), or a figure that
several tables print (*agreement*; one sum for each cell beyond the first). The rules of tolerance are those of the
shapes that publish the same laws. A misread number hardly ever closes its sums, so the share that closes says how far
a table can be trusted - before anybody has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from budgetlod.interpret.figures import ZERO
from budgetlod.model.cube import Balance, Breakdown, Subject, Thing
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.tables import Cell, Statement

Law = Literal["rollup", "balance", "agreement"]
LAWS: tuple[Law, ...] = ("rollup", "balance", "agreement")
Amount = tuple[Decimal, Decimal]
"""An amount in yuan and what its last printed digit is worth."""


class Sum(NamedTuple):
    """One sum: what should be equal, whether it is, and the tables concerned.

    ``stated`` is the whole, the money in, or the amount that a cell prints; ``expected`` the sum of the parts, the
    money out, or the amount of the figure elsewhere; both in yuan. ``label`` and ``place`` are those of the row that
    prints ``stated`` (empty where only prose does).
    """

    law: Law
    statements: tuple[str, ...]
    stated: Decimal
    expected: Decimal
    closes: bool
    subject: Subject
    label: str = ""
    place: str = ""

    @property
    def gap(self) -> Decimal:
        """How far the two are apart."""
        return self.stated - self.expected


class Closure(NamedTuple):
    """All sums of a disclosure."""

    sums: tuple[Sum, ...]

    @property
    def open(self) -> tuple[Sum, ...]:
        """The sums that do not close."""
        return tuple(one for one in self.sums if not one.closes)

    def of(self, statement: str) -> tuple[Sum, ...]:
        """Return the sums that a table takes part in."""
        return tuple(one for one in self.sums if statement in one.statements)

    def under(self, law: Law) -> tuple[Sum, ...]:
        """Return the sums of one law."""
        return tuple(one for one in self.sums if one.law == law)


def confidence(sums: Sequence[Sum]) -> float | None:
    """Return the share of the sums that close, from 0 to 1; ``None`` where no sum can be formed."""
    return sum(one.closes for one in sums) / len(sums) if sums else None


def closure(disclosure: Disclosure) -> Closure:
    """Return all sums that can be formed of what a disclosure states."""
    return _Sums(disclosure).all()


class _Sums:
    """Forms the sums; holds where each figure is printed."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.rounding = bool(disclosure.content.rounding)
        self.amounts = _amounts(disclosure)
        self.cells: dict[Subject, list[tuple[Statement, Cell]]] = {}
        for statement in disclosure.content.statements:
            for cell in statement.cells:
                if cell.states is not None and cell.amount is not None:
                    self.cells.setdefault(cell.states, []).append((statement, cell))

    def all(self) -> Closure:
        relations = self.disclosure.relations
        rollups = [one for breakdown in relations.breakdowns if (one := self._rollup(breakdown))]
        balances = [one for balance in relations.balances if (one := self._balance(balance))]
        return Closure((*rollups, *balances, *self._agreements()))

    def _rollup(self, breakdown: Breakdown) -> Sum | None:
        """Return the sum of a list: exact among equal precisions unless rounding is declared, else within the band."""
        whole = self.amounts.get(breakdown.whole)
        parts = [self.amounts[part] for part in breakdown.parts if part in self.amounts]
        if whole is None or not parts:
            return None
        total = sum((amount for amount, _ in parts), ZERO)
        closes = _closes(whole[0] - total, [whole, *parts], breakdown.hand_rounded or self.rounding)
        return self._sum("rollup", breakdown.statements, whole[0], total, closes, breakdown.whole)

    def _balance(self, balance: Balance) -> Sum | None:
        figures = self.disclosure.figures
        points = (*balance.money_in, *balance.money_out)
        if not all(point in figures for point in points):
            return None
        income = sum((figures[point].amount for point in balance.money_in), ZERO)
        outlay = sum((figures[point].amount for point in balance.money_out), ZERO)
        closes = _closes(income - outlay, [(figures[p].amount, figures[p].precision) for p in points], loose=False)
        printing = dict.fromkeys(statement.key for point in points for statement, _ in self.cells.get(point, ()))
        return self._sum("balance", tuple(printing), income, outlay, closes, balance.money_in[0])

    def _agreements(self) -> Iterator[Sum]:
        for point, figure in self.disclosure.figures.items():
            cells = self.cells.get(point, [])
            if len(cells) < 2:
                continue
            agreeing = [_agrees(cell, statement, figure.amount, figure.precision) for statement, cell in cells]
            # The first that agrees is what the others are compared with; prose may agree with none of them.
            first = agreeing.index(True) if True in agreeing else 0
            against = cells[first][0].key
            for number, ((statement, cell), agrees) in enumerate(zip(cells, agreeing, strict=True)):
                if number != first:
                    assert cell.amount is not None
                    keys = tuple(dict.fromkeys((statement.key, against)))
                    label, place = _where(cell)
                    yield Sum("agreement", keys, cell.amount, figure.amount, agrees, point, label, place)

    def _sum(
        self, law: Law, statements: tuple[str, ...], stated: Decimal, expected: Decimal, closes: bool, subject: Subject
    ) -> Sum:
        cells = self.cells.get(subject, ())
        cell = next((c for s, c in cells if s.key in statements), cells[0][1] if cells else None)
        label, place = _where(cell) if cell else ("", "")
        return Sum(law, statements, stated, expected, closes, subject, label, place)


def _amounts(disclosure: Disclosure) -> Mapping[Subject, Amount]:
    """Return the amounts of all that adds up: figures, stated changes, asset lines."""
    amounts: dict[Subject, Amount] = {f.point: (f.amount, f.precision) for f in disclosure.figures.values()}
    for change in disclosure.changes:
        if change.amount is not None:
            amounts[change.change] = (change.amount, change.precision)
    worth = next((s.precision for s in disclosure.content.statements if s.type == "assets"), Decimal("0.01"))
    for line in disclosure.content.assets:
        if line.amount is not None:
            amounts[Thing("asset", "", str(line.order))] = (line.amount, worth)
    return amounts


def _closes(gap: Decimal, amounts: Sequence[Amount], loose: bool) -> bool:
    """Return whether a gap is none, or within half a last digit of each amount where precisions differ or it is loose."""
    precisions = [precision for _, precision in amounts]
    exact = len(set(precisions)) == 1 and not loose
    return gap == ZERO or (not exact and abs(gap) <= sum(precisions, ZERO) / 2)


def _agrees(cell: Cell, statement: Statement, amount: Decimal, precision: Decimal) -> bool:
    """Return whether a cell agrees with the amount of its figure: equal, or within half the coarser last digit."""
    assert cell.amount is not None
    gap = abs(cell.amount - amount)
    return gap == ZERO or (statement.precision != precision and gap <= max(statement.precision, precision) / 2)


def _where(cell: Cell) -> tuple[str, str]:
    return cell.row_label or cell.row_code, cell.places[0].words() if cell.places else ""
