"""The page of the report in a real browser: filters, links, both languages, a phone."""

from __future__ import annotations

import pytest
from rdflib import Graph

from budgetlod.validate.data import Data
from budgetlod.validate.render import to_html
from budgetlod.validate.report import Report
from tests.browser import Browser, address

pytestmark = pytest.mark.xdist_group("browser")

COUNT = "all('.finding').filter(seen).length"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, disclosure: Graph, laws: Report) -> str:
    page = tmp_path_factory.mktemp("report") / "report.html"
    page.write_text(to_html(laws, Data.of_graph(disclosure)), encoding="utf-8")
    return address(page)


def test_filters_links_and_languages(browser: Browser, report: str, laws: Report) -> None:
    with browser.open(report) as view:
        result = view.look(
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
        result.broken = all('a').filter(a => !a.hash || !document.getElementById(a.hash.slice(1))).map(a => a.href);
        all('details').forEach(part => {{ part.open = false; }});
        const link = one('.index a');
        link.click(); await pause();
        result.target = seen(document.getElementById(link.hash.slice(1)));
        one('label[for=language-en]').click(); await pause();
        result.language = document.documentElement.lang;
        result.chinese = all('.zh').filter(seen).length;
        result.english = one('h1').innerText;
        result.wide = document.documentElement.scrollWidth <= window.innerWidth;
        """
        )
        assert view.console == []
    number = len(laws.findings)
    light = sum(finding.severity != "violation" for finding in laws.findings)
    first = sum(finding.family == "rollup" for finding in laws.findings)
    assert result == {
        "all": number, "light": light, "entries": light, "said": str(light), "loud": 0, "none": 0, "again": number,
        "family": number - first, "broken": [], "target": True, "language": "en", "chinese": 0,
        "english": "Validation report", "wide": True,
    }  # fmt: skip


def test_a_phone_never_scrolls_the_page_sideways(browser: Browser, report: str) -> None:
    with browser.open(report, width=360) as view:
        result = view.look(
            """
            all('details').forEach(part => { part.open = true; });
            result.small = all('a.flag, button, label').filter(seen)
                .filter(one => one.getBoundingClientRect().height < 23.5).map(one => one.textContent.trim());
            """
        )
        assert view.fits()
        assert view.console == []
    assert result == {"small": []}
