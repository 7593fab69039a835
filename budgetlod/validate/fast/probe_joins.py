"""The steps of a probe that follow triples. Each calls what comes after it for every way to go on, until one succeeds,
and leaves the row as it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from budgetlod.validate.fast.functions import Row, Step
from budgetlod.validate.triples import TYPE, Triples

# Literals that are written in the one form that a store keeps: only these are equal exactly if their bytes are.
_ONE_FORM = re.compile(
    rb'".*"(?:@[a-z]+(?:-[a-z0-9]+)*)?'
    rb'|"(?:0|-?[1-9]\d*)"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>'
    rb'|"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?"\^\^<http://www\.w3\.org/2001/XMLSchema#decimal>'
    rb'|"(?:true|false)"\^\^<http://www\.w3\.org/2001/XMLSchema#boolean>'
    rb'|"\d{4}"\^\^<http://www\.w3\.org/2001/XMLSchema#gYear>'
    rb'|"\d{4}-\d\d-\d\d"\^\^<http://www\.w3\.org/2001/XMLSchema#date>',
    re.DOTALL,
)


class Unsure(Exception):
    """It cannot be told here; the query has to be asked."""


class Edge(NamedTuple):
    """A triple pattern: slot, predicate, slot."""

    subject: int
    predicate: bytes
    object: int


def in_one_form(term: bytes) -> bool:
    """Whether no other term may be equal to ``term`` for a store."""
    return not term.startswith(b'"') or _ONE_FORM.fullmatch(term) is not None


def check(edge: Edge, then: Step) -> Step:
    """Go on if the triple is there."""
    start, predicate, end = edge

    def step(triples: Triples, row: Row) -> bool:
        a, b = row[start], row[end]
        if a is None or b is None:
            return _either(edge, triples, row, then)
        if not _has(triples, predicate, a, b):
            return False
        _note(triples, a, predicate, b)
        return then(triples, row)

    return step


def expand(edge: Edge, then: Step) -> Step:
    """Go on with each value."""
    start, predicate, end = edge

    def step(triples: Triples, row: Row) -> bool:
        a = row[start]
        if a is None or row[end] is not None:
            return _either(edge, triples, row, then)
        for value in triples.values(predicate).get(a, ()):
            row[end] = value
            _note(triples, a, predicate, value)
            if then(triples, row):
                row[end] = None
                return True
        row[end] = None
        return False

    return step


def find(edges: tuple[Edge, ...], then: Step) -> Step:
    """Go on with each subject that has all the values."""
    start = edges[0].subject

    def step(triples: Triples, row: Row) -> bool:
        if row[start] is not None or any(row[e.object] is None for e in edges):
            return _all(edges, triples, row, then)
        lists = [(_subjects(triples, e.predicate, row[e.object]), e) for e in edges]
        few, first = min(lists, key=lambda found: len(found[0]))
        others = [e for e in edges if e is not first]
        for subject in few:
            if all(row[e.object] in triples.values(e.predicate).get(subject, ()) for e in others):
                row[start] = subject
                for edge in edges:
                    _note(triples, subject, edge.predicate, row[edge.object])
                if then(triples, row):
                    row[start] = None
                    return True
        row[start] = None
        return False

    return step


def scan(edge: Edge, then: Step) -> Step:
    """Go on with each triple of the predicate."""

    def step(triples: Triples, row: Row) -> bool:
        return _either(edge, triples, row, then)

    return step


def _all(edges: tuple[Edge, ...], triples: Triples, row: Row, then: Step) -> bool:
    """Go on if all triples are there, whatever is known of them."""
    if not edges:
        return then(triples, row)
    return _either(edges[0], triples, row, lambda t, r: _all(edges[1:], t, r, then))


def _either(edge: Edge, triples: Triples, row: Row, then: Step) -> bool:
    """Go on with each triple that fits what is known."""
    start, predicate, end = edge
    a, b = row[start], row[end]
    if a is not None and b is not None:
        pairs = [(a, b)] if _has(triples, predicate, a, b) else []
    elif a is not None:
        pairs = [(a, value) for value in triples.values(predicate).get(a, ())]
    elif b is not None:
        pairs = [(subject, b) for subject in _subjects(triples, predicate, b)]
    else:
        pairs = [(subject, value) for subject, _, value in triples.lines(predicate)]
    if start == end:
        pairs = [pair for pair in pairs if pair[0] == pair[1]]
    found = False
    for row[start], row[end] in pairs:
        _note(triples, row[start], predicate, row[end])
        if then(triples, row):
            found = True
            break
    row[start], row[end] = a, b
    return found


def _note(triples: Triples, subject: bytes, predicate: bytes, value: bytes) -> None:
    """Keep a triple that is looked at, where that is wanted."""
    if triples.seen is not None:
        triples.seen.add((subject, predicate, value))


def _has(triples: Triples, predicate: bytes, subject: object, value: object) -> bool:
    if predicate == TYPE:
        return subject in triples.typed.get(value, ())  # type: ignore[call-overload]
    _look(triples, predicate, value)
    return value in triples.values(predicate).get(subject, ())  # type: ignore[call-overload]


def _subjects(triples: Triples, predicate: bytes, value: object) -> Collection[bytes]:
    if predicate == TYPE:
        return triples.typed.get(value, set())  # type: ignore[call-overload, no-any-return]
    _look(triples, predicate, value)
    found: list[bytes] = triples.holders(predicate).get(value, [])  # type: ignore[call-overload]
    return found


def _look(triples: Triples, predicate: bytes, value: object) -> None:
    """Raise :class:`Unsure` where a value cannot be looked up by its bytes."""
    if not isinstance(value, bytes):
        raise Unsure
    if value.startswith(b'"') and not (in_one_form(value) and triples.all_values(predicate, in_one_form)):
        raise Unsure
