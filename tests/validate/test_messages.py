"""Messages: templates, what an engine made of them, and how numbers are shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlod.validate.messages import bilingual, bindings_of, fill, filled, recover


@pytest.mark.parametrize(
    ("lexical", "shown"),
    [
        ("13775100", "13,775,100.00"),
        ("13775100.00", "13,775,100.00"),
        ("-234700.0", "-234,700.00"),
        ("0.0532", "0.0532"),
        ("-4.1", "-4.10"),
        ("总计", "总计"),
    ],
)
def test_money_is_shown_the_same_however_it_is_written(lexical: str, shown: str) -> None:
    assert fill("{?x} 元。", {"x": lexical}) == f"{shown} 元。"
    assert fill("{?x} yuan", {"x": lexical}) == f"{shown} yuan"


@pytest.mark.parametrize(
    ("lexical", "shown"), [("2024", "2024"), ("0501", "0501"), ("95.0", "95"), ("0.50", "0.5"), ("20103", "20103")]
)
def test_numbers_that_are_no_money_stay_as_they_are(lexical: str, shown: str) -> None:
    assert fill("{?x} 次", {"x": lexical}) == f"{shown} 次"


def test_unbound_name_stays() -> None:
    assert fill("{?a} of {$b}", {"b": "2"}) == "{?a} of 2"


def test_text_of_another_template_is_not_recovered() -> None:
    assert recover("{?a} yuan", "3 元") is None


def test_name_that_comes_twice_must_be_the_same() -> None:
    assert recover("{?a} and {?a}", "1 and 1") == {"a": "1"}
    assert recover("{?a} and {?a}", "1 and 2") is None


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
)
def test_what_an_engine_filled_in_is_recovered(part: Decimal, whole: Decimal) -> None:
    template = "部分为 {?part} 元，大于总体的 {?whole} 元（100%）。"
    text = template.replace("{?part}", f"{part:f}").replace("{?whole}", f"{whole:f}")
    assert recover(template, text) == {"part": f"{part:f}", "whole": f"{whole:f}"}


def test_both_languages_come_back_from_texts_without_language() -> None:
    own = {"en": "sum {?sum} yuan", "zh": "合计 {?sum} 元"}
    assert filled(own, bindings_of(own, ["sum 1.5 yuan", "合计 1.5 元"])) == {
        "en": "sum 1.50 yuan",
        "zh": "合计 1.50 元",
    }


def test_one_language_stands_in_for_the_other() -> None:
    assert bilingual({"zh": "甲"}) == ("甲", "甲")
    assert bilingual({"": "plain"}) == ("plain", "plain")
    assert bilingual({}) == ("", "")
