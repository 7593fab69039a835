"""The triple patterns in a run of triples of a query, with their prefixes resolved."""

from __future__ import annotations

from dataclasses import dataclass

from budgetlod.rdf.names import RDF
from budgetlod.validate.fast.syntax import Token, Unreadable


@dataclass(frozen=True)
class TriplePattern:
    """Subject, path and object; ``predicates`` are the IRIs that occur in the path, ``value`` the IRI of the object
    (``""`` if it is none).
    """

    subject: Token
    path: tuple[Token, ...]
    object: Token
    predicates: tuple[str, ...]
    value: str

    @property
    def variable_predicate(self) -> bool:
        """Whether any predicate will do: a variable, or a negated property set."""
        return any(token.variable or token.text == "!" for token in self.path)

    @property
    def may_be_empty(self) -> bool:
        """Whether the path may have no length."""
        return any(token.text in {"*", "?"} for token in self.path)

    @property
    def has_plain_predicate(self) -> bool:
        """Whether the path is one predicate."""
        return len(self.path) == 1 and not self.variable_predicate


def patterns(tokens: list[Token], prefixes: dict[str, str]) -> list[TriplePattern]:
    """Return the patterns; raises :class:`Unreadable` for blank nodes with properties and for lists."""
    return _Reader(tokens, prefixes).read()


class _Reader:
    def __init__(self, tokens: list[Token], prefixes: dict[str, str]) -> None:
        self._tokens, self._place, self._prefixes = tokens, 0, prefixes

    def read(self) -> list[TriplePattern]:
        found: list[TriplePattern] = []
        while self._here():
            if self._here() == ".":
                self._place += 1
                continue
            subject = self._term()
            self._of_subject(subject, found)
        return found

    def _here(self) -> str:
        return self._tokens[self._place].text if self._place < len(self._tokens) else ""

    def _next(self) -> Token:
        if self._place >= len(self._tokens):
            raise Unreadable("triples break off")
        self._place += 1
        return self._tokens[self._place - 1]

    def _of_subject(self, subject: Token, found: list[TriplePattern]) -> None:
        """Read predicates and objects up to the point."""
        while True:
            start = self._place
            self._path()
            path = tuple(self._tokens[start : self._place])
            predicates = tuple(self._iri(t) for t in path if t.kind in {"iri", "name"} or t.text == "a")
            while True:
                value = self._term()
                iri = self._iri(value) if value.kind in {"iri", "name"} else ""
                found.append(TriplePattern(subject, path, value, predicates, iri))
                if self._here() != ",":
                    break
                self._place += 1
            while self._here() == ";":
                self._place += 1
                if self._here() in {"", "."}:
                    return
            if self._tokens[self._place - 1].text != ";":
                return

    def _path(self) -> None:
        """Read past a path or the variable of a predicate."""
        self._step()
        while self._here() in {"/", "|"}:
            self._place += 1
            self._step()

    def _step(self) -> None:
        while self._here() in {"^", "!"}:
            self._place += 1
        if self._here() == "(":
            depth = 0
            while depth or self._here() == "(":
                depth += {"(": 1, ")": -1}.get(self._next().text, 0)
        else:
            token = self._next()
            if token.kind not in {"iri", "name", "var"} and token.text != "a":
                raise Unreadable(f"no predicate: {token.text}")
        while self._here() in {"*", "+", "?"}:
            self._place += 1

    def _term(self) -> Token:
        """Read a subject or object."""
        token = self._next()
        if token.text == "[" and self._here() == "]":
            self._place += 1
            return token
        if token.text in {"-", "+"}:
            return self._next()
        if token.kind == "text":
            return self._tagged(token)
        if token.kind in {"var", "iri", "name", "number"} or token.text.lower() in {"true", "false"}:
            return token
        raise Unreadable(f"no simple term: {token.text}")

    def _tagged(self, text: Token) -> Token:
        """Read past a language or datatype; with one the token is no text any more but of the kind ``tagged``."""
        if self._place < len(self._tokens) and self._tokens[self._place].kind == "lang":
            return Token("tagged", text.text + self._next().text, text.end)
        if self._here() == "^^":
            self._place += 1
            return Token("tagged", f"{text.text}^^<{self._iri(self._next())}>", text.end)
        return text

    def _iri(self, token: Token) -> str:
        """Return the IRI that a token names."""
        if token.text == "a":
            return RDF + "type"
        if token.kind == "iri":
            return token.text[1:-1]
        prefix, _, local = token.text.partition(":")
        if prefix == "_":
            return ""
        if prefix not in self._prefixes:
            raise Unreadable(f"prefix {prefix!r} is not declared")
        return self._prefixes[prefix] + local
