"""The structure of a SPARQL query: its groups, what each binds and mentions, and where text can be put into it.

No full grammar: expressions and triples stay lists of tokens. What this cannot follow is an :class:`Unreadable`
query, which the fast engine leaves to the reference engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\s]*>)
  | (?P<var>[?$]\w+)
  | (?P<text>\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)
  | (?P<name>(?:[^\W\d_][\w.-]*)?(?<!\.):(?:[\w:%][\w:.%\\-]*(?<!\.))?|_:\w+)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;|/^*+?!=<>-])
    """,
    re.VERBOSE | re.DOTALL,
)
AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_ENDS_TRIPLES = frozenset({"OPTIONAL", "FILTER", "BIND", "MINUS", "GRAPH", "SERVICE", "VALUES"})


class Unreadable(ValueError):
    """A query whose structure is not clear."""


class Token(NamedTuple):
    """A token; ``end`` is where it ends in the text."""

    kind: str
    text: str
    end: int

    @property
    def variable(self) -> str:
        """The name of a variable, or ``""``."""
        return self.text[1:] if self.kind == "var" else ""

    @property
    def word(self) -> str:
        """A keyword or function name in capitals, or ``""``."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass
class Expression:
    """Tokens of an expression, and the groups of its ``EXISTS``."""

    tokens: list[Token] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def variables(self) -> set[str]:
        """Return the variables named outside the groups."""
        return {token.variable for token in self.tokens if token.variable}


@dataclass
class Item:
    """A member of a group. ``kind``: triples, filter, bind, optional, groups (one, or the branches of a union),
    select, or the keyword of something else.
    """

    kind: str
    tokens: list[Token] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    expression: Expression = field(default_factory=Expression)
    target: str = ""
    select: Select | None = None


@dataclass
class Group:
    """A group graph pattern; ``start`` is where its contents begin in the text."""

    start: int
    items: list[Item] = field(default_factory=list)


@dataclass
class Select:
    """A SELECT query or sub-query: the variables it answers with, the expressions in it, and its clauses."""

    star: bool
    variables: list[str]
    named: list[str]
    expressions: list[Expression]
    where: Group
    grouped: list[str]
    modifiers: list[Token]
    distinct: bool = False


def parse(text: str) -> Select:
    """Return the structure of a SELECT query without prologue; raises :class:`Unreadable`."""
    reader = _Reader(list(_tokens(text)))
    query = reader.select()
    reader.end()
    return query


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise Unreadable(f"no token at {text[place : place + 20]!r}")
        place = match.end()
        if match.lastgroup is not None and match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], place)


class _Reader:
    """Reads tokens into a structure."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def end(self) -> None:
        """Raise :class:`Unreadable` unless all is read."""
        if self._place < len(self._tokens):
            raise Unreadable(f"not expected: {self._tokens[self._place].text}")

    def _peek(self) -> Token:
        if self._place >= len(self._tokens):
            raise Unreadable("the query breaks off")
        return self._tokens[self._place]

    def _next(self) -> Token:
        token = self._peek()
        self._place += 1
        return token

    def _expect(self, text: str) -> Token:
        token = self._next()
        if token.text.upper() != text:
            raise Unreadable(f"{text} expected, not {token.text}")
        return token

    def _is(self, text: str) -> bool:
        return self._place < len(self._tokens) and self._tokens[self._place].text.upper() == text

    def select(self) -> Select:
        """Read from SELECT to the last modifier."""
        self._expect("SELECT")
        distinct = self._is("DISTINCT") or self._is("REDUCED")
        if distinct:
            self._next()
        star, variables, named, expressions = False, list[str](), list[str](), list[Expression]()
        while not self._is("WHERE") and not self._is("{"):
            token = self._next()
            if token.variable:
                variables.append(token.variable)
            elif token.text == "*":
                star = True
            elif token.text == "(":
                expression, name = self._named_expression()
                expressions.append(expression)
                variables.append(name)
                named.append(name)
            else:
                raise Unreadable(f"in the SELECT clause: {token.text}")
        if self._is("WHERE"):
            self._next()
        where = self.group()
        grouped, modifiers = self._modifiers(expressions)
        return Select(star, variables, named, expressions, where, grouped, modifiers, distinct)

    def _named_expression(self) -> tuple[Expression, str]:
        """Read ``expression AS ?name)``, the bracket being read already."""
        expression = self._until({"AS"})
        self._expect("AS")
        name = self._next().variable
        self._expect(")")
        return expression, name

    def _modifiers(self, expressions: list[Expression]) -> tuple[list[str], list[Token]]:
        """Read GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET; return the variables grouped by and all tokens."""
        grouped, modifiers, clause = list[str](), list[Token](), ""
        while self._place < len(self._tokens) and not self._is("}"):
            token = self._next()
            modifiers.append(token)
            if token.word in {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}:
                clause = token.word
            elif token.text == "(":
                expressions.append(self._brackets())
            elif token.variable and clause == "GROUP":
                grouped.append(token.variable)
        return grouped, modifiers

    def group(self) -> Group:
        """Read from ``{`` to its ``}``."""
        group = Group(self._expect("{").end)
        if self._is("SELECT"):
            select = self.select()
            group.items.append(Item("select", select=select))
            self._expect("}")
            return group
        while not self._is("}"):
            if self._is("."):
                self._next()
            else:
                group.items.append(self._item())
        self._next()
        return group

    def _item(self) -> Item:
        word = self._peek().word
        if self._is("{"):
            return self._groups()
        if word == "OPTIONAL":
            self._next()
            return Item("optional", groups=[self.group()])
        if word == "FILTER":
            self._next()
            return Item("filter", expression=self._constraint())
        if word == "BIND":
            self._next()
            self._expect("(")
            expression, name = self._named_expression()
            return Item("bind", expression=expression, target=name)
        if word in _ENDS_TRIPLES:
            return self._other(word)
        return self._triples()

    def _groups(self) -> Item:
        """Read a group or the branches of a union."""
        groups = [self.group()]
        while self._is("UNION"):
            self._next()
            groups.append(self.group())
        return Item("groups", groups=groups)

    def _other(self, word: str) -> Item:
        """Read past MINUS, GRAPH, SERVICE or VALUES; nothing of it is looked at."""
        self._next()
        while not self._is("{"):
            self._next()
        depth = 0
        while True:
            text = self._next().text
            depth += {"{": 1, "}": -1}.get(text, 0)
            if depth == 0:
                return Item(word.lower())

    def _constraint(self) -> Expression:
        """Read what a FILTER holds: brackets, EXISTS or a function call."""
        expression = Expression()
        while not self._is("("):
            token = self._next()
            expression.tokens.append(token)
            if token.word == "EXISTS":
                expression.groups.append(self.group())
                return expression
        self._next()
        inner = self._brackets()
        return Expression(expression.tokens + inner.tokens, inner.groups)

    def _brackets(self) -> Expression:
        """Read to the bracket that closes, the opening one being read already."""
        expression = self._until({")"})
        self._expect(")")
        return expression

    def _until(self, stops: set[str]) -> Expression:
        """Read an expression to one of ``stops`` outside brackets, which is left."""
        expression, depth = Expression(), 0
        while depth or self._peek().text.upper() not in stops:
            token = self._next()
            if token.text in {"{", "}"}:
                raise Unreadable("a brace in an expression")
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            expression.tokens.append(token)
            if token.word == "EXISTS":
                expression.groups.append(self.group())
        return expression

    def _triples(self) -> Item:
        """Read triples to the next keyword or brace."""
        item = Item("triples")
        while not (self._is("{") or self._is("}") or self._peek().word in _ENDS_TRIPLES):
            item.tokens.append(self._next())
        if not item.tokens:
            raise Unreadable(f"not expected: {self._peek().text}")
        return item
