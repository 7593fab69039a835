"""Read what prose says in words: why a figure changed, what money is for, which project is new.

Each remark is an observation: these words stand here. Whether a reason is missing or a project is in no list is for
the shapes to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from budgetlod.core.text import fold, label_key
from budgetlod.interpret.passages import Passage
from budgetlod.interpret.wordings import Words, any_of
from budgetlod.model.codes import ALL
from budgetlod.model.cube import ChangeOf, Point
from budgetlod.model.document import Paragraph
from budgetlod.model.notes import Mention, Remark

_STOP = re.compile(r"[;。]")
# A reason given point by point (一是 …；二是 …) goes on behind the semicolon.
_NEXT_POINT = re.compile(r"[二三四五六七八九]是")
_MONEY = re.compile(r"\d(?:亿元|万元|千元|元)")
# What stands for words that were never written.
_NOTHING = ".,;:。、…·×xX*_-—"
_AMOUNT_BEHIND = re.compile(r"[^\d,;。]{0,4}\d[\d,]*(?:\.\d+)?(?:亿元|万元|千元|元|%)?")
_HEADING = re.compile(r"[(]?[一二三四五六七八九十]+[)、.]")
_USED_FOR = re.compile(r"用于[^。]+")
_LONGEST_USE = 12
# 新增项目 …, 有新增加的项目，对 …; or a name between: 新增 … 项目
_NEW_PROJECT = (
    re.compile(r"新增加?(?:了|的)*项目[,:]?(?:主要|包括|分别|为|是|有|对|即)*(?P<name>[^,;。:()\d]{4,30})"),
    re.compile(r"新增加?(?:了|的)*(?P<name>[^,;。:()\d个项]{4,30})(?:项目|专项)(?=[,;。(]|$)"),
)
# Two names speak of one project when they share as many characters in a row.
_SHARED = 4

Spoken = Sequence[tuple[int, Mention]]
"""The mentions of a paragraph with their places in its text."""


def carries_on(paragraph: Paragraph) -> bool:
    """Return whether a paragraph may carry on the one before: it does not open with a heading's numeral."""
    return _HEADING.match(fold(paragraph.text)) is None


