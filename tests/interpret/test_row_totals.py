"""Totals at the top, at the bottom, with and without money of other years; numbers of rows that are no amounts."""

from __future__ import annotations

import pytest

from tests.interpret.row_tables import point, read_table, stated

HEADER = [["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]]
IN, OUT = point(flow="revenue"), point(flow="expenditure")


def test_a_total_at_the_top() -> None:
    rows = [["合计", "1.00", "合计", "2.00"], ["一、一般公共预算资金", "3.00", "一、一般公共服务支出", "4.00"]]
    _, statement = read_table("balance", HEADER, rows)
    assert stated(statement) == {
        "1.00": IN, "2.00": OUT, "3.00": IN._replace(source="general-public"), "4.00": OUT._replace(function="201"),
    }  # fmt: skip


@pytest.mark.parametrize(("revenue", "outlay"), [("收入合计", "支出合计"), ("总计", "总计"), ("收入总计", "支出总计")])
def test_a_total_below_money_of_other_years_is_that_of_all_money(revenue: str, outlay: str) -> None:
    rows = [
        ["一、一般公共预算拨款收入", "1.00", "一、一般公共服务支出", "2.00"],
        ["本年收入合计", "3.00", "本年支出合计", "4.00"],
        ["上年结转结余", "5.00", "结转下年", "6.00"],
        [revenue, "7.00", outlay, "8.00"],
    ]
    _, statement = read_table("balance", HEADER, rows)
    assert stated(statement) == {
        "1.00": IN._replace(source="general-public", vintage="current"),
        "2.00": OUT._replace(function="201"),
        "3.00": IN._replace(vintage="current"),
        "4.00": OUT,
        "5.00": IN._replace(vintage="carried"),
        "6.00": point(flow="closing"),
        "7.00": IN,
        "8.00": point(flow="outlay"),
    }


def test_sources_below_carry_over_are_carried() -> None:
    rows = [
        ["一、财政拨款", "1.00", "", ""],
        ["上年结余、结转", "2.00", "", ""],
        ["1.一般公共预算拨款结余、结转", "3.00", "", ""],
        ["其中：财政拨款资金结转", "4.00", "", ""],
        ["非财政拨款资金结余", "5.00", "", ""],
        ["上年实户资金余额", "6.00", "", ""],
        ["收入总计", "7.00", "", ""],
    ]
    _, statement = read_table("balance", HEADER, rows)
    carried = IN._replace(vintage="carried")
    assert stated(statement) == {
        "1.00": IN._replace(source="fiscal", vintage="current"),
        "2.00": carried,
        "3.00": carried._replace(source="general-public"),
        "4.00": carried._replace(source="fiscal"),
        "5.00": carried._replace(source="non-fiscal"),
        "6.00": IN._replace(vintage="cash-balance"),
        "7.00": IN,
    }


def test_parts_of_a_source_are_no_source_of_their_own() -> None:
    rows = [
        ["(1)一般公共预算拨款", "1.00", "", ""],
        ["其中：专项资金列入部门预算的项目", "2.00", "", ""],
        ["3、事业收入", "3.00", "", ""],
        ["其中：纳入财政专户管理的收费", "4.00", "", ""],
    ]
    _, statement = read_table("balance", HEADER, rows)
    assert [where.source for where in stated(statement).values()] == [
        "general-public", "earmarked", "undertaking", "undertaking-fees",
    ]  # fmt: skip


def test_numbers_of_rows_are_no_amounts_with_or_without_a_heading() -> None:
    for heading in ("行次", ""):
        header = [["收入"] * 3 + ["支出"] * 3, ["项目", heading, "决算数"] * 2]
        rows = [
            ["一、一般公共预算拨款收入", "1", "10.00", "一、一般公共服务支出", "5", "20.00"],
            ["二、政府性基金预算拨款收入", "2", "11.00", "二、外交支出", "6", ""],
            ["本年收入合计", "3", "12.00", "本年支出合计", "7", "21.00"],
            ["收入总计", "4", "13.00", "支出总计", "8", "22.00"],
        ]
        _, statement = read_table("balance", header, rows)
        assert set(stated(statement)) == {"10.00", "11.00", "12.00", "13.00", "20.00", "21.00", "22.00"}
        assert statement.unmapped == ()
        assert stated(statement)["12.00"] == IN._replace(vintage="current")


def test_three_sides_of_expenditure() -> None:
    header = [
        ["收入", "收入", *["支出"] * 6],
        [
            "项目",
            "预算数",
            "支出功能分类科目",
            "预算数",
            "部门预算支出经济分类科目",
            "预算数",
            "政府预算支出经济分类科目",
            "预算数",
        ],
    ]
    rows = [
        ["一、部门预算", "1.00", "一、部门预算", "2.00", "一、部门预算", "3.00", "一、部门预算", "4.00"],
        ["1、财政拨款", "5.00", "1、外交支出", "6.00", "(1)工资福利支出", "7.00", "1、机关工资福利支出", "8.00"],
        ["", "", "24、其他支出", "9.00", "(10)其他支出", "10.00", "11、其他支出", "11.00"],
        ["本年收入合计", "12.00", "本年支出合计", "13.00", "本年支出合计", "14.00", "本年支出合计", "15.00"],
        ["收入总计", "16.00", "支出总计", "17.00", "支出总计", "18.00", "支出总计", "19.00"],
    ]
    _, statement = read_table("balance", header, rows)
    outlay = point(flow="outlay")
    assert stated(statement) == {
        "1.00": IN._replace(vintage="current"), "2.00": OUT, "3.00": OUT, "4.00": OUT, "5.00": IN._replace(source="fiscal", vintage="current"),
        "6.00": OUT._replace(function="202"), "7.00": OUT._replace(economic="301"),
        "8.00": OUT._replace(governmentEconomic="501"), "9.00": OUT._replace(function="229"),
        "10.00": OUT._replace(economic="399"), "11.00": OUT._replace(governmentEconomic="599"),
        "12.00": IN._replace(vintage="current"), "13.00": OUT, "14.00": OUT, "15.00": OUT,
        "16.00": IN, "17.00": outlay, "18.00": outlay, "19.00": outlay,
    }  # fmt: skip


THREE_SIDES = [
    ["收入", "收入", "支出", "支出", "支出", "支出"],
    ["项目名称", "金额", "功能科目名称", "金额", "项目名称", "金额"],
]


def test_a_label_merged_over_two_sides_is_that_of_both() -> None:
    """The amount of the whole stands on the third side, its label on the second; the second has no cell for one."""
    rows = [
        ["一般公共预算", "1.00", "一、一般公共服务支出", "2.00", "一、基本支出", "3.00"],
        ["收入合计", "4.00", "支出合计", "", "", "5.00"],
    ]
    over: dict[int, tuple[str, ...]] = {1: ("", "", "", "支出合计", "支出合计", "")}
    _, statement = read_table("balance", THREE_SIDES, rows, over=over)
    assert stated(statement)["5.00"] == OUT
    assert statement.unmapped == ()
    assert [blank for blank in statement.blanks if blank.row == 2] == []


def test_a_label_of_another_side_that_is_not_merged_is_not_taken() -> None:
    rows = [["收入合计", "4.00", "支出合计", "", "", "5.00"]]
    _, statement = read_table("balance", THREE_SIDES, rows)
    assert [cell.printed for cell in statement.unmapped] == ["5.00"]
    assert [(blank.row, blank.column) for blank in statement.blanks] == [(1, 4)]


def test_a_row_below_a_merged_group_is_about_what_it_prints_itself() -> None:
    rows = [["收入总计", "", "3.00"], ["一般公共预算资金", "小计", "2.00"], ["", "专项收入", "1.00"]]
    header = [["项目名称", "项目名称", "金额"]]
    above: dict[int, tuple[str, ...]] = {2: ("一般公共预算资金", "", "")}
    _, statement = read_table("income", header, rows, above=above)
    assert {printed: where.source for printed, where in stated(statement).items()} == {
        "3.00": "_T", "2.00": "general-public", "1.00": "earmarked",
    }  # fmt: skip


def test_a_total_below_a_merged_group_is_none_of_the_table() -> None:
    rows = [["收入总计", "", "3.00"], ["某项收入", "", "2.00"], ["", "小计", "1.00"]]
    above: dict[int, tuple[str, ...]] = {2: ("某项收入", "", "")}
    _, statement = read_table("income", [["项目名称", "项目名称", "金额"]], rows, above=above)
    assert "1.00" not in stated(statement)
