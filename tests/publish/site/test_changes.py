"""The change against the year before is said of the total only where it is one of the total."""

from __future__ import annotations

from decimal import Decimal

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.changes import Changes, year_on_year
from budgetlod.publish.site.figures import Figure, Figures
from budgetlod.publish.site.names import Names
from budgetlod.rdf import terms
from budgetlod.rdf.names import BLOD, QB, RDF
from budgetlod.rdf.terms import Triple, iri, string, typed
from tests.publish.site.made import DATASET, thing
from tests.publish.small import small_item


def compared(*changes: list[Triple]) -> tuple[Lookup, Figures]:
    figures = thing("/figure/whole", QB + "Observation", "900", [], flow="expenditure") + thing(
        "/figure/part", QB + "Observation", "600", [], flow="expenditure", source="general-public"
    )
    graph = Lookup(terms.graph([*figures, *(triple for change in changes for triple in change)]))
    return graph, Figures(small_item(fiscal_year=2024), graph)


def change(name: str, amount: str, to: str, **codes: str) -> list[Triple]:
    more = [("changeTo", iri(f"{DATASET}/figure/{to}")), ("comparedYear", typed("2023", "gYear"))]
    return thing(f"#change-{name}", BLOD + "Change", amount, more, flow="expenditure", **codes)


def test_a_change_of_one_fund_is_not_said_of_the_total() -> None:
    graph, figures = compared(change("part", "-100", "part", source="general-public"))
    found = year_on_year(Changes(graph, figures), Names(graph), Figure("", Decimal(900)))
    assert found
    assert not found.of_total
    assert found.total.label.zh == "expenditure · general-public"
    assert (found.total.before, found.total.after) == (Decimal(700), Decimal(600))


def test_the_change_of_the_total_goes_first_and_its_percentage_is_computed() -> None:
    graph, figures = compared(change("part", "-100", "part", source="general-public"), change("whole", "-100", "whole"))
    found = year_on_year(Changes(graph, figures), Names(graph), Figure("", Decimal(900)))
    assert found
    assert found.of_total
    assert (found.total.before, found.percent) == (Decimal(1000), Decimal("-10.0"))
    assert [row.is_total for row in found.rows] == [True]


def test_parts_are_steps_only_if_they_add_up() -> None:
    basic = change("basic", "-130", "x", nature="basic")
    closing, open_ = change("project", "30", "x", nature="project"), change("project", "40", "x", nature="project")
    for last, rows in ((closing, ["basic", "project", "whole"]), (open_, ["whole"])):
        graph, figures = compared(change("whole", "-100", "whole"), basic, last)
        found = year_on_year(Changes(graph, figures), Names(graph), Figure("", Decimal(900)))
        assert found
        assert [row.tone for row in found.rows] == rows


def test_no_change_is_no_waterfall() -> None:
    graph, figures = compared()
    assert year_on_year(Changes(graph, figures), Names(graph), None) is None


def test_reasons_are_kept_with_their_change() -> None:
    remark = [
        (iri(DATASET + "/text#remark-1"), iri(RDF + "type"), iri(BLOD + "Remark")),
        (iri(DATASET + "/text#remark-1"), iri(BLOD + "reasonFor"), iri(DATASET + "#change-whole")),
        (iri(DATASET + "/text#remark-1"), iri(BLOD + "reason"), string("退休", "zh")),
    ]
    graph, figures = compared(change("whole", "-100", "whole"), remark)
    found = year_on_year(Changes(graph, figures), Names(graph), Figure("", Decimal(900)))
    assert found
    assert found.total.change.reasons == ["退休"]
