"""The public interface fits one screen, is documented, stays quick to import and keeps working."""

from __future__ import annotations

import re
from pathlib import Path

import budgetlod
from tests.contract.conftest import RunPython

HEAVY = ("rdflib", "pyshacl", "rich")
LOADED = f"import sys; print(sorted(set(sys.modules) & set({HEAVY!r})))"


def test_names_are_those_of_the_documentation(root: Path) -> None:
    page = (root / "docs" / "python-api.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert sorted(described) == sorted(budgetlod.__all__)


def test_names_exist_and_are_described() -> None:
    for name in budgetlod.__all__:
        value = getattr(budgetlod, name)
        assert isinstance(value, str) or (callable(value) and value.__doc__), name
    assert dir(budgetlod) == sorted(budgetlod.__all__)


def test_functions_outlive_the_packages_of_their_names(run_python: RunPython) -> None:
    code = (
        "import budgetlod, budgetlod.read.text, budgetlod.validate.report;"
        "print(callable(budgetlod.read), callable(budgetlod.validate));"
        "from budgetlod import read, validate; print(callable(read), callable(validate))"
    )
    done = run_python("-c", code)
    assert done.stdout.split() == ["True"] * 4, done.stdout + done.stderr


def test_import_loads_nothing_heavy(run_python: RunPython) -> None:
    for module in ("budgetlod", "budgetlod.cli.main", "budgetlod.api"):
        assert run_python("-c", f"import {module}; {LOADED}").stdout == "[]\n", module
