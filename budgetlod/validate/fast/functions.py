"""What a compiled query calls: the operators and functions of SPARQL 1.1, section 17, as the store evaluates them.

``None`` is an error, and what is not bound. What cannot be told here for certain raises :class:`Unsure`; then the
store is asked. Values are those of forms.py: numbers, texts, truths, moments, and IRIs as terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, ROUND_FLOOR, Context, Decimal
from functools import lru_cache
from typing import Any

from budgetlod.validate.forms import Moment, Tagged, lexical, text_term

# Where Python's regular expressions and those of XPath may part.
_OTHER_REGEX = re.compile(r"\\[^.\\()\[\]{}*+?|^$/sd-]|\[\[|&&|\(\?|\[[^\]]*-\[")
_WHOLE_NUMBER = re.compile(r"[-+]?[0-9]{1,18}")
# A store keeps eighteen digits behind the point, and no number beyond 10^20.
_LAST_DIGIT, _HIGHEST = Decimal("1e-18"), Decimal(10) ** 14
EXACT = Context(prec=80)


class Unsure(Exception):
    """It cannot be told here; the query has to be asked."""


def truth(value: Any) -> bool | None:
    """Return the effective boolean value."""
    if isinstance(value, bool):
        return value
    return bool(value) if isinstance(value, Decimal | str) else None


def either(one: Any, other: Any) -> bool | None:
    """Return *or* with errors."""
    a, b = truth(one), truth(other)
    return True if a or b else None if a is None or b is None else False


def both(one: Any, other: Any) -> bool | None:
    """Return *and* with errors."""
    a, b = truth(one), truth(other)
    return False if a is False or b is False else None if a is None or b is None else True


def negated(value: Any) -> bool | None:
    """Return *not* with errors."""
    found = truth(value)
    return None if found is None else not found


def equal(a: Any, b: Any) -> bool | None:
    """Return whether two values are equal: never, if they are of different kinds."""
    if a is None or b is None:
        return None
    return type(a) is type(b) and a == b


def unequal(a: Any, b: Any) -> bool | None:
    """Return whether two values differ."""
    if a is None or b is None:
        return None
    return type(a) is not type(b) or a != b


def less(a: Any, b: Any) -> bool | None:
    """Return whether one value is below another of its kind."""
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        return a < b
    return None if a is None or b is None else _before(a, b)


def _before(a: Any, b: Any) -> bool | None:
    if isinstance(a, str) and isinstance(b, str):
        return a < b
    if isinstance(a, Moment) and isinstance(b, Moment) and a.kind == b.kind:
        return a.text < b.text
    if type(a) is type(b):
        raise Unsure
    return None


def less_or_equal(a: Any, b: Any) -> bool | None:
    """Return whether one value is not above another of its kind."""
    found = less(b, a)
    return None if found is None else not found


def among(value: Any, *others: Any) -> bool | None:
    """Return whether a value is one of a list."""
    found = [equal(value, other) for other in others]
    return True if True in found else None if None in found else False


def added(a: Any, b: Any) -> Decimal | None:
    """Return a sum."""
    return a + b if _numbers(a, b) else None


def lessened(a: Any, b: Any) -> Decimal | None:
    """Return a difference."""
    return a - b if _numbers(a, b) else None


def _numbers(a: Any, b: Any) -> bool:
    """Whether both are numbers; raises :class:`Unsure` for moments, which a store can calculate with."""
    if isinstance(a, Moment) or isinstance(b, Moment):
        raise Unsure
    return isinstance(a, Decimal) and isinstance(b, Decimal)


def times(a: Any, b: Any) -> Decimal | None:
    """Return a product."""
    if not _numbers(a, b):
        return None
    found = EXACT.multiply(a, b)
    if abs(found) > _HIGHEST or EXACT.remainder(found, _LAST_DIGIT):
        raise Unsure
    return found


def divided(a: Any, b: Any) -> Decimal | None:
    """Return a quotient, cut after the last digit that a store keeps."""
    if not _numbers(a, b):
        return None
    if not b:
        return None
    found = EXACT.divide(a, b).quantize(_LAST_DIGIT, ROUND_DOWN, EXACT)
    if abs(found) > _HIGHEST or abs(b) < _LAST_DIGIT.sqrt():
        raise Unsure
    return found


def whole_number(value: Any) -> Decimal | None:
    """Return ``xsd:integer`` of a text."""
    if isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value):
        return Decimal(value)
    if value is None:
        return None
    raise Unsure


def text(value: Any) -> str | None:
    """Return ``STR`` of a value."""
    return None if value is None else lexical(value)


def language(value: Any) -> str | None:
    """Return ``LANG`` of a literal."""
    if isinstance(value, Tagged):
        return value.language
    return None if value is None or isinstance(value, bytes) else ""


def _absolute(value: Any) -> Decimal | None:
    return abs(value) if isinstance(value, Decimal) else None


def _rounded(value: Any) -> Decimal | None:
    return _floor(value + Decimal("0.5")) if isinstance(value, Decimal) else None


def _floor(value: Any) -> Decimal | None:
    return value.to_integral_value(ROUND_FLOOR) if isinstance(value, Decimal) else None


def _of_text(function: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Return a function of a text with or without a language."""

    def call(value: Any) -> Any:
        body = value.text if type(value) is Tagged else value
        return function(body) if type(body) is str else None

    return call


