"""The message of a finding says which figure, which places, what they print, the difference, and what would be right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rdflib import Graph

from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document
from budgetlod.model.publisher import SourceFile
from budgetlod.validate import validate
from budgetlod.validate.report import Finding, Report
from tests.mutation.faults import amount_cells, checked, printing

PREFIXES = """
@prefix : <https://example.org/data/> .
@prefix blod: <https://w3id.org/budgetlod/ontology#> .
@prefix flow: <https://w3id.org/budgetlod/code/flow/> .
@prefix function: <https://w3id.org/budgetlod/code/function/> .
@prefix nature: <https://w3id.org/budgetlod/code/nature/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix unit: <https://w3id.org/budgetlod/code/unit/> .
"""
ROW = """
:d a blod:Disclosure ; blod:fiscalYear "2030" .
:table a blod:Statement ; rdfs:label "支出总表"@zh ; blod:printedUnit unit:cny-10k .
:row a blod:Row ; blod:order 4 ; blod:label "行政运行" .
:c1 blod:order 1 ; blod:label "合计" . :c2 blod:order 2 ; blod:label "基本支出" . :c3 blod:order 3 ; blod:label "项目支出" .
:breakdown a blod:Breakdown ; blod:whole :whole ; blod:inStatement :table .
:whole qb:dataSet :d ; blod:fiscalYear "2030" ; blod:flow flow:expenditure ; blod:function function:2010301 ;
    blod:amount 3574100.00 ; blod:precision 100.0 .
