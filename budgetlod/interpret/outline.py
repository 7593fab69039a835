"""Cut the explanatory notes into sections, by the headings of their parts and chapters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from budgetlod.core.text import fold, label_key, squeeze, tidy
from budgetlod.interpret.contents_lines import by_file, contents_lines
from budgetlod.interpret.flowing import flowing
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.recognise import is_contents, is_page_number, title_type
from budgetlod.interpret.section_lines import (
    CHAPTER,
    PART,
    HeadingLine,
    entry_text,
    is_bare,
    numbered,
    said_by,
    section_type,
)
from budgetlod.model.disclosure import Content
from budgetlod.model.document import Document, Grid, Paragraph, Place
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Section
from budgetlod.model.tables import Statement

# Sections that are lists of sentences, numbered as headings are: only some headings end them.
_TERMS = frozenset({"glossary"})
_TEXT = _TERMS | {"duties", "institutions", "department-performance", "special-funds", "projects", "work-tasks"}
# What is printed inside another section and is no section of its own there.
_INSIDE = ("overall-goal", "itemised-goals", "measures", "glossary", "overview")
# What places without numbers for their chapters head so.
_TITLED = frozenset({"duties", "institutions", "glossary", "overview", "other", "project-notes"})
_TITLE_END = re.compile(r"(?:职能|职责|机构设置|解释|说明|情况)$")
_LONGEST_TITLE = 32
# A part that is headed so holds chapters of its own.
_OF_CHAPTERS = frozenset({"duties", "institutions", "work-tasks"})


@dataclass
class RawSection:
    """A section of the notes: heading, type (empty if the ontology lacks it) and the paragraphs below.

    ``said`` are coordinates that its heading, or the one above, gives to all figures in it; ``headed`` are the headings
    of the sections inside it.
    """

    order: int
    label: str
    type: str
    place: Place
    paragraphs: list[Paragraph] = field(default_factory=list)
    level: int = CHAPTER
    number: int = 0
    said: tuple[tuple[str, str], ...] = ()
    headed: list[Paragraph] = field(default_factory=list)


@dataclass
class Outline:
    """The notes of a document, cut into sections."""

    contents: list[str] = field(default_factory=list)
    preamble: list[Paragraph] = field(default_factory=list)
    sections: list[RawSection] = field(default_factory=list)

    def of_type(self, type_: str) -> list[RawSection]:
        """Return the sections of a type."""
        return [section for section in self.sections if section.type == type_]


def read_outline(document: Document, tables: Sequence[RawTable], lexicon: Lexicon) -> Outline:
    """Cut the prose of a document into sections.

    Parts (第一部分), numbered lines whose words the ontology or the contents know or whose number is the next one, and
    titles without a number that the ontology knows open sections; other numbered lines are text. What is under a heading
    of a lower level belongs to that heading alone.
    """
    outline = Outline()
    used = {place for table in tables for place in table.used}
    for blocks in by_file(document.blocks):
        entries = contents_lines(blocks, used)
        listed = [entry_text(entry.text) for entry in entries]
        for block in blocks:
            if isinstance(block, Grid) and is_contents(block):
                listed += [entry_text("".join(row.cells)) for row in block.rows]
        outline.contents += [tidy(entry) for entry in listed]
        aside = {id(entry) for entry in entries}
        prose = [
            block
            for block in blocks
            if isinstance(block, Paragraph)
            and id(block) not in aside
            and block.place not in used
            and not is_page_number(block.text)
        ]
        cutter = Cutter(outline, listed, lexicon)
        for paragraph in flowing(prose):
            cutter.place(paragraph)
    return outline


class Cutter:
    """Cuts the paragraphs of one file into the sections of an outline."""

    def __init__(self, outline: Outline, listed: Iterable[str], lexicon: Lexicon) -> None:
        self.outline, self.lexicon = outline, lexicon
        self._listed = {label_key(line.words if (line := numbered(entry)) else entry) for entry in listed}
        self._open: list[RawSection] = []
        self._parted = False
        self._untitled: RawSection | None = None
        """The part that is being opened by a number alone: its title stands in the next line."""
        self._number = 0
        """The number of the last section of the level of chapters, which parts begin anew."""

    def place(self, paragraph: Paragraph) -> None:
        """Put a paragraph where it belongs: as the heading of a section, or as text of the last one."""
        line = numbered(paragraph.text)
        untitled, self._untitled = self._untitled, None
        if line is None and untitled is not None and is_bare(fold(paragraph.text)):
            self._entitle(untitled, squeeze(paragraph.text))
            return
        if line is None:
            opened = self._unnumbered(paragraph)
        elif line.level == PART:
            opened = self._part(line, paragraph)
        elif line.level == CHAPTER:
            opened = self._chapter(line, paragraph)
        else:
            opened = self._inner(line, paragraph)
        if not opened:
            (self._open[-1].paragraphs if self._open else self.outline.preamble).append(paragraph)

    def _part(self, line: HeadingLine, paragraph: Paragraph) -> bool:
        if not line.bare:
            return False
        self._number, self._parted = 0, True
        self._begin(line, self._part_type(line.words), paragraph)
        self._untitled = None if line.words else self._open[-1]
        return True

    def _part_type(self, words: str) -> str:
        type_ = section_type(words, self.lexicon)
        return "" if type_ in _OF_CHAPTERS else type_

    def _entitle(self, part: RawSection, words: str) -> None:
        part.label, part.type, part.said = words, self._part_type(words), said_by(words, self.lexicon)

    def _chapter(self, line: HeadingLine, paragraph: Paragraph) -> bool:
        """A chapter is told by its words, or, with words that nothing is known of, by its number being the next one."""
        if line.number <= self._number or not line.bare or title_type(line.words, self.lexicon):
            return False
        key, next_one = label_key(line.words), line.number == self._number + 1
        type_ = section_type(line.words, self.lexicon)
        known = bool(self.lexicon.lists["section"].find(key)) or key in self._listed
        if self._within(_TEXT):
            # Goals, duties and terms are numbered too.
            told = known or (bool(type_) and next_one and self._within(_OF_CHAPTERS))
            opens = told and (not self._within(_TERMS) or (next_one and self._number > 0))
        else:
            opens = known or next_one or bool(type_)
        if not opens:
            return False
        self._number = line.number
        return self._begin(line, type_, paragraph)

    def _inner(self, line: HeadingLine, paragraph: Paragraph) -> bool:
        """A heading inside a chapter opens a section of its own where it is about something else that is known."""
        if not self._open or self._within(_TEXT):
            return False
        last = self._open[-1]
        above = next((section for section in reversed(self._open) if section.level < line.level), None)
        type_ = section_type(line.words, self.lexicon) if line.bare else ""
        if above is None or not type_ or type_ in (above.type, *_INSIDE) or title_type(line.words, self.lexicon):
            if last.level == line.level and last.number + 1 == line.number:
                self._open.pop()  # the next point of the same list is about something else
            return False
        return self._begin(line, type_, paragraph)

    def _unnumbered(self, paragraph: Paragraph) -> bool:
        """A title without a number, where chapters have none: known words behind the name of a body or a year."""
        words = fold(paragraph.text)
        if not is_bare(words) or len(words) > _LONGEST_TITLE or title_type(words, self.lexicon):
            return False
        type_ = section_type(words, self.lexicon)
        chapters = bool(self._open) and self._open[0].level != PART
        if type_ not in _TITLED or not _TITLE_END.search(words) or self._parted or chapters:
            return False
        self._number = 0
        return self._begin(HeadingLine(PART, 0, words), type_, paragraph)

    def _within(self, types: Collection[str]) -> bool:
        return bool(self._open) and self._open[-1].type in types

    def _begin(self, line: HeadingLine, type_: str, paragraph: Paragraph) -> bool:
        while self._open and self._open[-1].level >= line.level:
            self._open.pop()
        said = said_by(line.words, self.lexicon) or (self._open[-1].said if self._open else ())
        order, label = len(self.outline.sections) + 1, squeeze(line.words) or squeeze(paragraph.text)
        section = RawSection(order, label, type_, paragraph.place, [], line.level, line.number, said)
        if self._open:
            self._open[-1].headed.append(paragraph)
        self.outline.sections.append(section)
        self._open.append(section)
        return True


def sections_of(outline: Outline) -> tuple[Section, ...]:
    """Return the sections with their text, a paragraph a line; of one without, the headings inside it."""
    return tuple(
        Section(s.order, s.label, s.type, "\n".join(tidy(p.text) for p in s.paragraphs or s.headed), s.place)
        for s in outline.sections
    )


def statement_sections(content: Content, document: Document) -> tuple[Statement, ...]:
    """Return the statements of a document, each with the last section that opens before it in the same file."""
    order = document.reading_order()
    opened = [(order[section.place], section) for section in content.sections]

    def holder(statement: Statement) -> int:
        here = order[statement.place]
        before = [s.order for start, s in opened if start < here and s.place.part == statement.place.part]
        return max(before, default=0)

    return tuple(statement._replace(section=holder(statement)) for statement in content.statements)
