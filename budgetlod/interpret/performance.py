"""Read a project's performance form: fields, payment plan, goals and the table of indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count

from budgetlod.core.numbers import in_yuan, parse_number, plain
from budgetlod.core.text import fold, label_key, squeeze, tidy
from budgetlod.interpret.findings import Findings
from budgetlod.interpret.form_titles import numbered_title
from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.interpret.measures import speaks_of, with_money
from budgetlod.interpret.recognise import heading_key
from budgetlod.interpret.statements import STROKES, Setting
from budgetlod.interpret.targets import comparator, parse_target
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point, Subject, Thing
from budgetlod.model.lexicon import Lexicon, StatementType
from budgetlod.model.notes import Goal, Indicator, PlannedPayment, Project
from budgetlod.model.tables import Blank, Cell, Column, Row, Statement

_MONTH = re.compile(r"^(\d{1,2})月")
_GOAL_NUMBER = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.．](?!\d)\s*")
_MONEY = {"budget": ALL, "fiscal-funds": "fiscal", "other-funds": "non-fiscal"}


class PerformanceReader:
    """Reads one form into a :class:`Project` and the :class:`Statement` that prints it."""

    def __init__(self, table: RawTable, type_: StatementType, lexicon: Lexicon, setting: Setting, file: str) -> None:
        self.table, self.type, self.lexicon, self.setting = table, type_, lexicon, setting
        self.rows = [row for row in table.rows if not row.heading]
        self.fields: dict[str, str] = {}
        self.money: dict[str, Decimal] = {}
        self.payments: list[PlannedPayment] = []
        self.percents = False
        self.goal_texts: list[tuple[str, RawRow]] = []
        self.goals_asked = False
        self.indicators: list[Indicator] = []
        self.states: dict[tuple[int, int], tuple[Decimal | None, Decimal | None, Subject]] = {}
        self.blanks: list[Blank] = []
        self.indicator_columns: dict[str, int] = {}
        self.findings = Findings(type_, file)
        self._collect_names()

    def _collect_names(self) -> None:
        for row in self.rows:
            for role, value, _ in self._field_values(row):
                if role in ("project-code", "project-name"):
                    self.fields.setdefault(role, squeeze(value))
        self.key = self.fields.get("project-code") or label_key(self.fields.get("project-name", self.table.title))

    def read(self, serial: int, order: int, others: Sequence[Project] = ()) -> tuple[Project, Statement]:
        """Return the project and its statement; ``others`` are the projects read before.

        A code or name that one of those bears already is an error of the document, or a name that two units use; each
        form is a project all the same. One that is printed twice, code and name, is one project.
        """
        taken = {other.key for other in others if not (other.code and other.name == self.fields.get("project-name"))}
        if self.key in taken:
            self.key = next(key for n in count(2) if (key := f"{self.key}-{n}") not in {other.key for other in others})
        self._walk()
        return self._project(serial), self._statement(serial, order)

    # --- rows -----------------------------------------------------------------------------------------------------------

    def _role(self, text: str) -> str | None:
        return self.lexicon.role(heading_key(text), self.type.notation) if text else None

    def _field_values(self, row: RawRow) -> list[tuple[str, str, int]]:
        """Return (role, value, column) of the fields a row prints: a field's value stands right of its name."""
        values: list[tuple[str, str, int]] = []
        for column, text in enumerate(row.cells[:-1]):
            role = self._role(text)
            value = row.cells[column + 1]
            if role and self._role(value) is None:
                values.append((role, value, column + 1))
        return values

    def _walk(self) -> None:
        """Go through the rows, the repeated headings included, which tell where the columns stand on a page."""
        number = 0
        months: dict[int, int] = {}
        level_1 = ""
        current = ""
        for row in self.table.rows:
            roles = [self._role(cell) for cell in row.cells]
            number += not row.heading
            if "level-2" in roles:
                self.indicator_columns = {role: i for i, role in enumerate(roles) if role}
                current = "indicators"
            elif current == "indicators":
                level_1 = self._cell(row, "level-1") or level_1
                self._indicator(number, row, level_1)
            elif roles[0] == "payment-plan":
                months = {i: int(m[1]) for i, cell in enumerate(row.cells) if (m := _MONTH.match(fold(cell)))}
                self.percents = "%" in fold("".join(row.cells))
                current = "payment-plan"
            elif current == "payment-plan" and not row.cells[0]:
                self._payments(number, row, months)
            elif roles[0] == "goals" or (current == "goals" and not roles[0]):
                current = "goals"
                self.goals_asked = True
                self.goal_texts.extend(
                    (cell, row) for cell, role in zip(row.cells, roles, strict=True) if cell and not role
                )
            else:
                current = roles[0] or current
                self._fields(number, row, current, roles[0] is None and not row.cells[0])

    def _fields(self, number: int, row: RawRow, current: str, continues: bool) -> None:
        if continues and current == "purpose":
            self.fields["purpose"] = tidy(" ".join(filter(None, [self.fields.get("purpose", ""), *row.cells])))
        for role, value, column in self._field_values(row):
            if role in _MONEY:
                self._money(number, row, role, value, column)
            elif role == "project-name":
                self.states[number, column] = (None, None, Thing("project", self.key, ""))

    def _money(self, number: int, row: RawRow, role: str, value: str, column: int) -> None:
        point = Point(
            fiscalYear=self.setting.fiscal_year,
            phase=self.setting.phase,
            **(dict(self.type.fixes) | {"source": _MONEY[role], "project": self.key}),
        )
        value = "" if squeeze(value) in STROKES else value
        amount = parse_number(value) if value else None
        if amount is not None:
            self.money[role] = in_yuan(amount, self.setting.factor)
            self.states[number, column] = (self.money[role], None, point)
        elif not value:
            self.blanks.append(Blank(number, column + 1, point))
        else:
            self._problem(value, row)

    def _payments(self, number: int, row: RawRow, months: dict[int, int]) -> None:
        for column, month in months.items():
            printed = row.cells[column] if column < len(row.cells) else ""
            percent = self.percents or "%" in fold(printed)
            share = parse_number(fold(printed).rstrip("%")) if printed and percent else None
            if share is not None:
                self.payments.append(PlannedPayment(month, plain(share), row.places[0]))
                self.states[number, column] = (None, plain(share), Thing("payment", self.key, str(month)))
            elif printed:
                self._problem(printed, row)

    def _cell(self, row: RawRow, role: str) -> str:
        column = self.indicator_columns.get(role)
        return squeeze(row.cells[column]) if column is not None and column < len(row.cells) else ""

    def _indicator(self, number: int, row: RawRow, level_1: str) -> None:
        level_2, label = self._cell(row, "level-2"), self._cell(row, "level-3")
        description, basis = self._cell(row, "description"), self._cell(row, "basis")
        column = self.indicator_columns.get("target", -1)
        printed = self._target(row, column)
        if not (label or description or basis or squeeze(printed)):
            return  # a form prints all its levels, those too that a project has no indicator of
        target = parse_target(printed, self.lexicon)
        indicator = Indicator(
            order=len(self.indicators) + 1,
            category=self._category(level_1, level_2),
            label=label,
            target=target,
            place=row.places[0],
            description=description,
            basis=basis,
            level_1=level_1,
            level_2=level_2,
            first_level=self._first_level(level_1),
            speaks_of=speaks_of(label, description, self.lexicon),
        )
        self.indicators.append(indicator)
        self.states[number, column] = (None, target.value, Thing("indicator", self.key, str(indicator.order)))

    def _target(self, row: RawRow, column: int) -> str:
        """Return a target as printed; some forms print its sign and its unit in columns of their own."""
        printed = row.cells[column] if 0 <= column < len(row.cells) else ""
        if parse_number(printed) is None:
            return printed
        sign, unit = self._cell(row, "target-sign"), self._cell(row, "target-unit")
        return (sign if comparator(sign, self.lexicon) else "") + printed + unit

    def _first_level(self, level_1: str) -> str:
        """Return the code of a printed level 1, one that nothing is above."""
        codes = self.lexicon.lists["indicator-category"]
        tops = [code for code in codes.keys.get(label_key(level_1), ()) if not codes.broader(code)]
        return tops[0] if tops else ""

    def _category(self, level_1: str, level_2: str) -> str:
        """Return the code of the second level under the first: 成本指标 is both a first and a second level."""
        codes = self.lexicon.lists["indicator-category"]
        tops = codes.keys.get(label_key(level_1), ())
        found = codes.keys.get(label_key(level_2), ())
        under = [code for code in found if set(codes.broader(code)) & set(tops)]
        return (under or list(found) or list(tops) or [""])[0]

    def _problem(self, printed: str, row: RawRow) -> None:
        zh, en = f"绩效目标表中“{printed}”不是数字", f"performance form: {printed} is not a number"
        self.findings.add("number-unmapped", "warning", zh, en, row.places[0].words())

    # --- results ----------------------------------------------------------------------------------------------------------

    def _goals(self) -> list[Goal]:
        """Split the goal text at its numbers 1. 2. 3., which must run on; text before the first number is a goal."""
        goals: list[Goal] = []
        for text, row in self.goal_texts:
            starts = [(m.start(), m.end(), int(m[1])) for m in _GOAL_NUMBER.finditer(text)]
            expected = len(goals) + 1
            cuts: list[tuple[int, int]] = []
            for start, end, number in starts:
                if number == expected + len(cuts):
                    cuts.append((start, end))
            if not cuts or tidy(text[: cuts[0][0]]):
                cuts.insert(0, (0, 0))
            ends = [start for start, _ in cuts[1:]] + [len(text)]
            for (_, begin), stop in zip(cuts, ends, strict=True):
                goals.append(Goal(len(goals) + 1, tidy(text[begin:stop]), row.places[0]))
        return goals

    def _project(self, serial: int) -> Project:
        name = self.fields.get("project-name", "")
        title_number, title_name = numbered_title(self.table.title, name, self.type.notation, self.lexicon)
        return Project(
            key=self.key,
            code=self.fields.get("project-code", ""),
            name=name,
            statement=f"{self.type.notation}-{serial}" if serial else self.type.notation,
            place=self.table.place,
            purpose=self.fields.get("purpose", ""),
            budget=self.money.get("budget"),
            fiscal_funds=self.money.get("fiscal-funds"),
            other_funds=self.money.get("other-funds"),
            payments=tuple(self.payments),
            goals=tuple(self._goals()),
            indicators=with_money(self.indicators, self.lexicon),
            title_number=title_number,
            title_name=title_name,
            goals_blank=self.goals_asked and not self.goal_texts,
        )

    def _statement(self, serial: int, order: int) -> Statement:
        width = max(len(row.cells) for row in self.rows)
        roles = {column: role for role, column in self.indicator_columns.items()}
        headings = {self._role(cell): squeeze(cell) for row in self.table.rows for cell in row.cells if cell}
        cells = tuple(self._cells())
        self._list_unmapped(cells)
        return Statement(
            type=self.type.notation,
            serial=serial,
            order=order,
            title=self.table.title,
            unit=self.setting.unit,
            precision=self.setting.factor.scaleb(-2),
            columns=tuple(
                Column(i + 1, (headings[roles[i]] if i in roles else "",), roles.get(i, "")) for i in range(width)
            ),
            rows=tuple(
                Row(n, (squeeze(r.cells[0]),) if r.cells[0] else (), (), r.places) for n, r in enumerate(self.rows, 1)
            ),
            cells=cells,
            place=self.table.place,
            blanks=tuple(self.blanks),
            unmapped=tuple(self.findings.unmapped),
        )

    def _cells(self) -> Iterator[Cell]:
        for number, row in enumerate(self.rows, 1):
            label = next((squeeze(cell) for cell in row.cells if cell), "")
            for column, printed in enumerate(row.cells):
                if printed:
                    amount, value, subject = self.states.get((number, column), (None, None, None))
                    yield Cell(number, column + 1, printed, row.places, amount, value, subject, "", label)

    def _list_unmapped(self, cells: Sequence[Cell]) -> None:
        """List the numbers that state nothing; a code that consists of digits states nothing either, and need not."""
        code = self.fields.get("project-code", "")
        for cell in cells:
            if cell.states is None and parse_number(cell.printed) is not None and squeeze(cell.printed) != code:
                self.findings.number(cell, ())
