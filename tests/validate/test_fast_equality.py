"""The fast engine, pySHACL and pyrudof find the same: in every graph of tests/shapes, in the example, in mutations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from rdflib import Graph

from budgetlod import pipeline
from budgetlod.mapping.disclosure import to_triples
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.names import RDF
from budgetlod.rdf.terms import Triple
from budgetlod.read.sources import find_sources
from budgetlod.validate import fast, reference
from budgetlod.validate.data import Data
from budgetlod.validate.engines import EngineFailure, RawResult
from budgetlod.validate.fast.compiled import compiled, reasons
from budgetlod.validate.fast.run import Run
from budgetlod.validate.shapes import Shapes, families, load_shapes, profiles
from tests.validate import rudof

ROOT = Path(__file__).parents[2]
FAMILIES = [family for family in families() if family != "prefixes"]
GRAPHS_OF = {family: sorted((ROOT / "tests" / "shapes" / family).glob("*.ttl")) for family in FAMILIES}
TOGETHER = 16
LAWS = ("agreement", "rollup", "balance", "bounds", "narrative", "blanks")


@cache
def example() -> tuple[Triple, ...]:
    """The triples of the example, sorted."""
    source = find_sources([ROOT / "data"])[0]
    return tuple(sorted(to_triples(pipeline.read_source(source), load_lexicon())))


@cache
def example_data() -> Data:
    """The example in all forms that engines want, each made once."""
    return Data.of_triples(example())


@cache
def mutated_data(seed: int) -> Data:
    """The example with ever more changed."""
    return Data.of_triples(mutated(Random(seed), 50 * 8**seed))


def found(data: Data, shapes: Shapes) -> set[RawResult]:
    """Return what the fast engine finds, all by itself."""
    answer = fast.evaluate(data, shapes)
    assert answer.delegated == ()
    return set(answer.results)


@pytest.mark.parametrize("family", [*families(), *profiles()])
def test_no_shape_of_ours_is_left_to_another_engine(family: str) -> None:
    assert reasons(load_shapes(family)) == {}


def lines_of(path: Path) -> bytes:
    """Return a graph as lines in which its own names tell it from all others."""
    own = f"https://example.org/data/{path.stem}/".encode()
    return Data.of_graph(Graph().parse(path)).lines.replace(b"https://example.org/data/", own)


def batches(graphs: Sequence[bytes], shapes: Shapes) -> Iterator[Data]:
    """Yield the graphs together as far as they give together what each gives: what the other engines take is for the
    shapes, not for the few triples. Graphs that share more than codes come in smaller batches or alone.
    """
    together = Data(lines=b"".join(graphs))
    if len(graphs) == 1 or found(together, shapes) == {r for g in graphs for r in found(Data(lines=g), shapes)}:
        yield together
    else:
        middle = len(graphs) // 2
        yield from (*batches(graphs[:middle], shapes), *batches(graphs[middle:], shapes))


@pytest.mark.parametrize(("family", "start"), [(f, n) for f in FAMILIES for n in range(0, len(GRAPHS_OF[f]), TOGETHER)])
def test_all_engines_agree_on_the_graphs_of_the_shapes(family: str, start: int) -> None:
    shapes = load_shapes(family)
    for data in batches([lines_of(path) for path in GRAPHS_OF[family][start : start + TOGETHER]], shapes):
        results = found(data, shapes)
        assert results == set(reference.evaluate(data, shapes).results)
        assert {rudof.found(result) for result in results} == rudof.evaluate(data, shapes)


@pytest.mark.parametrize("family", FAMILIES)
def test_all_engines_agree_on_the_example(family: str) -> None:
    data, shapes = example_data(), load_shapes(family)
    results = found(data, shapes)
    assert results == set(reference.evaluate(data, shapes).results)
    assert {rudof.found(result) for result in results} == rudof.evaluate(data, shapes)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("family", FAMILIES)
def test_screens_hide_nothing(family: str, seed: int) -> None:
    """Without screens and programs every constraint is asked for all its focus nodes; the answer stays."""
    data, shapes = mutated_data(seed), load_shapes(family)
    constraints = compiled(shapes, subclasses=False).constraints
    unscreened = [replace(c, screen=None, program=None) for c in constraints]
    assert set(Run(data, constraints).results()) == set(Run(data, unscreened).results())


@pytest.mark.parametrize("family", LAWS)
def test_many_disclosures_at_once_give_what_each_gives(family: str) -> None:
    shapes, graphs = load_shapes(family), [lines_of(path) for path in GRAPHS_OF[family]]
    each = {result for lines in graphs for result in found(Data(lines=lines), shapes)}
    assert each
    assert found(Data(lines=b"".join(graphs)), shapes) == each


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), family=st.sampled_from(FAMILIES))
def test_engines_agree_on_mutations_of_the_example(seed: int, family: str) -> None:
    random = Random(seed)
    data, shapes = Data.of_triples(neighbourhood(random, mutated(random, random.randint(1, 400)))), load_shapes(family)
    try:
        expected = set(reference.evaluate(data, shapes).results)
    except EngineFailure:
        reject()  # rdflib has no answer to a sum over what is no literal, where SPARQL has an error
    assert found(data, shapes) == expected


def mutated(random: Random, number: int) -> list[Triple]:
    """Return the example with some triples left out, amounts changed, objects exchanged and types changed."""
    triples = dict.fromkeys(example())
    chosen = random.sample(list(triples), number)
    for triple, other in zip(chosen, random.sample(chosen, len(chosen)), strict=True):
        del triples[triple]
        triples |= dict.fromkeys(_mutation(random, triple, other))
    return sorted(triples)


def _mutation(random: Random, triple: Triple, other: Triple) -> list[Triple]:
    """Return what takes the place of a triple."""
    subject, predicate, value = triple
    kinds = ["drop", "retype", "double", "literal", "exchange"]
    kind = random.choice(["amount", *kinds] if "#decimal>" in value else kinds)
    if kind == "amount":
        return [
            (subject, predicate, f'"{random.randint(-5, 10**6)}.{random.randint(11, 99)}"^^{value.partition("^^")[2]}')
        ]
    if kind == "retype":
        return [triple, (subject, f"<{RDF}type>", other[2] if other[2].startswith("<") else other[0])]
    if kind == "double":
        return [triple, (subject, predicate, other[2])]
    if kind == "literal":
        return [(subject, predicate, '"neither this nor that"')]
    return [(subject, predicate, other[2])] if kind == "exchange" else []


def neighbourhood(random: Random, triples: list[Triple]) -> list[Triple]:
    """Return the triples about some nodes and about what they lead to: the reference engine takes its time."""
    subjects = sorted({triple[0] for triple in triples})
    chosen = set(random.sample(subjects, min(60, len(subjects))))
    reached = chosen | {value for subject, _, value in triples if subject in chosen}
    return [triple for triple in triples if triple[0] in reached]
