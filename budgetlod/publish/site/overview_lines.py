"""The disclosures of a publication as lines of its overview pages, made from their entries alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from budgetlod.publish.entry import Entry
from budgetlod.publish.site.charts import per_cent
from budgetlod.publish.site.checks import chips
from budgetlod.publish.site.figures import Figure
from budgetlod.publish.site.head import year_label
from budgetlod.publish.site.names import Label

SUMMARY = "disclosure"
UNKNOWN = Label("其他", "Elsewhere", "other")


@dataclass(frozen=True, slots=True)
class Line:
    """One disclosure: its entry, what it is called beside its department, its total, its change, its checks, its bar."""

    entry: Entry
    when: Label
    whole: Figure | None
    change: Decimal | None
    percent: Decimal | None
    chips: Sequence[tuple[str, int]]
    width: str = "0%"

    @property
    def summary(self) -> dict[str, Any]:
        """What the disclosure's own page kept for the overview."""
        return summary_of(self.entry)

    def figure(self, group: str, key: str) -> Figure | None:
        """Return a figure of the summary: of the ``natures`` or of the ``items``."""
        return _figure(self.summary.get(group, {}).get(key))


@dataclass(frozen=True, slots=True)
class Area:
    """An area with the lines of its disclosures."""

    label: Label
    lines: Sequence[Line]


def areas(entries: Iterable[Entry]) -> list[Area]:
    """Return the disclosures by area; bars share a scale only within an area and a year, for no others compare."""
    groups: dict[Label, list[Line]] = {}
    for entry in entries:
        said = summary_of(entry).get("area")
        groups.setdefault(Label(*said) if said else UNKNOWN, []).append(line_of(entry))
    return [
        Area(label, _scaled(lines))
        for label, lines in sorted(groups.items(), key=lambda one: (one[0] == UNKNOWN, one[0].code))
    ]


def line_of(entry: Entry) -> Line:
    """Return the line of a disclosure, its bar without length."""
    said = summary_of(entry)
    change = said.get("change")
    amount, percent = (change[1], change[2]) if change else (None, None)
    return Line(
        entry,
        year_label(entry),
        _figure(said.get("whole")),
        Decimal(amount) if amount else None,
        Decimal(percent) if percent else None,
        chips(entry.checks),
    )


def summary_of(entry: Entry) -> dict[str, Any]:
    """Return the summary that the page of the disclosure kept; an empty one where there is none."""
    found = entry.summaries.get(SUMMARY)
    return found if isinstance(found, dict) else {}


def _figure(said: Sequence[str] | None) -> Figure | None:
    return Figure(said[0], Decimal(said[1])) if said else None


def _scaled(lines: Sequence[Line]) -> list[Line]:
    highest: dict[tuple[int, str], Decimal] = {}
    for line in lines:
        key = line.entry.fiscal_year, line.entry.phase
        if line.whole:
            highest[key] = max(highest.get(key, Decimal()), line.whole.amount)
    return [
        replace(
            line,
            width=per_cent(max(line.whole.amount, Decimal()) * 100 / highest[line.entry.fiscal_year, line.entry.phase]),
        )
        if line.whole and highest[line.entry.fiscal_year, line.entry.phase] > 0
        else line
        for line in lines
    ]
