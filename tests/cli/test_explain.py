"""``budgetlod explain``: rules and shapes in words."""

from __future__ import annotations

import json

import pytest

from budgetlod.cli.main import BAD_INPUT, DONE, run
from budgetlod.validate.rules import explain, rule_ids
from budgetlod.validate.shapes import load_shapes
from tests.contract.conftest import ROOT


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["explain", *arguments]) == DONE
    return capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_rule_says_all_it_knows(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "A36", "--lang", language)
    rule = explain("A36")
    parts = (rule.statement, rule.group_name, rule.why, rule.example, rule.correction, rule.tables[0][1])
    assert all(getattr(part, language) in text for part in parts)
    assert "shapes/rollup.ttl" in text
    assert "sh:select" not in text


def test_the_documentation_shows_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    shown = page.partition("$ budgetlod explain A05 --lang en\n")[2].partition("```")[0]
    assert printed(capsys, "A05", "--lang", "en") == shown


def test_several_rules_in_the_order_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "B02", "a01")
    assert text.startswith("B02")
    assert "\n\nA01" in text


def test_the_shape_itself(capsys: pytest.CaptureFixture[str]) -> None:
    query = printed(capsys, "E01", "--shape")
    assert "shape:PurchaseAmount a sh:" in query
    assert "SELECT $this" in query


def test_a_rule_without_a_shape_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "Y05", "--lang", "en")
    assert "no shape" in text
    assert "A query over all departments" in text
    assert "checked by" not in text


def test_a_shape_and_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "RollUp")
    assert text.startswith("RollUp（shapes/rollup.ttl，错误）")
    assert explain("A36").statement.zh in text
    assert "sh:select" in printed(capsys, "RollUp", "--shape")


def test_a_shape_without_rules_of_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    shapes = load_shapes("provenance")
    iri = next(iri for iri in sorted(shapes.families) if shapes.identifiers(iri) == ("provenance",))
    text = printed(capsys, iri.rpartition("/")[2])
    assert "shapes/provenance.ttl" in text
    assert "规则" not in text


def test_all_rules_by_group(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys).splitlines()
    ids = [line.split()[0] for line in lines if line.startswith("  ")]
    assert ids == list(rule_ids())
    assert lines[0].startswith("A ")
    assert [line.split()[0] for line in printed(capsys, "--group", "f").splitlines()[1:]] == [
        f"F0{number}" for number in range(1, 9)
    ]


def test_rules_of_a_family(capsys: pytest.CaptureFixture[str]) -> None:
    ids = [line.split()[0] for line in printed(capsys, "--family", "balance").splitlines() if line.startswith("  ")]
    assert ids == ["A05", "A21", "A22"]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(printed(capsys, "A36", "RollUp", "--format", "json", "--shape"))
    (rule,), (shape,) = record["rules"], record["shapes"]
    assert record["schema"] == 1
    assert (rule["id"], rule["severity"], rule["noShape"]) == ("A36", "violation", None)
    assert rule["tables"][0]["type"] == "three-public"
    assert all(set(rule[name]) == {"zh", "en"} for name in ("statement", "why", "example", "correction"))
    assert shape in rule["shapes"]
    assert shape["turtle"].startswith("shape:RollUp ")
    assert "turtle" not in json.loads(printed(capsys, "RollUp", "--format", "json"))["shapes"][0]
    assert len(json.loads(printed(capsys, "--format", "json"))["rules"]) == len(rule_ids())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["A63"], "A36"),
        (["RolUp"], "RollUp"),
        (["A36", "--group", "A"], "without a rule"),
        (["--group", "G"], "there are A, B"),
        (["--family", "nothing"], "rollup"),
    ],
)
def test_what_is_not_there(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", *arguments]) == BAD_INPUT
    assert said in capsys.readouterr().err
