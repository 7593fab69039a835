"""What is written relative to a base resolves to what it was, and only what lies near is written so."""

from __future__ import annotations

from urllib.parse import urljoin

import pyoxigraph
import pytest
import rdflib

from budgetlod.rdf import formats, terms
from budgetlod.rdf.context import relative_reference
from budgetlod.rdf.names import BLOD

ROOT = "https://example.org/data/"
BASE = f"{ROOT}dataset/x/2024-budget/"


@pytest.mark.parametrize(
    ("iri", "relative"),
    [
        (f"{BASE}figure/revenue", "figure/revenue"),
        (f"{BASE[:-1]}#run", "../2024-budget#run"),
        (BASE[:-1], "../2024-budget"),
        (f"{ROOT}dataset/x/2023-final", "../2023-final"),
        (f"{ROOT}organization/x#unit-a", "../../../organization/x#unit-a"),
        ("https://example.org/elsewhere", ""),
        (f"{BASE}a/../b", ""),
        (f"{BASE}a:b", ""),
        (BASE, ""),
    ],
)
def test_what_is_near_is_relative_and_comes_back(iri: str, relative: str) -> None:
    found = relative_reference(iri, BASE)
    assert found == relative
    assert not found or urljoin(BASE, found) == iri


def test_readers_resolve_it() -> None:
    about = terms.iri(BLOD + "about")
    near = [
        f"{BASE[:-1]}#run",
        f"{ROOT}organization/x",
        f"{BASE}statement/income#r1c2",
        BASE[:-1],
        "https://example.org/b",
    ]
    graph = terms.graph((terms.iri(one), about, terms.iri(other)) for one in near for other in near)
    written = formats.turtle(graph, base=BASE)
    assert written.count(b"<https://example.org/data/dataset/x/2024-budget> blod:about") == 1
    assert b"<../../../organization/x>" in written
    read = {(t.subject.value, t.object.value) for t in pyoxigraph.parse(written, pyoxigraph.RdfFormat.TURTLE)}
    assert read == {(one, other) for one in near for other in near}
    assert {(str(s), str(o)) for s, _, o in rdflib.Graph().parse(data=written, format="turtle")} == read
