"""Counts: what a graph holds, kept without the graph and put together with others."""

from __future__ import annotations

import json

import pytest

from budgetlod.publish.counts import Counts, count, merged
from budgetlod.rdf.names import RDF
from budgetlod.rdf.terms import Triple, graph, iri
from tests.publish.small import IRI, small_triples

DEPARTMENT, CODE = "https://example.org/department", "https://example.org/code"


def of(*numbers: int, disclosure: str) -> list[Triple]:
    """Cells of a disclosure, and its department and a code, which others describe too."""
    cells = [(iri(f"{disclosure}/{number}"), iri(RDF + "type"), iri("https://example.org/Cell")) for number in numbers]
    shared = [
        (iri(DEPARTMENT), iri(RDF + "type"), iri("https://example.org/Body")),
        (iri(DEPARTMENT), iri("https://example.org/has"), iri(CODE)),
        (iri(CODE), iri("https://example.org/name"), '"x"'),
    ]
    return graph([*cells, *shared])


def test_counts_of_a_graph() -> None:
    found = count(small_triples(), IRI)
    subjects = {subject for subject, _, _ in small_triples()}
    assert found.triples == len(small_triples())
    assert found.all_entities == len(subjects)
    assert len(found.properties) == len({predicate for _, predicate, _ in small_triples()})
    types = {(s, o[1:-1]) for s, p, o in small_triples() if p == f"<{RDF}type>"}
    assert found.all_classes == {name: sum(o == name for _, o in types) for name in {o for _, o in types}}


def test_what_several_describe_counts_once() -> None:
    one, two = "https://example.org/d/1", "https://example.org/d/2"
    both = merged([count(of(1, 2, disclosure=one), one), count(of(1, disclosure=two), two)])
    assert both.triples == 5 + 4
    assert both.entities == 3
    assert both.all_entities == 3 + 2
    assert both.all_classes == {"https://example.org/Body": 1, "https://example.org/Cell": 3}
    assert both.shared == {"": (CODE,), "https://example.org/Body": (DEPARTMENT,)}


def test_an_iri_that_only_begins_like_the_disclosure_is_not_its_own() -> None:
    assert count(of(1, disclosure="https://example.org/d/12"), "https://example.org/d/1").entities == 0


@pytest.mark.parametrize("found", [Counts(), count(small_triples(), IRI), merged([count(small_triples(), IRI)] * 2)])
def test_counts_are_kept_as_json(found: Counts) -> None:
    assert Counts.from_json(json.loads(json.dumps(found.to_json()))) == found
    assert merged([found]) == found
    assert merged([found, Counts()]) == found


def test_damaged_counts_are_refused() -> None:
    with pytest.raises(KeyError):
        Counts.from_json({"triples": 1})
