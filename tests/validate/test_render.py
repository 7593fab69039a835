"""The table of forms, and that real reports come out the same each time."""

from __future__ import annotations

import pytest
from rdflib import Graph

from budgetlod.validate import validate
from budgetlod.validate.render import FORMS, UnknownForm, render, to_json, to_sarif, to_text, to_turtle
from budgetlod.validate.report import Report
from budgetlod.validate.subject import Style, Subject
from tests.validate.samples import FULL


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_same_graph_same_bytes(form: str, disclosure: Graph, laws: Report) -> None:
    shuffled = Graph()
    for triple in sorted(disclosure, reverse=True):
        shuffled.add(triple)
    again = validate(shuffled, profile="laws")
    assert render(form, [Subject(again)], Style()) == render(form, [Subject(laws)], Style())


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_every_form_ends_with_a_line_break(form: str) -> None:
    assert render(form, [Subject(FULL)], Style()).endswith("\n")


def test_unknown_form_names_those_there_are() -> None:
    with pytest.raises(UnknownForm, match="text, json, sarif, turtle"):
        render("smoke", [Subject(FULL)], Style())


def test_short_ways_for_one_report() -> None:
    assert to_text(FULL) == render("text", [Subject(FULL)], Style("en"))
    assert to_json(FULL) == render("json", [Subject(FULL)], Style())
    assert to_sarif(FULL, "en") == render("sarif", [Subject(FULL)], Style("en"))
    assert to_turtle(FULL) == render("turtle", [Subject(FULL)], Style())


def test_path_that_is_no_predicate_is_shown_as_sparql() -> None:
    data = "<urn:a> a <https://w3id.org/budgetlod/ontology#Breakdown> ."
    report = validate(Graph().parse(data=data, format="turtle"), profile="structure")
    assert "^<https://w3id.org/budgetlod/ontology#inBreakdown>" in [result.path for result in report.results]
    assert to_turtle(report)
