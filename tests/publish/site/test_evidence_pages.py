"""Pages of figures, projects, codes, terms, rules and checks: what they say is what the data says."""

from __future__ import annotations

import gzip
import html
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from budgetlod.publish.addresses import PAGE_NAMES, link, page_of
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.settings import BASE
from budgetlod.publish.site.evidence import Facts
from budgetlod.publish.site.figure_facts import FigureFacts
from budgetlod.publish.site.money import ten_thousands
from budgetlod.publish.site.project import KEPT
from budgetlod.publish.site.project_chart import Payment, bars
from budgetlod.publish.site.rule_facts import checked_by, groups
from budgetlod.publish.site.search import shard
from budgetlod.publish.site.shell import Shell, either, gap, in_language
from budgetlod.publish.site.term_facts import examples, terms
from budgetlod.rdf.names import BLOD, CODE, QB, RULE
from tests.publish.site.conftest import FOLDER
from tests.publish.site.crawl import Site

ITEM = BASE + FOLDER
RUNNING = f"{ITEM}/figure/expenditure.function-2010301"
SEALS = f"{BASE}organization/130371-442/project/2024/13031124P004687123296"


@pytest.fixture(scope="module")
def facts(graph: Lookup) -> Facts:
    return Facts(graph, BASE, {f"{FOLDER}/source/index.html"})


def read(published: Path, iri: str) -> str:
    return html.unescape((published / page_of(iri, BASE).partition("#")[0]).read_text(encoding="utf-8"))


def test_every_iri_of_the_data_has_a_page_and_an_anchor(site: Site) -> None:
    lines = gzip.decompress((site.folder / FOLDER / "data.nt.gz").read_bytes()).decode().splitlines()
    subjects = {line.split(" ", 1)[0][1:-1] for line in lines}
    ours = {iri for iri in subjects if iri.startswith((BASE, CODE))}
    assert len(ours) > 3000
    for language in ("zh", "en"):
        found = [page_of(iri, BASE, language).partition("#") for iri in ours]
        assert [path for path, _, _ in found if not (site.folder / path).is_file()] == []
        pages = [(path, anchor) for path, _, anchor in found if anchor and path in site.pages]
        assert [place for place in pages if place[1] not in site.pages[place[0]].ids] == []


def test_pages_are_well_formed_and_light(site: Site) -> None:
    ours = re.compile(r"/(figure|statement|project|report)/|^(code|ontology|rule)/")
    pages = {path: page for path, page in site.pages.items() if ours.search(path)}
    assert len(pages) > 550
    assert {path: page.faults for path, page in pages.items() if page.faults} == {}
    assert [path for path, page in pages.items() if page.tags.count("h1") != 1] == []
    sizes = {path: (site.folder / path).stat().st_size for path in pages}
    assert [path for path, size in sizes.items() if size > (12_000 if "/figure/" in path else 130_000)] == []
    assert sum(size for path, size in sizes.items() if path.startswith(FOLDER)) < 4_000_000


# --- figures --------------------------------------------------------------------------------------------------------------


def test_a_figure_shows_every_place_that_prints_it(published: Path, graph: Lookup, facts: Facts) -> None:
    for figure in graph.members(QB + "Observation"):
        text, path = read(published, figure), page_of(figure, BASE)
        amount = facts.sums.amount(figure)
        assert amount is not None
        assert f'<span class="n">{ten_thousands(amount)}</span> 万元' in text
        for cell in facts.by_subject.get(figure, ()):
            assert f'href="{link(path, page_of(cell, BASE))}"' in text
            assert f"“{graph.text(cell, BLOD + 'printed')}”" in text


def test_every_amount_on_a_figure_page_is_a_figure(published: Path, graph: Lookup, facts: Facts) -> None:
    known = {ten_thousands(facts.sums.amount(figure) or Decimal(0)) for figure in facts.figures}
    for figure in facts.figures[::9]:
        text = read(published, figure)
        shown = re.findall(r'class="(?:n|num)"[^>]*>([−\d,]+\.\d+)<', text)
        assert shown
        assert set(shown) <= known


def test_the_wholes_of_a_figure_are_on_one_scale(facts: Facts) -> None:
    steps = FigureFacts(facts).path(RUNNING)
    assert [(step.iri.rpartition("/")[2], step.share) for step in steps] == [
        ("outlay", "100.0"),
        ("expenditure", "100.0"),
        ("expenditure.function-201", "83.9"),
        ("expenditure.function-20103", "83.9"),
        ("expenditure.function-2010301", "25.9"),
    ]


