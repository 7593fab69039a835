"""What was published does not vanish: it is withdrawn with a date and a reason, and its IRIs still answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from budgetlod.model.problem import BadInput
from budgetlod.publish.addresses import page_of
from budgetlod.publish.publication import PublicationSettings, Withdrawal, publish
from budgetlod.rdf.names import DCAT
from tests.publish.small import FOLDER, IRI, small_item

SETTINGS = PublicationSettings()
OTHER = {"iri": IRI.replace("001", "002"), "folder": FOLDER.replace("001", "002"), "phase": "final"}
GONE = Withdrawal(FOLDER, "2024-09-01", "误公开 <内部> 数据")


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("withdrawn") / "public"
    publish([small_item(), small_item(**OTHER)], folder, SETTINGS)
    publish([small_item(**OTHER)], folder, SETTINGS, [GONE])
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_source_that_is_gone_stops_the_build(tmp_path: Path) -> None:
    publish([small_item(), small_item(**OTHER)], tmp_path / "public", SETTINGS)
    before = contents(tmp_path)
    with pytest.raises(BadInput) as stopped:
        publish([small_item(**OTHER)], tmp_path / "public", SETTINGS)
    (problem,) = stopped.value.problems
    assert problem.code == "disclosure-missing"
    assert "--withdraw 110000-001/2024-budget" in problem.hint_zh
    assert contents(tmp_path) == before


def test_the_tombstone_says_when_and_why(withdrawn: Path) -> None:
    page = (withdrawn / FOLDER / "index.html").read_text(encoding="utf-8")
    assert "2024-09-01" in page
    assert "误公开 &lt;内部&gt; 数据" in page
    assert 'href="version/1/index.html"' in page
    assert "was withdrawn on 2024-09-01" in (withdrawn / FOLDER / "index.en.html").read_text(encoding="utf-8")


def test_the_data_stay_with_the_version(withdrawn: Path) -> None:
    names = {path.name for path in (withdrawn / FOLDER / "version/1").iterdir()}
    assert names >= {"data.nt.gz", "observations.csv", "cells.csv", "source.txt", "entry.json", "index.html"}
    assert not (withdrawn / FOLDER / "data.ttl").exists()


def test_every_page_that_was_there_still_answers(withdrawn: Path, tmp_path: Path) -> None:
    publish([small_item(), small_item(**OTHER)], tmp_path / "before", SETTINGS)
    pages = [path for path in contents(tmp_path / "before") if path.endswith(".html")]
    assert pages
    found = contents(withdrawn)
    assert [path for path in pages if path not in found] == []
    assert page_of(IRI, SETTINGS.base) in found


def test_the_catalogue_offers_it_no_more(withdrawn: Path) -> None:
    catalogue = Graph().parse(withdrawn / "catalog.ttl")
    offered = set(catalogue.objects(predicate=URIRef(DCAT + "dataset")))
    assert offered == {URIRef(str(OTHER["iri"])), URIRef(f"{SETTINGS.base}#all")}
    assert "withdrawn" in (withdrawn / "changes.en.atom").read_text(encoding="utf-8")


def test_a_project_of_two_phases_has_its_page_from_the_first(withdrawn: Path, tmp_path: Path) -> None:
    publish([small_item(**OTHER), small_item()], tmp_path / "both", SETTINGS)
    at_its_iri, of_the_other = (
        "organization/110000-001/project/2024/P1/index.html",
        f"{OTHER['folder']}/project/P1/index.html",
    )
    both, alone = contents(tmp_path / "both"), contents(withdrawn)
    link = b'<a href="../../../../../dataset/110000-002/2024-budget/project/P1/index.html">'
    assert link in both[at_its_iri]
    assert both[of_the_other] == alone[of_the_other] == alone[at_its_iri]
    assert f"{FOLDER}/project/P1/index.html" not in both


def test_it_stays_withdrawn_and_may_come_back(withdrawn: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    publish([small_item(), small_item(**OTHER)], public, SETTINGS)
    publish([small_item(**OTHER)], public, SETTINGS, [GONE])
    assert contents(public) == contents(withdrawn)
    publish([small_item(**OTHER)], public, SETTINGS)
    assert contents(public) == contents(withdrawn)
    publish([small_item(), small_item(**OTHER)], public, SETTINGS)
    entry = json.loads((public / FOLDER / "entry.json").read_text(encoding="utf-8"))
    assert (entry["version"], entry["withdrawn"]) == (2, None)
    assert (public / FOLDER / "version/1/data.nt.gz").read_bytes() == (public / FOLDER / "data.nt.gz").read_bytes()


def test_all_may_be_withdrawn(tmp_path: Path) -> None:
    publish([small_item()], tmp_path / "public", SETTINGS)
    publish([], tmp_path / "public", SETTINGS, [GONE])
    assert (tmp_path / "public" / FOLDER / "index.html").is_file()
    assert (tmp_path / "public/index.html").is_file()


@pytest.mark.parametrize(
    ("withdrawal", "code"),
    [(GONE, "withdrawn-with-source"), (GONE._replace(folder="dataset/x/2024-budget"), "withdrawn-unknown")],
)
def test_what_cannot_be_withdrawn(tmp_path: Path, withdrawal: Withdrawal, code: str) -> None:
    publish([small_item()], tmp_path / "public", SETTINGS)
    with pytest.raises(BadInput) as stopped:
        publish([small_item()], tmp_path / "public", SETTINGS, [withdrawal])
    assert [problem.code for problem in stopped.value.problems] == [code]
