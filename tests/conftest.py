"""Fixtures: the example disclosure, read and mapped once for all tests.

The example in ``data/`` is the one real document of the repository; tests of small things use their own smallest
data instead. Folders that stand beside the repository (``../shared``) may be absent: tests that need them skip.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from budgetlod import pipeline
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document
from budgetlod.model.publisher import SourceFile
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.terms import Triple
from budgetlod.read.registry import read_document
from budgetlod.read.sources import find_sources

if TYPE_CHECKING:
    from tests.browser import Browser

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "data" / "130371-442-2024-budget"


@pytest.fixture(scope="session")
def example_source() -> SourceFile:
    return find_sources([EXAMPLE])[0]


@pytest.fixture(scope="session")
def example_document(example_source: SourceFile) -> Document:
    return read_document(example_source.path)


@pytest.fixture(scope="session")
def example(example_source: SourceFile) -> Disclosure:
    return pipeline.read_source(example_source)


@pytest.fixture(scope="session")
def example_triples(example: Disclosure) -> list[Triple]:
    return to_triples(example, load_lexicon())


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built and published with everything."""
    folder = tmp_path_factory.mktemp("publication") / "public"
    pipeline.build([EXAMPLE], folder, pipeline.BuildOptions())
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; tests that use it share a worker by ``pytest.mark.xdist_group("browser")``."""
    from tests.browser import CHROMIUM, running  # most tests need no browser, and it takes long to import

    if not CHROMIUM:
        pytest.skip("no Chromium is installed (Debian: chromium)")
    with running() as started:
        yield started
