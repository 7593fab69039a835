"""What a reader of prose keeps in mind, and how the tables settle what its words leave open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point

_SENTENCE_END = "。!?"
_LIST = 2
# Where prose speaks of a code it does not say of which money: the tables that list codes, the usual one first.
_SOURCES = ("general-public", "fiscal", "government-fund", "state-capital", ALL)
_CLASSIFICATIONS = ("function", "economic", "governmentEconomic")
# Money of the general public budget by what they are, whatever fund their table or sentence names.
_FISCAL_ITEMS = frozenset(
    {"agency-operating", "three-public", "abroad", "vehicles", "vehicle-purchase", "vehicle-operation", "reception"}
)
_FISCAL = frozenset({ALL, "fiscal", "general-public"})


class Known(NamedTuple):
    """What the tables state already: their points with amounts, the points left blank."""

    amounts: Mapping[Point, Collection[Decimal]]
    blanks: Collection[Point]


@dataclass
class Thread:
    """What a reader of the paragraph has in mind: the figures spoken of, the year compared with.

    ``opening`` is the figure that the sentence, or the one before, stated or changed first.
    ``before`` is the topic before a sentence that a code opened: after a list of codes it is the topic again.
    ``heading`` is the figure that the heading over the paragraph, or at its beginning, names. ``scope`` is the figure
    that a list is the parts of (其中), ``base`` that of a list that goes over several paragraphs.

    ``last`` is the figure spoken of last in the sentence, ``topic`` the one that the sentence opened with, or the one
    before it until it states an amount (``fresh``).
    ``lost`` is true behind an amount of unknown words: a change without words may be one of it. ``item`` is the figure
    of the code that the text is about, ``unknown`` says that it is about one that is not known; ``open`` whether the
    sentence that named it goes on, ``items`` how many codes it named: a list of codes is not what the next sentence is
    about. ``named`` says whether the year compared with is printed as a number; ``phase`` is the phase it is compared
    with. ``asides`` are the figures spoken of before the brackets that are open, ``spoken`` the mentions so far with
    their places in the text, ``read_to`` the place up to which percentages have been read.
    """

    last: Point | None = None
    topic: Point | None = None
    heading: Point | None = None
    scope: Point | None = None
    base: Point | None = None
    before: Point | None = None
    opening: Point | None = None
    opened_by_item: bool = False
    fresh: bool = True
    lost: bool = False
    item: Point | None = None
    unknown: bool = False
    open: bool = False
    items: int = 0
    sourced: bool = False
    compared: int = 0
    named: bool = False
    phase: str = ""
    read_to: int = 0
    asides: list[Point | None] = field(default_factory=list)
    spoken: list[tuple[int, int]] = field(default_factory=list)

    def follow(self, words: str, started: bool) -> None:
        """Follow brackets and ends of sentences; ``started``: the words stand right behind the name of a code."""
        if started:
            self.open, self.last, self.items = True, None, self.items + 1
        for character in words:
            if character == "(":
                self.asides.append(self.last)
            elif character == ")" and self.asides:
                self.last = self.asides.pop() or self.last
            elif character in _SENTENCE_END:
                self.end_sentence()

    def end_sentence(self) -> None:
        """Forget what only the sentence was about."""
        if self.items >= _LIST:
            self.item, self.unknown = None, False
            self.topic = self.before if self.opened_by_item else self.topic
        self.scope = self.base
        self.last, self.open, self.items, self.lost, self.fresh = None, False, 0, False, True

    def speak(self, point: Point) -> None:
        """Speak of a figure."""
        self.last, self.lost = point, False
        if self.fresh:
            self.opening = point
            self.before, self.topic, self.fresh = self.topic, point, False
            self.opened_by_item = self.open and self.item is not None

    def change(self, point: Point) -> None:
        """Speak of a change of a figure."""
        self.last = point
        if self.fresh:
            self.opening = point

    def lose(self) -> None:
        """Lose the thread: an amount of something that is not known."""
        self.last, self.lost = None, True
        if self.fresh:
            self.before, self.topic, self.fresh, self.opened_by_item = self.topic, None, False, False


def settled(point: Point, known: Known, amount: tuple[Decimal, Decimal] | None, sourced: bool = False) -> Point:
    """Settle by agreement with the tables what prose leaves open; ``amount`` with half of its last printed digit.

    Revenue may be that of the year or with carry-over; expenditure without further words may be with what is left
    for the next year; the money for a code may be from any fund unless the words name it (``sourced``).
    """
    options = list(dict.fromkeys(_options(point, sourced)))
    stated = [option for option in options if option in known.amounts]
    stated += [option for option in options if option in known.blanks and option not in known.amounts]
    agreeing = [option for option in stated if amount is not None and _agrees(known.amounts.get(option, ()), *amount)]
    return next(iter((*agreeing, *stated)), options[0])


def _agrees(amounts: Collection[Decimal], amount: Decimal, half: Decimal) -> bool:
    return any(abs(other - amount) < half or other == amount for other in amounts)


def contradicted(point: Point, known: Known, amount: tuple[Decimal, Decimal]) -> bool:
    """Return whether tables state other amounts for a point than this."""
    amounts = known.amounts.get(point, ())
    return bool(amounts) and not _agrees(amounts, *amount)


def _options(point: Point, sourced: bool) -> Iterator[Point]:
    """Yield the points that the words may mean, the likeliest first."""
    if any(point.code(dimension) != ALL for dimension in _CLASSIFICATIONS):
        yield from _of_code(point, sourced)
        return
    yield point
    if point.item != ALL:
        yield from _of_item(point, sourced)
    elif point.flow == "revenue":
        yield from (point._replace(vintage=v) for v in ("current", "_T") if point.vintage != "carried")
    elif point.flow == "outlay":
        yield point._replace(flow="expenditure")
    elif point.flow == "expenditure":
        yield point._replace(vintage="current")
        if point == Point(fiscalYear=point.fiscalYear, phase=point.phase, flow="expenditure", source=point.source):
            yield point._replace(flow="outlay")


def _of_item(point: Point, sourced: bool) -> Iterator[Point]:
    fiscal = point.item in _FISCAL_ITEMS and point.source in _FISCAL
    sources = (point.source, *_SOURCES) if fiscal or not sourced else (point.source,)
    for source in sources:
        yield from (point._replace(source=source, vintage=vintage) for vintage in (point.vintage, "current"))


def _of_code(point: Point, sourced: bool) -> Iterator[Point]:
    sources: tuple[str, ...] = (point.source,)
    if point.source == ALL:
        sources = (ALL, *_SOURCES) if sourced else _SOURCES
    natures = (point.nature, "basic") if point.function == ALL and point.nature == ALL else (point.nature,)
    for source in sources:
        for nature in natures:
            yield from (point._replace(source=source, nature=nature, vintage=v) for v in (ALL, "current"))
