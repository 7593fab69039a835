"""``source.toml``: what a publisher accepts and asks for, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import Acceptance, SourceNotes
from budgetlod.read.notes import read_notes


def read(folder: Path, text: str) -> SourceNotes:
    (folder / "source.toml").write_text(text, encoding="utf-8")
    return read_notes(folder / "source.toml")


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(BadInput) as raised:
        read(folder, text)
    return raised.value.problems


def test_acceptances_and_profiles(tmp_path: Path) -> None:
    notes = read(
        tmp_path,
        '[validation]\nprofiles = ["rollup", "laws"]\n'
        '[[accepted]]\nrule = "A46"\nplace = "three-public#r6"\nreason = " 原件如此 "\n'
        '[[accepted]]\nrule = "RollUp"\nreason = "seen"\n',
    )
    assert notes.profiles == ("rollup", "laws")
    assert notes.accepted == (Acceptance("A46", "原件如此", "three-public#r6"), Acceptance("RollUp", "seen"))


def test_nothing_stated(tmp_path: Path) -> None:
    assert read(tmp_path, "") == SourceNotes()
    assert read(tmp_path, "[validation]\nprofiles = []\n") == SourceNotes()


@pytest.mark.parametrize(
    ("entry", "code", "place"),
    [
        ('rule = "A46"\n', "notes-value", "[[accepted]] 1"),
        ('reason = "seen"\n', "notes-value", "[[accepted]] 1"),
        ('rule = "A46"\nreason = " "\n', "notes-value", "[[accepted]] 1 reason"),
        ('rule = ""\nreason = "seen"\n', "notes-value", "[[accepted]] 1 rule"),
        ('rule = "A46"\nplace = 6\nreason = "seen"\n', "notes-value", "[[accepted]] 1 place"),
        ('rule = "A46"\nplaces = "x"\nreason = "seen"\n', "notes-unknown", "[[accepted]] 1 places"),
    ],
)
def test_what_is_wrong_with_an_acceptance(tmp_path: Path, entry: str, code: str, place: str) -> None:
    (problem,) = problems(tmp_path, f"[[accepted]]\n{entry}")
    assert (problem.code, problem.place) == (code, place)
    assert problem.hint_zh
    assert problem.hint_en


def test_single_brackets_and_lists_of_other_things(tmp_path: Path) -> None:
    (single,) = problems(tmp_path, '[accepted]\nrule = "A46"\nreason = "seen"\n')
    assert (single.code, single.hint_en) == ("notes-value", "write: [[accepted]]")
    (other,) = problems(tmp_path, 'accepted = ["A46"]\n')
    assert other.code == "notes-unknown"


@pytest.mark.parametrize("value", ['"laws"', "[1]", '[""]'])
def test_profiles_are_a_list_of_names(tmp_path: Path, value: str) -> None:
    (problem,) = problems(tmp_path, f"[validation]\nprofiles = {value}\n")
    assert (problem.code, problem.place) == ("notes-value", "[validation] profiles")


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, '[source]\nissued = "x"\n[[accepted]]\nrule = "A46"\n[[accepted]]\nreason = 3\n')
    assert [problem.place for problem in found] == ["[source] issued", "[[accepted]] 1", "[[accepted]] 2 reason"]
