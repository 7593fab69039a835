"""Which focus nodes may have an answer to a query: its joins and filters tried in Python, one node after another.

Most constraints find nothing in a good document, and a store has to be filled only for those that may. A probe errs
on one side: what it does not understand (a function, a value in an odd form) it takes for fulfilled, so that the
query decides. Below NOT EXISTS and in sums that would err on the other side; there it must understand all, or the
part is passed over.
"""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from budgetlod.rdf.names import XSD
from budgetlod.validate.fast.expressions import Unknown, iri, read
from budgetlod.validate.fast.functions import Row, Step, Value
from budgetlod.validate.fast.probe_joins import Edge, Unsure, check, expand, find, scan
from budgetlod.validate.fast.probe_steps import Maker, chained, computed, filtered, optional
from budgetlod.validate.fast.soundness import THIS
from budgetlod.validate.fast.syntax import Expression, Group, Item, Select, Token, Unreadable, parse
from budgetlod.validate.fast.triple_patterns import TriplePattern, patterns
from budgetlod.validate.triples import Line, Triples

# With more triples than this, all of their predicates may as well be taken.
_MANY = 2000
_WHOLE_NUMBER = re.compile(r"0|[1-9]\d*")


class Probe:
    """The probe of one query."""

    def __init__(self, text: str, prefixes: dict[str, str]) -> None:
        scope = Scope(prefixes)
        bound = {scope.slot(THIS)}
        self._step = chained(scope.makers(parse(text).where, bound, strict=False), self._end)
        self._empty, self._is_whole = scope.row, not scope.skipped

    def __call__(self, triples: Triples, focus: set[bytes]) -> set[bytes]:
        """Return the focus nodes that may have an answer."""
        return {node for node in focus if self._may(triples, node)}

    def touched(self, triples: Triples, nodes: set[bytes]) -> set[Line] | None:
        """Return triples that are enough to answer the query for some focus nodes; ``None`` if all of them may be
        needed.

        Enough is what any answer consists of, and for each EXISTS that is true what one way to fulfil it consists of.
        """
        if not self._is_whole:
            return None
        watched = triples.watched()
        for node in nodes:
            row = self._empty.copy()
            row[0] = node
            try:
                self._step(watched, row)
            except Unsure:
                return None
        return watched.seen

    @staticmethod
    def _end(triples: Triples, _row: Row) -> bool:
        """One answer is enough, unless it is asked what all of them consist of."""
        if triples.seen is not None and len(triples.seen) > _MANY:
            raise Unsure
        return triples.seen is None

    def _may(self, triples: Triples, node: bytes) -> bool:
        row = self._empty.copy()
        row[0] = node
        try:
            return self._step(triples, row)
        except Unsure:
            return True


def probe_of(text: str, prefixes: dict[str, str]) -> Probe | None:
    """Return the probe of a query, or ``None`` if its structure is not understood."""
    try:
        return Probe(text, prefixes)
    except (Unknown, Unreadable):
        return None


def _found(_triples: Triples, _row: Row) -> bool:
    return True


class Part(NamedTuple):
    """A filter, a computed value or a union: what must be known before it, and what it makes known."""

    needs: set[int]
    gives: set[int]
    make: Maker