:basic blod:amount 3500000.00 ; blod:precision 100.0 ; blod:inBreakdown :breakdown .
:project blod:amount 74000.00 ; blod:precision 100.0 ; blod:inBreakdown :breakdown .
"""
CELLS = (("whole", "c1", "357.41"), ("basic", "c2", "350.00"), ("project", "c3", "7.40"))


def row_cell(figure: str, column: str, printed: str) -> str:
    return (
        f":cell-{figure} a blod:Cell ; blod:inStatement :table ; blod:inRow :row ; blod:inColumn :{column} ;"
        f" blod:printed '{printed}' ; blod:statedAmount {printed.replace('.', '')}00.0 ; blod:precision 100.0 ;"
        f" blod:states :{figure} ; prov:hadPrimarySource <https://example.org/source.txt#line=208,209> ."
    )


def report(*parts: str) -> Report:
    return validate(Graph().parse(data="\n".join([PREFIXES, *parts]), format="turtle"), profile="laws")


def only(found: Report) -> Finding:
    (finding,) = [finding for finding in found.findings if finding.severity == "violation"]
    return finding


def test_sum_of_a_row_is_told_as_a_reviewer_would() -> None:
    finding = only(report(ROW, *(row_cell(*cell) for cell in CELLS)))
    assert finding.messages.zh.startswith(
        "《支出总表》第4行“行政运行”（原文第209行；支出 · 行政运行(2010301)）："
        "合计357.41万元，基本支出350.00万元、项目支出7.40万元，合计与分项之和不相等"
        "（分项之和357.40万元，相差0.01万元，即100.00元）。"
    )
    assert finding.messages.en.startswith(
        'Table "支出总表", row 4 "行政运行" (source line 209; expenditure of the year · '
    )
    assert "0.01 ten thousand yuan, that is 100.00 yuan apart" in finding.messages.en


def test_remedy_says_what_to_print_instead_and_that_others_may_be_wrong() -> None:
    text = only(report(ROW, *(row_cell(*cell) for cell in CELLS))).messages.zh
    assert "可能写错的不止一处，请对照原始资料逐一核对" in text
    assert "第4行“行政运行”“基本支出”列（原文第209行）的“350.00”改为“350.01”" in text
    assert "也可能漏列了分项" in text


def test_figure_without_a_place_is_given_in_yuan() -> None:
    finding = only(report(ROW))
    assert finding.messages.zh.startswith("支出 · 行政运行(2010301)：支出 · 行政运行(2010301)3,574,100.00元，")
    assert finding.places == ()


def test_places_that_disagree_are_both_named(laws: Report) -> None:
    (finding,) = [f for f in laws.findings if f.family == "agreement"]
    assert finding.messages.zh == (
        "此数在两处不一致：“二、总体情况”一节为5万元，《收入总表》第10行“事业运行”“合计”列为4.00万元，"
        "相差1.00万元，即10,000.00元。最可能写错的是“二、总体情况”一节的“5万元”：改为“4.00”，此处即相符。"
    )


def test_blank_row_names_what_it_stands_against(laws: Report) -> None:
    (finding,) = [f for f in laws.findings if f.family == "blanks"]
    assert finding.messages.zh == (
        "《收入总表》第10行“事业运行”（第3页）空白，其下级却有数：第10行“事业运行”“合计”列为4.00万元、"
        "“二、总体情况”一节为5万元。请填写下级之和。"
    )


MONEY = """
:in blod:amount 500.0 ; blod:precision 1.0 ; blod:flow flow:revenue .
:out blod:amount 450.0 ; blod:precision 1.0 ; blod:flow flow:expenditure .
:large blod:amount 480.0 ; blod:precision 1.0 ; blod:flow flow:expenditure ; blod:nature nature:basic .
"""


@pytest.mark.parametrize(
    ("relation", "zh", "en"),
    [
        (
            ":b a blod:Balance ; blod:moneyIn :in ; blod:moneyOut :out .",
            "收入收支不平衡：收入收入500.00元，支出支出450.00元，相差50.00元。请核对各处，改正写错的一处。",
            "money in does not equal money out: revenue 500.00 yuan; expenditure of the year 450.00 yuan; 50.00 yuan apart",
        ),
        (
            ":large blod:withinByNature :out .",
            "部分大于总体：支出 · 基本支出480.00元，支出450.00元，多出30.00元。",
            "A part exceeds its whole: expenditure of the year · basic expenditure 480.00 yuan;",
        ),
        (
            ":ch a blod:Change ; blod:changeTo :in ; blod:changeFrom :out ; blod:amount 60.0 ; blod:precision 1.0 .",
            "收入：本年收入500.00元，上年支出450.00元，增减应为50.00元，写作增减变化60.00元，相差10.00元。",
            "a change of 50.00 yuan, but change 60.00 yuan is stated, 10.00 yuan apart",
        ),
    ],
)
def test_other_laws_have_sentences_of_their_own(relation: str, zh: str, en: str) -> None:
    finding = only(report(MONEY, relation))
    assert zh in finding.messages.zh
    assert en in finding.messages.en


def test_long_list_is_cut() -> None:
    parts = [
        f":p{n} blod:amount 1.0 ; blod:precision 1.0 ; blod:inBreakdown :b ; rdfs:label '部分{n}' ." for n in range(9)
    ]
    finding = only(report(":b a blod:Breakdown ; blod:whole :w . :w blod:amount 20.0 ; blod:precision 1.0 .", *parts))
    assert "“部分5”1.00元等9项，合计与分项之和不相等" in finding.messages.zh
    assert "部分6" not in finding.messages.zh
    assert "and others (9 in all)" in finding.messages.en


def test_unit_of_a_cell_is_the_one_that_fits_its_print() -> None:
    """A table in yuan that says it is in ten thousand: the place tells what the print is worth."""
    cells = [row_cell(*cell).replace("'357.41'", "'3574100'") for cell in CELLS]
    place = next(p for p in only(report(ROW, *cells)).places if p.printed == "3574100")
    assert (place.unit, place.factor) == ("cny", Decimal(1))


def test_wrong_sentence_is_told_from_the_tables(
    example: Disclosure, example_source: SourceFile, example_document: Document
) -> None:
    """A wrong cell of the example: its message names the printed text, the right one, and where it stands."""
    printed = next(p for p in amount_cells(example) if p.statement.type == "basic-expenditure" and p.cell.column > 3)
    changed = checked(printing(example_document, printed, "99999.99"), example_source)
    (finding,) = [f for f in changed.findings if f.severity == "violation"]
    assert finding.places[0].iri == printed.iri
    assert f"的“99999.99”：改为“{printed.cell.printed.strip()}”" in finding.messages.zh
    assert "最可能写错的是" in finding.messages.zh
