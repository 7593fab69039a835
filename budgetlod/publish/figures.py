"""The figures of a graph, each with its coordinates as terms and as codes: what all tables of figures are made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple
from urllib.parse import unquote

from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.names import BLOD, CODE, DCTERMS, QB, RDFS, SKOS

DIMENSIONS = (
    "organization",
    "fiscalYear",
    "phase",
    "flow",
    "vintage",
    "source",
    "function",
    "economic",
    "governmentEconomic",
    "nature",
    "item",
    "project",
)
CODED = tuple(name for name in DIMENSIONS if name != "fiscalYear")
"""The dimensions whose values are resources with labels."""
_ORGANIZATION = re.compile(r"/organization/(.+)$")


class Figure(NamedTuple):
    """One figure: its IRI, the values of :data:`DIMENSIONS` (IRIs; the year as text) and their codes, amount, precision."""

    iri: str
    values: tuple[str, ...]
    codes: tuple[str, ...]
    amount: str
    precision: str


class Code(NamedTuple):
    """A code, organization or project in use: its dimension, IRI, short form and labels."""

    dimension: str
    iri: str
    notation: str
    label_zh: str
    label_en: str


def figures(graph: Lookup) -> list[Figure]:
    """Return the figures in the natural order of their IRIs; numbers keep the digits of the graph."""
    short = cache(partial(notation, graph))
    return [_figure(graph, iri, short) for iri in graph.subjects(QB + "Observation")]


def codes(graph: Lookup, found: Sequence[Figure]) -> list[Code]:
    """Return every value of the coded dimensions that ``found`` uses, by dimension and then by code."""
    used = {
        (place, figure.values[place], figure.codes[place])
        for figure in found
        for place, name in enumerate(DIMENSIONS)
        if name in CODED and figure.values[place]
    }
    return [
        Code(DIMENSIONS[place], iri, code, label(graph, iri, "zh"), label(graph, iri, "en"))
        for place, iri, code in sorted(used)
    ]


def label(graph: Lookup, iri: str, language: str) -> str:
    """Return the label in ``language``, or ``""``: the preferred one of a code, the name of anything else."""
    for predicate in (SKOS + "prefLabel", RDFS + "label"):
        for term in graph.terms(iri, predicate):
            if term.endswith("@" + language):
                return graph.read(term)
    return ""


def notation(graph: Lookup, iri: str) -> str:
    """Return the short code of a coordinate: a code's notation, an organization's slug, a project's identifier."""
    if not iri.startswith(CODE):
        organization = _ORGANIZATION.search(iri)
        if organization and "/project/" not in iri:
            return unquote(organization[1])
        known = graph.text(iri, SKOS + "notation") or graph.text(iri, DCTERMS + "identifier")
        if known:
            return known
    return unquote(iri.rsplit("/", 1)[-1])


def _figure(graph: Lookup, iri: str, short: Callable[[str], str]) -> Figure:
    values = tuple(graph.text(iri, BLOD + dimension) for dimension in DIMENSIONS)
    return Figure(
        iri,
        values,
        tuple(short(value) if "://" in value else value for value in values),
        graph.text(iri, BLOD + "amount"),
        graph.text(iri, BLOD + "precision"),
    )
