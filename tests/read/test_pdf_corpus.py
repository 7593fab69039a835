"""The cells of ruled tables in real disclosures, against what pdfplumber finds on the same pages.

pdfplumber takes white lines for borders and reads text that clipping paths hide; on every such page looked at, what
stands here and not there (or the other way round) is right. So amounts are what is compared: every one that
pdfplumber has in a cell must be whole in one of ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest

from budgetlod.model.document import Grid
from budgetlod.model.problem import BadInput
from budgetlod.read.layout.blocks import document_blocks
from budgetlod.read.pdf.marks import page_marks
from budgetlod.read.pdf.reader import read_pdf
from tests.corpus.documents import CORPUS, needs_corpus
from tests.sampling import FULL

AMOUNT = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2,})(?![\d,])")
# pdfplumber is slow: some pages of each file, unless all are asked for.
STEP = 1 if FULL else 6
FILES = sorted(CORPUS.glob("*/source.pdf")) if CORPUS.is_dir() else []

pytestmark = needs_corpus


def words(cells: Iterable[str | None]) -> Counter[str]:
    """Return the texts of cells without white space."""
    return Counter(word for cell in cells if (word := re.sub(r"\s+", "", cell or "")))


def amounts(cells: Counter[str]) -> Counter[str]:
    # A line of contents in a frame is a cell to pdfplumber, and "1.2026年…" no amount.
    return Counter(
        {amount: count for word, count in cells.items() if "…" not in word for amount in AMOUNT.findall(word)}
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_cells_are_those_of_pdfplumber(path: Path) -> None:
    theirs, ours, lost = 0, 0, []
    with pdfium.PdfDocument(path) as document, pdfplumber.open(path) as other:
        for number in range(0, len(document), STEP):
            page = other.pages[number]
            their = words(cell for table in page.extract_tables() for row in table for cell in row)
            page.close()
            grids = [b for b in document_blocks([page_marks(document[number], number + 1)]) if isinstance(b, Grid)]
            our = words(cell for grid in grids for row in grid.rows for cell in row.cells)
            theirs += their.total()
            ours += (their & our).total()
            # Prose with white boxes behind its words is a table to pdfplumber; in our reading it is prose.
            lost += [(number + 1, amount) for amount in amounts(their) - amounts(our) if grids]
    assert lost == []
    assert ours >= 0.75 * theirs  # what is missing are titles between white lines, and prose


def test_texts_are_no_tables() -> None:
    """No table is made of prose, contents or lists: the documents have rulings around all of theirs."""
    found = [
        (path.parent.name, block.place.page)
        for path in FILES
        for block in _grids(path)
        if block.spans is None or len(block.rows) * block.width < 2
    ]
    assert found == []


def _grids(path: Path) -> list[Grid]:
    try:
        return [block for block in read_pdf(path).blocks if isinstance(block, Grid)]
    except BadInput:  # a scan
        return []
