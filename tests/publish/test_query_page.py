"""The query page in a real browser: from the disk and from a server, by keyboard, on a phone, without scripts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
import pytest

from budgetlod.publish.publication import PublicationSettings, publish
from budgetlod.publish.settings import BASE
from budgetlod.rdf.queries import named_queries
from budgetlod.serve.store import open_publication
from tests.browser import Browser, View, address, served
from tests.publish.small import FOLDER, IRI, small_item, small_triples

pytestmark = pytest.mark.xdist_group("browser")

DONE = "document.querySelector('#app').getAttribute('aria-busy') === 'false'"
TEXT = "document.querySelector('.CodeMirror').CodeMirror.getValue()"
EVERY_EXAMPLE = """
  const select = one('#example');
  for (const name of [...select.options].map(option => option.value).filter(Boolean)) {
    select.value = name;
    select.dispatchEvent(new Event('change'));
    while (one('#app').getAttribute('aria-busy') !== 'false') await pause();
    result[name] = one('#status').textContent.split(' · ')[1];
  }"""
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small disclosures of two departments: what they say of codes is the same."""
    folder = tmp_path_factory.mktemp("small") / "public"
    moved = [tuple(term.replace("110000-001", "110000-002") for term in triple) for triple in small_triples()]
    other = small_item(
        iri=IRI.replace("110000-001", "110000-002"),
        folder=FOLDER.replace("110000-001", "110000-002"),
        triples=moved,
        title_zh="另一局2024年部门预算",
    )
    publish([small_item(), other], folder, PublicationSettings())
    return folder


@pytest.fixture(scope="module")
def opened(browser: Browser, small: Path) -> Iterator[View]:
    """The page with the small disclosures, opened once: what is asked of it leaves it usable."""
    with asking(browser, address(small / "query/index.html"), "ASK {}") as view:
        yield view


@contextmanager
def asking(browser: Browser, page: str, query: str = "", **options: object) -> Iterator[View]:
    """Open the page with a query, wait for its end, and see that nothing was complained of or asked elsewhere."""
    fragment = f"#query={quote(query)}" if query else ""
    with browser.open(page + fragment, **options) as view:  # type: ignore[arg-type]
        wait(view)
        yield view
        assert view.console == []
        assert view.outside() == []


def wait(view: View) -> None:
    view.page.wait_for_function(DONE, polling=20)


def rows(view: View) -> list[list[str]]:
    script = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    found: list[list[str]] = view.page.locator("#result tbody tr").evaluate_all(script)
    return found


def ask(view: View, query: str, *, patiently: bool = True) -> None:
    """Put a query into the editor as a reader does, run it by keyboard, and wait for its end."""
    view.page.click(".CodeMirror")
    view.page.keyboard.press("Control+A")
    view.page.keyboard.insert_text(query)
    view.page.keyboard.press("Control+Enter")
    if patiently:
        wait(view)


def test_it_answers_at_once_from_the_disk(browser: Browser, published: Path) -> None:
    store = open_publication(published)
    with asking(browser, address(published / "query/index.html")) as view:
        amounts = [(row["label"], f"{int(row['amount']):,}") for row in answer(store, "totals-by-function")]
        assert [(label, amount) for _, label, amount in rows(view)] == amounts
        assert len(amounts) > 10
        common = view.page.locator("#result .once a").first
        assert (common.text_content(), common.get_attribute("href")) == (
            "秦皇岛经济技术开发区行政审批局2024年部门预算",
            "../dataset/130371-442/2024-budget/index.html",
        )
        assert view.axe() == []
        counts = view.look(EVERY_EXAMPLE)
        assert counts == {name: f"{len(answer(store, name))} 行" for name in named_queries()}


def answer(store: pyoxigraph.Store, name: str) -> list[dict[str, str]]:
    """Return what ``budgetlod query NAME`` finds, as texts."""
    query = named_queries()[name]
    found = store.query(
        query.text, substitutions=query.substitutions({}, BASE) or None, use_default_graph_as_union=True
    )
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: getattr(row[name], "value", "") for name in names} for row in found]


