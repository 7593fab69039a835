"""One disclosure in two files, tables and notes: the same figures, and every place points into the right file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from budgetlod import pipeline
from budgetlod.cli.main import cli
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Place
from budgetlod.publish.manifest import read_manifest
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.parsing import parse_file
from budgetlod.read.sources import find_sources
from tests.conftest import EXAMPLE

FIRST_OF_NOTES = "情况说明"
PRINTED = "https://w3id.org/budgetlod/ontology#printed"
SOURCE = "http://www.w3.org/ns/prov#hadPrimarySource"
_PLACE = re.compile(r"/(source(?:-2)?\.(?:txt|md))#line=(\d+),")


def halves() -> tuple[str, str]:
    """The example cut in two where its notes begin."""
    text = (EXAMPLE / "source.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    cut = max(n for n, line in enumerate(lines) if line.rstrip().endswith("公开" + FIRST_OF_NOTES))
    return "\n".join(lines[:cut]), "\n".join(lines[cut:])


def write(folder: Path, first: str, second: str, names: tuple[str, str]) -> Path:
    folder.mkdir(parents=True)
    for name, text in zip(names, (first, second), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    sums = [hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names]
    notes = f'[source]\nfile = ["{names[0]}", "{names[1]}"]\nsha256 = ["{sums[0]}", "{sums[1]}"]\n'
    (folder / "source.toml").write_text(f'{notes}[disclosure]\narea = "130371"\n', encoding="utf-8")
    return folder


def read(folder: Path) -> Disclosure:
    (source,) = find_sources([folder])
    return pipeline.read_source(source)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("two") / "source", *halves(), ("tables.txt", "notes.md"))


@pytest.fixture(scope="module")
def two(folder: Path) -> Disclosure:
    return read(folder)


def moved(place: Place, length: int) -> Place:
    """A place of the whole document as a place in one of its two halves."""
    return Place(line=place.line) if place.line <= length else Place(line=place.line - length, part=1)


def test_figures_are_the_same(two: Disclosure, example: Disclosure) -> None:
    assert two.figures == example.figures
    assert two.changes == example.changes
    assert two.relations == example.relations
    assert [p.code for p in two.problems] == [p.code for p in example.problems]


def test_places_are_in_their_file(two: Disclosure, example: Disclosure) -> None:
    length = halves()[0].count("\n") + 1

    def places(disclosure: Disclosure) -> Iterator[Place]:
        content = disclosure.content
        for statement in content.statements:
            yield statement.place
            yield from (place for row in statement.rows for place in row.places)
            yield from (place for cell in statement.cells for place in cell.places)
        parts = (content.sections, content.mentions, content.remarks, content.duties, content.glossary)
        for records in parts:
            yield from (record.place for record in records)

    assert list(places(two)) == [moved(place, length) for place in places(example)]
    assert {place.part for place in places(two)} == {0, 1}


def test_tables_stand_in_the_sections_of_their_own_file(two: Disclosure, example: Disclosure) -> None:
    assert [s.section for s in two.content.statements] == [s.section for s in example.content.statements]
    assert {s.section for s in two.content.statements if s.place.part == 0} == {0}


def test_notes_first(tmp_path: Path, example: Disclosure) -> None:
    """The other order of the files: the tables belong to no section of the notes before them."""
    tables, notes = halves()
    found = read(write(tmp_path / "source", notes, tables, ("notes.txt", "tables.txt")))
    assert {k: f.amount for k, f in found.figures.items()} == {k: f.amount for k, f in example.figures.items()}
    assert {s.section for s in found.content.statements if s.place.part == 1} == {0}
    assert [section.label for section in found.content.sections] == [s.label for s in example.content.sections]


def test_every_triple_of_evidence_leads_to_what_is_printed(folder: Path, tmp_path: Path) -> None:
    pipeline.build([folder], tmp_path / "public", pipeline.BuildOptions())
    home = tmp_path / "public/dataset/130371-442/2024-budget"
    files = {"source.txt": folder / "tables.txt", "source-2.md": folder / "notes.md"}
    for name, original in files.items():
        assert (home / name).read_bytes() == original.read_bytes()
    lines = {name: path.read_text(encoding="utf-8").split("\n") for name, path in files.items()}
    printed: dict[str, str] = {}
    places: dict[str, list[tuple[str, int]]] = {}
    for s, p, o in parse_file(home / "data.nt.gz"):
        if p == f"<{PRINTED}>":
            printed[s] = o
        elif p == f"<{SOURCE}>" and (found := _PLACE.search(o)):
            places.setdefault(s, []).append((found[1], int(found[2])))
    cells = [subject for subject in printed if "/statement/" in subject or "#mention-" in subject]
    assert len(cells) > 500
    for subject in cells:
        text = json.loads(printed[subject].partition("@")[0]).split("\n")
        there = "".join(lines[file][line] for file, line in sorted(places[subject], key=lambda p: p[1]))
        assert all(piece in there for piece in text), subject
    assert {file for found in places.values() for file, _ in found} == set(files)


def test_manifest_and_catalogue_list_both(folder: Path, tmp_path: Path) -> None:
    pipeline.build([folder], tmp_path / "public", pipeline.BuildOptions(engine=""))
    records = read_manifest((tmp_path / "public/manifest.json").read_bytes())
    home = "dataset/130371-442/2024-budget"
    assert {path for path in records if path.startswith(f"{home}/source") and not path.endswith(".html")} == {
        f"{home}/source.txt",
        f"{home}/source-2.md",
    }
    download = "<http://www.w3.org/ns/dcat#downloadURL>"
    offered = {o for _, p, o in parse_file(tmp_path / "public/catalog.ttl") if p == download}
    assert sum("/source" in address for address in offered) == 2


def test_what_the_graph_says_of_the_files(two: Disclosure, folder: Path) -> None:
    triples = set(to_triples(two, load_lexicon()))
    disclosure = "https://w3id.org/budgetlod/data/dataset/130371-442/2024-budget"
    for name, original in (("source.txt", "tables.txt"), ("source-2.md", "notes.md")):
        document = f"<{disclosure}/{name}>"
        assert (f"<{disclosure}>", "<http://purl.org/dc/terms/source>", document) in triples
        assert (f"<{disclosure}#run>", "<http://www.w3.org/ns/prov#used>", document) in triples
        assert (document, "<http://www.w3.org/2000/01/rdf-schema#label>", f'"{original}"') in triples
        value = hashlib.sha256((folder / original).read_bytes()).hexdigest()
        assert any(s == f"<{disclosure}/{name}#sha256>" and value in o for s, _, o in triples)


def test_the_record_of_reading_names_both(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["read", str(folder), "--format", "json"])
    assert result.exit_code == 0
    source = json.loads(result.stdout)["source"]
    assert source["file"] == "tables.txt"
    assert [part["file"] for part in source["parts"]] == ["tables.txt", "notes.md"]


def test_a_file_that_breaks_off_is_found_out(tmp_path: Path) -> None:
    tables, notes = halves()
    lines = tables.rstrip().split("\n")
    while "\t" not in lines[-1]:
        lines.pop()
    lines[-1] = lines[-1].split("\t")[0] + "\t"
    from budgetlod.model.problem import BadInput

    with pytest.raises(BadInput) as raised:
        read(write(tmp_path / "source", "\n".join(lines), notes, ("a.txt", "b.txt")))
    assert raised.value.problems[0].code == "document-truncated"
