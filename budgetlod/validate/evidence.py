"""The evidence of a result: which cells and sentences it is about, and where a reader finds them.

Laws speak about figures, readers about printed places. From the node a result complains of, and from its value, this
walks to every cell, text cell and mention that states one of the figures or things involved; to the row a thing is
printed in; or to the thing itself if it says where it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph

from budgetlod.rdf.names import BLOD, CODE, ORG, SKOS
from budgetlod.validate.codes import notation
from budgetlod.validate.facts import Facts, decimal, plain_iri
from budgetlod.validate.places import LABEL, PRIMARY_SOURCE, Places, in_order, natural
from budgetlod.validate.report import Place
from budgetlod.validate.triples import Triples

_EVIDENCE = frozenset(("Cell", "TextCell", "Mention", "Remark", "TextPassage"))
_PRINTED = frozenset(("Row", "Statement", "Section", "Column"))
_ABSTRACT = frozenset(("Breakdown", "Balance", "Change"))
# From a relation, a change or a row with a blank to the figures it is about.
_FIGURES = tuple(
    BLOD + name
    for name in (
        "whole",
        "moneyIn",
        "moneyOut",
        "changeTo",
        "changeFrom",
        "leavesBlank",
        "leavesBlankOver",
        "leavesBlankUnder",
    )
)
_CORRESPONDS = ("correspondsTo", "chargedTo", "paidFrom")
_NUMBERS = ("statedAmount", "statedNumber")
# A thing that is said in more places than this is not about any of them.
_MANY = 60


class EvidenceFinder:
    """Finds the places of results in one graph."""

    def __init__(self, source: pyoxigraph.Store | Triples) -> None:
        self.facts = Facts(source)
        self._places = Places(self.facts)

    def places(self, focus: str, value: str = "", numbers: Iterable[str] = ()) -> tuple[Place, ...]:
        """Return the places that a result is about, in document order.

        ``focus`` and ``value`` are N-Triples terms. ``numbers`` are the values of the result's bindings: of a thing
        with many cells those are shown that print one of them.
        """
        node, other = plain_iri(focus), plain_iri(value)
        if not node:
            return ()
        wanted = {number for text in numbers if (number := decimal(text)) is not None}
        found = set(self._evidence(node, wanted))
        if other and other != node:
            found.update(self._of_value(node, other, wanted))
        return self.ordered(found)

    def ordered(self, nodes: Iterable[str]) -> tuple[Place, ...]:
        """Return the places of printed nodes in document order: by position if all have one, else by name."""
        places = [self._places.place(node) for node in nodes]
        if all(place.page or place.line for place in places):
            return tuple(sorted(places, key=in_order))
        return tuple(sorted(places, key=lambda place: natural(place.iri)))

    def place(self, node: str) -> Place:
        """Return the place that a node is."""
        return self._places.place(node)

    def stating(self, figure: str) -> list[str]:
        """Return what states a figure; of a thing that has an amount only what states that, not its name or number."""
        found = self.facts.subjects("states", figure)
        if self.facts.all(figure, "amount"):
            return [evidence for evidence in found if self.facts.all(evidence, "statedAmount")]
        return found

    # --- from a node to its evidence ----------------------------------------------------------------------------------------

    def _evidence(self, node: str, wanted: set[Decimal]) -> Iterator[str]:
        """Yield the evidence of a focus node."""
        kinds = self.facts.kinds(node)
        if kinds & _EVIDENCE:
            yield node
            return
        if kinds & _PRINTED:
            yield node
        figures = {node, *self._tied(node, kinds)}
        found = {evidence for figure in figures for evidence in self.stating(figure)}
        is_thing = figures == {node} and not self.facts.all(node, "amount")
        if not kinds & _PRINTED and (is_thing or not found):
            found = self._of_thing(node, kinds, found, wanted)
        yield from found

    def _of_value(self, focus: str, value: str, wanted: set[Decimal]) -> set[str]:
        """Return the evidence of a value; a code or class as a value is a kind of thing, not a thing of the document."""
        kinds = self.facts.kinds(value)
        if value.startswith(CODE) or not self.facts.about(value):
            return set()
        # The evidence that a piece of evidence disagrees with.
        if self.facts.kinds(focus) & _EVIDENCE and not kinds & (_EVIDENCE | _PRINTED):
            return set(self.stating(value)) or set(self._evidence(value, wanted))
        return set(self._evidence(value, wanted))

    def _tied(self, node: str, kinds: set[str]) -> Iterator[str]:
        """Yield the figures that a relation, a change, a row or a correspondence ties together."""
        said = self.facts.about(node)
        for link in _FIGURES:
            yield from said.get(link, ())
        if "Breakdown" in kinds:
            yield from self.facts.subjects("inBreakdown", node)
        if self.facts.all(node, "amount"):
            for link in _CORRESPONDS:
                yield from self.facts.subjects(link, node)

    # --- things that are no figures -----------------------------------------------------------------------------------------

    def _of_thing(self, node: str, kinds: set[str], stated: set[str], wanted: set[Decimal]) -> set[str]:
        """Return the places of a project, indicator, goal, line, code, organisation or disclosure."""
        if "Disclosure" in kinds:
            return {e for e in stated if self._states(e, wanted)} or {node}
        if node.startswith(CODE):
            return set(self._printing(node))
        if not stated and any(kind.startswith(ORG) for kind in kinds):
            stated = set(self._naming(node))
        rows = {row for evidence in stated if (row := self.facts.one(evidence, "inRow"))} or self._same_place(node)
        form = set(self.facts.all(node, "inStatement")) if "Project" in kinds else set()
        found = set(stated) if len(stated) <= _MANY else set()
        if wanted:
            cells = {c for row in rows for c in self.facts.subjects("inRow", row)}
            cells |= {c for statement in form for c in self.facts.subjects("inStatement", statement)}
            found |= {cell for cell in cells if self._states(cell, wanted)}
        return found or rows or form or self._itself(node, kinds)

    def _states(self, evidence: str, wanted: set[Decimal]) -> bool:
        return any(self.facts.number(evidence, name) in wanted for name in _NUMBERS)

    def _printing(self, code: str) -> Iterator[str]:
        """Yield the rows that print a code."""
        digits = notation(code)
        rows = self.facts.printing(SKOS + "notation", digits) if digits.isdigit() else []
        yield from (row for row in rows if "Row" in self.facts.kinds(row))

    def _naming(self, body: str) -> Iterator[str]:
        """Yield the cells that print the name of an organisation: those of the table of institutions, else the first."""
        cells = [c for name in self.facts.all(body, LABEL) for c in self.facts.printing("printed", name)]
        listed = [c for c in cells if self._places.place(c).statement_type == "institutions"]
        yield from listed or sorted(cells, key=natural)[:1]

    def _same_place(self, node: str) -> set[str]:
        """Return the one row that is printed where a thing is; where several are, as on a page, none."""
        sources = self.facts.all(node, PRIMARY_SOURCE)
        rows = {
            row
            for source in sources
            for row in self.facts.subjects(PRIMARY_SOURCE, source)
            if "Row" in self.facts.kinds(row)
        }
        return rows if len(rows) == 1 else set()

    def _itself(self, node: str, kinds: set[str]) -> set[str]:
        """Return a thing as a place of its own; a figure or relation that nothing states is nowhere."""
        return {node} if kinds and not kinds & _ABSTRACT and not self.facts.all(node, "amount") else set()
