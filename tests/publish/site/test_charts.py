"""Geometry: shares of exact decimals, no gap between segments, steps where they belong."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlod.publish.site.charts import dots, fits_from, shares, spans, stairs, text_width, waterfall

AMOUNTS = st.lists(st.decimals(min_value=0, max_value=10**12, places=2), min_size=1, max_size=30).filter(any)


@given(AMOUNTS)
def test_a_strip_is_filled_without_gaps(amounts: list[Decimal]) -> None:
    found = spans(amounts)
    assert sum(span.length for span in found) == 100
    assert found[0].start == 0
    assert all(left.start + left.length == right.start for left, right in itertools.pairwise(found))


def test_segments_stand_where_their_shares_say() -> None:
    found = spans([Decimal("8497000.00"), Decimal("1342900.00"), Decimal("3935200.00")])
    assert [(span.x, span.width, span.end) for span in found] == [
        ("0%", "61.684%", "61.684%"),
        ("61.684%", "9.749%", "71.433%"),
        ("71.433%", "28.567%", "100%"),
    ]
    assert spans([Decimal()])[0].width == "0%"
    assert shares([Decimal(1), Decimal(3)]) == [25, 75]
    assert shares([Decimal(1)], Decimal(8)) == [Decimal("12.5")]


def test_a_waterfall_goes_from_one_total_to_the_other() -> None:
    line, steps, end = waterfall(Decimal(1400), [Decimal(-96), Decimal(-4), Decimal(75)])
    assert [line, end] == [100, 75]
    assert [step.bar.start for step in steps] == [4, 0, 0]
    assert [step.bar.length for step in steps] == [96, 4, 75]
    assert [step.rises for step in steps] == [False, False, True]


def test_a_year_without_change_draws_nothing() -> None:
    line, steps, end = waterfall(Decimal(10), [Decimal()])
    assert [line, end, steps[0].bar.length] == [0, 0, 0]


def test_labels_are_shown_from_the_width_at_which_they_fit() -> None:
    assert text_width("公用经费") == 56
    assert text_width("134.29") == 51
    assert fits_from("公用经费", Decimal("9.7")) == 820
    assert fits_from("公用经费", Decimal(100)) == 270
    assert fits_from("公用经费", Decimal(1)) == 0
    assert fits_from("公用经费", Decimal()) == 0


@pytest.mark.parametrize(
    ("plan", "path"),
    [
        ([(6, Decimal(50)), (12, Decimal(100))], "M0 20H30V10H60V0"),
        ([(3, Decimal("12.5"))], "M0 20H15V17.5"),
        ([], "M0 20"),
    ],
)
def test_a_payment_plan_is_stairs(plan: list[tuple[int, Decimal]], path: str) -> None:
    assert stairs(plan, 60, 20) == path


def test_dots_stand_on_a_scale_from_zero_and_gaps_stay_gaps() -> None:
    assert dots([2022, 2023, 2024], [Decimal(50), None, Decimal(100)]) == [("5%", "50%"), None, ("95%", "10%")]
    assert dots([2024], [Decimal(0)]) == [("50%", "90%")]
