"""Results name the printed places they are about."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rdflib import Graph

from budgetlod.validate.data import Data
from budgetlod.validate.evidence import EvidenceFinder
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


def test_place_carries_its_parts(laws: Report) -> None:
    place = places(laws)["r2c3"]
    assert (place.kind, place.statement, place.title) == ("cell", DATA + "table", "收入总表")
    assert (place.row, place.row_label, place.column, place.column_label) == (2, "行政运行", 3, "合计")
    assert (place.printed, place.amount, place.precision) == ("2.00", Decimal(20000), Decimal(100))
    assert (place.unit, place.factor) == ("cny-10k", Decimal(10000))
    assert (place.page, place.line, place.last_line, place.source) == (0, 53, 53, "source.txt")
    assert place.states == (DATA + "part1",)
    row = places(laws)["row10"]
    assert (row.kind, row.row, row.row_label, row.page, row.source) == ("row", 10, "事业运行", 3, "source.pdf")
    mention = places(laws)["mention1"]
    assert (mention.kind, mention.section, mention.factor) == ("mention", "二、总体情况", Decimal(10000))


THINGS = """
@prefix : <https://example.org/data/> .
@prefix blod: <https://w3id.org/budgetlod/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:disclosure a blod:Disclosure ; rdfs:label "预算公开"@zh .
:form a blod:Statement ; rdfs:label "绩效目标表"@zh ; prov:hadPrimarySource <https://example.org/source.txt#line=0,1> .
:row1 a blod:Row ; blod:order 1 ; blod:inStatement :form ; prov:hadPrimarySource <https://example.org/source.txt#line=1,2> .
:row2 a blod:Row ; blod:order 2 ; blod:inStatement :form ; skos:notation "2010301" .
:budget a blod:Cell ; blod:inStatement :form ; blod:inRow :row1 ; blod:printed "5.00" ; blod:statedAmount 50000.0 ;
    blod:states :figure .
:target a blod:TextCell ; blod:inStatement :form ; blod:inRow :row2 ; blod:printed "≥3" ; blod:statedNumber 3.0 ;
    blod:states :counted .
:project a blod:Project ; rdfs:label "甲"@zh ; blod:inStatement :form .
:counted a blod:PerformanceIndicator ; rdfs:label "次数"@zh .
:worded a blod:PerformanceIndicator ; rdfs:label "效果"@zh ; prov:hadPrimarySource <https://example.org/source.txt#line=1,2> .
:goal a blod:PerformanceGoal ; prov:hadPrimarySource <https://example.org/source.txt#line=7,8> .
:section a blod:Section ; rdfs:label "一、职责"@zh ; prov:hadPrimarySource <https://example.org/source.txt#line=8,9> .
:body a <http://www.w3.org/ns/org#Organization> ; rdfs:label "乙"@zh .
:unit a <http://www.w3.org/ns/org#OrganizationalUnit> ; rdfs:label "丙"@zh .
:name a blod:TextCell ; blod:inStatement :form ; blod:inRow :row1 ; blod:printed "丙" .
"""


@pytest.mark.parametrize(
    ("node", "value", "numbers", "found"),
    [
        ("project", "", (), ["form"]),
        ("project", "", ("50000",), ["budget"]),
        ("counted", "", (), ["target"]),
        ("worded", "", (), ["row1"]),
        ("goal", "", (), ["goal"]),
        ("goal", "counted", (), ["goal", "target"]),
        ("section", "", (), ["section"]),
        ("form", "row2", (), ["form", "row2"]),
        ("disclosure", "", (), ["disclosure"]),
        ("body", "", (), ["body"]),
        ("unit", "", (), ["name"]),
        ("nobody", "", (), []),
    ],
)
def test_things_are_shown_where_they_are_printed(
    node: str, value: str, numbers: tuple[str, ...], found: list[str]
) -> None:
    store = Data.of_graph(Graph().parse(data=THINGS, format="turtle")).store
    shown = EvidenceFinder(store).places(f"<{DATA}{node}>", f"<{DATA}{value}>" if value else "", numbers)
    assert [place.iri.removeprefix(DATA) for place in shown] == found


def test_code_is_shown_in_the_rows_that_print_it() -> None:
    store = Data.of_graph(Graph().parse(data=THINGS, format="turtle")).store
    shown = EvidenceFinder(store).places("<https://w3id.org/budgetlod/code/function/2010301>")
    assert [place.iri for place in shown] == [DATA + "row2"]


def test_thing_is_named_by_its_class_and_label() -> None:
    store = Data.of_graph(Graph().parse(data=THINGS, format="turtle")).store
    place = EvidenceFinder(store).place(DATA + "counted")
    assert (place.zh, place.en) == ("绩效指标“次数”", 'performance indicator "次数"')
