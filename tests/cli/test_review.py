"""``budgetlod review`` writes the form as its name says."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from budgetlod.cli.main import run

GRAPH = """@prefix blod: <https://w3id.org/budgetlod/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/data/d> a blod:Disclosure ; rdfs:label "某局2030年部门预算"@zh ."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return path


def test_a_workbook(data: Path, tmp_path: Path) -> None:
    assert run(["review", str(data), "-o", str(tmp_path / "review.xlsx")]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "review.xlsx").worksheets[0]
    assert sheet["A2"].value == "某局2030年部门预算"


def test_a_page_of_several(data: Path, tmp_path: Path) -> None:
    assert run(["review", str(data), str(data), "--lang", "en", "-o", str(tmp_path / "review.html")]) == 0
    page = (tmp_path / "review.html").read_text(encoding="utf-8")
    assert 'class="matrix"' in page
    assert "cannot be told" in page


def test_another_ending_is_bad_usage(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", str(data), "-o", str(tmp_path / "review.doc")]) == 2
    assert ".xlsx or .html" in capsys.readouterr().err
