"""The report: what was found, in the order of its weight, each finding with the places it is about. Plain values.

An engine gives *results*: one constraint that one node does not meet. People want *findings*: one cause, however many
constraints it trips. A report holds both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from budgetlod.model.problem import Problem
from budgetlod.model.publisher import Acceptance

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")

PlaceKind = Literal["cell", "text", "mention", "row", "statement", "section", "other"]


@dataclass(frozen=True, slots=True)
class Messages:
    """One statement in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Place:
    """A printed place that a result is about: its IRI, where a reader finds it in words, and the parts of that.

    ``statement`` is the IRI of the table, ``title`` its printed title, ``statement_type`` the notation of its kind;
    ``section`` the heading of the section of the notes. ``row`` is the number of the data row, ``column`` of the
    column (``None`` where there is none). ``amount`` and ``precision`` are in yuan; ``unit`` is the notation of the
    unit the amount is printed in and ``factor`` how many yuan that is. ``page`` and ``line`` count from 1 (0: not
    known); ``last_line`` is the last line of a place that covers several. ``source`` is the name of the source file
    in the publication. ``states`` are the IRIs of the figures or other things that the place speaks of.
    """

    iri: str
    zh: str
    en: str
    kind: PlaceKind = "other"
    statement: str = ""
    title: str = ""
    statement_type: str = ""
    section: str = ""
    row: int | None = None
    row_label: str = ""
    row_code: str = ""
    column: int | None = None
    column_label: str = ""
    printed: str = ""
    amount: Decimal | None = None
    precision: Decimal | None = None
    unit: str = ""
    factor: Decimal | None = None
    page: int = 0
    line: int = 0
    last_line: int = 0
    source: str = ""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One constraint that one node does not meet.

    ``shape`` is the IRI of the shape, ``family`` the file of shapes it stands in. ``identifiers`` are the rows of the
    catalogue of consistency rules: those of this instance where that can be told, else all that the shape covers.
    ``focus`` and ``value`` are N-Triples terms, ``path`` an N-Triples IRI or a SPARQL property path; ``value`` and
    ``path`` are empty where the constraint is about the node as a whole. ``messages`` are the shape's own words with
    the offending values. ``bindings`` are the values of the constraint's query by name, as lexical forms.
    ``evidence`` is sorted in document order.
    """

    shape: str
    path: str
    focus: str
    value: str
    severity: Severity
    messages: Messages
    identifiers: tuple[str, ...]
    evidence: tuple[Place, ...]
    family: str = ""
    bindings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause: the results that share evidence, as one thing to correct.

    ``number`` is the 1-based place in the report; ``key`` stays the same for the same fault in the same document
    (made of shape and places, not of amounts). ``messages`` name the figure, the places, both printed values, the
    difference and what would make it right. ``places`` begin with the most likely fault. ``identifiers`` are those of
    all results, the leading one first; ``results`` the leading result first. ``accepted`` is the reason for which a
    publisher accepts the fault, empty if nobody does.
    """

    number: int
    key: str
    severity: Severity
    family: str
    messages: Messages
    identifiers: tuple[str, ...]
    places: tuple[Place, ...]
    results: tuple[Result, ...]
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found. ``about`` are the IRIs of the disclosures in the graph, ``results`` sorted: violations
    first, then by shape, focus, path and value; ``findings`` sorted by weight. ``profile`` names the profiles, joined
    by ``+``. ``delegated`` are the shapes that a fast engine handed to the reference engine. ``problems`` are what the
    reader met on the way, ``acceptances`` what the publisher accepts, ``stale`` those of them that match no finding.
    """

    results: tuple[Result, ...]
    about: tuple[str, ...]
    profile: str
    engine: str
    findings: tuple[Finding, ...] = ()
    delegated: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    stale: tuple[Acceptance, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether no violation stands that nobody accepted; warnings and information do not stop a publication."""
        return not self.violations

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that stop a publication."""
        accepted = {result for finding in self.findings if finding.accepted for result in finding.results}
        return tuple(r for r in self.results if r.severity == "violation" and r not in accepted)

    def counts(self) -> dict[Severity, int]:
        """Return how many results there are of each severity, zeros included."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """The findings that the publisher accepts."""
        return tuple(finding for finding in self.findings if finding.accepted)

    def open_counts(self) -> dict[Severity, int]:
        """Return how many findings of each severity nobody has accepted, zeros included."""
        found = Counter(finding.severity for finding in self.findings if not finding.accepted)
        return {severity: found[severity] for severity in SEVERITIES}