def test_a_figure_names_its_parts_its_siblings_and_what_differs_in_one_dimension(facts: Facts) -> None:
    known = FigureFacts(facts)
    (parts,) = known.parts(f"{ITEM}/figure/expenditure.function-20103.nature-basic")
    assert (parts.dimension.zh, parts.state) == ("支出功能分类", "closes")
    assert {line.name.notation: str(line.amount) for line in parts.lines} == {
        "2010301": "3574000.00",
        "2010350": "4049800.00",
    }
    (siblings,) = known.siblings(RUNNING)
    assert [line.name.notation for line in siblings.lines] == ["2010350", "2010302"]
    near = {(dimension.en, line.name.text.zh) for dimension, line in known.otherwise(RUNNING, ())}
    assert {("flow", "收入"), ("source", "一般公共预算"), ("nature", "基本支出")} <= near


def test_places_that_disagree_are_shown_side_by_side(facts: Facts) -> None:
    known = FigureFacts(facts)
    first = known.evidence(RUNNING)[0]
    other = first._replace(iri="x:other", amount=Decimal("3574100.00"))
    opinions = known.opinions(RUNNING, [first, other])
    assert [(str(one.amount), [at.iri for at in one.evidence]) for one in opinions] == [
        ("3574000.00", [first.iri]),
        ("3574100.00", ["x:other"]),
    ]


def test_a_figure_page_says_the_same_to_search_engines(published: Path) -> None:
    text = (published / page_of(RUNNING, BASE)).read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert found
    said = json.loads(found[1])
    assert (said["@id"], said["@type"], said["value"]["value"]) == (RUNNING, "Observation", "3574000.00")
    assert '<link rel="alternate" href="../../data.ttl" type="text/turtle">' in text


# --- projects -------------------------------------------------------------------------------------------------------------


def test_a_project_shows_its_plan_goals_and_indicators_as_printed(published: Path, graph: Lookup) -> None:
    text = read(published, SEALS)
    assert '<span class="n">38.00</span> 万元' in text
    assert re.findall(r'<li id="(payment-\d+)"><span>\d+月底 (\d+)%</span> <span class="n">([\d.]+)<sup>\*', text) == [
        ("payment-3", "25", "9.50"), ("payment-6", "50", "19.00"), ("payment-10", "75", "28.50"), ("payment-12", "100", "38.00"),
    ]  # fmt: skip
    indicators = [iri for iri in graph.members(BLOD + "PerformanceIndicator") if iri.startswith(SEALS + "#")]
    assert len(indicators) == 8
    for iri in indicators:
        row = text[text.index(f'<tr id="{iri.partition("#")[2]}"') :].partition("</tr>")[0]
        assert f">{graph.text(iri, BLOD + 'targetText')}<" in row.replace(" <a", "<a")
    assert text.count('class="soft"') == 3


def test_a_project_has_one_page_at_its_iri_made_from_what_its_disclosure_keeps(published: Path) -> None:
    kept = json.loads(gzip.decompress((published / FOLDER / KEPT).read_bytes()))
    for language, name in PAGE_NAMES.items():
        here = (published / page_of(SEALS, BASE, language)).read_text(encoding="utf-8")
        assert kept[SEALS.rpartition("/")[2]][name].replace("<!--others-->", "") == here
    assert not list(published.glob(f"{FOLDER}/project/*"))


def test_a_payment_lasts_until_the_next() -> None:
    found = bars([Payment(12, Decimal(100)), Payment(6, Decimal(50))])
    assert [(bar.month, bar.left, bar.width, bar.height, bar.anchor) for bar in found] == [
        (6, "50", "50", 45, "start"),
        (12, "100", "0", 90, "end"),
    ]
    assert bars([Payment(3, Decimal(140))])[0].height == 90
    assert bars([]) == []


# --- codes, terms, rules --------------------------------------------------------------------------------------------------


def test_a_code_says_its_path_its_match_and_the_figure_of_each_disclosure(published: Path) -> None:
    text = read(published, f"{CODE}function/20103")
    assert "政府办公厅（室）及相关机构事务" in text
    assert "Government general offices" in text
    assert 'href="../201/index.html"' in text
    assert 'href="../2010301/index.html"' in text
    assert (
        'href="../../../dataset/130371-442/2024-budget/figure/expenditure.function-20103/index.html">1,155.90<' in text
    )
    assert 'href="../../cofog/01/index.html"' in read(published, f"{CODE}function/201")


