"""One printed amount changed by 0.01, each of them in turn: a violation names that very cell.

The fault is put into the document as read, before anything is understood, so reading, mapping and the laws are all
in the loop. The graph of the example is patched with the difference instead of being built again.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
import rdflib

from budgetlod.core.numbers import parse_number
from budgetlod.interpret.disclosure import interpret
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.cube import Point
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document, Grid, GridRow, Place
from budgetlod.model.publisher import SourceFile
from budgetlod.model.tables import Cell, Statement
from budgetlod.rdf.iris import Iris
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.rdflib_graph import to_rdflib
from budgetlod.rdf.terms import Triple
from budgetlod.validate import validate

CENT = Decimal("0.01")
CHUNKS = 24

BUDGET_STATEMENTS = (
    "balance",
    "income",
    "expenditure",
    "fiscal-balance",
    "general-public-expenditure",
    "basic-expenditure",
    "government-fund-expenditure",
    "state-capital-expenditure",
    "three-public",
)


def amount_cells(disclosure: Disclosure) -> list[tuple[Statement, Cell]]:
    """The amount cells of the nine budget statements."""
    return [
        (statement, cell)
        for statement in disclosure.content.statements
        if statement.type in BUDGET_STATEMENTS
        for cell in statement.cells
        if cell.amount is not None and isinstance(cell.states, Point)
    ]


def with_cell(document: Document, places: dict[Place, str], column: int) -> Document:
    """The document with the cell in one physical column replaced, on each of the rows it is printed on."""

    def row(old: GridRow) -> GridRow:
        if old.place not in places:
            return old
        cells = list(old.cells)
        cells[column] = places[old.place]
        return GridRow(tuple(cells), old.place)

    blocks = tuple(Grid(tuple(row(r) for r in b.rows)) if isinstance(b, Grid) else b for b in document.blocks)
    return document._replace(blocks=blocks)


def one_cent_more(document: Document, statement: Statement, cell: Cell) -> Document:
    value = parse_number(cell.printed)
    assert value is not None
    printed = dict.fromkeys(cell.places, "") | {cell.places[0]: str(value + CENT)}
    has_ordinal = any(column.number == 0 for column in statement.columns)
    return with_cell(document, printed, cell.column - 1 + has_ordinal)


class Patched:
    """The example's graph, patched to the graph of a changed document and back."""

    def __init__(self, triples: list[Triple]) -> None:
        self.triples = set(triples)
        self.graph = to_rdflib(triples)

    def patch(self, triples: list[Triple]) -> rdflib.Graph:
        new = set(triples)
        for triple in to_rdflib(self.triples - new):
            self.graph.remove(triple)
        for triple in to_rdflib(new - self.triples):
            self.graph.add(triple)
        self.triples = new
        return self.graph


@pytest.fixture(scope="module")
def patched(example_triples: list[Triple]) -> Patched:
    return Patched(example_triples)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_cent_more_in_a_cell_is_a_violation_that_names_the_cell(
    chunk: int, example: Disclosure, example_source: SourceFile, example_document: Document, patched: Patched
) -> None:
    cells = amount_cells(example)
    assert len(cells) == 239
    iris = Iris(example.identity)
    missed = []
    for statement, cell in cells[chunk::CHUNKS]:
        document = one_cent_more(example_document, statement, cell)
        changed = interpret(document, load_lexicon(), example_source.notes)
        report = validate(patched.patch(to_triples(changed, load_lexicon())), profile="laws")
        wanted = iris.cell(statement, cell.row, cell.column).strip("<>")
        if not any(wanted in {place.iri for place in result.evidence} for result in report.violations):
            missed.append((statement.key, cell.row, cell.column, cell.printed))
    assert missed == []
