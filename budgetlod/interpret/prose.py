"""Read the figures that prose states: amounts, changes with their direction, counts and targets.

A sentence is cut at its numbers. The words before a number say what it is an amount of: the last label of the
ontology (or project of the document) among them. Without such words a change is one of the figure stated before it
in the sentence, or, at the start of a sentence, of the figure that the paragraph opened with. What stands in brackets
is an aside: after it the sentence goes on with the figure it spoke of before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import in_yuan, parse_number, plain
from budgetlod.interpret.outline import RawSection
from budgetlod.interpret.wordings import SIGNS, Words
from budgetlod.model.cube import ChangeOf, Point, Subject, Thing
from budgetlod.model.document import Paragraph, Place
from budgetlod.model.lexicon import Meaning
from budgetlod.model.notes import Mention
from budgetlod.model.problem import Problem

_MONEY = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|千元|元|万(?!\w))")
_COUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>个|项(?!目))")
_QUANTITY = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s,、;:()]{1,4})")
_PERCENT = re.compile(r"^[^\d。;]{0,8}?(?P<number>\d+(?:\.\d+)?)%")
_LEFT_OUT = "“”\"'‘’「」*"
_SENTENCE_END = "。!?"


class Known(NamedTuple):
    """What the tables state already: their points with amounts, the points left blank."""

    amounts: Mapping[Point, Collection[Decimal]]
    blanks: Collection[Point]


class Passage(NamedTuple):
    """A paragraph of a section: its text without white space and quotation marks, each character with its offset."""

    section: RawSection
    paragraph: Paragraph
    text: str
    offsets: tuple[int, ...]

    def printed(self, start: int, end: int) -> tuple[str, Place]:
        """Return the text as printed between two positions of the flat text, and its place."""
        first, last = self.offsets[start], self.offsets[end - 1]
        return self.paragraph.text[first : last + 1], self.paragraph.place_at(first)


@dataclass
class _Thread:
    """What a reader of the paragraph has in mind: the last figure, the one it opened with, the year compared with.

    ``asides`` are the figures spoken of before the brackets that are open.
    """

    last: Point | None = None
    topic: Point | None = None
    compared: int = 0
    asides: list[Point | None] = field(default_factory=list)

    def follow(self, words: str) -> None:
        """Follow brackets and ends of sentences."""
        for character in words:
            if character == "(":
                self.asides.append(self.last)
            elif character == ")" and self.asides:
                self.last = self.asides.pop() or self.last
            elif character in _SENTENCE_END:
                self.last = None


def flatten(section: RawSection, paragraph: Paragraph) -> Passage:
    """Return a paragraph in NFKC form without white space and quotation marks, with offsets into the original."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(paragraph.text):
        if character.isspace() or character in _LEFT_OUT:
            continue
        for folded in unicodedata.normalize("NFKC", character):
            characters.append(folded)
            offsets.append(offset)
    return Passage(section, paragraph, "".join(characters), tuple(offsets))


