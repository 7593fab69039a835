"""Completeness and text of the example: what is really odd in it is found as information, and nothing more is.

Then the example with one thing made wrong, which the rule must tell. What is changed is found in the document by its
form, not by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from budgetlod import pipeline
from budgetlod.mapping.disclosure import to_triples
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.sources import find_sources
from budgetlod.validate.report import Result
from tests.interpret.synthetic import Style, write

ROOT = Path(__file__).parents[2]
(SOURCE,) = ROOT.glob("data/*/source.txt")
Change = Callable[[str], str]
Checked = Callable[[str], list[Result]]


@cache
def example() -> str:
    return SOURCE.read_text(encoding="utf-8")


@pytest.fixture
def check(tmp_path: Path) -> Checked:
    """Read a text and check it against the two families."""

    def check(text: str) -> list[Result]:
        (tmp_path / "source.txt").write_text(text, encoding="utf-8")
        (tmp_path / "source.toml").write_text('[disclosure]\narea = "999900"\n', encoding="utf-8")
        disclosure = pipeline.read_source(find_sources([tmp_path])[0])
        triples = to_triples(disclosure, load_lexicon())
        return [r for family in ("completeness", "text") for r in pipeline.check(triples, family).results]

    return check


def name(result: Result) -> str:
    return result.shape.rpartition("/")[2]


def test_the_example_is_complete_and_its_slips_are_found(check: Checked) -> None:
    results = check(example())
    assert {r.severity for r in results} == {"info"}
    found = Counter(identifier for r in results for identifier in r.identifiers)
    assert found == {"Q01": 8, "Q02": 2, "Q03": 5, "Q04": 1, "Q05": 1}


def test_the_slips_are_where_they_are_printed(check: Checked) -> None:
    results = check(example())
    lines = example().split("\n")
    for result in results:
        places = [place for place in result.evidence if place.line]
        assert places, name(result)
        shown = dict(result.bindings).get("printed", "").replace("＼", "\\").split("、")[0]
        if shown:
            assert any(shown in lines[place.line - 1] for place in places), name(result)


# --- one thing made wrong -------------------------------------------------------------------------------------------------


def headings(text: str) -> Iterator[re.Match[str]]:
    """Yield the headings of the sections of the notes: they stand in the contents as well."""
    announced = set(re.findall(r"(?m)^([一二三四五六七八九十]+、.+?)\.{4,}\t\d+$", text))
    return (m for m in re.finditer(r"(?m)^[一二三四五六七八九十]+、.+$", text) if m[0] in announced)


def without_section(word: str) -> Change:
    """Leave out the section with a word in its heading; the contents still announce it."""

    def change(text: str) -> str:
        marks = list(headings(text))
        at = next(i for i, mark in enumerate(marks) if word in mark[0])
        return text[: marks[at].start()] + text[marks[at + 1].start() :]

    return change


def and_its_entry(word: str) -> Change:
    return lambda text: re.sub(
        rf"(?m)^[一二三四五六七八九十]+、.*{word}.*\.{{4,}}\t\d+\n", "", without_section(word)(text)
    )


def titles(text: str) -> list[re.Match[str]]:
    return [m for m in re.finditer(r"(?m)^部门预算.*表$", text) if "公开表" not in m[0]]


def without_table(number: int) -> Change:
    """Leave out a table by its place among the nine."""

    def change(text: str) -> str:
        found = titles(text)
        return text[: found[number - 1].start()] + text[found[number].start() :]

    return change


def exchanged(text: str) -> str:
    """Print the second and the third table in the other order."""
    second, third, fourth = (m.start() for m in titles(text)[1:4])
    return text[:second] + text[third:fourth] + text[second:third] + text[fourth:]


def other_heading(text: str) -> str:
    mark = next(m for m in headings(text) if "安排情况" in m[0])
    return text[: mark.start()] + mark[0].replace("安排", "") + text[mark.end() :]


def once(pattern: str, other: str) -> Change:
    """Replace the first match; it must be there."""

    def change(text: str) -> str:
        changed, count = re.subn(pattern, other, text, count=1)
        assert count == 1, pattern
        return changed

    return change


FAULTS: dict[str, tuple[Change, str, str]] = {
    "a table is left out": (without_table(8), "TableStateCapital", "violation"),
    "tables are exchanged": (exchanged, "ContentsOrder", "warning"),
    "a section is left out": (without_section("专项资金"), "ContentsSection", "violation"),
    "a mandatory section is left out": (without_section("国有资产"), "ContentsSection", "violation"),
    "a subject is left out": (and_its_entry("国有资产"), "CoversAssets", "violation"),
    "a heading is worded otherwise": (other_heading, "ContentsTitle", "warning"),
    "pages of the contents descend": (once(r"\.{4,}\t20\n", ".....\t12\n"), "ContentsPagesAscend", "info"),
    "the note names the other fund": (
        once("注：无国有资本经营预算", "注：无政府性基金预算"),
        "NoteNamesFund",
        "violation",
    ),
    "the note says nothing": (once("注：无国有资本.*", "注：按科目填列。"), "EmptyTableNote", "violation"),
    "a page prints no unit": (once(r"(档次(?:.|\n)*?)单位：万元\n", r"\1\n"), "PageUnit", "warning"),
    "a page prints another year": (once(r"(预算年度：\s*)20\d\d", r"\g<1>2019"), "YearOfImprint", "violation"),
    "a section is of another year": (once(r"\n2024年(，我部门机关)", r"\n2023年\1"), "YearOfNotes", "violation"),
    "items are left out": (lambda text: re.sub(r"\n\d+\t2210201\t.*", "", text), "FunctionItems", "violation"),
    "a part of the three is left out": (
        once(r"\n\d+\t其中：公务 用车购置费.*", ""),
        "ThreePublicPurchase",
        "violation",
    ),
    "the rank of a body is blank": (once(r"\t事业\t正科级\t", "\t事业\t\t"), "InstitutionRank", "violation"),
    "a term is not explained": (once(r"9、\*\*“三公”经费.*\n", ""), "GlossaryThreePublic", "warning"),
    "units are counted otherwise": (
        once("机构设置：\n", "机构设置：\n\n下属7个预算单位。\n"),
        "StatedUnits",
        "warning",
    ),
    "a placeholder is left": (once("我部门无其他", "我部门XX无其他"), "Placeholder", "warning"),
    "a title says unit": (once("\n部门预算支出总表\n", "\n单位预算支出总表\n"), "TitleFitsLevel", "info"),
    "prose says unit": (once("我部门机关运行", "我单位机关运行"), "ProseFitsLevel", "info"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_made_in_the_example_is_told(fault: str, check: Checked) -> None:
    change, shape, severity = FAULTS[fault]
    results = check(change(example()))
    graver = {name(r) for r in results if r.severity != "info"}
    assert (shape, severity) in {(name(r), r.severity) for r in results}
    assert graver <= {shape, "ContentsTitle"} | ({"ContentsNowhere"} if shape == "TitleFitsLevel" else set())


# --- other documents ------------------------------------------------------------------------------------------------------

OTHERS = {
    "another year, no contents": Style(year=2027, contents=False),
    "years before the later norms": Style(year=2016, seed=5),
    "titles on every page, in yuan": Style(repeat_title=True, unit="元", carried=True, funds=True),
    "headings not repeated": Style(repeat_header=False, page_numbers=True),
    "a unit": Style(renamed=(("部门预算", "单位预算"), ("我部门", "本单位"), ("本部门", "本单位"))),
    "final accounts": Style(renamed=(("部门预算", "部门决算"), ("预算数", "决算数"))),
}


@pytest.mark.parametrize("style", OTHERS.values(), ids=OTHERS)
def test_a_good_document_of_another_kind_has_no_violation(style: Style, check: Checked) -> None:
    assert [(name(r), r.focus) for r in check(write(style).text) if r.severity == "violation"] == []
