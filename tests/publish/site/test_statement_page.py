"""Statement pages: the table is the printed one, cell by cell; sums, breaks and findings stand at their cells."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from budgetlod.publish.addresses import link, page_of
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.material import Material
from budgetlod.publish.rebuild import Table, rebuild, statements
from budgetlod.publish.settings import BASE, PublicationSettings
from budgetlod.publish.site import statement
from budgetlod.publish.site.sums import Sums
from budgetlod.publish.stages import Disclosed
from budgetlod.rdf import formats
from budgetlod.rdf.names import BLOD, QB, RDF
from budgetlod.rdf.terms import Triple, iri, typed
from tests.publish.site.conftest import FOLDER
from tests.publish.site.grids import Cells
from tests.publish.small import IRI, small_item, small_triples

BALANCE = f"{IRI}/statement/balance"


@pytest.fixture(scope="module")
def tables(example_triples: list[Triple]) -> list[Table]:
    store = Store()
    store.load(formats.ntriples(example_triples), format=RdfFormat.N_TRIPLES)
    return [rebuild(store, one) for one in statements(store)]


def anchors(graph: Lookup, table: Table, kind: str) -> list[str]:
    found = [one for one in graph.members(BLOD + kind) if graph.text(one, BLOD + "inStatement") == table.statement]
    return [one.partition("#")[2] for one in sorted(found, key=lambda one: graph.number(one, BLOD + "order"))]


def test_every_table_is_the_printed_one(published: Path, graph: Lookup, tables: list[Table]) -> None:
    assert len(tables) == 21
    for table in tables:
        rows, columns = anchors(graph, table, "Row"), anchors(graph, table, "Column")
        expected = {f"{row}{column}": text for row, cells in zip(rows, table.rows, strict=True)
                    for column, text in zip(columns, cells, strict=True)}  # fmt: skip
        for language in ("zh", "en"):
            page = published / page_of(table.statement, BASE, language)
            assert Cells(page.read_text(encoding="utf-8")).texts == expected, page


def test_the_csv_of_a_table_holds_what_it_prints(published: Path, tables: list[Table]) -> None:
    for table in tables:
        content = (published / page_of(table.statement, BASE)).with_name("table.csv").read_text(encoding="utf-8")
        header, *rows = csv.reader(io.StringIO(content)) if table.headers else [[]]
        assert (tuple(header), tuple(map(tuple, rows))) == (table.headers, table.rows)


def test_every_amount_leads_to_what_it_states(published: Path, graph: Lookup) -> None:
    pages: dict[str, Cells] = {}
    for cell in graph.members(BLOD + "Cell"):
        page, _, anchor = page_of(cell, BASE).partition("#")
        if page not in pages:
            pages[page] = Cells((published / page).read_text(encoding="utf-8"))
        stated = page_of(graph.text(cell, BLOD + "states"), BASE)
        assert pages[page].links[anchor] == link(page, stated)


def test_pages_begin_where_the_document_has_them(published: Path) -> None:
    text = (published / FOLDER / "statement/expenditure/index.html").read_text(encoding="utf-8")
    found = re.findall(r'<tr class="page"><td colspan="\d+">([^<]+)</td></tr>\n<tr id="(r\d+)"', text)
    assert found == [("本表第2页", "r9"), ("本表第3页", "r17")]


def test_an_income_and_an_expenditure_side_stand_side_by_side(published: Path) -> None:
    text = (published / FOLDER / "statement/balance/index.html").read_text(encoding="utf-8")
    heads = [re.findall(r'<th id="(c\d)"', head) for head in re.findall(r"<thead>.*?</thead>", text, re.DOTALL)]
    assert heads == [["c0", "c1", "c2"], ["c3", "c4"]]


def test_an_empty_table_says_so_with_its_note(published: Path) -> None:
    text = (published / FOLDER / "statement/government-fund-expenditure/index.html").read_text(encoding="utf-8")
    assert '空表列示。 <q lang="zh-CN">注：无政府基金预算财政拨款预算，空表列示。</q>' in text
    assert sorted(re.findall(r'<th id="(c\d)"', text)) == ["c0", "c1", "c2", "c3", "c4", "c5"]


def faulty() -> dict[str, str]:
    """Pages of the small disclosure in which a part is 0.01 short, a number unmapped, a row and a column faulted."""
    breakdown = iri(f"{IRI}#breakdown-wrong")
    figure = f"{IRI}/figure/"
    said = [
        (breakdown, iri(RDF + "type"), iri(BLOD + "Breakdown")),
        (breakdown, iri(BLOD + "whole"), iri(figure + "outlay")),
        (breakdown, iri(BLOD + "breaksDown"), iri(BLOD + "function")),
        (breakdown, iri(BLOD + "inStatement"), iri(BALANCE)),
        (iri(figure + "function"), iri(BLOD + "inBreakdown"), breakdown),
    ]
    triples = [
        (s, p, typed("1155800.00", "decimal") if (s, p) == (iri(figure + "function"), iri(BLOD + "amount")) else o)
        for s, p, o in small_triples()
    ]
    places = [
        {"iri": f"{BALANCE}#{place}", "zh": "", "en": "", "printed": "", "states": []} for place in ("r10c4", "r1")
    ]
    finding = {"number": 7, "severity": "violation", "identifiers": ["A02"], "accepted": "", "family": "rollup",
               "messages": {"zh": "差 <1>", "en": "off"}, "places": places}  # fmt: skip
    unmapped = [{"row": 10, "column": 2, "printed": "12.3", "place": "page 4"}]
    reports = {
        "report.json": json.dumps({"findings": [finding], "profile": "publication"}).encode(),
        "reading.json": json.dumps({"statements": [{"key": "balance", "unmapped": unmapped}]}).encode(),
    }
    item = small_item(triples=sorted({*triples, *said}), report_files=reports)
    one = Disclosed(Material(item, b"", Lookup(item.triples), {}), [], PublicationSettings())
    return {path: content.decode() for path, content in statement.pages(one) if path.endswith(".html")}


def test_what_is_wrong_stands_at_its_cell() -> None:
    pages = faulty()
    zh, en = (pages[page_of(BALANCE, BASE, language)] for language in ("zh", "en"))
    assert Cells(zh).signs == {"r10c4": ["✕ 差 0.01", "✕"], "r1c1": ["✕"], "r1c4": ["≠"]}
    assert Cells(en).signs["r10c4"] == ["✕ off by 0.01", "✕"]
    assert 'href="../../report/index.html#finding-7" title="差 &lt;1&gt;"' in zh
    assert 'href="../../report/index.en.html#finding-7" title="off"' in en
    assert '<td id="r10c2" class="num un" title="未识别">12.3' in zh
    assert '<a href="#r10c2"><code>12.3</code></a> <span class="sub">第4页</span>' in zh
    assert "表内 1 个合计，1 个对不上" in zh


@pytest.mark.parametrize(
    ("whole", "parts", "state", "gap"),
    [
        (("300", "100"), [("100", "100"), ("200", "100")], "closes", "0"),
        (("310", "10"), [("100", "100"), ("200", "100")], "rounded", "10"),
        (("300", "100"), [("100", "100"), ("100", "100")], "broken", "100"),
        (("300", "100"), [], "open", "0"),
    ],
)
def test_sums_are_judged_as_the_shapes_judge_them(
    whole: tuple[str, str], parts: list[tuple[str, str]], state: str, gap: str
) -> None:
    triples = [("<x:b>", f"<{RDF}type>", f"<{BLOD}Breakdown>"), ("<x:b>", f"<{BLOD}whole>", "<x:w>")]
    for name, (amount, precision) in [("w", whole), *((f"p{number}", part) for number, part in enumerate(parts))]:
        triples += [
            (f"<x:{name}>", f"<{BLOD}amount>", typed(amount, "decimal")),
            (f"<x:{name}>", f"<{BLOD}precision>", typed(precision, "decimal")),
            (f"<x:{name}>", f"<{RDF}type>", f"<{QB}Observation>"),
        ]
        triples += [(f"<x:{name}>", f"<{BLOD}inBreakdown>", "<x:b>")] if name != "w" else []
    (found,) = Sums(Lookup(triples)).of("x:w")
    assert (found.state, str(found.gap)) == (state, gap)
