"""Names of departments and units: what can be one, what of a line is one, and what a mark behind a name says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from budgetlod.core.text import fold
from budgetlod.model.lexicon import Lexicon

_LONGEST = 40
_SHORTEST = 3
# Numbering and years before a name.
_LEADING = re.compile(
    r"^(?:附件[\d一二三四五六七八九十]*|附\d+|第[一二三四五六七八九十]+(?:部分|条)|[一二三四五六七八九十]+、|\d{1,2}[.、]"
    r"|\([一二三四五六七八九十\d]+\)|关于|20\d\d年(?:度)?)[:、.]?"
)
_CODE = re.compile(r"^[\[(]?(\d{3,12})[\])]?[-—_]*(?!年)(?=[^\W\d_])")
_BRACKETED = re.compile(r"\(([^()]*)\)$")
# A name holds letters of any script, figures and brackets, and no other marks.
_NAME = re.compile(r"[^\W\d_](?:[^\W_]|[()·、“”\"—-])*")
_DIGITS = re.compile(r"\d{3}")


class Body(NamedTuple):
    """A name found in print, without the code before it and the mark behind it.

    ``level`` is a code of the list of levels: the mark (本级) or (汇总) behind the name, empty where there is none.
    """

    name: str
    code: str = ""
    level: str = ""


class Bodies:
    """Tells the names of bodies by the words of the ontology (code list ``identity-word``)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.levels = lexicon.lists["level"]
        self.endings = tuple(words(lexicon, "body-ending"))
        self.contrary = re.compile(alternatives(words(lexicon, "contrary")))
        self.placeholder = re.compile(alternatives(words(lexicon, "placeholder")) + r"|\*{2}")
        self.tails = tuple(sorted(words(lexicon, "section-tail"), key=len, reverse=True))

    def read(self, text: str, sure: bool = False) -> Body | None:
        """Return the body that ``text`` (folded) names and nothing else, or ``None``.

        A name that a field gives is ``sure``: it need not end like one.
        """
        while match := _LEADING.match(text):
            text = text[match.end() :]
        code = ""
        if match := _CODE.match(text):
            code, text = match[1], text[match.end() :]
        name, level = self._unmarked(text)
        return Body(name, code, level) if self._is_name(name, sure) else None

    def has_placeholder(self, text: str) -> bool:
        """Return whether ``text`` (folded) holds what a form has where something is to be filled in (XX局)."""
        return bool(self.placeholder.search(text))

    def of_heading(self, text: str) -> Body | None:
        """Return the body that the heading of a section (folded) begins with (某局概况), or ``None``."""
        tail = next((tail for tail in self.tails if text.endswith(tail)), None)
        return self.read(text.removesuffix(tail)) if tail else None

    def _unmarked(self, text: str) -> tuple[str, str]:
        """Take off a mark of the level: in brackets, or the name of a level as the last word (某局本级)."""
        if match := _BRACKETED.search(text):
            level = self.levels.find(match[1])
            return (text[: match.start()], level) if level else (text, "")
        for notation in ("head", "consolidated"):
            label = self.levels.codes[notation].label
            if text.endswith(label) and len(text) >= len(label) + _SHORTEST:
                return text.removesuffix(label), notation
        return text, ""

    def _is_name(self, name: str, sure: bool) -> bool:
        if not _SHORTEST <= len(name) <= _LONGEST or not _NAME.fullmatch(name) or _DIGITS.search(name):
            return False
        if name.count("(") != name.count(")") or self.has_placeholder(name) or self.contrary.search(name):
            return False
        return sure or name.endswith(self.endings) or self._ends_in_other_name(name)

    def _ends_in_other_name(self, name: str) -> bool:
        """Return whether a name ends with another one in brackets: 某中心(某预警中心)."""
        match = _BRACKETED.search(name)
        return bool(match and match[1].endswith(self.endings) and name[: match.start()].endswith(self.endings))


def words(lexicon: Lexicon, notation: str) -> list[str]:
    """Return the words (label keys) of one kind that the ontology lists for who and when."""
    return [key for key, notations in lexicon.lists["identity-word"].keys.items() if key and notation in notations]


def alternatives(found: Iterable[str]) -> str:
    """Return a regular expression for any of some words, longest first."""
    return "|".join(re.escape(fold(word)) for word in sorted(found, key=len, reverse=True))
