"""What a form is about: a project, a task or the department itself; what is read of it before it becomes a record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from budgetlod.core.text import label_key, tidy
from budgetlod.interpret.form_titles import numbered_title
from budgetlod.interpret.measures import with_money
from budgetlod.model.document import NOWHERE, Place
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Goal, Indicator, PlannedPayment, Project

_GOAL_NUMBER = re.compile(r"(?:^|(?<=[\s。；;]))(\d{1,2})([.．](?!\d)|、)\s*")
# A line break inside Chinese text is one of the cell, not of the text.
_WRAP = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")
_PLACEHOLDER = re.compile(r"^(?:目标\d*[:：]?|[.．…·]+|\s)*$")
_FUNDS: dict[tuple[tuple[str, str], ...], str] = {
    (): "budget",
    (("source", "fiscal"),): "fiscal_funds",
    (("source", "non-fiscal"),): "other_funds",
}


@dataclass
class Body:
    """A project, task or department while its form is read; ``form`` is false for a task of the department.

    ``place`` is where it begins; ``alone`` tells that the table is its form and no other's. ``tasks``: its amounts are
    those of the tasks of the department, which need not take up all its money.
    """

    place: Place = NOWHERE
    department: bool = False
    form: bool = True
    alone: bool = True
    tasks: bool = False
    key: str = ""
    code: str = ""
    name: str = ""
    unit: str = ""
    organization: str = ""
    purpose: str = ""
    funds: dict[str, Decimal] = field(default_factory=dict)
    payments: list[PlannedPayment] = field(default_factory=list)
    goals: list[tuple[str, Place]] = field(default_factory=list)
    term_goals: list[tuple[str, Place]] = field(default_factory=list)
    goals_asked: bool = False
    indicators: list[Indicator] = field(default_factory=list)

    def add_text(self, role: str, text: str, place: Place) -> None:
        """Add the text of a goal, or of what the project is for; one that is printed again on a page counts once."""
        if role == "purpose":
            self.purpose = tidy(f"{self.purpose} {unwrapped(text)}")
        elif not _PLACEHOLDER.match(text):
            goals = self.term_goals if role == "term-goals" else self.goals
            if text not in (known for known, _ in goals):
                goals.append((text, place))

    def add_funds(self, coordinates: tuple[tuple[str, str], ...], amount: Decimal) -> None:
        """Keep the whole budget, the part of it that is fiscal, or the rest."""
        if coordinates in _FUNDS:
            self.funds.setdefault(_FUNDS[coordinates], amount)

    def is_empty(self) -> bool:
        """Return whether the form names nothing: a blank form."""
        return not (self.code or self.name or self.funds or self.goals or self.term_goals or self.indicators)

    def same(self, code: str, name: str) -> bool:
        """Return whether a row speaks of this project once more."""
        return (code, label_key(name)) == (self.code, label_key(self.name))

    def goal_records(self, first: int = 1) -> list[Goal]:
        """Return the goals, numbered from ``first``: those of the year, or where there are none those of the term."""
        return split_goals(self.goals or self.term_goals, first)

    def project(self, statement: str, title: str, type_: str, lexicon: Lexicon) -> Project:
        """Return the project; ``title`` is that of its form."""
        number, name = numbered_title(title, self.name, type_, lexicon) if self.alone else (None, "")
        return Project(
            key=self.key,
            code=self.code,
            name=self.name,
            statement=statement,
            place=self.place,
            purpose=self.purpose,
            budget=self.funds.get("budget"),
            fiscal_funds=self.funds.get("fiscal_funds"),
            other_funds=self.funds.get("other_funds"),
            payments=tuple(self.payments),
            goals=tuple(self.goal_records()),
            indicators=with_money(self.indicators, lexicon),
            form=self.form,
            title_number=number,
            title_name=name,
            goals_blank=self.goals_asked and not self.goals and not self.term_goals,
            unit=self.unit,
            term_budget=self.funds.get("term_budget"),
        )


def give_keys(bodies: Sequence[Body], others: Sequence[Project], title: str) -> None:
    """Give each body a key of its own: its code, else its name; ``others`` are the projects read before.

    A code or name that another bears already is an error of the document, or a name that two units use; each form is a
    project all the same. One that is printed twice, code and name, is one project. The form of a project that a table
    lists is of that project; of several with one name each form is of the next.
    """
    taken = {other.key: (other.code, other.name) for other in others}
    listed: dict[str, list[str]] = {}
    for other in others:
        if not other.form:
            listed.setdefault(label_key(other.name), []).append(other.key)
    for body in bodies:
        name = label_key(body.name)
        if found := listed.get(name):
            body.key = found.pop(0) if body.form else found[0]
            continue
        wanted = body.code or name or label_key(title)
        body.key = wanted
        if not body.form and wanted in taken:
            continue
        twice = body.code and taken.get(wanted) == (body.code, body.name)
        if wanted in taken and not twice:
            body.key = next(key for n in count(2) if (key := f"{wanted}-{n}") not in taken)
        taken[body.key] = (body.code, body.name)


def split_goals(texts: Sequence[tuple[str, Place]], first: int = 1) -> list[Goal]:
    """Split the goal text at its numbers 1. 2. 3., which must run on; text before the first number is a goal."""
    goals: list[Goal] = []
    for text, place in texts:
        body = unwrapped(text)
        expected = len(goals) + 1
        cuts: list[tuple[int, int]] = []
        mark = ""
        for match in _GOAL_NUMBER.finditer(body):
            # A list keeps to one mark; 1、 inside the first item of 1. 2. 3. is another list.
            if int(match[1]) == expected + len(cuts) and match[2] in (mark or match[2]):
                mark = match[2]
                cuts.append((match.start(), match.end()))
        if not cuts or tidy(body[: cuts[0][0]]):
            cuts.insert(0, (0, 0))
        ends = [start for start, _ in cuts[1:]] + [len(body)]
        for (_, begin), stop in zip(cuts, ends, strict=True):
            goals.append(Goal(len(goals) + first, tidy(body[begin:stop]), place))
    return goals


def unwrapped(text: str) -> str:
    """Return a text without the line breaks that only the width of its cell makes."""
    return _WRAP.sub("", text)
