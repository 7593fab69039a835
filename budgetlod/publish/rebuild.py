"""Printed tables rebuilt from the published graph alone: the proof that nothing was lost.

A table is the labels of its columns, and for each of its rows the printed text of every cell in its column. A
position without evidence was blank in the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from budgetlod.rdf.names import BLOD, RDF, RDFS

_TYPE = NamedNode(RDF + "type")
_EVIDENCE = (NamedNode(BLOD + "Cell"), NamedNode(BLOD + "TextCell"))


@dataclass(frozen=True, slots=True)
class Table:
    """A rebuilt table: the statement's IRI, type code and printed title, column labels, rows of printed texts."""

    statement: str
    type: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def rebuild(store: Store, statement_iri: str) -> Table:
    """Return the printed table of a statement; raises ``LookupError`` when the store holds no such statement."""
    statement = NamedNode(statement_iri)
    if statement not in set(_subjects(store, NamedNode(RDF + "type"), NamedNode(BLOD + "Statement"))):
        raise LookupError(f"no statement {statement_iri}")
    columns = _ordered(store, statement, "Column")
    rows = _ordered(store, statement, "Row")
    printed = _printed(store, statement)
    return Table(
        statement_iri,
        _text(store, statement, BLOD + "statementType").rpartition("/")[2],
        _text(store, statement, RDFS + "label"),
        tuple(_text(store, column, BLOD + "label") for column in columns),
        tuple(tuple(" ".join(printed.get((row, column), ())) for column in columns) for row in rows),
    )


def statements(store: Store, disclosure_iri: str = "") -> list[str]:
    """Return the IRIs of the statements, of one disclosure or of all, in the order of the documents."""
    found = list(_subjects(store, _TYPE, NamedNode(BLOD + "Statement")))
    chosen = [node for node in found if node.value.startswith(disclosure_iri + "/") or not disclosure_iri]
    ordered = sorted(chosen, key=lambda node: (node.value.partition("/statement/")[0], _order(store, node), node.value))
    return [node.value for node in ordered]


def disclosures(store: Store) -> list[str]:
    """Return the IRIs of the disclosures, sorted."""
    return sorted(node.value for node in _subjects(store, _TYPE, NamedNode(BLOD + "Disclosure")))


def _printed(store: Store, statement: NamedNode) -> dict[tuple[NamedNode, NamedNode], list[str]]:
    """Printed texts by row and column. Two pieces of evidence in one position are both kept, sorted."""
    texts: dict[tuple[NamedNode, NamedNode], list[str]] = {}
    for evidence in _subjects(store, NamedNode(BLOD + "inStatement"), statement):
        if not any(_holds(store, evidence, kind) for kind in _EVIDENCE):
            continue
        row, column = _node(store, evidence, BLOD + "inRow"), _node(store, evidence, BLOD + "inColumn")
        if row is not None and column is not None:
            texts.setdefault((row, column), []).append(_text(store, evidence, BLOD + "printed"))
    return {place: sorted(found) for place, found in texts.items()}


def _ordered(store: Store, statement: NamedNode, kind: str) -> list[NamedNode]:
    parts = _subjects(store, NamedNode(BLOD + "inStatement"), statement)
    wanted = NamedNode(BLOD + kind)
    found = {part for part in parts if _holds(store, part, wanted)}
    return sorted(found, key=lambda part: (_order(store, part), part.value))


def _subjects(store: Store, predicate: NamedNode, value: NamedNode) -> Iterator[NamedNode]:
    for quad in store.quads_for_pattern(None, predicate, value, None):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def _holds(store: Store, subject: NamedNode, kind: NamedNode) -> bool:
    return next(iter(store.quads_for_pattern(subject, _TYPE, kind, None)), None) is not None


def _node(store: Store, subject: NamedNode, predicate: str) -> NamedNode | None:
    quads = store.quads_for_pattern(subject, NamedNode(predicate), None, None)
    return next((quad.object for quad in quads if isinstance(quad.object, NamedNode)), None)


def _text(store: Store, subject: NamedNode, predicate: str) -> str:
    quads = store.quads_for_pattern(subject, NamedNode(predicate), None, None)
    return min((quad.object.value for quad in quads if isinstance(quad.object, Literal | NamedNode)), default="")


def _order(store: Store, subject: NamedNode) -> int:
    return int(_text(store, subject, BLOD + "order") or "0")
