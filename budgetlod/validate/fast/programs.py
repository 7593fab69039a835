"""Queries as programs: the joins and filters of a SELECT as nested loops of Python over the triples by predicate.

A program answers its query for one focus node after another, exactly as a store would: as bags of answers, with errors,
unbound variables and optional parts. What is not understood is told when the program is made, what cannot be told of
some data raises :class:`Odd` or :class:`Unsure` when it runs; then the store is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from budgetlod.validate.fast import functions
from budgetlod.validate.fast.formulas import NAMES, Unknown, formula
from budgetlod.validate.fast.loops import Scope, Writer
from budgetlod.validate.fast.members import Formulas, Members, SubQuery, chained
from budgetlod.validate.fast.soundness import THIS
from budgetlod.validate.fast.syntax import AGGREGATES, Expression, Select, Unreadable, parse
from budgetlod.validate.forms import VALUES
from budgetlod.validate.triples import Triples

Answers = Callable[[bytes], list[tuple[Any, ...]]]
"""The answers for a focus node: terms, computed values, ``None`` for what is unbound."""
_REFUSED = frozenset({"HAVING", "LIMIT", "OFFSET", "VALUES", "ORDER"})
_MOST_LINES = 400
_GLOBALS: dict[str, Any] = NAMES | {
    "V": VALUES, "key": functions.key, "sure": functions.sure, "as_term": functions.as_term, "fewest": lambda *lists: min(lists, key=len),
} | {name.lower(): function for name, function in functions.AGGREGATES.items()}  # fmt: skip


class Program(NamedTuple):
    """A query as a program. ``names`` are the variables of an answer; ``bind`` gives, for some triples, what answers
    the query for a focus node; it raises :class:`~budgetlod.validate.forms.Odd`.
    """

    names: tuple[str, ...]
    bind: Callable[[Triples], Answers]


def program(text: str, prefixes: dict[str, str]) -> Program | None:
    """Return the program of a query, or ``None`` if it is not understood."""
    try:
        query, writer = parse(text), Writer(prefixes)
        lines = writer.source(_Selected(writer, query, top=True).write().name)
        if len(lines) > _MOST_LINES:
            return None
        code = compile("\n".join(lines), "<query of a shape>", "exec")
    except (Unknown, Unreadable, SyntaxError):  # Python allows twenty loops in one another
        return None
    names = _GLOBALS | writer.constants
    exec(code, names)  # noqa: S102 - written by us: of the query's own text there is nothing in it
    return Program(tuple(query.variables), names["bind"])


def _sub_query(writer: Writer, select: Select) -> SubQuery:
    return _Selected(writer, select, top=False).write()


class _Selected:
    """Writes the function of a SELECT."""

    def __init__(self, writer: Writer, select: Select, *, top: bool) -> None:
        named = dict(zip(select.named, select.expressions, strict=False))
        self._counts = any(token.word in AGGREGATES for e in select.expressions for token in e.tokens)
        self._writer, self._select, self._named, self._top = writer, select, named, top
        self._refuse()
        self._scope = Scope(writer, counts=not top or self._counts)
        self._this = self._scope.name(THIS)
        bound = {self._this}
        self._steps = Members(self._scope, select.where, bound, _sub_query).steps
        self._bound, self._formulas = bound, Formulas(self._scope, bound, _sub_query)

    def _refuse(self) -> None:
        """Raise :class:`Unknown` for clauses that are not understood."""
        select, named = self._select, self._named
        if select.star or any(token.word in _REFUSED for token in select.modifiers):
            raise Unknown("a modifier")
        plain = set(select.variables) - set(named)
        if len(select.expressions) != len(named) or (self._counts and not plain <= set(select.grouped)):
            raise Unknown("a variable that is not grouped by")
        if bool(select.grouped) != self._counts:
            raise Unknown("groups that are not counted")

    def write(self) -> SubQuery:
        """Write the function."""
        name, variables = self._writer.fresh("s"), self._select.variables
        if self._top and {"value", "path"} & {v for v in variables if self._is_computed(v)}:
            raise Unknown("a computed value that is reported")
        self._writer.function(f"def {name}({self._this}):", self._counting if self._counts else self._listing)
        unsure = [v in self._named or v in self._scope.unsure or not self._is_bound(v) for v in variables]
        return SubQuery(name, tuple(map(self._is_computed, variables)), tuple(unsure))

    def _is_computed(self, variable: str) -> bool:
        return variable in self._named or variable in self._scope.computed

    def _is_bound(self, variable: str) -> bool:
        return self._scope.name(variable) in self._bound

    def _column(self, variable: str) -> str:
        if variable in self._named:
            return formula(self._named[variable], self._formulas).text
        return self._scope.name(variable) if self._is_bound(variable) else "None"

    def _listing(self) -> None:
        columns, variables = list(map(self._column, self._select.variables)), self._select.variables
        self._writer.line("found = []")
        chained(self._steps, lambda: self._writer.line(f"found.append({_tuple(columns)})"))
        if self._select.distinct and not self._top:
            keys = [f"key(row[{n}])" if self._is_computed(v) else f"row[{n}]" for n, v in enumerate(variables)]
            self._writer.line(f"return list({{{_tuple(keys)}: row for row in found}}.values())")
        else:
            self._writer.line("return found")

    def _counting(self) -> None:
        """Write what gathers the answers by the variables grouped by, and counts and adds them up."""
        grouped = self._select.grouped
        keys = [f"key({self._column(v)})" if self._is_computed(v) else self._column(v) for v in grouped]
        made = [self._aggregate(expression) for expression in self._named.values()]
        row, write = _tuple([text for _, text, _ in made]), self._writer.line
        write("groups = {}")
        chained(self._steps, lambda: write(f"groups.setdefault({_tuple(keys)}, []).append({row})"))
        places = {variable: f"group[{n}]" for n, variable in enumerate(grouped)}
        for n, (variable, (way, _, distinct)) in enumerate(zip(self._named, made, strict=True)):
            values = f"[row[{n}] for row in rows]"
            places[variable] = f"{way}({f'list(dict.fromkeys({values}))' if distinct else values})"
        columns = _tuple([places[variable] for variable in self._select.variables])
        write(f"return [{columns} for group, rows in groups.items()]")

    def _aggregate(self, expression: Expression) -> tuple[str, str, bool]:
        """Return the function of an aggregate, what it is about in each answer, and whether each value counts once."""
        word, opening, *inner = expression.tokens
        distinct = bool(inner) and inner[0].word == "DISTINCT"
        inside = Expression(inner[distinct:-1], expression.groups)
        if word.word not in functions.AGGREGATES or opening.text != "(" or inner[-1].text != ")":
            raise Unknown("more than an aggregate")
        if any(token.word in AGGREGATES for token in inside.tokens):
            raise Unknown("an aggregate in an aggregate")
        text = formula(inside, self._formulas).text
        if distinct:
            variables = inside.variables()
            if word.word != "COUNT" or len(inside.tokens) != 1 or not variables or variables & self._scope.computed:
                raise Unknown("different values")
            text = self._scope.name(variables.pop())
        return word.word.lower(), text, distinct


def _tuple(texts: list[str]) -> str:
    return f"({', '.join(texts)},)" if texts else "()"