class ProseReader:
    """Reads the mentions of a disclosure's prose, section by section, into :attr:`mentions`."""

    def __init__(self, words: Words, phase: str, known: Known, file: str) -> None:
        self.words, self.phase, self.known, self.file = words, phase, known, file
        self.fiscal_year = words.fiscal_year
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []

    def read(self, section: RawSection, paragraphs: Sequence[Paragraph]) -> None:
        """Read the amounts, changes and counts of a section's paragraphs."""
        for paragraph in paragraphs:
            passage = flatten(section, paragraph)
            thread = _Thread()
            position = 0
            for match in self._marks(passage.text):
                lead = passage.text[position : match.start()]
                thread.follow(lead)
                lead = re.split(f"[{_SENTENCE_END}]", lead)[-1]
                if "number" in match.re.groupindex:
                    self._number(passage, match, lead, thread)
                else:
                    self._unchanged(passage, match, lead, thread)
                position = match.end()

    def _marks(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the amounts of money, the counts and the statements of no change in reading order."""
        found = [*_MONEY.finditer(text), *_COUNT.finditer(text), *self.words.unchanged.finditer(text)]
        yield from sorted(found, key=lambda match: match.start())

    def read_targets(self, section: RawSection, paragraphs: Sequence[Paragraph], goal: int) -> None:
        """Read the targets that a goal's text states: numbers with a comparator (300个以上, 不少于2次)."""
        for paragraph in paragraphs:
            passage = flatten(section, paragraph)
            for match in _QUANTITY.finditer(passage.text):
                comparator, unit, start, end = self.words.comparator(passage.text, match)
                value = parse_number(match["number"])
                if comparator and value is not None:
                    subject = Thing("goal", "", str(goal))
                    self._add(passage, (start, end), subject, number=plain(value), unit=unit, comparator=comparator)

    # --- one number -------------------------------------------------------------------------------------------------------

    def _number(self, passage: Passage, match: re.Match[str], lead: str, thread: _Thread) -> None:
        value = parse_number(match["number"])
        factor = self.words.factor(match["unit"])
        if value is None:
            return
        if factor is None:
            self._count(passage, match, lead, value)
            return
        amount = in_yuan(value, factor)
        year = self._year(lead, thread)
        if direction := self.words.direction(lead):
            rest = passage.text[match.end() :]
            self._change(passage, match.span(), lead, amount * SIGNS[direction], thread, self._percent(rest))
            return
        subject = self._subject(passage.section, lead, year, amount)
        if subject is None and thread.last is not None and year != self.fiscal_year:
            subject = thread.last._replace(fiscalYear=year)
        if subject is None:
            self._unmapped(passage, match.span())
            return
        if isinstance(subject, Point):
            thread.last = subject
            thread.topic = thread.topic or subject
        self._add(passage, match.span(), subject, amount=amount, unit=self.words.unit(match["unit"]))

    def _count(self, passage: Passage, match: re.Match[str], lead: str, value: Decimal) -> None:
        """A count of projects (预算项目 4 个) is a statement about the disclosure; other counts are text."""
        meaning = self.words.meaning(lead, passage.section.type)
        if meaning is not None and ("nature", "project") in meaning.sets and "project" not in dict(meaning.sets):
            unit = self.words.unit(match["unit"])
            self._add(passage, match.span(), Thing("disclosure", "", ""), number=value, unit=unit)

    def _unchanged(self, passage: Passage, match: re.Match[str], lead: str, thread: _Thread) -> None:
        """A figure that is as it was the year before (与上年持平) has changed by nothing."""
        self._year(match[0], thread)
        self._change(passage, match.span(), lead, Decimal("0.00"), thread, None)

    def _change(
        self,
        passage: Passage,
        span: tuple[int, int],
        lead: str,
        amount: Decimal,
        thread: _Thread,
        share: Decimal | None,
    ) -> None:
        """State a change of the figure that ``lead`` names, else of the one spoken of before."""
        meaning = self.words.meaning(lead, passage.section.type, near=False)
        subject = (
            self._point(meaning, passage.section, self.fiscal_year, None) if meaning else thread.last or thread.topic
        )
        if subject is None:
            self._unmapped(passage, span)
            return
        point = thread.last = subject._replace(fiscalYear=self.fiscal_year)
        change = ChangeOf(point, thread.compared or self.fiscal_year - 1)
        signed = None if share is None else share if amount >= 0 else -share
        self._add(passage, span, change, amount=amount, percent=signed)

    def _percent(self, rest: str) -> Decimal | None:
        """Return the percentage that follows a change, if it is one of a change too (减少 5 万元，下降 2.1%)."""
        match = _PERCENT.match(rest)
        return (
            plain(Decimal(match["number"])) if match and self.words.direction(rest[: match.start("number")]) else None
        )

    def _year(self, lead: str, thread: _Thread) -> int:
        """Return the year the words before a number name, and keep the year that is compared with."""
        years = self.words.years(lead)
        if years and years[-1] != self.fiscal_year:
            thread.compared = years[-1]
        return years[-1] if years else self.fiscal_year

    # --- what a number is an amount of --------------------------------------------------------------------------------------

    def _subject(self, section: RawSection, lead: str, year: int, amount: Decimal) -> Subject | None:
        if section.type == "assets" and (asset := self.words.asset(lead)):
            return asset
        meaning = self.words.meaning(lead, section.type)
        return None if meaning is None else self._point(meaning, section, year, amount)

    def _point(self, meaning: Meaning, section: RawSection, year: int, amount: Decimal | None) -> Point:
        said = {"flow": "expenditure"} | self.words.fixes(section.type) | dict(meaning.sets)
        return self._settled(Point(fiscalYear=year, phase=self.phase, **said), amount)

    def _settled(self, point: Point, amount: Decimal | None) -> Point:
        """Settle by agreement with the tables what prose leaves open.

        Revenue may be that of the year or with carry-over; expenditure without further words may be with what is left
        for the next year.
        """
        options = [point]
        if point.flow == "revenue" and point.vintage != "carried":
            options += [point._replace(vintage=v) for v in ("current", "_T") if v != point.vintage]
        elif point == Point(fiscalYear=point.fiscalYear, phase=point.phase, flow="expenditure", source=point.source):
            options.append(point._replace(flow="outlay"))
        agreeing = [option for option in options if amount is not None and amount in self.known.amounts.get(option, ())]
        stated = [option for option in options if option in self.known.amounts or option in self.known.blanks]
        return next(iter((*agreeing, *stated)), point)

    # --- results --------------------------------------------------------------------------------------------------------------

    def _add(
        self,
        passage: Passage,
        span: tuple[int, int],
        states: Subject,
        *,
        amount: Decimal | None = None,
        number: Decimal | None = None,
        unit: str = "",
        comparator: str = "",
        percent: Decimal | None = None,
    ) -> None:
        printed, place = passage.printed(*span)
        order = len(self.mentions) + 1
        section = passage.section.order
        self.mentions.append(Mention(order, section, printed, place, states, amount, number, unit, comparator, percent))

    def _unmapped(self, passage: Passage, span: tuple[int, int]) -> None:
        printed, place = passage.printed(*span)
        self.problems.append(
            Problem(
                "prose-number-unmapped",
                "info",
                f"正文“{passage.section.label}”中的{printed}不知所指",
                f"prose, section {passage.section.order}: it is not clear what {printed} is an amount of",
                "在 ontology/wordings.ttl 中为其说法添加标签",
                "add its wording as a label in ontology/wordings.ttl",
                self.file,
                place.words(),
            )
        )
