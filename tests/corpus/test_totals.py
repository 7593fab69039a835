"""The totals that the disclosures print, as the index of the corpus has them, are found with value and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from budgetlod.core.numbers import in_yuan
from budgetlod.core.text import fold, label_key
from budgetlod.rdf.lexicon import load_lexicon
from tests.corpus.documents import disclosure, needs_corpus, rows

pytestmark = needs_corpus
_QUOTED = re.compile(r"`([^`]*)`")
_LABEL = re.compile(r"((?:本年)?[收支][入出](?:总|合)计)")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LAST_YEAR = 2100
# 支出总计减少…万元 is no total.
_CHANGE = re.compile("增加|减少")


def _printed() -> Iterator[tuple[str, str, str]]:
    """Yield (folder, line as printed, units) for each line of totals that holds numbers."""
    for row in rows():
        for line in _QUOTED.findall(row["printed_totals"]):
            if _NUMBER.search(line) and not _CHANGE.search(line):
                yield row["folder"], line, row["unit"]


def _amounts(line: str) -> list[tuple[set[str], Decimal]]:
    """Return the amounts of a line, each with the labels of the line; a year is none."""
    found: list[tuple[set[str], Decimal]] = []
    labels = set(_LABEL.findall(fold(line)))
    spaced = re.sub(r"(?<=[^\d.,]) (?=[^\d])", "", line)
    for number in _NUMBER.findall(spaced):
        value = Decimal(number.replace(",", ""))
        if value > _LAST_YEAR or "." in number:
            found.append((labels, value))
    return found


@pytest.mark.parametrize(("folder", "line", "units"), list(_printed()))
def test_a_printed_total_is_found(folder: str, line: str, units: str) -> None:
    read, lexicon = disclosure(folder), load_lexicon()
    factors = {u: f for u in lexicon.lists["unit"].codes if (f := lexicon.lists["unit"].codes[u].factor)}
    in_document = {factors[code] for unit in units.split(", ") if (code := lexicon.lists["unit"].find(unit))}
    stated = {
        (label_key(cell.row_label), cell.amount)
        for statement in read.content.statements
        for cell in statement.cells
        if cell.amount is not None and factors[statement.unit] in in_document and cell.states is not None
    } | {("", abs(mention.amount)) for mention in read.content.mentions if mention.amount is not None}
    prose = "万元" in line
    for labels, value in _amounts(line):
        wanted = {in_yuan(value, factor) for factor in in_document}
        keys = {label_key(label) for label in labels}
        hits = {(label, amount) for label, amount in stated if amount in wanted and (prose or label in keys)}
        assert hits, f"{value} of {line} is not found"
