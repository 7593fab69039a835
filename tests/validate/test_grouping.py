"""One cause is one finding, whatever it breaks; two causes are two; information is never grouped with a fault."""

from __future__ import annotations

import pytest
from rdflib import Graph

from budgetlod.validate import validate
from budgetlod.validate.report import Finding, Report

DATA = "https://example.org/data/"
PREFIXES = """
@prefix : <https://example.org/data/> .
@prefix blod: <https://w3id.org/budgetlod/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def table(amounts: dict[str, int], *more: str) -> Report:
    """The laws on a table of two rows and two columns with totals on both sides; ``amounts`` are in yuan."""
    lines = [PREFIXES, ":table a blod:Statement ; rdfs:label '收入总表'@zh ."]
    for name, amount in amounts.items():
        row, column = name[0], name[1]
        lines.append(
            f":{name} a blod:Cell ; blod:inStatement :table ; blod:inRow :row-{row} ; blod:inColumn :column-{column} ;"
            f" blod:printed '{amount}' ; blod:statedAmount {amount}.0 ; blod:precision 1.0 ; blod:states :f{name} ."
            f" :f{name} blod:amount {amount}.0 ; blod:precision 1.0 ."
            f" :row-{row} a blod:Row ; blod:order {'tab'.index(row)} . :column-{column} blod:order {'txy'.index(column)} ."
        )
    for whole, parts in (("tt", "tx ty"), ("at", "ax ay"), ("bt", "bx by")):
        lines += breakdown(f"row-{whole}", whole, parts.split())
    for whole, parts in (("tt", "at bt"), ("tx", "ax bx"), ("ty", "ay by")):
        lines += breakdown(f"column-{whole}", whole, parts.split())
    return validate(Graph().parse(data="\n".join([*lines, *more]), format="turtle"), profile="laws")


def breakdown(name: str, whole: str, parts: list[str]) -> list[str]:
    own = [f":{name} a blod:Breakdown ; blod:whole :f{whole} ; blod:inStatement :table ."]
    return own + [f":f{part} blod:inBreakdown :{name} ." for part in parts]


RIGHT = {"tt": 100, "tx": 60, "ty": 40, "at": 70, "ax": 50, "ay": 20, "bt": 30, "bx": 10, "by": 20}


def first_places(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.places[0].iri.removeprefix(DATA) for finding in findings]


def test_right_table_has_no_finding() -> None:
    assert table(RIGHT).findings == ()


@pytest.mark.parametrize("cell", sorted(RIGHT))
def test_one_wrong_cell_is_one_finding_and_stands_first(cell: str) -> None:
    report = table({**RIGHT, cell: RIGHT[cell] + 3})
    (finding,) = report.findings
    assert len(report.results) == len(finding.results) == 2
    assert finding.places[0].iri == DATA + cell
    assert finding.severity == "violation"


@pytest.mark.parametrize(
    ("first", "second"), [("ax", "by"), ("tt", "by"), ("ax", "bx"), ("at", "bt"), ("tx", "ty"), ("tt", "ax")]
)
def test_two_wrong_cells_are_two_findings(first: str, second: str) -> None:
    report = table({**RIGHT, first: RIGHT[first] + 3, second: RIGHT[second] + 7})
    assert sorted(first_places(report.findings)) == sorted([first, second])


def test_evidence_that_others_outvote_is_the_cause() -> None:
    more = (
        ":mention a blod:Mention ; blod:printed '33' ; blod:statedAmount 33.0 ; blod:precision 1.0 ; blod:states :fbt ."
    )
    report = table(RIGHT, more)
    assert first_places(report.findings) == ["mention"]
    assert {place.iri.removeprefix(DATA) for place in report.findings[0].places} == {"mention", "bt"}


def test_warning_that_the_same_cell_explains_joins_the_violations() -> None:
    report = table({**RIGHT, "bx": 13}, ":fbx blod:correspondsTo :other .", *other(10))
    (finding,) = report.findings
    assert {result.severity for result in finding.results} == {"violation", "warning"}
    assert finding.severity == "violation"
    assert finding.places[0].iri == DATA + "bx"


def test_warning_with_another_cause_stands_alone() -> None:
    report = table({**RIGHT, "bx": 13}, ":fbx blod:correspondsTo :other .", *other(99))
    assert [finding.severity for finding in report.findings] == ["violation", "warning"]


def other(amount: int) -> list[str]:
    """A figure of another table, with a cell."""
    return [
        f":other blod:amount {amount}.0 ; blod:precision 1.0 .",
        f":cell a blod:Cell ; blod:statedAmount {amount}.0 ; blod:precision 1.0 ; blod:states :other .",
    ]


def test_information_is_not_grouped_with_a_fault() -> None:
    lines = [":row-bt blod:handRounded true ."]
    report = table({**RIGHT, "bx": 11}, *lines)
    assert [(finding.severity, len(finding.results)) for finding in report.findings] == [("violation", 1), ("info", 1)]


def test_every_result_is_in_one_finding(laws: Report) -> None:
    grouped = [result for finding in laws.findings for result in finding.results]
    assert sorted(grouped, key=repr) == sorted(laws.results, key=repr)


def test_blank_parts_of_one_total_are_one_finding() -> None:
    rows = [f":row-{name} blod:leavesBlankUnder :ftt ." for name in "ab"]
    report = table({"tt": 100}, *rows, ":row-a a blod:Row . :row-b a blod:Row .")
    (finding,) = [f for f in report.findings if f.family == "blanks"]
    assert [place.iri.removeprefix(DATA) for place in finding.places] == ["row-a", "row-b", "tt"]


def test_blank_and_the_sums_that_lack_it_are_one_finding() -> None:
    """The total of a row is blank: its parts are filled, and the totals of the other rows do not add up."""
    amounts = {name: amount for name, amount in RIGHT.items() if name != "at"}
    blank = ":row-a a blod:Row ; blod:inStatement :table ; blod:leavesBlank :missing ; blod:leavesBlankOver :fax . "
    report = table(amounts, blank + ":missing blod:amount 70.0 ; blod:precision 1.0 .")
    (finding,) = report.findings
    assert finding.places[0].iri == DATA + "row-a"
    assert {result.family for result in finding.results} == {"blanks", "rollup"}
    assert finding.severity == "violation"
    assert finding.messages.zh.endswith("补填后，另外1处合计与分项之和也相符。")


def test_sums_of_one_row_that_lack_the_same_row_are_one_finding() -> None:
    """Row b is not printed: all three columns fall short of their totals."""
    report = table({name: amount for name, amount in RIGHT.items() if name[0] != "b"})
    (finding,) = report.findings
    assert len(finding.results) == 3
    assert finding.places[0].iri == DATA + "tt"
    assert "可能漏列了一行" in finding.messages.zh


def test_two_places_that_contradict_one_indicator_are_one_finding() -> None:
    both = """
:disclosure a blod:Disclosure . :project blod:budget 1.0 .
:target a blod:PerformanceIndicator ; blod:indicatorOf :project ; rdfs:label "评审项目数" ; blod:targetValue 40.0 .
:own a blod:PerformanceIndicator ; blod:indicatorOf :disclosure ; rdfs:label "评审数" ; blod:targetValue 5.0 ;
    blod:sameMeasureAs :target .
:other a blod:PerformanceIndicator ; blod:indicatorOf :disclosure ; rdfs:label "项目评审数" ; blod:targetValue 6.0 ;
    blod:sameMeasureAs :target .
"""
    report = validate(Graph().parse(data=PREFIXES + both, format="turtle"), profile="goals")
    assert [r.value for r in report.results if r.severity == "warning"] == [f"<{DATA}target>"] * 2
    (finding,) = (finding for finding in report.findings if finding.severity == "warning")
    assert len(finding.results) == 2
