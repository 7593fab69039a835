"""Which total a total is, and which columns of numbers only number the rows.

A side of a balance table may print 合计 or 总计 alone: with money of the year before among its rows that is the total
with it (收入总计), unless the row stands above that money. And final accounts number their rows (行次) between label and
amount: such numbers are no amounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from budgetlod.core.text import fold
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.model.codes import ALL

PLAIN_TOTALS = frozenset({"total", "sum-of-revenue", "sum-of-expenditure"})
"""Names of the wordings for a total that do not say of which money."""
_OF_THE_YEAR = frozenset({"current-revenue", "current-expenditure"})
_CLOSING = frozenset({"closing", "closing-unassigned", "distribution"})
_OF_OTHER_BODIES = frozenset({"superior", "affiliated"})
_FEWEST_NUMBERS = 3

Said = tuple[str, Mapping[str, str] | None]
"""The name of what a row's words mean, and the coordinates they give."""


def with_grand_totals(said: Sequence[Said], fixed: Mapping[str, str]) -> list[Mapping[str, str] | None]:
    """Return the coordinates of a side's rows with each plain total told to be that of the year or of all money.

    ``fixed`` are the coordinates that the table and the headings of the side give.
    """
    carried = [n for n, (_, where) in enumerate(said) if where is not None and _is_of_other_years({**fixed, **where})]
    of_year = any(name in _OF_THE_YEAR for name, _ in said)
    filled = [n for n, (name, where) in enumerate(said) if where is not None and name]
    result: list[Mapping[str, str] | None] = []
    for number, (name, where) in enumerate(said):
        above_them = any(n > number for n in carried) and number != filled[0] if filled else False
        grand = name in PLAIN_TOTALS and (of_year or (bool(carried) and not above_them))
        result.append({**where, **_of_all_money({**fixed, **where})} if grand and where is not None else where)
    return _of_own_money(said, result, fixed)


def _of_own_money(
    said: Sequence[Said], result: list[Mapping[str, str] | None], fixed: Mapping[str, str]
) -> list[Mapping[str, str] | None]:
    """Return the coordinates with the revenue of the year told to be the body's own where other bodies' comes after it.

    Some tables print 上级补助收入 and 附属单位上缴收入 below 本年收入合计, which then does not hold them.
    """
    year = next((n for n, (name, _) in enumerate(said) if name == "current-revenue"), None)
    if year is None or "source" in fixed:
        return result
    later = any(where and where.get("source") in _OF_OTHER_BODIES for where in result[year + 1 :])
    before = any(where and where.get("source") in _OF_OTHER_BODIES for where in result[:year])
    total = result[year]
    if later and not before and total is not None and "source" not in total:
        return [*result[:year], {**total, "source": "own"}, *result[year + 1 :]]
    return result


def _is_of_other_years(said: Mapping[str, str]) -> bool:
    if said.get("flow") in _CLOSING:
        return True
    return said.get("flow") == "revenue" and said.get("vintage", ALL) not in (ALL, "current")


def _of_all_money(said: Mapping[str, str]) -> dict[str, str]:
    """Return what makes the total of a side one of all money: revenue with carry-over, outlay with what is left."""
    if said.get("flow") == "revenue":
        return {"vintage": ALL}
    return {"flow": "outlay"} if said.get("flow") == "expenditure" else {}


def without_row_numbers(headings: Sequence[Heading], rows: Sequence[RawRow]) -> list[Heading]:
    """Return the headings with the role ``ordinal`` for columns whose numbers count the rows.

    They are whole numbers that go up by one from filled row to filled row, right of a label and left of an amount;
    a column whose heading names an amount is one only if no figure in it looks like money.
    """
    last = max((h.index for h in headings if h.role == "amount"), default=-1)
    return [
        replace(h, role="ordinal") if h.role in ("unknown", "amount") and h.index != last and _counts(h, rows) else h
        for h in headings
    ]


def _counts(heading: Heading, rows: Sequence[RawRow]) -> bool:
    texts = [fold(row.cells[heading.index]) for row in rows if heading.index < len(row.cells)]
    filled = [text for text in texts if text]
    fewest = _FEWEST_NUMBERS if heading.role == "unknown" else _FEWEST_NUMBERS + 1
    if len(filled) < fewest or not all(text.isdecimal() and len(text) < 4 for text in filled):
        return False
    numbers = [int(text) for text in filled]
    return all(after - before == 1 for before, after in pairwise(numbers))
