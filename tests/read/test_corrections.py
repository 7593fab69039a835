"""``corrections.toml``: what an entry may say, what is wrong with it, and to which document it belongs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from budgetlod.model.corrections import Correction, Corrections
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.corrections import read_corrections
from budgetlod.read.sources import find_sources
from tests.conftest import ROOT

CELL = 'statement = "income"\nrow = 3\ncolumn = 2\nprinted = "1O"\ncorrect = "10"\nreason = "r"\n'
PROSE = 'page = 2\nprinted = "减少"\ncorrect = "增加"\nreason = "r"\n'


def read(folder: Path, text: str) -> Corrections:
    (folder / "corrections.toml").write_text(text, encoding="utf-8")
    return read_corrections(folder / "corrections.toml")


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as raised:
        read(folder, text)
    return raised.value.problems


def test_every_kind_of_correction(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f'[[correction]]\n{CELL}by = "某人"\ndate = 2026-01-31\n'
        '[[correction]]\nstatement = "income"\nheading = 2\ncolumn = 0\nprinted = ""\ncorrect = "序号"\nreason = "r"\n'
        '[[correction]]\npage = 3\ntable = 2\nprinted = ""\ncorrect = "收入总表"\nreason = "r"\ndate = "2026-02-01"\n'
        '[[correction]]\nsheet = "表1"\nrow = 1\ncolumn = 4\nprinted = "x"\ncorrect = ""\nreason = "r"\n'
        f"[[correction]]\n{PROSE}",
    )
    assert found.file == str(tmp_path / "corrections.toml")
    assert found.entries == (
        Correction(1, "1O", "10", "r", "某人", "2026-01-31", "income", row=3, column=2),
        Correction(2, "", "序号", "r", statement="income", heading=2, column=0),
        Correction(3, "", "收入总表", "r", date="2026-02-01", page=3, table=2),
        Correction(4, "x", "", "r", sheet="表1", row=1, column=4, table=1),
        Correction(5, "减少", "增加", "r", page=2),
    )
    assert [entry.kind for entry in found.entries] == ["cell", "heading", "title", "cell", "text"]


def test_the_examples_of_the_documentation_are_right(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    (example,) = [block for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[[correction]]" in block]
    kinds = [entry.kind for entry in read(tmp_path, example).entries]
    assert kinds == ["cell", "heading", "title", "cell", "text"]


def test_a_file_without_entries_corrects_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing yet\n").entries == ()


@pytest.mark.parametrize(
    ("entry", "code", "place"),
    [
        (CELL.replace('reason = "r"\n', ""), "notes-value", ""),
        (CELL.replace('"r"', '" "'), "notes-value", " reason"),
        (CELL.replace('"10"', "10"), "notes-value", " correct"),
        (CELL.replace("row = 3", "row = 0"), "notes-value", " row"),
        (CELL.replace("row = 3", "row = true"), "notes-value", " row"),
        (CELL.replace('"10"', '"1O"'), "notes-value", ""),
        (CELL.replace("column = 2\n", ""), "notes-value", ""),
        (CELL.replace("row = 3\n", ""), "notes-value", ""),
        (CELL + "heading = 1\n", "notes-value", ""),
        (CELL + "page = 1\n", "notes-value", ""),
        (CELL + "value = 1\n", "notes-unknown", " value"),
        (CELL + 'date = "31.1.2026"\n', "notes-value", " date"),
        (CELL + "date = 2026-01-31T10:00:00\n", "notes-value", " date"),
        (PROSE.replace("page = 2\n", ""), "notes-value", ""),
        (PROSE.replace("page = 2\n", "table = 2\n"), "notes-value", ""),
        (PROSE.replace('"减少"', '""'), "notes-value", ""),
        (PROSE + "row = 1\n", "notes-value", ""),
        (PROSE + "heading = 1\ncolumn = 1\n", "notes-value", ""),
        (PROSE.replace('"增加"', '" "') + "table = 1\n", "notes-value", ""),
    ],
)
def test_what_is_wrong_with_an_entry(tmp_path: Path, entry: str, code: str, place: str) -> None:
    (problem,) = problems(tmp_path, f"[[correction]]\n{entry}")
    assert (problem.code, problem.place) == (code, f"[[correction]] 1{place}")
    assert problem.file == str(tmp_path / "corrections.toml")
    assert problem.zh
    assert problem.en
    assert problem.hint_zh
    assert problem.hint_en


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path, f'[[correction]]\nrow = "3"\n[[correction]]\n{CELL}[[correction]]\nline = 2\n[more]\na = 1\n'
    )
    assert [problem.place for problem in found] == [
        "[[correction]] 1 row",
        *["[[correction]] 1"] * 3,
        *["[[correction]] 3"] * 3,
        "[more]",
    ]


def test_single_brackets_and_no_toml(tmp_path: Path) -> None:
    (single,) = problems(tmp_path, f"[correction]\n{CELL}")
    assert (single.code, single.hint_en) == ("notes-value", "write: [[correction]]")
    (damaged,) = problems(tmp_path, "[[correction]\n")
    assert (damaged.code, damaged.place) == ("notes-damaged", "line 1")


# --- which document they belong to ------------------------------------------------------------------------------------------


def test_corrections_stand_beside_the_notes(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text('[source]\nfile = "a.txt"\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "b.txt").write_text("乙", encoding="utf-8")
    wanted = read(tmp_path, f"[[correction]]\n{CELL}")
    assert find_sources([tmp_path])[0].notes.corrections == wanted
    assert find_sources([tmp_path / "a.txt"])[0].notes.corrections == wanted
    assert find_sources([tmp_path / "b.txt"])[0].notes.corrections == Corrections()


@pytest.mark.parametrize("name", ["a.corrections.toml", "a.txt.corrections.toml"])
def test_corrections_of_a_document_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / name).write_text(f"[[correction]]\n{CELL}", encoding="utf-8")
    found = find_sources([tmp_path / "a.txt"])[0].notes.corrections
    assert found.file == str(tmp_path / name)
    assert [entry.correct for entry in found.entries] == ["10"]


def test_wrong_corrections_are_reported_with_what_else_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text('[source]\nfile = "gone.txt"\n', encoding="utf-8")
    (tmp_path / "corrections.toml").write_text("[[correction]]\nrow = 0\n", encoding="utf-8")
    with pytest.raises(BadInput) as raised:
        find_sources([tmp_path])
    assert [problem.code for problem in raised.value.problems] == ["source-missing", *["notes-value"] * 4]
