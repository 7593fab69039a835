"""The page of the example: its numbers are those of the graph, and what is computed says so."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from budgetlod.publish.addresses import page_of
from budgetlod.publish.item import PublishedDisclosure, Publisher
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.material import Material
from budgetlod.publish.settings import BASE
from budgetlod.publish.site import disclosure, notes
from budgetlod.publish.site.disclosure import Account, account_of
from budgetlod.publish.site.money import ten_thousands
from budgetlod.publish.site.names import Names
from budgetlod.publish.site.strips import from_plain, plain
from budgetlod.rdf.names import BLOD, ORG, QB, RDF, SKOS
from budgetlod.rdf.terms import Triple, iri, string
from tests.publish.site.conftest import FOLDER
from tests.publish.site.crawl import Site

_NUMBER = re.compile(r"\d[\d,]*\.\d{2,}")


class Numbers(HTMLParser):
    """Every amount that a page shows: its text, the link around it, and whether a star follows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.link: list[str] = []
        self.skipped = 0
        self.found: list[tuple[str, str]] = []
        self.starred: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "title", "code", "q"}:
            self.skipped += 1
        if tag == "a":
            self.link.append(dict(attrs).get("href") or "")
        if tag == "sup":
            self.starred.append(self.found.pop()[0])

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "title", "code", "q"}:
            self.skipped -= 1
        if tag == "a":
            self.link.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.found += [(number, self.link[-1] if self.link else "") for number in _NUMBER.findall(data)]


@pytest.fixture(scope="module")
def account(example_triples: list[Triple], graph: Lookup) -> Account:
    return account_of(material(example_triples, graph))


def material(triples: list[Triple], graph: Lookup) -> Material:
    item = PublishedDisclosure(
        iri=BASE + FOLDER, folder=FOLDER, triples=triples, fiscal_year=2024, phase="budget", title_zh="某局2024年部门预算",
        publisher=Publisher(f"{BASE}organization/130371-442", "某局"), area="https://w3id.org/budgetlod/code/area/130371",
    )  # fmt: skip
    return Material(item, b"", graph, {})


@pytest.mark.parametrize("name", ["index.html", "index.en.html"])
def test_every_amount_leads_to_a_figure_of_that_amount_or_bears_a_star(site: Site, graph: Lookup, name: str) -> None:
    figures = {
        page_of(iri, BASE).removeprefix(FOLDER + "/"): ten_thousands(Decimal(graph.text(iri, BLOD + "amount")))
        for iri in graph.members(QB + "Observation")
    }
    stated = {
        ten_thousands(abs(Decimal(graph.text(iri, BLOD + prop))))
        for kind in ("Change", "ProcurementLine", "AssetLine", "Project")
        for iri in graph.members(BLOD + kind)
        for prop in ("amount", "lineAmount", "reservedForSmes", "budget")
        if graph.terms(iri, BLOD + prop)
    }
    shown = Numbers((site.folder / FOLDER / name).read_text(encoding="utf-8"))
    linked = [(number, link) for number, link in shown.found if "figure/" in link]
    assert len(linked) > 120
    assert [(number, link) for number, link in linked if figures[link.replace("%25", "%")] != number] == []
    rest = {number for number, link in shown.found if "figure/" not in link}
    assert rest - stated - set(figures.values()) <= {"0.049", "0.2347"}  # the opening in million yuan
    assert shown.starred == ["1,400.98", "0.01"]


def test_the_strips_are_the_same_money_four_times(account: Account) -> None:
    assert [cut.key for cut in account.strips] == ["source", "nature", "economic", "function"]
    for cut in account.strips:
        assert sum(part.amount for part in cut.segments) == Decimal("13775100.00")
        assert sum(Decimal(part.width.removesuffix("%")) for part in cut.segments) == 100
    assert [(part.zh, part.tone, ten_thousands(part.amount)) for part in account.strips[1].segments] == [
        ("人员经费", "personnel", "849.70"), ("公用经费", "public", "134.29"), ("项目支出", "project", "393.52"),
    ]  # fmt: skip
    edges = {next(part.x for part in cut.segments if part.tone == "project") for cut in account.strips[1:]}
    assert edges == {"71.433%"}, "the edge between basic expenditure and projects runs straight through"
    assert [part.zh for part in account.strips[0].segments] == ["一般公共预算"]
    assert len([part for part in account.strips[2].segments if part.tone == "project"]) == 9


def test_strips_survive_being_kept_in_an_entry(account: Account) -> None:
    assert plain(from_plain(plain(account.strips))) == plain(account.strips)


