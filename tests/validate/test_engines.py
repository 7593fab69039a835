"""The door, the table of engines and the loading of profiles."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rdflib import Graph, URIRef

from budgetlod.rdf.names import OWL, SH
from budgetlod.validate import validate
from budgetlod.validate.engines import DEFAULT_ENGINE, ENGINES, UnknownEngine
from budgetlod.validate.shapes import HOME, UnknownProfile, families, load_shapes, profiles


def test_default_engine_is_in_the_table() -> None:
    assert DEFAULT_ENGINE in [engine.name for engine in ENGINES]


def test_unknown_engine_names_those_there_are() -> None:
    with pytest.raises(UnknownEngine, match="pyshacl"):
        validate(Graph(), engine="nothing")


def test_unknown_profile_names_those_there_are() -> None:
    with pytest.raises(UnknownProfile, match="laws, operating-funds"):
        validate(Graph(), profile="nothing")


SELECTED = {"across", "operating", "project-codes", "template"}
"""The families that a disclosure selects by a profile; ``publication`` has all others."""


def test_profiles_are_those_for_all_and_those_to_select() -> None:
    assert profiles() == ["across", "income-by-function", "laws", "operating-funds", "project-codes", "publication"]


def test_publication_has_the_shapes_of_every_family() -> None:
    imported = {str(o) for o in load_shapes("publication").graph.objects(None, URIRef(OWL + "imports"))}
    assert {f"{HOME}{family}.ttl" for family in families() if family not in SELECTED} <= imported
    assert not {f"{HOME}{family}.ttl" for family in SELECTED} & imported


def test_queries_come_on_one_line() -> None:
    queries = list(load_shapes("laws").graph.objects(None, URIRef(SH + "select")))
    assert queries
    assert not any("\n" in str(query) for query in queries)


def test_shapes_are_read_once_and_know_their_families() -> None:
    shapes = load_shapes("laws")
    assert shapes is load_shapes("laws")
    assert shapes.families["https://w3id.org/budgetlod/shape/RollUp"] == "rollup"


def test_rdflib_is_not_loaded_before_it_is_needed() -> None:
    """The command line imports these on every start."""
    code = (
        "import sys, budgetlod.validate, budgetlod.validate.gate, budgetlod.validate.render, budgetlod.validate.report\n"
        "sys.exit(bool({'rdflib', 'pyshacl'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
