"""Compare goals and purposes with indicators, projects and institutions: which places speak of the same thing.

Only what stands where and what names what is told here; whether the values agree is for the shapes to judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from budgetlod.core.text import fold, squeeze
from budgetlod.interpret.goal_texts import TextReader
from budgetlod.interpret.same_measure import Measure, Measures, pairs, pieces
from budgetlod.model.cube import Thing
from budgetlod.model.disclosure import Content
from budgetlod.model.document import Place
from budgetlod.model.goals import GoalFacts, GoalWords, NamedBody, Said, TextPassage
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Goal, Indicator, Institution, Mention, Project

_SHARE = Decimal("0.01")
# Shorter texts share their words by chance.
_SHORTEST_GOAL, _FEWEST_PAIRS = 8, 3


def read_goals(content: Content, lexicon: Lexicon, fiscal_year: int) -> GoalFacts:
    """Return what the goals of the projects and of the department say of one another."""
    reader = _Reader(lexicon, fiscal_year, [project for project in content.projects if project.form])
    goals, indicators = content.goals, content.indicators
    passages = tuple(passage for project in reader.projects for passage in reader.passages(project))
    return GoalFacts(
        passages=passages,
        bodies=tuple(reader.bodies(content.institutions)),
        words=(*reader.in_purpose(), *reader.in_projects(goals)),
        same=(*reader.overall(goals, indicators, content.mentions), *reader.itemised(indicators)),
        blank=tuple(project.key for project in reader.projects if project.goals_blank),
    )


class _Reader:
    def __init__(self, lexicon: Lexicon, fiscal_year: int, projects: Sequence[Project]) -> None:
        self.lexicon, self.projects = lexicon, projects
        self.measures = Measures(lexicon)
        self.texts = TextReader(lexicon, fiscal_year)
        self.of_project = {
            project.key: [
                (thing, self.measures.of_indicator(i)) for thing, i in quantitative(project.indicators, project)
            ]
            for project in projects
        }

    # --- projects: numbers in their texts -----------------------------------------------------------------------------

    def passages(self, project: Project) -> list[TextPassage]:
        """Return the amounts and arrears in a project's purpose and all numbers in its goals."""
        of_purpose = [found for found in self.texts.read(project.purpose) if found.amount is not None or found.meaning]
        all_: list[TextPassage] = []
        for found in of_purpose:
            self._add(project, Thing("project", project.key, ""), found, project.place, all_)
        owing = any(found.meaning for found in of_purpose)
        for goal in project.goals:
            source = Thing("goal", project.key, str(goal.order))
            read = self.texts.read(goal.text)
            alone = sum(found.amount is not None for found in read) == 1
            for found in read:
                if found.meaning and owing and found.amount is None:
                    continue
                self._add(project, source, self._limit(found) if alone else found, goal.place, all_, linked=True)
        return self._unambiguous(all_)

    def _limit(self, found: Said) -> Said:
        left = "".join(self._without_limits(found.lead))
        return found._replace(meaning="budget-limit") if self.texts.limits_budget(found, left) else found

    def _without_limits(self, lead: str) -> tuple[str, ...]:
        words = sorted(self.texts.of["budget-limit"], key=len, reverse=True)
        return self.measures.telling(re.sub("|".join(map(re.escape, words)) + "|在|内|以", ",", lead))

    def _add(
        self, project: Project, source: Thing, found: Said, place: Place, to: list[TextPassage], linked: bool = False
    ) -> None:
        same = self._same(project, found) if linked and found.words and not found.meaning else None
        to.append(TextPassage(project.key, project.statement, len(to) + 1, source, place, found, same))

    def _same(self, project: Project, found: Said) -> Thing | None:
        measure = Measure((self.measures.name(found.words),), found.unit)
        return self.measures.best(measure, self.of_project[project.key], far=False)

    def _unambiguous(self, passages: list[TextPassage]) -> list[TextPassage]:
        """Take the indicator off passages of which several different numbers claim it."""
        claims = {(p.same, p.said.amount, p.said.number) for p in passages if p.same}
        several = {same for same, count in Counter(same for same, _, _ in claims).items() if count > 1}
        return [p._replace(same=None) if p.same in several else p for p in passages]

    # --- the department's goals against the projects ---------------------------------------------------------------------

    def overall(
        self, goals: Sequence[Goal], indicators: Sequence[Indicator], mentions: Sequence[Mention]
    ) -> Iterator[tuple[Thing, Thing]]:
        """Yield the numbers of the department's overall goal with the indicators that speak of the same measure."""
        own = [(thing, self.measures.of_indicator(i)) for thing, i in quantitative(indicators, None)]
        for goal in goals:
            stated = {squeeze(m.printed): m for m in mentions if m.states == Thing("goal", "", str(goal.order))}
            for found in self.texts.read(goal.text) if stated else ():
                mention = stated.get(found.printed)
                if mention is None or not found.words or mention.unit != found.unit:
                    continue
                texts = dict.fromkeys((found.words, found.words.rpartition("、")[2]))
                measure = Measure(tuple(map(self.measures.name, texts)), found.unit)
                for candidates in (own, self._everywhere()):
                    if (same := self.measures.best(measure, candidates, far=True)) is not None:
                        yield Thing("mention", "", str(mention.order)), same

    def itemised(self, indicators: Sequence[Indicator]) -> Iterator[tuple[Thing, Thing]]:
        """Yield the department's indicators with the projects' indicators that speak of the same measure."""
        for thing, indicator in quantitative(indicators, None):
            same = self.measures.best(self.measures.of_indicator(indicator), self._everywhere(), far=True)
            if same is not None:
                yield thing, same

    def _everywhere(self) -> list[tuple[Thing, Measure]]:
        return [candidate for candidates in self.of_project.values() for candidate in candidates]

    # --- shared words --------------------------------------------------------------------------------------------------

    def in_purpose(self) -> Iterator[GoalWords]:
        """Yield how much of each goal of a project its purpose says already."""
        for project in self.projects:
            purpose = pairs(["".join(pieces(project.purpose))])
            for goal in project.goals:
                text = "".join(pieces(goal.text))
                if purpose and len(text) >= _SHORTEST_GOAL:
                    thing = Thing("goal", project.key, str(goal.order))
                    yield GoalWords(thing, in_purpose=_share(pairs([text]), purpose))

    def in_projects(self, goals: Sequence[Goal]) -> Iterator[GoalWords]:
        """Yield how much of the telling words of each itemised goal one project uses."""
        of_projects = [pairs(pieces("。".join(_texts(project)))) for project in self.projects]
        for goal in goals if of_projects else ():
            own = pairs(self.measures.telling(goal.text))
            if goal.part_of is not None and len(own) >= _FEWEST_PAIRS:
                share = max(_share(own, theirs) for theirs in of_projects)
                yield GoalWords(Thing("goal", "", str(goal.order)), in_projects=share)

    # --- bodies --------------------------------------------------------------------------------------------------------

    def bodies(self, institutions: Sequence[Institution]) -> Iterator[NamedBody]:
        """Yield the bodies whose funds a project is by its name (某某中心经费), each with the institution of that name."""
        ends, funds = (_any(self.texts.of[code]) for code in ("body", "body-funds"))
        pattern = re.compile(rf"(?P<body>\w{{2,}}(?:{ends}))(?:{funds})")
        for project in self.projects:
            if match := pattern.fullmatch(fold(project.name)):
                names = (i.name for i in institutions if _leaves_out(match["body"], fold(i.name)))
                yield NamedBody(match["body"], project.key, next(names, ""), project.place)


def quantitative(indicators: Sequence[Indicator], owner: Project | None) -> Iterator[tuple[Thing, Indicator]]:
    """Yield the indicators with a number as their target, each as what a number is stated of."""
    for indicator in indicators:
        if indicator.target.value is not None:
            yield Thing("indicator", owner.key if owner else "", str(indicator.order)), indicator


def _texts(project: Project) -> Iterator[str]:
    yield project.name
    yield project.purpose
    yield from (goal.text for goal in project.goals)
    for indicator in project.indicators:
        yield indicator.label
        yield indicator.description


def _share(own: frozenset[str], theirs: frozenset[str]) -> Decimal:
    """Return which part of the pairs of a text another text has too, to two decimals."""
    share = Decimal(len(own & theirs)) / max(1, len(own))
    return share.quantize(_SHARE, ROUND_HALF_UP)


def _leaves_out(short: str, long: str) -> bool:
    """Return whether ``short`` is ``long`` with some characters left out."""
    rest = iter(long)
    return all(character in rest for character in short)


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
