"""Faults of six kinds in the tables of the example: a sample of each is put in; docs/mutation.md counts all of them.

All are put in by ``python -m tests.mutation.kinds``, whose misses are listed here; the sample must be found, or missed,
as it says.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from pathlib import Path

import pytest

from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document
from budgetlod.model.publisher import SourceFile
from tests.mutation.kinds import SEED, Fault, faults, found_as, known, report_of
from tests.mutation.misses import AS_WARNING, MISSED

TABLE = Path(__file__).parents[2] / "docs" / "mutation.md"
SAMPLE, CHUNKS = 5, 5


def of_kinds(document: Document, disclosure: Disclosure) -> dict[str, list[Fault]]:
    """All faults by kind."""
    found = defaultdict(list)
    for fault in faults(document, disclosure):
        found[fault.kind].append(fault)
    return found


@pytest.fixture(scope="module")
def usual(example_document: Document, example_source: SourceFile) -> frozenset[object]:
    return known(report_of(example_document, example_source))


def test_the_table_counts_what_is_made_and_what_is_missed(example: Disclosure, example_document: Document) -> None:
    rows = re.findall(
        r"^\| ([^|]+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE
    )
    told = {kind: tuple(map(int, numbers)) for kind, *numbers in rows}
    made = {kind: len(found) for kind, found in of_kinds(example_document, example).items()}
    for kind, number in made.items():
        missed, warned = len(MISSED.get(kind, ())), len(AS_WARNING.get(kind, ()))
        assert told[kind] == (number, number - missed - warned, warned, missed), kind


def test_misses_are_faults_that_are_made(example: Disclosure, example_document: Document) -> None:
    names = {kind: {fault.name for fault in found} for kind, found in of_kinds(example_document, example).items()}
    for listed in (MISSED, AS_WARNING):
        assert {kind: set(names_) - names[kind] for kind, names_ in listed.items()} == {kind: set() for kind in listed}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_sample_is_found_as_the_table_says(
    chunk: int,
    example: Disclosure,
    example_document: Document,
    example_source: SourceFile,
    usual: frozenset[object],
) -> None:
    wrong = []
    for kind, made in sorted(of_kinds(example_document, example).items()):
        sample = random.Random(SEED).sample(made, min(SAMPLE, len(made)))
        for fault in sample[chunk::CHUNKS]:
            expected = "" if fault.name in MISSED.get(kind, ()) else "violation"
            expected = "warning" if fault.name in AS_WARNING.get(kind, ()) else expected
            outcome = found_as(fault, report_of(fault.document(), example_source), usual)
            if outcome != expected:
                wrong.append((kind, fault.name, outcome, expected))
    assert wrong == []
