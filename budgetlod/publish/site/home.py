"""The first page of a publication: strips of the only disclosure, a list by area, or areas with a page each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from budgetlod.publish.addresses import PAGE_NAMES
from budgetlod.publish.site import schema_org
from budgetlod.publish.site.head import HOME, feed_of, head
from budgetlod.publish.site.overview_lines import Area, areas, summary_of
from budgetlod.publish.site.rendering import WORDS, Relation, render
from budgetlod.publish.site.strips import from_plain
from budgetlod.publish.stages import Overview, Page

LONGEST_LIST = 40
"""From more disclosures than these the first page lists areas, each with a page of its own."""


def pages(whole: Overview) -> Iterator[Page]:
    """Yield the first page in both languages and, where there are many disclosures, a page for each area."""
    found = areas(whole.entries)
    many = len(whole.entries) > LONGEST_LIST
    one = summary_of(whole.entries[0]) if len(whole.entries) == 1 else {}
    values: dict[str, Any] = {
        "settings": whole.settings,
        "base": whole.settings.base,
        "entries": whole.entries,
        "areas": found,
        "many": many,
        "strips": from_plain(one.get("strips", [])),
        "said": one,
        "years": _years(whole),
        "relations": [
            Relation("alternate", f"catalog.{ending}", kind)
            for ending, kind in (
                ("ttl", "text/turtle"),
                ("jsonld", "application/ld+json"),
                ("rdf", "application/rdf+xml"),
            )
        ],
    }
    things = schema_org.catalogue(whole.entries, whole.settings)
    for language, name in PAGE_NAMES.items():
        frame = head(name, [], whole.settings, things)
        typed = [*values["relations"], feed_of("", name, language)]
        yield render("home.html", name, {**values, "relations": typed, **frame}, language)
    if many:
        yield from _area_pages(found, whole, values)


def _area_pages(found: Sequence[Area], whole: Overview, values: Mapping[str, Any]) -> Iterator[Page]:
    for area in found:
        for language, name in PAGE_NAMES.items():
            path = f"area/{area.label.code}/{name}"
            say = WORDS[language]
            frame = head(path, [(name, say(*HOME[:2])), ("", say(area.label.zh, area.label.en))], whole.settings)
            yield render("area.html", path, {**values, "relations": [], "area": area, **frame}, language)


def _years(whole: Overview) -> str:
    years = [entry.fiscal_year for entry in whole.entries]
    first, last = min(years, default=0), max(years, default=0)
    return f"{first}" if first == last else f"{first}–{last}"
