"""The gate: only violations hold a publication back, and only until someone says otherwise."""

from __future__ import annotations

import pytest

from budgetlod.validate.gate import NonConforming, guard, may_publish
from budgetlod.validate.report import Report, Severity
from tests.validate import samples


def report(*severities: Severity) -> Report:
    """Return a report with a finding of each severity given."""
    results = [samples.result(f"S{n}", severity, "A05") for n, severity in enumerate(severities)]
    return samples.report(*(samples.finding(n, result) for n, result in enumerate(results)))


def test_conforming_report_passes() -> None:
    good = report()
    assert guard(good) is good


def test_warnings_and_information_pass() -> None:
    assert may_publish(report("warning", "info"))


def test_violation_is_held_back_and_named() -> None:
    bad = report("violation", "warning")
    with pytest.raises(NonConforming, match=r"1 violation\(s\), not published: fault 0, correct it$") as caught:
        guard(bad)
    assert caught.value.report is bad


def test_many_violations_are_counted() -> None:
    with pytest.raises(NonConforming, match="fault 2, correct it; and 2 more"):
        guard(report("violation", "violation", "violation", "violation", "violation"))


def test_violation_passes_when_allowed() -> None:
    bad = report("violation")
    assert guard(bad, allow_nonconforming=True) is bad
