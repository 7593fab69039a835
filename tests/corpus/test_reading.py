"""Every disclosure of the corpus is read: its tables recognised, their numbers mapped, their sums closing.

``statements.toml`` says which tables each document holds, ``open_sums.csv`` which of its sums do not close: both were
checked by eye against the pages. An open sum is a fault of the document (nearly all are parts rounded one by one; one
body withholds lines of its lists); a new one is a misreading until somebody has looked at it.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from budgetlod.interpret.closure import closure
from tests.corpus.documents import disclosure, folders, needs_corpus, record

pytestmark = needs_corpus
HERE = Path(__file__).parent


def _statements() -> dict[str, dict[str, int]]:
    return tomllib.loads((HERE / "statements.toml").read_text(encoding="utf-8"))


def _open_sums(folder: str) -> Counter[tuple[str, ...]]:
    with (HERE / "open_sums.csv").open(encoding="utf-8") as file:
        return Counter(tuple(row.values())[1:] for row in csv.DictReader(file) if row["folder"] == folder)


@pytest.mark.parametrize("folder", folders())
def test_its_tables_are_recognised(folder: str) -> None:
    found = Counter(statement.type for statement in disclosure(folder).content.statements)
    assert found == Counter(_statements().get(folder, {}))


@pytest.mark.parametrize("folder", folders())
def test_its_numbers_are_mapped(folder: str) -> None:
    coverage = record(folder)["coverage"]
    assert isinstance(coverage, dict)
    assert coverage["mapped"] >= 0.97 * coverage["numbers"], coverage["unmapped"]


@pytest.mark.parametrize("folder", folders())
def test_its_sums_close_but_for_its_own_faults(folder: str) -> None:
    found = Counter(
        (one.law, " ".join(one.statements), one.place, one.label, str(one.stated), str(one.expected))
        for one in closure(disclosure(folder)).open
    )
    assert found == _open_sums(folder)


def test_the_corpus_as_a_whole() -> None:
    """At least 99 % of all numbers are mapped, and 98 % of all sums close."""
    coverage = [record(folder)["coverage"] for folder in folders()]
    assert sum(c["mapped"] for c in coverage) >= 0.99 * sum(c["numbers"] for c in coverage)  # type: ignore[index]
    sums = [one for folder in folders() for one in closure(disclosure(folder)).sums]
    assert sum(one.closes for one in sums) >= 0.98 * len(sums)
