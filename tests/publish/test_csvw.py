"""CSVW metadata: what a converter would make of it, by the words of the standard, is the graph itself."""

from __future__ import annotations

import json
from typing import Any

from budgetlod.publish.columns import columns
from budgetlod.publish.csvw import cells_metadata, observations_metadata, unique_dimensions
from budgetlod.publish.figures import CODED, DIMENSIONS, Code, codes, figures
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.tables import CELL_COLUMNS, CODE_COLUMNS, OBSERVATION_COLUMNS
from budgetlod.publish.uri_templates import value_template
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.names import BLOD, CODE
from tests.publish.small import IRI, small_triples

ORGANIZATION = "https://w3id.org/budgetlod/data/organization/"


def code(dimension: str, iri: str, notation: str) -> Code:
    return Code(dimension, iri, notation, "", "")


def tables() -> dict[str, dict[str, Any]]:
    graph = Lookup(small_triples())
    metadata = json.loads(observations_metadata({}, codes(graph, figures(graph)), IRI))
    return {table["url"]: table["tableSchema"] for table in metadata["tables"]}


def test_columns_are_those_of_the_files() -> None:
    files = {"observations": OBSERVATION_COLUMNS, "cells": CELL_COLUMNS, "codes": CODE_COLUMNS}
    for table, names in files.items():
        assert tuple(column.name for column in columns(table)) == names
    described = tables()
    assert set(described) == {"observations.csv"} | {f"codes/{name}.csv" for name in CODED}
    real = [column["name"] for column in described["observations.csv"]["columns"] if not column.get("virtual")]
    assert tuple(real) == OBSERVATION_COLUMNS
    assert [c["name"] for c in json.loads(cells_metadata({}))["tableSchema"]["columns"]] == list(CELL_COLUMNS)


def test_every_column_is_described_in_both_languages() -> None:
    for table in ("observations", "cells", "codes"):
        for column in columns(table):
            assert column.title_zh, column.name
            assert column.title_en, column.name
            assert column.description_zh != column.description_en


def test_schemes_are_those_of_the_ontology() -> None:
    schemes = {column.name: column.scheme for column in columns("observations") if column.scheme}
    assert set(schemes.values()) <= set(load_lexicon().lists)
    assert {column.property for column in columns("observations") if column.name in DIMENSIONS} == {
        f"blod:{name}" for name in DIMENSIONS
    }


def test_figures_are_converted_to_our_figures() -> None:
    schema = tables()["observations.csv"]
    assert (schema["aboutUrl"], schema["primaryKey"]) == ("{+observation}", "observation")
    found = {column["name"]: column for column in schema["columns"]}
    assert found["function"]["valueUrl"] == CODE + "function/{function}"
    assert found["governmentEconomic"]["valueUrl"] == CODE + "government-economic/{governmentEconomic}"
    assert found["project"]["valueUrl"].endswith("/project/2024/{project}")
    assert found["project"]["null"] == "_T"
    assert found["amount"]["propertyUrl"] == BLOD + "amount"
    assert (found["amount"]["datatype"], found["fiscalYear"]["datatype"]) == ("decimal", "gYear")
    assert found["dataSet"] == {
        "name": "dataSet",
        "virtual": True,
        "propertyUrl": "http://purl.org/linked-data/cube#dataSet",
        "valueUrl": IRI,
    }


def test_a_template_is_right_for_every_code_or_not_there() -> None:
    department = code("organization", ORGANIZATION + "110000-001", "110000-001")
    unit = code("organization", ORGANIZATION + "110000-001/unit/中心（本级）", "110000-001/unit/中心（本级）")
    reserved = code("organization", ORGANIZATION + "110000-001/unit/%281%29", "110000-001/unit/(1)")
    assert value_template("organization", [department, unit]) == ORGANIZATION + "{+organization}"
    assert value_template("organization", [department, reserved]) == ""
    whole = code("project", CODE + "project/_T", "_T")
    one, renamed = (code("project", ORGANIZATION + f"x/project/2024/{name}", "P(1)") for name in ("P%281%29", "2"))
    assert value_template("project", [whole]) == ""
    assert value_template("project", [whole, one]) == ORGANIZATION + "x/project/2024/{project}"
    assert value_template("project", [whole, renamed]) == ""


def test_a_column_without_template_is_not_converted() -> None:
    graph = Lookup(small_triples())
    known = codes(graph, figures(graph))
    metadata = json.loads(observations_metadata({}, known, IRI))
    (column,) = [c for c in metadata["tables"][0]["tableSchema"]["columns"] if c["name"] == "organization"]
    templated = value_template("organization", known)
    assert column.get("valueUrl", "") == templated
    assert column.get("suppressOutput", False) is not bool(templated)


def test_keys_refer_to_codes_that_are_unique() -> None:
    known = [code("nature", "a", "x"), code("project", "b", "P"), code("project", "c", "P")]
    assert set(CODED) - set(unique_dimensions(known)) == {"project"}
    keys = tables()["observations.csv"]["foreignKeys"]
    assert {
        "columnReference": "nature",
        "reference": {"resource": "codes/nature.csv", "columnReference": "code"},
    } in keys
    assert "project" not in {key["columnReference"] for key in keys}
