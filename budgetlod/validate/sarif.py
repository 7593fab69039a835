"""The report as SARIF 2.1.0 (OASIS), which editors and code-hosting pages show at the line of the source.

One run a report, one result a finding. The place most likely at fault is the location, the others are related
locations; table, row and column are logical locations. A document with pages and no lines has no region: the page is a
property of the location. What the publisher accepted is a suppression with its justification.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from budgetlod.core.version import __version__
from budgetlod.model.problem import Problem
from budgetlod.model.publisher import Acceptance
from budgetlod.validate.report import Finding, Messages, Place, Severity
from budgetlod.validate.sarif_rules import ACCEPTED_RULE, LEVELS, Rules
from budgetlod.validate.subject import Style, Subject
from budgetlod.validate.words import rule_of, said, shape_name, stale

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://w3id.org/budgetlod/"
_ROOT = "%SRCROOT%"
_NOTES = "source.toml"
_LINE = re.compile(r"\bline (\d+)|第(\d+)行")
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_PROBLEM_SEVERITY: dict[str, Severity] = {"error": "violation", "warning": "warning", "info": "info"}


def write(subjects: Sequence[Subject], style: Style) -> str:
    """Return one log with a run for each report, ending with a line break."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Run(subject, style).record() for subject in subjects]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


class _Run:
    """One run in the making: its results refer to the rules and logical locations gathered on the way."""

    def __init__(self, subject: Subject, style: Style) -> None:
        self._subject, self._style = subject, style
        self._rules = Rules(style.language)
        self._logical: dict[tuple[str, ...], dict[str, Any]] = {}

    def record(self) -> dict[str, Any]:
        """Return the run."""
        report = self._subject.report
        results = [
            *(self._finding(finding) for finding in report.findings),
            *(self._problem(problem) for problem in report.problems if problem.rule),
            *(self._stale(acceptance) for acceptance in report.stale),
        ]
        driver = {"name": "budgetlod", "version": __version__, "informationUri": _HOME, "rules": self._rules.records()}
        base = {"uri": self._style.base} if self._style.base else {}
        return {
            "tool": {"driver": driver},
            "language": _LANGUAGES[self._style.language],
            "automationDetails": {"id": f"budgetlod/{'/'.join(report.about) or 'graph'}/"},
            "originalUriBaseIds": {_ROOT: base | {"description": _message("the folder of the documents")}},
            "logicalLocations": list(self._logical.values()),
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {"profile": report.profile, "engine": report.engine, "conforms": report.conforms},
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        rule = rule_of(finding)
        places = [self._location(place) for place in finding.places] or [self._document(self._subject.file)]
        related = [{"id": number} | place for number, place in enumerate(places[1:], start=1)]
        return self._result(rule, finding.severity, finding.messages, finding.family, finding) | {
            "locations": places[:1],
            "relatedLocations": related,
            "partialFingerprints": {"budgetlod/v1": finding.key, "primaryLocationLineHash": finding.key},
            "suppressions": list(_suppressions(finding)),
            "properties": self._other(finding.messages)
            | {"number": finding.number, "family": finding.family, "identifiers": list(finding.identifiers)},
        }

    def _problem(self, problem: Problem) -> dict[str, Any]:
        """Return what the reader found as a result; its place is a line of the document, if it names one."""
        line = _LINE.search(problem.place)
        number = int(line[1] or line[2]) if line else 0
        words = Messages(
            *(problem._replace(file="", place="" if line else problem.place).text(lang) for lang in ("zh", "en"))
        )
        return self._result(problem.rule, _PROBLEM_SEVERITY[problem.severity], words, "") | {
            "locations": [self._document(self._subject.file, number)],
            "suppressions": [],
            "properties": self._other(words) | {"code": problem.code},
        }

    def _stale(self, acceptance: Acceptance) -> dict[str, Any]:
        words = stale(acceptance)
        return self._result(ACCEPTED_RULE, "warning", words, "") | {
            "locations": [self._document(_NOTES)],
            "suppressions": [],
            "properties": self._other(words),
        }

    def _result(
        self, rule: str, severity: Severity, words: Messages, family: str, finding: Finding | None = None
    ) -> dict[str, Any]:
        results = finding.results if finding else ()
        shapes = {one.shape for one in results if rule in (*one.identifiers, shape_name(one.shape))}
        return {
            "ruleId": rule,
            "ruleIndex": self._rules.index(rule, severity, family, sorted(shapes)),
            "level": LEVELS[severity],
            "message": _message(said(words, self._style.language)),
        }

    def _other(self, words: Messages) -> dict[str, Any]:
        """Return the message in the language that was not chosen."""
        return {"en": words.en} if self._style.language == "zh" else {"zh": words.zh}

    def _location(self, place: Place) -> dict[str, Any]:
        """Return a printed place: the lines of the file, and table, row and column by name."""
        words = said(Messages(place.zh, place.en), self._style.language)
        properties = {"iri": place.iri} | ({"page": place.page} if place.page else {})
        logical = self._logical_location(place)
        return self._document(place.source or self._subject.file, place.line, place.last_line) | {
            "message": _message(words or place.iri),
            "logicalLocations": [logical] if logical else [],
            "properties": properties,
        }

    def _document(self, name: str, line: int = 0, last: int = 0) -> dict[str, Any]:
        """Return a location in a file, with a region if its line is known; none at all if the file is not."""
        if not name:
            return {}
        artifact = {"uri": quote(self._subject.folder + name), "uriBaseId": _ROOT}
        region = {"region": {"startLine": line, "endLine": max(line, last)}} if line else {}
        return {"physicalLocation": {"artifactLocation": artifact} | region}

    def _logical_location(self, place: Place) -> dict[str, Any] | None:
        """Return the innermost of table, row and column, and keep all of them for the run."""
        path: tuple[str, ...] = ()
        for kind, name in _names(place):
            parent = {"parentIndex": list(self._logical).index(path)} if path else {}
            path = (*path, name)
            number = len(self._logical)
            named = {"name": name, "fullyQualifiedName": "/".join(path), "kind": kind}
            self._logical.setdefault(path, {"index": number} | named | parent)
        return dict(self._logical[path]) if path else None


def _names(place: Place) -> Iterator[tuple[str, str]]:
    """Yield kind and name of what contains a place, outermost first."""
    if place.section:
        yield "section", place.section
    if place.statement or place.title:
        yield "table", place.title or place.statement_type or place.statement
    if place.row is not None:
        yield "row", f"{place.row} {place.row_label}".strip()
    if place.column is not None:
        yield "column", f"{place.column} {place.column_label}".strip()


def _suppressions(finding: Finding) -> Iterator[dict[str, str]]:
    """Yield the acceptance of a finding; that nobody accepted it is said by an empty list."""
    if finding.accepted:
        yield {"kind": "external", "status": "accepted", "justification": finding.accepted}


def _message(text: str) -> dict[str, str]:
    return {"text": text}
