"""Read the figures that prose states: amounts, changes with their direction, counts and targets.

A sentence is cut at its numbers. The words before a number say what it is an amount of: the last label of the
ontology (or project of the document) among them. Without such words a change is one of the figure stated before it
in the sentence, or, at the start of a sentence, of the figure that the paragraph opened with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgetlod.core.numbers import in_yuan, parse_number, plain
from budgetlod.core.text import label_key
from budgetlod.interpret.outline import RawSection
from budgetlod.model.disclosure import AssetLine, ChangeOf, Mention, Point, Project, Subject, Thing
from budgetlod.model.document import Paragraph, Place
from budgetlod.model.lexicon import Lexicon, Meaning
from budgetlod.model.problem import Problem

_MONEY = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|千元|元|万(?!\w))")
_COUNT = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>个|项(?!目))")
_QUANTITY = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s,、;:()]{1,4})")
_PERCENT = re.compile(r"^[^\d。;]{0,8}?(?P<number>\d+(?:\.\d+)?)%")
_YEAR = re.compile(r"(20\d\d)年")
_YEAR_BEFORE = ("上年", "去年", "上一年")
_SENTENCE_END = "。!?"
# Words that may stand between a label and its number; a label farther off is about something else.
_WIDEST_GAP = 14
_DIMENSIONS = frozenset({"flow", "vintage", "source", "nature", "item", "project"})
_SIGNS = {"increase": 1, "decrease": -1}


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables state already: their points with amounts, the points left blank."""

    amounts: Mapping[Point, Collection[Decimal]]
    blanks: Collection[Point]


@dataclass
class _Flat:
    """A paragraph without white space and quotation marks, each character with its place in the printed text."""

    text: str
    offsets: list[int]


@dataclass
class _Thread:
    """What a reader of the paragraph has in mind: the last figure, the one it opened with, the year compared with."""

    last: Point | None = None
    topic: Point | None = None
    compared: int = 0
    change: int | None = None
    mentions: list[Mention] = field(default_factory=list)


