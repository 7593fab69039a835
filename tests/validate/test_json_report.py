"""The report as JSON: what the schema and the documentation say, and enough of it to validate a published folder."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest

from budgetlod.core.resources import resource
from budgetlod.validate.json_report import read_review, record
from budgetlod.validate.render import render, to_json
from budgetlod.validate.report import Report
from budgetlod.validate.subject import Style, Subject
from tests.contract.conftest import ROOT
from tests.validate.samples import BLANK_ACCEPTED, EMPTY, FULL, NOTHING, PROBLEM

SCHEMA: dict[str, Any] = json.loads(resource("shapes/report.schema.json").read_text(encoding="utf-8"))


def strict(schema: Any) -> Any:
    """The schema with nothing allowed that it does not name; readers must allow more, we must not write more."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "required" in schema else {}
    return {key: strict(value) for key, value in schema.items()} | closed


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [FULL, EMPTY])
def test_reports_fit_the_schema(report: Report) -> None:
    jsonschema.Draft202012Validator(strict(SCHEMA)).validate(json.loads(to_json(report)))


def test_the_schema_refuses_other_things() -> None:
    body = json.loads(to_json(FULL))
    assert json.loads(to_json(FULL, compact=True)) == body
    assert to_json(FULL, compact=True).count("\n") == 1
    changes: tuple[dict[str, object], ...] = ({"schema": 1}, {"conforms": "no"}, {"findings": [{}]})
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate(body | change)


def test_members_in_the_documented_order() -> None:
    page = (ROOT / "docs/validation.md").read_text(encoding="utf-8")
    described = {
        title: re.findall(r"`(\w+)`", "".join(re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", table, re.MULTILINE)))
        for title, table in re.findall(r"\n\| (member[^|]*?) \| value \|\n(.*?)(?=\n\n|\Z)", page, re.DOTALL)
    }
    body = record(FULL)
    written = {
        "member": body,
        "member of a finding": body["findings"][0],
        "member of a place": body["findings"][0]["places"][0],
        "member of a result": body["results"][0],
        "member of an acceptance": body["acceptances"][0],
    }
    assert described == {title: list(value) for title, value in written.items()}


def test_findings_point_to_their_results() -> None:
    body = record(FULL)
    assert [finding["results"] for finding in body["findings"]] == [[0, 1], [2], [3]]
    assert body["findings"][1]["accepted"] == BLANK_ACCEPTED.reason
    assert body["counts"] == {"violation": 2, "warning": 1, "info": 1}
    assert body["findingCounts"] == {"violation": 1, "warning": 0, "info": 1, "accepted": 1}


def test_amounts_are_exact_texts() -> None:
    place = record(FULL)["findings"][0]["places"][0]
    assert (place["amount"], place["precision"], place["factor"]) == ("60100.00", "100.00", "10000")
    assert record(FULL)["findings"][1]["places"][0]["amount"] is None


def test_nothing_of_the_machine_is_told() -> None:
    assert PROBLEM.file not in to_json(FULL)


def test_several_reports_are_a_list() -> None:
    bodies = json.loads(render("json", [Subject(FULL), Subject(EMPTY)], Style()))
    assert bodies == [record(FULL), record(EMPTY)]


def test_what_was_reviewed_can_be_read_back() -> None:
    review = read_review(to_json(FULL).encode())
    assert review.profiles == ("publication", "extra")
    assert review.acceptances == (BLANK_ACCEPTED, NOTHING)
    assert review.problems == (PROBLEM._replace(file=""),)


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"schema": 1}', b'{"schema": 2}', b'{"schema": 2, "profile": 3}', b"\xff"]
)
def test_what_is_no_report_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError):
        read_review(text)
