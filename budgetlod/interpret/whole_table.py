"""What a cell owes to its table as a whole: that money is of the year alone, and what a total of items stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.interpret.row_sides import Reading
from budgetlod.model.codes import ALL
from budgetlod.model.lexicon import Lexicon, StatementType

Readings = Sequence[Sequence[Reading]]
"""What each row says, on each side."""


class WholeTable(NamedTuple):
    """What holds in all of a table: revenue is that of the year; sources are those of the year (money carried over has
    a column of its own); and the item that a total stands for, where that is not all money.
    """

    revenue_of_year: bool = False
    sources_of_year: bool = False
    total_item: str = ""

    def completed(self, said: Mapping[str, str], heading: Heading) -> dict[str, str]:
        """Return the coordinates of a cell with what its table adds to those that heading and row give."""
        full = dict(said)
        of_revenue = self.revenue_of_year and full.get("flow") == "revenue"
        if "vintage" not in full and (of_revenue or (self.sources_of_year and "source" in dict(heading.coordinates))):
            full["vintage"] = "current"
        if self.total_item and full.get("item", ALL) == ALL:
            full["item"] = self.total_item
        return full


def whole_table(
    type_: StatementType, readings: Readings, headings: Sequence[Heading], rows: Sequence[RawRow], lexicon: Lexicon
) -> WholeTable:
    """Return what the rows and headings of a table say of all its cells."""
    decides = type_.carry_over_decides and _prints_carry_over(readings, headings)
    return WholeTable(
        decides or _totals_the_year(headings),
        _fills_carried_column(headings, rows),
        _total_item(type_, readings, headings, lexicon),
    )


def _prints_carry_over(readings: Readings, headings: Sequence[Heading]) -> bool:
    """Return whether a table tells the year's own revenue from that with carry-over: by a row or column of its own,
    or by a total of the year beside the grand total.
    """
    said = [r.coordinates["vintage"] for row in readings for r in row if r.coordinates and "vintage" in r.coordinates]
    columns = any(where.get("vintage") == "carried" for where in _of_amounts(headings))
    return columns or "carried" in said or {"current", ALL} <= set(said)


def _totals_the_year(headings: Sequence[Heading]) -> bool:
    """Return whether the only columns of totals are of the year (本年收入合计): the other columns are parts of them."""
    totals = [where for where in _of_amounts(headings) if "source" not in where]
    return bool(totals) and all(total.get("vintage") == "current" for total in totals)


def _fills_carried_column(headings: Sequence[Heading], rows: Sequence[RawRow]) -> bool:
    """Return whether money carried over stands in a column of its own beside those of the sources of the year."""
    amounts = [heading for heading in headings if heading.role == "amount"]
    places = [
        heading.index
        for heading, where in zip(amounts, _of_amounts(headings), strict=True)
        if where.get("vintage") == "carried" and "source" not in where
    ]
    return any(parse_number(row.cells[place]) for row in rows for place in places if place < len(row.cells))


def _of_amounts(headings: Sequence[Heading]) -> list[dict[str, str]]:
    return [dict(heading.coordinates) for heading in headings if heading.role == "amount"]


def _total_item(type_: StatementType, readings: Readings, headings: Sequence[Heading], lexicon: Lexicon) -> str:
    """Return what a total of all items of the table stands for, where the type says that it is not all money.

    It is the nearest code above all items that the table prints (the three public expenses; with meetings and
    training, all restricted expenses), else what the type gives; also where that code has a row of its own.
    """
    given = dict(type_.row_total).get("item", "")
    if not given:
        return ""
    said = [*_of_amounts(headings), *(r.coordinates or {} for row in readings for r in row)]
    items = {where["item"] for where in said if where.get("item", ALL) != ALL}
    codes = lexicon.lists["item"]
    lines = [[item, *(code for code, _, _ in codes.steps(item))] for item in sorted(items)]
    shared = next((code for code in (lines or [[]])[0] if all(code in line for line in lines)), ALL)
    return given if shared == ALL or shared in items else shared
