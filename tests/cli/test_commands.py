"""The commands as a person meets them: what they print and how they exit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from budgetlod.building import Publication
from budgetlod.cli.main import BAD_INPUT, DOES_NOT_CONFORM, DONE, INTERNAL_ERROR, cli, run
from budgetlod.core.version import __version__
from budgetlod.model.problem import Problem
from tests.conftest import EXAMPLE


def test_read_says_what_was_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(EXAMPLE)]) == DONE
    printed = capsys.readouterr().out
    assert "秦皇岛经济技术开发区行政审批局  2024 budget" in printed
    assert "numbers mapped 已归入的数: 398 / 398" in printed
    assert "表头“上年结转结余”与左邻表头互换" in printed


def test_read_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(EXAMPLE / "source.txt"), "--format", "json"]) == DONE
    record = json.loads(capsys.readouterr().out)
    assert record["disclosure"]["fiscalYear"] == 2024
    assert record["coverage"]["unmapped"] == []
    assert [s["amounts"] for s in record["statements"]][:9] == [9, 60, 44, 15, 44, 59, 0, 0, 8]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_validate_prints_the_findings(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(EXAMPLE), "--profile", "laws", "--lang", language]) == DONE
    printed = capsys.readouterr().out
    assert ("符合" if language == "zh" else "conforms") in printed
    assert "A46" in printed


def test_validate_a_published_folder_and_a_dump(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (published, published / "dataset/130371-442/2024-budget/data.ttl"):
        assert run(["validate", str(path), "--profile", "balance", "--format", "json"]) == DONE
        assert json.loads(capsys.readouterr().out)["conforms"] is True


def test_validate_says_when_a_graph_does_not_conform(tmp_path: Path, published: Path) -> None:
    text = (published / "dataset/130371-442/2024-budget/data.ttl").read_text(encoding="utf-8")
    assert 'blod:statedAmount "3574000.00"' in text or "blod:statedAmount 3574000.00" in text
    changed = text.replace("statedAmount 3574000.00", "statedAmount 3574100.00", 1)
    (tmp_path / "changed.ttl").write_text(changed, encoding="utf-8")
    assert run(["validate", str(tmp_path / "changed.ttl"), "--profile", "agreement"]) == DOES_NOT_CONFORM


def test_a_damaged_graph_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "damaged.ttl").write_text("<a> <b> ", encoding="utf-8")
    assert run(["validate", str(tmp_path / "damaged.ttl")]) == BAD_INPUT
    assert "damaged.ttl" in capsys.readouterr().err


def test_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == DONE
    assert __version__ in capsys.readouterr().out
    assert run(["read"]) == BAD_INPUT
    assert run(["validate", str(EXAMPLE), "--profile", "nothing"]) == BAD_INPUT
    assert run(["nothing"]) == BAD_INPUT
    assert run(["build", "--base", "https://example.org/no-slash"]) == BAD_INPUT


def test_a_bug_is_exit_code_3(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(cli, "main", broken)
    assert run([]) == INTERNAL_ERROR
    assert "a bug" in capsys.readouterr().err


def test_a_bug_met_by_one_source_is_printed_with_its_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = Problem("source-failed", "error", "错", "wrong")
    done = Publication(problems=(problem,), traces=("Traceback: a bug",))
    monkeypatch.setattr("budgetlod.cli.build.build_publication", lambda *_: done)
    assert run(["build", str(EXAMPLE), "--keep-going"]) == INTERNAL_ERROR
    assert "Traceback: a bug" in capsys.readouterr().err
