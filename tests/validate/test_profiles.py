"""Which shapes are loaded: several at once, and those that the tables of a disclosure call for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph

from budgetlod.rdf.names import BLOD, CODE, OWL, RDF
from budgetlod.validate import profiles, validate
from budgetlod.validate.data import Data
from budgetlod.validate.profiles import requirements, statement_types, with_called_for
from budgetlod.validate.shapes import UnknownProfile, load_shapes

TYPE = f"{CODE}statement/"


def data(*types: str) -> Data:
    return Data.of_triples((f"<urn:{name}>", f"<{BLOD}statementType>", f"<{TYPE}{name}>") for name in types)


@pytest.fixture
def conditional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Shapes with two profiles that have a condition, and one that has none."""
    folder = tmp_path / "shapes/profiles"
    folder.mkdir(parents=True)
    for name, types in {"both": ("balance", "income"), "one": ("income",), "publication": ()}.items():
        wanted = "".join(f"<> <http://purl.org/dc/terms/requires> <{TYPE}{t}> .\n" for t in types)
        (folder / f"{name}.ttl").write_text(f"<> <{RDF}type> <{OWL}Ontology> .\n{wanted}", encoding="utf-8")
    monkeypatch.setattr(profiles, "resource", tmp_path.joinpath)
    requirements.cache_clear()
    yield
    requirements.cache_clear()


def test_statement_types_of_triples_and_of_a_graph() -> None:
    assert statement_types(data("balance", "income")) == {TYPE + "balance", TYPE + "income"}
    graph = Graph().parse(data=data("balance").lines.decode(), format="nt")
    assert statement_types(Data.of_graph(graph)) == {TYPE + "balance"}
    assert statement_types(Data.of_graph(Graph())) == set()


@pytest.mark.usefixtures("conditional")
@pytest.mark.parametrize(
    ("names", "types", "wanted"),
    [
        (("publication",), (), ("publication",)),
        (("publication",), ("income",), ("publication", "one")),
        (("publication",), ("balance",), ("publication",)),
        (("publication",), ("balance", "income"), ("publication", "both", "one")),
        (("publication", "one"), ("income",), ("publication", "one")),
        (("laws",), ("income",), ("laws",)),
        (("laws", "laws"), (), ("laws",)),
    ],
)
def test_profiles_are_called_for(names: tuple[str, ...], types: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert with_called_for(names, data(*types)) == wanted


def test_conditions_of_this_installation_name_types_of_statements() -> None:
    from budgetlod.rdf.lexicon import load_lexicon

    known = {TYPE + notation for notation in load_lexicon().statements}
    assert all(types <= known for types in requirements().values())


def test_several_are_loaded_as_one() -> None:
    both = load_shapes("rollup", "balance")
    assert both.name == "rollup+balance"
    assert set(both.families.values()) == {"rollup", "balance"}
    assert both is load_shapes("rollup", "balance")
    with pytest.raises(UnknownProfile):
        load_shapes("rollup", "nothing")


def test_the_report_names_them(disclosure: Graph) -> None:
    report = validate(disclosure, profile=("rollup", "balance"))
    assert report.profile == "rollup+balance"
    assert {result.family for result in report.results} == {"rollup"}
