"""Taking N-Triples terms apart again: the inverse of :mod:`budgetlod.rdf.terms`."""

from __future__ import annotations

import re

from budgetlod.rdf.names import XSD

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_NAMED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def is_iri(term: str) -> bool:
    """Tell whether ``term`` is an IRI reference (data holds no blank nodes, so everything else is a literal)."""
    return term[0] == "<"


def iri_text(term: str) -> str:
    """Return the IRI inside ``<…>``; raises ``ValueError`` when ``term`` is no IRI."""
    if term[:1] != "<" or term[-1:] != ">":
        raise ValueError(f"not an IRI term: {term!r}")
    return term[1:-1]


def literal_parts(term: str) -> tuple[str, str, str]:
    """Return a literal as ``(body, language, datatype IRI)``; the body is still escaped.

    Language is ``""`` when there is none; a literal with a language has the datatype ``""``, a plain one
    ``xsd:string``. Raises ``ValueError`` when ``term`` is no literal.
    """
    found = _LITERAL.fullmatch(term)
    if found is None:
        raise ValueError(f"not a literal term: {term!r}")
    body, language, datatype = found.groups()
    if language:
        return body, language, ""
    return body, "", datatype or XSD + "string"


def unescape(body: str) -> str:
    """Return the characters that an escaped N-Triples string body stands for."""
    return _ESCAPE.sub(_character, body) if "\\" in body else body


def _character(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    if code not in _NAMED:
        raise ValueError(f"unknown escape \\{code}")
    return _NAMED[code]


def text_of(term: str) -> str:
    """Return what a reader sees: the IRI of an IRI term, the unescaped lexical form of a literal."""
    return iri_text(term) if is_iri(term) else unescape(literal_parts(term)[0])
