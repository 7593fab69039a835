"""What columns say: years side by side, changes, composed headings, headings nearly like a label, totals of items."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlod.interpret.fragments import RawTable, raw_rows
from budgetlod.interpret.headings import read_headings
from budgetlod.interpret.project_tables import nested, read_projects
from budgetlod.interpret.recognise import split_header
from budgetlod.interpret.statements import Setting, StatementReader
from budgetlod.model.cube import ChangeOf, Point
from budgetlod.model.document import Grid
from budgetlod.model.tables import Statement
from budgetlod.rdf.lexicon import load_lexicon
from tests.interpret.grids import grid

LEXICON = load_lexicon()
SETTING = Setting(2031, "budget", "cny", Decimal(1))


def reader(type_: str, made: Grid) -> StatementReader:
    header, rows = split_header(made, type_, LEXICON)
    table = RawTable(type_, "", [], header, made.place, rows=raw_rows(made, rows))
    return StatementReader(table, LEXICON.statements[type_], LEXICON, SETTING, "made")


def read(type_: str, made: Grid) -> Statement:
    return reader(type_, made).read(0, 1)


def stated(statement: Statement) -> dict[tuple[int, int], object]:
    return {(cell.row, cell.column): cell.states for cell in statement.cells if cell.amount is not None or cell.number}


def test_years_and_changes_side_by_side() -> None:
    made = grid(
        "项目|上年预算数|本年预算数|增减额|增减%",
        "公务接待费|4.00|3.00|-1.00|-25.00",
    )
    point = Point(fiscalYear=2031, flow="expenditure", source="fiscal", item="reception")
    assert stated(read("three-public", made)) == {
        (1, 2): point._replace(fiscalYear=2030),
        (1, 3): point,
        (1, 4): ChangeOf(point, 2030),
        (1, 5): ChangeOf(point, 2030),
    }


def test_years_down_the_rows() -> None:
    made = grid("年度|因公出国（境）费|公务接待费", "2030年|1.00|4.00", "2031年|1.00|3.00", "增减变化金额|0.00|-1.00")
    point = Point(fiscalYear=2031, flow="expenditure", source="fiscal", item="reception")
    found = stated(read("three-public", made))
    assert [found[row, 3] for row in (1, 2, 3)] == [point._replace(fiscalYear=2030), point, ChangeOf(point, 2030)]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("一般公共预算财政拨款收入资金", {"source": "general-public"}),
        ("上年结余、结转", {"vintage": "carried"}),
        ("一般公共预算拨款安排的“三公”经费预算", {"source": "general-public", "item": "three-public"}),
        ("2031年预算数", {}),
    ],
)
def test_headings_that_no_label_has(heading: str, said: dict[str, str]) -> None:
    found = read_headings([(heading,)], LEXICON.statements["expenditure"], LEXICON)[0]
    assert (found.role, dict(found.coordinates)) == ("amount", said)


@pytest.mark.parametrize(
    ("heading", "role", "dimension"),
    [
        ("部门预算支出经济分类科目编码", "code", "economic"),
        ("政府预算支出经济分类科目名称", "label", "governmentEconomic"),
        ("支出功能分类科目（按大类）", "group", "function"),
    ],
)
def test_headings_made_of_a_classification_and_a_role(heading: str, role: str, dimension: str) -> None:
    found = read_headings([(heading,)], LEXICON.statements["balance"], LEXICON)[0]
    assert (found.role, found.dimension) == (role, dimension)


def test_sides_of_a_balance_know_their_flow_from_headings_that_name_money_too() -> None:
    made = grid(
        "财政拨款收入||财政拨款支出|",
        "项目|预算数|项目|预算数",
        "一般公共预算拨款|3.00|一般公共服务支出|3.00",
        spans=[(0, 0, 1, 2), (0, 2, 1, 2)],
    )
    found = stated(read("fiscal-balance", made))
    assert found[1, 2] == Point(fiscalYear=2031, flow="revenue", source="general-public")
    assert found[1, 4] == Point(fiscalYear=2031, flow="expenditure", source="fiscal", function="201")


@pytest.mark.parametrize(
    ("items", "total"),
    [("因公出国（境）费|公务接待费", "three-public"), ("公务接待费|培训费", "restricted")],
)
def test_the_total_of_the_three_public_expenses_stands_for_what_is_printed(items: str, total: str) -> None:
    found = stated(read("three-public", grid(f"合计|{items}", "3.00|1.00|2.00")))
    assert found[1, 1] == Point(fiscalYear=2031, flow="expenditure", source="fiscal", item=total)


def test_money_carried_over_in_a_column_makes_the_sources_beside_it_those_of_the_year() -> None:
    made = grid("科目编码|科目名称|合计|一般公共预算|上年结转", "201|一般公共服务支出|3.00|2.00|1.00")
    point = Point(fiscalYear=2031, flow="expenditure", function="201")
    assert stated(read("expenditure", made)) == {
        (1, 3): point,
        (1, 4): point._replace(source="general-public", vintage="current"),
        (1, 5): point._replace(vintage="carried"),
    }
    blank = grid("科目编码|科目名称|合计|一般公共预算|上年结转", "201|一般公共服务支出|3.00|3.00|")
    assert stated(read("expenditure", blank))[1, 4] == point._replace(source="general-public")


# --- tables of projects -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "whole", "parents"),
    [
        ([5, 2, 3, 4], 9, [None, 0, 0, None]),
        ([5, 4], 9, [None, None]),
        ([9, 5, 2, 3, 4, 4], 9, [None, 0, 1, 1, 0, 4]),
        ([5, 2, 2, 4], 9, [None, None, None, None]),
        ([5, 2], None, [None, None]),
    ],
)
def test_groups_are_told_by_their_sums(amounts: list[int], whole: int | None, parents: list[int | None]) -> None:
    total = Decimal(whole) if whole is not None else None
    assert nested([Decimal(a) for a in amounts], total) == parents


def test_rows_of_a_table_of_projects_are_projects_in_their_groups() -> None:
    made = grid(
        "单位编码|单位（项目）名称|项目金额",
        "|合计|9.00",
        "101001|某市某局|9.00",
        "|通用项目|5.00",
        "|物业管理费|2.00",
        "|法律顾问服务|3.00",
        "|专用项目|4.00",
    )
    statement, projects = read_projects(reader("projects", made), 0, 1, [])
    groups = {project.name: project.group for project in projects}
    keys = {project.name: project.key for project in projects}
    assert list(groups) == ["通用项目", "物业管理费", "法律顾问服务", "专用项目"]
    assert groups["物业管理费"] == groups["法律顾问服务"] == keys["通用项目"]
    assert groups["通用项目"] == groups["专用项目"] == ""
    assert not any(project.form for project in projects)
    of_row = {c.row: c.states for c in statement.cells if c.amount is not None}
    assert [getattr(of_row[row], "project", None) for row in (4, 5)] == [keys["物业管理费"], keys["法律顾问服务"]]
