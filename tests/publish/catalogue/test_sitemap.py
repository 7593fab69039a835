"""Sitemaps: every page with its other language, nothing else, cut where the protocol says."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from budgetlod.publish.catalogue import sitemap as module
from budgetlod.publish.catalogue.sitemap import robots, sitemap

BASE = "https://data.example.org/预算/"
ENCODED = "https://data.example.org/%E9%A2%84%E7%AE%97/"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def addresses(content: bytes, place: str = "s:url/s:loc") -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(content).findall(place, SPACE)]


def test_pages_with_their_languages_and_nothing_else() -> None:
    files = sitemap(["index.html", "index.en.html", "data.ttl", "a&b/report.html", "sitemap.xml"], BASE)
    assert list(files) == ["sitemap.xml"]
    root = ElementTree.fromstring(files["sitemap.xml"])
    found = {
        url.findtext("s:loc", "", SPACE): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", SPACE)
        }
        for url in root.findall("s:url", SPACE)
    }
    both = {"zh": ENCODED + "index.html", "en": ENCODED + "index.en.html"}
    assert found == {both["zh"]: both, both["en"]: both, ENCODED + "a%26b/report.html": {}}


def test_no_pages_are_an_empty_sitemap() -> None:
    assert addresses(sitemap([], BASE)["sitemap.xml"]) == []


@pytest.mark.parametrize(("most", "sizes"), [(2, [2, 2, 1]), (5, [5]), (1, [1] * 5)])
def test_more_pages_than_fit_are_cut_into_parts(most: int, sizes: list[int]) -> None:
    pages = [f"{number}.html" for number in range(5)]
    files = sitemap(pages, BASE, most)
    parts = [content for name, content in files.items() if name != "sitemap.xml"] or list(files.values())
    assert [len(addresses(part)) for part in parts] == sizes
    assert [url for part in parts for url in addresses(part)] == [ENCODED + page for page in pages]
    if len(sizes) > 1:
        assert addresses(files["sitemap.xml"], "s:sitemap/s:loc") == [ENCODED + n for n in files if n != "sitemap.xml"]


def test_a_part_is_cut_where_it_would_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 700)
    files = sitemap([f"{number}.html" for number in range(12)], BASE)
    parts = [content for name, content in files.items() if name != "sitemap.xml"]
    assert len(parts) > 1
    assert max(map(len, parts)) <= 700
    assert sum(len(addresses(part)) for part in parts) == 12


def test_robots_name_the_sitemap() -> None:
    assert robots(BASE).decode().splitlines() == ["User-agent: *", "Allow: /", "", f"Sitemap: {ENCODED}sitemap.xml"]


def test_the_published_sitemap_names_every_page(published: Path) -> None:
    base = "https://w3id.org/budgetlod/data/"
    pages = {path.relative_to(published).as_posix() for path in published.rglob("*.html")}
    assert {unquote(url.removeprefix(base)) for url in addresses((published / "sitemap.xml").read_bytes())} == pages
    assert (published / "robots.txt").read_bytes() == robots(base)
