"""The projects of a disclosure in one table: amount, payment plan, indicators, procurement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.charts import per_cent, stairs
from budgetlod.publish.site.figures import Figure, Figures, with_funds
from budgetlod.publish.site.names import Label, Names
from budgetlod.rdf.names import BLOD

SPARK = (64, 20)
"""Width and height of the picture of a payment plan, in pixels."""


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project: amount (``None``: none printed) and its figure, plan, counts, and the width of its bar."""

    iri: str
    label: Label
    figure: Figure | None
    plan: Sequence[tuple[int, Decimal]]
    path: str
    indicators: int
    procurement: Decimal | None
    width: str

    @property
    def plan_text(self) -> str:
        """The plan in digits, for those who do not see the picture: ``3: 25% · 6: 50%``."""
        return " · ".join(f"{month}: {share.normalize():f}%" for month, share in self.plan)


def project_lines(graph: Lookup, figures: Figures, names: Names) -> list[ProjectLine]:
    """Return the projects, largest first; those of one amount in the order of the document."""
    amounts = figures.along_any(
        "project", with_funds({"flow": "expenditure", "nature": "project"}, {"flow": "expenditure"})
    )
    indicators = Counter(graph.text(one, BLOD + "indicatorOf") for one in graph.members(BLOD + "PerformanceIndicator"))
    plans, bought = _plans(graph), _procured(graph)
    found = {iri: amounts.get(iri) or _stated(graph, iri) for iri in graph.subjects(BLOD + "Project")}
    highest = max((figure.amount for figure in found.values() if figure), default=Decimal()) or Decimal(1)
    lines = [
        ProjectLine(
            iri,
            names.of(iri),
            figure,
            plans.get(iri, []),
            stairs(plans[iri], *SPARK) if iri in plans else "",
            indicators[iri],
            bought.get(iri),
            per_cent(max(figure.amount, Decimal()) * 100 / highest) if figure else "0%",
        )
        for iri, figure in found.items()
    ]
    return sorted(lines, key=lambda line: -(line.figure.amount if line.figure else Decimal(-1)))


def _stated(graph: Lookup, project: str) -> Figure | None:
    """Return the budget that a form states of a project that has no figure of its own."""
    budget = graph.text(project, BLOD + "budget")
    return Figure("", Decimal(budget)) if budget else None


def _plans(graph: Lookup) -> dict[str, list[tuple[int, Decimal]]]:
    plans: dict[str, list[tuple[int, Decimal]]] = {}
    for payment in graph.members(BLOD + "PlannedPayment"):
        share = graph.text(payment, BLOD + "cumulativeShare")
        if share:
            step = graph.number(payment, BLOD + "month"), Decimal(share)
            plans.setdefault(graph.text(payment, BLOD + "paymentOf"), []).append(step)
    return {project: sorted(steps) for project, steps in plans.items()}


def _procured(graph: Lookup) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in graph.members(BLOD + "ProcurementLine"):
        amount = graph.text(line, BLOD + "lineAmount")
        if amount and graph.text(line, BLOD + "lineKind") == "line":
            for project in graph.texts(line, BLOD + "procuredFor"):
                sums[project] = sums.get(project, Decimal()) + Decimal(amount)
    return sums
