"""The two CSV files: exact columns, codes as notations, places as a reader counts them."""

from __future__ import annotations

import csv
import io

from budgetlod.publish.figures import figures
from budgetlod.publish.lookup import Lookup, natural_order
from budgetlod.publish.tables import CELL_COLUMNS, OBSERVATION_COLUMNS, cells_csv, observations_csv
from tests.publish.small import IRI, small_triples


def rows(content: bytes) -> list[dict[str, str]]:
    assert b"\r" not in content
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_columns_are_the_contract() -> None:
    assert ",".join(OBSERVATION_COLUMNS) == (
        "observation,organization,fiscalYear,phase,flow,vintage,source,function,economic,governmentEconomic,"
        "nature,item,project,amount"
    )
    assert ",".join(CELL_COLUMNS) == (
        "statement,statementType,row,rowCode,rowLabel,column,columnLabel,printed,amount,page,line,states"
    )


def test_a_figure_is_one_row_of_codes() -> None:
    found = {row["observation"]: row for row in rows(observations_csv(figures(Lookup(small_triples()))))}
    assert len(found) == 7
    assert list(found[f"{IRI}/figure/basic"].values())[1:] == [
        "110000-001", "2024", "budget", "expenditure", "_T", "general-public", "_T", "30101", "_T", "basic", "_T", "_T",
        "655900.00",
    ]  # fmt: skip
    unit = found[f"{IRI}/figure/project"]
    assert (unit["organization"], unit["project"], unit["amount"]) == ("110000-001#unit-中心(1)", "P1", "500000")


def test_evidence_comes_in_the_order_of_the_document_and_prose_last() -> None:
    found = rows(cells_csv(Lookup(small_triples())))
    assert [(row["row"], row["column"], row["printed"]) for row in found] == [
        ("1", "2", "115\n.59"),
        ("1", "4", "115.59"),
        ("10", "1", "3"),
        ("10", "4", "115.59"),
        ("", "", "115.59 万元"),
        ("", "", "1 万元"),
    ]


def test_a_cell_says_where_it_stands_and_what_it_states() -> None:
    revenue, function, count, total, _, change = rows(cells_csv(Lookup(small_triples())))
    assert list(revenue.values()) == [
        f"{IRI}/statement/balance", "balance", "1", "", "一、拨款收入", "2", "收入/预算数", "115\n.59", "1155900.00", "", "10",
        f"{IRI}/figure/revenue",
    ]  # fmt: skip
    assert (function["rowLabel"], function["page"], function["line"]) == ("一、一般公共服务支出", "3", "")
    assert (count["amount"], count["states"]) == ("", "")  # a count is no amount of money
    assert (total["rowCode"], total["rowLabel"]) == ("T", "合计")
    assert (change["statement"], change["amount"], change["states"]) == ("", "10000.00", f"{IRI}#change-outlay")


def test_numbers_inside_names_are_ordered_by_size() -> None:
    assert sorted(["r10c1", "r2c10", "r2c9"], key=natural_order) == ["r2c9", "r2c10", "r10c1"]
