"""The synthetic disclosures of the benchmark: good documents but for the fault that is planted in each."""

from __future__ import annotations

import pytest

from benchmarks.synthetic import FACTORS, Generator
from budgetlod import pipeline


@pytest.fixture(scope="module")
def generator() -> Generator:
    return Generator.of_example()


@pytest.mark.parametrize("number", [*range(1, len(FACTORS) + 1), 99])
def test_without_the_fault_it_conforms(generator: Generator, number: int) -> None:
    made = generator.disclosure(number, fault=False)
    assert [r for r in pipeline.check(made.triples).results if r.severity == "violation"] == []
    assert made.name.startswith("合成")
    assert made.planted == ""


@pytest.mark.parametrize("number", [1, 2])
def test_the_planted_fault_is_one_finding_that_names_its_cell_first(generator: Generator, number: int) -> None:
    made = generator.disclosure(number)
    found = [f for f in pipeline.check(made.triples, "laws").findings if f.severity == "violation"]
    assert [f.places[0].iri for f in found] == [made.planted]


def test_the_same_number_gives_the_same_disclosure_and_another_another(generator: Generator) -> None:
    one, two = generator.disclosure(1), generator.disclosure(2)
    assert generator.disclosure(1) == one
    assert not {s for s, _, _ in one.triples if "/dataset/" in s} & {s for s, _, _ in two.triples if "/dataset/" in s}
