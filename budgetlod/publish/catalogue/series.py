"""The disclosures of one department as a dataset series, in the order of their years and phases.

DCAT 3, section 12 (https://www.w3.org/TR/vocab-dcat-3/#dataset-series).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from budgetlod.publish.catalogue.agents import latest_contact, period
from budgetlod.publish.catalogue.facts import date, facts, links, part, texts
from budgetlod.publish.catalogue.register import term, words
from budgetlod.publish.entry import Entry
from budgetlod.rdf.names import DCAT, DCTERMS, RDF
from budgetlod.rdf.terms import Triple, iri


def series_iri(organization: str) -> str:
    """Return the IRI of the series of a department (an IRI)."""
    return part(organization, "series")


def by_organization(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the disclosures of each department (an IRI), in the order of the series."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.organization].append(entry)
    return {organization: sorted(found[organization], key=_place) for organization in sorted(found)}


def series(organization: str, members: Sequence[Entry]) -> Iterator[Triple]:
    """Yield the series of a department with its disclosures, which are in order and at least one."""
    this, latest = series_iri(organization), members[-1]
    yield from facts(
        this,
        (RDF + "type", [iri(DCAT + "DatasetSeries")]),
        *((predicate, values) for predicate, values in _texts(latest)),
        (DCTERMS + "publisher", [iri(latest.publisher.iri)]),
        (DCTERMS + "accrualPeriodicity", [iri(term("frequency"))]),
        (DCTERMS + "issued", date(first_issued(members))),
        (DCTERMS + "modified", date(last_modified(members))),
        (DCTERMS + "temporal", [iri(part(this, "period"))]),
        (DCTERMS + "spatial", sorted({iri(entry.area) for entry in members if entry.area})),
        (DCAT + "contactPoint", links(latest_contact(members))),
        (DCAT + "first", [iri(members[0].iri)]),
        (DCAT + "last", [iri(latest.iri)]),
    )
    yield from period(part(this, "period"), members[0].fiscal_year, latest.fiscal_year)
    for entry in members:
        yield from facts(entry.iri, (DCAT + "inSeries", [iri(this)]))
    for earlier, later in pairwise(members):
        yield from facts(later.iri, (DCAT + "prev", [iri(earlier.iri)]))
        yield from facts(earlier.iri, (DCAT + "next", [iri(later.iri)]))


def first_issued(entries: Iterable[Entry]) -> str:
    """Return the earliest date of issue, ``""`` when none is known."""
    return min(filter(None, (entry.issued for entry in entries)), default="")


def last_modified(entries: Iterable[Entry]) -> str:
    """Return the latest date of change, or of issue where there was none since; ``""`` when none is known."""
    return max((entry.modified or entry.issued for entry in entries), default="")


def _texts(latest: Entry) -> Iterator[tuple[str, list[str]]]:
    """The name is that of the latest disclosure: departments are renamed."""
    patterns, zh = words()["series"], latest.publisher.name_zh
    en = latest.publisher.name_en or zh
    for predicate in ("title", "description"):
        in_zh, in_en = patterns[f"{predicate}_zh"], patterns[f"{predicate}_en"]
        yield DCTERMS + predicate, texts(in_zh.format(name=zh), in_en.format(name=en))


def _place(entry: Entry) -> tuple[int, int, int, str]:
    order = words()["phases"]["order"]
    phase = order.index(entry.phase) if entry.phase in order else len(order)
    return entry.fiscal_year, phase, entry.version, entry.iri
