"""The fields of a form: each has a name, and its value right of it or in the row below."""

from __future__ import annotations

import re
from collections.abc import Mapping

from budgetlod.core.numbers import parse_number, plain
from budgetlod.core.text import fold, squeeze
from budgetlod.interpret.form_bodies import Body
from budgetlod.interpret.form_state import TEXT_ROLES, FormState, Stated
from budgetlod.interpret.form_words import MONEY, Label
from budgetlod.interpret.fragments import RawRow
from budgetlod.model.notes import PlannedPayment

_MONTH = re.compile(r"^(\d{1,2})月")
_NAMES = frozenset({"project-name", "supervisor", "implementing-unit", "organization"})
_LONG_TEXTS = frozenset({"goals", "term-goals", "purpose"})


class FieldRows:
    """Takes the rows of fields; ``current`` is the field that the row before began with."""

    def __init__(self, state: FormState) -> None:
        self.state = state
        self.current = ""
        self._pending: dict[int, Label] = {}
        self._scopes: dict[int, str] = {}
        self._months: dict[int, int] = {}
        self._percents = False
        cells = (cell for row in state.table.rows for cell in row.cells)
        self._has_year = any(state.words.role(cell) == "budget" for cell in cells)

    def forget(self) -> None:
        """A table inside the form begins: what the fields before it left open stays blank."""
        self.current, self._pending = "", {}

    def take(self, number: int, row: RawRow) -> None:
        """Take one row."""
        labels = {c: label for c, cell in enumerate(row.cells) if (label := self.state.words.label(cell))}
        first = next((label.role for _, label in sorted(labels.items())), "")
        if first == "payment-plan":
            self._payment_months(row)
        elif self.current == "payment-plan" and not row.cells[0]:
            self._payments(number, row)
            return
        else:
            self._values(number, row, labels, first)
        self.current = first or self.current

    def _values(self, number: int, row: RawRow, labels: Mapping[int, Label], first: str) -> None:
        loose = {column for column, cell in enumerate(row.cells) if cell and column not in labels}
        below, self._pending = self._pending, {}
        self._scopes |= {c: label.role for c, label in labels.items() if label.role in ("budget", "term-budget")}
        for column, label in sorted(labels.items()):
            at = self._value_of(column, label, labels, row)
            if at is None:
                self._pending[column] = label
                self._blank(number, row, column, label)
            else:
                loose.discard(at)
                self._field(number, row, label, column, at)
        for column in sorted(loose & set(below)):
            loose.discard(column)
            self._field(number, row, below[column], column, column)
        self._more_text(number, row, first, loose)

    def _more_text(self, number: int, row: RawRow, first: str, loose: set[int]) -> None:
        """Take what else a row prints as more of a text that began in it, or in the rows above."""
        role = first or self.current
        if role in _LONG_TEXTS and (first or role != "purpose" or not row.cells[0]):
            for column in sorted(loose):
                self.state.take_text(role, row.cells[column], row)
                self.state.words_at.add((number, column))

    def _value_of(self, column: int, label: Label, labels: Mapping[int, Label], row: RawRow) -> int | None:
        """Return the column of the value of a field: the next filled cell, unless that is the name of another field.

        A project may have a name that elsewhere is a kind of money.
        """
        at = next((c for c in range(column + 1, len(row.cells)) if row.cells[c]), None)
        if at is not None and at in labels and not (labels[at].role == MONEY and label.role in _NAMES):
            return None
        return at

    def _blank(self, number: int, row: RawRow, column: int, label: Label) -> None:
        """Take a field without a value right of its name."""
        self.state.body.goals_asked |= label.role == "goals"
        at = column + 1
        is_blank = at < len(row.cells) and not row.cells[at]
        if label.coordinates is not None and is_blank and not self._of_term(column, label):
            self.state.blanks.append((number, at + 1, self.state.point(label.coordinates)))

    def _field(self, number: int, row: RawRow, label: Label, column: int, at: int) -> None:
        """Take the value of a field: ``column`` is that of its name."""
        text, role = row.cells[at], label.role
        if role in TEXT_ROLES:
            self.state.words_at.add((number, at))
        if role in ("project-name", "project-code"):
            self._identity(number, row, role, at)
        elif role in _NAMES:
            self._unit(role, squeeze(text))
        elif role in _LONG_TEXTS:
            self.state.body.goals_asked |= role == "goals"
            self.state.take_text(role, text, row)
        elif label.coordinates is not None and self._of_term(column, label):
            self.state.take_term_money(number, row, at, label.coordinates)
        elif label.coordinates is not None:
            self.state.take_money(number, row, at, label.coordinates)
        elif role in ("execution-weight", "score"):
            self.state.take_number(number, at, text, self.state.thing("project"))

    def _identity(self, number: int, row: RawRow, role: str, at: int) -> None:
        """Take the name or code of a project; another one than before begins another form."""
        state = self.state
        if state.department:
            return
        known = state.body.name if role == "project-name" else state.body.code
        if known or state.body.indicators:
            state.begin(Body(row.places[0]))
            self._scopes = {}
        if role == "project-code":
            state.body.code = squeeze(row.cells[at])
            return
        code, state.body.name = state.words.code_and_name(row.cells[at])
        state.body.code = state.body.code or code
        state.states[number, at] = Stated(None, None, state.thing("project"))

    def _unit(self, role: str, name: str) -> None:
        body = self.state.body
        if self.state.department:
            body.organization = self.state.organization(name)
        elif role == "implementing-unit" or not body.unit:
            body.unit = name

    def _of_term(self, column: int, label: Label) -> bool:
        """Return whether a field speaks of all years of a project; where only such money is asked it is the year's."""
        if not self._has_year or label.coordinates is None:
            return False
        scope = max((c for c in self._scopes if c <= column), default=None)
        return label.role == "term-budget" or (scope is not None and self._scopes[scope] == "term-budget")

    # --- payment plan -------------------------------------------------------------------------------------------------

    def _payment_months(self, row: RawRow) -> None:
        self._months = {i: int(m[1]) for i, cell in enumerate(row.cells) if (m := _MONTH.match(fold(cell)))}
        self._percents = "%" in fold("".join(row.cells))

    def _payments(self, number: int, row: RawRow) -> None:
        for column, month in self._months.items():
            printed = row.cells[column] if column < len(row.cells) else ""
            percent = self._percents or "%" in fold(printed)
            share = parse_number(fold(printed).rstrip("%")) if printed and percent else None
            if share is not None:
                self.state.body.payments.append(PlannedPayment(month, plain(share), row.places[0]))
                subject = self.state.thing("payment", str(month))
                self.state.states[number, column] = Stated(None, plain(share), subject)
            elif printed:
                self.state.problem(printed, row)
