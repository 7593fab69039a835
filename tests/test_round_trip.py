"""From the published RDF alone every table is rebuilt as it was printed, cell by cell.

Two yardsticks: the rows that were put together over page breaks, and, independent of our reading, the lines of the
source file: column by column, the text of a table is the same whether or not its rows were cut in two.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from budgetlod.cli.main import run
from budgetlod.core.text import squeeze
from budgetlod.interpret.tables import find_tables
from budgetlod.model.document import Document
from budgetlod.rdf.lexicon import load_lexicon

Table = dict[str, list[str]]


@pytest.fixture(scope="module")
def rebuilt(published: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """What the command prints, with the source document taken out of the published folder first."""
    import contextlib
    import io

    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        assert run(["rebuild", str(published), "--format", "json"]) == 0
    found: list[dict[str, object]] = json.loads(output.getvalue())
    return found


def cells(row: list[str], width: int) -> tuple[str, ...]:
    return tuple(squeeze(cell) for cell in (row + [""] * width)[:width])


def test_every_row_of_every_table_is_rebuilt(rebuilt: list[dict[str, object]], example_document: Document) -> None:
    tables, _ = find_tables(example_document, load_lexicon())
    assert len(rebuilt) == len(tables) == 21
    for raw, table in zip(tables, rebuilt, strict=True):
        printed = [row.cells for row in raw.rows if not row.heading]
        rows = table["rows"]
        assert isinstance(rows, list)
        width = max((len(row) for row in printed), default=0)
        assert [cells(row, width) for row in rows] == [cells(list(row), width) for row in printed], raw.title


def test_every_column_holds_the_text_of_the_source(rebuilt: list[dict[str, object]], published: Path) -> None:
    lines = (published / "dataset/130371-442/2024-budget/source.txt").read_text(encoding="utf-8").split("\n")
    for table in rebuilt:
        title = str(table["title"])
        if "绩效目标表" in title:
            continue  # forms: their columns shift between pages, the test above covers them
        source = source_columns(lines, title)
        rows = table["rows"]
        assert isinstance(rows, list)
        joined: dict[int, str] = defaultdict(str)
        for row in rows:
            for column, cell in enumerate(row):
                joined[column] += squeeze(cell)
        assert {c: text for c, text in joined.items() if text} == {c: text for c, text in source.items() if text}, title


def source_columns(lines: list[str], title: str) -> dict[int, str]:
    """The text of each column of a table in the source's lines, headings and their repetitions left out."""
    start = max(i for i, line in enumerate(lines) if squeeze(line) == title)
    headings: set[str] = set()
    columns: dict[int, str] = defaultdict(str)
    in_heading = True
    for line in lines[start + 1 :]:
        key = squeeze(line)
        if "\t" not in line:
            if key.endswith("表") or key.startswith(("一、", "注：", "二、", "十、", "八、")) or "情况说明" in key:
                break
            continue
        first = key[:2]
        if in_heading and (first in ("栏次", "档次") or not any(c.isdigit() for c in key.replace("2024", ""))):
            headings.add(key)
            in_heading = (
                first not in ("栏次", "档次")
                and key not in ("项目数量价值（金额单位：万元）",)
                and not key.startswith("单位名称")
            )
            continue
        in_heading = False
        if key in headings or first in ("栏次", "档次"):
            continue
        for column, cell in enumerate(line.split("\t")):
            columns[column] += squeeze(cell)
    return columns
