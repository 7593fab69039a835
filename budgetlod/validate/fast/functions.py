"""Values of terms and the functions of queries that a probe knows. ``None`` stands for what cannot be told."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from budgetlod.rdf.lexical import unescape
from budgetlod.rdf.names import XSD
from budgetlod.validate.triples import Triples

Row = list[Any]
"""The values of the variables of a query at their slots: terms, what was computed, or ``None``."""
Step = Callable[[Triples, Row], bool]
Value = Callable[[Triples, Row], Any]

_NUMBER = re.compile(rb'"([-+]?\d+(?:\.\d+)?)"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:decimal|integer)>')
_MOMENT = re.compile(rb'"(\d{4}(?:-\d\d-\d\d)?)"\^\^<http://www\.w3\.org/2001/XMLSchema#(gYear|date)>')
_LANGUAGE = re.compile(rb'"(.*)"@([A-Za-z-]+[A-Za-z0-9-]*)', re.DOTALL)
_TRUTHS = {f'"{name}"^^<{XSD}boolean>'.encode(): name == "true" for name in ("true", "false")}
# Where Python's regular expressions and those of XPath may part.
_OTHER_REGEX = re.compile(r"\\[^.\\()\[\]{}*+?|^$/sd-]|\[\[|&&|\(\?|\[[^\]]*-\[")


class Moment(NamedTuple):
    """A year or a day."""

    kind: bytes
    text: str


@lru_cache(maxsize=50_000)
def value_of(term: bytes) -> Any:
    """Return the value of a term; of IRIs and literals of other kinds the term itself."""
    if not term.startswith(b'"'):
        return term
    if term.endswith(b'"'):
        return unescape(term[1:-1].decode())
    if number := _NUMBER.fullmatch(term):
        return Decimal(number[1].decode())
    if moment := _MOMENT.fullmatch(term):
        return Moment(moment[2], moment[1].decode())
    return _TRUTHS.get(term, term)


def truth(value: Any) -> bool | None:
    """Return whether a value counts as true, ``None`` where that cannot be told."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal | str):
        return bool(value)
    return None


def _of_texts(function: Callable[..., Any]) -> Callable[[list[Value]], Value]:
    """Return the maker of a function of texts, of which the first may have a language."""

    def make(arguments: list[Value]) -> Value:
        def call(triples: Triples, row: Row) -> Any:
            first, *values = [argument(triples, row) for argument in arguments]
            if isinstance(first, bytes) and (match := _LANGUAGE.fullmatch(first)):
                first = unescape(match[1].decode())
            values.insert(0, first)
            return function(*values) if all(isinstance(value, str) for value in values) else None

        return call

    return make


def _absolute(arguments: list[Value]) -> Value:
    def call(triples: Triples, row: Row) -> Any:
        found = arguments[0](triples, row)
        return abs(found) if isinstance(found, Decimal) else None

    return call


def _text(arguments: list[Value]) -> Value:
    def call(triples: Triples, row: Row) -> str | None:
        found = arguments[0](triples, row)
        if isinstance(found, bytes) and (match := _LANGUAGE.fullmatch(found)):
            return unescape(match[1].decode())
        if isinstance(found, bytes) and found.startswith(b"<"):
            return found[1:-1].decode()
        return found if isinstance(found, str) else None

    return call


def _language(arguments: list[Value]) -> Value:
    def call(triples: Triples, row: Row) -> str | None:
        found = arguments[0](triples, row)
        if isinstance(found, bytes) and (match := _LANGUAGE.fullmatch(found)):
            return match[2].decode().lower()
        return "" if isinstance(found, str | Decimal) else None

    return call


def _chosen(arguments: list[Value]) -> Value:
    def call(triples: Triples, row: Row) -> Any:
        condition = truth(arguments[0](triples, row))
        return None if condition is None else arguments[1 if condition else 2](triples, row)

    return call


@lru_cache(maxsize=1000)
def _pattern(text: str) -> re.Pattern[str] | None:
    """Return a regular expression, if it means the same here."""
    if _OTHER_REGEX.search(text):
        return None
    try:
        return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", text))
    except re.error:
        return None


def _matches(text: str, pattern: str) -> bool | None:
    if "\n" in text or "$" in pattern[:-1]:
        return None
    found = _pattern(pattern)
    return None if found is None else found.search(text) is not None


FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "ABS": _absolute,
    "CONTAINS": _of_texts(operator.contains),
    "IF": _chosen,
    "LANG": _language,
    "REGEX": _of_texts(lambda text, pattern, *flags: None if flags else _matches(text, pattern)),
    "STR": _text,
    "STRENDS": _of_texts(str.endswith),
    "STRLEN": _of_texts(lambda text: Decimal(len(text))),
    "STRSTARTS": _of_texts(str.startswith),
}
