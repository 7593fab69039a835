"""Which figures are looked at again, and what counts then."""

from __future__ import annotations

import pytest

from budgetlod.read.ocr.engine import Reading
from budgetlod.read.ocr.second_look import is_doubtful, settled


def reading(text: str, sure: float = 0.99) -> Reading:
    return Reading(text, (sure,) * len(text), tuple(range(len(text))))


@pytest.mark.parametrize(
    ("text", "sure", "doubtful"),
    [("1,935.36", 0.99, False), ("1,935.36", 0.8, True), ("1.935.36", 0.99, True), ("592.5C", 0.99, True),
     ("表3", 0.5, True), ("财政拨款", 0.5, False), ("", 0.0, False), ("-12.50%", 0.95, False)],
)  # fmt: skip
def test_figures_that_were_hard_to_read_or_are_no_numbers(text: str, sure: float, doubtful: bool) -> None:
    assert is_doubtful(reading(text, sure)) is doubtful


def test_looks_that_agree_are_as_sure_as_they_are() -> None:
    looks = [reading("417.41", 0.8), reading("417.41", 0.97), reading("417.41", 0.95)]
    assert settled(looks) == (1, looks[1])


def test_looks_that_differ_leave_a_doubt_whichever_is_taken() -> None:
    best, taken = settled([reading("1,666,60000", 0.99), reading("1,666,600.00", 0.98), reading("1,666,60000", 0.97)])
    assert (best, taken.text) == (1, "1,666,600.00")
    assert taken.confidence == 0.85


def test_most_looks_decide_between_numbers() -> None:
    assert settled([reading("8.00", 0.99), reading("3.00", 0.7), reading("3.00", 0.8)])[1].text == "3.00"


def test_nothing_is_made_up_where_no_look_is_a_number() -> None:
    assert settled([reading("1.9.3", 0.6), reading("l.93", 0.7), reading("", 0)])[1].text in ("1.9.3", "l.93")
