"""Cuts of money that are drawn, and those that are not: rests, rounding, money that is not split, sources that overlap."""

from __future__ import annotations

from decimal import Decimal

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.figures import Figure, Figures, partition
from budgetlod.publish.site.names import Label, Names
from budgetlod.publish.site.strips import Strip, strips, total
from budgetlod.rdf import terms
from budgetlod.rdf.names import CODE, SKOS
from budgetlod.rdf.terms import Triple, iri
from tests.publish.site.made import figure
from tests.publish.small import small_item

Parts = list[tuple[str, Decimal, str]]


def figures_of(*made: list[Triple]) -> tuple[Lookup, Figures]:
    graph = Lookup(terms.graph(triple for one in made for triple in one))
    return graph, Figures(small_item(fiscal_year=2024), graph)


def cuts(*made: list[Triple], projects: list[tuple[Label, Figure]] | None = None) -> dict[str, Parts]:
    graph, figures = figures_of(*made)
    return {cut.key: parts(cut) for cut in strips(figures, Names(graph), projects or [])}


def parts(cut: Strip) -> Parts:
    return [(part.zh, part.amount, part.tone) for part in cut.segments]


WHOLE = figure("whole", "100000", flow="expenditure")
BASIC = figure("basic", "60000", flow="expenditure", nature="basic")
PROJECT = figure("project", "40000", flow="expenditure", nature="project")


def test_basic_expenditure_and_projects_are_enough() -> None:
    assert cuts(WHOLE, BASIC, PROJECT) == {
        "nature": [("basic", Decimal(60000), "basic"), ("project", Decimal(40000), "project")]
    }


def test_a_table_that_holds_a_part_leaves_a_rest_that_is_computed() -> None:
    wages = figure("wages", "50000", flow="expenditure", nature="basic", economic="301", source="general-public")
    graph, figures = figures_of(WHOLE, BASIC, PROJECT, wages)
    cut = next(one for one in strips(figures, Names(graph), []) if one.key == "economic")
    assert [(part.zh, part.amount, bool(part.iri)) for part in cut.segments] == [
        ("301", Decimal(50000), True), ("不在本表", Decimal(10000), False), ("project", Decimal(40000), True),
    ]  # fmt: skip


def test_projects_are_shown_one_by_one_only_if_they_are_all_of_it() -> None:
    wages = figure("wages", "60000", flow="expenditure", nature="basic", economic="301")
    two = [(Label("甲"), Figure("urn:a", Decimal(10000))), (Label("乙"), Figure("urn:b", Decimal(30000)))]
    assert cuts(WHOLE, BASIC, PROJECT, wages, projects=two)["economic"] == [
        ("301", Decimal(60000), "basic"), ("乙", Decimal(30000), "project"), ("甲", Decimal(10000), "project"),
    ]  # fmt: skip
    assert cuts(WHOLE, BASIC, PROJECT, wages, projects=two[:1])["economic"][1:] == [
        ("project", Decimal(40000), "project")
    ]


def test_rounding_of_parts_is_let_pass_but_no_more() -> None:
    def functions(second: str) -> dict[str, Parts]:
        return cuts(
            WHOLE,
            figure("a", "70000", flow="expenditure", function="201"),
            figure("b", second, flow="expenditure", function="208"),
        )

    assert functions("30100")["function"] == [("208", Decimal(30100), "whole"), ("201", Decimal(70000), "whole")]
    assert functions("30200") == {}


def test_money_printed_as_one_fund_alone_still_makes_a_whole() -> None:
    _, figures = figures_of(figure("fund", "5", flow="expenditure", source="general-public"))
    assert total(figures) == Figure("https://e.org/dataset/a/2024-budget/figure/fund", Decimal(5))
    assert cuts(figure("fund", "5", flow="expenditure", source="general-public")) == {}
    assert cuts(figure("nothing", "0", flow="expenditure")) == {}
    assert cuts() == {}


def test_codes_that_overlap_are_not_added() -> None:
    above = [(iri(f"{CODE}source/general-public"), iri(SKOS + "broaderTransitive"), iri(f"{CODE}source/fiscal"))]
    graph, figures = figures_of(
        figure("f", "80", flow="revenue", source="fiscal"), figure("g", "80", flow="revenue", source="general-public"),
        figure("u", "20", flow="revenue", source="unit"), figure("z", "0", flow="revenue", source="other"), above,
    )  # fmt: skip
    found = figures.along("source", flow="revenue")
    assert partition(figures, "source", found, Decimal(100)) == ["general-public", "unit"]
    assert partition(figures, "source", found, Decimal(1000)) is None
    assert graph.members(SKOS + "Concept") == []
