"""Every term the data uses is defined, every code is in a list or described by the data itself."""

from __future__ import annotations

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.rdf.names import BLOD, CODE
from budgetlod.rdf.terms import Triple

IRIS = tuple[str, ...]


def defined() -> set[str]:
    files = sorted(resource("ontology").rglob("*.ttl"))
    return {
        quad.subject.value
        for file in files
        for quad in pyoxigraph.parse(path=str(file))
        if isinstance(quad.subject, pyoxigraph.NamedNode)
    }


def used(triples: list[Triple], namespace: str) -> set[str]:
    return {term[1:-1] for triple in triples for term in triple if term.startswith(f"<{namespace}")}


def test_every_term_of_ours_is_defined(example_triples: list[Triple]) -> None:
    assert used(example_triples, BLOD) - defined() == set()


def test_every_code_is_in_a_list(example_triples: list[Triple]) -> None:
    described = {subject[1:-1] for subject, _, _ in example_triples}
    assert used(example_triples, CODE) - defined() - described == set()
    assert used(example_triples, CODE) - defined() == set(), "the example prints no code that the lists lack"


def test_no_blank_nodes(example_triples: list[Triple]) -> None:
    assert [triple for triple in example_triples if any(term.startswith("_:") for term in triple)] == []
