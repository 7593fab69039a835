"""The findings of the checks as pages show them, from the ``report.json`` of a disclosure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final, Literal, NamedTuple

from budgetlod.publish.item import PublishedDisclosure
from budgetlod.publish.site.vocabulary import Text

Severity = Literal["violation", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "warning", "info")
SIGNS: Final[Mapping[str, str]] = {"violation": "✕", "warning": "!", "info": "i"}
REPORT = "report.json"


class Finding(NamedTuple):
    """One finding: its number in the report, severity, rules, sentence, the places as the report has them.

    ``accepted`` is the publisher's reason for letting it stand.
    """

    number: int
    severity: Severity
    rules: tuple[str, ...]
    text: Text
    accepted: str
    places: Sequence[Mapping[str, Any]]
    family: str


class Findings:
    """The findings of one disclosure; ``known`` is false where it was not checked."""

    def __init__(self, content: bytes | None) -> None:
        body = json.loads(content) if content else {}
        self.known = isinstance(body, dict) and "findings" in body
        self.body: Mapping[str, Any] = body if self.known else {}
        self.all = [_finding(one) for one in self.body.get("findings", [])]

    @cached_property
    def by_place(self) -> dict[str, list[Finding]]:
        """Findings by the IRI of each place that they name, the gravest first."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in self.in_order:
            for iri in dict.fromkeys(place["iri"] for place in one.places):
                found[iri].append(one)
        return dict(found)

    @cached_property
    def by_figure(self) -> dict[str, list[Finding]]:
        """Findings by the figure that one of their places states, or that they are about."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in self.in_order:
            stated = (iri for place in one.places for iri in (place["iri"], *place["states"]))
            for iri in dict.fromkeys(stated):
                found[iri].append(one)
        return dict(found)

    @cached_property
    def in_order(self) -> list[Finding]:
        """All findings, the gravest first, then as the report has them; accepted ones last."""
        return sorted(self.all, key=lambda one: (bool(one.accepted), SEVERITIES.index(one.severity), one.number))


def findings_of(item: PublishedDisclosure) -> Findings:
    """Return the findings that a disclosure brings; none are known where no report was written."""
    return _read(item.report_files.get(REPORT))


@lru_cache(maxsize=1)
def _read(content: bytes | None) -> Findings:
    return Findings(content)


def _finding(body: Mapping[str, Any]) -> Finding:
    return Finding(
        body["number"],
        body["severity"],
        tuple(body["identifiers"]),
        Text(body["messages"]["zh"], body["messages"]["en"]),
        body["accepted"],
        body["places"],
        body["family"],
    )
