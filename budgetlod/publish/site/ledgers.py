"""Lists of expenditure by function and by economic category, class by class, with a bar in each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetlod.publish.site.charts import per_cent
from budgetlod.publish.site.figures import Figure, Figures, with_funds
from budgetlod.publish.site.names import Label, Names
from budgetlod.rdf.names import CODE

_LEVELS = {3: 1, 5: 2, 7: 3}


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the bar in a row: its colour and place."""

    tone: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One code: level (0 is the total), its figures (``None``: not printed), its share of the total, its bars."""

    level: int
    label: Label
    iri: str
    whole: Figure | None
    parts: Sequence[Figure | None]
    share: Decimal | None
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A list of codes: its columns of parts (nature and name), and whether it has a level between class and item."""

    columns: Sequence[tuple[str, Label]]
    rows: Sequence[LedgerRow]
    has_middle: bool
    zeros: int = 0

    @property
    def total(self) -> LedgerRow | None:
        """The row of everything, if the disclosure prints one."""
        return self.rows[0] if self.rows and self.rows[0].level == 0 else None


def function_ledger(figures: Figures, names: Names) -> Ledger | None:
    """Return expenditure by function with its basic and project parts; ``None`` where none is printed."""
    return _ledger(figures, names, "function", {"flow": "expenditure"}, ("basic", "project"))


def economic_ledger(figures: Figures, names: Names) -> Ledger | None:
    """Return basic expenditure by economic category; all expenditure where basic expenditure is not printed so."""
    basic = _ledger(figures, names, "economic", {"flow": "expenditure", "nature": "basic"}, ("personnel", "public"))
    return basic or _ledger(figures, names, "economic", {"flow": "expenditure"}, ("basic", "project"))


def _ledger(
    figures: Figures, names: Names, dimension: str, base: Mapping[str, str], natures: Sequence[str]
) -> Ledger | None:
    found = figures.along_any(dimension, with_funds(base))
    listed = [code for code in found if code.isdigit() and len(code) in _LEVELS]
    codes = sorted(code for code in listed if found[code].amount)
    if not codes:
        return None
    split = {nature: figures.along_any(dimension, with_funds({**base, "nature": nature})) for nature in natures}
    columns = [nature for nature in natures if any(code in split[nature] for code in codes)]
    whole = figures.first(*with_funds(base))
    tops = sum((found[code].amount for code in codes if len(code) == 3), Decimal())
    scale = max(whole.amount if whole else Decimal(), tops) or Decimal(1)
    rows = [
        _row(names.of(f"{CODE}{dimension}/{code}"), f"{CODE}{dimension}/{code}", _LEVELS[len(code)], found[code],
             {nature: split[nature].get(code) for nature in columns}, scale)
        for code in codes
    ]  # fmt: skip
    if whole is not None:
        sums = {nature: figures.first(*with_funds({**base, "nature": nature})) for nature in columns}
        rows.insert(0, _row(Label("合计", "Total"), "", 0, whole, sums, scale))
    has_middle = any(row.level == 2 for row in rows) and any(row.level == 3 for row in rows)
    return Ledger(
        [(nature, names.of(f"{CODE}nature/{nature}")) for nature in columns], rows, has_middle, len(listed) - len(codes)
    )


def _row(
    label: Label, iri: str, level: int, whole: Figure, parts: Mapping[str, Figure | None], scale: Decimal
) -> LedgerRow:
    share = whole.amount * 100 / scale
    stated = [(nature, part.amount) for nature, part in parts.items() if part is not None]
    if sum((amount for _, amount in stated), Decimal()) != whole.amount or any(amount < 0 for _, amount in stated):
        stated = [("whole", max(whole.amount, Decimal()))]
    bars, start = [], Decimal()
    for nature, amount in stated:
        if amount:
            length = amount * 100 / scale
            bars.append(Bar(nature, per_cent(start), per_cent(length)))
            start += length
    return LedgerRow(level, label, iri, whole, list(parts.values()), share, bars)
