"""Read the explanatory notes as text: contents, sections, duties, glossary and the department's goals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgetlod.core.text import chinese_number, fold, label_key, squeeze, tidy
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.recognise import is_contents, is_page_number
from budgetlod.interpret.targets import parse_target, split_target
from budgetlod.model.document import Document, Grid, Paragraph, Place
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Duty, Goal, Indicator, Section, Term

_HEADING = re.compile(r"^([一二三四五六七八九十]+)[、.](.+)$")
_SUBHEADING = re.compile(r"^[(]([一二三四五六七八九十]+)[)](.+)$")
_ITEM = re.compile(r"^\s*[-*•]?\s*(\d{1,2})\s*[、.．](?!\d)\s*(.+)$", re.DOTALL)
_TERM = re.compile(
    r"^\s*[-*•]?\s*(?:\d{1,2}\s*[、.．])?\s*\**(?P<term>[^:：]{2,40}?)\**\s*[:：](?P<definition>.+)$", re.DOTALL
)
_FIELD = re.compile(r"(?:^|\s|\d[、.．])([^\s:：、.．]{2,10})[:：]")
_LEADER = re.compile(r"[.．…·]{4,}.*$")


@dataclass
class RawSection:
    """A section of the notes: heading, type (empty if the ontology lacks it) and the paragraphs below."""

    order: int
    label: str
    type: str
    place: Place
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass
class Outline:
    """The notes of a document, cut into sections."""

    contents: list[str] = field(default_factory=list)
    preamble: list[Paragraph] = field(default_factory=list)
    sections: list[RawSection] = field(default_factory=list)
    number: int = 0
    """The number that the last section's heading prints."""

    def of_type(self, type_: str) -> list[RawSection]:
        """Return the sections of a type."""
        return [section for section in self.sections if section.type == type_]


def read_outline(document: Document, tables: Sequence[RawTable], lexicon: Lexicon) -> Outline:
    """Cut the prose of a document into sections.

    A line ``五、…`` opens a section when its words are known to the ontology and its number is a later one than the
    last section's, or when its number is the next one and its words stand in the table of contents; other numbered
    lines inside a section (the lists restart at 一) are text.
    """
    outline = Outline()
    used = {place for table in tables for place in table.used}
    listed: set[str] = set()
    for block in document.blocks:
        if isinstance(block, Grid):
            if is_contents(block):
                entries = [_LEADER.sub("", "".join(row.cells)) for row in block.rows]
                outline.contents.extend(tidy(entry) for entry in entries)
                listed |= {label_key(entry) for entry in entries}
        elif block.place not in used and not is_page_number(block.text):
            _place_paragraph(block, outline, listed, lexicon)
    return outline


def _place_paragraph(block: Paragraph, outline: Outline, listed: set[str], lexicon: Lexicon) -> None:
    match = _HEADING.match(fold(block.text))
    number = chinese_number(match[1]) if match else None
    if match and number and number > outline.number:
        key = label_key(match[2])
        type_ = lexicon.lists["section"].find(key) or ""
        if type_ or (number == outline.number + 1 and key in listed):
            outline.number = number
            outline.sections.append(RawSection(len(outline.sections) + 1, squeeze(match[2]), type_, block.place))
            return
    (outline.sections[-1].paragraphs if outline.sections else outline.preamble).append(block)


def sections_of(outline: Outline) -> tuple[Section, ...]:
    """Return the sections with their text, a paragraph a line."""
    return tuple(
        Section(s.order, s.label, s.type, "\n".join(tidy(p.text) for p in s.paragraphs), s.place)
        for s in outline.sections
    )


def read_duties(outline: Outline, lexicon: Lexicon) -> tuple[Duty, ...]:
    """Return the numbered duties; they end where the institutions begin."""
    duties: list[Duty] = []
    for section in outline.of_type("duties"):
        for paragraph in section.paragraphs:
            if subsection(paragraph, lexicon) == "institutions":
                break
            if match := _ITEM.match(paragraph.text):
                duties.append(Duty(len(duties) + 1, tidy(match[2]), paragraph.place))
    return tuple(duties)


def subsection(paragraph: Paragraph, lexicon: Lexicon) -> str:
    """Return the type of the sub-section that a paragraph heads, or an empty string."""
    return lexicon.lists["section"].find(label_key(paragraph.text)) or ""


def read_glossary(outline: Outline) -> tuple[Term, ...]:
    """Return the terms explained in the glossary; marks of emphasis left by the extraction are taken off."""
    terms: list[Term] = []
    for section in outline.of_type("glossary"):
        for paragraph in section.paragraphs:
            if match := _TERM.match(paragraph.text):
                label = squeeze(match["term"]).strip("*")
                terms.append(Term(len(terms) + 1, label, tidy(match["definition"].lstrip("*")), paragraph.place))
    return tuple(terms)


# --- goals of the department ------------------------------------------------------------------------------------------------


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
