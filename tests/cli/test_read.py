"""``budgetlod read``: records, summary, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from budgetlod.cli.main import BAD_INPUT, DONE, INTERNAL_ERROR, run
from tests.conftest import EXAMPLE

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents in folders: the example, a notice, and one that nothing can read."""
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "a.txt").write_bytes((EXAMPLE / "source.txt").read_bytes())
    (tmp_path / "notice.txt").write_text("会议通知\n\n请参加。\n", encoding="utf-8")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return tmp_path


def test_a_folder_of_documents_is_read_and_what_cannot_be_is_said(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder), "--format", "json"]) == BAD_INPUT
    printed = capsys.readouterr()
    (record,) = json.loads(printed.out)
    assert record["disclosure"]["fiscalYear"] == 2024
    assert "notice.txt" in printed.err
    assert "没有识别出任何预算公开表" in printed.err
    assert "old.doc" in printed.err


def test_the_summary_has_a_line_for_each_and_totals(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder), "--summary", "--jobs", "1"]) == BAD_INPUT
    header, good, notice, old, totals = capsys.readouterr().out.splitlines()
    assert header.startswith("document 文件")
    assert good.split()[:5] == ["good/a.txt", "budget", "秦皇岛经济技术开发区行政审批局", "2024", "9/9"]
    assert good.count("100.0 %") == 2
    assert notice.split()[0] == "notice.txt"
    assert notice.split()[-1] == "not-a-disclosure"
    assert old.split()[0] == "old.doc"
    assert old.split()[-1] == "source-format"
    assert totals.startswith("1 read 已读")
    assert totals.endswith("2 refused 未读")


def test_the_summary_for_machines(folder: Path, capsys: Capture) -> None:
    assert run(["read", str(folder), "--summary", "--format", "json"]) == BAD_INPUT
    found = json.loads(capsys.readouterr().out)
    assert [Path(one["path"]).name for one in found] == ["a.txt", "notice.txt", "old.doc"]
    assert [one["read"] for one in found] == [True, False, False]
    assert found[0]["closing"] == found[0]["sums"] > 200


def test_all_read_is_done(capsys: Capture) -> None:
    assert run(["read", str(EXAMPLE), str(EXAMPLE / "source.txt"), "--summary"]) == DONE
    assert capsys.readouterr().err == ""


def test_several_paths_are_a_list_and_one_is_an_object(capsys: Capture) -> None:
    assert run(["read", str(EXAMPLE), str(EXAMPLE / "source.txt"), "--format", "json"]) == DONE
    assert [record["source"]["file"] for record in json.loads(capsys.readouterr().out)] == ["source.txt"] * 2
    assert run(["read", str(EXAMPLE), "--format", "json"]) == DONE
    assert json.loads(capsys.readouterr().out)["source"]["file"] == "source.txt"


def test_a_refused_document_prints_no_record(folder: Path, capsys: Capture) -> None:
    for form in ("text", "json"):
        assert run(["read", str(folder / "notice.txt"), "--format", form]) == BAD_INPUT
        assert capsys.readouterr().out == ""


def test_the_text_shows_the_arithmetic(tmp_path: Path, capsys: Capture) -> None:
    text = (EXAMPLE / "source.txt").read_text(encoding="utf-8")
    printed = next(part for line in text.splitlines() if "合计\t" in line for part in line.split() if "." in part)
    wrong = f"{int(printed.partition('.')[0]) + 1}.{printed.partition('.')[2]}"
    (tmp_path / "x.txt").write_text(text.replace(printed, wrong, 1), encoding="utf-8")
    assert run(["read", str(tmp_path / "x.txt")]) == DONE
    shown = capsys.readouterr().out
    assert "sums that close" in shown
    assert "不符 open" in shown
    assert "line " in shown.partition("不符 open")[2]


def test_limits_are_options(capsys: Capture, tmp_path: Path) -> None:
    assert run(["read", str(EXAMPLE), "--max-seconds", "0.001"]) == BAD_INPUT
    assert "--max-seconds" in capsys.readouterr().err
    large = tmp_path / "large.txt"
    large.write_bytes(b" " * 30_000_000)
    assert run(["read", str(large), "--max-memory", "1"]) == BAD_INPUT
    assert "--max-memory" in capsys.readouterr().err


@pytest.mark.parametrize(
    "option", [("--max-seconds", "0"), ("--max-pages", "0"), ("--jobs", "-1"), ("--max-memory", "x")]
)
def test_limits_that_let_nothing_through_are_usage(option: tuple[str, str]) -> None:
    assert run(["read", str(EXAMPLE), *option]) == BAD_INPUT


def test_a_fault_of_ours_is_exit_code_3(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object) -> object:
        from budgetlod.batch.reading import Read
        from budgetlod.model.problem import Problem

        problem = Problem("source-failed", "error", "错", "wrong")
        return iter([(0, Read(EXAMPLE, (), (problem,), trace="Traceback: a bug"))])

    monkeypatch.setattr("budgetlod.cli.read.read_all", faulty)
    assert run(["read", str(EXAMPLE)]) == INTERNAL_ERROR
    assert "a bug" in capsys.readouterr().err
