"""An independent yardstick: amounts that plain pdfplumber finds in the cells of ruled tables are in ``cells.csv``.

pdfplumber takes most of the time, so every third page is looked at; with ``BUDGETLOD_FULL=1`` all pages are.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.corpus.documents import CORPUS, disclosure, folders, needs_corpus
from tests.sampling import FULL

pytestmark = needs_corpus
# A number with two or more decimals, or with thousands separators.
_AMOUNT = re.compile(r"(?<![\d.,])-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2,})(?![\d.,])")
_BLANKS = re.compile(r"\s+")
_PAGES_APART = 1 if FULL else 3
Token = tuple[int, Decimal]


def _pdfs() -> list[str]:
    return [folder for folder in folders() if (CORPUS / folder / "source.pdf").is_file()]


def tokens_of_tables(path: Path) -> Counter[Token]:
    """Return the amounts in the cells of ruled tables as pdfplumber alone finds them, by page."""
    pdfplumber = pytest.importorskip("pdfplumber")
    found: Counter[Token] = Counter()
    with pdfplumber.open(path) as document:
        for page in document.pages[::_PAGES_APART]:
            cells = (cell for table in page.extract_tables() for row in table for cell in row if cell)
            found.update((page.page_number, amount) for cell in cells for amount in _amounts(cell))
            page.close()
    return found


def _amounts(text: str) -> list[Decimal]:
    return [Decimal(match[0].replace(",", "")) for match in _AMOUNT.finditer(_BLANKS.sub("", text))]


def tokens_of_cells(folder: str) -> Counter[Token]:
    """Return the amounts of the cells that state something (the rows of ``cells.csv`` about tables), by page."""
    found: Counter[Token] = Counter()
    for statement in disclosure(folder).content.statements:
        for cell in statement.cells:
            if cell.amount is not None or cell.number is not None:
                for page in {place.page for place in cell.places}:
                    found.update((page, amount) for amount in _amounts(cell.printed))
    return found


@cache
def compared(folder: str) -> tuple[int, Counter[Token]]:
    """Return how many amounts pdfplumber finds in a document, and those of them that no cell states."""
    wanted = tokens_of_tables(CORPUS / folder / "source.pdf")
    return wanted.total(), wanted - tokens_of_cells(folder)


@pytest.mark.parametrize("folder", _pdfs())
def test_amounts_in_ruled_tables_are_in_cells(folder: str) -> None:
    total, missing = compared(folder)
    assert missing.total() <= 0.03 * total, f"{missing.total()} of {total}: {sorted(missing)[:20]}"


def test_amounts_of_all_documents_are_in_cells() -> None:
    """At least 99 %; what is missing stands in frames around contents or prose, which are no tables."""
    totals, missing = zip(*map(compared, _pdfs()), strict=True)
    lost = sum(one.total() for one in missing)
    assert lost <= 0.01 * sum(totals), f"{lost} of {sum(totals)}"
