"""Expressions of a query, evaluated over terms as N-Triples writes them: what a probe needs of filters.

An expression that gives ``None`` could not be told: a function that is not known here, a value of another kind, a
variable that is not looked at. Three-valued as in SPARQL, so that ``true || cannot be told`` is true.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from budgetlod.rdf.lexical import unescape
from budgetlod.validate.fast.functions import FUNCTIONS, Moment, Row, Step, Value, truth, value_of
from budgetlod.validate.fast.syntax import Expression, Group, Token
from budgetlod.validate.triples import Triples

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Unknown(ValueError):
    """Something of a query that is not understood here."""


def read(expression: Expression, slot: Callable[[str], int], prefixes: dict[str, str], exists: Exists) -> Value:
    """Return what evaluates an expression; raises :class:`Unknown` if it is not understood at all."""
    return _Reader(expression, slot, prefixes, exists).read()


Exists = Callable[[Group], Step]
"""Gives the test for a group of EXISTS; raises :class:`Unknown`."""


class _Reader:
    """Reads the tokens of one expression."""

    def __init__(
        self, expression: Expression, slot: Callable[[str], int], prefixes: dict[str, str], exists: Exists
    ) -> None:
        self._tokens, self._groups, self._place = expression.tokens, iter(expression.groups), 0
        self._slot, self._prefixes, self._exists = slot, prefixes, exists

    def read(self) -> Value:
        found = self._or()
        if self._place < len(self._tokens):
            raise Unknown(f"not expected: {self._here()}")
        return found

    def _here(self) -> str:
        return self._tokens[self._place].text if self._place < len(self._tokens) else ""

    def _next(self) -> Token:
        if self._place >= len(self._tokens):
            raise Unknown("an expression breaks off")
        self._place += 1
        return self._tokens[self._place - 1]

    def _take(self, text: str) -> bool:
        found = self._here().upper() == text
        self._place += found
        return found

    def _or(self) -> Value:
        tests = [self._and()]
        while self._take("||"):
            tests.append(self._and())
        return tests[0] if len(tests) == 1 else _decided(tests, by=True)

    def _and(self) -> Value:
        tests = [self._comparison()]
        while self._take("&&"):
            tests.append(self._comparison())
        return tests[0] if len(tests) == 1 else _decided(tests, by=False)

    def _comparison(self) -> Value:
        left = self._sum()
        sign = self._here()
        if sign in _COMPARISONS:
            self._next()
            return _compared(sign, left, self._sum())
        if self._take("IN"):
            return _decided([_compared("=", left, one) for one in self._arguments()], by=True)
        if sign.upper() == "NOT":
            self._next()
            if self._take("IN"):
                return _decided([_compared("!=", left, one) for one in self._arguments()], by=False)
            raise Unknown("NOT")
        return left

    def _sum(self) -> Value:
        found = self._product()
        while self._here() in {"+", "-"}:
            sign = self._next().text
            found = _calculated(operator.add if sign == "+" else operator.sub, found, self._product())
        return found

    def _product(self) -> Value:
        found = self._unary()
        while self._here() in {"*", "/"}:
            sign = self._next().text
            found = _calculated(operator.mul if sign == "*" else _divided, found, self._unary())
        return found

    def _unary(self) -> Value:
        if self._take("!"):
            return _negated(self._unary())
        if self._take("-"):
            return _calculated(operator.sub, lambda _t, _r: Decimal(0), self._unary())
        return self._primary()

    def _primary(self) -> Value:
        token = self._next()
        if token.text == "(":
            found = self._or()
            if not self._take(")"):
                raise Unknown("a bracket is not closed")
            return found
        if token.variable:
            return _variable(self._slot(token.variable))
        if token.word in {"NOT", "EXISTS"}:
            return self._existence(token)
        if token.kind in {"iri", "name"}:
            return self._iri(token)
        if token.kind == "word":
            return self._word(token)
        return self._literal(token)

    def _existence(self, token: Token) -> Value:
        if token.word == "NOT" and not self._take("EXISTS"):
            raise Unknown("NOT")
        step = self._exists(next(self._groups))
        return _negated(step) if token.word == "NOT" else step

    def _iri(self, token: Token) -> Value:
        if self._here() == "(":  # a cast
            self._arguments()
            return _nothing
        term = iri(token, self._prefixes)
        return lambda _t, _r: term

    def _word(self, token: Token) -> Value:
        if token.word in {"TRUE", "FALSE"}:
            return lambda _t, _r: token.word == "TRUE"
        arguments = self._arguments()
        make = FUNCTIONS.get(token.word)
        return _nothing if make is None else make(arguments)

    def _literal(self, token: Token) -> Value:
        if token.kind == "number":
            number = Decimal(token.text)
            return lambda _t, _r: number
        if token.kind == "text" and self._here() != "^^" and not self._here().startswith("@"):
            if token.text.startswith(('"""', "'''")):
                raise Unknown("a long text")
            text = unescape(token.text[1:-1])
            return lambda _t, _r: text
        raise Unknown(f"no value: {token.text}")

    def _arguments(self) -> list[Value]:
        """Read values in brackets."""
        if not self._take("("):
            raise Unknown("no arguments")
        found = list[Value]()
        while not self._take(")"):
            found.append(self._or())
            if not self._take(",") and self._here() != ")":
                raise Unknown("arguments")
        return found


