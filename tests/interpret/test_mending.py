"""Numbers that a picture was misread for: taken where one reading alone makes a sum close, else left as they are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.interpret.mending import possible
from budgetlod.interpret.statements import Setting, StatementReader
from budgetlod.model.document import GridRow, Place
from budgetlod.model.tables import Cell, Statement
from tests.interpret.row_tables import LEXICON, YEAR

HEADER = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]


def read(rows: list[list[str]], sure: float = 0.7) -> tuple[StatementReader, Statement]:
    """Read a table of expenditure whose cells were recognised with some confidence."""
    header = tuple(GridRow(tuple(r), Place(line=n)) for n, r in enumerate(HEADER, 1))
    table = RawTable("expenditure", "", [], header, Place(line=1))
    table.rows = [
        RawRow(tuple(row), (Place(line=n),), confidence=(sure,) * len(row) if sure < 1 else ())
        for n, row in enumerate(rows, 2)
    ]
    type_ = LEXICON.statements["expenditure"]
    reader = StatementReader(table, type_, LEXICON, Setting(YEAR, "budget", "cny", Decimal(1)), "x")
    return reader, reader.read(0, 1)


def cell(statement: Statement, row: int, column: int) -> Cell:
    return next(cell for cell in statement.cells if (cell.row, cell.column) == (row, column))


def codes(reader: StatementReader) -> list[str]:
    return [problem.code for problem in reader.findings.problems if problem.code != "label-differs"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.935.36", ["193536", "1.93536", "1935.36"]),
        ("1,935,36", ["193536", "1.93536", "1935.36"]),
        ("1,O35.36", ["103536", "1.03536", "1035.36"]),
        ("(12.5.0)", ["-1250", "-12.50", "-125.0"]),
        ("-l2", ["-12"]),
        ("3S.O", ["350", "35.0"]),
        ("1,935.36", []),
        ("BOSS", []),
        ("12 项", []),
        ("", []),
    ],
)
def test_what_a_text_may_have_been(text: str, numbers: list[str]) -> None:
    assert possible(text) == tuple(Decimal(number) for number in numbers)


def test_a_number_that_closes_its_row_is_taken() -> None:
    reader, statement = read([["201", "一般公共服务支出", "2,935.36", "1.935.36", "1,000.00"]])
    found = cell(statement, 1, 4)
    assert (found.amount, found.mended, found.printed) == (Decimal("1935.36"), "1935.36", "1.935.36")
    assert statement.unmapped == ()
    problem = next(p for p in reader.findings.problems if p.code == "ocr-number-mended")
    assert problem.severity == "info"
    assert "1.935.36" in problem.zh
    assert "1935.36" in problem.en
    assert problem.hint_en
    assert "number-unmapped" not in codes(reader)


def test_a_number_that_closes_its_column_is_taken() -> None:
    rows = [
        ["", "合计", "300.00", "", ""],
        ["201", "一般公共服务支出", "1OO.00", "", ""],
        ["205", "教育支出", "200.00", "", ""],
    ]
    _, statement = read(rows)
    assert (cell(statement, 2, 3).amount, cell(statement, 2, 3).mended) == (Decimal("100.00"), "100.00")


def test_one_mended_number_helps_the_next() -> None:
    """The first column has two misread numbers: it can be added up when the rows have told one of them."""
    rows = [
        ["", "合计", "3.00.00", "", ""],
        ["201", "一般公共服务支出", "1OO.00", "60.00", "40.00"],
        ["205", "教育支出", "200.00", "", ""],
    ]
    _, statement = read(rows)
    assert [cell(statement, row, 3).amount for row in (1, 2)] == [Decimal("300.00"), Decimal("100.00")]


@pytest.mark.parametrize(
    "row",
    [
        ["201", "一般公共服务支出", "2,935.37", "1.935.36", "1,000.00"],  # no reading closes
        ["201", "一般公共服务支出", "2,935.36", "1.935.36", "1.OOO.00"],  # nor is there a sum, with two unknown
        ["201", "一般公共服务支出", "2,935.36", "1935万", "1,000.00"],  # no number at all
    ],
)
def test_what_no_sum_tells_stays_as_it_was_read(row: list[str]) -> None:
    reader, statement = read([row])
    found = cell(statement, 1, 4)
    assert (found.amount, found.mended) == (None, "")
    assert found in statement.unmapped
    assert "ocr-number-mended" not in codes(reader)
    assert "number-unmapped" in codes(reader)


def test_two_readings_that_both_close_a_sum_are_none() -> None:
    """As 12.5 the number closes its row, as 1.25 its column: nobody knows."""
    rows = [["", "合计", "", "1.25", ""], ["201", "一般公共服务支出", "13.5", "1.2.5", "1"]]
    _, statement = read(rows)
    assert cell(statement, 2, 4).amount is None


def test_text_that_is_no_picture_is_not_mended() -> None:
    reader, statement = read([["201", "一般公共服务支出", "2,935.36", "1.935.36", "1,000.00"]], sure=1.0)
    assert cell(statement, 1, 4).amount is None
    assert "number-unmapped" in codes(reader)
