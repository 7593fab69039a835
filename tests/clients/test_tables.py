"""Readers by others take our tables: csvw (W3C CSVW) and Frictionless (Data Package)."""

from __future__ import annotations

import csv
import json
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from budgetlod.publish.figures import DIMENSIONS, figures
from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.names import BLOD, CODE
from budgetlod.rdf.terms import Triple
from tests.clients.environments import COMMAND, HERE, python_of

TABLES = python_of("tables")
pytestmark = [
    pytest.mark.skipif(TABLES is None, reason=f"no csvw and frictionless on this machine: {COMMAND}"),
    pytest.mark.xdist_group("tables"),
]


def run(script: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run([str(TABLES), str(HERE / script), *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def home(published: Path) -> Path:
    return next(published.glob("dataset/*/*"))


def test_csvw_converts_the_figures_to_ours(home: Path, example_triples: list[Triple]) -> None:
    answer = run("read_csvw.py", str(home / "observations.csv-metadata.json"), "--convert")
    assert (answer["valid"], answer["warnings"]) == (True, [])
    found = {row["@id"]: row for row in answer["converted"] if row.get("rdf:type") == "qb:Observation"}
    wanted = figures(Lookup(example_triples))
    assert set(found) == {figure.iri for figure in wanted}
    for figure in wanted:
        row = found[figure.iri]
        expected = dict(zip(DIMENSIONS, figure.values, strict=True))
        given = {name: unquote(row[BLOD + name]) for name in DIMENSIONS if BLOD + name in row}
        assert {name: unquote(value) for name, value in expected.items()} == {"project": CODE + "project/_T"} | given
        assert row["qb:dataSet"] == figure.iri.partition("/figure/")[0]
        assert Decimal(str(row[BLOD + "amount"])) == Decimal(figure.amount)


def test_csvw_finds_what_is_wrong(home: Path, tmp_path: Path) -> None:
    for file in home.rglob("*.csv*"):
        (tmp_path / file.relative_to(home)).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file.relative_to(home)).write_bytes(file.read_bytes())
    table = tmp_path / "observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",revenue,", ",income,", 1), encoding="utf-8")
    answer = run("read_csvw.py", str(tmp_path / "observations.csv-metadata.json"))
    assert not answer["valid"]
    assert "`income` not found in table codes/flow.csv" in answer["warnings"][0]


def test_csvw_reads_the_evidence(home: Path) -> None:
    answer = run("read_csvw.py", str(home / "cells.csv-metadata.json"), "--convert")
    assert (answer["valid"], answer["warnings"]) == (True, [])
    with (home / "cells.csv").open(encoding="utf-8", newline="") as table:
        printed = [row["printed"] for row in csv.DictReader(table)]
    assert [row[BLOD + "printed"] for row in answer["converted"]] == printed


@pytest.mark.parametrize("below", ["dataset/*/*/", ""])
def test_frictionless_reads_the_package(published: Path, below: str) -> None:
    package = next(published.glob(f"{below}datapackage.json"))
    answer = run("read_datapackage.py", str(package))
    assert (answer["valid"], answer["errors"]) == (True, [])
    with (package.parent / "observations.csv").open(encoding="utf-8", newline="") as table:
        wanted = list(csv.DictReader(table))
    read = answer["tables"]["observations"]
    assert [{name: str(value) for name, value in row.items()} for row in read] == wanted


def test_csvw_takes_the_table_of_all_disclosures(published: Path) -> None:
    answer = run("read_csvw.py", str(published / "observations.csv-metadata.json"))
    assert (answer["valid"], answer["warnings"]) == (True, [])
