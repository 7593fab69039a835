"""The installed package works away from the checkout: it carries ontology, shapes, queries and templates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE
from tests.contract.conftest import ROOT, RunPython


@pytest.fixture(scope="module")
def installed(run_python: RunPython, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with budgetlod installed into it from its wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run_python(
        "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder / "dist"), str(ROOT), cwd=folder
    )
    assert built.returncode == 0, built.stdout + built.stderr
    wheel = next((folder / "dist").glob("*.whl"))
    site = folder / "site"
    options = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--target",
        str(site),
    ]
    done = run_python("-m", "pip", "install", *options, str(wheel), cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def test_package_is_the_installed_one(installed: Path, run_python: RunPython, tmp_path: Path) -> None:
    done = run_python("-c", "import budgetlod; print(budgetlod.__file__)", path=installed, cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(installed), done.stdout + done.stderr


@pytest.mark.parametrize("folder", ["ontology", "shapes"])
def test_carries_the_files_beside_the_package(installed: Path, folder: str) -> None:
    kept = {path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file()}
    carried = installed / "budgetlod" / "_files" / folder
    assert {path.relative_to(carried) for path in carried.rglob("*") if path.is_file()} == kept


def test_carries_no_tests_and_no_data(installed: Path) -> None:
    top = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert top - {"bin"} == {"budgetlod"}


def test_command_is_installed(installed: Path, run_python: RunPython, tmp_path: Path) -> None:
    done = run_python(str(installed / "bin" / "budgetlod"), "--version", path=installed, cwd=tmp_path)
    assert done.stdout.startswith("budgetlod, version "), done.stdout + done.stderr


def test_reads(installed: Path, run_python: RunPython, tmp_path: Path) -> None:
    done = run_python("-m", "budgetlod", "read", str(EXAMPLE), "--format", "json", path=installed, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["coverage"]["unmapped"] == []


def test_builds_validates_and_answers(installed: Path, published: Path, run_python: RunPython, tmp_path: Path) -> None:
    def budgetlod(*arguments: str) -> str:
        done = run_python("-m", "budgetlod", *arguments, path=installed, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    budgetlod("build", str(EXAMPLE), "-o", "public")
    assert (tmp_path / "public" / "manifest.json").read_bytes() == (published / "manifest.json").read_bytes()
    assert "observations" not in budgetlod("query", "disclosures")
    assert budgetlod("query", "three-public").count("item:reception") > 0
