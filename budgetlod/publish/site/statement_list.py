"""The statements of a disclosure in one list, and what an absent part of it is: declared empty, or not there."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.names import Label, Names
from budgetlod.rdf.names import BLOD, RDFS


class StatementLine(NamedTuple):
    """One statement in the list: its printed title, its number of printed amounts, its note when it is empty, its type."""

    iri: str
    title: str
    amounts: int
    is_empty: bool
    note: str
    kind: Label


def statements(graph: Lookup, names: Names) -> list[StatementLine]:
    """Return the statements in the order of the document."""
    counts = Counter(graph.text(cell, BLOD + "inStatement") for cell in graph.members(BLOD + "Cell"))
    found = sorted(graph.subjects(BLOD + "Statement"), key=lambda iri: graph.number(iri, BLOD + "order"))
    return [
        StatementLine(
            iri,
            graph.text(iri, RDFS + "label"),
            counts[iri],
            graph.text(iri, BLOD + "isEmpty") in {"true", "1"},
            graph.text(iri, BLOD + "note"),
            names.of(graph.text(iri, BLOD + "statementType")),
        )
        for iri in found
    ]
