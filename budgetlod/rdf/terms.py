"""RDF terms as N-Triples text, and graphs as sorted lists of them.

The fastest byte-stable form: a term is the ``str`` that N-Triples 1.1 writes, a triple is three of them, a
graph is sorted and without duplicates. Decimals keep the digits they were given (a store would reprint
``1234.50`` as ``1234.5``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from budgetlod.rdf.names import XSD

Triple = tuple[str, str, str]

# N-Triples 1.1, production STRING_LITERAL_QUOTE and the canonical form: only these need an escape.
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_CONTROL = re.compile("[\x00-\x07\x0b\x0e-\x1f\x7f]")
_FORBIDDEN_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@lru_cache(maxsize=65536)
def iri(text: str) -> str:
    """Return an IRI reference; raises ``ValueError`` for characters that RFC 3987 does not allow."""
    if _FORBIDDEN_IN_IRI.search(text):
        raise ValueError(f"not an IRI: {text!r}")
    return f"<{text}>"


@lru_cache(maxsize=65536)
def segment(text: str) -> str:
    """Return ``text`` as one path segment of an IRI: Chinese stays readable, reserved characters are encoded."""
    return "".join(c if c.isalnum() or c in "-._~" else quote(c, safe="") for c in text)


def string(text: str, language: str = "") -> str:
    """Return a string literal, with a language tag when one is given."""
    body = _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04X}", text.translate(_ESCAPES))
    return f'"{body}"@{language}' if language else f'"{body}"'


def typed(text: str, datatype: str) -> str:
    """Return a literal with the datatype ``xsd:{datatype}``; ``text`` is its lexical form."""
    return f'"{text}"^^<{XSD}{datatype}>'


def decimal(value: Decimal) -> str:
    """Return an ``xsd:decimal``; the digits given are kept, never an exponent."""
    return typed(format(value, "f"), "decimal")


def integer(value: int) -> str:
    """Return an ``xsd:integer``."""
    return typed(str(value), "integer")


def boolean(value: bool) -> str:
    """Return an ``xsd:boolean``."""
    return typed("true" if value else "false", "boolean")


def year(value: int) -> str:
    """Return an ``xsd:gYear``."""
    return typed(f"{value:04d}", "gYear")


def date(value: datetime.date) -> str:
    """Return an ``xsd:date``."""
    return typed(value.isoformat(), "date")


def graph(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples sorted and without duplicates: the canonical order of everything published."""
    return sorted(set(triples))
