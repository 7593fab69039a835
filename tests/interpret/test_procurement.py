"""Procurement tables with what the example lacks: several purchases for one project, projects without a form."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import budgetlod
from budgetlod.model.cube import Point
from budgetlod.model.notes import Project

EXAMPLE = Path(__file__).parents[2] / "data" / "130371-442-2024-budget" / "source.txt"
LAST = "专项业务费\t70.00\t其他服务\tC99000000\t万元\t1\t55.00\t55.00\t55.00\t\t\t\t\t\t55.00\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "source.txt"


def read(source: Path, replacement: str) -> budgetlod.Disclosure:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count(LAST) == 1
    source.write_text(text.replace(LAST, replacement), encoding="utf-8")
    return budgetlod.read(source)


def line(project: str, funds: str, goods: str, amount: str, code: str = "C99000000") -> str:
    return f"{project}\t{funds}\t{goods}\t{code}\t项\t1\t{amount}\t{amount}\t{amount}\t\t\t\t\t\t{amount}\n"


def lines_of(disclosure: budgetlod.Disclosure) -> list[tuple[str, str, Decimal | None]]:
    return [(p.project, p.label, p.amount) for p in disclosure.content.procurement if p.kind == "line"][2:]


@pytest.mark.parametrize("merged", [False, True])
def test_several_purchases_for_one_project_are_points_of_their_own(source: Path, merged: bool) -> None:
    again = ("", "") if merged else ("专项业务费", "70.00")
    found = read(
        source, line("专项业务费", "70.00", "其他服务", "30.00") + line(*again, "复印纸", "25.00", "A05040101")
    )
    key = "13031124P004687123315"
    assert lines_of(found) == [(key, "其他服务", Decimal("300000.00")), (key, "复印纸", Decimal("250000.00"))]
    parts = [project for project in found.content.projects if project.parent]
    unit = found.content.institutions[0].name
    assert [(p.key, p.name, p.parent) for p in parts] == [
        (f"{key}.{unit}.1", "专项业务费：其他服务", key),
        (f"{key}.{unit}.2", "专项业务费：复印纸", key),
    ]
    report = budgetlod.validate(found)
    assert [result.messages.en for result in report.violations] == []
    wrong = read(
        source, line("专项业务费", "70.00", "其他服务", "30.00") + line(*again, "复印纸", "24.00", "A05040101")
    )
    assert not budgetlod.validate(wrong, profile="rollup").conforms


def rules_broken(found: budgetlod.Disclosure) -> list[tuple[str, ...]]:
    """The rules that the document violates: it buys for a project that none of its forms describes."""
    return [result.identifiers for result in budgetlod.validate(found).violations]


def test_a_project_that_only_the_procurement_table_names(source: Path) -> None:
    found = read(source, line("日常办公购置", "60.00", "台式计算机", "55.00", "A02010105"))
    assert lines_of(found) == [("日常办公购置", "台式计算机", Decimal("550000.00"))]
    (project,) = [project for project in found.content.projects if not project.form]
    assert isinstance(project, Project)
    assert (project.name, project.code, project.statement) == ("日常办公购置", "", "procurement")
    table = next(s for s in found.content.statements if s.type == "procurement")
    assert table.unmapped == ()
    stated = [c.states for c in table.cells if c.amount is not None and c.row_label == "日常办公购置"]
    assert {state.project for state in stated if isinstance(state, Point)} == {"日常办公购置"}
    assert rules_broken(found) == [("E06",)]


def test_a_unit_that_only_the_procurement_table_names(source: Path) -> None:
    extra = "第二事务中心小计\t\t\t\t\t\t\t0.00\t0.00\t\t\t\t\t\t0.00\n" + line("材料费", "1.00", "材料", "0.00")
    found = read(source, LAST + extra)
    assert {p.organization for p in found.content.procurement[5:]} == {"第二事务中心"}
    assert rules_broken(found) == [("E06",)]


def test_a_line_without_a_label_after_a_page_break_is_no_rest_of_a_row(source: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").split("\n")
    first = next(i for i, text in enumerate(lines) if text.startswith("政府采购项目来源"))
    heading = lines[first : first + 2]
    page = "\n442 秦皇岛经济技术开发区行政审批局\n\n单位：万元\n\n" + "\n".join(heading) + "\n"
    found = read(
        source, line("专项业务费", "70.00", "其他服务", "30.00") + page + line("", "", "复印纸", "25.00", "A05040101")
    )
    assert [(label, amount) for _, label, amount in lines_of(found)] == [
        ("其他服务", Decimal("300000.00")),
        ("复印纸", Decimal("250000.00")),
    ]
