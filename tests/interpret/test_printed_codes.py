"""Codes in every printed form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlod.core.text import label_key
from budgetlod.interpret.printed_codes import (
    PrintedCode,
    by_custom,
    is_below,
    joined_code,
    named_code,
    plain_code,
    split_code,
)
from budgetlod.model.cube import Point
from tests.interpret.row_tables import LEXICON, read_table, stated


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("2010301", "2010301"),
        ("201 03 01", "2010301"),
        ("201.03.01", "2010301"),
        ("201-03", "20103"),
        ("[20103]", "20103"),
        ("２０１", "201"),
        ("2010300", "20103"),
        ("2010000", "201"),
        ("301020199", "301020199"),
        ("合计", ""),
        ("", ""),
    ],
)
def test_digits_of_a_code(printed: str, code: str) -> None:
    assert plain_code(printed) == code


@pytest.mark.parametrize(
    ("cells", "above", "code"),
    [
        (["201", "03", "01"], "", "2010301"),
        (["201", "03", ""], "", "20103"),
        (["201", "3", "1"], "", "2010301"),
        (["", "05", ""], "2080101", "20805"),
        (["", "", "05"], "20805", "2080505"),
        (["", "", "06"], "2080505", "2080506"),
        (["201", "20103", "2010301"], "", "2010301"),
        (["", "20103", ""], "201", "20103"),
        (["301", "01"], "", "30101"),
        (["", "", "01"], "208", ""),
        (["", "05", ""], "", ""),
        (["合计", "", ""], "208", ""),
        (["", "", ""], "208", ""),
    ],
)
def test_levels_in_cells_of_their_own(cells: list[str], above: str, code: str) -> None:
    assert joined_code(cells, above) == code


@pytest.mark.parametrize(
    ("text", "code", "label"),
    [
        ("[30101]基本工资", "30101", "基本工资"),
        ("50101-工资奖金津补贴", "50101", "工资奖金津补贴"),
        ("2010301 行政运行", "2010301", "行政运行"),
        ("行政运行（2010301）", "2010301", "行政运行"),
        ("行政运行2010301", "2010301", "行政运行"),
        ("301工资福利支出", "301", "工资福利支出"),
        ("3021101-差旅费", "3021101", "差旅费"),
    ],
)
def test_code_and_label_in_one_cell(text: str, code: str, label: str) -> None:
    found = split_code(text)
    assert isinstance(found, PrintedCode)
    assert (found.code, found.label) == (code, label)


@pytest.mark.parametrize(
    "text", ["2026年会议经费", "100人", "第101项", "基本工资", "1.公务用车", "运维2025-2026年", "120.50", "30101"]
)
def test_other_numbers_are_no_codes(text: str) -> None:
    found = split_code(text)
    assert found is None or found.code not in ("202", "100", "101", "2025", "120", "30101")


def test_a_name_is_looked_for_below_the_row_before() -> None:
    items = ("2010102", "2010302", "2013602")
    assert named_code(items, "2010301") == "2010302"
    assert named_code(("20899", "2089999"), "2080506") == "20899"
    assert named_code(("20899", "2089999"), "20899") == "2089999"
    assert named_code(("229", "22999", "2299999"), "2210201") == "229"
    assert is_below("2010302", "20103")
    assert not is_below("2010302", "208")


def test_a_name_with_the_same_ending_everywhere_has_it_in_an_unlisted_group() -> None:
    assert by_custom(("2010102", "2010302", "2013602"), "2019901") == "2019902"
    assert by_custom(("2010102", "2010399", "2013602"), "2019901") == ""
    assert by_custom(("2010102", "2010302"), "2019901") == ""
    assert by_custom(("2010102", "2010302", "2013602"), "201") == ""


# --- all forms say the same -------------------------------------------------------------------------------------------

CODES = sorted(c for c in LEXICON.codes("function").codes if c.isdigit() and len(c) == 7)
Printer = Callable[[Sequence[tuple[str, str]]], tuple[list[str], list[list[str]]]]


def _one_cell(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    return ["科目编码", "科目名称"], [[code, label] for code, label in rows]


def _dotted(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    return ["科目编码", "科目名称"], [[".".join(_levels(code)), label] for code, label in rows]


def _three_cells(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    return ["类", "款", "项", "科目名称"], [[*_padded(_levels(code)), label] for code, label in rows]


def _own_digits(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    printed = []
    for code, label in rows:
        levels = _levels(code)
        printed.append([*[""] * (len(levels) - 1), levels[-1], *[""] * (3 - len(levels)), label])
    return ["类", "款", "项", "科目名称"], printed


def _in_brackets(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    return ["科目名称"], [[f"[{code}]{label}"] for code, label in rows]


def _with_stroke(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    return ["支出功能分类科目"], [[f"{code}-{label}"] for code, label in rows]


def _behind(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    return ["科目名称"], [[f"{label}（{code}）"] for code, label in rows]


def _names(rows: Sequence[tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    return ["功能分类科目名称"], [[label] for _, label in rows]


def _levels(code: str) -> list[str]:
    return [code[:3], *(code[n : n + 2] for n in range(3, len(code), 2))]


def _padded(levels: list[str]) -> list[str]:
    return levels + [""] * (3 - len(levels))


def _is_ambiguous(code: str, label: str, printed: Sequence[str]) -> bool:
    """Return whether a name alone could be that of a code of the same class that is not printed."""
    named = LEXICON.codes("function").keys.get(label_key(label), ())
    return any(other[:3] == code[:3] and other not in printed for other in named)


@pytest.mark.parametrize(
    "printer", [_one_cell, _dotted, _three_cells, _own_digits, _in_brackets, _with_stroke, _behind, _names]
)
@given(items=st.lists(st.sampled_from(CODES), min_size=1, max_size=12, unique=True))
def test_all_forms_of_a_list_of_codes_give_the_same_points(printer: Printer, items: list[str]) -> None:
    codes = sorted({code[:length] for code in items for length in (3, 5, 7)})
    known = LEXICON.codes("function").codes
    rows = [(code, known[code].label if code in known else "") for code in codes]
    if not all(label for _, label in rows):
        return
    if printer is _names and any(_is_ambiguous(code, label, codes) for code, label in rows):
        return
    header, printed = printer(rows)
    table = [[*row, f"{n}.00"] for n, row in enumerate(printed, 1)]
    _, statement = read_table("expenditure", [[*header, "合计"]], table)
    expected = {f"{n}.00": code for n, code in enumerate(codes, 1)}
    points = stated(statement)
    assert {amount: where.function for amount, where in points.items()} == expected
    assert {where._replace(function="") for where in points.values()} == {
        Point(fiscalYear=2030, flow="expenditure", function="")
    }