def flatten(text: str) -> _Flat:
    """Return the text in NFKC form without white space and quotation marks, with offsets into the original."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if character.isspace() or character in "“”\"'‘’「」*":
            continue
        for folded in unicodedata.normalize("NFKC", character):
            characters.append(folded)
            offsets.append(offset)
    return _Flat("".join(characters), offsets)


class ProseReader:
    """Reads the mentions of a disclosure's prose, section by section."""

    def __init__(
        self,
        lexicon: Lexicon,
        fiscal_year: int,
        phase: str,
        known: Known,
        projects: Sequence[Project],
        assets: Sequence[AssetLine],
        file: str,
    ) -> None:
        self.lexicon, self.fiscal_year, self.phase, self.known, self.file = lexicon, fiscal_year, phase, known, file
        self.names: dict[str, Meaning] = {
            label_key(p.name): Meaning(p.key, (("project", p.key), ("nature", "project"))) for p in projects if p.name
        }
        self.asset_lines = {line.asset_class: line.order for line in assets if line.asset_class}
        self.problems: list[Problem] = []
        self.mentions: list[Mention] = []
        self._longest = max([len(k) for k in (*lexicon.meanings, *self.names)], default=0)

    def read(self, section: RawSection, paragraphs: Sequence[Paragraph]) -> None:
        """Read the amounts, changes and counts of a section's paragraphs into :attr:`mentions`."""
        for paragraph in paragraphs:
            flat = flatten(paragraph.text)
            thread = _Thread()
            position = 0
            for match in _numbers(flat.text):
                lead = flat.text[position : match.start()]
                if any(end in lead for end in _SENTENCE_END):
                    lead = re.split(f"[{_SENTENCE_END}]", lead)[-1]
                    thread.last = None
                self._number(section, paragraph, flat, match, lead, thread)
                position = match.end()

    def read_targets(self, section: RawSection, paragraphs: Sequence[Paragraph], goal: int) -> None:
        """Read the targets that a goal's text states: numbers with a comparator (1500个以上, 不少于5次)."""
        for paragraph in paragraphs:
            flat = flatten(paragraph.text)
            for match in _QUANTITY.finditer(flat.text):
                comparator, unit, start, end = self._comparator(flat.text, match)
                value = parse_number(match["number"])
                if not comparator or value is None:
                    continue
                printed, place = _printed(paragraph, flat, start, end)
                subject = Thing("goal", "", str(goal))
                self._add(section, printed, place, subject, number=plain(value), unit=unit, comparator=comparator)

    # --- one number -------------------------------------------------------------------------------------------------------

    def _number(
        self, section: RawSection, paragraph: Paragraph, flat: _Flat, match: re.Match[str], lead: str, thread: _Thread
    ) -> None:
        printed, place = _printed(paragraph, flat, match.start(), match.end())
        value = parse_number(match["number"])
        factor = self._factor(match["unit"])
        if value is None:
            return
        if factor is None:
            self._count(section, printed, place, lead, value, match["unit"])
            return
        amount = in_yuan(value, factor)
        direction = self._direction(lead)
        said = self._years(lead, thread)
        if direction:
            self._change(section, printed, place, lead, amount * _SIGNS[direction], thread, flat.text[match.end() :])
            return
        subject = self._subject(section, lead, said, amount)
        if subject is None:
            self._unmapped(printed, place, section)
            return
        if isinstance(subject, Point):
            thread.last = subject
            thread.topic = thread.topic or subject
        self._add(section, printed, place, subject, amount=amount, unit=self._unit(match["unit"]))

    def _count(
        self, section: RawSection, printed: str, place: Place, lead: str, value: Decimal, unit_text: str
    ) -> None:
        """A count of projects (预算项目 9 个) is a statement about the disclosure; other counts are text."""
        meaning = self._meaning(lead, section)
        if meaning is not None and ("nature", "project") in meaning.sets and ("project" not in dict(meaning.sets)):
            self._add(section, printed, place, Thing("disclosure", "", ""), number=value, unit=self._unit(unit_text))

    def _change(
        self, section: RawSection, printed: str, place: Place, lead: str, amount: Decimal, thread: _Thread, rest: str
    ) -> None:
        meaning = self._meaning(lead, section, near=False)
        if meaning is not None:
            subject = self._subject_of(meaning, section, self.fiscal_year, None)
        else:
            subject = thread.last or thread.topic
        if not isinstance(subject, Point):
            self._unmapped(printed, place, section)
            return
        point = subject._replace(fiscalYear=self.fiscal_year)
        thread.last = point
        percent = _PERCENT.match(rest)
        share = plain(Decimal(percent["number"])) if percent and self._direction(rest[: percent.start("number")]) else None
        change = ChangeOf(point, thread.compared or self.fiscal_year - 1)
        signed = None if share is None else share if amount >= 0 else -share
        self._add(section, printed, place, change, amount=amount, unit="", percent=signed)

    def _direction(self, lead: str) -> str:
        """Return ``increase`` or ``decrease`` when the words right before a number say so, else an empty string."""
        words = self.lexicon.lists["direction"].keys
        for length in range(min(4, len(lead)), 1, -1):
            if (found := words.get(lead[-length:])) and found[0] in _SIGNS:
                return found[0]
        return ""

    def _years(self, lead: str, thread: _Thread) -> int:
        """Return the year the words before a number name, and keep the year that is compared with."""
        years = [int(year) for year in _YEAR.findall(lead)]
        if years:
            if years[-1] != self.fiscal_year:
                thread.compared = years[-1]
            return years[-1]
        return self.fiscal_year

    # --- what a number is an amount of --------------------------------------------------------------------------------------

    def _subject(self, section: RawSection, lead: str, year: int, amount: Decimal) -> Subject | None:
        if section.type == "assets" and (asset := self._asset(lead)):
            return asset
        meaning = self._meaning(lead, section)
        return None if meaning is None else self._subject_of(meaning, section, year, amount)

    def _subject_of(self, meaning: Meaning, section: RawSection, year: int, amount: Decimal | None) -> Subject:
        fixes = dict(self.lexicon.section_fixes.get(section.type, ()))
        said = {"flow": "expenditure"} | fixes | dict(meaning.sets)
        return self._resolved(Point(fiscalYear=year, phase=self.phase, **said), amount)

    def _resolved(self, point: Point, amount: Decimal | None) -> Point:
        """Settle what prose leaves open (revenue of the year or with carry-over) by agreement with the tables."""
        if point.flow != "revenue" or point.vintage == "carried":
            return point
        options = [point, *(point._replace(vintage=v) for v in ("current", "_T") if v != point.vintage)]
        for option in options:
            if amount is not None and amount in self.known.amounts.get(option, ()):
                return option
        for option in options:
            if option in self.known.amounts or option in self.known.blanks:
                return option
        return point

    def _meaning(self, lead: str, section: RawSection, near: bool = True) -> Meaning | None:
        """Return the meaning of the last known words of ``lead``; of words that end alike the longest count."""
        context = dict(self.lexicon.section_fixes.get(section.type, ()))
        clause = re.split("[;。!]", lead)[-1]
        farthest = max(0, len(clause) - _WIDEST_GAP) if near else 0
        name, name_end = self._last(clause, farthest, self.names.get)
        words, words_end = self._last(clause, farthest, lambda key: self._wording(key, context))
        # 「某某费预算项目 5 万元」: the general word behind a project's name does not take its place.
        general = words is not None and words.sets == (("nature", "project"),)
        return name if name is not None and (general or name_end >= words_end) else words

    def _last(self, clause: str, farthest: int, find: Callable[[str], Meaning | None]) -> tuple[Meaning | None, int]:
        for end in range(len(clause), farthest, -1):
            for start in range(max(0, end - self._longest), end - 1):
                if (meaning := find(clause[start:end])) is not None:
                    return meaning, end
        return None, 0

    def _wording(self, key: str, context: Mapping[str, str]) -> Meaning | None:
        meaning = self.lexicon.find(key, "prose", context)
        return meaning if meaning is not None and meaning.sets and all(d in _DIMENSIONS for d, _ in meaning.sets) else None

    def _asset(self, lead: str) -> Thing | None:
        """Return the asset line that the words name (the one named last), if the table has it."""
        assets = self.lexicon.lists["asset"]
        for end in range(len(lead), 0, -1):
            for start in range(max(0, end - 24), end - 1):
                if (code := assets.find(lead[start:end])) and code in self.asset_lines:
                    return Thing("asset", "", str(self.asset_lines[code]))
                if self.lexicon.find(lead[start:end], "prose", {}, ("item",)):
                    return None
        return None

    # --- units, comparators, results ------------------------------------------------------------------------------------------

    def _unit(self, text: str) -> str:
        return self.lexicon.lists["unit"].find("万元" if text == "万" else text) or ""

    def _factor(self, text: str) -> Decimal | None:
        code = self.lexicon.lists["unit"].codes.get(self._unit(text))
        return code.factor if code else None

    def _comparator(self, text: str, match: re.Match[str]) -> tuple[str, str, int, int]:
        """Return (comparator, unit, start, end) of a quantity: the comparator stands before it or after its unit."""
        comparators, units = self.lexicon.lists["comparator"], self.lexicon.lists["unit"]
        begin, tail = match.start(), match.start("unit")
        unit, end = next(((code, tail + n) for n in range(4, 0, -1) if (code := units.find(text[tail : tail + n]))), ("", tail))
        for size in range(4, 1, -1):
            if after := comparators.find(text[end : end + size]):
                return after, unit, begin, end + size
            if begin >= size and (before := comparators.find(text[begin - size : begin])):
                return before, unit, begin - size, end
        sign = comparators.find(text[begin - 1 : begin]) if begin and not text[begin - 1].isalpha() else None
        return (sign, unit, begin - 1, end) if sign else ("", unit, begin, end)

    def _add(
        self,
        section: RawSection,
        printed: str,
        place: Place,
        states: Subject,
        amount: Decimal | None = None,
        number: Decimal | None = None,
        unit: str = "",
        comparator: str = "",
        percent: Decimal | None = None,
    ) -> None:
        order = len(self.mentions) + 1
        self.mentions.append(
            Mention(order, section.order, printed, place, states, amount, number, unit, comparator, percent)
        )

    def _unmapped(self, printed: str, place: Place, section: RawSection) -> None:
        self.problems.append(
            Problem(
                "prose-number-unmapped",
                "info",
                f"正文“{section.label}”中的{printed}不知所指",
                f"prose, section {section.order}: it is not clear what {printed} is an amount of",
                "在 ontology/wordings.ttl 中为其说法添加标签",
                "add its wording as a label in ontology/wordings.ttl",
                self.file,
                place.words(),
            )
        )


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the amounts of money and the counts of a text in reading order."""
    found = [*_MONEY.finditer(text), *_COUNT.finditer(text)]
    yield from sorted(found, key=lambda match: match.start())


def _printed(paragraph: Paragraph, flat: _Flat, start: int, end: int) -> tuple[str, Place]:
    """Return the text as printed between two positions of the flat text, and its place."""
    first, last = flat.offsets[start], flat.offsets[end - 1]
    return paragraph.text[first : last + 1], paragraph.place_at(first)
