"""Rules as records: found by id, with their shapes, or with the reason why there is none."""

from __future__ import annotations

import pytest

import budgetlod
from budgetlod.core.resources import resource
from budgetlod.model.problem import BadInput
from budgetlod.validate.rules import (
    explain,
    explain_shape,
    groups,
    has_rule,
    rule_ids,
    source_of,
    statement_and_advice,
)
from budgetlod.validate.shapes import families, load_shapes


def test_a_rule_by_its_id() -> None:
    rule = budgetlod.explain("A36")
    assert (rule.id, rule.group, rule.severity) == ("A36", "A", "violation")
    assert rule.group_name.en == groups()["A"].en == "within tables"
    assert [notation for notation, _ in rule.tables] == ["three-public"]
    assert rule.tables[0][1].zh == "“三公”经费支出表"
    assert "RollUp" in [shape.name for shape in rule.shapes]
    assert rule.no_shape is None
    assert explain("a36") is rule


def test_every_rule_has_shapes_or_says_why_not() -> None:
    rules = [explain(name) for name in rule_ids()]
    assert [rule.id for rule in rules if bool(rule.shapes) == bool(rule.no_shape)] == []
    assert all(rule.no_shape.zh and rule.no_shape.en for rule in rules if rule.no_shape)


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(BadInput) as caught:
        explain("A63")
    (problem,) = caught.value.problems
    assert problem.code == "rule-unknown"
    assert "A36" in problem.text("en")


def test_a_shape_by_its_name() -> None:
    shape = explain_shape("rollup")
    assert shape is not None
    assert (shape.name, shape.file, shape.severity) == ("RollUp", "shapes/rollup.ttl", "violation")
    assert "A36" in shape.identifiers
    assert "{?gap}" in shape.messages[0].zh
    assert explain_shape("A36") is None


def test_the_source_of_every_shape_is_one_whole_subject() -> None:
    names = {iri.rpartition("/")[2] for iri in load_shapes(*families()).families}
    known = [shape for name in names if (shape := explain_shape(name))]
    assert len(known) > 100
    for shape in known:
        source = source_of(shape)
        assert source.startswith(f"shape:{shape.name} "), shape
        assert source.endswith("."), shape
        assert source.count("\nshape:") == 0, shape
        assert source in resource(shape.file).read_text(encoding="utf-8")


def test_what_sarif_says_needs_no_shapes() -> None:
    statement, advice = statement_and_advice("A46")
    assert has_rule("A46")
    assert not has_rule("A")
    assert statement.en.isascii()
    assert explain("A46").correction.zh in advice.zh
    assert explain("A46").why.en in advice.en
