"""Find the classification codes that prose names: by their path of names, or by the code in brackets.

``一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）`` is read level by level, each name inside the code
before it; a path that starts below 类 goes on under the last 类 of the section. ``一般公共服务支出-审计事务-行政运行`` is such a
path too. ``行政运行（2010301）`` and ``2010301-行政运行`` are read by the code, if the name is one of the code's. Names without a
mark count for the 类 alone (教育支出 5 万元).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from budgetlod.core.text import label_key
from budgetlod.model.lexicon import Lexicon

_LEVEL = re.compile(r"\((?P<level>类|款|项)\)")
_CODE = re.compile(r"[(\[](?P<code>[2-5]\d{2}|[2-5]\d{4}|[2-5]\d{6})[)\]]")
# 2010301-行政运行
_CODED_NAME = re.compile(r"(?<![\d,])(?P<code>[2-5]\d{2}|[2-5]\d{4}|[2-5]\d{6})[-—–](?=[^\d\-—–])")
_STROKE = re.compile(r"[-—–]")
# How few characters of a name may stand for a longer one, each in its order (社保基金 for 社会保障基金).
_FEWEST = 4
_LENGTHS = {"类": 3, "款": 5, "项": 7}
_DIMENSIONS = ("function", "economic", "governmentEconomic")
_CLAUSE = re.compile(r"[;。:]")
_NAME_END = re.compile(r"[,;。:]")
_LONGEST = 40
_FARTHEST = 10
# What the name of a class without a mark may follow.
_BEFORE = re.compile(r"(?:^|[,、:;()。.\d元%年度]|其中|包括|用于|为)$")


class Named(NamedTuple):
    """A code that the words name, and the position in the words where its name ends.

    ``code`` is empty where the words name one that is not known: their number is of nothing else either. ``marked``:
    the words say that they name a code, by its level or the code itself.
    """

    dimension: str
    code: str
    end: int
    marked: bool = True


class Classified:
    """Finds codes in words, remembering the 类 and 款 that were named last.

    ``local`` are codes that the document's tables print and no list holds, with their labels.
    """

    def __init__(self, lexicon: Lexicon, local: Mapping[tuple[str, str], str]) -> None:
        self._keys = {dimension: lexicon.codes(dimension).keys for dimension in _DIMENSIONS}
        self._local: dict[tuple[str, str], tuple[str, ...]] = {}
        for (dimension, code), label in local.items():
            key = dimension, label_key(label)
            self._local[key] = (*self._local.get(key, ()), code)
        functions = self._keys["function"].items()
        self._classes = {key: code for key, codes in functions for code in codes[:1] if len(code) == 3 and len(key) > 3}
        self._above = ""

    def restart(self) -> None:
        """Forget what was named: another section begins."""
        self._above = ""

    def find(self, words: str) -> Named | None:
        """Return the code that is named last in ``words``, or ``None``."""
        words = words.replace("其它", "其他")
        readings = (self._class, self._path, self._stroked, self._coded, self._code_first)
        found = [named for read in readings if (named := read(words)) is not None]
        return max(found, key=lambda named: named.end, default=None)

    def _class(self, words: str) -> Named | None:
        """Return the class of functions that the words end with, a number's filler left aside."""
        for end in range(len(words), max(0, len(words) - _FARTHEST), -1):
            for start in range(max(0, end - _LONGEST), end - 3):
                code = self._classes.get(words[start:end])
                if code and _BEFORE.search(words[:start]):
                    return Named("function", code, end, marked=False)
        return None

    def _path(self, words: str) -> Named | None:
        """Follow the levels of the paths in ``words``; a level whose name is unknown breaks the path off."""
        found, start, code, broken = None, 0, self._above, False
        for mark in _LEVEL.finditer(words):
            length = _LENGTHS[mark["level"]]
            above = code[: length - 2] if length > 3 else ""
            name = words[start : mark.start()]
            # Some texts call the second level 类 too.
            below = self._code(name, 5, self._above[:3]) if length == 3 and self._above else ""
            broken = broken and length > 3
            code = "" if broken else self._code(name, length, above) or below
            broken = not code
            start = mark.end()
            found = Named("function", code, mark.end())
            if code or length == min(_LENGTHS.values()):
                self._above = code
        return found

    def _code(self, text: str, length: int, above: str) -> str:
        """Return the one code of a level, below ``above``, whose name ``text`` ends with; the longest name counts."""
        text = _CLAUSE.split(text)[-1][-_LONGEST:]
        for start in range(len(text) - 1):
            # Some places leave 支出 off the names of classes, or add it to others.
            for key in (text[start:], text[start:] + "支出", text[start:].removesuffix("支出")):
                named = [c for c in self._named("function", key) if len(c) == length]
                below = [c for c in named if c.startswith(above)]
                if len(below) == 1 and (above or length == 3 or len(named) == 1):
                    return below[0]
        return ""

    def _stroked(self, words: str) -> Named | None:
        """Follow the names of a path that strokes part: class, then each a name below the one before."""
        clause = _CLAUSE.split(words)[-1].rpartition(",")[2]
        names = _STROKE.split(clause)
        if len(names) < 2 or not (code := self._code(names[0], 3, "")):
            return None
        for name in names[1:]:
            length = next((n for n in range(len(name), 1, -1) if self._below(name[:n], code)), 0)
            if not length or (name is not names[-1] and length < len(name)):
                return Named("function", "", len(words))
            code, rest = self._below(name[:length], code), len(name) - length
        return Named("function", code, len(words) - rest)

    def _below(self, name: str, above: str) -> str:
        """Return the one code of a name right below a code."""
        found = [c for c in self._named("function", name) if len(c) == len(above) + 2 and c.startswith(above)]
        return found[0] if len(found) == 1 else ""

    def _code_first(self, words: str) -> Named | None:
        """Return the last code that stands before its own name, a stroke between."""
        marks = list(_CODED_NAME.finditer(words))
        if not marks:
            return None
        code, name = marks[-1]["code"], words[marks[-1].end() :]
        for dimension in _DIMENSIONS:
            for length in range(min(len(name), _LONGEST), 1, -1):
                if code in self._named(dimension, name[:length]):
                    return Named(dimension, code, marks[-1].end() + length)
        return Named("function", "", len(words))

    def _coded(self, words: str) -> Named | None:
        """Return the last code in brackets; it counts where it stands behind one of its own names."""
        marks = list(_CODE.finditer(words))
        if not marks:
            return None
        mark = marks[-1]
        before = words[max(0, mark.start() - _LONGEST) : mark.start()]
        for dimension in _DIMENSIONS:
            if any(mark["code"] in self._named(dimension, before[start:]) for start in range(len(before) - 1)):
                return Named(dimension, mark["code"], mark.end())
            if self._shortened(dimension, mark["code"], _NAME_END.split(before)[-1]):
                return Named(dimension, mark["code"], mark.end())
        return Named("function", "", mark.end())

    def _shortened(self, dimension: str, code: str, name: str) -> bool:
        """Return whether a name is one of the code's with words left out (对社保基金补助), or with 支出 behind it."""
        name = label_key(name)
        bare = name.removesuffix("支出")
        for label in (key for key, codes in self._keys[dimension].items() if code in codes):
            characters = iter(label)
            if bare == label or (len(name) >= _FEWEST and all(character in characters for character in name)):
                return True
        return False

    def _named(self, dimension: str, name: str) -> tuple[str, ...]:
        """Return the codes of a name."""
        key = label_key(name)
        return (*self._keys[dimension].get(key, ()), *self._local.get((dimension, key), ()))
