"""What has been read of a table of forms so far: what the rows speak of, and what its cells state."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import decimals, parse_number, plain
from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.findings import Findings
from budgetlod.interpret.form_bodies import Body
from budgetlod.interpret.form_words import BRACKETS, Coordinates, FormWords
from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.interpret.indicators import IndicatorReader
from budgetlod.interpret.statements import STROKES, Setting
from budgetlod.model.cube import Point, Subject, Thing
from budgetlod.model.lexicon import Lexicon, StatementType

_TASKS = "tasks"
Subjects = Callable[[], Subject]
"""What a cell states something of; known when all is read, since a project gets its key last."""

# Values of these roles are words or codes, even where they consist of digits.
TEXT_ROLES = frozenset(
    {"project-name", "project-code", "unit-or-project", "organization", "organization-code", "supervisor",
     "implementing-unit", "goals", "term-goals", "purpose", "text", "term", "level-1", "level-2", "level-3",
     "description", "basis", "scoring", "target-sign", "target-unit", "task", "task-content", "ordinal", "code",
     "label"}
)  # fmt: skip


class Stated(NamedTuple):
    """What a cell states: an amount in yuan or a number, and of what."""

    amount: Decimal | None
    number: Decimal | None
    subject: Subjects


class FormState:
    """The state of reading one table of forms; cells are told by row (1-based) and column (0-based).

    ``own_name`` is the name of the department; of its own goals and indicators ``known`` many are read before.
    """

    def __init__(
        self,
        table: RawTable,
        type_: StatementType,
        lexicon: Lexicon,
        setting: Setting,
        file: str,
        own_name: str = "",
        known: tuple[int, int] = (0, 0),
    ) -> None:
        self.table, self.type, self.lexicon, self.known = table, type_, lexicon, known
        self.words = FormWords(type_, lexicon)
        self.reader = IndicatorReader(self.words, lexicon)
        self.findings = Findings(type_, file)
        self.setting = self._with_unit(setting)
        self.department = type_.notation == "department-performance"
        self.own = label_key(BRACKETS.sub("", fold(own_name)))
        self.body = Body(place=table.place, department=self.department)
        self.bodies = [self.body]
        self.states: dict[tuple[int, int], Stated] = {}
        self.blanks: list[tuple[int, int, Subjects]] = []
        self.words_at: set[tuple[int, int]] = set()

    def _with_unit(self, setting: Setting) -> Setting:
        """Return the setting with the unit that a field of the form names, 资金金额（万元）, if one does."""
        rows = [row.cells for row in self.table.header] + [row.cells for row in self.table.rows]
        for cell in (cell for cells in rows for cell in cells if cell):
            if "元" in cell and self.words.label(cell) and (unit := self.words.unit_named(cell)):
                return setting._replace(unit=unit[0], factor=unit[1])
        return setting

    def precision(self) -> Decimal:
        """Return what the last digit of the amounts is worth in yuan: of at least two decimals."""
        numbers = (parse_number(_cell(self._row(n), c)) for (n, c), stated in self.states.items() if stated.amount)
        return self.setting.factor.scaleb(-max([2, *(decimals(number) for number in numbers if number is not None)]))

    def _row(self, number: int) -> RawRow:
        return [row for row in self.table.rows if not row.heading][number - 1]

    # --- what the rows speak of ---------------------------------------------------------------------------------------

    def begin(self, body: Body) -> None:
        """Let the rows from here on speak of a body."""
        self.bodies.append(body)
        self.body = body

    def resume(self) -> None:
        """Let the rows from here on speak of the department again, after its tasks."""
        if self.department:
            self.body = self.bodies[0]

    def organization(self, name: str) -> str:
        """Return the unit that a name is of; empty for the department itself."""
        return "" if not name or label_key(name) == self.own else name

    def next_indicator(self) -> int:
        """Return the number of the next indicator of the body."""
        if not self.body.department:
            return len(self.body.indicators) + 1
        return self.known[1] + sum(len(body.indicators) for body in self.bodies if body.department) + 1

    def take_text(self, role: str, text: str, row: RawRow) -> None:
        """Take the text of a goal, or of what money is for; a running text may hold all indicators of a project."""
        found = list(self.reader.in_text(text, row.places[0], self.next_indicator()))
        self.body.indicators += found
        if not found:
            self.body.add_text(role, text, row.places[0])

    # --- what cells state ---------------------------------------------------------------------------------------------

    def point(self, coordinates: Coordinates) -> Subjects:
        """Return the point of the cube that an amount of the body states."""
        body = self.body
        said = dict(self.type.fixes) | dict(coordinates) | ({"item": _TASKS} if body.tasks else {})

        def point() -> Subject:
            base = Point(body.organization, self.setting.fiscal_year, self.setting.phase)
            return base.moved(said | ({"project": body.key} if body.key else {}))

        return point

    def thing(self, kind: str, key: str = "") -> Subjects:
        """Return a part of the body, or the body itself; the department is the disclosure."""
        body = self.body
        if body.department and kind == "project":
            return lambda: Thing("disclosure", "", "")
        return lambda: Thing(kind, body.key, key)

    def take_money(self, number: int, row: RawRow, column: int, coordinates: Coordinates, asked: bool = True) -> None:
        """Take an amount, or, where the row asks for one, a blank that could hold it."""
        printed = _cell(row, column)
        value = "" if squeeze(printed) in STROKES else printed
        amount = self.words.money(value, self.setting.factor) if value else None
        if amount is not None:
            self.body.add_funds(coordinates, amount)
            self.states[number, column] = Stated(amount, None, self.point(coordinates))
        elif not value and asked and number:
            self.blanks.append((number, column + 1, self.point(coordinates)))
        elif value:
            self.problem(value, row)

    def take_term_money(self, number: int, row: RawRow, column: int, coordinates: Coordinates) -> None:
        """Take an amount for all years of a project: it is no figure of the year."""
        amount = self.words.money(row.cells[column], self.setting.factor)
        if amount is None:
            self.problem(row.cells[column], row)
            return
        if not coordinates:
            self.body.funds["term_budget"] = amount
        self.states[number, column] = Stated(amount, None, self.thing("project"))

    def take_number(self, number: int, column: int, printed: str, subject: Subjects) -> None:
        """Take a number that is no money: points, shares, values of other years; ``10分`` and ``95%`` are numbers too."""
        value = parse_number(fold(printed).rstrip("%分"))
        if value is not None:
            self.states[number, column] = Stated(None, plain(value), subject)

    def problem(self, printed: str, row: RawRow) -> None:
        """Report a cell that should hold a number."""
        zh, en = f"绩效目标表中“{printed}”不是数字", f"performance form: {printed} is not a number"
        self.findings.add("number-unmapped", "warning", zh, en, row.places[0].words())


def _cell(row: RawRow, column: int) -> str:
    return row.cells[column] if 0 <= column < len(row.cells) else ""
