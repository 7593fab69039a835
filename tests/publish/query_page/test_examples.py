"""Examples: plain SPARQL that answers as the named query does with its defaults."""

from __future__ import annotations

import pyoxigraph
import pytest

from budgetlod.publish.query_page.examples import FIRST, examples
from budgetlod.rdf.formats import ntriples
from budgetlod.rdf.queries import named_queries
from budgetlod.rdf.terms import Triple


@pytest.fixture(scope="module")
def store(example_triples: list[Triple]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.bulk_load(ntriples(example_triples), pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def test_every_named_query_is_an_example_in_both_languages() -> None:
    for language in ("zh", "en"):
        shown = examples(language)
        assert shown[0].name == FIRST
        assert sorted(example.name for example in shown) == sorted(named_queries())
        assert all(example.text.startswith(f"# {example.title}\n# {example.description}\n") for example in shown)


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_an_example_answers_as_the_named_query(store: pyoxigraph.Store, name: str) -> None:
    query = named_queries()[name]
    text = next(example.text for example in examples("en") if example.name == name)
    by_example, by_name = store.query(text), store.query(query.text, substitutions=query.substitutions({}) or None)
    assert isinstance(by_example, pyoxigraph.QuerySolutions)
    assert isinstance(by_name, pyoxigraph.QuerySolutions)
    columns = by_name.variables
    assert by_example.variables == columns
    found = [[row[column] for column in columns] for row in by_example]
    wanted = [[row[column] for column in columns] for row in by_name]
    assert found == wanted
    assert wanted


def test_parameters_are_named_with_their_meaning() -> None:
    text = examples("zh")[0].text
    assert "VALUES (?source) { (<https://w3id.org/budgetlod/code/source/_T>) }" in text
    assert text.endswith(
        "# ?disclosure: 某份预决算的 IRI；空为全部\n# ?year: 预算年度；空为全部\n# ?source: 资金来源代码；_T 为全部资金\n"
    )
