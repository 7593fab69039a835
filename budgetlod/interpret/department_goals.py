"""Read the goals of the department as a whole where the notes have them, each with its indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgetlod.core.text import fold, label_key, tidy
from budgetlod.interpret.note_lists import subsection
from budgetlod.interpret.outline import Outline
from budgetlod.interpret.targets import parse_target, split_target
from budgetlod.model.document import Paragraph
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Goal, Indicator

_HEADING = re.compile(r"^([一二三四五六七八九十]+)[、.](.+)$")
_FIELD = re.compile(r"(?:^|\s|\d[、.．])([^\s:：、.．]{2,10})[:：]")


@dataclass
class DepartmentGoals:
    """The department's goals and indicators, and the paragraphs they were read from."""

    goals: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    overall: list[Paragraph] = field(default_factory=list)
    itemised: list[Paragraph] = field(default_factory=list)


def read_department_goals(outline: Outline, lexicon: Lexicon) -> DepartmentGoals:
    """Read the overall goal, then the itemised goals in their groups, each with its indicator."""
    found = DepartmentGoals()
    for section in outline.of_type("department-performance"):
        current = "overall-goal"
        group: int | None = None
        for paragraph in section.paragraphs:
            if kind := subsection(paragraph, lexicon):
                current = kind
            elif current == "overall-goal":
                found.overall.append(paragraph)
                found.goals.append(Goal(len(found.goals) + 1, tidy(paragraph.text), paragraph.place))
            elif current == "itemised-goals":
                group = _itemised(paragraph, group, found, lexicon)
    return found


def _itemised(paragraph: Paragraph, group: int | None, found: DepartmentGoals, lexicon: Lexicon) -> int | None:
    """Take a paragraph of itemised goals; return the order of the group that now holds."""
    found.itemised.append(paragraph)
    fields = list(_fields(paragraph.text, lexicon))
    if not fields:
        heading = _HEADING.match(fold(paragraph.text))
        text = tidy(heading[2] if heading else paragraph.text)
        found.goals.append(Goal(len(found.goals) + 1, text, paragraph.place))
        return len(found.goals)
    for role, text in fields:
        if role == "goals":
            found.goals.append(Goal(len(found.goals) + 1, tidy(text), paragraph.place, group))
        elif role == "indicator":
            found.indicators.append(_indicator(text, paragraph, found, lexicon))
    return group


def _indicator(text: str, paragraph: Paragraph, found: DepartmentGoals, lexicon: Lexicon) -> Indicator:
    label, printed = split_target(text, lexicon)
    goal = found.goals[-1].order if found.goals else None
    target = parse_target(printed, lexicon)
    return Indicator(len(found.indicators) + 1, "", label, target, paragraph.place, goal=goal)


def _fields(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield (role, text) of the fields that a paragraph names: ``绩效目标:… 绩效指标:…``."""
    marks = [(m, lexicon.role(label_key(m[1]), "performance")) for m in _FIELD.finditer(text)]
    known = [(m.start(), m.end(), role) for m, role in marks if role in ("goals", "indicator")]
    stops = [start for start, _, _ in known[1:]] + [len(text)]
    for (_, end, role), stop in zip(known, stops[: len(known)], strict=True):
        yield str(role), text[end:stop]
