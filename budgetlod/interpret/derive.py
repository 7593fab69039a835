"""Derive the figures of a disclosure from its evidence, and what holds them together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetlod.interpret import relations
from budgetlod.interpret.cube import Cube, statement_lists
from budgetlod.interpret.figures import ZERO, Evidence, collect_evidence, settle, settle_changes
from budgetlod.interpret.relations import PrintedList
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Breakdown, Figure, Point, Relations, StatedChange, Thing
from budgetlod.model.disclosure import Content, Identity
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Mention
from budgetlod.model.tables import Statement

_DECIMALS = re.compile(r"\d+\.(\d+)")


class Derived(NamedTuple):
    """The figures and changes of a disclosure, the relations between them, and the precision of amounts in prose."""

    figures: Mapping[Point, Figure]
    changes: tuple[StatedChange, ...]
    relations: Relations
    prose_precision: Decimal


def derive(content: Content, identity: Identity, lexicon: Lexicon) -> Derived:
    """Return what follows from the content of a disclosure."""
    cube = Cube(lexicon, {project.key: project.group for project in content.projects if project.group})
    precision = prose_precision(content.mentions, lexicon)
    evidence = collect_evidence(content.statements, content.mentions, precision)
    lists = list(_lists(content))
    parts = relations.find_breakdowns(lists, evidence.keys(), cube)
    printed = {p for listed in lists for p in listed.points}
    for key, stated in relations.stated_parts(evidence.keys(), printed, lexicon, cube).items():
        parts.setdefault(key, stated)
    # Where the document says that it rounds, each sum may be apart by what its terms were rounded.
    breakdowns = tuple(b._replace(hand_rounded=bool(content.rounding)) for b in relations.as_breakdowns(parts))
    figures = settle(evidence, _Closure(breakdowns, evidence))
    changes = settle_changes(content.statements, content.mentions, figures, precision)
    base = Point(fiscalYear=identity.fiscal_year, phase=identity.phase)
    asset_table = next((s.key for s in content.statements if s.type == "assets"), "assets")
    held = Relations(
        breakdowns=(
            *breakdowns,
            *relations.change_breakdowns(changes, parts, lexicon),
            *relations.asset_breakdowns(content.assets, lexicon, asset_table),
        ),
        bounds=relations.find_bounds(figures, breakdowns, cube),
        balances=relations.find_balances(figures, base, lexicon),
        blanks=relations.find_blanks(content.statements, figures, cube),
        correspondences=relations.find_correspondences(figures, lexicon),
        funded_by=relations.funded_by(figures, base, cube),
    )
    return Derived(figures, changes, held, precision)


def _lists(content: Content) -> Iterator[PrintedList]:
    """Yield the printed lists of all tables, and the list of projects where their forms show them all."""
    for statement in content.statements:
        yield from (PrintedList(statement.key, _adding_up(statement, points)) for points in statement_lists(statement))
    if budgets := _project_budgets(content):
        yield budgets


def _adding_up(statement: Statement, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return a printed list without a total that its rows need not make: forms leave out projects that are secret."""
    if statement.type != "performance" or all(point.project == ALL for point in points):
        return points
    return tuple(point for point in points if point.project != ALL)


def _project_budgets(content: Content) -> PrintedList | None:
    """Return the budgets of all projects under project expenditure, if the notes count as many projects."""
    counted = {m.number for m in content.mentions if m.states == Thing("disclosure", "", "")}
    forms = [s for s in content.statements if s.type == "performance"]
    points = [c.states for s in forms for c in s.cells if isinstance(c.states, Point) and c.states.source == ALL]
    if not points or Decimal(sum(project.form for project in content.projects)) not in counted:
        return None
    return PrintedList(forms[0].key, (points[0]._replace(project=ALL), *points))


def prose_precision(mentions: Sequence[Mention], lexicon: Lexicon) -> Decimal:
    """Return what the last digit of amounts in prose is worth in yuan, by the most decimals that prose prints."""
    worth: list[Decimal] = []
    for mention in mentions:
        digits = _DECIMALS.search(mention.printed)
        if mention.amount is not None and (digits or mention.amount):
            code = lexicon.lists["unit"].codes.get(mention.unit or "cny-10k")
            factor = code.factor if code and code.factor is not None else Decimal(10000)
            worth.append(factor.scaleb(-(len(digits[1]) if digits else 0)))
    return min(worth, default=Decimal(100))


class _Closure:
    """Counts the sums that an amount would close at a point, with the first evidence of the other figures."""

    def __init__(self, breakdowns: Sequence[Breakdown], evidence: Mapping[Point, Sequence[Evidence]]) -> None:
        self._amounts = {point: found[0].amount for point, found in evidence.items()}
        self._touching: dict[object, list[Breakdown]] = {}
        for breakdown in breakdowns:
            for subject in (breakdown.whole, *breakdown.parts):
                self._touching.setdefault(subject, []).append(breakdown)

    def __call__(self, point: Point, amount: Decimal) -> int:
        amounts = {**self._amounts, point: amount}
        return sum(
            sum((amounts.get(p, ZERO) for p in b.parts if isinstance(p, Point)), ZERO) == amounts.get(b.whole)
            for b in self._touching.get(point, ())
            if isinstance(b.whole, Point)
        )
