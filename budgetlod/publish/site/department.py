"""A department over the years: its disclosures, a few of their figures side by side, and its units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from budgetlod.publish.addresses import PAGE_NAMES, page_of
from budgetlod.publish.entry import Entry
from budgetlod.publish.site import schema_org
from budgetlod.publish.site.charts import dots
from budgetlod.publish.site.head import HOME, head
from budgetlod.publish.site.names import Label
from budgetlod.publish.site.overview_lines import Line, line_of
from budgetlod.publish.site.rendering import WORDS, render
from budgetlod.publish.stages import Overview, Page

_SERIES = (
    ("whole", "", Label("支出总计", "Total expenditure")),
    ("natures", "basic", Label("基本支出", "Basic expenditure")),
    ("natures", "project", Label("项目支出", "Project expenditure")),
    ("items", "three-public", Label("“三公”经费", "“Three public” costs")),
)
_FINAL = "final"


def pages(whole: Overview) -> Iterator[Page]:
    """Yield the page of each department in both languages."""
    groups: dict[str, list[Entry]] = {}
    for entry in whole.entries:
        groups.setdefault(entry.publisher.iri, []).append(entry)
    for iri, entries in groups.items():
        if page_of(iri, whole.settings.base):
            yield from _pages(whole, iri, sorted(entries, key=lambda entry: (entry.fiscal_year, entry.phase)))


def _pages(whole: Overview, iri: str, entries: Sequence[Entry]) -> Iterator[Page]:
    lines = [line_of(entry) for entry in entries]
    last = entries[-1]
    area = lines[-1].summary.get("area")
    values = {
        "department": last.publisher,
        "names": list(dict.fromkeys(entry.publisher.name_zh for entry in entries)),
        "base": whole.settings.base,
        "lines": lines,
        "calendar": _calendar(entries),
        "series": [found for found in (_series(lines, *one) for one in _SERIES) if found["points"]],
        "units": _units(lines),
    }
    for language, name in PAGE_NAMES.items():
        path, say = page_of(iri, whole.settings.base, language), WORDS[language]
        steps = [(name, say(*HOME[:2])), *([(f"{name}#area-{area[2]}", say(area[0], area[1]))] if area else []),
                 ("", say(last.publisher.name_zh, last.publisher.name_en))]  # fmt: skip
        yield render(
            "department.html",
            path,
            {**values, **head(path, steps, whole.settings, [schema_org.organization(last)])},
            language,
        )


def _calendar(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return every year from the first to the last with its budget and final accounts, ``None`` where not received."""
    held = {(entry.fiscal_year, _FINAL if entry.phase == _FINAL else "budget"): entry for entry in entries}
    years = range(entries[0].fiscal_year, entries[-1].fiscal_year + 1)
    return [{"year": year, "budget": held.get((year, "budget")), "final": held.get((year, _FINAL))} for year in years]


def _series(lines: Sequence[Line], group: str, key: str, label: Label) -> dict[str, Any]:
    """Return one figure over the years; years without it leave a gap."""
    figures = [line.whole if group == "whole" else line.figure(group, key) for line in lines]
    amounts: list[Decimal | None] = [figure.amount if figure else None for figure in figures]
    if all(amount is None for amount in amounts):
        return {"label": label, "points": []}
    places = dots([line.entry.fiscal_year for line in lines], amounts)
    return {
        "label": label,
        "points": [
            {"at": place, "figure": figure, "when": line.when, "is_final": line.entry.phase == _FINAL}
            for place, figure, line in zip(places, figures, lines, strict=True)
        ],
    }


def _units(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the units with the disclosures that name them, in the order of the newest one."""
    units: dict[str, dict[str, Any]] = {}
    for line in reversed(lines):
        for iri, name, kind in line.summary.get("units", []):
            units.setdefault(iri, {"iri": iri, "name": name, "kind": kind, "when": []})["when"].insert(0, line.when)
    return list(units.values())
