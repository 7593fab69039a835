"""Read the lists that the notes hold: the duties of a department, the terms of the glossary."""

from __future__ import annotations

import re

from budgetlod.core.text import label_key, squeeze, tidy
from budgetlod.interpret.outline import Outline, RawSection
from budgetlod.interpret.section_lines import numbered, section_type
from budgetlod.model.document import Paragraph
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Duty, Term

_NUMBER = r"\s*[-*•]?\s*(?:\d{1,2}\s*[、.．](?!\d)|[(（]\s*[一二三四五六七八九十]+\s*[)）]|[一二三四五六七八九十]+\s*[、.．])\s*"
_ITEM = re.compile(rf"^{_NUMBER}(?P<text>.+)$", re.DOTALL)
_TERM = re.compile(
    rf"^(?:{_NUMBER}|\s*[-*•]?\s*)\**(?P<term>[^:：。；]{{2,40}}?)\**\s*[:：](?P<definition>.+)$", re.DOTALL
)


def read_duties(outline: Outline, lexicon: Lexicon) -> tuple[Duty, ...]:
    """Return the numbered duties; they end where the institutions begin.

    What is numbered inside a duty is part of it: only numbers of the kind that comes first count.
    """
    duties: list[Duty] = []
    for section in outline.of_type("duties"):
        for paragraph, text in _items(section, lexicon):
            duties.append(Duty(len(duties) + 1, tidy(text), paragraph.place))
    return tuple(duties)


def _items(section: RawSection, lexicon: Lexicon) -> list[tuple[Paragraph, str]]:
    found: list[tuple[Paragraph, str]] = []
    level = 0
    for paragraph in section.paragraphs:
        line, match = numbered(paragraph.text), _ITEM.match(paragraph.text)
        heading = line.words if line is not None and line.bare else ""
        kind = section_type(heading, lexicon) if heading else ""
        if "institutions" in (kind, subsection(paragraph, lexicon)):
            break
        if line is not None and match and not kind and level in (0, line.level):
            level = line.level
            found.append((paragraph, match["text"]))
    return found


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
