"""Validation with what the publisher states and the reader met."""

from __future__ import annotations

from dataclasses import replace

from rdflib import Graph

from budgetlod.model.publisher import Acceptance
from budgetlod.validate import validate
from budgetlod.validate.data import Data
from budgetlod.validate.json_report import read_review
from budgetlod.validate.render import to_json
from budgetlod.validate.report import Report
from budgetlod.validate.review import Review, validate_reviewed
from tests.validate.samples import PROBLEM


def test_nothing_reviewed_gives_the_plain_report(disclosure: Graph, laws: Report) -> None:
    assert validate_reviewed(Data.of_graph(disclosure), Review(), profile=("laws",)) == laws


def test_acceptances_and_problems_are_in_the_report(disclosure: Graph, laws: Report) -> None:
    finding = laws.findings[0]
    accepted = Acceptance(finding.identifiers[0], "printed so", finding.key)
    review = Review(acceptances=(accepted,), problems=(PROBLEM,))
    report = validate_reviewed(Data.of_graph(disclosure), review, profile=("laws",))
    assert [one.accepted for one in report.findings if one.key == finding.key] == ["printed so"]
    assert report.problems == (PROBLEM,)
    assert report.stale == ()
    again = read_review(to_json(report).encode())
    wanted = replace(report, problems=(PROBLEM._replace(file=""),))
    assert validate_reviewed(Data.of_graph(disclosure), again, profile=("laws",)) == wanted


def test_profiles_of_the_publisher_come_with_the_default_only(disclosure: Graph) -> None:
    data, review = Data.of_graph(disclosure), Review(profiles=("rollup",))
    assert validate_reviewed(data, review, profile=("balance",)).profile == "balance"
    assert validate_reviewed(data, review).profile.split("+")[:2] == ["publication", "rollup"]
    assert validate(disclosure).profile.split("+")[0] == "publication"
