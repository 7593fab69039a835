"""The first sentences: falls, rises, equal, no last year, one project, none, nothing at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlod.publish.site.opening import Facts, opening, share_text

SPLIT = [("personnel", Decimal(8497000)), ("public", Decimal(1342900)), ("project", Decimal(3935200))]
WHOLE = Decimal(13775100)


def test_a_year_that_falls() -> None:
    facts = Facts(
        WHOLE,
        Decimal(-234700),
        Decimal("-1.7"),
        "2023",
        SPLIT,
        9,
        Decimal(49000),
        [("一般公共预算", "general public budget")],
    )
    assert opening(facts, "zh") == (
        "比 2023 年减少 23.47 万元（−1.7%）。每 100 元里，61.7 元用于人员，9.7 元用于日常公用，28.6 元用于 9 个项目；“三公”经费 4.90 万元。全部来自一般公共预算。"
    )
    assert opening(facts, "en") == (
        "CNY 0.2347 million less than in 2023 (−1.7%). Of every 100 yuan, 61.7 go to staff, 9.7 to running costs, "
        "28.6 to 9 projects. “Three public” costs: CNY 0.049 million. All of it from: general public budget."
    )


def test_a_year_that_rises_printed_in_yuan() -> None:
    facts = Facts(Decimal(189767551), Decimal(33556428), Decimal("21.5"), "2024")
    assert opening(facts, "zh") == "比 2024 年增加 3,355.6428 万元（+21.5%）。"
    assert opening(facts, "en") == "CNY 33.556428 million more than in 2024 (+21.5%)."


def test_a_year_that_is_equal() -> None:
    facts = Facts(WHOLE, Decimal(0), Decimal("0.0"), "2023")
    assert opening(facts, "zh") == "与 2023 年持平。"
    assert opening(facts, "en") == "The same as in 2023."


def test_a_change_that_is_only_a_percentage() -> None:
    assert opening(Facts(WHOLE, None, Decimal("-1.87"), "2023"), "zh") == "比 2023 年下降 1.87%。"
    assert opening(Facts(WHOLE, None, Decimal(3), "2023"), "en") == "3.0% more than in 2023."
    assert opening(Facts(WHOLE, None, Decimal(0), "2023"), "zh") == "与 2023 年持平。"


@pytest.mark.parametrize(
    ("projects", "zh", "en"),
    [
        (0, "28.6 元用于项目", "28.6 to projects"),
        (1, "28.6 元用于 1 个项目", "28.6 to 1 project"),
        (2, "28.6 元用于 2 个项目", "28.6 to 2 projects"),
    ],
)
def test_without_last_year_the_split_comes_first(projects: int, zh: str, en: str) -> None:
    facts = Facts(WHOLE, split=SPLIT, projects=projects)
    assert opening(facts, "zh") == f"每 100 元里，61.7 元用于人员，9.7 元用于日常公用，{zh}。"
    assert opening(facts, "en") == f"Of every 100 yuan, 61.7 go to staff, 9.7 to running costs, {en}."


def test_money_that_is_not_split() -> None:
    whole = Facts(WHOLE, split=[("basic", WHOLE), ("project", Decimal(0))])
    assert opening(whole, "zh") == "全部是基本支出。"
    assert opening(whole, "en") == "All of it is basic expenditure."
    assert opening(Facts(WHOLE, split=[("project", WHOLE)]), "zh") == "全部是项目支出。"


def test_several_funds_are_left_to_the_strip_and_nothing_says_nothing() -> None:
    assert opening(Facts(WHOLE, funds=[("一般公共预算", ""), ("政府性基金", "")]), "zh") == ""
    assert opening(Facts(), "en") == ""


def test_shares_are_rounded_to_one_decimal() -> None:
    assert share_text(Decimal(1), Decimal(3)) == "33.3"
    assert share_text(Decimal(1), Decimal(0)) == "0.0"
