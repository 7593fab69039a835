"""Imports point down only: the contract holds, and it covers every part of the package."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.contract.conftest import RunPython

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def test_contract_is_kept(run_python: RunPython) -> None:
    done = run_python("-c", LINT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_contract_names_every_part(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    named = {name.strip().removeprefix("budgetlod.") for layer in layers for name in layer.split("|")}
    package = root / "budgetlod"
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in package.glob("*/__init__.py")}
    assert named == modules | packages
