"""Figures and changes made by hand, as graphs."""

from __future__ import annotations

from budgetlod.publish.site.figures import CODED, SCHEMES
from budgetlod.rdf.names import BLOD, CODE, QB, RDF
from budgetlod.rdf.terms import Triple, iri, typed

DATASET = "https://e.org/dataset/a/2024-budget"


def thing(name: str, kind: str, amount: str, more: list[tuple[str, str]], **codes: str) -> list[Triple]:
    """Return a figure or change of one department and year."""
    this = iri(f"{DATASET}{name}")
    places = [(coded, iri(f"{CODE}{SCHEMES.get(coded, coded)}/{codes.get(coded, '_T')}")) for coded in CODED]
    facts = [
        ("organization", iri("https://e.org/o")), ("fiscalYear", typed("2024", "gYear")), ("phase", iri(CODE + "phase/budget")),
        ("amount", typed(amount, "decimal")), *places, *more,
    ]  # fmt: skip
    return [(this, iri(RDF + "type"), iri(kind)), *((this, iri(BLOD + name), value) for name, value in facts)]


def figure(name: str, amount: str, **codes: str) -> list[Triple]:
    """Return a figure, printed to the yuan's hundred."""
    return thing(f"/figure/{name}", QB + "Observation", amount, [("precision", typed("100", "decimal"))], **codes)
