"""Groups of a query as nested loops: which pattern comes first, and the lines of Python for each.

What is known is looked up, few answers come before many, and a filter stands where all it needs is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from budgetlod.validate.fast.formulas import Code, Unknown, condition, formula
from budgetlod.validate.fast.joins import Joins, Step
from budgetlod.validate.fast.loops import Rest, Scope, Writer
from budgetlod.validate.fast.soundness import THIS
from budgetlod.validate.fast.syntax import Group, Item, Select
from budgetlod.validate.fast.variables import bound_by, bound_by_item, computed_by, in_triples, mentioned, needed


class SubQuery(NamedTuple):
    """The function of a sub-query, and what is known of each column: whether it is computed, and may be unbound."""

    name: str
    computed: tuple[bool, ...]
    unsure: tuple[bool, ...]


SelectWriter = Callable[[Writer, Select], SubQuery]


def chained(steps: list[Step], last: Rest) -> None:
    """Write steps one within another, and the last thing within them all."""
    if steps:
        steps[0](lambda: chained(steps[1:], last))
    else:
        last()


class Formulas:
    """What an expression in a scope has to know: see :class:`~budgetlod.validate.fast.formulas.Names`. ``bound`` are
    the names of what is known.
    """

    def __init__(self, scope: Scope, bound: set[str], select: SelectWriter) -> None:
        self._scope, self._bound, self._select = scope, frozenset(bound), select
        self.constant, self.iri = scope.writer.constant, scope.iri

    def value(self, variable: str) -> Code:
        """Return the value of a variable."""
        name = self._scope.name(variable)
        if name not in self._bound:
            return Code("None")
        bound = variable not in self._scope.unsure
        if variable in self._scope.computed:
            return Code(name, bound=bound)
        return Code(f"V[{name}]", bound=bound, term=name)

    def exists(self, group: Group) -> str:
        """Write the function that looks for an answer of a group; return the call of it."""
        scope, writer = self._scope, self._scope.writer
        given = {variable for variable in mentioned(group) if scope.name(variable) in self._bound}
        # Values that are looked up in triples are given as terms, and must be known.
        terms = given & (scope.unsure | scope.computed) & in_triples(group)
        inner = Scope(
            writer,
            {v: scope.name(v) for v in given},
            (scope.computed & given) - terms,
            (scope.unsure & given) - terms,
            counts=scope.counts,
        )
        name, parameters = writer.fresh("e"), sorted(scope.name(variable) for variable in given)
        steps = Members(inner, group, set(parameters), self._select, sees=(True, True)).steps

        def body() -> None:
            chained(steps, lambda: writer.line("return True"))
            writer.line("return False")

        writer.function(f"def {name}({', '.join(parameters)}):", body)
        as_terms = {scope.name(variable): "as_term" if variable in scope.computed else "sure" for variable in terms}
        arguments = [f"{as_terms[p]}({p})" if p in as_terms else p for p in parameters]
        return f"{name}({', '.join(arguments)})"


class Late(NamedTuple):
    """A filter or computed value, and the names that it waits for."""

    item: Item
    waits: set[str]


class Members:
    """The members of a group and of the plain groups in it; ``steps`` are the loops for them in a good order.

    ``bound`` are the names of what is known before, and grows. ``sees`` tells what else than ``$this`` its filters and
    its computed values see of that: an optional group gives it to filters, EXISTS to both.
    """

    def __init__(
        self,
        scope: Scope,
        group: Group,
        bound: set[str],
        select: SelectWriter,
        *,
        sees: tuple[bool, bool] = (False, False),
    ) -> None:
        self._scope, self._writer, self._bound, self._select = scope, scope.writer, bound, select
        self._given, self._sees = set(bound), sees
        self._joins, self._unions, self._optional = Joins(scope.writer, bound), list[Item](), list[Group]()
        self._late, self._tables = list[Late](), list[Step]()
        self._all = bound_by(group)
        self._prepare(group)
        self._gather(group, nested=False)
        self.steps = list(self._ordered())

    # --- what there is ------------------------------------------------------------------------------------------------------

    def _prepare(self, group: Group) -> None:
        """Look for what computes values or may leave them unbound: such variables cannot stand in triples."""
        for item in group.items:
            if item.kind == "groups" and len(item.groups) == 1:
                self._prepare(item.groups[0])
            elif item.kind == "groups":
                sets = [bound_by(branch) for branch in item.groups]
                values = set[str]().union(*map(computed_by, item.groups))
                self._scope.computed |= values
                self._scope.unsure |= values | self._new(set[str]().union(*sets) - sets[0].intersection(*sets))
            elif item.kind == "bind":
                self._scope.computed.add(item.target)
                self._scope.unsure.add(item.target)
            elif item.kind == "select" and item.select is not None:
                self._tables.append(self._table(item.select))

    def _known(self, group: Group) -> set[str]:
        return {variable for variable in mentioned(group) if self._scope.name(variable) in self._given}

    def _new(self, variables: set[str]) -> set[str]:
        return {variable for variable in variables if self._scope.name(variable) not in self._given}

    def _gather(self, group: Group, *, nested: bool) -> None:
        given = self._known(group)
        by_filters, by_values = ({THIS} | (given if sees and not nested else set()) for sees in self._sees)
        before = set[str]()
        for item in group.items:
            if item.kind == "triples":
                self._joins.edges += self._scope.edges(item.tokens)
            elif item.kind == "groups" and len(item.groups) == 1:
                self._gather(item.groups[0], nested=True)
            elif item.kind == "groups":
                self._unions.append(item)
            elif item.kind == "optional":
                self._add_optional(item.groups[0], before | by_filters)
            elif item.kind == "filter":
                self._add_late(item, by_filters | bound_by(group))
            elif item.kind == "bind":
                self._add_late(item, by_values | before)
            elif item.kind != "select":
                raise Unknown(item.kind)
            before |= bound_by_item(item)

    def _add_late(self, item: Item, seen: set[str]) -> None:
        """Add a filter or computed value that sees some variables, and names none that it does not see."""
        names = needed(item.expression)
        elsewhere = self._all | {variable for variable in names if self._scope.name(variable) in self._given}
        if names & (elsewhere - seen) or (item.target and (item.target in seen or not self._new({item.target}))):
            raise Unknown("a variable that is bound elsewhere")
        self._late.append(Late(item, {self._scope.name(variable) for variable in names & seen}))

    def _add_optional(self, group: Group, before: set[str]) -> None:
        """Add an optional group. What it binds must be its own, so that it may as well come last."""
        new = self._new(bound_by(group) - before)
        if mentioned(group) & ((self._all | self._known(group)) - before - bound_by(group)) or new & self._scope.unsure:
            raise Unknown("an optional group that is not by itself")
        self._scope.unsure |= new
        self._optional.append(group)

    def _table(self, select: Select) -> Step:
        """Return the step of a sub-query."""
        made = self._select(self._writer, select)
        targets, checks = list[str](), list[tuple[str, str]]()
        for variable, computed, unsure in zip(select.variables, made.computed, made.unsure, strict=True):
            name = self._scope.name(variable)
            if variable == THIS or name in self._bound:
                if computed or unsure:
                    raise Unknown("a computed value that is joined")
                targets.append(self._writer.fresh("t"))
                checks.append((targets[-1], name))
                continue
            targets.append(name)
            self._scope.computed |= {variable} if computed else set()
            self._scope.unsure |= {variable} if unsure else set()
            self._bound.add(name)

        def step(rest: Rest) -> None:
            call = f"{made.name}({self._scope.name(THIS)})"
            tests = [f"{a} == {b}" for a, b in checks if b != self._scope.name(THIS)]
            inner = partial(self._writer.block, f"if {' and '.join(tests)}:", rest) if tests else rest
            self._writer.block(f"for {', '.join(targets)}, in {call}:", inner)

        return step

    # --- the order ----------------------------------------------------------------------------------------------------------

    def _ordered(self) -> Iterator[Step]:
        yield from self._tables
        yield from self._tests()
        while self._joins.edges or self._unions:
            yield self._next()
            yield from self._tests()
        for group in self._optional:
            yield self._left_join(group)
            yield from self._tests()
        yield from self._tests(last=True)

    def _next(self) -> Step:
        """Return what comes next: what is known, then what can be reached, then a union, then whatever there is."""
        step = self._joins.ahead()
        ready = [] if step else [union for union in self._unions if self._touches(union)]
        if not (step or ready or self._joins.edges):
            ready = self._unions[:1]
        if ready:
            self._unions.remove(ready[0])
            return self._union(ready[0].groups)
        return step or self._joins.backward()

    def _touches(self, union: Item) -> bool:
        return any(self._scope.name(variable) in self._bound for variable in bound_by_item(union))

    def _union(self, groups: list[Group]) -> Step:
        """Return the step for the branches of a union; what one of them does not bind is unbound."""
        sets = [self._new(bound_by(group)) for group in groups]
        names, before = set[str]().union(*sets), set(self._bound)
        branches = list[tuple[list[Step], list[str]]]()
        for group, own in zip(groups, sets, strict=True):
            scope = self._scope.within(own)
            steps = Members(scope, group, set(before), self._select).steps
            if {v for v in own if v in self._scope.computed} != scope.computed & own:
                raise Unknown("a value that only some branches of a union compute")
            branches.append((steps, sorted({self._scope.name(v) for v in names - own} - before)))
        self._bound |= {self._scope.name(variable) for variable in names}

        def step(rest: Rest) -> None:
            for steps, unbound in branches:
                for name in unbound:
                    self._writer.line(f"{name} = None")
                chained(steps, rest)

        return step

    def _left_join(self, group: Group) -> Step:
        """Return the step of an optional group."""
        new, flag = self._new(bound_by(group)), self._writer.fresh("o")
        unbound = sorted({self._scope.name(variable) for variable in new} - self._bound)
        scope = self._scope.within({variable for variable in new if self._scope.name(variable) in unbound})
        steps = Members(scope, group, set(self._bound), self._select, sees=(True, False)).steps
        self._scope.computed |= scope.computed
        self._bound |= set(unbound)

        def step(rest: Rest) -> None:
            def found() -> None:
                self._writer.line(f"{flag} = True")
                rest()

            def missing() -> None:
                for name in unbound:
                    self._writer.line(f"{name} = None")
                rest()

            self._writer.line(f"{flag} = False")
            chained(steps, found)
            self._writer.block(f"if not {flag}:", missing)

        return step

    # --- filters and computed values ----------------------------------------------------------------------------------------

    def _tests(self, *, last: bool = False) -> Iterator[Step]:
        """Yield the filters and computed values whose turn it is."""
        waiting, self._late = self._late, []
        again = False
        for late in waiting:
            if last or (late.waits <= self._bound and not self._can_wait(late.item, waiting)):
                yield self._test(late.item)
                again = again or late.item.kind == "bind"
            else:
                self._late.append(late)
        if again and self._late:
            yield from self._tests(last=last)

    def _can_wait(self, item: Item, waiting: list[Late]) -> bool:
        """Whether a value is computed for the answer only, so that whatever fails should fail before it."""
        groups = [*self._optional, *(group for union in self._unions for group in union.groups)]
        return (
            item.kind == "bind"
            and not any(item.target in needed(late.item.expression) for late in waiting)
            and not any(item.target in mentioned(group) for group in groups)
        )

    def _test(self, item: Item) -> Step:
        names = Formulas(self._scope, self._bound, self._select)
        if item.kind == "filter":
            return partial(self._writer.block, f"if {condition(item.expression, names)}:")
        target, text = self._scope.name(item.target), formula(item.expression, names).text
        self._bound.add(target)

        def step(rest: Rest) -> None:
            self._writer.line(f"{target} = {text}")
            rest()

        return step
