"""What did not change is not made again, and what comes out is what a full build gives; workers, bad sources, keep going."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from budgetlod import building
from budgetlod.building import Plan, Prepared, Publication, build_publication
from budgetlod.core.workers import Outcome
from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile
from budgetlod.publish.publication import PublicationSettings
from budgetlod.rdf.terms import graph
from budgetlod.read.limits import Limits
from budgetlod.read.sources import find_sources
from budgetlod.validate.gate import NonConforming
from tests.publish.small import FOLDER, IRI, small_item, small_triples
from tests.validate import samples

LIMITS = Limits(seconds=6.0)


def make(source: SourceFile) -> Prepared:
    """Make the small disclosure of a source: its text is the number of the department, and then a wish."""
    number, _, wish = source.path.read_text(encoding="utf-8").strip().partition(" ")
    match wish:
        case "bad":
            raise BadInput(Problem("bad", "error", "坏", f"{number} is bad", file=source.path.name))
        case "sleep":
            time.sleep(60)
        case "crash":
            os._exit(11)
        case "fault":
            raise KeyError("a fault of ours")
        case "violation":
            return Prepared(None, number, samples.report(samples.finding(0, samples.result("S", "violation", "A05"))))
    iri = IRI.replace("001", number)
    fact = (f"<{iri}>", "<http://www.w3.org/2000/01/rdf-schema#comment>", f'"{wish}"')
    item = small_item(
        iri=iri,
        folder=FOLDER.replace("001", number),
        triples=graph([*small_triples(FOLDER.replace("001", number)), fact]),
        source_file="source.txt",
        source_bytes=source.path.read_bytes(),
    )
    return Prepared(item, number)


PLAN = Plan(settings=PublicationSettings(), make=make, limits=LIMITS)


@pytest.fixture
def no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of what is tested here does not depend on workers, and starting them takes a second."""

    def run(work: Callable[[Any], Any], items: Sequence[Any], *_: object) -> Iterator[Outcome[Any]]:
        yield from (Outcome(index, work(item)) for index, item in enumerate(items))

    monkeypatch.setattr(building, "run_bounded", run)


