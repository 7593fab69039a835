"""The site in a real browser: search, switches, languages; no sideways scroll and no clipped number on a phone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.browser import Browser, address
from tests.publish.site.conftest import FOLDER

pytestmark = pytest.mark.xdist_group("browser")

INDEX = [
    ["project", "系统建设", "", "organization/a/project/2024/P1/index.html", "P1"],
    ["department", "某局", "Some bureau", "organization/a/index.html", ""],
    ["code", "行政运行", "Administrative operation", "code/function/2010301/index.html", "2010301"],
]
AMOUNTS = {"13": [["13775100.00", "支出总计", "dataset/a/2024-budget/figure/expenditure/index.html"]]}


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site with a search index made by hand."""
    copy = tmp_path_factory.mktemp("browser") / "site"
    shutil.copytree(published, copy, ignore=shutil.ignore_patterns("*.ttl", "*.gz", "*.rdf", "data.jsonld", "report.*"))
    (copy / "assets" / "amounts").mkdir(parents=True, exist_ok=True)
    (copy / "assets/search.js").write_text(f"window.budgetlodIndex = {json.dumps(INDEX)};", encoding="utf-8")
    shards = f"window.budgetlodAmounts = {json.dumps(AMOUNTS)};"
    (copy / "assets/amounts/13.js").write_text(shards, encoding="utf-8")
    return copy


def test_search_switches_and_languages(folder: Path, browser: Browser) -> None:
    with browser.open(address(folder / f"{FOLDER}/index.html")) as view:
        result = view.look("""
        const wait = () => new Promise(resolve => setTimeout(resolve, 300));
        const box = one('#q');
        const ask = async text => {
            box.value = text; box.dispatchEvent(new window.Event('input')); await wait();
            return all('.found a').map(a => [a.firstChild.textContent, a.lastChild.textContent, a.getAttribute('href')]);
        };
        result.shown = seen(one('.find-form'));
        result.words = await ask('某 局');
        result.code = (await ask('2010301')).length;
        result.amount = await ask('1,377.51 万元');
        result.yuan = (await ask('13775100')).length;
        result.nothing = [(await ask('没有的词')).length, one('.found p').textContent.slice(0, 4)];
        const middle = all('tr.mid').filter(seen).length;
        one('input[data-shows]').click(); await wait();
        result.middle = [middle, all('tr.mid').filter(seen).length > 0];
        window.location.hash = '#projects'; await wait();
        const other = new URL(one('a.switch').href);
        result.other = other.pathname.split('/').pop() + other.hash;
        result.wide = document.documentElement.scrollWidth <= window.innerWidth;
        """)
    up = "../../../"
    assert result == {
        "shown": True,
        "words": [["某局", "部门", f"{up}organization/a/index.html"]],
        "code": 1,
        "amount": [["支出总计", "数字", f"{up}dataset/a/2024-budget/figure/expenditure/index.html"]],
        "yuan": 1,
        "nothing": [0, "没有找到"],
        "middle": [0, True],
        "other": "index.en.html#projects",
        "wide": True,
    }


@pytest.mark.parametrize("name", ["index.html", "index.en.html"])
def test_a_phone_never_scrolls_sideways_and_clips_no_number(folder: Path, browser: Browser, name: str) -> None:
    with browser.open(address(folder / f"{FOLDER}/{name}"), width=360) as view:
        result = view.look("""
        all('details').forEach(part => { part.open = true; });
        result.width = window.innerWidth;
        result.fits = document.documentElement.scrollWidth <= window.innerWidth;
        const box = element => element.getBoundingClientRect();
        result.clipped = all('.strip text').filter(seen)
            .filter(text => box(text).right > box(text.parentNode.parentNode).right + 1 ||
                box(text).width > Number(text.parentNode.width.baseVal.value))
            .map(text => text.textContent);
        result.out = all('.n, td.num, th').filter(seen).filter(one => box(one).right > window.innerWidth + 1)
            .map(one => one.textContent);
        result.labels = all('.strip text').filter(seen).length > 3;
        """)
        console = view.console
    assert result == {"width": 360, "fits": True, "clipped": [], "out": [], "labels": True}
    assert console == []


PAGES = {
    "home": "index.html",
    "guide": "guide/index.html",
    "data": "data/index.en.html",
    "not found": "404.html",
    "disclosure": f"{FOLDER}/index.html",
    "disclosure in English": f"{FOLDER}/index.en.html",
    "text": f"{FOLDER}/text/index.html",
    "source": f"{FOLDER}/source/index.html",
    "statement": f"{FOLDER}/statement/expenditure/index.html",
    "two sides": f"{FOLDER}/statement/balance/index.en.html",
    "figure": f"{FOLDER}/figure/outlay/index.html",
    "report": f"{FOLDER}/report/index.html",
    "department": "organization/130371-442/index.html",
    "codes": "code/index.html",
    "scheme": "code/function/index.html",
    "code": "code/function/2010301/index.html",
    "ontology": "ontology/index.en.html",
    "rules": "rule/index.html",
}


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_page_is_accessible_quiet_and_narrow(published: Path, browser: Browser, kind: str) -> None:
    with browser.open(address(published / PAGES[kind])) as view:
        assert view.axe() == []
        assert (view.outside(), view.console) == ([], [])
        view.page.set_viewport_size({"width": 360, "height": 800})
        assert view.fits()


def test_projects_are_accessible_quiet_and_narrow(published: Path, browser: Browser) -> None:
    project = min(published.glob("organization/*/project/*/*/index.html"))
    with browser.open(address(project), width=360) as view:
        assert (view.axe(), view.outside(), view.console, view.fits()) == ([], [], [], True)
