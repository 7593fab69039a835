"""The whole pipeline: same bytes every time, the gate, and a publication that appears whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from budgetlod import pipeline
from budgetlod.cli.main import BAD_INPUT, DOES_NOT_CONFORM, DONE, run
from budgetlod.model.problem import BadInput
from budgetlod.rdf.formats import VOCABULARY_GRAPH
from budgetlod.rdf.names import CODE
from budgetlod.rdf.parsing import parse_file
from budgetlod.serve.store import open_publication
from budgetlod.validate.gate import NonConforming
from tests.conftest import EXAMPLE, ROOT

DISCLOSURE = "https://w3id.org/budgetlod/data/dataset/130371-442/2024-budget"


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def faulty(folder: Path) -> Path:
    """The example with one amount of one table changed."""
    shutil.copytree(EXAMPLE, folder)
    text = (folder / "source.txt").read_text(encoding="utf-8")
    assert text.count("2010301\t行政运行\t357.40\t357.40\t\n") == 1
    (folder / "source.txt").write_text(
        text.replace("2010301\t行政运行\t357.40\t357.40\t\n", "2010301\t行政运行\t357.41\t357.40\t\n"), encoding="utf-8"
    )
    notes = (folder / "source.toml").read_text(encoding="utf-8")
    (folder / "source.toml").write_text(
        "\n".join(line for line in notes.split("\n") if not line.startswith("sha256")), encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_a_second_run_gives_the_same_bytes(published: Path, tmp_path: Path, seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LANG": "C", "TZ": "Asia/Shanghai", "PYTHONPATH": str(ROOT)}
    # A copy under another name and path: nothing of the machine may be in the output.
    source = shutil.copytree(EXAMPLE, tmp_path / f"elsewhere-{seed}")
    command = [sys.executable, "-W", "error", "-m", "budgetlod", "build", str(source), "-o", str(tmp_path / "again")]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path, capture_output=True)
    assert contents(tmp_path / "again") == contents(published)


def test_the_manifest_lists_every_file(published: Path) -> None:
    manifest = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    found = contents(published)
    found.pop("manifest.json")
    assert listed == found


def test_what_is_published(published: Path) -> None:
    names = {name for name in contents(published) if not name.startswith("ontology/")}
    folder = "dataset/130371-442/2024-budget/"
    assert names >= {
        "catalog.ttl",
        "catalog.jsonld",
        "catalog.rdf",
        "void.ttl",
        "manifest.json",
        "all.nq.gz",
        "context.jsonld",
        folder + "data.ttl",
        folder + "data.jsonld",
        folder + "data.nt.gz",
        folder + "observations.csv",
        folder + "cells.csv",
        folder + "report.html",
        folder + "report.ttl",
        folder + "report.json",
        folder + "reading.json",
        folder + "source.txt",
    }
    assert (published / folder / "source.txt").read_bytes() == (EXAMPLE / "source.txt").read_bytes()


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # rdflib's readers use what it deprecates
def test_all_syntaxes_hold_the_same_graph(published: Path) -> None:
    """For two libraries that are not ours, digits of decimals included."""
    folder = published / "dataset/130371-442/2024-budget"
    lines = gzip.decompress((folder / "data.nt.gz").read_bytes()).decode()
    wanted = set(rdflib.Graph().parse(data=lines, format="nt"))
    for name in ("data.ttl", "data.jsonld"):
        assert set(rdflib.Graph().parse(folder / name)) == wanted
        assert {f"{s} {p} {o} ." for s, p, o in parse_file(folder / name)} == set(lines.splitlines())
    quads = gzip.decompress((published / "all.nq.gz").read_bytes()).decode()
    # What is said of codes stands in the graph of the vocabulary: once, however many disclosures say it.
    graphs = {True: f" <{VOCABULARY_GRAPH}> .", False: f" <{DISCLOSURE}> ."}
    marked = [line[:-2] + graphs[line.startswith(f"<{CODE}")] for line in lines.splitlines()]
    assert quads.splitlines() == sorted(marked)
    assert lines.splitlines() == sorted(set(lines.splitlines()))


def test_a_label_of_a_code_is_there_once(published: Path) -> None:
    """The disclosure repeats what the code lists say; an answer from the union of graphs must not double for it."""
    query = "SELECT ?code ?label WHERE { ?code <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }"
    answer = open_publication(published).query(query, use_default_graph_as_union=True)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    rows = [tuple(map(str, row)) for row in answer]
    assert rows
    assert len(rows) == len(set(rows))


def test_the_gate_holds_a_violation_back(tmp_path: Path) -> None:
    source = faulty(tmp_path / "source")
    with pytest.raises(NonConforming) as stopped:
        pipeline.build([source], tmp_path / "public", pipeline.BuildOptions())
    assert stopped.value.report.violations
    assert not (tmp_path / "public").exists()
    assert run(["build", str(source), "-o", str(tmp_path / "public")]) == DOES_NOT_CONFORM
    assert not (tmp_path / "public").exists()
    assert run(["build", str(source), "-o", str(tmp_path / "public"), "--allow-nonconforming"]) == DONE
    report = json.loads((tmp_path / "public/dataset/130371-442/2024-budget/report.json").read_text(encoding="utf-8"))
    assert report["conforms"] is False


def test_a_held_back_publication_leaves_the_old_one(published: Path, tmp_path: Path) -> None:
    public = shutil.copytree(published, tmp_path / "public")
    before = contents(public)
    assert run(["build", str(faulty(tmp_path / "source")), "-o", str(public)]) == DOES_NOT_CONFORM
    assert contents(public) == before
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("public", "source")] == []


@pytest.mark.parametrize(
    ("contact", "wanted"),
    [
        ("budget@example.org", "mailto:budget@example.org"),
        ("https://example.org/ask", "https://example.org/ask"),
        ("0335-1234567", "tel:0335-1234567"),
    ],
)
def test_contact_and_first_page_are_in_the_catalogue(tmp_path: Path, contact: str, wanted: str) -> None:
    source = shutil.copytree(EXAMPLE, tmp_path / "source")
    notes = (source / "source.toml").read_text(encoding="utf-8")
    notes = notes.replace(
        "[publisher]", f'landing_page = "https://example.org/first"\n\n[publisher]\ncontact = "{contact}"'
    )
    (source / "source.toml").write_text(notes, encoding="utf-8")
    pipeline.build([source], tmp_path / "public", pipeline.BuildOptions(engine=""))
    catalogue = (tmp_path / "public/catalog.ttl").read_text(encoding="utf-8")
    assert f"<{wanted}>" in catalogue
    assert "foaf:page <https://example.org/first>" in catalogue


def test_two_sources_of_one_disclosure(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(EXAMPLE, tmp_path / "data" / name)
    with pytest.raises(BadInput) as refused:
        pipeline.build([tmp_path / "data"], tmp_path / "public", pipeline.BuildOptions(engine=""))
    (problem,) = refused.value.problems
    assert problem.code == "disclosure-claimed-twice"
    assert str(tmp_path / "data/one/source.txt") in problem.en
    assert str(tmp_path / "data/two/source.txt") in problem.en
    assert run(["build", str(tmp_path / "data"), "-o", str(tmp_path / "public"), "--no-validate"]) == BAD_INPUT
    assert not (tmp_path / "public").exists()
