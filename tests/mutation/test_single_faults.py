"""One printed amount changed by 0.01, each of them in turn: one finding, and it names that very cell first.

Every second group of cells is tried; with ``BUDGETLOD_FULL=1`` all are.
"""

from __future__ import annotations

import pytest

from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document
from budgetlod.model.publisher import SourceFile
from tests.mutation.faults import amount_cells, checked, one_cent_more
from tests.sampling import some

CHUNKS = 24


@pytest.mark.parametrize("chunk", some(range(CHUNKS), 2))
def test_a_cent_more_in_a_cell_is_one_finding_that_names_the_cell_first(
    chunk: int, example: Disclosure, example_source: SourceFile, example_document: Document
) -> None:
    cells = amount_cells(example)
    assert len(cells) == 239
    missed = []
    for printed in cells[chunk::CHUNKS]:
        report = checked(one_cent_more(example_document, [printed]), example_source)
        found = [finding.places[0].iri for finding in report.findings if finding.severity == "violation"]
        if found != [printed.iri]:
            missed.append((printed.iri, printed.cell.printed, found))
    assert missed == []
