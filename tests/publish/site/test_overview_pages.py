"""Pages of the whole, from entries alone: the first page by number of disclosures, departments over years, dumps, 404."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from budgetlod.publish.addresses import page_of
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.settings import BASE
from budgetlod.publish.site import data_page, department, guide, home
from budgetlod.publish.site.guide import terms
from budgetlod.publish.site.names import Names
from budgetlod.publish.site.notes import units
from budgetlod.publish.site.overview_lines import areas
from budgetlod.publish.site.rendering import anchor
from budgetlod.publish.stages import Page
from tests.publish.site.crawl import PageText
from tests.publish.site.small_entries import entry, overview


def texts(pages: list[Page]) -> dict[str, str]:
    return {path: content.decode() for path, content in pages}


def test_bars_share_a_scale_within_an_area_a_year_and_a_phase() -> None:
    found = areas([
        entry("a", 2024, "100"), entry("b", 2024, "50"), entry("c", 2025, "10"), entry("d", 2024, "5", "final"),
        entry("e", 2024, "1", area=["乙市", "City B", "120000"]), entry("f", 2024, area=None),
    ])  # fmt: skip
    assert [(area.label.zh, [line.width for line in area.lines]) for area in found] == [
        ("甲市", ["100%", "50%", "100%", "100%"]), ("乙市", ["100%"]), ("其他", ["0%"]),
    ]  # fmt: skip


def test_a_few_disclosures_are_listed_by_area(tmp_path: Path) -> None:
    whole = overview(tmp_path, entry("a", 2024, "13775100", change=["2023", "-234700", "-1.7"]), entry("b", 2025))
    pages = texts(list(home.pages(whole)))
    assert sorted(pages) == ["index.en.html", "index.html"]
    page = PageText(pages["index.html"])
    assert "2 份预决算 · 1 个地区 · 2024–2025" in page.text
    assert "1,377.51" in page.text
    assert "▼ −23.47 −1.7%" in page.text
    assert "未识别" in page.text
    assert "area-110000" in page.ids
    assert "dataset/a/2024-budget/figure/expenditure/index.html" in page.links
    assert "2 disclosures · 1 area · 2024–2025" in PageText(pages["index.en.html"]).text


def test_many_disclosures_get_a_page_for_each_area(tmp_path: Path) -> None:
    entries = [entry(f"a{number}", 2024, "1") for number in range(40)] + [
        entry("b", 2024, "1", area=["乙市", "", "120000"])
    ]
    pages = texts(list(home.pages(overview(tmp_path, *entries))))
    assert sorted(pages) == [
        "area/110000/index.en.html", "area/110000/index.html", "area/120000/index.en.html", "area/120000/index.html",
        "index.en.html", "index.html",
    ]  # fmt: skip
    first = PageText(pages["index.html"])
    assert "area/110000/index.html" in first.links
    assert "area-120000" in first.ids
    assert "dataset/a0/2024-budget/index.html" not in first.links
    area = PageText(pages["area/110000/index.html"])
    assert "../../dataset/a39/2024-budget/index.html" in area.links
    assert area.links.count("../../dataset/b/2024-budget/index.html") == 0


def test_a_department_shows_every_year_and_what_is_missing(tmp_path: Path) -> None:
    units = [["https://w3id.org/budgetlod/data/organization/a#unit-%E4%B8%AD%E5%BF%83", "中心", "事业"]]
    whole = overview(
        tmp_path, entry("a", 2022, "100", name="旧名", units=units), entry("a", 2024, "200", "final", units=units), entry("b", 2024, "9"),
    )  # fmt: skip
    pages = texts(list(department.pages(whole)))
    assert sorted(pages) == [f"organization/{org}/{name}" for org in "ab" for name in ("index.en.html", "index.html")]
    page = PageText(pages["organization/a/index.html"])
    words = re.sub(r"\s+", " ", page.text)
    for said in (
        "2022 预算",
        "2022 决算 未收录",
        "2023 预算 未收录",
        "2024 预算 未收录",
        "2024 决算",
        "旧名、部门a",
        "2022年预算、2024年决算",
    ):
        assert said in words
    assert "unit-中心" in page.ids
    assert pages["organization/a/index.html"].count('class="dot full"') == 1
    assert pages["organization/a/index.html"].count('class="dot"') == 1


def test_every_unit_that_the_data_name_is_known_to_the_department(graph: Lookup) -> None:
    department = f"{BASE}organization/a"
    bracketed = f"{department}#unit-%E5%B1%80%28%E6%9C%AC%E7%BA%A7%29"
    one = Lookup([("<urn:x>", "<urn:p>", f"<{bracketed}>"), ("<urn:x>", "<urn:p>", f"<{department}>")])
    assert units(one, Names(one), department) == [(bracketed, "局(本级)", "")]
    assert anchor(bracketed) == page_of(bracketed, BASE).partition("#")[2] == "unit-局(本级)"
    kinds = [kind for _, _, kind in units(graph, Names(graph), f"{BASE}organization/130371-442")]
    assert len(kinds) == 3
    assert all(kinds)


def test_the_page_for_harvesters_lists_dumps_with_their_checksums(tmp_path: Path) -> None:
    (tmp_path / "all.nq.gz").write_bytes(b"quads")
    pages = texts(list(data_page.pages(overview(tmp_path, entry("a", 2024), site="https://example.org/x/"))))
    page = PageText(pages["data/index.html"])
    assert hashlib.sha256(b"quads").hexdigest() in page.text
    assert "../all.nq.gz" in page.links
    assert "../observations.parquet" not in page.links
    assert "https://example.org/x/catalog.ttl" in page.text
    assert '<link rel="canonical" href="https://example.org/x/data/index.html">' in pages["data/index.html"]


def test_the_guide_explains_ten_terms_in_both_languages(tmp_path: Path) -> None:
    assert len(terms()) == 10
    pages = texts(list(guide.pages(overview(tmp_path, entry("a", 2024)))))
    for name, key in (("guide/index.html", "means_zh"), ("guide/index.en.html", "means_en")):
        page = PageText(pages[name])
        assert all(str(term[key]) in page.text for term in terms())
        assert {str(term["id"]) for term in terms()} <= page.ids


@pytest.mark.parametrize(("site", "based"), [("", False), ("https://example.org/x/", True)])
def test_what_is_not_there_leads_home(tmp_path: Path, site: str, based: bool) -> None:
    page = texts(list(guide.pages(overview(tmp_path, entry("a", 2024), site=site))))["404.html"]
    assert ('<base href="https://example.org/x/">' in page) is based
    assert "index.html" in PageText(page).links
    assert 'name="robots" content="noindex"' in page
