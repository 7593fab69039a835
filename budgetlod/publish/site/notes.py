"""Duties, institutions, goals, procurement and assets of a disclosure, as lists."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import chain
from typing import Any

from budgetlod.publish.lookup import Lookup, natural_order
from budgetlod.publish.site.names import Names
from budgetlod.rdf.lexical import iri_text
from budgetlod.rdf.names import BLOD, ORG, PROV, RDFS

Entry = Mapping[str, Any]


def duties(graph: Lookup) -> list[Entry]:
    """Return the duties: IRI and text."""
    return [{"iri": iri, "text": graph.text(iri, BLOD + "text")} for iri in _in_order(graph, "Duty")]


def institutions(graph: Lookup, names: Names) -> list[Entry]:
    """Return the institutions of the department: IRI, name, kind, rank and funding, each as printed."""
    found = graph.subjects(ORG + "OrganizationalUnit")
    ordered = sorted(found, key=lambda iri: (graph.number(iri, BLOD + "order"), natural_order(iri)))
    return [
        {
            "iri": iri,
            "name": names.of(iri).zh,
            "kind": graph.text(iri, BLOD + "institutionTypeText"),
            "rank": graph.text(iri, BLOD + "institutionRankText"),
            "funding": graph.text(iri, BLOD + "fundingModeText"),
        }
        for iri in ordered
    ]


def units(graph: Lookup, names: Names, department: str) -> list[tuple[str, str, str]]:
    """Return every unit of a department that the data names: IRI, name, kind; those of the table of institutions come first."""
    listed = {one["iri"]: (one["iri"], one["name"], one["kind"]) for one in institutions(graph, names)}
    start = f"<{department}#"
    named = ((subject, *chain.from_iterable(said.values())) for subject, said in graph.nodes())
    used = {term for term in chain.from_iterable(named) if term.startswith(start)}
    others = sorted({iri_text(term) for term in used} - set(listed))
    return [*listed.values(), *((iri, names.of(iri).zh.removeprefix("unit-"), "") for iri in others)]


def procurement(graph: Lookup, names: Names) -> list[Entry]:
    """Return the lines of the procurement table: goods, project, quantity, price, amounts; sums are marked."""
    return [
        {
            "iri": iri,
            "name": graph.text(iri, RDFS + "label") or names.of(graph.text(iri, BLOD + "catalogueCode")).zh,
            "is_sum": graph.text(iri, BLOD + "lineKind") not in {"", "line"},
            "project": graph.text(iri, BLOD + "procuredFor"),
            "project_name": names.of(found) if (found := graph.text(iri, BLOD + "procuredFor")) else None,
            "quantity": graph.text(iri, BLOD + "quantity"),
            "unit": graph.text(iri, BLOD + "unitText"),
            "price": _decimal(graph, iri, "unitPrice"),
            "amount": _decimal(graph, iri, "lineAmount"),
            "reserved": _decimal(graph, iri, "reservedForSmes"),
        }
        for iri in _in_order(graph, "ProcurementLine")
    ]


def assets(graph: Lookup) -> list[Entry]:
    """Return the lines about state-owned assets: name, quantity with its unit, value, date."""
    return [
        {
            "iri": iri,
            "name": graph.text(iri, RDFS + "label"),
            "quantity": graph.text(iri, BLOD + "quantity"),
            "unit": graph.text(iri, BLOD + "unitText"),
            "amount": _decimal(graph, iri, "amount"),
            "date": graph.text(iri, BLOD + "asOf"),
            "text": graph.text(iri, BLOD + "text"),
        }
        for iri in _in_order(graph, "AssetLine")
    ]


def goals(graph: Lookup, disclosure: str) -> list[Entry]:
    """Return the goals of the department itself, each with its indicators; those that measure no goal come last."""
    own = [iri for iri in _in_order(graph, "PerformanceGoal") if disclosure in graph.texts(iri, BLOD + "goalOf")]
    measures: dict[str, list[Entry]] = {}
    for iri in _in_order(graph, "PerformanceIndicator"):
        if disclosure in graph.texts(iri, BLOD + "indicatorOf"):
            measures.setdefault(graph.text(iri, BLOD + "measuresGoal"), []).append(_indicator(graph, iri))
    listed: list[Entry] = [
        {
            "iri": iri,
            "text": graph.text(iri, BLOD + "text"),
            "is_part": bool(graph.terms(iri, BLOD + "partOfGoal")),
            "indicators": measures.pop(iri, []),
        }
        for iri in own
    ]
    loose = [one for group in measures.values() for one in group]
    return [*listed, {"iri": "", "text": "", "is_part": False, "indicators": loose}] if loose else listed


def _indicator(graph: Lookup, iri: str) -> Entry:
    return {
        "iri": iri,
        "name": graph.text(iri, RDFS + "label"),
        "target": graph.text(iri, BLOD + "qualitativeTarget") or graph.text(iri, BLOD + "targetText"),
        "place": graph.text(iri, PROV + "hadPrimarySource"),
    }


def _in_order(graph: Lookup, kind: str) -> list[str]:
    found = graph.subjects(BLOD + kind)
    return sorted(found, key=lambda iri: graph.number(iri, BLOD + "order"))


def _decimal(graph: Lookup, iri: str, name: str) -> Decimal | None:
    text = graph.text(iri, BLOD + name)
    return Decimal(text) if text else None
