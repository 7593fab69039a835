"""A publisher's folder: what init writes builds without a word of complaint, and nothing is overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from budgetlod.cli.main import BAD_INPUT, DONE, run
from budgetlod.cli.project import Project, read_project
from budgetlod.model.problem import BadInput


def test_what_init_writes_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path / "mine")]) == DONE
    monkeypatch.chdir(tmp_path / "mine")
    capsys.readouterr()
    assert run(["build"]) == DONE
    printed = capsys.readouterr().out
    assert "conforms: 0 violations, 0 warnings" in printed
    assert "error" not in printed
    assert "warning" not in printed.replace("0 warnings", "")
    page = Path("public/dataset/example-001/2024-budget/index.html").read_text(encoding="utf-8")
    assert "https://example.org/budget/dataset/example-001/2024-budget" in page
    assert run(["build"]) == DONE
    assert "up to date" in capsys.readouterr().out
    assert run(["build", "--withdraw", "example-001/2024-budget", "--reason", "例子", "--date", "2024-03"]) == BAD_INPUT
    assert "its source is still there" in capsys.readouterr().err
    shutil.rmtree("sources/example-2024-budget")
    assert run(["build"]) == BAD_INPUT
    assert run(["build", "--withdraw", "example-001/2024-budget", "--reason", "例子"]) == BAD_INPUT
    assert run(["build", "--withdraw", "example-001/2024-budget", "--reason", "例子", "--date", "2024-03"]) == DONE
    assert "已于 2024-03 撤回" in Path("public/dataset/example-001/2024-budget/index.html").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert run(["init", str(tmp_path)]) == BAD_INPUT
    assert "nothing was written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_settings(tmp_path: Path) -> None:
    path = tmp_path / "budgetlod.toml"
    path.write_text(
        '[build]\nsources = ["a", "b"]\noutput = "out"\n'
        '[publication]\nbase = "https://example.org/x/"\ntitle_en = "T"\nendpoint = "https://example.org/sparql"\n'
        '[publisher]\niri = "https://example.org/x/me"\nname_zh = "某局"\n',
        encoding="utf-8",
    )
    project = read_project(path)
    assert project.sources == (tmp_path / "a", tmp_path / "b")
    assert project.output == tmp_path / "out"
    settings = project.settings
    assert (settings.base, settings.title_en, settings.endpoint) == (
        "https://example.org/x/",
        "T",
        "https://example.org/sparql",
    )
    assert settings.publisher is not None
    assert settings.publisher.name_zh == "某局"
    assert settings.title_zh == Project().settings.title_zh


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[publication]\nbase = 'https://example.org/x'", r"\[publication\] base: not valid"),
        ("[publication]\nnonsense = 'x'", r"\[publication\] nonsense: unknown key"),
        ("[nonsense]\nx = 1", r"\[nonsense\]: unknown table"),
        ("[build]\nsources = 'x'", r"\[build\] sources: not valid"),
        ("[publisher]\nname_en = 'x'", "iri is missing"),
        ("[publisher", "not valid TOML"),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "budgetlod.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        read_project(path)
