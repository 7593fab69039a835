"""Expressions of a query as expressions of Python, made of the functions of functions.py."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from budgetlod.rdf import terms
from budgetlod.rdf.lexical import unescape
from budgetlod.rdf.names import XSD
from budgetlod.validate.fast import functions
from budgetlod.validate.fast.syntax import Expression, Group, Token
from budgetlod.validate.forms import VALUES, form_of

_COMPARISONS = {
    "=": "equal({0}, {1})",
    "!=": "unequal({0}, {1})",
    "<": "less({0}, {1})",
    ">": "less({1}, {0})",
    "<=": "less_or_equal({0}, {1})",
    ">=": "less_or_equal({1}, {0})",
}
_SUMS, _PRODUCTS = {"+": "added", "-": "lessened"}, {"*": "times", "/": "divided"}
_OF_IF, _OF_COMPARISON = 3, 2
NAMES: dict[str, Any] = {
    function.__name__: function
    for function in (
        functions.truth, functions.either, functions.both, functions.negated, functions.equal, functions.unequal,
        functions.less, functions.less_or_equal, functions.among, functions.added, functions.lessened, functions.times,
        functions.divided, functions.whole_number,
    )
} | {name: function for name, (function, _) in functions.FUNCTIONS.items()}  # fmt: skip
"""What the expressions call, by name."""


class Unknown(ValueError):
    """Something of a query that is not understood here: the store has to be asked."""


class Code(NamedTuple):
    """An expression of Python. ``truth``: its value is true, false or an error, so that a filter can take it as it is.
    ``iri`` tells that it is an IRI, ``bound`` that it cannot be an error; ``term`` is the code of its term, if it has one.
    """

    text: str
    truth: bool = False
    iri: bool = False
    bound: bool = False
    term: str = ""


class Names(Protocol):
    """What an expression has to know of the query around it."""

    def value(self, variable: str) -> Code:
        """Return the value of a variable."""

    def constant(self, value: object) -> str:
        """Return the name of a constant."""

    def iri(self, token: Token) -> bytes:
        """Return the term of a token that names an IRI."""

    def exists(self, group: Group) -> str:
        """Return the call that tells whether a group has an answer."""


def formula(expression: Expression, names: Names) -> Code:
    """Return the code of an expression; raises :class:`Unknown`."""
    return _Reader(expression, names).read()


def condition(expression: Expression, names: Names) -> str:
    """Return the code for a filter: errors count as false."""
    code = _Reader(expression, names, as_filter=True).read()
    return code.text if code.truth else f"truth({code.text})"


class _Reader:
    """Reads the tokens of one expression. In a filter, where an error is as good as false, *and* and *or* outside
    brackets of functions are Python's own, which stop early.
    """

    def __init__(self, expression: Expression, names: Names, *, as_filter: bool = False) -> None:
        self._tokens, self._groups, self._place = expression.tokens, iter(expression.groups), 0
        self._names, self._short = names, as_filter

    def read(self) -> Code:
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

    def _strictly(self, read: Callable[[], Code]) -> Code:
        """Read a part in which an error is not as good as false."""
        short, self._short = self._short, False
        found = read()
        self._short = short
        return found

    def _or(self) -> Code:
        return self._logical("||", self._and, "either", "or")

    def _and(self) -> Code:
        return self._logical("&&", self._comparison, "both", "and")

    def _logical(self, sign: str, read: Callable[[], Code], strict: str, short: str) -> Code:
        found = read()
        while self._take(sign):
            other = read()
            if self._short:
                texts = [code.text if code.truth else f"truth({code.text})" for code in (found, other)]
                found = Code(f"({texts[0]} {short} {texts[1]})", truth=True)
            else:
                found = Code(f"{strict}({found.text}, {other.text})", truth=True)
        return found

    def _comparison(self) -> Code:
        left = self._sum()
        sign = self._here()
        if sign in _COMPARISONS:
            self._next()
            right = self._sum()
            if sign in {"=", "!="} and (left.iri or right.iri) and left.bound and right.bound:
                a, b = left.term or left.text, right.term or right.text
                return Code(f"({a} {'==' if sign == '=' else '!='} {b})", truth=True)
            return Code(_COMPARISONS[sign].format(left.text, right.text), truth=True)
        if sign.upper() in {"IN", "NOT"}:
            denied = self._take("NOT")
            if not self._take("IN"):
                raise Unknown("NOT")
            found = f"among({', '.join([left.text, *self._arguments()])})"
            return Code(f"negated({found})" if denied else found, truth=True)
        return left

    def _sum(self) -> Code:
        return self._calculated(_SUMS, self._product)

    def _product(self) -> Code:
        return self._calculated(_PRODUCTS, self._unary)

    def _calculated(self, signs: dict[str, str], read: Callable[[], Code]) -> Code:
        found = read()
        while self._here() in signs:
            name = signs[self._next().text]
            found = Code(f"{name}({found.text}, {read().text})")
        return found

    def _unary(self) -> Code:
        if self._take("!"):
            return Code(f"negated({self._strictly(self._unary).text})", truth=True)
        if self._take("-"):
            return Code(f"lessened({self._names.constant(Decimal(0))}, {self._unary().text})")
        return self._primary()

    def _primary(self) -> Code:
        token = self._next()
        if token.text == "(":
            found = self._or()
            if not self._take(")"):
                raise Unknown("a bracket is not closed")
            return found
        if token.variable:
            return self._names.value(token.variable)
        if token.word in {"NOT", "EXISTS"}:
            return self._existence(token)
        if token.kind in {"iri", "name"}:
            return self._iri(token)
        return self._word(token) if token.kind == "word" else self._literal(token)

    def _existence(self, token: Token) -> Code:
        if token.word == "NOT" and not self._take("EXISTS"):
            raise Unknown("NOT")
        call = self._names.exists(next(self._groups))
        return Code(f"(not {call})" if token.word == "NOT" else call, truth=True)

    def _iri(self, token: Token) -> Code:
        term = self._names.iri(token)
        if self._here() != "(":
            return Code(self._names.constant(term), iri=True, bound=True)
        if term != f"<{XSD}integer>".encode():
            raise Unknown("a cast")
        return Code(f"whole_number({', '.join(self._arguments())})")

    def _word(self, token: Token) -> Code:
        if token.word in {"TRUE", "FALSE"}:
            return Code(token.word.capitalize(), truth=True)
        if token.word == "SAMETERM":
            return self._same_term()
        arguments = self._arguments()
        if token.word == "BOUND" and len(arguments) == 1:
            return Code(f"({arguments[0]} is not None)", truth=True)
        if token.word == "COALESCE" and arguments:
            return Code(f"next((x for x in ({', '.join(arguments)},) if x is not None), None)")
        if token.word == "IF" and len(arguments) == _OF_IF:
            return Code(f"(None if (x := truth({arguments[0]})) is None else {arguments[1]} if x else {arguments[2]})")
        _, count = functions.FUNCTIONS.get(token.word, (None, -1))
        if count is not None and count != len(arguments):
            raise Unknown(token.text)
        return Code(
            f"{token.word}({', '.join(arguments)})", truth=token.word in {"REGEX", "CONTAINS", "STRSTARTS", "STRENDS"}
        )

    def _literal(self, token: Token) -> Code:
        if token.kind == "number" and "e" not in token.text.lower():
            return Code(self._names.constant(Decimal(token.text)))
        if token.kind == "text" and self._take("^^"):
            return self._typed(plain_text(token), self._names.iri(self._next()))
        if token.kind == "text" and not self._here().startswith("@"):
            return Code(self._names.constant(plain_text(token)))
        raise Unknown(f"no value: {token.text}")

    def _typed(self, text: str, datatype: bytes) -> Code:
        """Return a literal with a datatype, if its one form is known."""
        form = form_of(f"{terms.string(text)}^^{datatype.decode()}".encode())
        if not form:
            raise Unknown(f"a literal like {text}")
        return Code(self._names.constant(VALUES[form]), bound=True, term=self._names.constant(form))

    def _same_term(self) -> Code:
        """Read a comparison of terms that are known: where all have one form, those of a store are the same then too."""
        found = self._codes()
        known = [code.term or (code.text if code.iri else "") for code in found if code.bound]
        if len(known) != _OF_COMPARISON or not all(known):
            raise Unknown("terms that are not known")
        return Code(f"({known[0]} == {known[1]})", truth=True)

    def _arguments(self) -> list[str]:
        return [code.text for code in self._codes()]

    def _codes(self) -> list[Code]:
        """Read values in brackets."""
        if not self._take("("):
            raise Unknown("no arguments")
        found = list[Code]()
        while not self._take(")"):
            found.append(self._strictly(self._or))
            if not self._take(",") and self._here() != ")":
                raise Unknown("arguments")
        return found


def plain_text(token: Token) -> str:
    """Return the text of a token in quotation marks; raises :class:`Unknown`."""
    if token.text.startswith(('"""', "'''")):
        raise Unknown("a long text")
    return unescape(token.text[1:-1])
