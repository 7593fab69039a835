"""The gate before publication: nothing that violates a shape goes out unless someone says so."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlod.core.errors import BudgetlodError
from budgetlod.validate.report import Report

_SHOWN = 3


class NonConforming(BudgetlodError):
    """Publication is held back; ``reports`` say why, ``report`` is the first. The command line prints them, and exits with 1.

    With several reports ``names`` say which disclosure each is about.
    """

    def __init__(self, *reports: Report, names: Sequence[str] = ()) -> None:
        self.reports = reports
        self.report = reports[0]
        if len(reports) == 1:
            super().__init__(_sentence(reports[0]))
        else:
            lines = (f"{name}: {_sentence(report)}" for name, report in zip(names, reports, strict=True))
            super().__init__("\n".join(lines))


def may_publish(report: Report, *, allow_nonconforming: bool = False) -> bool:
    """Return whether a graph with this report may be published; only violations that nobody accepted count."""
    return report.conforms or allow_nonconforming


def guard(report: Report, *, allow_nonconforming: bool = False) -> Report:
    """Return ``report`` if its graph may be published; otherwise raise :class:`NonConforming`."""
    if not may_publish(report, allow_nonconforming=allow_nonconforming):
        raise NonConforming(report)
    return report


def _sentence(report: Report) -> str:
    faults = _faults(report)
    rest = len(faults) - _SHOWN
    more = f"; and {rest} more" if rest > 0 else ""
    return f"{len(faults)} violation(s), not published: {'; '.join(faults[:_SHOWN])}{more}"


def _faults(report: Report) -> list[str]:
    """Return what is wrong, a sentence for each finding that stops the publication."""
    return [f.messages.en for f in report.findings if f.severity == "violation" and not f.accepted]
