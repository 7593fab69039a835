"""Prepared answers: first rows, labels in the language, links to pages, numbers without rounding."""

from __future__ import annotations

import pytest

from budgetlod.publish.query_page.answers import BLANK, ROWS, Answers, Shown, grouped, with_notation
from budgetlod.publish.query_page.links import PageRule, disclosure_rule, page_of, short
from budgetlod.publish.settings import BASE
from budgetlod.rdf.formats import ntriples
from budgetlod.rdf.terms import Triple
from tests.publish.small import FOLDER, IRI, small_triples

RULES = [disclosure_rule(BASE)]


@pytest.fixture(scope="module")
def answers(example_triples: list[Triple]) -> Answers:
    return Answers(ntriples(example_triples))


def test_an_answer_says_once_what_its_rows_have_in_common(answers: Answers) -> None:
    zh = answers.shown("totals-by-function", "zh", RULES, BASE)
    common = dict(zh.common)
    assert common["disclosure"].page == "dataset/130371-442/2024-budget/index.html"
    assert (common["year"], common["source"].text) == (Shown("2024"), "全部资金")
    assert zh.columns == [("function", False), ("label", False), ("amount", True)]
    assert [cell.text for cell in zh.rows[2]] == ["2010301 行政运行", "行政运行", "3,574,000"]
    en = answers.shown("totals-by-function", "en", RULES, BASE)
    assert dict(en.common)["disclosure"].page == "dataset/130371-442/2024-budget/index.en.html"
    assert dict(en.common)["disclosure"].language == "en"
    assert (zh.total, len(zh.rows)) == (en.total, len(en.rows)) == (19, ROWS)


def test_a_blank_is_no_number_and_keeps_a_column_of_numbers(answers: Answers) -> None:
    shown = answers.shown("assets", "zh", RULES, BASE)
    assert ("quantity", True) in shown.columns
    assert ("unit", False) in shown.columns
    assert Shown(BLANK) in shown.rows[0]


def test_a_single_row_keeps_its_columns() -> None:
    shown = Answers(ntriples(small_triples())).shown("disclosures", "zh", RULES, BASE)
    assert (shown.common, shown.total) == ([], 1)
    assert shown.rows[0][0].iri == IRI


def test_pages_are_found_by_the_form_of_the_iri() -> None:
    code = PageRule("https://w3id.org/budgetlod/code/{scheme}/{code}", "code/{scheme}/{code}.html", "x/{code}")
    rules = [code, *RULES]
    assert page_of(rules, "https://w3id.org/budgetlod/code/function/201", "zh") == "code/function/201.html"
    assert page_of(rules, "https://w3id.org/budgetlod/code/function/201", "en") == "x/201"
    assert page_of(rules, IRI, "en") == f"{FOLDER}/index.en.html"
    assert page_of(rules, IRI + "/figure/1", "zh") is None
    assert page_of(rules, IRI + "#it", "zh") is None


def test_what_has_no_label_is_shortened() -> None:
    assert short(IRI + "/figure/1", BASE) == f"{FOLDER}/figure/1"
    assert short("https://w3id.org/budgetlod/code/function/201", BASE) == "function:201"
    assert short("http://www.w3.org/2004/02/skos/core#Concept", BASE) == "skos:Concept"
    assert short("https://example.org/x", BASE) == "https://example.org/x"


def test_numbers_keep_every_digit() -> None:
    assert grouped("13775100") == "13,775,100"
    assert grouped("-1234567.050") == "\N{MINUS SIGN}1,234,567.050"
    assert grouped("1E6") == "1E6"
    assert with_notation("https://w3id.org/budgetlod/code/function/201", "一般公共服务支出") == "201 一般公共服务支出"
    assert with_notation("https://w3id.org/budgetlod/code/flow/revenue", "收入") == "收入"
