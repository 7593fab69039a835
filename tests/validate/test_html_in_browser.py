"""The page of the report in a real browser: filters, links, both languages, a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from budgetlod.validate.data import Data
from budgetlod.validate.render import to_html
from budgetlod.validate.report import Report
from tests.validate.browser import CHROMIUM, look

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed (Debian: chromium)")

COUNT = "all('.finding').filter(seen).length"


@pytest.fixture
def folder(tmp_path: Path, disclosure: Graph, laws: Report) -> Path:
    (tmp_path / "report.html").write_text(to_html(laws, Data.of_graph(disclosure)), encoding="utf-8")
    return tmp_path


def test_filters_links_and_languages(folder: Path, laws: Report) -> None:
    seen = look(
        folder,
        "report.html",
        f"""
        result.all = {COUNT};
        one('input[value=violation]').click();
        result.light = {COUNT};
        result.entries = all('.index li').filter(seen).length;
        result.said = one('#shown-number').textContent;
        result.loud = all('.mark:not(.quiet)').filter(mark => !mark.querySelector('.flag:not([data-off])')).length;
        one('#none').click();
        result.none = {COUNT};
        one('#all').click();
        result.again = {COUNT};
        one('input[value=balance], input[value=rollup]').click();
        result.family = {COUNT};
        one('#all').click();
        result.broken = all('a').filter(a => !a.hash || !doc.getElementById(a.hash.slice(1))).map(a => a.href);
        all('details').forEach(part => {{ part.open = false; }});
        const link = one('.index a');
        link.click(); await pause();
        result.target = seen(doc.getElementById(link.hash.slice(1)));
        one('label[for=language-en]').click(); await pause();
        result.language = doc.documentElement.lang;
        result.chinese = all('.zh').filter(seen).length;
        result.english = one('h1').innerText;
        result.wide = doc.documentElement.scrollWidth <= win.innerWidth;
        """,
    )
    number = len(laws.findings)
    light = sum(finding.severity != "violation" for finding in laws.findings)
    first = sum(finding.family == "rollup" for finding in laws.findings)
    assert seen.result == {
        "all": number, "light": light, "entries": light, "said": str(light), "loud": 0, "none": 0, "again": number,
        "family": number - first, "broken": [], "target": True, "language": "en", "chinese": 0,
        "english": "Validation report", "wide": True,
    }  # fmt: skip
    assert seen.console == []


def test_a_phone_never_scrolls_the_page_sideways(folder: Path) -> None:
    seen = look(
        folder,
        "report.html",
        """
        all('details').forEach(part => { part.open = true; });
        result.width = win.innerWidth;
        result.fits = doc.documentElement.scrollWidth <= win.innerWidth;
        result.small = all('a.flag, button, label').filter(seen)
            .filter(one => one.getBoundingClientRect().height < 23.5).map(one => one.textContent.trim());
        """,
        width=360,
    )
    assert seen.result == {"width": 360, "fits": True, "small": []}
    assert seen.console == []
