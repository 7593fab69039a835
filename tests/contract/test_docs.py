"""The documentation is complete: what the program knows is described, what is described exists, examples run."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pyoxigraph
import pytest

from budgetlod.cli.main import cli
from budgetlod.interpret.identity import read_identity
from budgetlod.model.document import Document
from budgetlod.model.publisher import SourceNotes
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.names import BLOD, OWL, RDF
from budgetlod.read.notes import TABLES
from tests.contract.conftest import ROOT

DOCS = ROOT / "docs"
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE_OF_A_PROBLEM = re.compile(r"^\| `([a-z-]+)` \| (?:error|warning|info)", re.MULTILINE)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


# --- commands -----------------------------------------------------------------------------------------------------------


def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def section(text: str, title: str) -> str:
    """The part of a page under a heading of the second level."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_and_option_is_described(name: str) -> None:
    described = section(page("cli.md"), name)
    assert f"budgetlod {name}" in described
    options = [param for param in commands()[name].params if isinstance(param, click.Option)]
    missing = [option for param in options for option in param.opts if f"`{option}" not in described]
    assert missing == []


@pytest.mark.parametrize("name", list(commands()))
def test_every_described_option_exists(name: str) -> None:
    described = re.findall(r"(?<=`)--?[a-z-]+", section(page("cli.md"), name))
    known = {option for param in commands()[name].params for option in param.opts}
    assert set(described) <= known


def test_options_of_the_group_are_described() -> None:
    assert all(f"`{option}`" in page("cli.md") for option in ("-h", "--help", "--version"))


# --- problems -----------------------------------------------------------------------------------------------------------


def problem_codes() -> Iterator[str]:
    """The codes that the program gives to problems; ``*`` stands for a part that is put in when it runs."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "budgetlod").rglob("*.py"))]
    shared = {"Problem": 0} | {name: place for tree in trees for name, place in _helpers(tree) if name[0] != "_"}
    for tree in trees:
        places = shared | dict(_helpers(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (name := _name(node.func)) in places:
                given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
                given += node.args[places[name] : places[name] + 1]
                yield from _written(given[0]) if given else ()


def _helpers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Functions that take the code of a problem as an argument, with its place (a method's ``self`` not counted)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            if "code" in names and any(isinstance(n, ast.Call) and _name(n.func) == "Problem" for n in ast.walk(node)):
                yield node.name, names.index("code")


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _written(value: ast.expr) -> Iterator[str]:
    """A code as it is written; nothing for the name of an argument (its callers write it)."""
    if isinstance(value, ast.Constant):
        # Another function may bear the name of a helper; what it is given is no code then.
        yield from re.findall(r"^[a-z]+(?:-[a-z]+)*$", str(value.value))
    elif isinstance(value, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in value.values)


def test_every_problem_is_described() -> None:
    described = set(CODE_OF_A_PROBLEM.findall(page("reading.md")))
    codes = set(problem_codes())
    assert {"source-missing", "label-unknown", "no-manifest"} <= codes
    assert {code for code in codes if "*" not in code} <= described


def test_every_described_problem_exists() -> None:
    codes = [re.compile(code.replace("*", "[a-z-]+")) for code in set(problem_codes())]
    described = CODE_OF_A_PROBLEM.findall(page("reading.md"))
    assert [code for code in described if not any(known.fullmatch(code) for known in codes)] == []


def test_questions_about_identity_are_described() -> None:
    _, problems = read_identity(Document("empty.txt", "text/plain", "", ()), [], SourceNotes(), load_lexicon())
    described = CODE_OF_A_PROBLEM.findall(page("reading.md"))
    assert {problem.code for problem in problems} == {code for code in described if code.startswith("identity-")}


def test_every_key_of_the_notes_is_described() -> None:
    rows = re.findall(r"^\| (?:`\[+(\w+)\]+`)? ?\| `(\w+)` \|", section(page("reading.md"), "Sources"), re.MULTILINE)
    described: dict[str, list[str]] = {}
    table = ""
    for head, key in rows:
        table = head or table
        described.setdefault(table, []).append(key)
    assert described == {table: list(keys) for table, keys in TABLES.items()}


# --- ontology -----------------------------------------------------------------------------------------------------------


def terms(*classes: str) -> set[str]:
    """The terms of the project's own namespace that the ontology declares as one of the classes."""
    wanted = {OWL + name for name in classes}
    return {
        str(triple.subject.value).removeprefix(BLOD)
        for path in (ROOT / "ontology").glob("*.ttl")
        for triple in pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE)
        if triple.predicate.value == RDF + "type"
        and isinstance(triple.object, pyoxigraph.NamedNode)
        and triple.object.value in wanted
        and isinstance(triple.subject, pyoxigraph.NamedNode)
        and triple.subject.value.startswith(BLOD)
    }


def test_every_class_is_described() -> None:
    described = set(re.findall(r"^\| `blod:([A-Z]\w+)` \|", page("model.md"), re.MULTILINE))
    assert described == terms("Class")


def test_every_property_is_described() -> None:
    described = set(re.findall(r"`blod:([a-z]\w+)`", page("model.md")))
    assert terms("ObjectProperty", "DatatypeProperty") - described == set()


# --- pages --------------------------------------------------------------------------------------------------------------


def test_both_readmes_say_the_same() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    assert FENCE.findall(english) == FENCE.findall(chinese)

    def outline(text: str) -> list[int]:
        return [len(marks) for marks in re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE)]

    def rows(text: str) -> int:
        return len(re.findall(r"^\|", text, re.MULTILINE))

    assert outline(english) == outline(chinese)
    assert rows(english) == rows(chinese)
    links = re.compile(r"\]\(([^)]+)\)")
    assert sorted({*links.findall(english)} - {"README.zh.md"}) == sorted({*links.findall(chinese)} - {"README.md"})


@pytest.mark.parametrize("path", [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    found = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", FENCE.sub("", path.read_text(encoding="utf-8")))
    assert [link for link in found if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["docs/python-api.md", "README.md"])
def test_examples_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    # A fence ends the output expected before it, as a blank line does.
    text = re.sub(r"^```.*$", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    complaints: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples, out=complaints.append)
    assert result.attempted
    assert result.failed == 0, "".join(complaints)
