"""``budgetlod validate``: inputs, forms, and that a published folder says what its source said."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from budgetlod import pipeline
from budgetlod.cli.main import BAD_INPUT, DOES_NOT_CONFORM, DONE, run
from budgetlod.validate.render import FORMS
from tests.conftest import EXAMPLE

DATASET = "dataset/130371-442/2024-budget"


def source(folder: Path, notes: str) -> Path:
    shutil.copytree(EXAMPLE, folder)
    with (folder / "source.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + notes)
    return folder


def wrong(folder: Path, notes: str = "") -> Path:
    """The example with one total wrong, as its publisher might have printed it."""
    shutil.copytree(EXAMPLE, folder)
    text = (folder / "source.txt").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if line.count("\t") > 2 and "合计" in line and "." in line)
    cells = lines[number].split("\t")
    cells[-1] = "1.23\n"
    lines[number] = "\t".join(cells)
    (folder / "source.txt").write_text("".join(lines), encoding="utf-8")
    kept = [line for line in (folder / "source.toml").read_text(encoding="utf-8").splitlines() if "sha256" not in line]
    (folder / "source.toml").write_text("\n".join([*kept, notes]), encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", [form.name for form in FORMS])
def test_every_form_goes_to_a_file(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["validate", str(EXAMPLE), "--profile", "balance", "--format", form, "--lang", "en"]
    assert run(arguments) == DONE
    printed = capsys.readouterr().out
    assert run([*arguments, "-o", str(tmp_path / "report")]) == DONE
    assert capsys.readouterr().out == ""
    assert (tmp_path / "report").read_text(encoding="utf-8") == printed
    assert "\x1b" not in printed


def test_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["validate", str(EXAMPLE), "--profile", "balance"]
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(arguments) == DONE
    coloured = capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(arguments) == DONE
    plain = capsys.readouterr().out
    assert "\x1b[1m" in coloured
    assert "\x1b" not in plain


def test_several_inputs(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(EXAMPLE), str(published), "--profile", "balance", "--format", "json"]) == DONE
    one, other = json.loads(capsys.readouterr().out)
    assert one == other


def test_several_profiles(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(EXAMPLE), "--profile", "balance", "--profile", "rollup", "--format", "json"]) == DONE
    assert json.loads(capsys.readouterr().out)["profile"] == "balance+rollup"


def test_sarif_names_the_file_as_seen_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "data/one")
    monkeypatch.chdir(tmp_path)
    assert run(["validate", "data", "--profile", "laws", "--format", "sarif"]) == DONE
    (only,) = json.loads(capsys.readouterr().out)["runs"]
    assert only["originalUriBaseIds"]["%SRCROOT%"]["uri"] == f"{tmp_path.as_uri()}/"
    artifacts = [one["physicalLocation"] for result in only["results"] for one in result["locations"]]
    assert artifacts
    lines = (EXAMPLE / "source.txt").read_text(encoding="utf-8").splitlines()
    for artifact in artifacts:
        assert artifact["artifactLocation"]["uri"] == "data/one/source.txt"
        assert 1 <= artifact["region"]["startLine"] <= artifact["region"]["endLine"] <= len(lines)


def test_a_published_folder_says_what_its_source_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = source(
        tmp_path / "one",
        '[validation]\nprofiles = ["laws"]\n[[accepted]]\nrule = "A46"\nplace = "three-public#r6"\nreason = "原件如此"\n'
        '[[accepted]]\nrule = "Z99"\nreason = "no such thing"\n',
    )
    pipeline.build([folder], tmp_path / "public", pipeline.BuildOptions())
    published = json.loads((tmp_path / "public" / DATASET / "report.json").read_text(encoding="utf-8"))
    assert published["profile"].startswith("publication+laws")
    assert [one["stale"] for one in published["acceptances"]] == [False, True]
    accepted = [one["accepted"] for one in published["findings"] if "A46" in one["identifiers"]]
    assert accepted == ["原件如此"]
    for path in (folder, tmp_path / "public"):
        assert run(["validate", str(path), "--format", "json"]) == DONE
        assert json.loads(capsys.readouterr().out) == published


def test_an_accepted_violation_is_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = wrong(tmp_path / "plain")
    assert run(["validate", str(plain), "--format", "json", "--profile", "laws"]) == DOES_NOT_CONFORM
    findings = json.loads(capsys.readouterr().out)["findings"]
    notes = "".join(
        f'[[accepted]]\nrule = "{one["identifiers"][0]}"\nplace = "{one["key"]}"\nreason = "printed so"\n'
        for one in findings
        if one["severity"] == "violation"
    )
    reviewed = wrong(tmp_path / "reviewed", notes)
    assert run(["build", str(plain), "-o", str(tmp_path / "public")]) == DOES_NOT_CONFORM
    assert run(["build", str(reviewed), "-o", str(tmp_path / "public")]) == DONE
    assert "已接受" in capsys.readouterr().out


def test_unknown_profile_of_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = source(tmp_path / "one", '[validation]\nprofiles = ["smoke"]\n')
    assert run(["validate", str(folder)]) == BAD_INPUT
    error = capsys.readouterr().err
    assert "[validation] profiles: there are no such shapes: smoke" in error
    assert "没有这样的规则：smoke" in error


def test_damaged_report_of_a_published_folder(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = shutil.copytree(published, tmp_path / "public")
    (public / DATASET / "report.json").write_text("{}", encoding="utf-8")
    assert run(["validate", str(public), "--profile", "balance"]) == BAD_INPUT
    assert "not a validation report" in capsys.readouterr().err
    (public / DATASET / "report.json").unlink()
    assert run(["validate", str(public), "--profile", "balance"]) == DONE
