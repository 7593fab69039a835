"""SYNTHETIC budgets: invented amounts that agree with one another, to print test documents from.

A budget is a list of *parts*, the smallest amounts told apart; every printed amount is a sum of parts, so tables and
prose agree by construction. Nothing here is taken from a real department. Amounts are in 万元 with two decimals.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point

ZERO = Decimal("0.00")
UNDER = {
    "fiscal": ("general-public", "government-fund", "state-capital"),
    "non-fiscal": ("special-account", "undertaking", "operating", "superior", "affiliated", "other"),
    "unit": ("undertaking", "operating", "superior", "affiliated", "other"),
}
PERSONNEL, PUBLIC = "personnel", "public"


@dataclass(frozen=True)
class Amount:
    """An amount to print, and the point of the cube that a reader should see in it."""

    value: Decimal
    point: Point


@dataclass(frozen=True)
class Part:
    """Money of one function, source, vintage and nature; nature ``closing`` is money left for the next year."""

    function: str
    source: str
    vintage: str
    nature: str
    amount: Decimal


@dataclass(frozen=True)
class ProjectPlan:
    """A project: name, code and the parts it is paid from (fiscal money and other money)."""

    name: str
    code: str
    fiscal: Decimal
    other: Decimal
    indicators: int
    shares: tuple[int, int, int, int]


@dataclass
class Budget:
    """A consistent budget of one year, with what the year before is said to have been."""

    year: int
    parts: list[Part] = field(default_factory=list)
    economic: dict[str, tuple[str, Decimal]] = field(default_factory=dict)
    items: dict[str, Decimal] = field(default_factory=dict)
    projects: list[ProjectPlan] = field(default_factory=list)
    changes: dict[str, Decimal] = field(default_factory=dict)

    def at(self, flow: str, **where: str) -> Amount:
        """Return the amount at a point: the sum of all parts that it covers."""
        return Amount(self._sum(flow, **where), Point(fiscalYear=self.year, flow=flow, **where))

    def _sum(self, flow: str, function: str = ALL, source: str = ALL, vintage: str = ALL, nature: str = ALL) -> Decimal:
        def covers(part: Part) -> bool:
            return (
                function in (ALL, part.function[: len(function)])
                and (source in (ALL, part.source) or part.source in UNDER.get(source, ()))
                and vintage in (ALL, part.vintage)
                and nature in (ALL, part.nature)
                and (flow in ("revenue", "outlay") or (flow == "closing") == (part.nature == "closing"))
            )

        return sum((part.amount for part in self.parts if covers(part)), ZERO)

    def of_economic(self, code: str, nature: str) -> Amount:
        """Return basic expenditure of the general public budget by economic code (a prefix, or ``_T``)."""
        found = [a for c, (n, a) in self.economic.items() if code in (ALL, c[: len(code)]) and nature in ("basic", n)]
        point = Point(fiscalYear=self.year, flow="expenditure", source="general-public", economic=code, nature=nature)
        return Amount(sum(found, ZERO), point)

    def of_item(self, item: str, source: str) -> Amount:
        """Return an item of special disclosure; all of it is general public money."""
        value = self.items[item] if source in ("fiscal", "general-public") else ZERO
        return Amount(value, Point(fiscalYear=self.year, flow="expenditure", source=source, item=item))

    def functions(self, source: str = ALL) -> Iterator[str]:
        """Yield the codes of class, group and item that have money, in order."""
        leaves = {p.function for p in self.parts if source in (ALL, p.source)}
        yield from sorted({code[:n] for code in leaves for n in (3, 5, 7)})


def make_budget(
    seed: int, *, year: int = 2031, carried: bool = False, closing: bool = False, funds: bool = False,
    own: bool = False, projects: int = 4, travel: bool = False,
) -> Budget:  # fmt: skip
    """Return an invented budget; the switches fill columns and rows that are blank in a plain one."""
    dice = random.Random(seed)
    budget = Budget(year)
    _basic(budget, dice)
    for number in range(1, projects + 1):
        _project(budget, number, dice, carried=carried, funds=funds, own=own)
    if closing:
        budget.parts.append(Part("2050299", "general-public", "carried", "closing", _money(dice, 20)))
    if own:
        budget.parts.append(Part("2050299", "operating", "current", "operating", _money(dice, 30)))
        budget.parts.append(Part("2050803", "other", "current", "remitted", _money(dice, 10)))
        budget.parts.append(Part("2050803", "superior", "current", "subsidy", _money(dice, 10)))
    _items(budget, dice, travel=travel)
    budget.changes = {name: _money(dice, 90) for name in (PERSONNEL, PUBLIC, "project")}
    budget.changes[PUBLIC] = -budget.changes[PUBLIC]
    return budget


def _money(dice: random.Random, most: int) -> Decimal:
    return Decimal(dice.randint(101, most * 100)).scaleb(-2)


def _basic(budget: Budget, dice: random.Random) -> None:
    paired = {"2080505": "30108", "2080506": "30109", "2101102": "30110", "2210201": "30113"}
    for function, code in paired.items():
        amount = _money(dice, 120)
        budget.parts.append(Part(function, "general-public", "current", "basic", amount))
        budget.economic[code] = (PERSONNEL, amount)
    school = ZERO
    for code in ("30101", "30102", "30107", "30201", "30207", "30217", "30231", "30299", "30302", "30305", "31002"):
        nature = PUBLIC if code[:3] in ("302", "310") else PERSONNEL
        amount = _money(dice, 40)
        budget.economic[code] = (nature, amount)
        school += amount
    budget.parts.append(Part("2050202", "general-public", "current", "basic", school))


def _project(budget: Budget, number: int, dice: random.Random, *, carried: bool, funds: bool, own: bool) -> None:
    """Add a project: the first two from other funds where there are such, the third and fourth with other money."""
    fiscal, other = _money(dice, 90), ZERO
    function, source = "2050299", "general-public"
    if funds and number <= 2:
        function, source = ("2120899", "government-fund") if number == 1 else ("2230199", "state-capital")
    from_before = fiscal / 4 if carried and number in (1, 3) else ZERO
    from_before = from_before.quantize(ZERO)
    if from_before:
        budget.parts.append(Part(function, source, "carried", "project", from_before))
    budget.parts.append(Part(function, source, "current", "project", fiscal - from_before))
    if own and number in (3, 4):
        other = _money(dice, 15)
        budget.parts.append(
            Part("2050803", "undertaking" if number == 3 else "special-account", "current", "project", other)
        )
    shares = tuple(sorted(dice.sample(range(10, 95, 5), 3)))
    plan = ProjectPlan(
        f"示例{'甲乙丙丁戊己庚辛壬癸'[number % 10]}类事务经费{number}",
        f"99000131P{number:06d}X",
        fiscal,
        other,
        dice.randint(4, 8) if number > 1 else 0,
        (shares[0], shares[1], shares[2], 100),
    )
    budget.projects.append(plan)


def _items(budget: Budget, dice: random.Random, *, travel: bool) -> None:
    research, abroad = (_money(dice, 5), _money(dice, 5)) if travel else (ZERO, ZERO)
    purchase = _money(dice, 20) if travel else ZERO
    operation, reception = budget.economic["30231"][1], budget.economic["30217"][1]
    budget.items = {
        "abroad-research": research,
        "abroad-other": abroad,
        "abroad": research + abroad,
        "vehicle-purchase": purchase,
        "vehicle-operation": operation,
        "vehicles": purchase + operation,
        "reception": reception,
    }
    total = budget.items["abroad"] + budget.items["vehicles"] + reception
    budget.items |= {"three-public": total, "restricted": total}
