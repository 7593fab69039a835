"""What the checks found, as far as the page of a disclosure shows it: counts and the first findings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budgetlod.publish.item import PublishedDisclosure

REPORT = "report.json"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: severity, sentence in both languages, identifiers of its rules, and its number in the report."""

    severity: str
    zh: str
    en: str
    rules: Sequence[str]
    number: int


def findings(item: PublishedDisclosure) -> list[Finding]:
    """Return the findings that nobody has accepted, worst first as in the report; none where there is no report."""
    said = json.loads(item.report_files.get(REPORT, b"{}") or b"{}")
    return [_finding(one) for one in said.get("findings", []) if not one.get("accepted")]


def worst(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings that the page shows; notes are left to the report."""
    return [one for one in found if one.severity != "info"][:_SHOWN]


def chips(checks: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return severities with their counts in order, errors always; ``[]`` where nothing was checked."""
    if "violations" not in checks:
        return []
    names = {"violations": "violation", "warnings": "warning", "infos": "info", "accepted": "accepted"}
    return [
        (severity, checks.get(name, 0)) for name, severity in names.items() if name == "violations" or checks.get(name)
    ]


def _finding(said: Mapping[str, object]) -> Finding:
    messages, rules, number = said["messages"], said["identifiers"], said["number"]
    assert isinstance(messages, dict)
    assert isinstance(rules, list)
    assert isinstance(number, int)
    return Finding(str(said["severity"]), messages["zh"], messages["en"], rules, number)
