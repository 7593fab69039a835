"""Read performance forms: of one project, of several in a list, or of the department as a whole.

A form is a grid of fields, each name with its value right of it or below it, and of tables inside it: indicators,
tasks, money by source. In a list the headings stand over all rows, and a project goes on for as many rows as it has
indicators. What stands where is told by the words of the ontology alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import squeeze
from budgetlod.interpret.findings import Findings
from budgetlod.interpret.form_bodies import give_keys
from budgetlod.interpret.form_columns import Columns, columns_of, is_heading, shifted
from budgetlod.interpret.form_fields import FieldRows
from budgetlod.interpret.form_state import FormState
from budgetlod.interpret.form_tables import TableRows
from budgetlod.interpret.form_words import FormWords
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.indicators import Levels
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point
from budgetlod.model.notes import Goal, Indicator, Project
from budgetlod.model.tables import Blank, Cell, Column, Row, Statement

_MOST_HEADINGS = 3
# Fields that stand left of a table of indicators end it; 绩效指标 there is its name and goes on.
_FIELDS = frozenset(
    {"project-name", "project-code", "supervisor", "implementing-unit", "organization", "goals", "term-goals",
     "purpose", "budget", "term-budget", "funds", "payment-plan", "remark", "text"}
)  # fmt: skip


class Forms(NamedTuple):
    """What one table of forms gives: projects, and for the department itself goals and indicators."""

    projects: tuple[Project, ...]
    statement: Statement
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class PerformanceReader:
    """Reads one table of forms into a new ``state``; what it does not understand is in :attr:`findings`."""

    def __init__(self, state: FormState) -> None:
        self.state, self.table, self.type, self.lexicon = state, state.table, state.type, state.lexicon
        self.words: FormWords = self.state.words
        self.findings: Findings = self.state.findings
        self.rows = [row for row in self.table.rows if not row.heading]
        self._inner, self._fields = TableRows(self.state), FieldRows(self.state)
        self._columns: Columns | None = None
        self._headings: dict[int, tuple[str, ...]] = {}
        self._roles: dict[int, str] = {}

    def read(self, serial: int, order: int, others: Sequence[Project] = ()) -> Forms:
        """Return what the table gives; ``others`` are the projects read before."""
        self._walk()
        self._inner.finish()
        bodies = [body for body in self.state.bodies if not body.is_empty()]
        named = [body for body in bodies if not body.department]
        give_keys(named, others, self.table.title)
        key = f"{self.type.notation}-{serial}" if serial else self.type.notation
        projects = tuple(body.project(key, self.table.title, self.type.notation, self.lexicon) for body in named)
        goals: list[Goal] = []
        for body in bodies:
            if body.department:
                goals += body.goal_records(self.state.known[0] + len(goals) + 1)
        indicators = tuple(indicator for body in bodies if body.department for indicator in body.indicators)
        return Forms(projects, self._statement(serial, order), tuple(goals), indicators)

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _walk(self) -> None:
        """Go through the rows, the headings over them and those repeated on later pages included."""
        rows = [(0, RawRow(row.cells, (row.place,), heading=True)) for row in self.table.header]
        number = 0
        for row in self.table.rows:
            number += not row.heading
            rows.append((0 if row.heading else number, row))
        over = len(self.table.header)
        position = 0
        while position < len(rows):
            depth = over if position < over else len(self._heading_block([row for _, row in rows[position:]]))
            if depth:
                self._open(columns_of([row for _, row in rows[position : position + depth]], self.words))
            else:
                self._row(*rows[position], [row for _, row in rows[position:]])
            position += max(depth, 1)

    def _heading_block(self, rows: Sequence[RawRow]) -> Sequence[RawRow]:
        """Return the rows of headings that begin with the first row, none if it is no heading."""
        if not (is_heading(rows[0], self.words) or self._heads_money(rows)):
            return []
        depth = 1
        for row in rows[1:_MOST_HEADINGS]:
            filled = [cell for cell in row.cells if cell]
            if not filled or any(self.words.label(cell) is None for cell in filled):
                break
            if row.cells[0] and self.words.role(row.cells[0]) in _FIELDS:
                break
            depth += 1
        return rows[:depth]

    def _heads_money(self, rows: Sequence[RawRow]) -> bool:
        """Return whether rows of nothing but names of money stand over a row of nothing but amounts."""
        for row in rows[: _MOST_HEADINGS + 1]:
            filled = [cell for cell in row.cells if cell]
            labels = [self.words.label(cell) for cell in filled]
            if all(labels) and sum(label is not None and label.coordinates is not None for label in labels) > 1:
                continue
            return row is not rows[0] and bool(filled) and all(parse_number(cell) is not None for cell in filled)
        return False

    def _open(self, columns: Columns) -> None:
        if self._columns is None or self._columns.kind != columns.kind:
            self._inner.levels = Levels()
        if columns.kind == "indicators":
            self.state.resume()
        self._columns = columns
        self._fields.forget()
        self._headings |= {column: path for column, path in columns.paths.items() if path}
        self._roles |= {column: role for column in columns.paths if (role := columns.role_of(column))}

    def _row(self, number: int, row: RawRow, rest: Sequence[RawRow]) -> None:
        """Take a row of data; ``rest`` are this row and those below it."""
        if self._columns is not None and self._ends(row, self._columns):
            self.state.resume()
            self._columns = None
        if self._columns is None:
            self._fields.take(number, row)
            return
        if len(row.cells) != self._columns.width:
            page = [r for r in rest if len(r.cells) == len(row.cells) and not r.heading]
            self._columns = shifted(self._columns, page, self.lexicon)
        self._inner.take(number, row, self._columns)

    def _ends(self, row: RawRow, columns: Columns) -> bool:
        """Return whether a row no longer belongs to a table inside the form."""
        column, cell = next(((c, cell) for c, cell in enumerate(row.cells) if cell), (0, ""))
        if not cell or columns.kind == "list":
            return False
        role = self.words.role(cell)
        if columns.kind == "money":
            return column not in columns.money
        if columns.kind == "tasks":
            return bool(role) and column < columns.first()
        return role in _FIELDS and column <= columns.first()

    # --- results ------------------------------------------------------------------------------------------------------

    def _is_of_form(self, point: Point) -> bool:
        """Return whether a blank could hold a figure of its form: a form without a project speaks of no money."""
        return self.state.department or point.project != ALL

    def _statement(self, serial: int, order: int) -> Statement:
        width = max((len(row.cells) for row in self.rows), default=0)
        cells = tuple(self._cells())
        self._list_unmapped(cells)
        blanks = ((n, c, make()) for n, c, make in self.state.blanks)
        return Statement(
            type=self.type.notation,
            serial=serial,
            order=order,
            title=self.table.title,
            unit=self.state.setting.unit,
            precision=self.state.precision(),
            columns=tuple(Column(i + 1, self._headings.get(i, ("",)), self._roles.get(i, "")) for i in range(width)),
            rows=tuple(
                Row(n, (squeeze(r.cells[0]),) if r.cells[0] else (), (), r.places) for n, r in enumerate(self.rows, 1)
            ),
            cells=cells,
            place=self.table.place,
            blanks=tuple(Blank(n, c, p) for n, c, p in blanks if isinstance(p, Point) and self._is_of_form(p)),
            unmapped=tuple(self.findings.unmapped),
        )

    def _cells(self) -> Iterator[Cell]:
        for number, row in enumerate(self.rows, 1):
            label = next((squeeze(cell) for cell in row.cells if cell), "")
            for column, printed in enumerate(row.cells):
                if printed:
                    stated = self.state.states.get((number, column))
                    amount, value = (stated.amount, stated.number) if stated else (None, None)
                    subject = stated.subject() if stated else None
                    yield Cell(number, column + 1, printed, row.places, amount, value, subject, "", label)

    def _list_unmapped(self, cells: Sequence[Cell]) -> None:
        """List the numbers that state nothing; codes that consist of digits, and names, need to state nothing."""
        for cell in cells:
            is_word = (cell.row, cell.column - 1) in self.state.words_at
            if cell.states is None and not is_word and parse_number(cell.printed) is not None:
                self.findings.number(cell, ())
