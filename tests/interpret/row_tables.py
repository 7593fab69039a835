"""SYNTHETIC tables of figures for tests of rows: invented departments and amounts, one small grid for each variant."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budgetlod.interpret.document_labels import NO_LABELS, DocumentLabels
from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.interpret.row_units import unit_meanings
from budgetlod.interpret.statements import Setting, StatementReader
from budgetlod.model.cube import Point
from budgetlod.model.document import GridRow, Place
from budgetlod.model.tables import Statement
from budgetlod.rdf.lexicon import load_lexicon

LEXICON = load_lexicon()
YEAR = 2030
Row = Sequence[str]


def read_table(
    type_: str,
    header: Sequence[Row],
    rows: Sequence[Row],
    labels: DocumentLabels = NO_LABELS,
    above: dict[int, tuple[str, ...]] | None = None,
    over: dict[int, tuple[str, ...]] | None = None,
) -> tuple[StatementReader, Statement]:
    """Read a table; ``above`` has, by row, the texts of merged cells that began higher up, ``over`` further left."""
    table = RawTable(
        type_, "", [], tuple(GridRow(tuple(r), Place(line=n)) for n, r in enumerate(header, 1)), Place(line=1)
    )
    first = len(header) + 1
    table.rows = [
        RawRow(tuple(row), (Place(line=n + first),), above=(above or {}).get(n, ()), over=(over or {}).get(n, ()))
        for n, row in enumerate(rows)
    ]
    setting = Setting(YEAR, "budget", "cny", Decimal(1))
    names = unit_meanings(labels.department, labels.units, LEXICON)
    reader = StatementReader(table, LEXICON.statements[type_], LEXICON, setting, "x", names, labels)
    return reader, reader.read(0, 1)


def stated(statement: Statement) -> dict[str, Point]:
    """Return the point of each amount, by the amount as printed (tests print each amount once)."""
    return {cell.printed: cell.states for cell in statement.cells if isinstance(cell.states, Point)}


def point(**coordinates: str | int) -> Point:
    """Return a point of the tests' year; revenue and expenditure must be named."""
    return Point(fiscalYear=YEAR)._replace(**coordinates)  # type: ignore[arg-type]
