"""The example, published once by the session fixture, as a crawled site and as a graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.terms import Triple
from tests.publish.site.crawl import Site

FOLDER = "dataset/130371-442/2024-budget"


@pytest.fixture(scope="session")
def site(published: Path) -> Site:
    return Site(published)


@pytest.fixture(scope="session")
def graph(example_triples: list[Triple]) -> Lookup:
    return Lookup(example_triples)
