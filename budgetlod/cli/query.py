"""``budgetlod query``: SPARQL or a named query on a published folder."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import click
import pyoxigraph

from budgetlod.cli.tables import TermNames, print_table
from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.settings import BASE
from budgetlod.rdf.names import PREFIXES
from budgetlod.rdf.queries import NamedQuery, named_queries
from budgetlod.serve.keywords import uses_keyword
from budgetlod.serve.store import open_publication

Result = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples
_SOLUTION_FORMATS = {"csv": pyoxigraph.QueryResultsFormat.CSV, "json": pyoxigraph.QueryResultsFormat.JSON}
_GRAPH_FORMATS = {"turtle": pyoxigraph.RdfFormat.TURTLE, "json": pyoxigraph.RdfFormat.JSON_LD}


@click.command()
@click.argument("query", required=False, metavar="'SPARQL'|NAME")
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("public"),
    show_default=True,
    help="The published folder.",
)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of a named query.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    show_default=True,
    help="How to print the answer; turtle is for CONSTRUCT and DESCRIBE.",
)
@click.option("--list", "listing", is_flag=True, help="List the named queries and their parameters.")
def query(query: str | None, folder: Path, params: tuple[str, ...], form: str, listing: bool) -> None:
    """Answer a SPARQL query, or a named one, from a published folder.

    The usual prefixes need no declaration. '-' reads the query from standard input.
    """
    if listing:
        _print_list()
        return
    if not query:
        raise click.UsageError("Give a SPARQL query or the name of one (see --list).")
    text = sys.stdin.read() if query == "-" else query
    named = named_queries().get(text)
    if named is None:
        _check_free_text(text, params)
    _print(_ask(folder, text, named, _parsed(params)), form)


def _ask(folder: Path, text: str, named: NamedQuery | None, values: dict[str, str]) -> Result:
    substitutions = named.substitutions(values, BASE) if named else {}
    sparql = named.text if named else text
    try:
        return open_publication(folder).query(
            sparql,
            prefixes=PREFIXES,
            substitutions=dict(substitutions) or None,
            use_default_graph_as_union=not uses_keyword(sparql, "FROM", PREFIXES),
        )
    except SyntaxError as problem:
        raise _bad(f"无法解析该查询：{problem}", f"the query cannot be read: {problem}") from problem


def _print(result: Result, form: str) -> None:
    if isinstance(result, pyoxigraph.QueryTriples):
        _print_graph(result, form)
    elif form == "turtle":
        raise _bad("turtle 只用于 CONSTRUCT 和 DESCRIBE", "turtle is for CONSTRUCT and DESCRIBE queries")
    elif form in _SOLUTION_FORMATS:
        click.echo((result.serialize(format=_SOLUTION_FORMATS[form]) or b"").decode().rstrip("\r\n"))
    elif isinstance(result, pyoxigraph.QueryBoolean):
        click.echo("true" if result else "false")
    else:
        names = TermNames(BASE)
        header = [variable.value for variable in result.variables]
        print_table(header, [[names.short(row[name]) for name in header] for row in result])


def _print_graph(result: pyoxigraph.QueryTriples, form: str) -> None:
    """Print triples; a table of triples is their Turtle."""
    if form == "csv":
        raise _bad("csv 只用于 SELECT 和 ASK", "csv is for SELECT and ASK queries")
    chosen = _GRAPH_FORMATS["json" if form == "json" else "turtle"]
    prefixes = PREFIXES if chosen == pyoxigraph.RdfFormat.TURTLE else None
    click.echo((pyoxigraph.serialize(result, format=chosen, prefixes=prefixes) or b"").decode().rstrip("\n"))


def _print_list() -> None:
    for name, named in named_queries().items():
        click.echo(f"{name}: {named.title_en} · {named.title_zh}")
        click.echo(f"    {named.description_en}")
        for param in named.params:
            click.echo(f"    --param {param.name}={param.default}  {param.description_en}")


def _parsed(params: tuple[str, ...]) -> dict[str, str]:
    """Return parameters by name; one without ``=`` is a usage error."""
    pairs = [param.partition("=") for param in params]
    wrong = [name for name, sign, _ in pairs if not sign or not name]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} is not NAME=VALUE.", param_hint="--param")
    return {name: value for name, _, value in pairs}


def _check_free_text(text: str, params: tuple[str, ...]) -> None:
    """Refuse what is neither SPARQL nor a name, and parameters for a query that declares none."""
    if "{" not in text and not text.lstrip().upper().startswith("DESCRIBE"):
        near = difflib.get_close_matches(text, named_queries(), n=3) or list(named_queries())
        raise _bad(
            f"没有名为 {text!r} 的查询", f"there is no query named {text!r}", "可用", "known queries", ", ".join(near)
        )
    if params:
        raise _bad("--param 只用于命名查询", "--param is for named queries")


def _bad(zh: str, en: str, hint_zh: str = "", hint_en: str = "", names: str = "") -> BadInput:
    hints = (f"{hint_zh}：{names}", f"{hint_en}: {names}") if names else (hint_zh, hint_en)
    return BadInput(Problem("query", "error", zh, en, *hints))
