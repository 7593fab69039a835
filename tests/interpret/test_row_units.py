"""Rows by organisation: the department, its units, its head office; units that are not named."""

from __future__ import annotations

import pytest

from budgetlod.interpret.document_labels import DocumentLabels
from tests.interpret.row_tables import point, read_table, stated

BUREAU = DocumentLabels(department="示范市示范局")
OWN = "示范市示范局(本级)"
CENTRE = "示范市示范中心"


def organizations(rows: list[list[str]], header: list[str], labels: DocumentLabels = BUREAU) -> list[str]:
    """Return the organisation of each row of a table of revenue by unit."""
    _, statement = read_table("income", [header], rows, labels)
    assert statement.unmapped == ()
    return [where.organization for where in stated(statement).values()]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([["合计", "9.00"], ["示范市示范局", "9"]], ["", ""], id="one unit is the whole"),
        pytest.param(
            [["合计", "9.00"], ["示范市示范局", "5.00"], [CENTRE, "4.00"]], ["", OWN, CENTRE], id="head office"
        ),
        pytest.param(
            [["合计", "9.00"], ["示范市示范局", "9.0"], ["示范市示范局", "5.00"], [CENTRE, "4.00"]],
            ["", "", OWN, CENTRE],
            id="department, then head office of the same name",
        ),
        pytest.param(
            [["示范市示范局", "9.00"], ["示范市示范局（本级）", "5.00"], [CENTRE, "4.00"]],
            ["", OWN, CENTRE],
            id="no total",
        ),
        pytest.param([["示范市示范局", "5.00"], [CENTRE, "4.00"]], [OWN, CENTRE], id="no total, no whole"),
    ],
)
def test_rows_by_name(rows: list[list[str]], expected: list[str]) -> None:
    assert organizations(rows, ["单位名称", "合计"]) == expected


def test_the_code_that_begins_all_others_is_that_of_the_department() -> None:
    rows = [
        ["", "合计", "9.00"],
        ["121", "示范市示范局", "9.0"],
        ["121001", "示范市示范局", "5.00"],
        ["121002", CENTRE, "4.00"],
    ]
    assert organizations(rows, ["单位编码", "单位名称", "合计"]) == ["", "", OWN, CENTRE]
    joined = [[f"{code}-{name}" if code else name, amount] for code, name, amount in rows]
    assert organizations(joined, ["预算单位", "合计"]) == ["", "", OWN, CENTRE]


def test_a_unit_is_known_by_the_name_that_the_list_of_institutions_gives_it() -> None:
    known = DocumentLabels(department="示范市示范局", units=("示范市示范局（本级）",))
    rows = [["合计", "9.00"], ["示范市示范局", "5.00"], [CENTRE, "4.00"]]
    assert organizations(rows, ["单位名称", "合计"], known) == ["", "示范市示范局（本级）", CENTRE]


def test_codes_below_a_unit_belong_to_it() -> None:
    header = [["预算单位", "科目编码", "科目名称", "合计"]]
    rows = [
        ["合计", "", "", "9.00"],
        ["示范市示范局", "", "", "5.00"],
        ["", "201", "一般公共服务支出", "5.0"],
        [CENTRE, "", "", "4.00"],
        ["", "201", "一般公共服务支出", "3.00"],
        ["", "208", "社会保障和就业支出", "1.00"],
    ]
    _, statement = read_table("expenditure", header, rows, BUREAU)
    spent = point(flow="expenditure")
    assert stated(statement) == {
        "9.00": spent,
        "5.00": spent._replace(organization=OWN),
        "5.0": spent._replace(organization=OWN, function="201"),
        "4.00": spent._replace(organization=CENTRE),
        "3.00": spent._replace(organization=CENTRE, function="201"),
        "1.00": spent._replace(organization=CENTRE, function="208"),
    }


def test_a_unit_merged_over_its_rows() -> None:
    header = [["预算单位", "科目编码", "科目名称", "合计"]]
    rows = [
        [OWN, "201", "一般公共服务支出", "5.00"],
        ["", "208", "社会保障和就业支出", "2.00"],
        [CENTRE, "201", "一般公共服务支出", "3.00"],
        ["", "合计", "", "10.00"],
    ]
    above: dict[int, tuple[str, ...]] = {1: (OWN, "", "", "")}
    _, statement = read_table("expenditure", header, rows, BUREAU, above)
    assert [(w.organization, w.function) for w in stated(statement).values()] == [
        (OWN, "201"), (OWN, "208"), (CENTRE, "201"), ("", "_T"),
    ]  # fmt: skip


def test_a_unit_named_among_the_labels_holds_for_the_rows_below() -> None:
    labels = DocumentLabels(department="示范市示范局", units=(CENTRE,))
    rows = [
        ["合计", "9.00"],
        ["示范市示范局（本级）", "9.0"],
        ["工资福利支出", "5.00"],
        [CENTRE, "4.00"],
        ["工资福利支出", "3.00"],
    ]
    _, statement = read_table("basic-expenditure", [["科目名称", "合计"]], rows, labels)
    assert [(w.organization, w.economic) for w in stated(statement).values()] == [
        ("", "_T"), ("", "_T"), ("", "301"), (CENTRE, "_T"), (CENTRE, "301"),
    ]  # fmt: skip


def test_a_table_that_begins_anew_for_each_unit_without_naming_it() -> None:
    header = [["科目编码", "科目名称", "合计"]]
    rows = [
        ["2010801", "行政运行", "1.00"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "2.00"],
        ["2010801", "行政运行", "3.00"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "4.00"],
        ["2010850", "事业运行", "5.00"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "6.00"],
        ["", "合计", "21.00"],
    ]
    _, statement = read_table("general-public-expenditure", header, rows)
    assert [(w.organization, w.function) for w in stated(statement).values()] == [
        ("unit-1", "2010801"), ("unit-1", "2080505"), ("unit-2", "2010801"), ("unit-2", "2080505"),
        ("unit-3", "2010850"), ("unit-3", "2080505"), ("", "_T"),
    ]  # fmt: skip


def test_a_table_in_which_nothing_repeats_is_that_of_the_department() -> None:
    header = [["科目编码", "科目名称", "合计"]]
    rows = [["2080505", "机关事业单位基本养老保险缴费支出", "1.00"], ["2010801", "行政运行", "2.00"]]
    _, statement = read_table("expenditure", header, rows)
    assert {where.organization for where in stated(statement).values()} == {""}