def test_every_term_of_the_ontology_is_explained(site: Site) -> None:
    named = {term.name for term in terms()}
    assert len(named) > 250
    for name in ("ontology/index.html", "ontology/index.en.html"):
        assert named <= site.pages[name].ids
    cell = next(term for term in terms() if term.name == "Evidence")
    assert "blod:states" in cell.domain_of
    assert "blod:Cell" in cell.below
    assert "prov:Entity" in cell.above


def test_examples_are_taken_from_the_data() -> None:
    turtle = '<a#r1> a blod:Row ;\n\tblod:order 1 ;\n\tblod:label "x"@zh .\n<a#c1> a blod:Column ;\n\tblod:order 2 .\n'
    found = examples(turtle)
    assert found["Row"] == '<a#r1> a blod:Row ;\n  blod:order 1 ;\n  blod:label "x"@zh .'
    assert (found["label"], found["order"]) == ('<a#r1> blod:label "x"@zh .', "<a#r1> blod:order 1 .")


def test_every_rule_is_on_the_page_of_rules(site: Site) -> None:
    rules = [rule for group in groups() for rule in group.rules]
    assert len(rules) > 200
    for rule in rules:
        path, _, anchor = page_of(RULE + rule.id, BASE, "en").partition("#")
        assert anchor in site.pages[path].ids
        assert rule.statement.zh
        assert rule.why.en
    checked = checked_by(("publication",))
    assert {"A01", "B03", "D18"} <= checked
    assert {rule.id for rule in rules if rule.unchecked.zh}.isdisjoint(checked)


# --- checks ---------------------------------------------------------------------------------------------------------------


def test_the_report_lists_each_finding_with_its_places(published: Path, site: Site) -> None:
    report = json.loads((published / FOLDER / "report.json").read_bytes())
    path = f"{FOLDER}/report/index.html"
    text = html.unescape((published / path).read_text(encoding="utf-8"))
    assert len(report["findings"]) == 36
    for finding in report["findings"]:
        article = text[text.index(f'id="finding-{finding["number"]}"') :].partition("</article>")[0]
        assert finding["messages"]["zh"] in article
        assert all(f"#{rule}" in article for rule in finding["identifiers"])
        assert f'href="{link(path, page_of(finding["places"][0]["iri"], BASE))}"' in article
    severities = re.findall(r'<article class="find (\w+)"', text)
    assert severities == ["warning"] * 6 + ["info"] * 30
    assert len(re.findall(r"<li><a class=\"(?:ok|none|info|warning|violation)\"", text)) == sum(
        len(group.rules) for group in groups()
    )


# --- the search index -----------------------------------------------------------------------------------------------------


def scripts(published: Path, name: str) -> list[list[str]]:
    text = (published / "assets" / name).read_text(encoding="utf-8")
    found: list[list[str]] = json.loads(text[text.rindex("=[") + 1 :].rstrip(";\n"))
    return found


def test_the_index_knows_every_kind_and_leads_somewhere(published: Path, site: Site) -> None:
    index = scripts(published, "search.js")
    kinds = {entry[0] for entry in index}
    assert kinds == {"department", "disclosure", "project", "code", "term", "indicator", "statement"}
    for _, zh, _, path, _ in index:
        page, _, anchor = path.partition("#")
        assert zh
        assert not anchor or anchor in site.pages[page].ids
        assert page in site.pages


def test_a_number_is_found_by_its_first_digits(published: Path, graph: Lookup) -> None:
    found = [one for one in scripts(published, "amounts/13.js") if one[0] == "13775100.00"]
    paths = {path for _, _, path, _ in found}
    expected = {iri for iri in graph.members(QB + "Observation") if graph.text(iri, BLOD + "amount") == "13775100.00"}
    assert paths == {page_of(iri, BASE) for iri in expected}


@pytest.mark.parametrize(("yuan", "name"), [("13775100.00", "13"), ("0.50", "50"), ("0.00", "00"), ("-7.00", "70")])
def test_shards_are_named_by_two_digits(yuan: str, name: str) -> None:
    assert shard(yuan) == name


# --- pages with gaps ------------------------------------------------------------------------------------------------------


def test_gaps_are_filled_and_choices_made() -> None:
    shell = Shell("figure-frame.html", "a/b/index.html", {"gap": gap, "both": True})
    page = shell.filled({"title": "A&amp;B", "body": "<h1>x</h1>", "jsonld": "{}"}).decode()
    assert "<title>A&amp;B</title>" in page
    assert "<h1>x</h1>" in page
    both = f"<p>{either('甲', 'a')} {either('=', '=')}</p>"
    assert (in_language(both, "zh"), in_language(both, "en")) == ("<p>甲 =</p>", "<p>a =</p>")
