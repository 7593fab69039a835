"""Reviewed faults: a finding that a publisher accepts stays in the report, with the reason, and stops nothing.

An acceptance names a rule and a place, so that it covers the fault that was reviewed and no other: a finding is
about the place that stands first among its places (of two places it may be either), not about all that are involved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from budgetlod.model.publisher import Acceptance
from budgetlod.rdf.names import SHAPE
from budgetlod.validate.report import Finding, Report

_EITHER = 2


def accept(report: Report, acceptances: Iterable[Acceptance]) -> Report:
    """Return ``report`` with the findings that match marked as accepted, and the acceptances that match none.

    The first of several that match a finding gives the reason. Findings keep their order and numbers.
    """
    given = tuple(acceptances)
    findings = tuple(_reviewed(finding, given) for finding in report.findings)
    stale = tuple(one for one in given if not any(covers(one, finding) for finding in findings))
    return replace(report, findings=findings, acceptances=given, stale=stale)


def covers(acceptance: Acceptance, finding: Finding) -> bool:
    """Return whether an acceptance is about a finding: one of its rules, and its place or its key."""
    return _names_rule(acceptance.rule, finding) and _names_place(acceptance.place, finding)


def _reviewed(finding: Finding, acceptances: Sequence[Acceptance]) -> Finding:
    reason = next((one.reason for one in acceptances if covers(one, finding)), "")
    return replace(finding, accepted=reason)


def _names_rule(rule: str, finding: Finding) -> bool:
    shapes = {result.shape for result in finding.results}
    return rule in finding.identifiers or rule in shapes or SHAPE + rule in shapes


def _names_place(place: str, finding: Finding) -> bool:
    """Return whether ``place`` is empty, the finding's key, or the end of the IRI of the place that it is about."""
    about = finding.places if len(finding.places) <= _EITHER else finding.places[:1]
    ends = tuple(mark + place.lstrip("/#") for mark in "/#")
    return place in ("", finding.key) or any(one.iri == place or one.iri.endswith(ends) for one in about)
