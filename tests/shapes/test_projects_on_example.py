"""The families of projects and indicators on the example: what the catalogue's own recomputation found, exactly.

Places are spelled as there: P7.22 is the 22nd indicator of the seventh form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from budgetlod import pipeline
from budgetlod.interpret.disclosure import interpret
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.publisher import SourceFile
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.terms import Triple
from budgetlod.read.registry import read_document
from budgetlod.validate.report import Report

FOUND = {
    "D13": "P1.3 P2.4 P2.5 P3.2 P4.2 P6.1 P7.2 P7.3 P7.4 P7.5 P7.6 P7.7 P7.8 P7.9 P7.22 P8.1 P8.2 P8.3 P8.4 P8.5 P8.6 "
    "P8.7 P8.8 P8.18 P9.1 P9.2 P9.3 P9.4 P9.5 P9.6 P9.7 P9.8 P9.9 P9.19",
    "D14": "P7.22 P8.18 P9.19",
    "D16": "P3 P5 P8",
    "D18": "P8.3 P8.11",
    "D25": "P5.5 P7.12 P9.12",
    "D26": "P1.2 P1.6 P1.7 P1.8 P2.1 P2.2 P2.4 P2.5 P3.2 P3.5 P3.6 P3.7 P4.1 P4.2 P4.6 P5.1 P5.6 P5.7 P6.1 P6.2 P6.6 "
    "P6.8 P7.1 P7.3 P7.5 P7.6 P7.7 P7.8 P7.9 P7.13 P7.14 P7.15 P7.16 P7.17 P7.18 P7.19 P7.20 P7.21 P8.1 P8.2 P8.4 P8.5 "
    "P8.6 P8.7 P8.8 P8.9 P8.11 P8.12 P8.13 P8.15 P8.16 P8.17 P9.1 P9.2 P9.4 P9.5 P9.6 P9.7 P9.8 P9.9 P9.13 P9.15 P9.16 "
    "P9.17 P9.18",
    "D27": "P2.1 P4.1 P5.1 P6.1 P7.2 P7.3 P8.2 P9.2",
    "D28": "P7.16",
    "D29": "P1.6 P1.7 P1.8 P2.7 P2.8 P3.5 P3.6 P3.7 P4.6 P4.7 P5.6 P5.7 P5.8 P6.6 P6.7 P6.8 P7.13 P7.14 P7.15 P7.16 P7.17 "
    "P7.18 P7.19 P7.20 P7.21 P8.12 P8.13 P8.14 P8.15 P8.16 P8.17 P9.13 P9.14 P9.15 P9.16 P9.17 P9.18",
    "D37": "P1 P2 P3 P4 P5 P6 P7 P8 P9",
}


@pytest.fixture(scope="module")
def reports(example_triples: list[Triple]) -> list[Report]:
    return [pipeline.check(example_triples, family) for family in ("projects", "indicators", "project-codes")]


def spelled(focus: str, codes: Sequence[str]) -> str:
    """Return ``P8.3`` for the IRI of an indicator, ``P8`` for that of its project."""
    match = re.search(r"/project/\d+/(\w+)(?:#indicator-(\d+))?>$", focus)
    assert match, focus
    return f"P{codes.index(match[1]) + 1}" + (f".{match[2]}" if match[2] else "")


def test_each_rule_finds_what_the_catalogue_says_and_nothing_else(example: Disclosure, reports: list[Report]) -> None:
    codes = [project.code for project in example.content.projects]
    found = defaultdict(set)
    for result in (result for report in reports for result in report.results):
        for identifier in result.identifiers:
            found[identifier].add(spelled(result.focus, codes))
    assert dict(found) == {identifier: set(places.split()) for identifier, places in FOUND.items()}


def test_only_units_that_do_not_fit_are_graver_than_information(reports: list[Report]) -> None:
    assert {(i, r.severity) for report in reports for r in report.results for i in r.identifiers} == {
        (identifier, "warning" if identifier == "D18" else "info") for identifier in FOUND
    }


def test_sums_of_costs_beside_the_budget(reports: list[Report]) -> None:
    texts = [r.messages.zh for r in reports[0].results if r.identifiers == ("D16",)]
    sums = sorted(re.findall(r"合计 ([\d,.]+) 元，预算数 ([\d,.]+) 元", text)[0] for text in texts)
    assert sums == [("0.00", "380,000.00"), ("116,000.00", "557,000.00"), ("550,000.00", "700,000.00")]


def test_every_finding_leads_to_the_print(reports: list[Report]) -> None:
    assert all(result.evidence for report in reports for result in report.results)


FAULTS = [
    ("D01", "财政资金	17.00", "财政资金	17.01"),
    ("D02", "	40%		70%	90%	100%", "	40%		30%	90%	100%"),
    ("D03", "	40%		70%	90%	100%", "	40%		70%	90%	95%"),
    ("D05", "	40%		70%	90%	100%", "	40%		70%		100%"),
    ("D07", "满意度指标	服务对象满意度指标	项目单位", "效益指标	服务对象满意度指标	项目单位"),
    ("D08", "	质量指标	印章刻制合格率", "	数量指标	印章刻制合格率"),
    ("D10", "满意度指标	服务对象满意度指标	客户满意度", "效益指标	社会效益指标	客户满意度"),
    ("D11", "	≤17万元	", "	≤万元	"),
    ("D12", "≤5%", "≤500%"),
    ("D15", "≤17万元", "≤18万元"),
    ("D17", "≤233 元", "≤433 元"),
    ("D24", "13031124P004687123411", "13031124P004687123367"),
    ("D30", "	100%	实际工作需求及年度工作计划", "	100%	"),
    ("D33", "项目名称	专项业务费", "项目名称	"),
    ("D34", "4、专项办公、耗材费绩效目标表", "4、专项办公费绩效目标表"),
    ("D34", "9、开发区建设工程交易中心经费绩效目标表", "10、开发区建设工程交易中心经费绩效目标表"),
]


@pytest.mark.parametrize(("rule", "printed", "instead"), FAULTS)
def test_one_fault_breaks_its_rule_once(
    rule: str, printed: str, instead: str, example_source: SourceFile, tmp_path: Path
) -> None:
    text = example_source.path.read_text(encoding="utf-8")
    assert printed in text
    (tmp_path / "source.txt").write_text(text.replace(printed, instead, 1), encoding="utf-8")
    notes = example_source.notes
    triples = to_triples(interpret(read_document(tmp_path / "source.txt"), load_lexicon(), notes), load_lexicon())
    reports = [pipeline.check(triples, family, "fast") for family in ("projects", "indicators", "rollup")]
    grave = [
        r.identifiers
        for report in reports
        for r in report.results
        if r.severity != "info" and "D18" not in r.identifiers
    ]
    assert grave == [(rule,)]
