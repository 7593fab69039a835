"""Read classification codes in every form in which tables print them.

A code of 3 (类), 5 (款) or 7 (项) digits stands in one cell, or each level has a cell of its own that shows its own two
digits - in every row, or only where they change, so that the levels above are those of the row before. A code also
stands in one cell with its label: ``[30101]基本工资``, ``50101-工资奖金津补贴``, ``2010301 行政运行``, ``行政运行（2010301）``.
Some places add digits of their own below 项 (8 or 9 digits).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from budgetlod.core.text import fold

CODE_LENGTHS = (3, 5, 7, 8, 9)
_CLASS, _LEVEL = 3, 2
_BRACKETS = str.maketrans("", "", "[]()【】〔〕<>{}")
# Marks between the levels of a code: 201.03.01, 201-03-01.
_BETWEEN_LEVELS = re.compile(r"(?<=\d)[.\-_/·、](?=\d)")
_DIGITS = r"\d{3}(?:[.\-]?\d{2}){0,2}(?:\d{1,2})?"
# Digits before a counter or a date are no code: 2026年…, 100人….
_NO_COUNTER = r"(?![年月日号人个项次元万亿%度级])"
_BEFORE = re.compile(rf"[\[(【]?(?P<code>{_DIGITS})(?P<mark>[\])】]?[-—–_:、.]*){_NO_COUNTER}(?P<label>[^\d\s.,%].*)")
_AFTER = re.compile(rf"(?P<label>.*[^\d.,\-—_:(\[【])(?P<mark>[\[(【\-—_:]*)(?P<code>{_DIGITS})[\])】]?")


class PrintedCode(NamedTuple):
    """A code as digits and the label that was printed with it; ``marked``: brackets or a stroke part the two."""

    code: str
    label: str = ""
    marked: bool = False


def plain_code(text: str) -> str:
    """Return the digits of a code without brackets, blanks and marks inside; an empty string for anything else.

    Pairs of zeros at its end, with which some places fill up the codes of 类 and 款, are taken off.
    """
    body = _BETWEEN_LEVELS.sub("", fold(text).translate(_BRACKETS))
    if not body.isdecimal():
        return ""
    while len(body) in (_CLASS + _LEVEL, _CLASS + 2 * _LEVEL) and body.endswith("00"):
        body = body[:-_LEVEL]
    return body


def joined_code(cells: Sequence[str], above: str = "") -> str:
    """Return the code that the cells of its levels print together, an empty string if they print none.

    ``above`` is the code of the row before: it gives the levels that are left blank before the first filled cell.
    ``joined_code(["", "05", ""], "2080101") == "20805"``. A cell that repeats the levels above is read too
    (``201 | 20103 | 2010301``). A number that lost its zero (``201 | 3 | 1``) gets it back.
    """
    levels = [plain_code(cell) if cell else "" for cell in cells]
    if any(cell and not level for cell, level in zip(cells, levels, strict=True)):
        return ""
    first = next((n for n, level in enumerate(levels) if level), None)
    if first is None:
        return ""
    code = "" if first == 0 else above[: _CLASS + _LEVEL * (first - 1)]
    if first and len(code) < _CLASS + _LEVEL * (first - 1) and len(levels[first]) <= _LEVEL:
        return ""
    for n, level in enumerate(levels):
        if level:
            whole = n == 0 or len(level) > _LEVEL
            code = level if whole else code + level.zfill(_LEVEL)
    return code


def split_code(text: str) -> PrintedCode | None:
    """Return the code and the label that stand in one cell, in either order; ``None`` if the cell does not hold both."""
    body = fold(text)
    match = _BEFORE.fullmatch(body) or _AFTER.fullmatch(body)
    if match is None or not (code := plain_code(match["code"])):
        return None
    return PrintedCode(code, match["label"].strip("-—:"), bool(match["mark"])) if len(code) in CODE_LENGTHS else None


def named_code(candidates: Sequence[str], above: str) -> str:
    """Return which of the codes that share a name is meant under ``above``, the code of the row before.

    A code right below that one goes first, then one below what lies above it, and so on; then the highest.
    ``named_code(["2010102", "2010302"], "2010301") == "2010302"``.
    """
    lines = {above[:length]: length for length in CODE_LENGTHS if len(above) >= length}
    return max(candidates, key=lambda code: (lines.get(_parent(code), 0), -len(code)), default="")


def is_below(code: str, above: str) -> bool:
    """Return whether a code is a class, or hangs on ``above`` or on something above that."""
    return len(code) <= _CLASS or (bool(above) and above.startswith(_parent(code)))


def by_custom(candidates: Sequence[str], above: str) -> str:
    """Return the code below the 款 of ``above`` that a name has everywhere else, or an empty string.

    The 项 行政运行 is 01 in every 款: under a 款 for which no list has it, it is 01 too.
    """
    endings = {code[-_LEVEL:] for code in candidates}
    items = all(len(code) == _CLASS + 2 * _LEVEL for code in candidates)
    group = above[: _CLASS + _LEVEL]
    if len(candidates) < 3 or len(endings) > 1 or not items or len(group) < _CLASS + _LEVEL:
        return ""
    return group + endings.pop()


def _parent(code: str) -> str:
    """Return the code right above one, by its digits; an empty string above a class."""
    return code[: max(length for length in (0, *CODE_LENGTHS) if length < len(code))] if code else ""
