"""What paragraphs owe to those before them: the heading they stand under, the whole whose parts they list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetlod.interpret.passages import Passage
from budgetlod.interpret.section_lines import HeadingLine, is_bare, numbered
from budgetlod.model.cube import Point

_NUMBER = re.compile(r"[-*•]?(?:\d{1,2}[、.](?!\d)|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、)")
_FIRST_WORDS = re.compile(r"[^。:;,]+")
# How a paragraph ends whose list is in the paragraphs below it.
_LIST_BELOW = re.compile(r"(?:其中|包括|如下|分别|方面|具体)[^,;。]{0,6}[:]?$|[:]$")
_LONGEST = 30


@dataclass
class Outer:
    """What the paragraphs of a section have been told by those above them.

    ``start`` is where the text of the current paragraph begins behind its number; ``heading`` the words it stands
    under, its own or those of the line above; ``whole`` the figure that it is in a list of parts of.
    """

    start: int = 0
    heading: str = ""
    whole: Point | None = None
    _level: int = 0
    _list_level: int = 0

    def enter(self, passage: Passage) -> None:
        """Take note of the number and the heading that a paragraph opens with."""
        line = numbered(passage.text)
        mark = _NUMBER.match(passage.text)
        self.start = mark.end() if mark else 0
        if line is not None:
            self._number(line, passage.text)

    def _number(self, line: HeadingLine, text: str) -> None:
        if line.level <= self._list_level:
            self.whole = None
        self._level = line.level
        first = _FIRST_WORDS.match(text, self.start)
        words = first[0] if first else ""
        rest = text[self.start + len(words) :]
        titled = len(words) <= _LONGEST and is_bare(words) and rest[:1] in ("", "。", ":")
        self.heading = words if titled else ""

    def leave(self, passage: Passage, stated: Point | None) -> None:
        """Take note of the list that a paragraph opens; ``stated`` is the figure it spoke of last."""
        if stated is not None and _LIST_BELOW.search(passage.text):
            line = numbered(passage.text)
            self.whole, self._list_level = stated, line.level if line is not None else self._level
