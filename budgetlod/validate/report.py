"""The report: what was found, in the order of its weight, each result with the places it is about. Plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Messages:
    """One statement in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of evidence that a result is about: its IRI and where a reader finds it in the printed document."""

    iri: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Result:
    """One constraint that one node does not meet.

    ``shape`` is the IRI of the shape, ``identifiers`` its rows in the catalogue of consistency rules. ``focus`` and
    ``value`` are N-Triples terms, ``path`` an N-Triples IRI or a SPARQL property path; ``value`` and ``path`` are
    empty where the constraint is about the node as a whole. ``evidence`` is sorted in document order.
    """

    shape: str
    path: str
    focus: str
    value: str
    severity: Severity
    messages: Messages
    identifiers: tuple[str, ...]
    evidence: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found. ``about`` are the IRIs of the disclosures in the graph, ``results`` sorted: violations
    first, then by shape, focus, path and value.
    """

    results: tuple[Result, ...]
    about: tuple[str, ...]
    profile: str
    engine: str

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and information do not stop a publication."""
        return not self.violations

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that stop a publication."""
        return tuple(result for result in self.results if result.severity == "violation")

    def counts(self) -> dict[Severity, int]:
        """Return how many results there are of each severity, zeros included."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}
