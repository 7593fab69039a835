"""The pages of a publication made by hand: escaped, in both languages, from figures that are few."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from budgetlod.publish.publication import PublicationSettings, publish
from budgetlod.publish.site.money import millions, ten_thousands
from tests.publish.site.crawl import PageText, Site
from tests.publish.small import FOLDER, small_item


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publication") / "public"
    publish([small_item()], folder, PublicationSettings())
    return folder


def test_every_link_leads_to_a_file(published: Path) -> None:
    site = Site(published)
    # The small graph does not describe all codes that it uses, so that these have no page for an answer to link to.
    assert [link for link in site.broken() if not link.startswith("query/")] == []
    assert {path: page.faults for path, page in site.pages.items() if page.faults} == {}


def test_the_page_opens_with_what_the_figures_say(published: Path) -> None:
    zh = PageText((published / FOLDER / "index.html").read_text(encoding="utf-8")).text
    assert "115.59" in zh
    assert "“三公”经费 0.00 万元。" in zh
    en = PageText((published / FOLDER / "index.en.html").read_text(encoding="utf-8")).text
    assert "“Three public” costs: CNY 0.0 million." in en


def test_text_of_others_is_escaped(published: Path) -> None:
    page = (published / FOLDER / "index.html").read_text(encoding="utf-8")
    assert "<b>特殊" not in page
    assert "&lt;b&gt;特殊&lt;/b&gt; &amp; 字符" in page
    assert 'title="空表列示 &lt;无预算&gt;"' in page


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