def _of_texts(function: Callable[[str, str], Any]) -> Callable[[Any, Any], Any]:
    """Return a function of two texts, of which the first may have a language."""

    def call(value: Any, other: Any) -> Any:
        body = value.text if type(value) is Tagged else value
        if type(other) is Tagged:
            raise Unsure
        return function(body, other) if type(body) is str and type(other) is str else None

    return call


def _joined(*values: Any) -> Any:
    if not all(isinstance(value, str | Tagged) for value in values):
        return None
    languages = {value.language if isinstance(value, Tagged) else "" for value in values}
    made = "".join(map(lexical, values))
    return Tagged(made, languages.pop()) if len(languages) == 1 and "" not in languages else made


def _part(value: Any, start: Any, length: Any) -> Any:
    if not (isinstance(value, str) and isinstance(start, Decimal) and isinstance(length, Decimal)):
        raise Unsure
    if start < 1 or length < 0 or start % 1 or length % 1:
        raise Unsure
    return value[int(start) - 1 : int(start) - 1 + int(length)]


@lru_cache(maxsize=1000)
def _pattern(pattern: str) -> re.Pattern[str]:
    """Return a regular expression that means the same here; raises :class:`Unsure`."""
    if _OTHER_REGEX.search(pattern) or "$" in pattern[:-1]:
        raise Unsure
    try:
        return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern))
    except re.error as error:
        raise Unsure from error


def _matches(body: str, pattern: str) -> bool:
    return _pattern(pattern).search(body) is not None


def _replaced(value: Any, pattern: Any, other: Any) -> Any:
    body = value.text if isinstance(value, Tagged) else value
    if not (isinstance(body, str) and isinstance(pattern, str) and isinstance(other, str)):
        return None
    if "$" in other or "\\" in other or _pattern(pattern).match(""):
        raise Unsure
    made = _pattern(pattern).sub(other, body)
    return Tagged(made, value.language) if isinstance(value, Tagged) else made


FUNCTIONS: dict[str, tuple[Callable[..., Any], int | None]] = {
    "ABS": (_absolute, 1),
    "CONCAT": (_joined, None),
    "CONTAINS": (_of_texts(str.__contains__), 2),
    "FLOOR": (_floor, 1),
    "LANG": (language, 1),
    "REGEX": (_of_texts(_matches), 2),
    "REPLACE": (_replaced, 3),
    "ROUND": (_rounded, 1),
    "STR": (text, 1),
    "STRENDS": (_of_texts(str.endswith), 2),
    "STRLEN": (_of_text(lambda body: Decimal(len(body))), 1),
    "STRSTARTS": (_of_texts(str.startswith), 2),
    "SUBSTR": (_part, 3),
}
"""Functions by name, each with the number of its arguments (``None``: any)."""


def total(values: Sequence[Any]) -> Decimal | None:
    """Return ``SUM``."""
    return sum(values, Decimal(0)) if all(isinstance(value, Decimal) for value in values) else None


def counted(values: Sequence[Any]) -> Decimal:
    """Return ``COUNT``."""
    return Decimal(sum(value is not None for value in values))


def least(values: Sequence[Any]) -> Any:
    """Return ``MIN``; raises :class:`Unsure` for values of several kinds, which a store orders too."""
    return min(_of_a_kind(values))


def most(values: Sequence[Any]) -> Any:
    """Return ``MAX``."""
    return max(_of_a_kind(values))


def _of_a_kind(values: Sequence[Any]) -> Sequence[Any]:
    kinds = {type(value) for value in values}
    if kinds not in ({Decimal}, {str}):
        raise Unsure
    return values


AGGREGATES: dict[str, Callable[[Sequence[Any]], Any]] = {"SUM": total, "COUNT": counted, "MIN": least, "MAX": most}


def key(value: Any) -> Any:
    """Return what a computed value is grouped by; raises :class:`Unsure` for numbers, which may be of two types."""
    if value is None or isinstance(value, str | bytes):
        return value
    raise Unsure


def sure(term: Any) -> bytes:
    """Return a term that is bound and in its one form; raises :class:`Unsure` for nothing, which would fit anything."""
    if not term or not isinstance(term, bytes):
        raise Unsure
    return term


def as_term(value: Any) -> bytes:
    """Return a text or IRI as a term; raises :class:`Unsure` for anything else."""
    return text_term(value) if isinstance(value, str) else sure(value)
