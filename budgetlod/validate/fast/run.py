"""Compiled constraints over one graph: screen the focus nodes, run programs, fill a store for the rest, ask, report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pyoxigraph
from pyoxigraph import NamedNode

from budgetlod.validate.data import Data, filled
from budgetlod.validate.engines import EngineFailure, RawResult
from budgetlod.validate.fast.constraint import Constraint, Query
from budgetlod.validate.fast.functions import Unsure, sure
from budgetlod.validate.fast.targets import Focus
from budgetlod.validate.forms import Odd, form_of, text_of
from budgetlod.validate.shape_graph import Node
from budgetlod.validate.triples import TYPE, Line, Triples, has_narrow_integers
from budgetlod.validate.writing import binding_text, node_text, worded

# So many focus nodes are written into a query that could do without them; so many at most into any.
_FEW, _MANY = 40, 500


class Asked(NamedTuple):
    """A constraint that has to be asked: its query, and the focus nodes that may break it (``None``: not known)."""

    constraint: Constraint
    query: Query
    candidates: set[bytes] | None

    @property
    def by_name(self) -> bool:
        """Whether the focus nodes are known and are IRIs, which can be written into a query and recognised after it."""
        return self.candidates is not None and all(node.startswith(b"<") for node in self.candidates)

    @property
    def needs_pattern(self) -> bool:
        """Whether the query has to find the focus nodes itself."""
        if self.candidates is None or not self.by_name:
            return True
        return not self.query.template.binds_focus and len(self.candidates) > _MANY


class Run:
    """One evaluation. ``left`` are the shapes that turned out to be beyond what a store keeps of literals."""

    def __init__(self, data: Data, constraints: Sequence[Constraint]) -> None:
        self._data, self._triples = data, data.triples
        self._constraints = constraints
        self._focus: dict[Focus, set[bytes] | None] = {}
        self.left: frozenset[str] = frozenset()

    def results(self) -> list[RawResult]:
        """Return the results of all constraints but those of the shapes that are ``left``."""
        found, asked = list[RawResult](), list[Asked]()
        for constraint in self._constraints:
            nodes = self._suspects(constraint)
            if nodes is None or nodes:
                nodes = self._answered(constraint, nodes, found)
            if nodes is None or nodes:
                asked.append(Asked(constraint, constraint.query(), nodes))
        store = self._store(asked) if asked else None
        if asked and store is None:
            self.left = frozenset(one.constraint.root for one in asked)
        return found + [result for one in asked if store is not None for result in self._ask(store, one)]

    def _suspects(self, constraint: Constraint) -> set[bytes] | None:
        """Return the focus nodes that may break a constraint, or ``None`` where only a query can tell."""
        if constraint.focus not in self._focus:
            self._focus[constraint.focus] = constraint.focus.find(self._triples)
        nodes = self._focus[constraint.focus]
        return constraint.screen(self._triples, nodes) if nodes and constraint.screen is not None else nodes

    def _answered(self, constraint: Constraint, nodes: set[bytes] | None, found: list[RawResult]) -> set[bytes] | None:
        """Add what the program of a constraint finds; return the focus nodes of which it cannot tell."""
        program = constraint.program() if nodes is not None and constraint.program is not None else None
        if nodes is None or program is None:
            return nodes
        try:
            answers = program.bind(self._triples)
        except Odd:
            return nodes
        unsure = set[bytes]()
        for node in nodes:
            try:
                rows = answers(node if node.startswith(b"<") else sure(form_of(node)))
            except (Odd, Unsure):
                unsure.add(node)
            else:
                for row in rows:
                    found.append(_reported(constraint, dict(zip(program.names, row, strict=True))))
        return unsure

    def _store(self, asked: Sequence[Asked]) -> pyoxigraph.Store | None:
        """Return a store with all that the queries look at, or ``None`` if a store would not keep it as it is."""
        if any(self._everything(one) for one in asked):
            narrow = has_narrow_integers(self._data.lines)
            return None if narrow else _whole(self._data.store, self._triples.count())
        found = list(_Selection(self._triples, asked).lines())
        text = b"".join([b"%b %b %b .\n" % line for line in found])
        if has_narrow_integers(text):
            return None
        return _whole(filled(text, has_blank=self._triples.has_blank), len(found))

    @staticmethod
    def _everything(one: Asked) -> bool:
        predicates = one.constraint.focus.predicates() if one.needs_pattern else set()
        return one.query.needs.everything or predicates is None

    def _ask(self, store: pyoxigraph.Store, one: Asked) -> Iterator[RawResult]:
        """Yield the results of one constraint."""
        text = self._text(one)
        known = one.candidates if one.by_name and not one.needs_pattern else None
        try:
            solutions = store.query(text)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise EngineFailure(f"the query of <{one.constraint.shape}> cannot be asked: {error}") from error
        if not isinstance(solutions, pyoxigraph.QuerySolutions):
            raise EngineFailure(f"the query of <{one.constraint.shape}> is no SELECT")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            row = {name: solution[name] for name in names if solution[name] is not None}
            focus = row.get("this")
            if focus is not None and (known is None or str(focus).encode() in known):
                yield _result(one.constraint, row)

    def _text(self, one: Asked) -> str:
        """Return the query with the focus nodes in it where it needs them, or where they are few."""
        if one.needs_pattern:
            focus = one.constraint.focus.pattern(subclasses=self._triples.has_subclasses)
            return one.query.template.filled(focus, everywhere=one.query.template.binds_focus)
        candidates = one.candidates or set()
        if one.query.template.binds_focus and len(candidates) > _FEW:
            return one.query.template.filled("", everywhere=False)
        names = " ".join(sorted(node.decode() for node in candidates))
        return one.query.template.filled(f"VALUES ?this {{ {names} }}", everywhere=True)


class _Selection:
    """Gathers the triples that some queries look at."""

    def __init__(self, triples: Triples, asked: Sequence[Asked]) -> None:
        self._triples = triples
        self._whole, self._classes = set[bytes](), set[bytes]()
        self._own: dict[bytes, set[bytes]] = {}
        for one in asked:
            self._add(one)

    def _add(self, one: Asked) -> None:
        needs = one.query.needs
        self._whole |= needs.predicates
        self._classes |= needs.classes
        if one.needs_pattern:
            targets = one.constraint.focus.targets
            self._whole |= needs.own
            self._whole |= {name.encode() for name in one.constraint.focus.predicates() or ()} - {TYPE}
            self._classes |= {name.encode() for name in targets.classes}
            if self._triples.has_subclasses:
                self._whole |= {TYPE}
        else:
            for predicate in needs.own:
                self._own.setdefault(predicate, set()).update(one.candidates or ())

    def lines(self) -> Iterator[Line]:
        """Yield each triple once."""
        for predicate in self._whole:
            yield from self._triples.lines(predicate)
        if self._classes and TYPE not in self._whole:
            own = self._own.pop(TYPE, set())
            yield from (line for line in self._triples.lines(TYPE) if line[2] in self._classes or line[0] in own)
        for predicate, subjects in self._own.items():
            if predicate not in self._whole:
                yield from self._of(predicate, subjects)

    def _of(self, predicate: bytes, subjects: set[bytes]) -> Iterator[Line]:
        values = self._triples.values(predicate)
        for subject in subjects:
            yield from ((subject, predicate, value) for value in values[subject])


def _whole(store: pyoxigraph.Store, count: int) -> pyoxigraph.Store | None:
    """Return the store if it has so many triples: fewer, and terms that differ have become one."""
    return store if len(store) == count else None


def _result(constraint: Constraint, row: dict[str, Node]) -> RawResult:
    """Return the result that one answer of a store to the query of a constraint is."""
    path, value = row.get("path"), row.get("value")
    return _made(
        constraint,
        node_text(row["this"]),
        node_text(path) if isinstance(path, NamedNode) else constraint.path,
        "" if value is None else node_text(value),
        {name: row[name].value for name in constraint.asked if name in row},
    )


def _reported(constraint: Constraint, row: dict[str, Any]) -> RawResult:
    """Return the result that one answer of a program is."""
    path, value = row.get("path"), row.get("value")
    return _made(
        constraint,
        row["this"].decode(),
        path.decode() if path is not None and path.startswith(b"<") else constraint.path,
        "" if value is None else value.decode(),
        {name: text_of(row[name]) for name in constraint.asked if row.get(name) is not None},
    )


def _made(constraint: Constraint, focus: str, path: str, value: str, texts: dict[str, str]) -> RawResult:
    """Return a result; ``texts`` are the values of an answer that the messages name, or what stands in for them."""
    if constraint.value == "this" and not value:
        value, texts["value"] = focus, texts["this"]
    bindings = {name: binding_text(texts[name]) for name in constraint.wanted if name in texts}
    zh, en = worded(constraint.told(bindings), constraint.component, constraint.shape)
    return RawResult(
        shape=constraint.shape,
        focus=focus,
        path=path,
        value=value,
        zh=zh,
        en=en,
        bindings=tuple(bindings.items()),
        component=constraint.component,
    )