def iri(token: Token, prefixes: dict[str, str]) -> bytes:
    """Return the term of a token that names an IRI; raises :class:`Unknown`."""
    if token.text == "a":
        return b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    if token.kind == "iri":
        return token.text.encode()
    prefix, _, local = token.text.partition(":")
    if prefix not in prefixes or "\\" in local or "%" in local:
        raise Unknown(f"no IRI: {token.text}")
    return f"<{prefixes[prefix]}{local}>".encode()


def _nothing(_triples: Triples, _row: Row) -> None:
    """What cannot be told."""
    return


def _variable(slot: int) -> Value:
    def value(_triples: Triples, row: Row) -> Any:
        found = row[slot]
        return value_of(found) if isinstance(found, bytes) else found

    return value


def _decided(tests: list[Value], *, by: bool) -> Value:
    """Return *or* (decided by the first that is true) or *and* (by the first that is false)."""

    def decide(triples: Triples, row: Row) -> bool | None:
        unknown = False
        for test in tests:
            found = truth(test(triples, row))
            if found is by:
                return by
            unknown = unknown or found is None
        return None if unknown else not by

    return decide


def _negated(test: Value) -> Value:
    def negate(triples: Triples, row: Row) -> bool | None:
        found = truth(test(triples, row))
        return None if found is None else not found

    return negate


def _compared(sign: str, left: Value, right: Value) -> Value:
    compare = _COMPARISONS[sign]

    def comparison(triples: Triples, row: Row) -> bool | None:
        a, b = left(triples, row), right(triples, row)
        if a is None or b is None or type(a) is not type(b):
            return None
        if isinstance(a, bytes):
            same = a == b
            if sign not in {"=", "!="} or (not same and (a.startswith(b'"') or b.startswith(b'"'))):
                return None
        if isinstance(a, Moment) and a.kind != b.kind:
            return None
        return compare(a, b)

    return comparison


def _calculated(calculate: Callable[[Any, Any], Any], left: Value, right: Value) -> Value:
    def calculation(triples: Triples, row: Row) -> Any:
        a, b = left(triples, row), right(triples, row)
        return calculate(a, b) if isinstance(a, Decimal) and isinstance(b, Decimal) else None

    return calculation


def _divided(a: Decimal, b: Decimal) -> Decimal | None:
    """Return the quotient if it ends."""
    if not b:
        return None
    found = a / b
    return found if found * b == a else None
