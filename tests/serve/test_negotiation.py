"""Media types are chosen as RFC 9110 says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlod.serve.negotiation import choose

OFFERED = ["text/html", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle; charset=utf-8", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("text/html;q=0.5, text/turtle;q=0.9", "text/turtle"),
        ("text/turtle;q=0, */*;q=0.1", "text/html"),
        ("text/*;q=0.3, text/turtle;q=0.7, application/ld+json;q=0.5", "text/turtle"),
        ("image/png", None),
        ("text/html;q=0", None),
        ("text/html;q=nonsense, text/turtle;q=0.1", "text/turtle"),
        ("text/html;q=nan, text/turtle;q=0.1", "text/turtle"),
    ],
)
def test_choice(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


@given(st.text())
def test_any_header_gives_an_offer_or_none(accept: str) -> None:
    assert choose(accept, OFFERED) in [*OFFERED, None]
