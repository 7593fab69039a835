"""The unit of money that a table prints: 单位：万元, 金额单位：人民币元, （万元）, also broken over two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgetlod.core.text import fold, squeeze
from budgetlod.model.lexicon import Lexicon

_UNIT = re.compile(r"单位[:为]?[(]?(?:人民币)?[:,、(]*([万亿千百十]{0,2}元)")
# A unit in brackets after a title, 收支总表（万元）, or alone: (万元), 金额：万元.
_BARE = re.compile(r"(?:\((?:人民币)?|^金额:|^人民币:?|^)([万亿千百十]{1,2}元|元)\)?$")


def unit_of(context: Sequence[str], lexicon: Lexicon) -> tuple[str, Decimal] | None:
    """Return the unit of money that stands over a table and its worth in yuan, or ``None`` when none is printed.

    A line that says it is one (单位：) goes before a unit in brackets.
    """
    for text in _found(context):
        code = lexicon.lists["unit"].find(text)
        factor = lexicon.lists["unit"].codes[code].factor if code else None
        if code and factor is not None:
            return code, factor
    return None


def _found(context: Sequence[str]) -> Iterator[str]:
    lines = [fold(squeeze(text)) for text in context]
    for text in (*lines, "".join(lines)):
        if match := _UNIT.search(text):
            yield match[1]
    for text in lines:
        if match := _BARE.search(text):
            yield match[1]
