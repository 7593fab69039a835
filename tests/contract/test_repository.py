"""The repository speaks of the project only: no machine, nothing unfinished, no value of a document in the rules."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetlod.model.disclosure import Disclosure
from tests.contract.conftest import ROOT

FOLDERS = ("budgetlod", "ontology", "shapes", "tests", "benchmarks", "tools", "assets", "docs", "data", ".ci")
# What others wrote, and what tools made.
NOT_OURS = frozenset({"__pycache__", "node_modules", "vendor"})
RULES = ("budgetlod", "ontology", "shapes")
# A home, a temporary folder or a mount of somebody's machine, at the start of an absolute path.
MACHINE = re.compile(r"(?<![\w.~:/-])/(?:home|root|Users|tmp|work|mnt)/\w|[A-Z]:\\\w")
UNFINISHED = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK|[W]IP)\b|[待]办|[待]补充")


def texts(folders: tuple[str, ...]) -> Iterator[Path]:
    """The text files of the repository, documents as published left out."""
    documents = set((ROOT / "data").glob("*/source.*")) - set((ROOT / "data").glob("*/source.toml"))
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not NOT_OURS & {*path.relative_to(ROOT).parts} and path not in documents:
                yield path


def all_texts() -> list[Path]:
    top = [path for path in sorted(ROOT.iterdir()) if path.suffix in {".md", ".toml", ".txt", ".lock"}]
    return [*top, ROOT / "Makefile", *texts(FOLDERS)]


@pytest.mark.parametrize("pattern", [MACHINE, UNFINISHED], ids=["machine paths", "unfinished marks"])
def test_nothing_of_a_machine_and_nothing_unfinished(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in all_texts()
        if path.name != "peculiarity.ttl"  # the list of such marks, by which they are found in documents
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def values_of_documents(example: Disclosure) -> set[str]:
    """Names and codes that belong to the documents in data/; area codes are vocabulary and may occur."""
    values = {example.identity.name, example.identity.organization, example.source.sha256}
    values |= {institution.name for institution in example.content.institutions}
    for project in example.content.projects:
        values |= {project.code, project.name}
    for notes in (ROOT / "data").glob("*/source.toml"):
        stated = tomllib.loads(notes.read_text(encoding="utf-8"))
        values.add(notes.parent.name)
        values |= {str(value) for value in stated.get("publisher", {}).values()}
        values |= {stated["source"]["sha256"]} if "sha256" in stated.get("source", {}) else set()
        values |= {str(stated["disclosure"][key]) for key in ("name", "code") if key in stated.get("disclosure", {})}
    # A code of a few digits is in every classification.
    return {value for value in values if len(value) > 4}


def code_of(path: Path) -> str:
    """What a file says to the program: Python without its docstrings, where examples may be named."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    tree = ast.parse(text)
    docstrings = _docstrings(tree)
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return "\n".join(str(node.value) for node in strings if node not in docstrings)


def _docstrings(tree: ast.Module) -> set[ast.expr]:
    """Strings that stand alone as statements."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def test_no_value_of_a_document_in_code_ontology_or_shapes(example: Disclosure) -> None:
    values = values_of_documents(example)
    assert len(values) > 2 * len(example.content.projects)
    found = [
        f"{path.relative_to(ROOT)}: {value}"
        for path in texts(RULES)
        for code in [code_of(path)]
        for value in sorted(values)
        if value in code
    ]
    assert found == []
