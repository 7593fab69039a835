"""Tables of staff and training: known as what they are, kept as printed, no number of them a figure of the budget."""

from __future__ import annotations

import pytest

from budgetlod.interpret.fragments import RawTable, raw_rows
from budgetlod.interpret.recognise import split_header, title_type
from budgetlod.interpret.schedules import ScheduleReader
from budgetlod.interpret.statements import Setting
from budgetlod.interpret.tables import find_tables
from budgetlod.model.document import Grid
from budgetlod.model.tables import Statement
from tests.interpret.grids import document, grid, line
from tests.interpret.row_tables import LEXICON, YEAR, read_table, stated

TRAINING = grid("序号|培训名称|时间|人数|金额|备注", "1|某项业务培训|6月|44|7.28|", "2|另一项培训|9月|5|1.50|线上")
STAFF = grid("单位名称|编制数|实有人数", "某局|30|28", "合计|30|28")


def table(found: Grid, type_: str) -> Statement:
    header, rows = split_header(found, type_, LEXICON)
    raw = RawTable(type_, "", [], header, found.place)
    raw.rows = raw_rows(found, rows)
    setting = Setting(YEAR, "budget", "cny-10k", LEXICON.lists["unit"].codes["cny-10k"].factor or YEAR)  # type: ignore[arg-type]
    return ScheduleReader(raw, LEXICON.statements[type_], LEXICON, setting, "x").as_printed(1, 2)


@pytest.mark.parametrize(
    ("title", "type_"),
    [
        ("2030年部门人员情况表", "staff"),
        ("机构人员编制情况表", "staff"),
        ("2030年度培训计划表", "training"),
        ("会议、培训情况表", "training"),
        ("三公经费、会议费、培训费支出预算表", "three-public"),
        ("一般公共预算人员经费支出情况表", None),
    ],
)
def test_titles(title: str, type_: str | None) -> None:
    found = title_type(title, LEXICON)
    assert found == type_ if type_ else found not in ("staff", "training")


def test_a_table_of_training_without_a_title_is_known_by_its_headings() -> None:
    (found,), problems = find_tables(document(line("附：2030年培训安排如下"), TRAINING), LEXICON)
    assert (found.type, len(found.header), len(found.rows)) == ("training", 1, 2)
    assert problems == []


@pytest.mark.parametrize(("found", "type_"), [(TRAINING, "training"), (STAFF, "staff")])
def test_cells_stand_as_printed_and_state_nothing(found: Grid, type_: str) -> None:
    statement = table(found, type_)
    want = [cell for row in found.rows[1:] for cell in row.cells if cell]
    assert [cell.printed for cell in statement.cells] == want
    assert {(cell.amount, cell.number, cell.states) for cell in statement.cells} == {(None, None, None)}
    assert statement.unmapped == ()
    at = found.rows[0].cells.index("培训名称") if type_ == "training" else 0
    assert [row.labels for row in statement.rows] == [(row.cells[at],) for row in found.rows[1:]]


def test_vehicles_as_columns_under_one_heading() -> None:
    header = [
        ["三公经费合计", "因公出国（境）费", "公务用车费", "公务用车费", "公务用车费", "公务接待费"],
        ["", "", "小计", "购置费", "运行费", ""],
    ]
    _, statement = read_table("three-public", header, [["6.00", "1.00", "3.00", "2.00", "1.50", "2.50"]])
    assert {printed: where.item for printed, where in stated(statement).items()} == {
        "6.00": "three-public", "1.00": "abroad", "3.00": "vehicles", "2.00": "vehicle-purchase",
        "1.50": "vehicle-operation", "2.50": "reception",
    }  # fmt: skip
    assert statement.unmapped == ()
