"""Faults put into the example as it was read, before anything is understood: reading, mapping and laws are in the loop."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from budgetlod import pipeline
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
from budgetlod.validate.report import Report

CENT = Decimal("0.01")

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


class Printed(NamedTuple):
    """An amount cell of a disclosure, with its statement and its IRI."""

    statement: Statement
    cell: Cell
    iri: str


def amount_cells(disclosure: Disclosure) -> list[Printed]:
    """The amount cells of the nine budget statements."""
    iris = Iris(disclosure.identity)
    return [
        Printed(statement, cell, iris.cell(statement, cell.row, cell.column).strip("<>"))
        for statement in disclosure.content.statements
        if statement.type in BUDGET_STATEMENTS
        for cell in statement.cells
        if cell.amount is not None and isinstance(cell.states, Point)
    ]


def printing(document: Document, printed: Printed, text: str) -> Document:
    """The document with another text in a cell, on each of the rows the cell is printed on."""
    places = dict.fromkeys(printed.cell.places, "") | {printed.cell.places[0]: text}
    has_ordinal = any(column.number == 0 for column in printed.statement.columns)
    return with_cell(document, places, printed.cell.column - 1 + has_ordinal)


def with_cell(document: Document, places: dict[Place, str], column: int) -> Document:
    """The document with the cell in one physical column replaced on the rows given."""

    def row(old: GridRow) -> GridRow:
        if old.place not in places:
            return old
        cells = list(old.cells)
        cells[column] = places[old.place]
        return GridRow(tuple(cells), old.place)

    blocks = tuple(Grid(tuple(row(r) for r in b.rows)) if isinstance(b, Grid) else b for b in document.blocks)
    return document._replace(blocks=blocks)


def one_cent_more(document: Document, cells: Iterable[Printed]) -> Document:
    """The document with 0.01 more in each of some cells."""
    for printed in cells:
        value = parse_number(printed.cell.printed)
        assert value is not None
        document = printing(document, printed, str(value + CENT))
    return document


def checked(document: Document, source: SourceFile) -> Report:
    """What the laws say of a document."""
    return pipeline.check(to_triples(interpret(document, load_lexicon(), source.notes), load_lexicon()), "laws")
