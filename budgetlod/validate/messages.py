"""The messages of shapes: templates in two languages whose ``{?name}`` places are filled from a query's answer.

SHACL 1.0, section 5.3.2. Engines disagree on how they print a number and some lose the language of the message, so
the text is always formed here: the same shapes and data give the same words whatever the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from budgetlod.core.numbers import decimals, plain
from budgetlod.rdf.names import SH

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_PLACE = re.compile(r"\{[?$](\w+)\}")
_FILLED = re.compile(r"\{[?$](\w+)\}(?=(\s*(?:元|yuan)\b|\s*元)?)")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?")


def fill(template: str, bindings: Mapping[str, str]) -> str:
    """Return ``template`` with each ``{?name}`` replaced by its binding; a name without one stays as it is.

    Numbers before a unit of money are shown as money, others as they are:
    ``fill("{?sum} yuan in {?year}", {"sum": "1234500", "year": "2024"}) == "1,234,500.00 yuan in 2024"``.
    """
    return Prepared(template).filled(bindings)


class Prepared:
    """A template that is cut into its texts and places once, to be filled often; see :func:`fill`."""

    def __init__(self, template: str) -> None:
        self._texts, self._places, start = list[str](), list[tuple[str, bool, str]](), 0
        for match in _FILLED.finditer(template):
            self._texts.append(template[start : match.start()])
            self._places.append((match[1], match[2] is not None, match[0]))
            start = match.end()
        self._last = template[start:]

    def filled(self, bindings: Mapping[str, str]) -> str:
        """Return the text with the values of the bindings."""
        parts = list[str]()
        for text, (name, money, place) in zip(self._texts, self._places, strict=True):
            value = bindings.get(name)
            parts += text, place if value is None else _shown(value, money=money)
        return "".join((*parts, self._last))


def recover(template: str, text: str) -> dict[str, str] | None:
    """Return the bindings with which an engine made ``text`` from ``template``, or ``None`` if it did not."""
    match = _pattern(template).fullmatch(text)
    return None if match is None else match.groupdict()


def templates(shapes: Graph, node: Node) -> dict[str, str]:
    """Return the messages of a shape or constraint by language (``""`` where none is given)."""
    from rdflib import Literal, URIRef

    found = sorted(m for m in shapes.objects(node, URIRef(SH + "message")) if isinstance(m, Literal))
    return {message.language or "": str(message) for message in found}


def bilingual(by_language: Mapping[str, str]) -> tuple[str, str]:
    """Return the Chinese and the English text; where one is missing the other, or the first there is, stands in."""
    spare = next(iter(by_language.values()), "")
    zh = by_language.get("zh") or by_language.get("en") or spare
    return zh, by_language.get("en") or spare


def bindings_of(by_language: Mapping[str, str], texts: Iterable[str]) -> dict[str, str]:
    """Return the values with which an engine made its own ``texts`` from the messages of a constraint."""
    found: dict[str, str] = {}
    for text in texts:
        for template in by_language.values():
            found |= recover(template, text) or {}
    return found


def filled(by_language: Mapping[str, str], bindings: Mapping[str, str]) -> dict[str, str]:
    """Return the messages by language, filled with the values of a result."""
    return {language: fill(template, bindings) for language, template in by_language.items()}


def _pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of all texts that a template can give; a name that comes twice must be the same twice."""
    parts, seen = [], set[str]()
    for index, part in enumerate(_PLACE.split(template)):
        if index % 2 == 0:
            parts.append(re.escape(part))
        else:
            parts.append(f"(?P={part})" if part in seen else f"(?P<{part}>.*?)")
            seen.add(part)
    return re.compile("".join(parts), re.DOTALL)


@lru_cache(maxsize=10_000)
def _shown(text: str, *, money: bool) -> str:
    """Return an amount of money with thousands separators and at least two decimals, exactly; any other number without
    zeros at the end of its decimals; anything else unchanged.
    """
    if not _NUMBER.fullmatch(text):
        return text
    value = plain(Decimal(text))
    if money:
        return f"{value:,.{max(2, decimals(value))}f}"
    return f"{value:f}" if "." in text else text
