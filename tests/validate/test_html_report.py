"""The report as a page: complete, escaped, and its marks and findings lead to one another."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rdflib import Graph, Literal, URIRef

from budgetlod.rdf.names import BLOD, PROV, RDF, RDFS
from budgetlod.validate import validate
from budgetlod.validate.data import Data
from budgetlod.validate.printed import Document, Run, Section, Table, cut, find
from budgetlod.validate.render import render, to_html
from budgetlod.validate.report import Report
from budgetlod.validate.subject import Style, Subject
from tests.validate.conftest import DATA
from tests.validate.samples import ABOUT, BLANK_ACCEPTED, EMPTY, FULL


class Page(HTMLParser):
    """Ids, links, and the text of each element that has an id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        for name in ("href", "src", "action"):
            if name in given:
                self.addresses.append(given[name] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        if tag == "details" and "open" in given:
            self.open.append(given.get("id") or "")


@pytest.fixture(scope="module")
def data(disclosure: Graph) -> Data:
    return Data.of_graph(disclosure)


@pytest.fixture(scope="module")
def html(laws: Report, data: Data) -> str:
    return to_html(laws, data)


def test_every_link_leads_somewhere_on_the_page(html: str) -> None:
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(address.startswith(("#", "data:")) for address in page.addresses)


def test_a_wrong_cell_is_marked_and_the_mark_leads_to_its_finding(html: str, laws: Report) -> None:
    wrong = next(f for f in laws.findings if any(place.printed == "6.01" for place in f.places))
    mark = re.search(r'<span class="mark violation(?: beside)?" id="([^"]+)" tabindex="-1">6.01(.*?)</span></td>', html)
    assert mark
    assert f'href="#s1-f{wrong.number}"' in mark[2]
    assert "✕" in mark[2]
    card = html.partition(f'id="s1-f{wrong.number}"')[2].partition("</article>")[0]
    assert f'href="#{mark[1]}"' in card


def test_the_likeliest_place_of_a_contradiction_stands_out() -> None:
    card = to_html(FULL).partition('id="s1-f1"')[2].partition("</article>")[0]
    assert card.count("最可能") == 1
    assert card.index("最可能") < card.index("原文第53至54行")


def test_a_row_is_marked_at_its_number(html: str) -> None:
    assert re.search(
        r'<tr class="marked"><th scope="row" class="number" id="s1-t\d+r10">10<a class="flag warning"', html
    )


def test_only_parts_with_findings_are_open(disclosure: Graph, laws: Report) -> None:
    graph = Graph()
    graph += disclosure
    quiet = URIRef(DATA + "quiet")
    graph.add((quiet, URIRef(RDF + "type"), URIRef(BLOD + "Statement")))
    graph.add((quiet, URIRef(RDFS + "label"), Literal("支出总表", lang="zh")))
    page = to_html(laws, Data.of_graph(graph))
    parts = re.findall(r'<details class="block" id="[^"]+"( open)?>\s*<summary><h4 [^>]*>([^<]+)', page)
    states = {title: bool(state) for state, title in parts}
    assert (states["支出总表"], states["收入总表"]) == (False, True)


def test_both_languages_are_there_and_one_is_shown_first(laws: Report, data: Data) -> None:
    english, chinese = to_html(laws, data, "en"), to_html(laws, data, "zh")
    for page in (english, chinese):
        assert "Validation report" in page
        assert "检查报告" in page
    assert '<html lang="en">' in english
    assert 'id="language-en" class="unseen" checked' in english
    assert 'id="language-zh" class="unseen" checked' in chinese


def test_without_data_there_are_findings_alone() -> None:
    page = to_html(FULL)
    assert page.count('<article class="finding') == len(FULL.findings)
    assert "<table" not in page


def test_accepted_stale_and_problems_are_shown() -> None:
    page = to_html(FULL)
    assert BLANK_ACCEPTED.reason in page
    assert "B99" in page
    assert "一行被分到两页" in page
    assert 'class="finding warning accepted"' in page
    assert "/x/y.txt" not in page


def test_lighter_findings_can_be_left_out_and_are_counted() -> None:
    page = render("html", [Subject(FULL)], Style(minimum="warning"))
    assert "TableHasLabel" not in page
    assert "lighter findings not shown: 1" in page


def test_nothing_found() -> None:
    assert "没有发现问题" in to_html(EMPTY)


def test_several_reports_share_a_page() -> None:
    page = Page(render("html", [Subject(FULL), Subject(FULL)], Style()))
    assert {"s1-f1", "s2-f1"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_text_of_a_document_is_never_markup(disclosure: Graph) -> None:
    evil = '</script><script>alert("1")</script><img src=x onerror=alert(2)>'
    graph = Graph()
    for s, p, o in disclosure:
        texts = isinstance(o, Literal) and p in (URIRef(RDFS + "label"), URIRef(BLOD + "label"))
        graph.add((s, p, Literal(f"{evil}{o}", lang=o.language) if texts and isinstance(o, Literal) else o))
    page = to_html(validate(graph, profile="laws"), Data.of_graph(graph))
    assert evil not in page
    assert "<img" not in page
    assert page.count("<script>") == 1
    assert "&lt;script&gt;" in page


def test_a_reason_is_never_markup() -> None:
    findings = tuple(replace(f, accepted="<b>x</b>") for f in FULL.findings)
    assert "<b>x</b>" not in to_html(replace(FULL, findings=findings))


# --- tables and sections as printed -------------------------------------------------------------------------------------


def test_prints_are_found_in_order_whatever_their_spaces() -> None:
    text = "其中 0.00 万元，另 0.00万元；共5 万元"
    assert [text[start:end] for start, end, _ in find(text, [("a", "0.00万元"), ("b", "0.00 万元"), ("c", "5万元")])] == [
        "0.00 万元", "0.00万元", "5 万元",
    ]  # fmt: skip
    assert list(find(text, [("a", "7万元"), ("b", " ")])) == []


def test_a_text_is_cut_at_its_prints() -> None:
    runs = list(cut("共5万元。", [(1, 4, "a"), (2, 3, "b")]))
    assert runs == [Run("共"), Run("5万元", ("a", "b")), Run("。")]
    assert "".join(run.text for run in cut("共5万元", [])) == "共5万元"


def test_parts_of_a_document(data: Data) -> None:
    parts = {part.title: part for part in Document(data.store, ABOUT).parts()}
    table = parts["收入总表"]
    assert isinstance(table, Table)
    assert table.headings == ("项目", "合计", "项目")
    assert [[cell.text for cell in cells] for cells in table.rows[1].cells] == [["行政 运行"], ["2.00"], ["其他收入"]]
    assert isinstance(parts["二、总体情况"], Section)


def test_what_names_no_table_belongs_to_the_part_before_it() -> None:
    lines = {"a": "1,2", "b": "9,10", "x": "4,5", "y": "12,13", "early": "0,1"}
    graph = Graph()
    for name, position in lines.items():
        source = URIRef(f"{DATA}source.txt#line={position}")
        graph.add((URIRef(DATA + name), URIRef(PROV + "hadPrimarySource"), source))
    for name, kind in (("a", "Statement"), ("b", "Section")):
        graph.add((URIRef(DATA + name), URIRef(RDF + "type"), URIRef(BLOD + kind)))
    document = Document(Data.of_graph(graph).store)
    homes = [document.home(DATA + name).removeprefix(DATA) for name in ("x", "y", "nowhere", "early", "a")]
    assert homes == ["a", "b", "", "", "a"]
