"""Read the figures that prose states: amounts, changes with their direction, percentages, counts and targets.

A sentence is cut at its numbers. The words before a number say what it is an amount of: the last label of the
ontology (or project of the document, or code of a classification) among them. Without such words a change is one of
the figure stated before it in the sentence, or, at the start of a sentence, of the figure that the sentence before
opened with. Words that the ontology does not know are never passed over: the number is reported instead. What stands in
brackets is an aside: after it the sentence goes on with the figure it spoke of before. Numbers in a stated reason are
part of the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgetlod.core.numbers import in_yuan, parse_number, plain
from budgetlod.interpret.classified import Classified
from budgetlod.interpret.listing import with_positions
from budgetlod.interpret.outer import Outer
from budgetlod.interpret.outline import RawSection
from budgetlod.interpret.passages import Passage, flatten
from budgetlod.interpret.referents import Referents
from budgetlod.interpret.remarks import RemarkReader, carries_on
from budgetlod.interpret.section_lines import section_type
from budgetlod.interpret.settling import Known, Thread
from budgetlod.interpret.wordings import SIGNS, Words
from budgetlod.model.cube import ChangeOf, Point, Subject, Thing
from budgetlod.model.document import Paragraph
from budgetlod.model.notes import Mention, Remark
from budgetlod.model.problem import Problem

__all__ = ["Known", "ProseReader"]

_MONEY = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|千元|元|万(?!\w))")
_COUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>个|项(?!目))")
_QUANTITY = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s,、;:()]{1,4})")
_SHARE = re.compile(r"(?P<share>\d+(?:\.\d+)?)%")
_PERCENT = re.compile(r"^[^\d。;]{0,8}?(?P<number>\d+(?:\.\d+)?)%")
# 单价 100 万元（含）以上的设备: a limit, no amount that is stated.
_LIMIT = re.compile(r"\(?(?:不?含)?\)?(?:及)?(?:以上|以下|以内)")
_SENTENCE_END = "。!?"
# Sections with paragraphs about one thing each.
_OF_MANY_THINGS = frozenset({"", "other", "overview"})


class ProseReader:
    """Reads the mentions of a disclosure's prose, section by section, into :attr:`mentions` and :attr:`remarks`."""

    def __init__(
        self,
        words: Words,
        phase: str,
        known: Known,
        file: str,
        local_codes: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.words, self.phase, self.file = words, phase, file
        self.fiscal_year = words.fiscal_year
        self._codes = Classified(words.lexicon, local_codes or {})
        self._referents = Referents(words, self._codes, phase, known)
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []
        self._remarks = RemarkReader(words)

    @property
    def remarks(self) -> list[Remark]:
        """What the prose says in words: reasons, uses, new projects, directions left undecided."""
        return self._remarks.remarks

    def read(self, section: RawSection, paragraphs: Sequence[Paragraph]) -> None:
        """Read the amounts, changes and counts of a section's paragraphs."""
        self._codes.restart()
        outer = Outer()
        for number, paragraph in enumerate(paragraphs):
            after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            self._paragraph(flatten(section, paragraph, after is not None and carries_on(after)), outer)

    def _paragraph(self, passage: Passage, outer: Outer) -> None:
        outer.enter(passage)
        passage = passage._replace(section=self._headed(passage.section, outer.heading))
        thread, position = Thread(base=outer.whole, scope=outer.whole), outer.start
        if outer.heading:
            thread.heading = self._referents.heading(passage.section, outer.heading)
        skipped = [*self._remarks.reasons(passage.text), *self._remarks.undecided(passage.text)]
        for match in self._marks(passage.text):
            if any(start <= match.start() < end for start, end in skipped):
                continue
            lead = passage.text[position : match.start()]
            if match.re is _SHARE and (match.start() < thread.read_to or not self.words.direction(lead)):
                continue
            self._referents.follow(passage.section, lead, thread)
            self._mark(passage, match, re.split(f"[{_SENTENCE_END}]", lead)[-1], thread)
            position = match.end()
        if not position > outer.start:
            self._codes.find(passage.text)  # a heading may name the class of the codes below it
        outer.leave(passage, thread.last or thread.topic)
        self._close(passage, thread)

    def _headed(self, section: RawSection, heading: str) -> RawSection:
        """Return the section as what the heading of a paragraph says it is about, where its own heading says little."""
        type_ = section_type(heading, self.words.lexicon) if heading and section.type in _OF_MANY_THINGS else ""
        return replace(section, type=type_) if type_ else section

    def _mark(self, passage: Passage, match: re.Match[str], lead: str, thread: Thread) -> None:
        """Read one number, share or statement of no change, and keep where in the text its mention stands."""
        before = len(self.mentions)
        if match.re is _SHARE:
            self._share(passage, match, lead, thread)
        elif "number" in match.re.groupindex:
            self._number(passage, match, lead, thread)
        else:
            self._referents.compare(match[0], thread)
            self._change(passage, match.span(), lead, thread, amount=Decimal("0.00"), direction="unchanged")
        thread.spoken += [(match.start(), number) for number in range(before, len(self.mentions))]

    def _close(self, passage: Passage, thread: Thread) -> None:
        """Add what only the whole paragraph shows: the places of projects in a list, and the remarks."""
        found = [(start, number, self.mentions[number]) for start, number in thread.spoken]
        for number, mention in with_positions(passage.text, found):
            self.mentions[number] = mention
        self._remarks.read(passage, [(start, self.mentions[number]) for start, number in thread.spoken])

    def _marks(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the amounts of money, counts, shares and statements of no change in reading order."""
        patterns = (_MONEY, _COUNT, _SHARE, self.words.unchanged)
        found = [match for pattern in patterns for match in pattern.finditer(text)]
        found = [match for match in found if match.re is not _MONEY or not _LIMIT.match(text, match.end())]
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

    def _number(self, passage: Passage, match: re.Match[str], lead: str, thread: Thread) -> None:
        value = parse_number(match["number"])
        factor = self.words.factor(match["unit"])
        if value is None:
            return
        if factor is None:
            self._count(passage, match, lead, value)
            return
        amount, unit = in_yuan(value, factor), self.words.unit(match["unit"])
        year = self._referents.compare(lead, thread)
        if direction := self.words.direction(lead):
            signed = amount * SIGNS[direction] if amount > 0 else amount
            percent = self._percent(passage.text, match.end(), thread)
            self._change(
                passage, match.span(), lead, thread, amount=signed, direction=direction, unit=unit, percent=percent
            )
            return
        half = factor.scaleb(min(0, int(value.as_tuple().exponent))) / 2
        subject = self._referents.subject(passage.section, lead, year, (amount, half), thread)
        if subject is None:
            thread.lose()
            self._unmapped(passage, match.span())
            return
        if isinstance(subject, Point):
            thread.speak(subject)
        self._add(passage, match.span(), subject, amount=amount, unit=unit)

    def _count(self, passage: Passage, match: re.Match[str], lead: str, value: Decimal) -> None:
        """A count of projects (预算项目 4 个) is a statement about the disclosure; other counts are text."""
        meaning = self.words.meaning(lead, self.words.fixes(passage.section))
        if meaning is not None and ("nature", "project") in meaning.sets and "project" not in dict(meaning.sets):
            unit = self.words.unit(match["unit"])
            self._add(passage, match.span(), Thing("disclosure", "", ""), number=value, unit=unit)

    def _share(self, passage: Passage, match: re.Match[str], lead: str, thread: Thread) -> None:
        """A percentage by itself (比上年下降 5%) is a change too, if it is clear of what."""
        self._referents.compare(lead, thread)
        direction = self.words.direction(lead)
        self._change(
            passage, match.span(), lead, thread,
            direction=direction, percent=Decimal(match["share"]) * SIGNS[direction], known_only=True,
        )  # fmt: skip

    def _percent(self, text: str, position: int, thread: Thread) -> Decimal | None:
        """Return the percentage that follows a change, if it is one of a change too (减少 5 万元，下降 2.1%)."""
        match = _PERCENT.match(text[position:])
        direction = self.words.direction(text[position:][: match.start("number")]) if match else ""
        if match is None or not direction:
            return None
        thread.read_to = position + match.end()
        return Decimal(match["number"]) * SIGNS[direction]

    def _change(
        self,
        passage: Passage,
        span: tuple[int, int],
        lead: str,
        thread: Thread,
        *,
        known_only: bool = False,
        **said: Any,
    ) -> None:
        """State a change of the figure that ``lead`` names, else of the one spoken of before."""
        subject = self._referents.changed(passage.section, lead, thread)
        if subject is None:
            if not known_only:
                self._unmapped(passage, span)
            return
        point = subject._replace(fiscalYear=self.fiscal_year, phase=self.phase)
        thread.change(point)
        phase = "" if thread.phase == self.phase else thread.phase
        change = ChangeOf(point, thread.compared or self.fiscal_year - 1, phase)
        self._add(passage, span, change, compared=thread.compared if thread.named else 0, **said)

    # --- results --------------------------------------------------------------------------------------------------------------

    def _add(self, passage: Passage, span: tuple[int, int], states: Subject, **said: Any) -> None:
        printed, place = passage.printed(*span)
        order = len(self.mentions) + 1
        self.mentions.append(Mention(order, passage.section.order, printed, place, states, **said))

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
