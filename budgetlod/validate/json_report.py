"""The report as JSON for programs: ``shapes/report.schema.json`` describes it; and back, what a publisher reviewed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budgetlod.model.problem import Problem
from budgetlod.model.publisher import Acceptance
from budgetlod.validate.report import Finding, Messages, Place, Report, Result
from budgetlod.validate.review import Review
from budgetlod.validate.subject import Style, Subject

SCHEMA_VERSION = 2


def write(subjects: Sequence[Subject], style: Style) -> str:
    """Return one report as an object, several as a list of objects; JSON is in both languages and complete."""
    records = [record(subject.report) for subject in subjects]
    layout: dict[str, Any] = {"separators": (",", ":")} if style.compact else {"indent": 2}
    return json.dumps(records[0] if len(records) == 1 else records, ensure_ascii=False, **layout) + "\n"


def record(report: Report) -> dict[str, Any]:
    """Return the report as the object that docs/validation.md describes."""
    numbers = {result: index for index, result in enumerate(report.results)}
    return {
        "schema": SCHEMA_VERSION,
        "conforms": report.conforms,
        "about": list(report.about),
        "profile": report.profile,
        "engine": report.engine,
        "delegated": list(report.delegated),
        "counts": report.counts(),
        "findingCounts": {**report.open_counts(), "accepted": len(report.accepted)},
        "findings": [_finding(finding, numbers) for finding in report.findings],
        "results": [_result(result) for result in report.results],
        "problems": [_problem(problem) for problem in report.problems],
        "acceptances": [_acceptance(one, stale=one in report.stale) for one in report.acceptances],
    }


def read_review(text: bytes) -> Review:
    """Return what a written report says that the graph does not; raises ``ValueError`` if it is no report of ours."""
    body = json.loads(text)
    if not isinstance(body, dict) or body.get("schema") != SCHEMA_VERSION:
        raise ValueError(f"no report of schema {SCHEMA_VERSION}")
    try:
        return Review(
            tuple(body["profile"].split("+")),
            tuple(Acceptance(one["rule"], one["reason"], one["place"]) for one in body["acceptances"]),
            tuple(_problem_of(one) for one in body["problems"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"a damaged report: {error}") from error


def _finding(finding: Finding, numbers: dict[Result, int]) -> dict[str, Any]:
    return {
        "number": finding.number,
        "key": finding.key,
        "severity": finding.severity,
        "family": finding.family,
        "identifiers": list(finding.identifiers),
        "messages": _messages(finding.messages),
        "accepted": finding.accepted,
        "places": [_place(place) for place in finding.places],
        "results": [numbers[result] for result in finding.results],
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "shape": result.shape,
        "severity": result.severity,
        "family": result.family,
        "identifiers": list(result.identifiers),
        "focus": result.focus,
        "path": result.path,
        "value": result.value,
        "messages": _messages(result.messages),
        "bindings": dict(result.bindings),
        "evidence": [{"iri": place.iri, "zh": place.zh, "en": place.en} for place in result.evidence],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "iri": place.iri,
        "zh": place.zh,
        "en": place.en,
        "kind": place.kind,
        "statement": place.statement,
        "title": place.title,
        "statementType": place.statement_type,
        "section": place.section,
        "row": place.row,
        "rowLabel": place.row_label,
        "rowCode": place.row_code,
        "column": place.column,
        "columnLabel": place.column_label,
        "printed": place.printed,
        "amount": _decimal(place.amount),
        "precision": _decimal(place.precision),
        "unit": place.unit,
        "factor": _decimal(place.factor),
        "page": place.page,
        "line": place.line,
        "lastLine": place.last_line,
        "source": place.source,
        "states": list(place.states),
    }


def _messages(messages: Messages) -> dict[str, str]:
    return {"zh": messages.zh, "en": messages.en}


def _decimal(value: Decimal | None) -> str | None:
    """Return a number as text: a JSON number would be read as a float."""
    return None if value is None else format(value, "f")


def _problem(problem: Problem) -> dict[str, str]:
    """Return a problem as in the record of reading; without its file, a name of the publisher's machine."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "rule": problem.rule,
        "place": problem.place,
        "zh": problem.zh,
        "en": problem.en,
        "hintZh": problem.hint_zh,
        "hintEn": problem.hint_en,
    }


def _problem_of(body: dict[str, Any]) -> Problem:
    texts = (body["zh"], body["en"], body["hintZh"], body["hintEn"])
    return Problem(body["code"], body["severity"], *texts, place=body["place"], rule=body["rule"])


def _acceptance(acceptance: Acceptance, *, stale: bool) -> dict[str, Any]:
    return {"rule": acceptance.rule, "place": acceptance.place, "reason": acceptance.reason, "stale": stale}
