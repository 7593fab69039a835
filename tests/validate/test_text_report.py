"""The report as text: grouped by finding, one language, nothing lost but what was asked to be left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgetlod.validate.render import render
from budgetlod.validate.subject import Language, Style, Subject
from tests.validate.samples import CELL, EMPTY, FINDINGS, FULL, finding, report, result


def text(style: Style) -> str:
    return render("text", [Subject(FULL)], style)


def test_english() -> None:
    assert (
        text(Style("en"))
        == """\
does not conform: 1 violation, 0 warnings, 1 info; 1 accepted
shapes publication+extra, engine fast
left to the reference engine: Odd

violation 1  A01 A05
  fault 1, correct it
  → table "收入总表", row 1 "合计", column "合计", printed "6.01", source line 52 (most likely)
  - table "收入总表", row 2, source lines 53 to 54
  rollup RollUp-1

warning 2 (accepted)  A46
  fault 2, correct it
  accepted because: 此类公务用车由上级保障
  → table "收入总表", row 6 "小计" (most likely)
  - section "二、总体情况", printed "5万元", page 3
  - table "收入总表", row 2, source lines 53 to 54
  blanks BlankOverFilled-2

info 3  TableHasLabel
  fault 3, correct it
  structure TableHasLabel-3

Found while reading:
  warning Q03  line 7: a row is cut [look at the layout]

warning  [[accepted]] B99 income#r9 matches no finding any more (reason: 再无此事); \
remove it from source.toml, or correct rule and place
"""
    )


def test_chinese() -> None:
    lines = text(Style("zh")).splitlines()
    assert lines[:5] == [
        "不符合：错误 1、警告 0、提示 1；已接受 1", "规则 publication+extra，引擎 fast", "交由参考引擎检查：Odd", "", "错误 1  A01 A05",
    ]  # fmt: skip
    assert "  → 《收入总表》，第1行“合计”，“合计”列，印作“6.01”，原文第52行 (最可能)" in lines
    assert "  接受的理由：此类公务用车由上级保障" in lines
    assert lines[-1].startswith("警告  [[accepted]] B99 income#r9 已不对应任何发现")


def test_nothing_to_say() -> None:
    assert render("text", [Subject(EMPTY)], Style("en")) == (
        "conforms: 0 violations, 0 warnings, 0 infos\nshapes laws, engine fast\n"
    )


def test_lighter_findings_can_be_left_out_and_are_counted() -> None:
    shown = text(Style("en", minimum="warning"))
    assert "TableHasLabel" not in shown
    assert "\nfindings lighter than warning not shown: 1\n" in shown
    assert "not shown: 2" in text(Style("en", minimum="violation"))


def test_results_of_the_shapes_can_be_added() -> None:
    assert "  = MoneyInMoneyOut is wrong\n    MoneyInMoneyOut violation <https://example.org" in text(
        Style("en", results=True)
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_colour_only_when_asked(language: Language) -> None:
    assert "\x1b" not in text(Style(language))
    coloured = text(Style(language, colour=True))
    assert "\x1b[1;31m" in coloured
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"):
        coloured = coloured.replace(code, "")
    assert coloured == text(Style(language))


def test_many_places_are_cut_and_counted() -> None:
    places = tuple(replace(CELL, iri=f"{CELL.iri}{n}") for n in range(30))
    many = report(finding(1, result("RollUp", "violation", "A01", places=places)))
    lines = render("text", [Subject(many)], Style("en")).splitlines()
    assert sum("source line 52" in line for line in lines) == 12
    assert "  - … and 18 more" in lines


def test_several_reports_are_told_apart() -> None:
    both = render("text", [Subject(FULL), Subject(EMPTY, "a/", "b.txt")], Style("en"))
    assert both.startswith("https://example.org/data/dataset/x/2024-budget\ndoes not conform")
    assert "\n\na/b.txt\nconforms: " in both


def test_findings_keep_their_order() -> None:
    shown = text(Style("en"))
    assert [shown.index(f.messages.en) for f in FINDINGS] == sorted(shown.index(f.messages.en) for f in FINDINGS)
