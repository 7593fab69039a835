"""Terms of N-Triples in the one form that a store keeps them in, and their values.

Where all terms are in one form, two are the same for a store if their bytes are. A literal of a kind that is not known
here is :class:`Odd`: only a store can tell what it is equal to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from budgetlod.core.numbers import plain
from budgetlod.rdf import terms
from budgetlod.rdf.lexical import unescape
from budgetlod.rdf.names import XSD

_TYPED = re.compile(r'"([^"\\]*)"\^\^<' + re.escape(XSD) + r"(decimal|integer|boolean|gYear|date)>")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*))?', re.DOTALL)
_TAG = re.compile(rb"(?:@[a-z]+(?:-[a-z0-9]+)*+)?")
_SIMPLE = re.compile(rb'"[^"\\]*+"(?:@[a-z]+(?:-[a-z0-9]+)*+)?')
_DECIMAL = re.compile(rb'"(-?(?:0|[1-9]\d{0,11}))(?:\.(\d{1,6}))?"\^\^<' + re.escape(XSD).encode() + rb"decimal>")
DAY = r"\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
"""A day that there is in every year, without time zone: a regular expression."""
_FORMS = {
    "decimal": re.compile(r"[-+]?\d+(?:\.\d+)?"),
    "integer": re.compile(r"[-+]?\d+"),
    "boolean": re.compile("true|false"),
    "gYear": re.compile(r"\d{4}"),
    "date": re.compile(DAY),
}
# A store has 64 bits for whole numbers, and 128 bits for decimals of which 18 digits stand behind the point.
_MANY_DIGITS = 18
_MANY = 100_000
_XSD = XSD.encode()
_QUOTE = ord('"')


class Odd(Exception):
    """A literal of which it cannot be told here what it is equal to."""


class Tagged(NamedTuple):
    """A text with a language."""

    text: str
    language: str


class Moment(NamedTuple):
    """A year or a day."""

    kind: str
    text: str


def is_in_one_form(values: Iterable[bytes]) -> bool:
    """Whether terms are IRIs, blank nodes and plain texts with languages, which can be written in one way only."""
    text = b"".join(values)
    if b"\\" in text:
        return False
    return b'"' not in text or all(
        map(_TAG.fullmatch, {value.rpartition(b'"')[2] for value in values if value[0] == _QUOTE})
    )


class _Forms(dict[bytes, bytes]):
    """The one form of each literal, of many graphs; raises :class:`Odd`."""

    def __missing__(self, term: bytes) -> bytes:
        if _SIMPLE.fullmatch(term):
            return term
        if len(self) >= _MANY:
            self.clear()
        match = _DECIMAL.fullmatch(term)
        if match is not None and match[1] != b"-0":
            digits = (match[2] or b"").rstrip(b"0")
            form = b'"%b%b%b"^^<%bdecimal>' % (match[1], b"." if digits else b"", digits, _XSD)
        else:
            form = _form(term.decode()).encode()
        self[term] = form
        return form


_KNOWN = _Forms()


def form_of(term: bytes) -> bytes:
    """Return the one form of a term, nothing if it is not known."""
    if term[0] != _QUOTE:
        return term
    try:
        return _KNOWN[term]
    except Odd:
        return b""


class _Values(dict[Any, Any]):
    """The value of each term that is in the one form: a number, text, truth, moment; an IRI is its own, and nothing."""

    def __missing__(self, term: bytes) -> Any:
        if not isinstance(term, bytes) or not term.startswith(b'"'):
            return term
        if len(self) >= _MANY:
            self.clear()
        if term[-1] == _QUOTE and b"\\" not in term:
            value: Any = term[1:-1].decode()
        else:
            value = _value(term.decode())
        self[term] = value
        return value


def text_term(text: str, language: str = "") -> bytes:
    """Return a text as a term."""
    return terms.string(text, language.lower()).encode()


def lexical(value: Any) -> str:
    """Return the lexical form of a value, the text of an IRI."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{plain(value) or Decimal(0):f}"
    if isinstance(value, bytes):
        text = value.decode()
        return text[1:-1] if text.startswith("<") else text[2:]
    return str(value.text)


def text_of(term: Any) -> str:
    """Return the lexical form of a computed value, or of a term that is in its one form: it stands in it as it is."""
    if isinstance(term, bytes) and term[0] == _QUOTE and b"\\" not in term:
        return term[1 : term.rindex(b'"')].decode()
    return lexical(VALUES[term])


def _form(term: str) -> str:
    if match := _TEXT.fullmatch(term):
        text, language = match[1], match[2] or ""
        return (
            terms.string(unescape(text), language.lower())
            if "\\" in text
            else f'"{text}"{term[len(text) + 2 :].lower()}'
        )
    typed = _TYPED.fullmatch(term)
    if typed is None or _FORMS[typed[2]].fullmatch(typed[1]) is None or len(typed[1]) > _MANY_DIGITS:
        raise Odd(term)
    text = f"{plain(Decimal(typed[1])) or Decimal(0):f}" if typed[2] in {"decimal", "integer"} else typed[1]
    return f'"{text}"^^<{XSD}{typed[2]}>'


def _value(term: str) -> Any:
    typed = _TYPED.fullmatch(term)
    if typed is None:
        match = _TEXT.fullmatch(term)
        if match is None:
            raise Odd(term)
        text = unescape(match[1])
        return Tagged(text, match[2]) if match[2] else text
    if typed[2] in {"decimal", "integer"}:
        return Decimal(typed[1])
    return typed[1] == "true" if typed[2] == "boolean" else Moment(typed[2], typed[1])


VALUES: dict[Any, Any] = _Values()
"""The values of all literals that were looked at, up to a number."""
