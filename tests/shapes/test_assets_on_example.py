"""Procurement and assets of the example: what is wrong there is found, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from budgetlod import pipeline
from budgetlod.rdf.terms import Triple


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("procurement", {("ProcurementNotes", "warning"): 1, ("MeasurementUnitIsMoney", "info"): 3}),
        ("assets", {}),
    ],
)
def test_what_is_found_in_the_example(
    family: str, expected: dict[tuple[str, str], int], example_triples: list[Triple]
) -> None:
    report = pipeline.check(example_triples, family)
    assert Counter((r.shape.rpartition("/")[2], r.severity) for r in report.results) == expected
