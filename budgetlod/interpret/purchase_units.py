"""Procurement tables that print a code for the unit, and its name where other rows name projects.

The row of a unit, like that of a total, is about all that it buys, whatever classification codes it repeats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.interpret.row_units import CODE_ROLE, NAME_ROLE, UnitNames, bodies_of
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point
from budgetlod.model.lexicon import Lexicon, Meaning
from budgetlod.model.tables import Blank, Cell, Statement

_FUNDING = "funding-mode"
_CLASSIFIED = {"function": ALL, "economic": ALL, "governmentEconomic": ALL, "project": ALL}


class UnitRows(NamedTuple):
    """By row (1-based): the organisation that it speaks of; ``whole`` are the rows of units and totals."""

    organizations: Mapping[int, str]
    whole: frozenset[int]
    names: Mapping[str, Meaning]


def unit_rows(rows: Sequence[RawRow], headings: Sequence[Heading], names: UnitNames, lexicon: Lexicon) -> UnitRows:
    """Return what rows are of which unit; nothing where the table has a column of units' names, or none of their codes."""
    codes = [h for h in headings if h.role == CODE_ROLE]
    labels = [h for h in headings if h.dimension == "project" or (h.role == "label" and not h.dimension)]
    if not codes or not labels or any(h.role == NAME_ROLE for h in headings):
        return UnitRows({}, frozenset(), {})
    pseudo, whole = [], set()
    for number, row in enumerate(rows, 1):
        code, label = ("".join(_cell(row, h) for h in found) for found in (codes, labels))
        total = label_key(label or code) in names.totals or lexicon.lists[_FUNDING].find(label_key(label)) is not None
        unit = bool(code) and not total
        amounts = tuple(_cell(row, h) for h in headings if h.role == "amount")
        cells = (code, label, "", *amounts) if unit else ("", names_total(names) if total else "", label, *amounts)
        pseudo.append(RawRow(cells, row.places))
        if unit or total:
            whole.add(number)
    roles = (CODE_ROLE, NAME_ROLE, "label", *("amount" for h in headings if h.role == "amount"))
    bodies, _ = bodies_of(pseudo, [Heading(i, (), role) for i, role in enumerate(roles)], names)
    found = {label_key(pseudo[n - 1].cells[1] or squeeze(_label(rows[n - 1], labels))) for n in whole}
    said = {label_key(_label(rows[n - 1], labels)) for n in whole} | found
    return UnitRows(
        {number: body or "" for number, body in enumerate(bodies, 1)},
        frozenset(whole),
        {key: Meaning(key, ()) for key in said if key},
    )


def names_total(names: UnitNames) -> str:
    """Return a word for a total."""
    return min(names.totals, default="")


def without_codes(headings: Sequence[Heading]) -> list[Heading]:
    """Return headings whose columns of units' codes are words: the units are told otherwise."""
    return [replace(h, role="text") if h.role == CODE_ROLE else h for h in headings]


def with_units(statement: Statement, units: UnitRows) -> Statement:
    """Return a statement whose points have the organisation of their row; of a whole row nothing else."""
    if not units.organizations:
        return statement

    def moved(row: int, point: Point) -> Point:
        point = point._replace(organization=units.organizations.get(row, ""))
        return point.moved(_CLASSIFIED) if row in units.whole else point

    def cell(found: Cell) -> Cell:
        return found._replace(states=moved(found.row, found.states)) if isinstance(found.states, Point) else found

    def blank(found: Blank) -> Blank:
        return found._replace(point=moved(found.row, found.point))

    return statement._replace(cells=tuple(map(cell, statement.cells)), blanks=tuple(map(blank, statement.blanks)))


def _cell(row: RawRow, heading: Heading) -> str:
    return squeeze(row.cells[heading.index]) if heading.index < len(row.cells) else ""


def _label(row: RawRow, headings: Sequence[Heading]) -> str:
    return "".join(_cell(row, h) for h in headings)