def test_it_answers_under_any_path_of_a_server_and_loads_the_plain_dumps(browser: Browser, small: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(?g != <https://w3id.org/budgetlod/ontology>) }"
    with served(small, "a/b") as home, asking(browser, f"{home}query/index.en.html", query) as view:
        own = [triple for triple in small_triples() if "budgetlod/code/" not in triple[0]]
        assert rows(view) == [[str(len(own))]]
        assert view.outside(home) == []
        assert f"{home}{FOLDER}/data.nt.gz" in view.requests
        view.page.select_option("#data", "all")
        wait(view)
        everything = rows(view)
        assert everything == [[str(2 * len(own))]]
        assert f"{home}all.nq.gz" in view.requests
        assert not [url for url in view.requests if "query/data/110000" in url]
    with asking(browser, address(small / "query/index.html", f"#data=all&query={quote(query)}")) as view:
        assert rows(view) == everything


def test_a_union_of_disclosures_counts_no_code_twice(opened: View) -> None:
    ask(opened, "SELECT (COUNT(*) AS ?n) { ?code a skos:Concept ; skos:notation ?notation }")
    one = rows(opened)
    opened.page.select_option("#data", "all")
    wait(opened)
    assert rows(opened) == one
    assert int(one[0][0].replace(",", "")) > 100


def test_the_last_choice_of_data_is_what_is_loaded(opened: View) -> None:
    opened.page.select_option("#data", "all")
    wait(opened)
    everything = opened.page.inner_text("#loaded")
    opened.look(f"""
      for (const choice of ['{FOLDER}', 'all', '{FOLDER}']) {{
        one('#data').value = choice;
        one('#data').dispatchEvent(new Event('change'));
        await new Promise(resolve => setTimeout(resolve, 20));
      }}""")
    wait(opened)
    single = opened.page.inner_text("#loaded")
    assert single != everything
    assert opened.page.is_hidden("#fault")
    ask(opened, "ASK {}")
    assert opened.page.inner_text("#loaded") == single


def test_an_error_names_its_line_and_marks_it(opened: View) -> None:
    ask(opened, "SELECT *\n{ ?s ?p ?o ) }")
    assert opened.page.inner_text("#fault").startswith("第 2 行第 12 列：")
    assert opened.page.locator(".fault-line").count() == 1
    line = "document.querySelector('.fault-line').parentElement.querySelector('.CodeMirror-linenumber').textContent"
    assert opened.evaluate(line) == "2"
    assert opened.axe() == []
    for query, meaning in {
        "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }": "GROUP BY",
        "INSERT DATA { <a:b> <a:b> <a:b> }": "不能修改",
        "SELECT * { ?s nobody:knows ?o }": "没有声明的前缀",
        "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }": "此页不联网",
    }.items():
        ask(opened, query)
        assert meaning in opened.page.inner_text("#fault")
    ask(opened, "ASK { ?s a qb:Observation }")
    assert (opened.page.is_hidden("#fault"), rows(opened)) == (True, [["是"]])
    assert opened.page.locator(".fault-line").count() == 0


def test_a_query_can_be_stopped_and_stops_by_itself(opened: View, browser: Browser, small: Path) -> None:
    ask(opened, SLOW, patiently=False)
    opened.page.wait_for_function("document.querySelector('#status').textContent === '正在查询…'")
    opened.page.click("#stop")
    wait(opened)
    assert opened.page.inner_text("#status") == "已停止。"
    ask(opened, "ASK {}")
    assert rows(opened) == [["是"]]
    page = small / "query/quick.html"
    text = (small / "query/index.en.html").read_text(encoding="utf-8")
    assert '"seconds": 30' in text
    page.write_text(text.replace('"seconds": 30', '"seconds": 1'), encoding="utf-8")
    with asking(browser, address(page), SLOW) as view:
        assert view.page.inner_text("#fault").startswith("Stopped after 1 seconds.")
    page.unlink()


def test_downloads_hold_what_the_engine_said(opened: View) -> None:
    ask(
        opened,
        """SELECT ?text ?number { VALUES (?text ?number) { ("一,\\"二\\"\\n三"@zh 1234567.50) (UNDEF -2) } }
        ORDER BY ?number""",
    )
    assert rows(opened) == [["—", "\N{MINUS SIGN}2"], ['一,"二"\n三', "1,234,567.5"]]
    with opened.page.expect_download() as loading:
        opened.page.click("#as-csv")
    content = loading.value.path().read_bytes()
    assert loading.value.suggested_filename == "query.csv"
    assert content.startswith(b"\xef\xbb\xbftext,number\r\n")
    assert content.endswith(b"\r\n")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["text", "number"],
        ["", "-2"],
        ['一,"二"\n三', "1234567.5"],
    ]
    with opened.page.expect_download() as loading:
        opened.page.click("#as-json")
    found = json.loads(loading.value.path().read_bytes())
    assert [row["number"]["value"] for row in found["results"]["bindings"]] == ["-2", "1234567.5"]


def test_a_graph_is_a_table_of_triples(opened: View) -> None:
    figures = {s for s, _, o in small_triples() if o.endswith("cube#Observation>")}
    ask(opened, "CONSTRUCT { ?s a skos:Concept } WHERE { ?s a qb:Observation }")
    assert opened.page.inner_text("#result .once").startswith("每行相同： predicate: ")
    assert len(rows(opened)) == len(figures) > 1
    ask(opened, f"DESCRIBE <{IRI}>")
    assert int(opened.page.inner_text("#status").split()[-2]) == sum(s == f"<{IRI}>" for s, *_ in small_triples())


def test_bars_have_the_lengths_of_their_numbers(opened: View) -> None:
    ask(opened, 'SELECT ?label ?amount { VALUES (?label ?amount) { ("a" 30) ("b" -10) ("c" 0) } }')
    opened.page.click("#as-bars")
    opened.page.wait_for_selector("#result .bars")
    script = "bars => bars.map(bar => [bar.getAttribute('x'), bar.getAttribute('width')])"
    assert opened.page.locator("#result .bar").evaluate_all(script) == [["25%", "75%"], ["0%", "25%"], ["25%", "0%"]]
    assert [cells[1] for cells in rows(opened)] == ["30", "\N{MINUS SIGN}10", "0"]
    assert opened.axe() == []
    opened.page.set_viewport_size({"width": 360, "height": 800})
    assert opened.fits()
    opened.page.set_viewport_size({"width": 1280, "height": 900})
    opened.page.click("#as-table")


def test_an_empty_answer_says_why_that_may_be(opened: View) -> None:
    ask(opened, "SELECT * { ?s blod:amonut ?o ; a ?t }")
    assert "载入的数据里没有这些名称： blod:amonut\n" in opened.page.inner_text("#result")
    assert "_T" in opened.page.inner_text("#result")
    assert opened.axe() == []


def test_the_editor_completes_from_our_terms_and_lets_the_keyboard_out(opened: View) -> None:
    opened.page.set_viewport_size({"width": 360, "height": 800})
    opened.page.click(".CodeMirror")
    opened.page.keyboard.press("Control+A")
    opened.page.keyboard.type("SELECT * { ?s blod:amou")
    opened.page.keyboard.press("Control+Space")
    opened.page.wait_for_selector(".CodeMirror-hint")
    assert "金额" in opened.page.inner_text(".CodeMirror-hint-active")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.type(" ?o } LIMIT 3")
    text = opened.evaluate(TEXT)
    assert text == "PREFIX blod: <https://w3id.org/budgetlod/ontology#>\nSELECT * { ?s blod:amount ?o } LIMIT 3"
    for _ in range(2):  # the part that scrolls, then the button
        opened.page.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.id") == "run"
    opened.page.keyboard.press("Enter")
    wait(opened)
    assert len(rows(opened)) == 3
    assert opened.fits()
    opened.page.set_viewport_size({"width": 1280, "height": 900})


def test_links_lead_on_and_the_language_keeps_the_query(opened: View) -> None:
    opened.evaluate(f"location.hash = '#iri={quote(IRI, safe='')}'")
    wait_for_link = f"#result a[href='../{FOLDER}/index.html']"
    opened.page.wait_for_selector(wait_for_link)
    wait(opened)
    code = opened.page.locator("#result a[href^='#iri=']").first
    target = code.get_attribute("title")
    code.click()
    opened.page.wait_for_function(f"{TEXT}.includes('<{target}> ?property')")
    wait(opened)
    text = opened.evaluate(TEXT)
    opened.page.click("text=English")
    wait(opened)
    assert opened.evaluate("document.documentElement.lang") == "en"
    # The question above the query is put in the language of the page.
    assert opened.evaluate(TEXT).partition("\n")[2] == text.partition("\n")[2]
    opened.page.select_option("#example", "projects")
    wait(opened)
    opened.page.click("#copy")
    opened.page.wait_for_function("document.querySelector('#status').textContent.includes('link')")
    assert opened.evaluate("location.hash") == "#example=projects"


def test_without_scripts_the_examples_have_their_results(browser: Browser, published: Path) -> None:
    with browser.open(address(published / "query/index.en.html"), scripts=False, width=360) as view:
        shown = view.page.inner_text("#prepared")
        assert view.page.is_hidden("#app")
        assert "一般公共服务支出\t11,559,000" in shown
        assert "budgetlod query three-public" in shown
        assert not [url for url in view.requests if "oxigraph" in url]


def test_without_webassembly_the_examples_have_their_results(browser: Browser, small: Path) -> None:
    with browser.open("about:blank") as view:
        view.page.add_init_script("delete window.WebAssembly")
        view.page.goto(address(small / "query/index.html"))
        view.page.wait_for_selector("#fault:not([hidden])")
        assert "WebAssembly" in view.page.inner_text("#fault")
        assert view.page.is_visible("#prepared")
