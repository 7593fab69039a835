"""The laws once more as equations over figures, so that a report can ask what would make them hold.

An engine says which constraints are broken. To say which cell is the likely cause, one has to know what each broken
constraint asks for (a difference that ought to be nothing), and which other equations a change of a cell would break.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgetlod.rdf.names import BLOD, QB, SKOS
from budgetlod.validate.facts import Facts, decimal, plain_iri
from budgetlod.validate.report import Result

NOTHING = Decimal(0)
Shifts = Mapping[str, Decimal]
"""By how much figures are moved from the amounts that the graph states."""

_WITHIN = tuple(
    "withinBy" + dimension
    for dimension in (
        "Organization",
        "Flow",
        "Vintage",
        "Source",
        "Function",
        "Economic",
        "GovernmentEconomic",
        "Nature",
        "Item",
        "Project",
    )
)
_UPPER = (*_WITHIN, "chargedTo")


@dataclass(frozen=True, eq=False)
class Equation:
    """A law for certain figures: the signed amounts add up to nothing, or (``bound``) to no more than nothing.

    ``gap`` is what they add up to; it may miss by ``band``. ``kind`` is the law, ``node`` what the law is about.
    """

    kind: str
    node: str
    signs: Mapping[str, int]
    gap: Decimal
    band: Decimal = NOTHING
    bound: bool = False

    def rest(self, shifts: Shifts) -> Decimal:
        """Return the gap that is left when figures are moved."""
        moved = (sign * shifts[figure] for figure, sign in self.signs.items() if figure in shifts)
        return self.gap + sum(moved, NOTHING)

    def holds(self, shifts: Shifts) -> bool:
        """Whether the law holds when figures are moved."""
        rest = self.rest(shifts)
        return (rest if self.bound else abs(rest)) <= self.band

    def remedy(self, figure: str, shifts: Shifts) -> Decimal:
        """Return by how much a figure has to move for the law to hold exactly."""
        return -self.rest(shifts) * self.signs[figure]


class Equations:
    """The equations of one graph; each is made once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._made: dict[tuple[str, str], Equation | None] = {}
        self._around: dict[str, list[Equation]] = {}

    def broken_by(self, result: Result) -> Equation | None:
        """Return the equation that a result says is broken; ``None`` where it is about something else."""
        found = self.of(result)
        return found if found is not None and not found.holds({}) else None

    def of(self, result: Result) -> Equation | None:
        """Return the equation of a result, or ``None`` where the result is not about a sum, a difference or a bound."""
        focus, value = plain_iri(result.focus), plain_iri(result.value)
        kinds = self._facts.kinds(focus)
        if "Breakdown" in kinds:
            return self._breakdown(focus)
        if "Balance" in kinds:
            return self._balance(focus)
        if "Change" in kinds:
            return self._change(focus)
        return self._between(focus, value) if self._amount(focus) is not None else None

    def around(self, figure: str) -> list[Equation]:
        """Return all equations of the graph that a figure takes part in."""
        found = self._around.get(figure)
        if found is None:
            found = self._around[figure] = [equation for equation in self._about(figure) if equation is not None]
        return found

    def _about(self, figure: str) -> Iterator[Equation | None]:
        facts = self._facts
        for breakdown in sorted({*facts.all(figure, "inBreakdown"), *facts.subjects("whole", figure)}):
            yield self._breakdown(breakdown)
        for balance in sorted({*facts.subjects("moneyIn", figure), *facts.subjects("moneyOut", figure)}):
            yield self._balance(balance)
        for change in sorted({*facts.subjects("changeTo", figure), *facts.subjects("changeFrom", figure), figure}):
            yield self._change(change)
        for link in _UPPER:
            for whole in facts.all(figure, link):
                yield self._bound(figure, whole, link)
            for part in facts.subjects(link, figure):
                yield self._bound(part, figure, link)
        for item in sorted({*facts.all(figure, "correspondsTo"), figure}):
            yield self._correspondence(item)

    def _between(self, focus: str, value: str) -> Equation | None:
        """Return the bound or the correspondence that a result about a figure is of."""
        said = self._facts.about(focus)
        for link in _UPPER:
            if value in said.get(BLOD + link, ()):
                return self._bound(focus, value, link)
        return self._correspondence(focus)

    # --- the laws -----------------------------------------------------------------------------------------------------------

    def _breakdown(self, node: str) -> Equation | None:
        whole = self._facts.one(node, "whole")
        hand_rounded = self._facts.one(node, "handRounded") == "true"
        parts = [part for part in self._facts.subjects("inBreakdown", node) if self._amount(part) is not None]
        return self._kept("rollup", node, parts, [whole], loose=hand_rounded)

    def _balance(self, node: str) -> Equation | None:
        return self._kept("balance", node, self._facts.all(node, "moneyIn"), self._facts.all(node, "moneyOut"))

    def _correspondence(self, item: str) -> Equation | None:
        return self._kept("correspondence", item, self._facts.subjects("correspondsTo", item), [item])

    def _change(self, node: str) -> Equation | None:
        after, before = self._facts.all(node, "changeTo"), self._facts.all(node, "changeFrom")
        return self._kept("change", node, after, [*before, node]) if before else None

    def _bound(self, part: str, whole: str, link: str) -> Equation | None:
        key = (link, part + " " + whole)
        if key not in self._made:
            made = self._sum("bound", part, [part], [whole])
            if made is not None:
                # Half a unit of the coarser last digit. Money of a source that fills its whole is expected to do so.
                coarse = max((self._precision(figure) for figure in (part, whole)), default=NOTHING)
                equal = link == "withinBySource" and made.gap <= NOTHING and self._only_money(part)
                band = coarse / 2 if made.band else NOTHING
                made = Equation("same money" if equal else "bound", part, made.signs, made.gap, band, not equal)
            self._made[key] = made
        return self._made[key]

    def _only_money(self, part: str) -> bool:
        """Whether the disclosure has no money but that of the part's source."""
        facts = self._facts
        source = facts.one(part, "source")
        funded = [money for dataset in facts.all(part, QB + "dataSet") for money in facts.all(dataset, "fundedBy")]
        return bool(funded) and all(source in facts.all(money, SKOS + "broaderTransitive") for money in funded)

    # --- the arithmetic -----------------------------------------------------------------------------------------------------

    def _kept(self, kind: str, node: str, plus: list[str], minus: list[str], *, loose: bool = False) -> Equation | None:
        key = (kind, node)
        if key not in self._made:
            self._made[key] = self._sum(kind, node, plus, minus, loose=loose)
        return self._made[key]

    def _sum(self, kind: str, node: str, plus: list[str], minus: list[str], *, loose: bool = False) -> Equation | None:
        """Return the equation between two sides; ``None`` if an amount is missing or a side is empty."""
        signs = {**dict.fromkeys(plus, 1), **dict.fromkeys(minus, -1)}
        amounts = {figure: self._amount(figure) for figure in signs}
        gap = NOTHING
        for figure, sign in signs.items():
            amount = amounts[figure]
            if amount is None:
                return None
            gap += sign * amount
        if not plus or not minus:
            return None
        precisions = [self._precision(figure) for figure in signs]
        band = sum(precisions, NOTHING) / 2 if loose or len(set(precisions)) > 1 else NOTHING
        return Equation(kind, node, signs, gap, band)

    def _amount(self, figure: str) -> Decimal | None:
        return self._facts.number(figure, "amount") if figure else None

    def _precision(self, figure: str) -> Decimal:
        return self._facts.number(figure, "precision") or NOTHING


def printed_gap(result: Result) -> Decimal | None:
    """Return the difference that a result is about: its binding ``gap``, or that between the two numbers it names."""
    numbers = {name: number for name, text in result.bindings if (number := decimal(text)) is not None}
    if "gap" in numbers:
        return abs(numbers["gap"])
    if len(numbers) == 2:
        first, second = numbers.values()
        return abs(first - second)
    return None
