"""Results name the printed places they are about."""

from __future__ import annotations

import pytest

from budgetlod.validate.report import Place, Report, Result

DATA = "https://example.org/data/"


def result(report: Report, shape: str) -> Result:
    """Return the one result of a shape."""
    (found,) = [r for r in report.results if r.shape.endswith(f"/{shape}")]
    return found


@pytest.mark.parametrize(
    ("shape", "cells"),
    [
        ("Agreement", ["mention1", "r10c3"]),
        ("RoundingUndeclared", ["mention1", "r1c3", "r2c3", "r10c3"]),
        ("BlankOverFilled", ["mention1", "r10c3", "row10"]),
        ("Correspondence", ["mention1", "r2c3", "r10c3"]),
    ],
)
def test_result_names_all_evidence_it_is_about(laws: Report, shape: str, cells: list[str]) -> None:
    assert [place.iri.removeprefix(DATA) for place in result(laws, shape).evidence] == cells


def places(report: Report) -> dict[str, Place]:
    """Return the places of a report by the end of their IRI."""
    return {p.iri.removeprefix(DATA): p for r in report.results for p in r.evidence}


def test_cell_is_placed_by_table_row_column_print_and_line(laws: Report) -> None:
    place = places(laws)["r1c3"]
    assert place.zh == "《收入总表》，第1行“合计”，“合计”列，印作“6.01”，原文第52行"
    assert place.en == 'table "收入总表", row 1 "合计", column "合计", printed "6.01", source line 52'


def test_cell_split_over_a_page_break_has_both_positions(laws: Report) -> None:
    assert places(laws)["r2c3"].en.endswith("source line 53 and source lines 67 to 68")


def test_of_two_items_in_a_row_the_one_left_of_the_cell_is_named(laws: Report) -> None:
    assert 'row 2 "行政运行", column' in places(laws)["r2c3"].en


def test_mention_is_placed_by_section(laws: Report) -> None:
    assert places(laws)["mention1"].zh == "“二、总体情况”一节，印作“5万元”"


def test_row_is_placed_by_itself_and_its_page(laws: Report) -> None:
    assert places(laws)["row10"].en == 'table "收入总表", row 10 "事业运行", page 3'
