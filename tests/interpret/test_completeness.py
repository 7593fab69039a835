"""Which statements a disclosure lacks: those that must be there and whose place no other takes."""

from __future__ import annotations

from budgetlod.interpret.completeness import expected_statements, missing_statements
from budgetlod.rdf.lexicon import load_lexicon

LEXICON = load_lexicon()
ALL = {type_.notation for type_ in expected_statements(LEXICON)}


def missing(found: set[str]) -> list[str]:
    return [type_.notation for type_ in missing_statements(found, LEXICON)]


def test_nothing_is_missing_where_all_are_there() -> None:
    assert missing(ALL) == []
    assert missing(set()) == [type_.notation for type_ in expected_statements(LEXICON)]


def test_a_statement_of_revenue_and_expenditure_of_funds_takes_the_place_of_that_of_expenditure() -> None:
    assert missing(ALL - {"government-fund-expenditure"}) == ["government-fund-expenditure"]
    assert missing(ALL - {"government-fund-expenditure"} | {"government-fund-balance"}) == []
    assert missing(ALL - {"state-capital-expenditure"} | {"government-fund-balance"}) == ["state-capital-expenditure"]


def test_it_takes_the_place_of_no_other() -> None:
    assert set(missing({"government-fund-balance"})) == ALL - {"government-fund-expenditure"}