class Scope:
    """The variables and constants of a query, each with its slot in a row. ``$this`` has the first.

    ``skipped`` tells that triples of the query were passed over.
    """

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self.row: Row = []
        self.skipped = False
        self._slots: dict[object, int] = {}

    def slot(self, name: object, value: bytes | None = None) -> int:
        """Return the slot of a variable (by name) or of a constant."""
        if name not in self._slots:
            self._slots[name] = len(self.row)
            self.row.append(value)
        return self._slots[name]

    def makers(self, group: Group, bound: set[int], *, strict: bool) -> list[Maker]:
        """Return the steps of a group in a good order; ``bound`` is what is known before, and grows."""
        members = Members(self, group, strict=strict)
        for value in self._slots.values():  # constants are known
            if self.row[value] is not None:
                bound.add(value)
        return members.ordered(bound)

    def edges(self, pattern: TriplePattern) -> list[Edge]:
        """Return a triple pattern as edges, one for each step of its path; raises :class:`Unknown`."""
        here, found, backwards = self._end(pattern.subject), list[Edge](), False
        names = [token for token in pattern.path if token.text != "/"]
        last = len([token for token in names if token.text != "^"])
        for token in names:
            if token.text == "^":
                backwards = True
                continue
            if token.kind not in {"iri", "name"} and token.text != "a":
                raise Unknown(f"a path with {token.text}")
            end = self._end(pattern.object) if len(found) == last - 1 else self.slot(object())
            ends = (end, here) if backwards else (here, end)
            found.append(Edge(ends[0], iri(token, self.prefixes), ends[1]))
            here, backwards = end, False
        return found

    def _end(self, token: Token) -> int:
        """Return the slot of a subject or object."""
        if token.variable:
            return self.slot(token.variable)
        if token.kind in {"iri", "name"} and not token.text.startswith("_:"):
            term = iri(token, self.prefixes)
        elif token.text.lower() in {"true", "false"}:
            term = f'"{token.text.lower()}"^^<{XSD}boolean>'.encode()
        elif _WHOLE_NUMBER.fullmatch(token.text):
            term = f'"{token.text}"^^<{XSD}integer>'.encode()
        else:
            raise Unknown(f"a term like {token.text}")
        return self.slot(term, term)

    def test(self, expression: Expression, bound: set[int]) -> Value:
        """Return what evaluates an expression."""

        def exists(group: Group) -> Step:
            return chained(self.makers(group, set(bound), strict=True), _found)

        return read(expression, self.slot, self.prefixes, exists)


