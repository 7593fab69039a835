"""The test suite of the W3C working group, run from its manifests, for both engines.

All of it applies: every test validates one graph with another. Known failures are a strict table: a test that begins
to pass must leave it.
"""

from __future__ import annotations

from functools import cache

import pytest

from budgetlod.validate import fast, reference
from budgetlod.validate.engines import EngineFailure, Evaluate
from tests.validate import w3c

ENGINES: dict[str, Evaluate] = {"fast": fast.evaluate, "pyshacl": reference.evaluate}
KNOWN_FAILURES = {
    ("pyshacl", "core/property/uniqueLang-002"): 'takes "1" for true, where SHACL asks for the literal true',
    ("pyshacl", "sparql/node/prefixes-001"): "does not follow owl:imports from sh:prefixes",
    ("pyshacl", "sparql/pre-binding/shapesGraph-001"): "has no $shapesGraph",
    ("fast", "sparql/pre-binding/shapesGraph-001"): "leaves $shapesGraph to pySHACL, which has none",
}
# What the fast engine leaves to pySHACL, beside the tests that expect a refusal.
DELEGATED = {
    "core/property/datatype-ill-formed": "xsd:byte, which a store keeps as xsd:integer",
    "sparql/component/optional-001": "a constraint component of its own",
    "sparql/component/propertyValidator-select-001": "a constraint component of its own",
    "sparql/component/validator-001": "a constraint component of its own",
}

pytestmark = [
    pytest.mark.skipif(not w3c.SUITE.is_dir(), reason="the W3C test suite is not beside the repository"),
    # rdflib warns of the ill-formed literals that some tests are about.
    pytest.mark.filterwarnings("ignore::UserWarning:rdflib"),
]


@cache
def outcome(engine: str, name: str) -> frozenset[w3c.Found] | None:
    """Return the results of a test, or ``None`` if the engine refused."""
    case = w3c.case(name)
    try:
        return frozenset(w3c.found(result) for result in ENGINES[engine](case.data, case.shapes).results)
    except EngineFailure:
        return None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", w3c.names())
def test_results_are_those_that_the_suite_expects(engine: str, name: str) -> None:
    as_expected = outcome(engine, name) == w3c.case(name).expected
    assert as_expected != ((engine, name) in KNOWN_FAILURES)


def test_the_whole_suite_is_run() -> None:
    assert len(w3c.names()) == len(set(w3c.names())) == 120


def test_known_failures_are_tests_of_the_suite() -> None:
    assert {name for _, name in KNOWN_FAILURES} | set(DELEGATED) <= set(w3c.names())


@pytest.mark.parametrize("name", w3c.names())
def test_little_is_left_to_pyshacl(name: str) -> None:
    case = w3c.case(name)
    if case.expected is None or ("fast", name) in KNOWN_FAILURES:
        pytest.skip("there is nothing to answer")
    assert bool(fast.evaluate(case.data, case.shapes).delegated) == (name in DELEGATED)
