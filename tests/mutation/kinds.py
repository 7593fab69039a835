"""Faults of the tables of the example, of the kinds that typing and copying make, each in turn.

``python -m tests.mutation.kinds`` puts in every one of them and prints how many are caught and which are not; it takes
some minutes.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from budgetlod import pipeline
from budgetlod.interpret.disclosure import interpret
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Block, Document, Grid, Paragraph, TextLine
from budgetlod.model.publisher import SourceFile
from budgetlod.model.tables import Row, Statement
from budgetlod.rdf.iris import Iris
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.validate.report import Report, Result
from tests.mutation.faults import BUDGET_STATEMENTS, Printed, amount_cells, printing, with_cell

SEED = 2024
_CODE = re.compile(r"\d{3}|\d{5}|\d{7}")
_SWAPPABLE = re.compile(r"(?=(\d)(?!\1)(\d))")


class Fault(NamedTuple):
    """A fault of a kind; ``name`` tells it from the others of its kind. Found is what names one of ``places``, or any
    place in the table if ``anywhere``.
    """

    kind: str
    name: str
    statement: str
    places: frozenset[str]
    anywhere: bool
    document: Callable[[], Document]


def faults(document: Document, disclosure: Disclosure) -> Iterator[Fault]:
    """Yield all faults; what is changed about a cell is drawn with a fixed seed."""
    draw = random.Random(SEED)
    cells = amount_cells(disclosure)
    by_row: dict[tuple[str, int], list[Printed]] = {}
    for cell in cells:
        by_row.setdefault((cell.statement.key, cell.cell.row), []).append(cell)
    yield from _swapped(document, cells, draw)
    yield from _blanked(document, cells, disclosure)
    for statement in disclosure.content.statements:
        if statement.type in BUDGET_STATEMENTS:
            rows = [(row, by_row.get((statement.key, row.number), [])) for row in statement.rows]
            yield from _rows(document, disclosure, statement, rows, draw)
    yield from _units(document, disclosure)


def _swapped(document: Document, cells: list[Printed], draw: random.Random) -> Iterator[Fault]:
    for printed in cells:
        text = printed.cell.printed
        pairs = [match.start() for match in _SWAPPABLE.finditer(text)]
        if pairs:
            at = draw.choice(pairs)
            other = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            yield _of_cell("swapped digits", document, printed, other)


def _blanked(document: Document, cells: list[Printed], disclosure: Disclosure) -> Iterator[Fault]:
    """Blank each cell that states the whole of a printed list."""
    wholes = {relation.whole for relation in disclosure.relations.breakdowns}
    for printed in cells:
        if printed.cell.states in wholes:
            yield _of_cell("blanked total", document, printed, "")._replace(anywhere=True)


def _of_cell(kind: str, document: Document, printed: Printed, text: str) -> Fault:
    name = printed.iri.partition("/statement/")[2]
    row = f"{printed.iri.partition('#')[0]}#r{printed.cell.row}"
    table = printed.iri.partition("#")[0]
    return Fault(kind, name, table, frozenset({printed.iri, row}), False, partial(printing, document, printed, text))


def _rows(
    document: Document,
    disclosure: Disclosure,
    statement: Statement,
    rows: list[tuple[Row, list[Printed]]],
    draw: random.Random,
) -> Iterator[Fault]:
    """Yield the faults of whole rows: left out, moved by a column, with another code."""
    iris = Iris(disclosure.identity)
    table = iris.statement(statement.key).strip("<>")
    columns = sorted({cell.cell.column for _, cells in rows for cell in cells})
    for row, cells in rows:
        name = f"{statement.key}#r{row.number}"
        here = frozenset({f"{table}#r{row.number}", *(f"{table}#r{row.number}c{c}" for c in range(20))})
        if cells:
            yield Fault("dropped row", name, table, frozenset(), True, partial(_without, document, row))
            yield Fault("shifted column", name, table, here, True, partial(_shifted, document, cells, columns))
        for code in row.codes:
            if _CODE.fullmatch(code):
                other = code[:-1] + draw.choice("0123456789".replace(code[-1], ""))
                changed = partial(_recoded, document, row, code, other)
                yield Fault("wrong code", f"{name}/{other}", table, here, False, changed)


def _without(document: Document, row: Row) -> Document:
    def rows(grid: Grid) -> Grid:
        return Grid(tuple(old for old in grid.rows if old.place not in row.places))

    blocks = [rows(block) if isinstance(block, Grid) else block for block in document.blocks]
    return document._replace(blocks=tuple(b for b in blocks if not isinstance(b, Grid) or b.rows))


def _shifted(document: Document, cells: list[Printed], columns: list[int]) -> Document:
    """Print the amounts of a row one column further right, or left where the last column is filled."""
    step = 1 if max(cell.cell.column for cell in cells) < columns[-1] else -1
    for printed in cells:
        document = printing(document, printed, "")
    for printed in cells:
        has_ordinal = any(column.number == 0 for column in printed.statement.columns)
        places = {printed.cell.places[0]: printed.cell.printed}
        document = with_cell(document, places, printed.cell.column - 1 + has_ordinal + step)
    return document


def _recoded(document: Document, row: Row, code: str, other: str) -> Document:
    """Print another code where the row prints one, on the first of its pages if a page break cuts it."""
    pieces = [old for b in document.blocks if isinstance(b, Grid) for old in b.rows if old.place in row.places]
    for column, texts in enumerate(zip(*(piece.cells for piece in pieces), strict=False)):
        if "".join("".join(texts).split()) == code:
            places = dict.fromkeys(row.places, "") | {pieces[0].place: other}
            return with_cell(document, places, column)
    raise AssertionError(f"no code {code} in row {row.number}")


def _units(document: Document, disclosure: Disclosure) -> Iterator[Fault]:
    """Yield each filled table with 元 for 万元 on all its pages."""
    iris = Iris(disclosure.identity)
    tables = list(disclosure.content.statements)
    for statement, following in pairwise(tables):
        if statement.type in BUDGET_STATEMENTS and any(cell.amount for cell in statement.cells):
            table = iris.statement(statement.key).strip("<>")
            lines = range(statement.place.line, following.place.line)
            changed = partial(_in_yuan, document, lines)
            yield Fault("元 for 万元", statement.key, table, frozenset({table}), True, changed)


def _in_yuan(document: Document, lines: range) -> Document:
    def changed(block: Block) -> Block:
        if not isinstance(block, Paragraph):
            return block
        return Paragraph(
            tuple(
                TextLine(line.text.replace("单位：万元", "单位：元"), line.place) if line.place.line in lines else line
                for line in block.lines
            )
        )

    return document._replace(blocks=tuple(map(changed, document.blocks)))


# --- what is found ------------------------------------------------------------------------------------------------------


def report_of(document: Document, source: SourceFile) -> Report:
    """What all shapes say of a document."""
    lexicon = load_lexicon()
    return pipeline.check(to_triples(interpret(document, lexicon, source.notes), lexicon))


def known(report: Report) -> frozenset[object]:
    """What a report says, whatever row it says it of: rows get other numbers when one is left out."""
    return frozenset(map(_said, report.results))


def _said(result: Result) -> object:
    return result.shape, result.bindings


def found_as(fault: Fault, report: Report, usual: frozenset[object]) -> str:
    """As what a fault is found: ``violation``, ``warning`` or not at all; a finding must name its place."""
    severities = set[str]()
    for finding in report.findings:
        if finding.severity == "info" or all(_said(result) in usual for result in finding.results):
            continue
        if any(
            place.iri in fault.places or (fault.anywhere and fault.statement in {place.iri, place.statement})
            for place in finding.places
        ):
            severities.add(finding.severity)
    return min(severities, default="")


def main() -> None:
    """Put in every fault and print the table."""
    from pathlib import Path

    from budgetlod.read.registry import read_document
    from budgetlod.read.sources import find_sources

    source = find_sources([Path(__file__).parents[2] / "data"])[0]
    document = read_document(source.path)
    usual = known(report_of(document, source))
    made: dict[str, dict[str, list[str]]] = {}
    for fault in faults(document, interpret(document, load_lexicon(), source.notes)):
        outcome = found_as(fault, report_of(fault.document(), source), usual)
        made.setdefault(fault.kind, {"violation": [], "warning": [], "": []})[outcome].append(fault.name)
    for kind, outcomes in made.items():
        counts = [sum(map(len, outcomes.values())), len(outcomes["violation"]), len(outcomes["warning"])]
        sys.stdout.write(f"| {kind} | {' | '.join(map(str, counts))} | {len(outcomes[''])} |\n")
        sys.stdout.write(f"  warning: {outcomes['warning']}\n  missed: {outcomes['']}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
