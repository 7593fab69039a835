"""The rows of tables inside forms: of projects in a list, of tasks, of indicators, of money."""

from __future__ import annotations

from decimal import Decimal

from budgetlod.core.numbers import parse_number, plain
from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.form_bodies import Body
from budgetlod.interpret.form_columns import Columns
from budgetlod.interpret.form_state import TEXT_ROLES, FormState, Stated, Subjects
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.indicators import Levels, weights_in_remarks
from budgetlod.model.cube import Subject, Thing

_NAMES = ("project-name", "unit-or-project", "organization", "implementing-unit", "organization-code")
_NUMBERS_OF_INDICATORS = ("weight", "term-target", "actual-value", "past-value", "score")


class TableRows:
    """Takes the data rows under headings; ``levels`` are the levels of indicators that hold."""

    def __init__(self, state: FormState) -> None:
        self.state = state
        self.levels = Levels()
        self._remarks: dict[tuple[int, int], tuple[Body, int, Decimal]] = {}

    def take(self, number: int, row: RawRow, columns: Columns) -> None:
        """Take one row."""
        if columns.kind == "list":
            self._open(row, columns)
        elif columns.kind == "tasks":
            self._task(row, columns)
        for role, found in columns.roles.items():
            if role in TEXT_ROLES:
                self.state.words_at |= {(number, column) for column in found}
        named = columns.kind != "list" or bool(_named(row, columns))
        for column, coordinates in columns.money.items():
            self.state.take_money(number, row, column, coordinates, named)
        if columns.kind in ("list", "indicators"):
            self._texts(row, columns)
            self._indicator(number, row, columns)

    # --- lists --------------------------------------------------------------------------------------------------------

    def _open(self, row: RawRow, columns: Columns) -> None:
        """Begin a project, unit or total where a row of a list names one that is not the one before."""
        named = _named(row, columns)
        if not named:
            return
        role = "project-name" if "project-name" in columns.roles else "unit-or-project"
        unit = next((text for r in _NAMES[2:4] if (text := squeeze(_cell(row, columns.at(r))))), "")
        code, name = self.state.words.code_and_name(_cell(row, columns.at(role)))
        code = squeeze(_cell(row, columns.at("project-code"))) or code
        organization = self.state.organization(unit)
        if self.state.words.is_total(named) or self._is_unit(row, columns, role, name):
            whole = "" if self.state.words.is_total(named) else self.state.organization(name or unit)
            self.state.begin(Body(row.places[0], department=True, alone=False, organization=whole))
        elif self.state.department:
            self.state.body.organization = self.state.organization(unit or name)
        elif name and not (self.state.body.same(code, name) and organization == self.state.body.organization):
            self.state.begin(
                Body(row.places[0], alone=False, code=code, name=name, unit=unit, organization=organization)
            )
            self.levels = Levels()

    def _is_unit(self, row: RawRow, columns: Columns, role: str, name: str) -> bool:
        """Return whether a row of a list of projects gives the total of a unit: no goal, no indicator of its own."""
        if self.state.department:
            return False
        says = any(_cell(row, columns.at(r)) for r in ("goals", "level-1", "level-2", "level-3", "target"))
        return not says and (role == "unit-or-project" or not name or label_key(name) == self.state.own)

    # --- tasks --------------------------------------------------------------------------------------------------------

    def _task(self, row: RawRow, columns: Columns) -> None:
        """Begin a task of the department; 任务1 says less than what the task is about."""
        name, content = (squeeze(_cell(row, columns.at(role))) for role in ("task", "task-content"))
        if not name or self.state.words.is_total(name):
            self.state.begin(Body(row.places[0], department=True, alone=False, tasks=True))
            return
        bare = bool(content) and name[-1].isdigit()
        body = Body(row.places[0], form=False, alone=False, tasks=True, name=content if bare else name)
        if content and not bare:
            body.add_text("goals", content, row.places[0])
        self.state.begin(body)

    # --- indicators ---------------------------------------------------------------------------------------------------

    def _texts(self, row: RawRow, columns: Columns) -> None:
        for role in ("purpose", "goals", "term-goals"):
            for column in columns.roles.get(role, ()):
                self.state.body.goals_asked |= role == "goals"
                if text := _cell(row, column):
                    self.state.take_text(role, text, row)

    def _indicator(self, number: int, row: RawRow, columns: Columns) -> None:
        if not any(columns.at(role) >= 0 for role in ("level-3", "target")):
            return
        self.levels = self.state.reader.levels(row, columns, self.levels)
        order = self.state.next_indicator()
        indicator = self.state.reader.indicator(row, columns, self.levels, order)
        if indicator is None:
            return
        self.state.body.indicators.append(indicator)
        subject = self.state.thing("indicator", str(order))
        self.state.states[number, columns.at("target")] = Stated(None, indicator.target.value, subject)
        for role in _NUMBERS_OF_INDICATORS:
            for column in columns.roles.get(role, ()):
                self.state.take_number(number, column, _cell(row, column), subject)
        remark = columns.at("remark")
        if (value := parse_number(_cell(row, remark))) is not None:
            self._remarks[number, remark] = (self.state.body, order, plain(value))

    def finish(self) -> None:
        """Take the numbers in a column of remarks for the weights of the indicators where they make 90 or 100."""
        sums: dict[int, Decimal] = {}
        for body, _, value in self._remarks.values():
            sums[id(body)] = sums.get(id(body), Decimal(0)) + value
        if not weights_in_remarks(list(sums.values())):
            return
        for place, (body, order, value) in self._remarks.items():
            at = next(i for i, indicator in enumerate(body.indicators) if indicator.order == order)
            body.indicators[at] = body.indicators[at]._replace(weight=value)
            self.state.states[place] = Stated(None, value, _indicator_of(body, order))


def _indicator_of(body: Body, order: int) -> Subjects:
    def subject() -> Subject:
        return Thing("indicator", body.key, str(order))

    return subject


def _named(row: RawRow, columns: Columns) -> str:
    """Return what a row of a list is about, empty where it goes on with the row above."""
    return next((text for role in _NAMES if (text := squeeze(_cell(row, columns.at(role))))), "")


def _cell(row: RawRow, column: int) -> str:
    return row.cells[column] if 0 <= column < len(row.cells) else ""
