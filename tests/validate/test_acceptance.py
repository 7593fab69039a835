"""Accepted faults stay in the report, stop nothing, and an acceptance covers what was reviewed and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budgetlod.model.publisher import Acceptance
from budgetlod.validate.acceptance import accept, covers
from budgetlod.validate.gate import NonConforming, guard
from tests.validate.samples import BLANK_ACCEPTED, CELL, FINDINGS, FULL, NOTHING, PART, SENTENCE, report

SUM, BLANK, LABEL = FINDINGS


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("A01", "income#r1c3"),
        ("A01", "/income#r1c3"),
        ("A05", CELL.iri),
        ("A01", SUM.key),
        ("A01", ""),
        ("RollUp", "#r1c3"),
        ("https://w3id.org/budgetlod/shape/RollUp", ""),
        ("A01", "income#r2c3"),  # of two places either may be the fault
    ],
)
def test_rule_and_place_name_a_finding(rule: str, place: str) -> None:
    assert covers(Acceptance(rule, "seen", place), SUM)


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("A02", "income#r1c3"),
        ("A0", ""),
        ("A01", "come#r1c3"),  # not at the border of a segment
        ("A01", "r1c"),
        ("A01", "BlankOverFilled-2"),
    ],
)
def test_nothing_else_is_covered(rule: str, place: str) -> None:
    assert not covers(Acceptance(rule, "seen", place), SUM)


def test_of_many_places_only_the_first_is_what_the_finding_is_about() -> None:
    assert covers(Acceptance("A46", "seen", "income#r6"), BLANK)
    assert not covers(Acceptance("A46", "seen", PART.iri), BLANK)
    assert not covers(Acceptance("A46", "seen", SENTENCE.iri), BLANK)


def test_an_accepted_finding_stays_with_its_reason() -> None:
    assert [finding.accepted for finding in FULL.findings] == ["", BLANK_ACCEPTED.reason, ""]
    assert FULL.accepted == (FULL.findings[1],)
    assert FULL.open_counts() == {"violation": 1, "warning": 0, "info": 1}
    assert FULL.counts() == {"violation": 2, "warning": 1, "info": 1}
    assert FULL.acceptances == (BLANK_ACCEPTED, NOTHING)
    assert FULL.stale == (NOTHING,)


def test_an_accepted_violation_stops_nothing() -> None:
    whole = report(*FINDINGS)
    assert not whole.conforms
    with pytest.raises(NonConforming, match=r"1 violation\(s\), not published: fault 1, correct it$"):
        guard(whole)
    assert guard(accept(whole, [Acceptance("A01", "printed so in the source")])).conforms


def test_the_first_reason_counts_and_neither_is_stale() -> None:
    twice = accept(report(SUM), [Acceptance("A01", "one"), Acceptance("A05", "two")])
    assert [finding.accepted for finding in twice.findings] == ["one"]
    assert twice.stale == ()


def test_accepting_again_gives_the_same() -> None:
    assert accept(FULL, FULL.acceptances) == FULL
    assert accept(FULL, ()) == replace(report(*FINDINGS))
