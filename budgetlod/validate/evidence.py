"""The evidence of a result: which cells and sentences it is about, and where a reader finds them.

Laws speak about figures, readers about printed places. From the node a law complains of this walks to every cell,
text cell and mention that states one of the figures involved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import Graph, URIRef
from rdflib.namespace import PROV, RDF, RDFS
from rdflib.term import Node

from budgetlod.core.text import squeeze
from budgetlod.rdf.names import BLOD
from budgetlod.validate.report import Place


def _blod(*names: str) -> tuple[URIRef, ...]:
    return tuple(URIRef(BLOD + name) for name in names)


_STATES, _IN_BREAKDOWN, _ROW = _blod("states", "inBreakdown", "Row")
_EVIDENCE = frozenset(_blod("Cell", "TextCell", "Mention"))
# From a relation, a change or a row with a blank to the figures it is about.
_FIGURES = _blod(
    "whole", "moneyIn", "moneyOut", "changeTo", "changeFrom", "leavesBlank", "leavesBlankOver", "leavesBlankUnder"
)
_CORRESPONDS = _blod("correspondsTo", "chargedTo")
_AMOUNT, _STATED_AMOUNT = _blod("amount", "statedAmount")
_ORDER, _LABEL, _PRINTED = _blod("order", "label", "printed")
_IN_STATEMENT, _IN_ROW, _IN_COLUMN, _IN_SECTION = _blod("inStatement", "inRow", "inColumn", "inSection")
_LINE = re.compile(r"line=(\d+)(?:,(\d+))?")
_PAGE = re.compile(r"page=(\d+)")
_DIGITS = re.compile(r"(\d+)")


class EvidenceFinder:
    """Finds the places of results in one graph; the text of a place is formed once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._texts: dict[Node, Place] = {}

    def places(self, focus: str, value: str) -> tuple[Place, ...]:
        """Return the places that a result with this focus and value (N-Triples terms) is about, in document order."""
        node, other = _node(focus), _node(value)
        if node is None:
            return ()
        found = self._evidence(node, other)
        return tuple(self._place(place) for place in sorted(found, key=_natural))

    def _evidence(self, focus: URIRef, value: URIRef | None) -> set[URIRef]:
        """Return the IRIs of the evidence of a focus node."""
        kinds = set(self._graph.objects(focus, RDF.type))
        own = {focus} if kinds & _EVIDENCE or _ROW in kinds else set[URIRef]()
        figures = set[Node]() if kinds & _EVIDENCE else set(self._figures(focus))
        if value is not None:
            figures.add(value)
        return own.union(*(self._statements(figure) for figure in figures))

    def _statements(self, figure: Node) -> set[URIRef]:
        """Return what states a figure; of a thing that has an amount only what states that, not its name or number."""
        found = {e for e in self._graph.subjects(_STATES, figure) if isinstance(e, URIRef)}
        if (figure, _AMOUNT, None) in self._graph:
            found = {e for e in found if (e, _STATED_AMOUNT, None) in self._graph}
        return found

    def _figures(self, focus: URIRef) -> Iterator[Node]:
        """Yield the figures that a node is about: itself, and those its relation ties together."""
        yield focus
        for link in _FIGURES:
            yield from self._graph.objects(focus, link)
        yield from self._graph.subjects(_IN_BREAKDOWN, focus)
        for link in _CORRESPONDS:
            yield from self._graph.subjects(link, focus)

    def _place(self, node: URIRef) -> Place:
        """Return the place of a cell, mention or row, in words."""
        if node not in self._texts:
            parts = [part for part in self._parts(node) if part]
            self._texts[node] = Place(str(node), "，".join(zh for zh, _ in parts), ", ".join(en for _, en in parts))
        return self._texts[node]

    def _parts(self, node: URIRef) -> Iterator[tuple[str, str] | None]:
        """Yield what is known of a place in both languages: statement, row, column, printed text, position."""
        yield self._titled(self._graph.value(node, _IN_STATEMENT), RDFS.label, "《{}》", 'table "{}"')
        yield self._titled(self._graph.value(node, _IN_SECTION), RDFS.label, "“{}”一节", 'section "{}"')
        is_row = (node, RDF.type, _ROW) in self._graph
        yield self._row(node if is_row else self._graph.value(node, _IN_ROW), node)
        yield self._titled(self._graph.value(node, _IN_COLUMN), _LABEL, "“{}”列", 'column "{}"')
        yield self._titled(node, _PRINTED, "印作“{}”", 'printed "{}"')
        yield _position(str(source) for source in self._graph.objects(node, PROV.hadPrimarySource))

    def _titled(self, node: Node | None, name: URIRef, zh: str, en: str) -> tuple[str, str] | None:
        """Return a phrase with the first text of a property of ``node``, or ``None``."""
        texts = sorted(str(text) for text in self._graph.objects(node, name)) if node is not None else []
        return (zh.format(texts[0]), en.format(texts[0])) if texts else None

    def _row(self, row: Node | None, node: Node) -> tuple[str, str] | None:
        """Return the number of a row and the label that is meant by ``node``, a cell of the row or the row itself."""
        if row is None:
            return None
        order = self._graph.value(row, _ORDER)
        number = (f"第{order}行", f"row {order}") if order is not None else ("行", "row")
        label = self._label(row, node)
        return (f"{number[0]}“{label}”", f'{number[1]} "{label}"') if label else number

    def _label(self, row: Node, node: Node) -> str:
        """Return the label of a row; of two items side by side the one printed nearest to the left of the cell."""
        labels = {squeeze(str(label)): str(label) for label in sorted(self._graph.objects(row, _LABEL), key=str)}
        if len(labels) > 1 and (here := self._column(node)) is not None:
            cells = (
                (self._column(c), squeeze(str(self._graph.value(c, _PRINTED))))
                for c in self._graph.subjects(_IN_ROW, row)
            )
            left = [(column, text) for column, text in cells if column is not None and column < here and text in labels]
            return labels[max(left)[1]] if left else " / ".join(labels.values())
        return " / ".join(labels.values())

    def _column(self, cell: Node) -> int | None:
        """Return the number of a cell's column."""
        column = self._graph.value(cell, _IN_COLUMN)
        order = None if column is None else self._graph.value(column, _ORDER)
        return None if order is None else int(str(order))


def _position(sources: Iterable[str]) -> tuple[str, str] | None:
    """Return the pages (RFC 8118) and lines (RFC 5147) that fragments name, or ``None``.

    RFC 5147 counts the positions between lines from 0: ``line=209,210`` is the line that editors number 210.
    """
    fragments = sorted({source.partition("#")[2] for source in sources if "#" in source}, key=_natural)
    zh, en = [], []
    for fragment in fragments:
        if page := _PAGE.search(fragment):
            zh.append(f"第{page[1]}页")
            en.append(f"page {page[1]}")
        if line := _LINE.search(fragment):
            first, last = int(line[1]) + 1, int(line[2] or line[1])
            zh.append(f"原文第{first}行" if last <= first else f"原文第{first}至{last}行")
            en.append(f"source line {first}" if last <= first else f"source lines {first} to {last}")
    return ("、".join(zh), " and ".join(en)) if zh else None


def _node(term: str) -> URIRef | None:
    """Return the IRI of an N-Triples term, or ``None`` for anything else."""
    return URIRef(term[1:-1]) if term.startswith("<") and term.endswith(">") else None


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort key by which row 9 comes before row 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text)]
