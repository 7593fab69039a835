"""What the rules about prose say of the example, as found by hand: nothing grave, and these things worth knowing."""

from __future__ import annotations

import pytest

from budgetlod import pipeline
from budgetlod.rdf.iris import BASE
from budgetlod.rdf.terms import Triple
from budgetlod.validate.report import Report

SHAPE = "https://w3id.org/budgetlod/shape/"

# shape: the ends of the IRIs of what it is found at
EXPECTED = {
    "ProjectOrder": ["#mention-20", "#mention-21", "#mention-22"],
    "ThreePublicParts": ["#change-expenditure.source-fiscal.item-three-public.against-2023"],
    "NewProject": ["#remark-2"],
    "UseWithoutLine": ["#remark-10", "#remark-8"],
    "TwoDecimals": [
        *(f"#mention-{n}" for n in (14, 15, 16, 17, 18, 19, 21, 22, 26, 37)),
        *(f"#r{row}c{column}" for row in (1, 2) for column in (2, 3)),
    ],
}


@pytest.fixture(scope="module")
def report(example_triples: list[Triple]) -> Report:
    return pipeline.check(example_triples, "narrative")


def test_the_prose_of_the_example_has_these_findings(report: Report) -> None:
    (about,) = report.about
    assert about.startswith(BASE)
    found: dict[str, list[str]] = {}
    for result in report.results:
        name, focus = result.shape.removeprefix(SHAPE), "#" + result.focus[1:-1].removeprefix(about).partition("#")[2]
        found.setdefault(name, []).append(focus)
    assert {name: sorted(places) for name, places in found.items()} == {n: sorted(p) for n, p in EXPECTED.items()}


def test_none_of_them_is_grave(report: Report) -> None:
    assert {result.severity for result in report.results} == {"info"}


def test_uses_and_the_new_project_are_named_in_the_message(report: Report) -> None:
    said = " ".join(result.messages.zh for result in report.results)
    assert all(words in said for words in ("办公用房水电费", "办公楼物业管理费", "政务大厅系统升级改造"))
