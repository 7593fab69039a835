"""Two faults at once: two findings, each of which names one of the cells. The pairs are drawn with a fixed seed.

Half of the hundred pairs are tried; with ``BUDGETLOD_FULL=1`` all are.
"""

from __future__ import annotations

import random

import pytest

from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document
from budgetlod.model.publisher import SourceFile
from budgetlod.validate.report import Finding
from tests.mutation.faults import Printed, amount_cells, checked, one_cent_more
from tests.sampling import some

PAIRS, CHUNKS = 100, 20


def told_apart(findings: list[Finding], pair: tuple[Printed, ...]) -> bool:
    """Whether there are two findings, one with the first cell among its places and the other with the second."""
    if len(findings) != len(pair):
        return False
    named = [{place.iri for place in finding.places} for finding in findings]
    first, second = (printed.iri for printed in pair)
    return (first in named[0] and second in named[1]) or (first in named[1] and second in named[0])


@pytest.mark.parametrize("chunk", some(range(CHUNKS), 2))
def test_two_faults_are_two_findings(
    chunk: int, example: Disclosure, example_source: SourceFile, example_document: Document
) -> None:
    cells = amount_cells(example)
    draw = random.Random(2024)
    pairs = [tuple(draw.sample(cells, 2)) for _ in range(PAIRS)]
    missed = []
    for pair in pairs[chunk::CHUNKS]:
        report = checked(one_cent_more(example_document, pair), example_source)
        findings = [finding for finding in report.findings if finding.severity == "violation"]
        if not told_apart(findings, pair):
            missed.append([printed.iri for printed in pair])
    assert missed == []
