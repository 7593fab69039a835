"""Pairs of tables that list the same codes or classes: what one lists and the other does not, or in another order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from budgetlod.mapping.sink import Sink
from budgetlod.model.tables import Row, Statement


class _Listed(NamedTuple):
    """A row of a table and what it lists: the functional code that it prints, or the class that it names."""

    row: str
    statement: str
    key: str
    blank: bool


def map_sisters(statements: Sequence[Statement], sink: Sink) -> None:
    """Add to rows that the sister table does not list (``notListedIn``), or lists elsewhere (``standsAfter``)."""
    income, expenditure = (list(_codes(statements, type_, sink)) for type_ in ("income", "expenditure"))
    _differences(income, expenditure, sink)
    whole, fiscal = (list(_classes(statements, type_, sink)) for type_ in ("balance", "fiscal-balance"))
    # Tables that print classes without money print the whole list; others print what has money, each its own.
    if any(listed.blank for listed in whole) and any(listed.blank for listed in fiscal):
        for listed in _differences(whole, fiscal, sink):
            sink.text(listed.row, "namesClass", listed.key)
        _order(whole, fiscal, sink)


def _differences(first: Sequence[_Listed], second: Sequence[_Listed], sink: Sink) -> list[_Listed]:
    """Add and return what one of two tables lists and the other does not, if they list anything in common."""
    keys = [{listed.key for listed in table} for table in (first, second)]
    if not keys[0] & keys[1]:
        return []
    found = []
    for here, there, known in ((first, second, keys[1]), (second, first, keys[0])):
        for listed in (listed for listed in here if listed.key not in known):
            sink.say(listed.row, "notListedIn", there[0].statement)
            found.append(listed)
    return found


def _order(whole: Sequence[_Listed], fiscal: Sequence[_Listed], sink: Sink) -> None:
    """Add to rows of the second table which row above them comes later in the first."""
    places = {listed.key: place for place, listed in enumerate(whole)}
    for above, listed in pairwise([listed for listed in fiscal if listed.key in places]):
        if places[above.key] > places[listed.key]:
            sink.say(listed.row, "standsAfter", above.row)
            for row in (above, listed):
                sink.text(row.row, "namesClass", row.key)


def _codes(statements: Sequence[Statement], type_: str, sink: Sink) -> Iterator[_Listed]:
    for statement, row in _rows(statements, type_):
        for entry in row.entries:
            if entry.dimension == "function" and entry.printed:
                yield _listed(statement, row, entry.printed, False, sink)


def _classes(statements: Sequence[Statement], type_: str, sink: Sink) -> Iterator[_Listed]:
    for statement, row in _rows(statements, type_):
        for entry in row.entries:
            if entry.dimension == "function" and entry.named and not entry.printed:
                blank = not any(cell.row == row.number and cell.amount is not None for cell in statement.cells)
                yield _listed(statement, row, entry.named, blank, sink)


def _rows(statements: Sequence[Statement], type_: str) -> Iterator[tuple[Statement, Row]]:
    return ((statement, row) for statement in statements if statement.type == type_ for row in statement.rows)


def _listed(statement: Statement, row: Row, key: str, blank: bool, sink: Sink) -> _Listed:
    return _Listed(sink.iris.row(statement.key, row.number), sink.iris.statement(statement.key), key, blank)
