"""Synthetic disclosures for measurements: the example with other codes, names and amounts, and one fault planted in each.

Every amount is multiplied by the same whole number, so that all sums and percentages stay what they are. Names begin
with 合成 (synthetic), so that nobody takes such a disclosure for a document that was published.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.interpret.disclosure import interpret
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document, Grid, GridRow, Paragraph, TextLine
from budgetlod.model.publisher import SourceFile
from budgetlod.model.tables import Cell, Statement
from budgetlod.rdf.iris import Iris
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.terms import Triple
from budgetlod.read.registry import read_document
from budgetlod.read.sources import find_sources
from tests.mutation.faults import Printed, amount_cells, one_cent_more, with_cell

EXAMPLE = Path(__file__).resolve().parent.parent / "data"
FACTORS = (2, 3, 4, 7)
ROUNDED = "assets"
"""The table whose parts are rounded by hand: multiplied, it would miss its total by more than rounding explains."""
_MONEY = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?=\s*(?:万元|万(?!元)|元)(?!\s*(?:以上|[（(]含|平)))")
_PROJECT = re.compile(r"(?<=P)\d{4}(?=\d{4,})")
_PLACE = 3
"""So many characters of the name of the place are replaced: names are broken at the ends of lines, not in the first."""


class Synthetic(NamedTuple):
    """A synthetic disclosure: its graph, and the IRI of the cell with the planted fault (``""``: none)."""

    name: str
    triples: list[Triple]
    planted: str


class Generator:
    """Makes synthetic disclosures from one that was read; the same numbers give the same disclosures."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._document = read_document(source.path)
        self._read = interpret(self._document, load_lexicon(), source.notes)
        self._fixed = frozenset(
            cell.printed for s in self._read.content.statements if s.type == ROUNDED for cell in s.cells
        )

    @classmethod
    def of_example(cls) -> Generator:
        """Return the generator that starts from the example."""
        return cls(find_sources([EXAMPLE])[0])

    def document(self, number: int) -> Document:
        """Return the document of the synthetic disclosure ``number`` (1 to 999), without a fault."""
        factor = FACTORS[number % len(FACTORS)]
        return _rewritten(self._multiplied(factor), self._renaming(number, factor))

    def disclosure(self, number: int, *, fault: bool = True) -> Synthetic:
        """Return a synthetic disclosure, with 0.01 more in one cell of a budget table."""
        document, planted = self.document(number), ""
        read = self._interpreted(document)
        if fault:
            chosen = random.Random(number).choice(amount_cells(read))  # noqa: S311 - which cell, no secret
            planted = chosen.iri
            document = one_cent_more(document, [chosen])
            read = self._interpreted(document)
        return Synthetic(read.identity.name, to_triples(read, load_lexicon()), planted)

    def disclosures(self, count: int) -> Iterator[Synthetic]:
        """Yield so many, each with a fault."""
        yield from (self.disclosure(number) for number in range(1, count + 1))

    def _interpreted(self, document: Document) -> Disclosure:
        return interpret(document, load_lexicon(), self._source.notes)

    def _multiplied(self, factor: int) -> Document:
        """Return the document with every cell that is an amount multiplied."""
        document, iris = self._document, Iris(self._read.identity)
        for statement in self._read.content.statements:
            for cell in statement.cells if statement.type != ROUNDED else ():
                value = parse_number(cell.printed) if cell.amount is not None else None
                if value is not None:
                    where = Printed(statement, cell, iris.cell(statement, cell.row, cell.column))
                    document = _printing(document, where, _times(value, factor))
        return document

    def _renaming(self, number: int, factor: int) -> Callable[[str], str]:
        """Return what rewrites a text: name and code of the department, codes of projects, amounts in words."""
        who = self._read.identity
        place = who.name[:_PLACE]
        synthetic = "合成" + chr(0x4E00 + 29 * number)
        code = re.compile(rf"(?<![\d.]){re.escape(who.code)}(?![\d.])")

        def rewrite(text: str) -> str:
            text = code.sub(f"{number:03}", text.replace(place, synthetic))
            text = _PROJECT.sub(f"{number:04}", text)
            return _MONEY.sub(multiplied, text)

        def multiplied(match: re.Match[str]) -> str:
            return match[1] if match[1] in self._fixed else _times(Decimal(match[1]), factor)

        return rewrite


def _times(value: Decimal, factor: int) -> str:
    return str(value * factor)


def _printing(document: Document, printed: Printed, text: str) -> Document:
    """Return the document with another number in a cell, on the rows that the cell is printed on."""
    statement: Statement = printed.statement
    cell: Cell = printed.cell
    has_ordinal = any(column.number == 0 for column in statement.columns)
    places = dict.fromkeys(cell.places, "") | {cell.places[0]: text}
    return with_cell(document, places, cell.column - 1 + has_ordinal)


def _rewritten(document: Document, rewrite: Callable[[str], str]) -> Document:
    """Return the document with every text rewritten."""

    def block(old: Paragraph | Grid) -> Paragraph | Grid:
        if isinstance(old, Grid):
            return Grid(tuple(GridRow(tuple(map(rewrite, row.cells)), row.place) for row in old.rows))
        return Paragraph(tuple(TextLine(rewrite(line.text), line.place) for line in old.lines))

    return document._replace(blocks=tuple(map(block, document.blocks)))
