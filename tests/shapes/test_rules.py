"""Every rule of the catalogue is reached by a shape or listed, with a reason, among those that are not shapes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from rdflib.namespace import DCTERMS

from budgetlod.core.resources import resource
from budgetlod.validate.shapes import families, load_shapes, profiles

HERE = Path(__file__).parent
CATALOGUE = HERE.parents[2] / "shared" / "constraints.csv"
RULES = frozenset((HERE / "rule_ids.txt").read_text(encoding="utf-8").split())
MOST_WITHOUT_SHAPE = 25


def shaped() -> set[str]:
    """Return the rules that shapes name, those of families that no profile imports among them."""
    graphs = [load_shapes(name).graph for name in (*families(), *profiles())]
    named = {str(value) for graph in graphs for value in graph.objects(None, DCTERMS.identifier)}
    return {name for name in named if re.fullmatch(r"[A-Z]\d\d", name)}


def listed() -> list[tuple[str, str, str]]:
    """Return the rows of the table of rules that are not shapes."""
    text = (resource("shapes") / "README.md").read_text(encoding="utf-8")
    section = text.partition("## Rules that are not shapes")[2].partition("\n## ")[0]
    return re.findall(r"^\| ([A-Z]\d\d) \| (.+?) \| (.+?) \|$", section, re.MULTILINE)


def test_every_rule_is_a_shape_or_listed() -> None:
    assert RULES - shaped() == {rule for rule, _, _ in listed()}


def test_shapes_and_table_name_rules_of_the_catalogue() -> None:
    assert shaped() | {rule for rule, _, _ in listed()} == RULES


def test_few_rules_are_not_shapes() -> None:
    rules = [rule for rule, _, _ in listed()]
    assert len(rules) == len(set(rules)) <= MOST_WITHOUT_SHAPE


def test_the_ids_are_those_of_the_catalogue() -> None:
    if not CATALOGUE.exists():
        pytest.skip(f"the catalogue of rules is not here: {CATALOGUE.name}")
    with CATALOGUE.open(encoding="utf-8") as file:
        assert {row["id"] for row in csv.DictReader(file)} == RULES
