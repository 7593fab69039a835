"""What became more and what less since the year before, as the disclosure states it, with its own reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple
from urllib.parse import unquote

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.charts import per_cent, waterfall
from budgetlod.publish.site.coordinates import in_words
from budgetlod.publish.site.figures import ALL, CODED, Figure, Figures, with_funds
from budgetlod.publish.site.names import Label, Names
from budgetlod.rdf.names import BLOD, CODE

_WHOLE = tuple(with_funds({"flow": "expenditure"}, {"flow": "outlay"}, {"flow": "revenue"}))
_PARTS = (("personnel", "public", "project"), ("basic", "project"))


class Stated(NamedTuple):
    """A change that the disclosure states: IRI, amount (``None``: only a percentage), year compared with, reasons."""

    iri: str
    amount: Decimal | None
    percent: Decimal | None
    year: str
    before: Figure | None
    after: Figure | None
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row of the waterfall: what changed, from what to what, and where its bar stands."""

    label: Label
    change: Stated
    tone: str
    before: Decimal | None
    after: Decimal | None
    x: str = ""
    width: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """The waterfall: rows, the year compared with, and where the line of that year's total stands."""

    year: str
    rows: Sequence[ChangeRow]
    line: str
    of_total: bool = True

    @property
    def total(self) -> ChangeRow:
        """The row of the whole, which is the last one."""
        return self.rows[-1]

    @property
    def percent(self) -> Decimal | None:
        """The change of the whole in per cent, as stated or else computed from the amounts, to one decimal."""
        change, before = self.total.change, self.total.before
        if change.percent is not None:
            return change.percent
        if change.amount is None or not before:
            return None
        return (change.amount * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


class Changes:
    """The stated changes of a disclosure by their coordinates."""

    def __init__(self, graph: Lookup, figures: Figures) -> None:
        self._graph, self._figures = graph, figures
        self._reasons: dict[str, list[str]] = {}
        for remark in graph.subjects(BLOD + "Remark"):
            for change in graph.texts(remark, BLOD + "reasonFor"):
                self._reasons.setdefault(change, []).extend(filter(None, graph.texts(remark, BLOD + "reason")))
        self.all = [self._stated(iri) for iri in graph.subjects(BLOD + "Change")]
        self._at = {self._place(one.iri): one for one in reversed(self.all)}

    def at(self, coordinates: Mapping[str, str]) -> Stated | None:
        """Return the change of the figure at a point."""
        return self._at.get((self._figures.department, *(coordinates.get(name, ALL) for name in CODED)))

    def first(self, *choices: Mapping[str, str]) -> Stated | None:
        """Return the first change that is stated."""
        return next((found for choice in choices if (found := self.at(choice))), None)

    def label(self, change: Stated, names: Names) -> Label:
        """Return what a change is of, in words."""
        return in_words(self._graph, names, change.iri, self._figures.department)

    def _place(self, iri: str) -> tuple[str, ...]:
        graph = self._graph
        codes = (unquote(graph.text(iri, BLOD + name).rpartition("/")[2]) for name in CODED)
        return graph.text(iri, BLOD + "organization"), *codes

    def _stated(self, iri: str) -> Stated:
        graph = self._graph
        amount, percent = graph.text(iri, BLOD + "amount"), graph.text(iri, BLOD + "percent")
        return Stated(
            iri,
            Decimal(amount) if amount else None,
            Decimal(percent) if percent else None,
            graph.text(iri, BLOD + "comparedYear") or str(int(graph.text(iri, BLOD + "fiscalYear") or "1") - 1),
            self._figure(graph.text(iri, BLOD + "changeFrom")),
            self._figure(graph.text(iri, BLOD + "changeTo")),
            self._reasons.get(iri, []),
        )

    def _figure(self, iri: str) -> Figure | None:
        amount = self._graph.text(iri, BLOD + "amount") if iri else ""
        return Figure(iri, Decimal(amount)) if amount else None


def year_on_year(changes: Changes, names: Names, total: Figure | None) -> YearOnYear | None:
    """Return the waterfall of total expenditure; ``None`` where the disclosure compares it with no other year.

    Where only a part of the total is compared (the money of one fund), that is what the row says and ``of_total`` is false.
    """
    stated = [found for choice in _WHOLE if (found := changes.at(choice))]
    if not stated:
        return None
    same = [one for one in stated if total and one.after and one.after.amount == total.amount]
    whole = (same or stated)[0]
    label = Label("总计", "Total") if same else changes.label(whole, names)
    return _drawn(whole, _row(label, whole, "whole", is_total=True), _parts(changes, whole, names), of_total=bool(same))


def _drawn(whole: Stated, total: ChangeRow, parts: Sequence[ChangeRow], *, of_total: bool) -> YearOnYear:
    if whole.amount is None:
        return YearOnYear(whole.year, [total], "", of_total)
    changes = [part.change.amount or Decimal() for part in parts] or [whole.amount]
    line, steps, end = waterfall(total.before or Decimal(), changes)
    if not parts:
        return YearOnYear(whole.year, [_placed(total, steps[0].bar.x, steps[0].bar.width)], per_cent(line), of_total)
    drawn = [_placed(part, step.bar.x, step.bar.width) for part, step in zip(parts, steps, strict=True)]
    low, high = min(line, end), max(line, end)
    return YearOnYear(
        whole.year, [*drawn, _placed(total, per_cent(low), per_cent(high - low))], per_cent(line), of_total
    )


def _parts(changes: Changes, whole: Stated, names: Names) -> list[ChangeRow]:
    """Return the changes by nature, if they add up to the change of the whole."""
    for natures in _PARTS:
        found = [changes.first(*with_funds({"flow": "expenditure", "nature": nature})) for nature in natures]
        stated = [one for one in found if one is not None and one.amount is not None and one.year == whole.year]
        if len(stated) == len(natures) and sum((one.amount or Decimal() for one in stated), Decimal()) == whole.amount:
            return [
                _row(names.of(f"{CODE}nature/{nature}"), one, nature)
                for nature, one in zip(natures, stated, strict=True)
            ]
    return []


def _row(label: Label, change: Stated, tone: str, *, is_total: bool = False) -> ChangeRow:
    after = change.after.amount if change.after else None
    before = change.before.amount if change.before else None
    if before is None and after is not None and change.amount is not None:
        before = after - change.amount
    return ChangeRow(label, change, tone, before, after, is_total=is_total)


def _placed(row: ChangeRow, x: str, width: str) -> ChangeRow:
    return ChangeRow(row.label, row.change, row.tone, row.before, row.after, x, width, row.is_total)
