"""The summary: a line for each document, totals, nothing rounded up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from budgetlod.batch.reading import Read
from budgetlod.batch.summary import HEADER, percent, rows, summaries
from budgetlod.interpret.coverage import reading
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.problem import Problem


def record(**changes: Any) -> dict[str, Any]:
    problem = {"code": "number-unmapped", "severity": "warning", "zh": "数", "en": "number"}
    return {
        "disclosure": {
            "phase": "final", "name": "某局", "organization": "110000-1", "level": "unit", "fiscalYear": 2024,
        },
        "statements": [{"unit": "cny", "amounts": 3}, {"unit": "cny-10k", "amounts": 0}],
        "expected": ["balance", "income", "three-public"],
        "missing": ["income"],
        "coverage": {"numbers": 200, "mapped": 199},
        "arithmetic": {"sums": 50, "closing": 50},
        "problems": [problem, problem, problem | {"code": "label-unknown", "severity": "info"}],
    } | changes  # fmt: skip


REFUSED = Problem("source-scan", "error", "扫描件", "a scan", "安装", "install", "b/y.pdf")
GOOD = Read(Path("a/x.pdf"), (record(),), (), 1.25, 90)
BAD = Read(Path("b/y.pdf"), (), (REFUSED,), 0.5, 80)


def test_a_document_read_and_one_refused() -> None:
    good, bad = summaries([GOOD, BAD])
    assert good == {
        "path": "a/x.pdf", "seconds": 1.25, "megabytes": 90, "read": True, "phase": "final", "name": "某局",
        "organization": "110000-1", "level": "unit", "fiscalYear": 2024, "units": ["cny"], "tables": 2, "expected": 3,
        "found": 2, "missing": ["income"], "numbers": 200, "mapped": 199, "sums": 50, "closing": 50,
        "problems": [{"code": "number-unmapped", "zh": "数", "en": "number"}] * 2,
    }  # fmt: skip
    assert bad == {
        "path": "b/y.pdf", "seconds": 0.5, "megabytes": 80, "read": False,
        "problems": [{"code": "source-scan", "zh": "扫描件", "en": "a scan"}],
    }  # fmt: skip


def test_the_lines_of_the_table() -> None:
    first, second, totals = rows(summaries([GOOD, BAD]))
    assert {len(first), len(second), len(totals)} == {len(HEADER)}
    assert first == [
        "a/x.pdf", "final", "某局", "2024", "2/3", "income", "99.5 %", "100.0 %", "cny", "1.2", "number-unmapped ×2",
    ]  # fmt: skip
    assert (second[0], second[-1]) == ("b/y.pdf", "source-scan")
    assert set(second[1:-2]) == {""}
    assert totals == [
        "1 read 已读", "", "", "", "2/3", "", "99.5 %", "100.0 %", "", "1.8", "1 refused 未读",
    ]  # fmt: skip


def test_that_all_tables_are_missing_is_one_word() -> None:
    none = record(missing=["balance", "income", "three-public"])
    (line, totals) = rows(summaries([Read(Path("c.pdf"), (none,))]))
    assert (line[4], line[5], totals[4]) == ("0/3", "all 全部", "0/3")


def test_totals_are_of_numbers_not_of_shares() -> None:
    small = record(coverage={"numbers": 1, "mapped": 0})
    totals = rows(summaries([GOOD, Read(Path("c.pdf"), (small,))]))[-1]
    assert totals[6] == "99.0 %"


def test_what_all_paths_share_is_left_out() -> None:
    found = [Read(Path("/data/2024") / name, (record(),)) for name in ("a/x.pdf", "b/x.pdf")]
    assert [row[0] for row in rows(summaries(found))[:2]] == ["a/x.pdf", "b/x.pdf"]
    mixed = [Read(Path("/data/x.pdf"), (record(),)), Read(Path("x.pdf"), (record(),))]
    assert [row[0] for row in rows(summaries(mixed))[:2]] == ["/data/x.pdf", "x.pdf"]
    assert rows(summaries(found[:1]))[0][0] == "/data/2024/a/x.pdf"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 0, ""), (0, 7, "0.0 %"), (7, 7, "100.0 %"), (99999, 100000, "99.9 %"), (2, 3, "66.6 %")],
)
def test_percent_is_rounded_down(part: int, whole: int, words: str) -> None:
    assert percent(part, whole) == words


def test_the_example(example: Disclosure) -> None:
    (found,) = summaries([Read(Path("x.txt"), (reading(example),))])
    assert (found["found"], found["expected"], found["missing"]) == (9, 9, [])
    assert (found["mapped"], found["numbers"]) == (398, 398)
    assert found["closing"] == found["sums"] > 200
    assert found["units"] == ["cny-10k"]