class RemarkReader:
    """Reads remarks, paragraph by paragraph, into :attr:`remarks`."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.remarks: list[Remark] = []
        remarks = words.lexicon.lists["remark"]
        self._reason = re.compile(
            rf"(?:{any_of(remarks, 'reason')})(?:主要|均)?(?:是|为|系|在于|如下|:)+(?:是|由于|因为|因|:)*"
        )
        self._cause = re.compile(any_of(remarks, "cause"))

    # --- spans that hold no statements of figures -------------------------------------------------------------------------

    def reasons(self, text: str) -> list[tuple[int, int]]:
        """Return where reasons stand: numbers in them are part of the reason."""
        return [(match.start(), _end_of_reason(text, match.end())) for match in self._reason.finditer(text)]

    def undecided(self, text: str) -> list[tuple[int, int]]:
        """Return where both directions stand side by side, each with the number behind it."""
        found = []
        for match in self.words.undecided.finditer(text):
            behind = _AMOUNT_BEHIND.match(text, match.end())
            found.append((match.start(), behind.end() if behind else match.end()))
        return found

    # --- remarks ----------------------------------------------------------------------------------------------------------

    def read(self, passage: Passage, spoken: Spoken) -> None:
        """Read the remarks of a paragraph, whose mentions are ``spoken``."""
        self._reasons(passage, spoken)
        self._undecided(passage)
        self._uses(passage, spoken)
        self._new_projects(passage, spoken)

    def _reasons(self, passage: Passage, spoken: Spoken) -> None:
        text, covered = passage.text, 0
        for match in self._reason.finditer(text):
            end = _end_of_reason(text, match.end())
            reason = text[match.end() : end].strip(_NOTHING)
            covered = max(covered, end)
            if reason or not (passage.more and end == len(text)):
                self._add(passage, match.start(), end, reason=reason, explains=_change_before(spoken, match.start()))
        for match in self._cause.finditer(text):
            end = _end_of_reason(text, match.end())
            reason = text[match.end() : end].strip(_NOTHING)
            change = _change_before(spoken, match.start())
            if match.start() >= covered and reason and change and not _MONEY.search(reason):
                covered = end
                self._add(passage, match.start(), end, reason=reason, explains=change)

    def _undecided(self, passage: Passage) -> None:
        """Keep one remark for each sentence that leaves a direction undecided."""
        after = 0
        for start, end in self.undecided(passage.text):
            if start >= after:
                stop = passage.text.find("。", end)
                after = len(passage.text) if stop < 0 else stop
                self._add(passage, start, end, undecided=True)

    def _uses(self, passage: Passage, spoken: Spoken) -> None:
        """Keep what agency operating costs are said to be used for, each use with its economic codes."""
        starts = [s for s, m in spoken if isinstance(m.states, Point) and m.states.item == "agency-operating"]
        used = _USED_FOR.search(passage.text, starts[0]) if starts else None
        position, end = used.span() if used else (0, 0)
        while position < end:
            length = next(
                (n for n in range(min(_LONGEST_USE, end - position), 1, -1) if self._at(passage, position, n)), 0
            )
            if length:
                self._add(passage, position, position + length, uses=self._at(passage, position, length))
            position += length or 1

    def _at(self, passage: Passage, position: int, length: int) -> tuple[str, ...]:
        return self._use_words.get(passage.text[position : position + length], ())

    @cached_property
    def _use_words(self) -> Mapping[str, tuple[str, ...]]:
        """The words for uses: the names of economic codes, and wordings of the axis ``use``."""
        found: dict[str, tuple[str, ...]] = {}
        for key, meanings in self.words.lexicon.meanings.items():
            for meaning in meanings:
                codes = tuple(code for dimension, code in meaning.sets if dimension == "economic" and len(code) == 5)
                if codes and (meaning.axes == {"use"} or not meaning.axes):
                    found.setdefault(key, codes)
        return found

    def _new_projects(self, passage: Passage, spoken: Spoken) -> None:
        """Keep the projects that are named as new where project expenditure, or all of it, is said to rise."""
        rises = [start for start, m in spoken if _rises(m)]
        seen = -1
        for match in (m for pattern in _NEW_PROJECT for m in pattern.finditer(passage.text)):
            start, end = match.span("name")
            sentence = passage.text.rfind("。", 0, start)
            if start > seen and any(sentence < rise < start for rise in rises):
                seen = end
                self._add(passage, start, end, new_project=match["name"], project=self._project(match["name"]))

    def _project(self, name: str) -> str:
        """Return the key of the project that ``name`` shares the most characters in a row with, if enough."""
        shared = {key: _common(label_key(name), label) for label, key in self.words.projects.items()}
        best = max(shared, key=lambda key: shared[key], default="")
        return best if best and shared[best] >= min(_SHARED, len(name)) else ""

    def _add(self, passage: Passage, start: int, end: int, **said: Any) -> None:
        printed, place = passage.printed(start, end)
        order = len(self.remarks) + 1
        self.remarks.append(Remark(order, passage.section.order, printed, place, **said))


def _end_of_reason(text: str, start: int) -> int:
    for stop in _STOP.finditer(text, start):
        if text[stop.start()] == "。" or not _NEXT_POINT.match(text, stop.end()):
            return stop.start()
    return len(text)


def _changes(spoken: Spoken) -> Iterator[tuple[int, ChangeOf]]:
    for start, mention in spoken:
        if isinstance(mention.states, ChangeOf):
            yield start, mention.states


def _change_before(spoken: Spoken, position: int) -> ChangeOf | None:
    return next((change for start, change in reversed(list(_changes(spoken))) if start < position), None)


def _rises(mention: Mention) -> bool:
    if not isinstance(mention.states, ChangeOf) or mention.amount is None or mention.amount <= 0:
        return False
    point = mention.states.point
    return point.nature in (ALL, "project") and point.item == ALL and point.project == ALL and point.flow != "revenue"


def _common(one: str, other: str) -> int:
    """Return the length of the longest run of characters that two words share."""
    lengths, longest = [0] * (len(other) + 1), 0
    for character in one:
        previous = 0
        for index, candidate in enumerate(other, 1):
            above, lengths[index] = lengths[index], previous + 1 if character == candidate else 0
            previous = above
            longest = max(longest, lengths[index])
    return longest
