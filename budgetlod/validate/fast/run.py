"""Compiled constraints over one graph: screen the focus nodes, fill a store with what is looked at, ask, report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import NamedNode

from budgetlod.validate.data import Data, filled
from budgetlod.validate.engines import EngineFailure, RawResult
from budgetlod.validate.fast.constraint import Constraint, Query
from budgetlod.validate.fast.targets import Focus
from budgetlod.validate.messages import filled as filled_messages
from budgetlod.validate.shape_graph import Node
from budgetlod.validate.triples import TYPE, Line, Triples, has_narrow_integers
from budgetlod.validate.writing import binding_text, node_text, worded

_NAMES = re.compile(r"\{[?$](\w+)\}")
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
        """Return the results of the constraints that a store can answer."""
        asked = [one for constraint in self._constraints if (one := self._asked(constraint)) is not None]
        if not asked:
            return []
        store = self._store(asked)
        if store is None:
            self.left = frozenset(one.constraint.root for one in asked)
            return []
        return [result for one in asked for result in self._ask(store, one)]

    def _asked(self, constraint: Constraint) -> Asked | None:
        """Return what has to be asked for a constraint, or ``None`` where no focus node can break it."""
        if constraint.focus not in self._focus:
            self._focus[constraint.focus] = constraint.focus.find(self._triples)
        nodes = self._focus[constraint.focus]
        if nodes is not None and constraint.screen is not None and nodes:
            nodes = constraint.screen(self._triples, nodes)
        if nodes is not None and not nodes:
            return None
        return Asked(constraint, constraint.query(), nodes)

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
        self._touched = set[Line]()
        for one in asked:
            self._add(one)

    def _add(self, one: Asked) -> None:
        needs, touched = one.query.needs, self._enough(one)
        if touched is not None:
            self._touched |= touched
            return
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

    def _enough(self, one: Asked) -> set[Line] | None:
        """Return the triples that are enough for one constraint, if that can be told."""
        if one.needs_pattern or one.constraint.touched is None:
            return None
        return one.constraint.touched(self._triples, one.candidates or set())

    def lines(self) -> Iterator[Line]:
        """Yield each triple once."""
        yield from self._touched
        yield from (line for line in self._of_predicates() if line not in self._touched)

    def _of_predicates(self) -> Iterator[Line]:
        for predicate in self._whole:
            yield from dict.fromkeys(self._triples.lines(predicate))
        if self._classes and TYPE not in self._whole:
            own = self._own.pop(TYPE, set())
            lines = self._triples.lines(TYPE)
            yield from dict.fromkeys(line for line in lines if line[2] in self._classes or line[0] in own)
        for predicate, subjects in self._own.items():
            if predicate not in self._whole:
                yield from dict.fromkeys(line for line in self._triples.lines(predicate) if line[0] in subjects)


def _whole(store: pyoxigraph.Store, count: int) -> pyoxigraph.Store | None:
    """Return the store if it has so many triples: fewer, and terms that differ have become one."""
    return store if len(store) == count else None


def _result(constraint: Constraint, row: dict[str, Node]) -> RawResult:
    """Return the result that one answer to the query of a constraint is."""
    focus = row["this"]
    value = row.get("value", focus if constraint.value == "this" else None)
    path = row.get("path")
    if value is not None:
        row = row | {"value": value}
    wanted = {name for template in constraint.messages.values() for name in _NAMES.findall(template)}
    bindings = {name: binding_text(row[name].value) for name in wanted if name in row}
    zh, en = worded(filled_messages(constraint.messages, bindings), constraint.component, constraint.shape)
    return RawResult(
        shape=constraint.shape,
        focus=node_text(focus),
        path=node_text(path) if isinstance(path, NamedNode) else constraint.path,
        value="" if value is None else node_text(value),
        zh=zh,
        en=en,
        bindings=tuple(sorted(bindings.items())),
        component=constraint.component,
    )