def test_the_waterfall_has_the_stated_steps_and_a_computed_total_of_last_year(account: Account) -> None:
    assert account.changes
    rows = [
        (
            row.label.zh,
            row.before and ten_thousands(row.before),
            row.change.amount and ten_thousands(row.change.amount),
            row.change.before is None,
        )
        for row in account.changes.rows
    ]
    assert rows == [
        ("人员经费", "945.29", "−95.59", False),
        ("公用经费", "136.31", "−2.02", False),
        ("项目支出", "319.38", "74.14", False),
        ("总计", "1,400.98", "−23.47", True),
    ]
    assert account.changes.rows[1].change.reasons == ["审批局有人员退休"]
    assert account.changes.percent == Decimal("-1.7")


def test_the_ledger_of_functions_has_its_parts(account: Account) -> None:
    assert account.functions
    assert account.functions.total
    assert account.functions.total.whole
    assert account.functions.total.whole.amount == Decimal("13775100.00")
    row = next(row for row in account.functions.rows if row.label.code == "2010350")
    assert row.level == 3
    assert row.whole
    assert [part and ten_thousands(part.amount) for part in (row.whole, *row.parts)] == [
        "636.60",
        "404.98",
        "231.62",
    ]
    assert [(bar.tone, bar.x) for bar in row.bars] == [("basic", "0%"), ("project", "29.399%")]
    classes = [row for row in account.functions.rows if row.level == 1]
    assert sum(row.whole.amount for row in classes if row.whole) == Decimal("13775100.00")
    assert account.functions.has_middle


def test_the_ledger_of_economic_items_is_split_into_personnel_and_public(account: Account) -> None:
    assert account.economics
    assert [nature for nature, _ in account.economics.columns] == ["personnel", "public"]
    row = next(row for row in account.economics.rows if row.label.code == "302")
    assert [part and ten_thousands(part.amount) for part in row.parts] == [None, "134.29"]


def test_projects_come_largest_first_with_plan_indicators_and_procurement(account: Account) -> None:
    lines = [(line.figure and ten_thousands(line.figure.amount), line.indicators) for line in account.projects]
    assert lines[0] == ("167.42", 19)
    assert len(lines) == 9
    seals = next(line for line in account.projects if "印章" in line.label.zh)
    assert seals.procurement == Decimal("380000.00")
    assert seals.plan_text == "3: 25% · 6: 50% · 10: 75% · 12: 100%"


def test_items_say_what_the_table_leaves_blank(account: Account) -> None:
    found = {line.code: (ten_thousands(line.figure.amount), line.in_table, line.is_wrong) for line in account.items}
    assert found["vehicles"] == ("4.44", False, True)
    assert found["vehicle-operation"] == ("4.44", True, False)
    assert found["three-public"] == ("4.90", True, False)
    assert found["abroad"] == ("0.00", False, False)


def test_sums_add_up(account: Account) -> None:
    assert len(account.sums) == 233
    off = [one for one in account.sums if one.state != "closes"]
    assert [(one.amount, one.gap, one.state) for one in off] == [(Decimal("4558800.00"), Decimal("100.00"), "rounded")]


def test_the_summary_is_plain_json_with_what_the_overview_needs(example_triples: list[Triple], graph: Lookup) -> None:
    said = disclosure.summary(material(example_triples, graph))
    assert said["whole"] == [f"{BASE}{FOLDER}/figure/expenditure", "13775100.00"]
    assert said["area"][2] == "130371"
    assert said["change"] == ["2023", "-234700.00", "-1.7"]
    assert said["natures"]["basic"][1] == "9839900.00"
    assert said["items"]["three-public"][1] == "49000.00"
    assert len(said["units"]) == 3
    assert said["opening"]["zh"].startswith("比 2023 年减少 23.47 万元（−1.7%）。")


def test_mentions_lead_from_the_prose_to_their_figures(site: Site) -> None:
    text = (site.folder / FOLDER / "text/index.html").read_text(encoding="utf-8")
    assert re.search(r'id="mention-1" href="\.\./figure/revenue/index\.html">1377\.51 万元</a>', text)
    assert len(re.findall(r'<a class="n" id="mention-', text)) == 47


def test_bodies_that_only_tables_name_are_units_too() -> None:
    department, institution, other = (iri(f"{BASE}organization/a{part}") for part in ("", "#unit-1", "#unit-2"))
    facts = [
        (department, RDF + "type", iri(ORG + "Organization")),
        *((unit, RDF + "type", iri(ORG + "Organization")) for unit in (institution, other)),
        *((unit, ORG + "subOrganizationOf", department) for unit in (institution, other)),
        (institution, RDF + "type", iri(ORG + "OrganizationalUnit")),
        (institution, SKOS + "prefLabel", string("所", "zh")),
        (institution, BLOD + "institutionTypeText", string("事业")),
        (other, SKOS + "prefLabel", string("站", "zh")),
    ]
    known = Lookup([(subject, iri(predicate), value) for subject, predicate, value in facts])
    assert notes.units(known, Names(known), f"{BASE}organization/a") == [
        (institution[1:-1], "所", "事业"),
        (other[1:-1], "站", ""),
    ]
