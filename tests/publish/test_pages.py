"""Pages: one sentence first, escaped, no script, links that work as files."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.pages import Totals, millions, opening, ten_thousands, totals
from budgetlod.publish.publication import PublicationSettings, publish
from tests.publish.small import FOLDER, small_item, small_triples


class Page(HTMLParser):
    """The links, tags and text of a page; fails on an element that is closed wrongly."""

    VOID = frozenset({"meta", "link", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publication") / "public"
    publish([small_item()], folder, PublicationSettings())
    return folder


PAGES = ["index.html", "index.en.html", f"{FOLDER}/index.html", f"{FOLDER}/index.en.html"]


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file(published: Path, name: str) -> None:
    page = Page((published / name).read_text(encoding="utf-8"))
    assert "script" not in page.tags
    for link in page.links:
        if "://" not in link and not link.startswith("data:"):
            assert (published / name).parent.joinpath(link).resolve().is_file(), link


def test_the_first_sentence_is_made_of_the_figures(published: Path) -> None:
    zh = Page((published / FOLDER / "index.html").read_text(encoding="utf-8")).text
    assert "收入总计 115.59 万元，支出总计 115.59 万元；“三公”经费 0.00 万元。" in zh
    en = Page((published / FOLDER / "index.en.html").read_text(encoding="utf-8")).text
    assert (
        "Total revenue CNY 1.1559 million, total expenditure CNY 1.1559 million; “three public” costs CNY 0.0 million."
        in en
    )


def test_text_of_others_is_escaped(published: Path) -> None:
    page = (published / FOLDER / "index.html").read_text(encoding="utf-8")
    assert "<b>特殊" not in page
    assert "&lt;b&gt;特殊&lt;/b&gt; &amp; 字符" in page
    assert 'title="空表列示 &lt;无预算&gt;"' in page


def test_totals_are_those_of_the_department_itself() -> None:
    found = totals(small_item(), Lookup(small_triples()))
    assert found == Totals(Decimal("1155900.00"), Decimal("1155900.00"), None, None, Decimal("0.00"))


def test_an_opening_without_figures_is_empty() -> None:
    assert opening(Totals(None, None, None, None, None), "zh") == ""
    only_projects = opening(Totals(None, Decimal(20000), None, Decimal(10000), None), "en")
    assert only_projects == "Total expenditure CNY 0.02 million; of which projects CNY 0.01 million."


@pytest.mark.parametrize(
    ("yuan", "wan", "million"),
    [
        ("13775100.00", "1,377.51", "13.7751"),
        ("156211123", "15,621.1123", "156.211123"),
        ("-95590", "\N{MINUS SIGN}9.559", "\N{MINUS SIGN}0.09559"),
        ("0.00", "0.00", "0.0"),
        ("100000000", "10,000.00", "100.0"),
    ],
)
def test_amounts_are_shown_without_rounding(yuan: str, wan: str, million: str) -> None:
    assert ten_thousands(Decimal(yuan)) == wan
    assert millions(Decimal(yuan)) == million
