"""The arithmetic of a disclosure: which sums are formed, which close, and where those are that do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from budgetlod.interpret.closure import Closure, closure, confidence
from budgetlod.interpret.coverage import reading
from budgetlod.interpret.disclosure import interpret
from budgetlod.model.cube import Balance, Breakdown, Figure, Point, Relations
from budgetlod.model.disclosure import Content, Disclosure, Identity, Source
from budgetlod.model.document import Place
from budgetlod.model.tables import Cell, Statement
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.registry import read_document
from tests.conftest import EXAMPLE

BASE = Point(fiscalYear=2024, flow="expenditure")
BASIC, PROJECT = BASE._replace(nature="basic"), BASE._replace(nature="project")
REVENUE, OUTLAY = BASE._replace(flow="revenue"), BASE._replace(flow="outlay")
CENT, HUNDRED, YUAN = Decimal("0.01"), Decimal(100), Decimal(1)


def table(type_: str, *cells: tuple[Point, str], precision: Decimal = CENT) -> Statement:
    """A table with one cell a row, printed from line 11 on."""
    printed = tuple(
        Cell(row, 1, amount, (Place(line=10 + row),), Decimal(amount), None, point, row_label=f"row {row}")
        for row, (point, amount) in enumerate(cells, 1)
    )
    return Statement(type_, 0, 1, type_, "cny", precision, (), (), printed, Place(line=10))


def disclosure(
    *statements: Statement, relations: Relations, precision: Decimal = CENT, rounding: str = ""
) -> Disclosure:
    figures = {
        cell.states: Figure(cell.states, cell.amount, precision)
        for statement in reversed(statements)
        for cell in statement.cells
        if isinstance(cell.states, Point) and cell.amount is not None
    }
    content = Content(statements, rounding=rounding)
    return Disclosure(Identity(), Source("x", "x", "", ""), content, figures, relations=relations)


def rollup(whole: str, *parts: str, precision: Decimal = CENT, rounding: str = "", by_hand: bool = False) -> Closure:
    points = (BASIC, PROJECT)
    one = table("expenditure", (BASE, whole), *zip(points, parts, strict=True), precision=precision)
    listed = Breakdown("", BASE, points, ("nature",), ("expenditure",), by_hand)
    return closure(disclosure(one, relations=Relations((listed,)), precision=precision, rounding=rounding))


def test_parts_that_add_up() -> None:
    (found,) = rollup("100.00", "60.00", "40.00").sums
    assert (found.law, found.closes, found.gap) == ("rollup", True, Decimal(0))


def test_parts_that_do_not_are_told_with_their_place() -> None:
    (found,) = rollup("100.00", "60.00", "40.01").open
    assert (found.stated, found.expected, found.gap) == (Decimal(100), Decimal("100.01"), Decimal("-0.01"))
    assert (found.statements, found.label, found.place) == (("expenditure",), "row 1", "line 11")


@pytest.mark.parametrize(
    ("whole", "closes"), [("100.00", True), ("100.01", True), ("100.015", True), ("100.02", False), ("99.98", False)]
)
def test_declared_rounding_allows_half_a_last_digit_of_each(whole: str, closes: bool) -> None:
    assert rollup(whole, "60.00", "40.00", rounding="因四舍五入存在尾差").sums[0].closes is closes
    assert rollup(whole, "60.00", "40.00", by_hand=True).sums[0].closes is closes


def test_without_a_declaration_equal_precisions_are_exact() -> None:
    assert not rollup("100.01", "60.00", "40.00").sums[0].closes


def test_a_part_that_is_not_stated_adds_nothing() -> None:
    one = table("expenditure", (BASE, "100.00"), (BASIC, "100.00"))
    listed = Breakdown("", BASE, (BASIC, PROJECT), ("nature",), ("expenditure",))
    (found,) = closure(disclosure(one, relations=Relations((listed,)))).sums
    assert found.closes


def test_no_sum_is_formed_without_a_whole_or_without_parts() -> None:
    listed = Breakdown("", BASE, (BASIC,), ("nature",), ("expenditure",))
    for cell in ((BASIC, "1.00"), (BASE, "1.00")):
        assert closure(disclosure(table("expenditure", cell), relations=Relations((listed,)))).sums == ()


@pytest.mark.parametrize(("out", "closes"), [("500.00", True), ("500.01", False)])
def test_money_in_and_money_out(out: str, closes: bool) -> None:
    one = table("balance", (REVENUE, "500.00"), (OUTLAY, out))
    balance = Balance("_T", (REVENUE,), (OUTLAY,))
    (found,) = closure(disclosure(one, relations=Relations(balances=(balance,)))).sums
    assert (found.law, found.closes, found.statements, found.place) == ("balance", closes, ("balance",), "line 11")


def test_a_balance_with_an_end_that_is_not_stated_is_none() -> None:
    balance = Balance("_T", (REVENUE,), (OUTLAY,))
    one = table("balance", (REVENUE, "500.00"))
    assert closure(disclosure(one, relations=Relations(balances=(balance,)))).sums == ()


def test_tables_that_print_one_figure_agree_or_not() -> None:
    tables = (table("balance", (BASE, "7.00")), table("income", (BASE, "7.00")), table("expenditure", (BASE, "7.01")))
    found = closure(disclosure(*tables, relations=Relations()))
    assert [(one.statements, one.closes) for one in found.sums] == [
        (("income", "balance"), True),
        (("expenditure", "balance"), False),
    ]
    assert [confidence(found.of(name)) for name in ("balance", "income", "expenditure")] == [0.5, 1.0, 0.0]


@pytest.mark.parametrize(("coarse", "agrees"), [("1200", True), ("1300", False)])
def test_a_coarser_print_agrees_within_half_its_last_digit(coarse: str, agrees: bool) -> None:
    tables = (table("balance", (BASE, "1249.99")), table("income", (BASE, coarse), precision=HUNDRED))
    (found,) = closure(disclosure(*tables, relations=Relations())).sums
    assert found.closes is agrees


def test_no_sums_no_confidence() -> None:
    assert confidence(()) is None


def test_the_example_closes(example: Disclosure) -> None:
    found = closure(example)
    assert found.open == ()
    assert len(found.under("balance")) == 3
    assert len(found.under("rollup")) == sum(bool(b.parts) for b in example.relations.breakdowns)
    record = reading(example)
    assert record["arithmetic"]["sums"] == record["arithmetic"]["closing"] == len(found.sums)
    assert record["missing"] == []
    trust = {table["key"]: table["confidence"] for table in record["statements"]}
    assert trust["income"] == 1.0
    assert trust["government-fund-expenditure"] is None


def test_a_wrong_digit_opens_sums_of_its_table(tmp_path: Path) -> None:
    """One amount of the example's table of expenditure by function is changed, in its cell of that table alone."""
    lines = (EXAMPLE / "source.txt").read_text(encoding="utf-8").split("\n")
    start = next(i for i, line in enumerate(lines) if line.strip().startswith("部门预算支出总表") and i > 50)
    row = next(
        i for i in range(start, len(lines)) if "合计" not in lines[i] and lines[i].count("\t") > 3 and ".0" in lines[i]
    )
    cells = lines[row].split("\t")
    position = max(i for i, cell in enumerate(cells) if "." in cell)
    cells[position] = cells[position][:-1] + str((int(cells[position][-1]) + 5) % 10)
    lines[row] = "\t".join(cells)
    path = tmp_path / "x.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    record = reading(interpret(read_document(path), load_lexicon()))
    arithmetic = record["arithmetic"]
    assert 0 < len(arithmetic["open"]) == arithmetic["sums"] - arithmetic["closing"] < 10
    assert all(f"line {row + 1}" == one["place"] or one["law"] == "rollup" for one in arithmetic["open"])
    trust = {table["key"]: table["confidence"] for table in record["statements"]}
    assert trust["expenditure"] < 1.0
    assert trust["income"] == 1.0


def test_what_is_missing_is_named(example: Disclosure) -> None:
    record = reading(replace(example, missing=("income", "three-public")))
    assert record["missing"] == ["income", "three-public"]
    assert len(record["expected"]) == 9
