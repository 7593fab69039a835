"""Probes and the small store change nothing: the fast engine finds the same with them as without."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rdflib import Graph

from budgetlod.rdf.terms import Triple
from budgetlod.validate.data import Data
from budgetlod.validate.engines import RawResult
from budgetlod.validate.fast import evaluate
from budgetlod.validate.fast.functions import truth, value_of
from budgetlod.validate.fast.probe_joins import in_one_form
from budgetlod.validate.fast.probes import Probe, probe_of
from budgetlod.validate.shapes import Shapes, load_shapes
from budgetlod.validate.triples import Triples

GRAPHS = sorted((Path(__file__).parents[1] / "shapes").glob("*/*.ttl"))
CHUNKS, CHANGES = 8, 60


def without_probes(data: Data, shapes: Shapes, monkeypatch: pytest.MonkeyPatch) -> set[RawResult]:
    with monkeypatch.context() as patch:
        patch.setattr(Probe, "__call__", lambda _self, _triples, focus: focus)
        patch.setattr(Probe, "touched", lambda _self, _triples, _nodes: None)
        return set(evaluate(data, shapes).results)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_same_results_on_the_graphs_of_the_shapes(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    different = []
    for path in GRAPHS[chunk::CHUNKS]:
        data, shapes = Data.of_graph(Graph().parse(path)), load_shapes(path.parent.name)
        if set(evaluate(data, shapes).results) != without_probes(data, shapes, monkeypatch):
            different.append(path.name)
    assert different == []


def changed(triples: list[Triple], seed: int) -> list[Triple]:
    """The triples with some left out, and some with the value that another one of their predicate has."""
    draw = random.Random(seed)
    made = sorted(set(triples))
    by_predicate: dict[str, list[Triple]] = {}
    for triple in made:
        by_predicate.setdefault(triple[1], []).append(triple)
    for _ in range(CHANGES):
        at = draw.randrange(len(made))
        subject, predicate, _value = made[at]
        if draw.random() < 0.3:
            del made[at]
        else:
            made[at] = (subject, predicate, draw.choice(by_predicate[predicate])[2])
    return made


@pytest.mark.parametrize("seed", range(4))
def test_same_results_on_a_damaged_example(
    seed: int, example_triples: list[Triple], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, shapes = Data.of_triples(changed(example_triples, seed)), load_shapes("publication")
    assert set(evaluate(data, shapes).results) == without_probes(data, shapes, monkeypatch)


DATA = Triples(
    b'<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    b'<urn:a> <urn:q> <urn:b> .\n<urn:b> <urn:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    b'<urn:c> <urn:p> "2.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n<urn:c> <urn:r> "x" .\n'
)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("$this <urn:p> ?n FILTER(?n > 1)", "c"),
        ("$this <urn:p> ?n FILTER(?n > 1 || ?unknown > 1)", "abc"),
        ("$this <urn:p> ?n FILTER NOT EXISTS { $this <urn:q> ?other }", "bc"),
        ("$this <urn:q>/<urn:p> ?n", "a"),
        ("$this ^<urn:q> ?n", "b"),
        ("$this <urn:p> ?n . ?other <urn:p> ?n FILTER(?other != $this)", "abc"),  # 01 may be equal to 1
        ("$this <urn:r> ?n FILTER(SHA1(?n) = 'y')", "c"),  # not known here: the query decides
        ("{ $this <urn:q> ?n } UNION { $this <urn:r> ?n }", "ac"),
        ("$this <urn:p> ?n OPTIONAL { $this <urn:r> ?m } FILTER(?m = 'z')", "ab"),
        ("{ SELECT $this (SUM(?x) AS ?n) WHERE { $this <urn:p> ?x } GROUP BY $this } FILTER(?n < 2)", "ab"),
    ],
)
def test_who_may_have_an_answer(where: str, expected: str) -> None:
    probe = probe_of(f"SELECT $this WHERE {{ {where} }}", {})
    assert probe is not None
    focus = {f"<urn:{name}>".encode() for name in "abc"}
    assert probe(DATA, focus) == {f"<urn:{name}>".encode() for name in expected}


def test_values_and_forms() -> None:
    assert value_of(b'"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>') == 1.5
    assert value_of(b'"a\\"b"') == 'a"b'
    assert truth(value_of(b"<urn:a>")) is None
    assert in_one_form(b'"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    assert not in_one_form(b'"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>')
