"""Recognise the lines that head the parts and sections of the notes: by their numbers, and by the words of the ontology."""

from __future__ import annotations

import re
from typing import NamedTuple

from budgetlod.core.text import chinese_number, fold, label_key
from budgetlod.model.lexicon import Lexicon

PART, CHAPTER, SECTION, ITEM, SUBITEM = 1, 2, 3, 4, 5
"""The levels of headings: 第一部分, 一、, （一）, 1., （1）."""

_NUMERAL = "[一二三四五六七八九十]+"
_NUMBERS = (
    (PART, re.compile(rf"^第({_NUMERAL})(?:部分|章)[:、.]?(.*)$", re.DOTALL)),
    (CHAPTER, re.compile(rf"^({_NUMERAL})[、.](.+)$", re.DOTALL)),
    (SECTION, re.compile(rf"^\(({_NUMERAL})\)(.+)$", re.DOTALL)),
    (ITEM, re.compile(r"^[-*•]?(\d{1,2})[、.](?!\d)(.+)$", re.DOTALL)),
    (SUBITEM, re.compile(r"^\((\d{1,2})\)(.+)$", re.DOTALL)),
)
_LONGEST = 46
_SENTENCE = re.compile(r"[。;!?]|[,:、]$|\d(?:亿元|万元|千元|元|%)")
# What stands behind a heading in brackets is no part of it: （详见表4）.
_ASIDE = re.compile(r"\([^()]*表[^()]*\)$")
_LEADER = re.compile(r"(?:[.．…·]{3,}|[.．…·]\s+[.．…·]).*$")
_FISCAL = ("fiscal", "general-public", "government-fund", "state-capital")


class HeadingLine(NamedTuple):
    """A numbered line: the level and value of its number, and the words behind it, folded."""

    level: int
    number: int
    words: str

    @property
    def bare(self) -> bool:
        """Whether the line is a heading and nothing else: short, no sentence, no amount."""
        return is_bare(self.words)


def numbered(text: str) -> HeadingLine | None:
    """Return the number that a line opens with and the words behind it; ``None`` for a line without a number."""
    folded = fold(text)
    for level, pattern in _NUMBERS:
        if match := pattern.match(folded):
            number = int(match[1]) if match[1].isdigit() else chinese_number(match[1])
            return HeadingLine(level, number, _ASIDE.sub("", match[2])) if number is not None else None
    return None


def is_bare(words: str) -> bool:
    """Return whether words could be a heading: few, without the end of a sentence and without an amount."""
    return len(words) <= _LONGEST and _SENTENCE.search(words) is None


def entry_text(text: str) -> str:
    """Return an entry of the contents without its leader and page number."""
    return _LEADER.sub("", text)


def section_type(words: str, lexicon: Lexicon) -> str:
    """Return the type of the section that some words head, or an empty string."""
    key = label_key(words)
    if exact := lexicon.lists["section"].find(key):
        return exact
    return next((known.type for known in lexicon.heading_words if all(word in key for word in known.words)), "")


def said_by(words: str, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return the coordinates that a heading gives: the one fund of the government it names, and whether it is received."""
    received = "收入" in words and not re.search("支出|收支", words)
    return (*((("flow", "revenue"),) if received else ()), *_source(words, lexicon))


def _source(words: str, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    key, found, start = label_key(words), [], 0
    while start < len(key):
        length = next((n for n in range(len(key) - start, 3, -1) if _fund(key[start : start + n], lexicon)), 0)
        if length:
            found.append(_fund(key[start : start + length], lexicon))
        start += length or 1
    return (("source", found[0]),) if len(set(found)) == 1 else ()


def _fund(key: str, lexicon: Lexicon) -> str:
    return next((source for source in lexicon.lists["source"].keys.get(key, ()) if source in _FISCAL), "")
