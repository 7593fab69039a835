"""The named queries: every file is complete, is SPARQL, and binds its parameters as terms."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib.plugins.sparql

from budgetlod.core.resources import resource
from budgetlod.model.problem import BadInput
from budgetlod.rdf.names import CODE, XSD
from budgetlod.rdf.queries import NamedQuery, Parameter, named_queries, read_query

QUERIES = sorted(named_queries().items())
CODES = "".join(path.read_text(encoding="utf-8") for path in sorted(resource("ontology").rglob("*.ttl")))


@pytest.mark.parametrize(("name", "query"), QUERIES)
def test_query_is_sparql_for_two_engines(name: str, query: NamedQuery) -> None:
    pyoxigraph.Store().query(query.text)
    rdflib.plugins.sparql.prepareQuery(query.text)


@pytest.mark.parametrize(("name", "query"), QUERIES)
def test_every_parameter_is_a_column(name: str, query: NamedQuery) -> None:
    result = pyoxigraph.Store().query(query.text, substitutions=query.substitutions({}) or None)
    assert isinstance(result, pyoxigraph.QuerySolutions)
    columns = {variable.value for variable in result.variables}
    assert {param.name for param in query.params} <= columns


@pytest.mark.parametrize(("name", "query"), QUERIES)
def test_the_order_of_the_answer_is_fixed(name: str, query: NamedQuery) -> None:
    assert re.search(r"\nORDER BY ", query.text)


@pytest.mark.parametrize(("name", "query"), QUERIES)
def test_every_code_is_in_a_code_list(name: str, query: NamedQuery) -> None:
    for scheme, notation in re.findall(r"\b([a-z][a-z-]*):([\w-]+)", query.text.split("WHERE", 1)[1]):
        if f"/code/{scheme}/>" in query.text:
            assert re.search(rf"(?:{scheme}:|code/{scheme}/){re.escape(notation)}\b", CODES), f"{scheme}:{notation}"


def test_values_become_terms() -> None:
    query = read_query("q", HEADER + '# param: year | ""^^xsd:gYear | a | b\n# param: source | source:_T | a | b\n')
    free = query.substitutions({})
    assert free == {pyoxigraph.Variable("source"): pyoxigraph.NamedNode(CODE + "source/_T")}
    set_ = query.substitutions({"year": "2024", "source": "fiscal"})
    assert set_[pyoxigraph.Variable("year")] == pyoxigraph.Literal("2024", datatype=pyoxigraph.NamedNode(XSD + "gYear"))
    assert set_[pyoxigraph.Variable("source")] == pyoxigraph.NamedNode(CODE + "source/fiscal")
    assert query.substitutions({"source": ""}) == {}


@pytest.mark.parametrize("value", ["fiscal", "source:fiscal", CODE + "source/fiscal", f"<{CODE}source/fiscal>"])
def test_a_code_may_be_written_in_four_ways(value: str) -> None:
    assert Parameter("s", "source:", "", "").term(value) == pyoxigraph.NamedNode(CODE + "source/fiscal")


def test_a_relative_iri_is_resolved() -> None:
    assert Parameter("d", "<>", "", "").term("/dataset/x", "https://e.org/") == pyoxigraph.NamedNode(
        "https://e.org/dataset/x"
    )


@pytest.mark.parametrize(
    ("default", "value"),
    [
        ('""^^xsd:gYear', "2024 }"),
        ('""^^xsd:decimal', "1e3"),
        ("source:", "_T> } UNION { ?s ?p ?o"),
        ("<>", "https://e.org/> ?p ?o . <x"),
        ("<>", "relative"),
    ],
)
def test_a_wrong_value_is_bad_input(default: str, value: str) -> None:
    query = read_query("q", HEADER + f"# param: x | {default} | one | 一\n")
    with pytest.raises(BadInput, match="parameter x"):
        query.substitutions({"x": value})


def test_text_is_never_pasted_into_the_query() -> None:
    hostile = '" } DELETE { ?s ?p ?o } #'
    assert Parameter("t", '""', "", "").term(hostile) == pyoxigraph.Literal(hostile)


def test_an_unknown_parameter_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match="its parameters: disclosure, year, source"):
        named_queries()["totals-by-function"].substitutions({"jahr": "2024"})


@pytest.mark.parametrize("line", ["# title (en): t\n", "# param: broken\n"])
def test_a_header_that_is_incomplete_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="q: "):
        read_query("q", line)


HEADER = "# title (en): a\n# title (zh): 甲\n# description (en): b\n# description (zh): 乙\n"


@pytest.mark.parametrize(("name", "query"), QUERIES)
def test_the_guide_describes_every_query_and_parameter(name: str, query: NamedQuery) -> None:
    guide = (Path(__file__).parents[2] / "docs/queries.md").read_text(encoding="utf-8")
    _, _, rest = guide.partition(f"\n## {name}\n")
    section = rest.partition("\n## ")[0]
    assert query.title_en in section
    assert query.description_en in section
    for param in query.params:
        assert f"| `{param.name}` | `{param.default}` | {param.description_en} |" in section