def sources(folder: Path, **texts: str) -> list[SourceFile]:
    """Write the sources and find them."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return find_sources([folder])


def build(found: Sequence[SourceFile], public: Path, **changes: object) -> Publication:
    return build_publication(found, public, replace(PLAN, **changes))  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("no_workers")
def test_only_what_changed_is_made_again_and_the_bytes_are_those_of_a_full_build(tmp_path: Path) -> None:
    build(sources(tmp_path / "in", a="001", b="002", c="003"), tmp_path / "public")
    found = sources(tmp_path / "in", b="002 another", d="004")
    old = (tmp_path / "public" / FOLDER / "data.ttl").stat().st_ino
    build(sources(tmp_path / "in"), tmp_path / "full", full=True)
    done = build(found, tmp_path / "public")
    assert done.told == ("002", "004")
    assert len(done.kept) == 2
    assert (tmp_path / "public" / FOLDER / "data.ttl").stat().st_ino == old
    again = build(found, tmp_path / "public", full=True)
    assert again.told == ("001", "002", "003", "004")
    before = contents(tmp_path / "public")
    build(found, tmp_path / "public")
    assert contents(tmp_path / "public") == before
    fresh = contents(tmp_path / "full")
    revised = FOLDER.replace("001", "002")
    differing = {path for path in before.keys() | fresh.keys() if before.get(path) != fresh.get(path)}
    # What tells of versions, what lists all pages, and what prints checksums of the catalogue.
    whole = {
        "catalog.ttl", "catalog.rdf", "catalog.jsonld", "changes.atom", "changes.en.atom", "manifest.json",
        "sitemap.xml", "data/index.html", "data/index.en.html",
    }  # fmt: skip
    assert {path for path in differing if not path.startswith(revised)} <= whole


@pytest.mark.usefixtures("no_workers")
def test_a_full_build_after_an_incremental_one_changes_no_byte(tmp_path: Path) -> None:
    build(sources(tmp_path / "in", a="001", b="002"), tmp_path / "public")
    found = sources(tmp_path / "in", b="002 another")
    build(found, tmp_path / "public")
    incremental = contents(tmp_path / "public")
    done = build(found, tmp_path / "public", full=True)
    assert done.told == ("001", "002")
    assert contents(tmp_path / "public") == incremental


@pytest.mark.usefixtures("no_workers")
def test_nothing_changed_nothing_written(tmp_path: Path) -> None:
    found = sources(tmp_path / "in", a="001")
    build(found, tmp_path / "public")
    before = (tmp_path / "public").stat().st_ino
    done = build(found, tmp_path / "public")
    assert done.up_to_date
    assert (tmp_path / "public").stat().st_ino == before


@pytest.mark.usefixtures("no_workers")
@pytest.mark.parametrize("what", ["settings", "validation", "missing file", "shorter file", "other name"])
def test_what_counts_as_a_change(tmp_path: Path, what: str) -> None:
    found = sources(tmp_path / "in", a="001")
    build(found, tmp_path / "public")
    changes: dict[str, object] = {}
    match what:
        case "settings":
            changes = {"settings": PublicationSettings(title_en="Another")}
        case "validation":
            changes = {"validation": ("pyshacl", "laws")}
        case "missing file":
            (tmp_path / "public" / FOLDER / "data.ttl").unlink()
        case "shorter file":
            (tmp_path / "public" / FOLDER / "index.html").write_bytes(b"")
        case _:
            found = [SourceFile((tmp_path / "in/a.txt").rename(tmp_path / "in/z.txt"))]
    done = build(found, tmp_path / "public", **changes)
    assert done.told == ("001",)
    assert build(found, tmp_path / "public", **changes).up_to_date


@pytest.mark.parametrize(
    ("wish", "words"),
    [("bad", "002 is bad"), ("sleep", "within 6 seconds"), ("crash", "exit code 11")],
)
def test_a_bad_source_stops_the_build_or_is_left_out(
    tmp_path: Path, wish: str, words: str, request: pytest.FixtureRequest
) -> None:
    if wish == "bad":
        request.getfixturevalue("no_workers")
    found = sources(tmp_path / "in", a="001", b=f"002 {wish}")
    with pytest.raises(BadInput, match=words):
        build(found, tmp_path / "public")
    assert list(tmp_path.iterdir()) == [tmp_path / "in"]
    if wish == "sleep":
        return
    done = build(found, tmp_path / "public", keep_going=True)
    assert [problem.en for problem in done.problems if words in problem.en]
    assert (tmp_path / "public" / FOLDER).is_dir()


def test_a_fault_of_this_program_comes_with_its_trace(tmp_path: Path) -> None:
    found = sources(tmp_path / "in", a="001", b="002 fault")
    done = build(found, tmp_path / "public", keep_going=True)
    assert [problem.code for problem in done.problems] == ["source-failed"]
    (trace,) = done.traces
    assert 'raise KeyError("a fault of ours")' in trace
    assert (tmp_path / "public" / FOLDER).is_dir()


@pytest.mark.usefixtures("no_workers")
def test_sources_that_claim_one_disclosure_are_left_out(tmp_path: Path) -> None:
    build(sources(tmp_path / "in", a="001", b="002"), tmp_path / "public")
    found = sources(tmp_path / "in", c="002 another", d="003 one", e="003 other")
    with pytest.raises(BadInput, match="all the disclosure"):
        build(found, tmp_path / "public")
    done = build(found, tmp_path / "public", keep_going=True)
    assert [problem.code for problem in done.problems] == ["disclosure-claimed-twice"] * 2
    assert [re.findall(r"(\w)\.txt", problem.en) for problem in done.problems] == [["b", "c"], ["d", "e"]]
    assert (len(done.kept), done.told) == (1, ())
    # What was published of them stays, what was not is not there.
    assert {path.parent.name for path in (tmp_path / "public/dataset").glob("*/*")} == {
        FOLDER.split("/")[1].replace("001", number) for number in ("001", "002")
    }


@pytest.mark.usefixtures("no_workers")
def test_all_that_do_not_conform_are_named(tmp_path: Path) -> None:
    found = sources(tmp_path / "in", a="001", b="002 violation", c="003 violation")
    with pytest.raises(NonConforming) as held:
        build(found, tmp_path / "public")
    assert len(held.value.reports) == 2
    assert [line.split(":")[0].rpartition("/")[2] for line in str(held.value).splitlines()] == ["b.txt", "c.txt"]
    done = build(found, tmp_path / "public", keep_going=True)
    assert len(done.held_back) == 2
    assert json.loads((tmp_path / "public" / FOLDER / "entry.json").read_text(encoding="utf-8"))["version"] == 1


@pytest.mark.usefixtures("no_workers")
def test_what_was_good_stays_when_its_source_goes_bad(tmp_path: Path) -> None:
    build(sources(tmp_path / "in", a="001", b="002"), tmp_path / "public")
    before = contents(tmp_path / "public")
    done = build(sources(tmp_path / "in", b="002 bad"), tmp_path / "public", keep_going=True)
    assert len(done.problems) == 1
    assert contents(tmp_path / "public") == before


@pytest.mark.usefixtures("no_workers")
def test_a_source_toml_withdraws(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "one"
    folder.mkdir(parents=True)
    (folder / "source.txt").write_text("001", encoding="utf-8")
    (folder / "source.toml").write_text("[source]\n", encoding="utf-8")
    build(find_sources([folder]), tmp_path / "public")
    note = '[withdrawn]\ndate = "2024-09"\nreason = "重复公开"\n'
    (folder / "source.toml").write_text(note, encoding="utf-8")
    build(find_sources([folder]), tmp_path / "public")
    assert "重复公开" in (tmp_path / "public" / FOLDER / "index.html").read_text(encoding="utf-8")
    (folder / "source.txt").unlink()
    with pytest.raises(BadInput, match="cannot be told which"):
        build(find_sources([folder]), tmp_path / "public")
    (folder / "source.toml").write_text(note + 'disclosure = "110000-001/2024-budget"\n', encoding="utf-8")
    build(find_sources([folder]), tmp_path / "public")
    (folder / "source.toml").write_text("[withdrawn]\n", encoding="utf-8")
    with pytest.raises(BadInput, match="states its date and its reason"):
        find_sources([folder])
