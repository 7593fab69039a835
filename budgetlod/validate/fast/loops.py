"""The text of a program that is being made: its lines and functions, constants and indexes, and names of variables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, NamedTuple

from budgetlod.rdf import terms
from budgetlod.rdf.names import XSD
from budgetlod.validate.fast.formulas import Unknown, plain_text
from budgetlod.validate.fast.syntax import Token, Unreadable
from budgetlod.validate.fast.triple_patterns import TriplePattern, patterns
from budgetlod.validate.forms import form_of, text_term

_WHOLE_NUMBER = re.compile(r"0|[1-9]\d*")
_INDEXES = {"values": "values_in_one_form", "holders": "holders_in_one_form", "having": "having"}
Rest = Callable[[], None]
"""Writes what comes after a step, at the place where all of the step is known."""


class Edge(NamedTuple):
    """A triple pattern: subject, the predicates that will do, object; ends are names of Python."""

    subject: str
    predicates: tuple[bytes, ...]
    object: str


class Writer:
    """Writes one program: its functions, and the constants and indexes that they use."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self.constants: dict[str, Any] = {}
        self._constants: dict[tuple[type, object], str] = {}
        self._indexes: dict[tuple[str, tuple[bytes, ...]], str] = {}
        self._functions: list[str] = []
        self._lines: list[str] = []
        self._depth = 0
        self._numbers = count()

    def fresh(self, letter: str) -> str:
        """Return a name that is new."""
        return f"{letter}{next(self._numbers)}"

    def constant(self, value: object) -> str:
        """Return the name of a constant."""
        name = self._constants.setdefault((type(value), value), f"c{len(self._constants)}")
        self.constants[name] = value
        return name

    def index(self, kind: str, *terms: bytes) -> str:
        """Return the name of an index: the ``values`` of a predicate by subject, its ``holders`` by value, or the set of
        those ``having`` a certain value of it.
        """
        return self._indexes.setdefault((kind, terms), f"{kind[0]}_{len(self._indexes)}")

    def line(self, text: str) -> None:
        """Write a line."""
        self._lines.append("    " * self._depth + text)

    def block(self, opening: str, inner: Rest) -> None:
        """Write a line that opens a block, and the block."""
        self.line(opening)
        self._depth += 1
        before = len(self._lines)
        inner()
        if len(self._lines) == before:
            self.line("pass")
        self._depth -= 1

    def function(self, opening: str, body: Rest) -> None:
        """Write a function of its own."""
        lines, depth = self._lines, self._depth
        self._lines, self._depth = [], 1
        self.block(opening, body)
        self._functions += self._lines
        self._lines, self._depth = lines, depth

    def source(self, name: str) -> list[str]:
        """Return the lines of the program whose answers the function ``name`` gives."""
        indexes = [f"    {name} = triples.{_INDEXES[kind]}{terms!r}" for (kind, terms), name in self._indexes.items()]
        return ["def bind(triples):", *indexes, *self._functions, f"    return {name}"]


@dataclass
class Scope:
    """The variables of one SELECT: their names, and which are computed and which may be unbound."""

    writer: Writer
    names: dict[str, str] = field(default_factory=dict)
    computed: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    counts: bool = False

    def within(self, own: set[str]) -> Scope:
        """Return the scope for a part in which the variables ``own`` are bound by triples."""
        return replace(self, computed=set(self.computed), unsure=self.unsure - own)

    def name(self, variable: str) -> str:
        """Return the name of a variable."""
        if variable not in self.names:
            self.names[variable] = self.writer.fresh("v")
        return self.names[variable]

    def edges(self, tokens: list[Token]) -> list[Edge]:
        """Return triples as edges, one for each step of a path; raises :class:`Unknown`."""
        try:
            found = patterns(tokens, self.writer.prefixes)
        except Unreadable as error:
            raise Unknown(str(error)) from error
        return [edge for pattern in found for edge in self._steps(pattern)]

    def _steps(self, pattern: TriplePattern) -> list[Edge]:
        texts = {token.text for token in pattern.path}
        if pattern.variable_predicate or texts & {"(", ")", "*", "+", "?"}:
            raise Unknown("a path that is not simple")
        names = [f"<{iri}>".encode() for iri in pattern.predicates]
        start, end = self._end(pattern.subject), self._end(pattern.object)
        if "|" in texts:
            if self.counts or texts & {"/", "^"}:
                raise Unknown("a choice of paths")
            return [Edge(start, tuple(names), end)]
        places = [start, *(self.writer.fresh("v") for _ in names[1:]), end]
        found = list[Edge]()
        for before, token in zip((None, *pattern.path), pattern.path, strict=False):
            if token.text not in {"^", "/"}:
                here, there = places[len(found)], places[len(found) + 1]
                if before is not None and before.text == "^":
                    here, there = there, here
                found.append(Edge(here, (names[len(found)],), there))
        return found

    def _end(self, token: Token) -> str:
        """Return the name for a subject or object."""
        if not token.variable:
            return self.writer.constant(self._term(token))
        if token.variable in self.computed | self.unsure:
            raise Unknown("a computed value in a triple")
        return self.name(token.variable)

    def _term(self, token: Token) -> bytes:
        if token.kind in {"iri", "name"} and not token.text.startswith("_:"):
            return self.iri(token)
        if token.text.lower() in {"true", "false"}:
            return f'"{token.text.lower()}"^^<{XSD}boolean>'.encode()
        if _WHOLE_NUMBER.fullmatch(token.text):
            return f'"{token.text}"^^<{XSD}integer>'.encode()
        if token.kind == "text":
            return text_term(plain_text(token))
        if token.kind == "tagged":
            return self._tagged(token)
        raise Unknown(f"a term like {token.text}")

    @staticmethod
    def _tagged(token: Token) -> bytes:
        """Return the one form of a literal with a language or datatype."""
        end = token.text.rindex(token.text[0]) + 1
        form = form_of((terms.string(plain_text(token._replace(text=token.text[:end]))) + token.text[end:]).encode())
        if not form:
            raise Unknown(f"a literal like {token.text}")
        return form

    def iri(self, token: Token) -> bytes:
        """Return the term of a token that names an IRI."""
        if token.kind == "iri":
            return token.text.encode()
        prefix, _, local = token.text.partition(":")
        if prefix not in self.writer.prefixes or "\\" in local or "%" in local:
            raise Unknown(f"no IRI: {token.text}")
        return f"<{self.writer.prefixes[prefix]}{local}>".encode()
