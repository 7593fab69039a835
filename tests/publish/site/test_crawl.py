"""The whole site: every link and anchor resolves, nothing is fetched from elsewhere, pages are well formed and light."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from budgetlod.publish.addresses import PAGE_NAMES, page_of
from budgetlod.publish.settings import BASE
from tests.publish.site.conftest import FOLDER
from tests.publish.site.crawl import PageText, Site

LARGEST = 300_000
OURS = re.compile(r"^(index|404|data/|guide/|organization/[^/]+/index|dataset/[^/]+/[^/]+/(index|text/|source/))")


def test_every_link_and_anchor_resolves(site: Site) -> None:
    assert site.broken() == []


def test_nothing_is_fetched_from_elsewhere(site: Site) -> None:
    assert site.outside_loads() == []


def test_pages_are_well_formed_and_light(site: Site) -> None:
    ours = {path: page for path, page in site.pages.items() if OURS.match(path)}
    assert len(ours) == 14
    assert {path: page.faults for path, page in ours.items() if page.faults} == {}
    assert [path for path in ours if (site.folder / path).stat().st_size > LARGEST] == []
    assert {path for path, page in ours.items() if page.tags.count("h1") != 1} == set()


def test_the_shared_files_are_light(site: Site) -> None:
    assert (site.folder / "assets/site.css").stat().st_size <= 15_000
    assert (site.folder / "assets/site.js").stat().st_size <= 8_000


def test_every_part_of_the_disclosure_and_its_text_has_an_anchor(site: Site) -> None:
    triples = gzip.decompress((site.folder / FOLDER / "data.nt.gz").read_bytes()).decode()
    subjects = set(re.findall(rf"^<({re.escape(BASE + FOLDER)}(?:/text)?#[^>]+)>", triples, re.MULTILINE))
    assert len(subjects) > 400
    for language in PAGE_NAMES:
        places = {page_of(iri, BASE, language) for iri in subjects}
        missing = [place for place in places if place.partition("#")[2] not in site.pages[place.partition("#")[0]].ids]
        assert missing == []


def test_every_line_that_evidence_names_has_an_anchor(site: Site) -> None:
    triples = gzip.decompress((site.folder / FOLDER / "data.nt.gz").read_bytes()).decode()
    places = {page_of(iri, BASE) for iri in set(re.findall(r"<([^>]*source\.txt#line=[^>]+)>", triples))}
    lines = site.pages[f"{FOLDER}/source/index.html"].ids
    assert len(places) > 300
    assert [place for place in places if unquote(place.partition("#")[2]) not in lines] == []


@pytest.mark.parametrize("path", ["index.html", f"{FOLDER}/index.html", f"{FOLDER}/text/index.en.html"])
def test_the_two_languages_link_to_each_other(site: Site, path: str) -> None:
    text = (site.folder / path).read_text(encoding="utf-8")
    other = "index.html" if path.endswith(".en.html") else "index.en.html"
    assert re.search(rf'<link rel="alternate" hreflang="[a-zA-Z-]+" href="{re.escape(other)}">', text)
    assert f'class="switch" href="{other}"' in text


def test_what_a_page_says_to_search_engines_is_about_the_same_iri(site: Site) -> None:
    text = (site.folder / FOLDER / "index.html").read_text(encoding="utf-8")
    said = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert said
    things = {one["@type"]: one for one in json.loads(said[1])["@graph"]}
    assert things["Dataset"]["@id"] == BASE + FOLDER
    assert len(things["Dataset"]["distribution"]) >= 6
    assert [step["position"] for step in things["BreadcrumbList"]["itemListElement"]] == [1, 2, 3, 4]
    assert things["BreadcrumbList"]["itemListElement"][3]["item"] == f"{BASE}{FOLDER}/index.html"


def test_the_crawler_finds_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="x"><a href="b.html#y">1</a><a href="c.html">2</a><img src="https://e.org/i.png"></p>', encoding="utf-8"
    )
    (tmp_path / "b.html").write_text('<p id="z"><a href="a.html#x">1</a></p>', encoding="utf-8")
    found = Site(tmp_path)
    assert found.broken() == ["a.html -> b.html#y", "a.html -> c.html"]
    assert found.outside_loads() == ["a.html -> https://e.org/i.png"]
    assert PageText("<p><b></p>").faults
