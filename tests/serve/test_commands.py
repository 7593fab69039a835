"""The commands that read a published folder."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner, Result

from budgetlod.cli.query import query
from budgetlod.cli.rebuild import rebuild
from budgetlod.cli.serve import serve
from budgetlod.cli.tables import TermNames, aligned
from budgetlod.model.problem import BadInput
from budgetlod.rdf.queries import named_queries
from budgetlod.serve.server import SiteServer
from tests.publish.small import FOLDER, IRI


def run_query(published: Path, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(query, [*arguments, "--in", str(published)], input=stdin)


def output(result: Result) -> str:
    assert result.exception is None, result.exception
    return result.stdout


def refusal(result: Result) -> str:
    assert isinstance(result.exception, BadInput), result.exception
    return str(result.exception)


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_named_query_answers_from_the_smallest_disclosure(published: Path, name: str) -> None:
    arguments = ["--param", "type=balance"] if name == "statement" else []
    found = output(run_query(published, name, "--format", "csv", *arguments))
    header, *rows = csv.reader(io.StringIO(found, newline=""))
    assert rows
    table = output(run_query(published, name, *arguments)).splitlines()
    assert table[0].split() == header
    assert len(table) == 1 + len(rows)


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_parameter_narrows_the_answer(published: Path, name: str) -> None:
    nothing = {"year": "1999", "amount": "-7", "source": "none", "comparator": "none", "type": "none"}
    for param in named_queries()[name].params:
        value = nothing.get(param.name, "https://example.org/nothing")
        (header,) = output(
            run_query(published, name, "--format", "csv", "--param", f"{param.name}={value}")
        ).splitlines()
        assert param.name in header.split(",")


def test_a_parameter_selects(published: Path) -> None:
    found = output(
        run_query(published, "where-printed", "--param", f"figure={FOLDER}/figure/function", "--format", "csv")
    )
    rows = list(csv.DictReader(io.StringIO(found)))
    assert {row["figure"] for row in rows} == {f"{IRI}/figure/function"}
    assert {row["printed"] for row in rows} == {"115.59", "115.59 万元"}
    assert {row["section"] for row in rows} == {"", "总体情况"}


def test_free_sparql_needs_no_prefixes(published: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s a blod:Cell }"
    assert output(run_query(published, text)) == "n\n3\n"
    assert output(run_query(published, "-", stdin=text)) == "n\n3\n"
    assert (
        json.loads(output(run_query(published, text, "--format", "json")))["results"]["bindings"][0]["n"]["value"]
        == "3"
    )


def test_graphs_and_yes_or_no(published: Path) -> None:
    turtle = output(run_query(published, f"DESCRIBE <{IRI}>", "--format", "turtle"))
    assert list(pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE))
    assert json.loads(output(run_query(published, f"DESCRIBE <{IRI}>", "--format", "json")))
    assert output(run_query(published, f"ASK {{ <{IRI}> ?p ?o }}")) == "true\n"


def test_from_names_the_dataset(published: Path) -> None:
    assert output(run_query(published, "SELECT (COUNT(*) AS ?n) FROM <urn:nothing> { ?s ?p ?o }")) == "n\n0\n"


def test_the_list_shows_every_query(published: Path) -> None:
    listed = output(CliRunner().invoke(query, ["--list"]))
    for name, named in named_queries().items():
        assert f"{name}: {named.title_en} · {named.title_zh}" in listed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["totals-by-functoin"], "known queries: totals-by-function"),
        (["SELECT * {"], "the query cannot be read"),
        (["assets", "--param", "x=1"], "no parameter x"),
        (["SELECT * { ?s ?p ?o }", "--param", "x=1"], "for named queries"),
        (["assets", "--format", "turtle"], "turtle is for"),
        ([f"DESCRIBE <{IRI}>", "--format", "csv"], "csv is for"),
    ],
)
def test_wrong_use_is_explained(published: Path, arguments: list[str], sentence: str) -> None:
    assert sentence in refusal(run_query(published, *arguments))


def test_usage_errors(published: Path) -> None:
    assert run_query(published).exit_code == 2
    assert run_query(published, "assets", "--param", "disclosure").exit_code == 2
    assert "all.nq.gz is missing" in refusal(run_query(published / "ontology", "assets"))


def test_tables_are_rebuilt(published: Path) -> None:
    text = output(CliRunner().invoke(rebuild, [str(published), "--statement", "balance"]))
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter="\t")) == [
        ["# balance", "收支总表"],
        ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"],
        ["一、拨款 收入", "115\n.59", "一、一般公共服务支出", "115.59"],
        ["3", "", "", "115.59"],
    ]
    tables = json.loads(
        output(CliRunner().invoke(rebuild, [str(published), "--format", "json", "--disclosure", FOLDER]))
    )
    assert [table["type"] for table in tables] == ["balance", "government-fund-expenditure"]
    assert tables[0]["rows"][1] == ["3", "", "", "115.59"]


def test_what_cannot_be_rebuilt(published: Path) -> None:
    missing = CliRunner().invoke(rebuild, [str(published), "--statement", "income"])
    assert "there is: balance, government-fund-expenditure" in refusal(missing)
    assert f"there is: {IRI}" in refusal(CliRunner().invoke(rebuild, [str(published), "--disclosure", "2023-budget"]))


def test_a_port_in_use(published: Path, server: SiteServer) -> None:
    result = CliRunner().invoke(serve, [str(published), "--port", str(server.server_address[1])])
    assert "choose another port" in refusal(result)


def test_terms_are_short_in_tables() -> None:
    short = TermNames("https://w3id.org/budgetlod/data/").short
    assert short(pyoxigraph.NamedNode("https://w3id.org/budgetlod/code/function/201")) == "function:201"
    assert short(pyoxigraph.NamedNode(IRI)) == FOLDER
    assert short(pyoxigraph.NamedNode("http://purl.org/dc/terms/title")) == "dcterms:title"
    assert short(pyoxigraph.NamedNode("urn:other")) == "urn:other"
    assert short(pyoxigraph.Literal("two\nlines")) == "two lines"
    assert short(None) == ""


def test_columns_line_up_with_wide_characters() -> None:
    assert aligned(["a", "b"], [["万元", "x"], ["12", ""]]) == ["a     b", "万元  x", "12"]
