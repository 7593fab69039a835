"""Terms come apart as they were put together."""

from __future__ import annotations

import pytest
from hypothesis import given

from budgetlod.rdf import lexical, terms
from budgetlod.rdf.names import XSD
from tests.rdf import strategies


@given(strategies.texts)
def test_text_comes_back(text: str) -> None:
    assert lexical.text_of(terms.string(text)) == text
    assert lexical.text_of(terms.string(text, "zh")) == text


@given(strategies.texts)
def test_parts_of_a_literal(text: str) -> None:
    body = terms.string(text)[1:-1]
    assert lexical.literal_parts(terms.string(text)) == (body, "", XSD + "string")
    assert lexical.literal_parts(terms.string(text, "zh")) == (body, "zh", "")


def test_other_escapes_of_ntriples() -> None:
    assert lexical.unescape(r"\u4e07\U00020BB7\'") == "万𠮷'"


@pytest.mark.parametrize("term", ['"open', '"a"b"', '"a"@', "plain", "<urn:x>"])
def test_no_literal(term: str) -> None:
    with pytest.raises(ValueError, match="not a literal"):
        lexical.literal_parts(term)


def test_unknown_escape() -> None:
    with pytest.raises(ValueError, match="unknown escape"):
        lexical.unescape(r"\x")
