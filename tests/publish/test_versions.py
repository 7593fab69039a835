"""When data change, what they were stays, with what changed; when they do not, there is no new version."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from budgetlod.cli.main import run
from budgetlod.model.problem import BadInput
from budgetlod.publish.publication import PublicationSettings, publish
from budgetlod.rdf.names import DCAT, PROV, SOFTWARE
from budgetlod.rdf.terms import Triple, graph
from tests.publish.small import FOLDER, IRI, small_item, small_triples

SETTINGS = PublicationSettings()


def with_amount(old: str, new: str) -> list[Triple]:
    """The small graph with one amount of one figure another, as its cells state it."""
    changed = graph((s, p, o.replace(f'"{old}"', f'"{new}"') if "mount>" in p else o) for s, p, o in small_triples())
    assert changed != small_triples()
    return changed


def amount_of_a_figure() -> str:
    """The amount of a figure that cells of the small graph state."""
    return next(
        o.split('"')[1] for s, p, o in small_triples() if p.endswith("#amount>") and s.endswith("figure/outlay>")
    )


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published, published again without a change, and then with one amount changed."""
    folder = tmp_path_factory.mktemp("versions") / "public"
    publish([small_item()], folder, SETTINGS)
    publish([small_item(title_en="Another title")], folder, SETTINGS)
    new = with_amount(amount_of_a_figure(), "1.00")
    publish([small_item(triples=new, modified="2024-05-06", source_bytes=b"corrected\n")], folder, SETTINGS)
    return folder


def test_the_first_version_has_no_history(tmp_path: Path) -> None:
    publish([small_item()], tmp_path / "public", SETTINGS)
    entry = json.loads((tmp_path / "public" / FOLDER / "entry.json").read_text(encoding="utf-8"))
    assert (entry["version"], entry["versions"]) == (1, [[1, "2024-02-07", 0, 0, 0]])
    assert not (tmp_path / "public" / FOLDER / "version").exists()


def test_another_title_or_another_tool_is_no_new_version(tmp_path: Path) -> None:
    publish([small_item()], tmp_path / "public", SETTINGS)
    run = f"<{SOFTWARE}9.9>", "<http://www.w3.org/2000/01/rdf-schema#label>", '"budgetlod 9.9"'
    publish([small_item(title_en="X", triples=graph([*small_triples(), run]))], tmp_path / "public", SETTINGS)
    entry = json.loads((tmp_path / "public" / FOLDER / "entry.json").read_text(encoding="utf-8"))
    assert entry["version"] == 1
    assert entry["title_en"] == "X"


def test_the_page_of_a_revised_disclosure_leads_to_its_versions_and_its_feed(revised: Path) -> None:
    for name, changes, feed in (
        ("index.html", "changes.html", "changes.atom"),
        ("index.en.html", "changes.en.html", "changes.en.atom"),
    ):
        page = (revised / FOLDER / name).read_text(encoding="utf-8")
        for link in (f"version/2/{changes}", f"version/2/{name}"):
            assert f'<a href="{link}">' in page
        for rel, link in (("version-history", f"version/2/{name}"), ("predecessor-version", f"version/1/{name}")):
            assert f'<link rel="{rel}" href="{link}">' in page
        for folder in (FOLDER, ""):
            head = (revised / folder / name).read_text(encoding="utf-8")
            assert f'<link rel="alternate" href="{feed}" type="application/atom+xml">' in head
        assert f'href="../../../organization/110000-001/{name}"' in page


def test_the_pages_of_versions_say_where_they_stand(revised: Path) -> None:
    page = (revised / FOLDER / "version/2/changes.en.html").read_text(encoding="utf-8")
    assert '<a href="index.en.html">Version 2</a>' in page
    assert '<span aria-current="page">Changes</span>' in page
    assert 'class="switch" href="changes.html"' in page


def test_the_earlier_data_stay(revised: Path) -> None:
    first = revised / FOLDER / "version/1"
    old = gzip.decompress((first / "data.nt.gz").read_bytes()).decode()
    assert set(Graph().parse(data=old, format="nt")) == set(
        Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in small_triples()), format="nt")
    )
    assert (first / "source.txt").read_bytes() == small_item().source_bytes
    assert (revised / FOLDER / "source.txt").read_bytes() == b"corrected\n"
    assert {path.name for path in first.iterdir()} == {
        "cells.csv",
        "data.nt.gz",
        "entry.json",
        "index.en.html",
        "index.html",
        "observations.csv",
        "source.txt",
    }


