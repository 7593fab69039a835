"""Corrections in the graph and in the publication: what was read, what is printed, why, by whom, and what rests on it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, XSD

from budgetlod import pipeline
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.disclosure import Disclosure
from budgetlod.publish.rebuild import rebuild
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.parsing import parse_file
from budgetlod.rdf.rdflib_graph import to_rdflib
from budgetlod.serve.store import open_publication
from tests.conftest import EXAMPLE
from tests.mapping.test_vocabulary import defined, used

BLOD = Namespace("https://w3id.org/budgetlod/ontology#")
DISCLOSURE = "https://w3id.org/budgetlod/data/dataset/130371-442/2024-budget"
ROW, MISREAD = "2010301\t行政运行\t357.40\t357.40\t\n", "2010301\t行政运行\t3S7.4O\t357.40\t\n"
PROSE, MISREAD_PROSE = "2024年预算收支安排 1377.51 万元", "2024年预算收支安排 I377.51 万元"
CORRECTIONS = """
[[correction]]
statement = "general-public-expenditure"
row = 4
column = 3
printed = "3S7.4O"
correct = "357.40"
reason = "原件为357.40"
by = "某人"
date = 2026-01-31

[[correction]]
line = LINE
printed = "I377.51"
correct = "1377.51"
reason = "字迹不清"

[[correction]]
statement = "general-public-expenditure"
row = 4
column = 1
printed = "20l"
correct = "201"
reason = "不存在的误读"
"""


def part(name: str) -> URIRef:
    return URIRef(DISCLOSURE + name if name.startswith("#") else f"{DISCLOSURE}/{name}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as it would be had its text been recognised badly, with corrections."""
    folder = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("sources") / "corrected")
    text = (folder / "source.txt").read_text(encoding="utf-8")
    for right, wrong in ((ROW, MISREAD), (PROSE, MISREAD_PROSE)):
        assert right in text
        text = text.replace(right, wrong, 1)
    (folder / "source.txt").write_text(text, encoding="utf-8")
    line = next(number for number, one in enumerate(text.split("\n"), 1) if "I377.51" in one)
    (folder / "corrections.toml").write_text(CORRECTIONS.replace("LINE", str(line)), encoding="utf-8")
    notes = (folder / "source.toml").read_text(encoding="utf-8").split("\n")
    kept = "\n".join(one for one in notes if not one.startswith("sha256"))
    (folder / "source.toml").write_text(kept, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def corrected(folder: Path) -> Disclosure:
    from budgetlod.read.sources import find_sources

    return pipeline.read_source(find_sources([folder])[0])


@pytest.fixture(scope="module")
def graph(corrected: Disclosure) -> Graph:
    return to_rdflib(to_triples(corrected, load_lexicon()))


def test_figures_are_those_of_the_right_text(corrected: Disclosure, example: Disclosure) -> None:
    assert corrected.figures == example.figures
    assert corrected.content.mentions == example.content.mentions
    assert [p.place for p in corrected.problems if p.code == "correction-unused"] == ["[[correction]] 3"]


def test_a_corrected_cell_says_what_was_read(graph: Graph) -> None:
    cell, correction = part("statement/general-public-expenditure#r4c3"), part("#correction-1")
    assert set(graph.objects(cell, BLOD.printed)) == {Literal("357.40")}
    assert set(graph.objects(cell, BLOD.readAs)) == {Literal("3S7.4O")}
    assert set(graph.objects(cell, BLOD.correctedBy)) == {correction}
    assert str(graph.value(cell, BLOD.statedAmount)) == "3574000.00"
    person = graph.value(correction, PROV.wasAttributedTo)
    assert set(graph.predicate_objects(correction)) == {
        (RDF.type, BLOD.Correction),
        (DCTERMS.isPartOf, URIRef(DISCLOSURE)),
        (BLOD.order, Literal(1)),
        (BLOD.readAs, Literal("3S7.4O")),
        (BLOD.printed, Literal("357.40")),
        (BLOD.correctionReason, Literal("原件为357.40")),
        (PROV.hadPrimarySource, graph.value(cell, PROV.hadPrimarySource)),
        (PROV.wasAttributedTo, person),
        (DCTERMS.created, Literal("2026-01-31", datatype=XSD.date)),
    }
    assert graph.value(person, RDFS.label) == Literal("某人")
    assert (person, RDF.type, PROV.Agent) in graph


def test_corrected_prose_is_known_by_its_mentions(graph: Graph) -> None:
    corrected = set(graph.subjects(BLOD.correctedBy, part("#correction-2")))
    assert {str(graph.value(mention, BLOD.printed)) for mention in corrected} == {"1377.51 万元"}
    assert all((mention, RDF.type, BLOD.Mention) in graph for mention in corrected)


def test_nothing_else_is_marked(graph: Graph) -> None:
    assert len(set(graph.subjects(RDF.type, BLOD.Correction))) == 2
    assert len(set(graph.subjects(BLOD.correctedBy))) == 2


def test_a_cell_corrected_to_a_blank_leaves_its_mark_on_the_row(folder: Path, tmp_path: Path) -> None:
    again = shutil.copytree(folder, tmp_path / "again")
    entry = 'statement = "general-public-expenditure"\nrow = 4\ncolumn = 4\nprinted = "357.40"\ncorrect = ""\nreason = "r"\n'
    (again / "corrections.toml").write_text(f"[[correction]]\n{entry}", encoding="utf-8")
    from budgetlod.read.sources import find_sources

    graph = to_rdflib(to_triples(pipeline.read_source(find_sources([again])[0]), load_lexicon()))
    cell, row = (
        part("statement/general-public-expenditure#r4c4"),
        part("statement/general-public-expenditure#r4"),
    )
    assert (cell, None, None) not in graph
    assert set(graph.objects(row, BLOD.correctedBy)) == {part("#correction-1")}
    assert (row, BLOD.readAs, None) not in graph


def test_terms_are_defined(corrected: Disclosure) -> None:
    assert used(to_triples(corrected, load_lexicon()), str(BLOD)) - defined() == set()


def test_a_publication_keeps_them_and_rebuilds_what_is_printed(folder: Path, tmp_path: Path) -> None:
    pipeline.build([folder], tmp_path / "public", pipeline.BuildOptions())
    home = tmp_path / "public/dataset/130371-442/2024-budget"
    record = json.loads((home / "reading.json").read_text(encoding="utf-8"))
    assert [(c["kind"], c["statement"], c["readAs"], c["correct"]) for c in record["corrections"]] == [
        ("cell", "general-public-expenditure", "3S7.4O", "357.40"),
        ("text", "", "I377.51", "1377.51"),
    ]
    assert (home / "source.txt").read_bytes() == (folder / "source.txt").read_bytes()
    table = rebuild(open_publication(tmp_path / "public"), f"{DISCLOSURE}/statement/general-public-expenditure")
    assert table.rows[3][3:5] == ("357.40", "357.40")
    assert {p for _, p, _ in parse_file(home / "data.ttl") if "readAs" in p} == {f"<{BLOD.readAs}>"}
