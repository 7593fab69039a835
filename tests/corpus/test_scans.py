"""Pages of disclosures drawn as pictures read back to the same amounts (a large sample: ``benchmarks/ocr.py``)."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("rapidocr_onnxruntime", reason="the extra budgetlod[ocr] is not installed")

import pypdfium2 as pdfium

from budgetlod.core.text import squeeze
from budgetlod.model.document import Grid
from budgetlod.read.layout.blocks import document_blocks
from budgetlod.read.layout.page import PageMarks
from budgetlod.read.ocr.engine import engine
from budgetlod.read.ocr.page import picture_marks
from budgetlod.read.pdf.marks import page_marks

from .documents import CORPUS, needs_corpus

AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
RESOLUTION = 200
FEWEST = 15


def amounts(marks: PageMarks) -> Counter[str]:
    grids = (block for block in document_blocks([marks]) if isinstance(block, Grid))
    cells = (squeeze(cell) for grid in grids for row in grid.rows for cell in row.cells)
    return Counter(cell for cell in cells if AMOUNT.fullmatch(cell))


def documents() -> list[Path]:
    """Return every sixth document."""
    return sorted(path for path in CORPUS.glob("*/source.pdf") if not path.parent.name.startswith("neg-"))[1::6]


@needs_corpus
@pytest.mark.parametrize("path", documents(), ids=lambda path: path.parent.name)
def test_a_page_read_as_a_picture_has_the_same_amounts(path: Path) -> None:
    with pdfium.PdfDocument(path) as document:
        pages = ((page, page_marks(page, 1)) for page in document)
        page, marks = next((page, marks) for page, marks in pages if amounts(marks).total() >= FEWEST)
        drawn = page.render(scale=RESOLUTION / 72, grayscale=True).to_numpy()
        grey = drawn.reshape(drawn.shape[:2]).copy()
    want, got = amounts(marks), amounts(picture_marks(grey, RESOLUTION / 72, 1, engine()))
    assert (want - got).total() <= 0.01 * want.total(), (want - got, got - want)