def test_the_changes_say_figure_old_new_place(revised: Path) -> None:
    said = json.loads((revised / FOLDER / "version/2/changes.json").read_text(encoding="utf-8"))
    assert (said["from"], said["to"]) == (1, 2)
    assert said["figures"]
    for one in said["figures"]:
        assert one["kind"] == "changed"
        assert Decimal(one["difference"]) == Decimal(one["new"]) - Decimal(one["old"])
        assert one["new"] == "1.00"
    places = [place for one in said["figures"] for place in one["newPlaces"]]
    assert all(place["text"] for place in places)
    assert [place["source"] for place in places if place["statement"] and place["source"].startswith(IRI)]
    for name, words in (
        ("changes.html", "第1版到第2版的改动"),
        ("changes.en.html", "Changes from version 1 to version 2"),
    ):
        page = (revised / FOLDER / "version/2" / name).read_text(encoding="utf-8")
        assert words in page
        assert 'href="changes.nq.diff"' in page


def test_the_line_diff_leads_from_one_to_the_other(revised: Path) -> None:
    lines = (revised / FOLDER / "version/2/changes.nq.diff").read_bytes().splitlines()
    old, new = (
        set(gzip.decompress((revised / FOLDER / place / "data.nt.gz").read_bytes()).splitlines())
        for place in ("version/1", "")
    )
    graph_name = f" <{IRI}> .".encode()
    removed = {line[2:].removesuffix(graph_name) + b" ." for line in lines if line.startswith(b"-")}
    added = {line[2:].removesuffix(graph_name) + b" ." for line in lines if line.startswith(b"+")}
    assert removed
    assert (old - removed) | added == new
    assert lines == sorted(lines, key=lambda line: (line[2:], line[:1]))


def test_the_catalogue_names_the_versions(revised: Path) -> None:
    catalogue = Graph().parse(revised / "catalog.ttl")
    this, first = URIRef(IRI), URIRef(IRI + "/version/1")
    assert catalogue.value(this, URIRef(DCAT + "version")) == Literal("2")
    for name in (DCAT + "previousVersion", DCAT + "hasVersion", PROV + "wasRevisionOf"):
        assert set(catalogue.objects(this, URIRef(name))) == {first}
    assert catalogue.value(first, URIRef(DCAT + "isVersionOf")) == this
    files = {
        str(catalogue.value(one, URIRef(DCAT + "downloadURL")))
        for one in catalogue.objects(first, URIRef(DCAT + "distribution"))
    }
    base = SETTINGS.download_base
    assert files
    assert all((revised / address.removeprefix(base)).is_file() for address in files)


def test_a_third_version_keeps_both(revised: Path, tmp_path: Path) -> None:
    publish([small_item()], tmp_path / "p", SETTINGS)
    for amount in ("1.00", "2.00"):
        publish(
            [small_item(triples=with_amount(amount_of_a_figure(), amount))], tmp_path / "p", SETTINGS, day="2024-07"
        )
    entry = json.loads((tmp_path / "p" / FOLDER / "entry.json").read_text(encoding="utf-8"))
    assert [(number, date) for number, date, *_ in entry["versions"]] == [
        (1, "2024-02-07"),
        (2, "2024-07"),
        (3, "2024-07"),
    ]
    for number in (1, 2):
        assert (tmp_path / "p" / FOLDER / f"version/{number}/data.nt.gz").is_file()
    for number in (2, 3):
        assert (tmp_path / "p" / FOLDER / f"version/{number}/changes.en.html").is_file()
    second = tmp_path / "p" / FOLDER / "version/2/data.nt.gz"
    assert second.read_bytes() == (revised / FOLDER / "data.nt.gz").read_bytes()


def test_the_manifest_knows_every_file(revised: Path) -> None:
    listed = {one["path"] for one in json.loads((revised / "manifest.json").read_text(encoding="utf-8"))["files"]}
    found = {path.relative_to(revised).as_posix() for path in revised.rglob("*") if path.is_file()}
    assert listed == found - {"manifest.json"}
    assert not [path for path in revised.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_identifiers_never_change(revised: Path) -> None:
    other = PublicationSettings(base="https://example.org/")
    item = small_item(iri="https://example.org/" + FOLDER)
    with pytest.raises(BadInput, match="IRIs never change"):
        publish([item], revised, other)


def test_diff_says_the_same(revised: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish([small_item()], tmp_path / "old", SETTINGS)
    wanted = json.loads((revised / FOLDER / "version/2/changes.json").read_text(encoding="utf-8"))
    pairs = [
        (tmp_path / "old", revised),
        (revised / FOLDER / "version/1", revised / FOLDER),
        (tmp_path / "old" / FOLDER / "data.ttl", revised / FOLDER / "data.jsonld"),
    ]
    for old, new in pairs:
        assert run(["diff", str(old), str(new), "--format", "json"]) == 1
        (said,) = json.loads(capsys.readouterr().out)["disclosures"]
        assert said["figures"] == wanted["figures"]
        assert said["resources"] == wanted["resources"]
    assert run(["diff", str(tmp_path / "old"), str(revised)]) == 1
    printed = capsys.readouterr().out
    assert "→ 1.00" in printed
    assert run(["diff", str(revised), str(revised)]) == 0
    assert run(["diff", str(revised), str(tmp_path)]) == 2
