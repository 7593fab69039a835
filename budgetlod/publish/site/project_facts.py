"""What the page of a project shows: money, plan, goals, indicators by level, purchases, from the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from budgetlod.publish.lookup import natural_order
from budgetlod.publish.site.evidence import Evidence, Facts
from budgetlod.publish.site.naming import Name, Place
from budgetlod.publish.site.project_chart import Payment
from budgetlod.publish.site.vocabulary import Text
from budgetlod.rdf.names import BLOD, DCTERMS, QB, RDFS


class Indicator(NamedTuple):
    """One indicator; ``soft`` where its target is no number, ``alike`` are things that speak of the same measure."""

    anchor: str
    label: str
    description: str
    target: str
    basis: str
    soft: bool
    places: tuple[Place, ...]


class Group(NamedTuple):
    """The indicators of one second level, under its first level."""

    first: Name
    second: Name
    indicators: tuple[Indicator, ...]


class Goal(NamedTuple):
    """A goal as printed."""

    anchor: str
    text: str
    places: tuple[Place, ...]


class Passage(NamedTuple):
    """A number or telling words in a goal or purpose, and the indicators that speak of the same measure."""

    anchor: str
    printed: str
    about: str
    alike: tuple[str, ...]


class Purchase(NamedTuple):
    """A line of the procurement table for the project."""

    iri: str
    label: str
    amount: Decimal | None


class Planned(NamedTuple):
    """A payment with its anchor."""

    anchor: str
    payment: Payment


class Project(NamedTuple):
    """All that the page of a project shows."""

    iri: str
    name: str
    code: str
    money: tuple[tuple[Text, Decimal], ...]
    purpose: str
    unit: str
    plan: tuple[Planned, ...]
    goals: tuple[Goal, ...]
    groups: tuple[Group, ...]
    passages: tuple[Passage, ...]
    purchases: tuple[Purchase, ...]
    figures: tuple[tuple[str, Text, Decimal], ...]
    evidence: tuple[Evidence, ...]
    soft: int

    @property
    def budget(self) -> Decimal | None:
        """The money of the project, if any is stated."""
        return self.money[0][1] if self.money else None

    @property
    def indicator_count(self) -> int:
        """How many indicators there are."""
        return sum(len(group.indicators) for group in self.groups)


_MONEY = (
    ("budget", Text("预算数", "budget")),
    ("fiscalFunds", Text("其中：财政资金", "of which fiscal funds")),
    ("otherFunds", Text("其他资金", "other funds")),
    ("termBudget", Text("项目总投入", "cost over all years")),
)


class ProjectFacts:
    """Answers for the projects of one disclosure."""

    def __init__(self, facts: Facts) -> None:
        self._facts, self._graph = facts, facts.graph

    @cached_property
    def projects(self) -> list[str]:
        """The projects in the order of their tables, then of their IRIs."""
        graph = self._graph

        def place(iri: str) -> tuple[int, object]:
            return graph.number(graph.text(iri, BLOD + "inStatement"), BLOD + "order"), natural_order(iri)

        return sorted(graph.members(BLOD + "Project"), key=place)

    def project(self, iri: str) -> Project:
        """Return what is known of a project."""
        graph = self._graph
        money = ((text, graph.text(iri, BLOD + name)) for name, text in _MONEY)
        groups, goals = self._groups(iri), self._of("goalOf", iri)
        return Project(
            iri=iri,
            name=graph.text(iri, RDFS + "label"),
            code=graph.text(iri, DCTERMS + "identifier"),
            money=tuple((text, Decimal(amount)) for text, amount in money if amount),
            purpose=graph.text(iri, BLOD + "purpose"),
            unit=graph.text(iri, BLOD + "implementingUnit"),
            plan=tuple(map(self._planned, self._of("paymentOf", iri))),
            goals=tuple(self._goal(goal) for goal in goals),
            groups=groups,
            passages=tuple(self._passage(one) for owner in (iri, *goals) for one in self._of("passageOf", owner)),
            purchases=tuple(self._purchase(line) for line in self._of("procuredFor", iri)),
            figures=tuple(self._figures.get(iri, ())),
            evidence=tuple(map(self._facts.evidence, self._facts.by_subject.get(iri, ()))),
            soft=sum(one.soft for group in groups for one in group.indicators),
        )

    def _groups(self, project: str) -> tuple[Group, ...]:
        graph, names = self._graph, self._facts.names
        found: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
        for iri in self._of("indicatorOf", project):
            levels = graph.text(iri, BLOD + "firstLevel"), graph.text(iri, BLOD + "category")
            found[levels].append(self._indicator(iri))
        ordered = sorted(found, key=lambda levels: [one for one, _ in found].index(levels[0]))
        return tuple(Group(names.of(a), names.of(b), tuple(found[a, b])) for a, b in ordered)

    def _indicator(self, iri: str) -> Indicator:
        graph = self._graph
        return Indicator(
            iri.partition("#")[2],
            graph.text(iri, RDFS + "label"),
            graph.text(iri, DCTERMS + "description"),
            graph.text(iri, BLOD + "targetText"),
            graph.text(iri, BLOD + "basis"),
            not graph.text(iri, BLOD + "targetValue"),
            tuple(self._facts.names.places(iri)),
        )

    def _goal(self, iri: str) -> Goal:
        text = self._graph.text(iri, BLOD + "text")
        return Goal(iri.partition("#")[2], text, tuple(self._facts.names.places(iri)))

    def _passage(self, iri: str) -> Passage:
        graph = self._graph
        alike = (other.partition("#")[2] for other in graph.texts(iri, BLOD + "sameMeasureAs"))
        about = graph.text(iri, RDFS + "label")
        return Passage(iri.partition("#")[2], graph.text(iri, BLOD + "printed"), about, tuple(alike))

    def _planned(self, iri: str) -> Planned:
        share = Decimal(self._graph.text(iri, BLOD + "cumulativeShare", "0"))
        return Planned(iri.partition("#")[2], Payment(self._graph.number(iri, BLOD + "month"), share))

    def _purchase(self, iri: str) -> Purchase:
        amount = self._graph.text(iri, BLOD + "lineAmount")
        return Purchase(iri, self._graph.text(iri, RDFS + "label"), Decimal(amount) if amount else None)

    def _of(self, predicate: str, owner: str) -> Sequence[str]:
        return self._owned[predicate].get(owner, ())

    @cached_property
    def _owned(self) -> dict[str, dict[str, list[str]]]:
        """What belongs to projects and goals, by predicate and owner, in order."""
        kinds = {
            "goalOf": "PerformanceGoal",
            "indicatorOf": "PerformanceIndicator",
            "paymentOf": "PlannedPayment",
            "passageOf": "TextPassage",
            "procuredFor": "ProcurementLine",
        }
        return {predicate: self._by_owner(kind, predicate) for predicate, kind in kinds.items()}

    def _by_owner(self, kind: str, predicate: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for iri in self._graph.subjects(BLOD + kind):
            for owner in self._graph.texts(iri, BLOD + predicate):
                found[owner].append(iri)
        return found

    @cached_property
    def _figures(self) -> dict[str, list[tuple[str, Text, Decimal]]]:
        found: dict[str, list[tuple[str, Text, Decimal]]] = defaultdict(list)
        for figure in self._graph.members(QB + "Observation"):
            project = self._graph.text(figure, BLOD + "project")
            if not project.endswith("/_T"):
                amount = self._facts.sums.amount(figure) or Decimal(0)
                found[project].append((figure, self._told(figure, project), amount))
        return found

    def _told(self, figure: str, project: str) -> Text:
        names = [name for name in self._facts.names.coordinates(figure) if name.iri != project]
        return Text(_joined(name.text.zh for name in names), _joined(name.text.en for name in names))


def _joined(words: Iterable[str]) -> str:
    return " · ".join(words)
