"""The disclosures of others that lie beside the repository, each read once in a process."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

import pytest

from budgetlod.interpret.coverage import reading
from budgetlod.interpret.disclosure import interpret
from budgetlod.model.disclosure import Disclosure
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.registry import read_document

CORPUS = Path(os.environ.get("BUDGETLOD_SHARED", Path(__file__).parents[3] / "shared")) / "corpus"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of disclosures beside the repository")


def rows() -> list[dict[str, str]]:
    """Return what the index of the corpus says of each disclosure; nothing where there is no corpus."""
    index = CORPUS / "index.csv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if not row["folder"].startswith("neg-")]


def folders() -> list[str]:
    return [row["folder"] for row in rows()]


@cache
def disclosure(folder: str) -> Disclosure:
    path = next((CORPUS / folder).glob("source.*"))
    return interpret(read_document(path), load_lexicon())


@cache
def record(folder: str) -> dict[str, object]:
    """Return the record of reading, as ``budgetlod read --format json`` prints it."""
    return reading(disclosure(folder))
