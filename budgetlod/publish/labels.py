"""Which label of a row a cell belongs to.

A statement with an income and an expenditure side prints two unrelated items in one row, each before its amounts.
The label of a cell is then the one printed nearest to its left.
"""

from __future__ import annotations

from functools import cached_property

from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.names import BLOD


class RowLabels:
    """Answers for the rows of one graph."""

    def __init__(self, graph: Lookup) -> None:
        self._graph = graph

    def label(self, row: str, column: str) -> str:
        """Return the label for the cell of ``row`` in ``column`` (IRIs); ``""`` when the row has none."""
        labels = self._graph.texts(row, BLOD + "label")
        if len(labels) < 2:
            return labels[0] if labels else ""
        known = {_squeezed(label): label for label in labels}
        here = self._graph.number(column, BLOD + "order")
        before = [(order, text) for order, text in self._words.get(row, []) if order <= here and text in known]
        return known[max(before)[1]] if before else labels[0]

    @cached_property
    def _words(self) -> dict[str, list[tuple[int, str]]]:
        """The words printed in each row, with the order of their columns, without any spaces."""
        words: dict[str, list[tuple[int, str]]] = {}
        for cell in self._graph.members(BLOD + "TextCell"):
            order = self._graph.number(self._graph.text(cell, BLOD + "inColumn"), BLOD + "order")
            text = _squeezed(self._graph.text(cell, BLOD + "printed"))
            words.setdefault(self._graph.text(cell, BLOD + "inRow"), []).append((order, text))
        return words


def _squeezed(text: str) -> str:
    return "".join(text.split())