class Members:
    """The members of a group and of the plain groups in it, and the order in which to try them."""

    def __init__(self, scope: Scope, group: Group, *, strict: bool) -> None:
        self._scope, self._strict = scope, strict
        self._edges: list[Edge] = []
        self._parts: list[Part] = []
        self._late: list[tuple[Item, set[int]]] = []
        self._tables: list[Maker] = []
        self._optional: list[Group] = []
        self._gather(group)

    def _gather(self, group: Group) -> None:
        before = len(self._edges)
        filters = []
        for item in group.items:
            if item.kind == "triples":
                self._add(item.tokens)
            elif item.kind == "groups" and len(item.groups) == 1:
                self._gather(item.groups[0])
            elif item.kind == "groups":
                self._parts.append(self._union(item.groups))
            elif item.kind == "select" and item.select is not None:
                self._tables.append(table_of(self._scope, item.select, strict=self._strict))
            elif item.kind in {"filter", "bind"}:
                filters.append(item)
            elif item.kind == "optional" and not self._strict:
                self._optional.append(item.groups[0])
            else:
                raise Unknown(item.kind)
        own = {slot for edge in self._edges[before:] for slot in (edge.subject, edge.object)}
        self._late += [(item, own) for item in filters]

    def _add(self, tokens: list[Token]) -> None:
        try:
            found = patterns(tokens, self._scope.prefixes)
        except Unreadable as error:
            raise Unknown(str(error)) from error
        for pattern in found:
            try:
                self._edges += self._scope.edges(pattern)
            except Unknown:
                if self._strict:
                    raise
                self._scope.skipped = True

    def _union(self, groups: list[Group]) -> Part:
        """Return the part for the branches of a union; each is ordered when it is known what stands before it."""
        slots = {self._scope.slot(name) for group in groups for name in mentioned(group)}

        def make(then: Step, bound: set[int]) -> Step:
            branches = [chained(self._scope.makers(g, set(bound), strict=self._strict), then) for g in groups]
            return lambda triples, row: any(branch(triples, row) for branch in branches)

        return Part(slots, slots, make)  # type: ignore[arg-type]

    def ordered(self, bound: set[int]) -> list[Maker]:
        """Return the steps in order: what is known first, few answers before many."""
        makers, edges, unions = list(self._tables), list(self._edges), list(self._parts)
        makers += self._tests(bound)
        while edges or unions:
            makers += [self._next(edges, unions, bound), *self._tests(bound)]
        makers += [made for group in self._optional for made in self._left_join(group, bound)]
        return makers + self._tests(bound, last=True)

    def _left_join(self, group: Group, bound: set[int]) -> list[Maker]:
        """Return the step of an optional group, if it is understood exactly."""
        try:
            inner = self._scope.makers(group, set(bound), strict=True)
        except Unknown:
            self._scope.skipped = True
            return []
        return [partial(optional, inner)]

    def _next(self, edges: list[Edge], unions: list[Part], bound: set[int]) -> Maker:
        both = [e for e in edges if e.subject in bound and e.object in bound]
        if both:
            edges.remove(both[0])
            return partial(check, both[0])
        forward = [e for e in edges if e.subject in bound]
        if forward:
            edges.remove(forward[0])
            bound.add(forward[0].object)
            return partial(expand, forward[0])
        ready = [u for u in unions if u.needs & bound - self._constants()] or (unions if not edges else [])
        if ready:
            unions.remove(ready[0])
            known = set(bound)
            bound |= ready[0].gives
            return partial(ready[0].make, bound=known)  # type: ignore[call-arg]
        return self._backwards(edges, bound)

    def _constants(self) -> set[int]:
        return {slot for slot, value in enumerate(self._scope.row) if value is not None}

    def _backwards(self, edges: list[Edge], bound: set[int]) -> Maker:
        """Return the step that finds a subject by all its known objects, or one that goes through all triples."""
        known = [e for e in edges if e.object in bound]
        if not known:
            edge = edges.pop(0)
            bound |= {edge.subject, edge.object}
            return partial(scan, edge)
        constants = self._constants()
        subject = next((e.subject for e in known if e.object not in constants), known[0].subject)
        together = tuple(e for e in known if e.subject == subject)
        for edge in together:
            edges.remove(edge)
        bound.add(subject)
        return partial(find, together)

    def _tests(self, bound: set[int], *, last: bool = False) -> list[Maker]:
        """Return the filters and computed values whose turn it is."""
        made, waiting, given = list[Maker](), list[tuple[Item, set[int]]](), self._given(bound)
        for item, own in self._late:
            if last or self._needs(item) & given <= bound:
                made += self._test(item, own, bound)
            else:
                waiting.append((item, own))
        self._late = waiting
        return made

    def _given(self, bound: set[int]) -> set[int]:
        """Return what is known once all members are done."""
        edges = {slot for edge in self._edges for slot in (edge.subject, edge.object)}
        targets = {self._scope.slot(item.target) for item, _ in self._late if item.target}
        optional = {self._scope.slot(name) for group in self._optional for name in mentioned(group)}
        return bound.union(edges, targets, optional, *(part.gives for part in self._parts))

    def _needs(self, item: Item) -> set[int]:
        names = item.expression.variables().union(*map(mentioned, item.expression.groups))
        return {self._scope.slot(name) for name in names}

    def _test(self, item: Item, own: set[int], bound: set[int]) -> list[Maker]:
        """Return the step of a filter or computed value; none, if it may be passed over and is not understood."""
        try:
            if self._strict and {self._scope.slot(n) for n in item.expression.variables()} - own - bound:
                raise Unknown("a filter on what its group does not bind")
            value = self._scope.test(item.expression, bound)
        except Unknown:
            if self._strict:
                raise
            self._scope.skipped = self._scope.skipped or bool(item.expression.groups)
            return []
        if item.kind == "filter":
            return [partial(filtered, value, self._strict)]
        target = self._scope.slot(item.target)
        bound.add(target)
        return [partial(computed, value, target, self._strict)]


def mentioned(group: Group) -> set[str]:
    """Return the variables that occur in a group, of sub-queries those that they answer with."""
    found = set[str]()
    for item in group.items:
        found |= {token.variable for token in item.tokens if token.variable} | item.expression.variables()
        found |= {item.target} - {""}
        if item.select is not None:
            found |= set(item.select.variables)
        found = found.union(*map(mentioned, item.groups), *map(mentioned, item.expression.groups))
    return found


def table_of(scope: Scope, select: Select, *, strict: bool) -> Maker:
    """Return the step of a sub-query: it is worked out for the focus node and its answers are joined."""
    from budgetlod.validate.fast.probe_tables import table

    return table(scope, select, strict=strict)
