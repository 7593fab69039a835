"""The families about tables and codes on whole documents: the example, invented ones, and invented ones with a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetlod import pipeline
from budgetlod.mapping.disclosure import to_triples
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.names import CODE
from budgetlod.rdf.terms import Triple
from budgetlod.read.sources import find_sources
from budgetlod.validate.report import Result
from tests.interpret.synthetic import AREA, Style, write

FAMILIES = ("tables", "classification", "template", "operating", "across")
STYLES = {
    "plain": Style(),
    "in yuan": Style(unit="元", thousands=True),
    "carry-over": Style(seed=7, carried=True, closing=True),
    "money of every kind": Style(carried=True, funds=True, own=True, travel=True),
    "everything cut": Style(split=("code", "label", "number"), rows_per_page=5),
    "no running numbers": Style(ordinal=False, column_numbers=False),
    "zeros printed": Style(zero="0.00"),
}
# The invented amounts are drawn by lot, and the invented head office has no items of its own.
BY_LOT = {("info", "AnnuityToPension"), ("info", "ItemsOfInstitutions")}

Fault = Callable[[str], str]


def results(triples: list[Triple], *families: str) -> list[Result]:
    return [r for family in families or FAMILIES for r in pipeline.check(triples, family).results]


def names(found: list[Result]) -> set[tuple[str, str]]:
    return {(r.severity, r.shape.rpartition("/")[2]) for r in found}


def triples_of(text: bytes, folder: Path) -> list[Triple]:
    (folder / "source.txt").write_bytes(text)
    (folder / "source.toml").write_text(f'[disclosure]\narea = "{AREA}"\n', encoding="utf-8")
    return to_triples(pipeline.read_source(find_sources([folder])[0]), load_lexicon())


# --- the example --------------------------------------------------------------------------------------------------------


def test_example_has_two_slips_and_nothing_worse(example_triples: list[Triple]) -> None:
    found = results(example_triples)
    assert sorted((r.severity, r.shape.rpartition("/")[2], "/".join(r.focus.strip("<>").split("/")[-4:])) for r in found) == [
        ("info", "ClassName", "130371-442/2024-budget/statement/balance#r31"),
        ("info", "ClassName", "130371-442/2024-budget/statement/fiscal-balance#r31"),
        ("info", "OneNameForACode", "budgetlod/code/function/20103"),
    ]  # fmt: skip
    messages = " ".join(r.messages.zh for r in found)
    assert "三十一、人行科目" in messages
    assert "(室)" in messages
    assert "（室）" in messages


def test_every_code_of_the_example_is_described_in_its_graph(example_triples: list[Triple]) -> None:
    start = f"<{CODE}"
    used = {o for _, _, o in example_triples if o.startswith(start) and "/" in o.removeprefix(start)}
    said: dict[str, set[str]] = {}
    for subject, predicate, _ in example_triples:
        if subject.startswith(start):
            said.setdefault(subject, set()).add(predicate.strip("<>").rpartition("#")[2])
    needed = {"type", "inScheme", "notation", "prefLabel", "broaderTransitive"}
    assert [code for code in sorted(used) if not needed <= said.get(code, set())] == []
    assert sum(subject.startswith(start) for subject, _, _ in example_triples) < 10 * len(said)


# --- invented documents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STYLES)
def test_good_documents_pass(name: str, tmp_path: Path) -> None:
    triples = triples_of(write(STYLES[name]).data(STYLES[name]), tmp_path)
    assert names(results(triples)) - BY_LOT == set()


def replaced(old: str, new: str, last: bool = False) -> Fault:
    """A fault: the first (or last) occurrence of a text is another one."""

    def apply(text: str) -> str:
        assert old in text
        return new.join(text.rsplit(old, 1)) if last else text.replace(old, new, 1)

    return apply


def without_line(part: str) -> Fault:
    """A fault: the first line with ``part`` is lost."""

    def apply(text: str) -> str:
        lines = text.split("\n")
        del lines[next(number for number, line in enumerate(lines) if part in line)]
        return "\n".join(lines)

    return apply


def exchanged(one: str, two: str) -> Fault:
    """A fault: two texts have changed places where they occur last."""

    def apply(text: str) -> str:
        head, first, rest = text.rpartition(one)
        middle, second, tail = rest.partition(two)
        assert first
        assert second
        return head + two + middle + one + tail

    return apply


FAULTS: dict[str, tuple[Fault, set[tuple[str, str]]]] = {
    "a code of another name": (
        replaced("2050202\t小学教育", "2050203\t小学教育"),
        {("violation", "NameOfAnotherCode"), ("violation", "SameCodesInAndOut")},
    ),
    "an economic code of another name": (
        replaced("30108\t机关事业", "30109\t机关事业"),
        {("violation", "NameOfAnotherCode"), ("info", "OneNameForACode")},
    ),
    "a code without its last digit": (
        replaced("2050202\t小学教育", "205020\t小学教育"),
        {("violation", "CodeLength"), ("violation", "SameCodesInAndOut")},
    ),
    "a code beside its name": (
        replaced("2050202\t小学教育", "2050288\t小学教育"),
        {("warning", "CodeBesideItsName"), ("violation", "SameCodesInAndOut")},
    ),
    "a code in no list": (
        lambda text: text.replace("2050202\t小学教育", "2050288\t示例教育"), {("info", "CodeListed")}
    ),
    "a name in no list": (lambda text: text.replace("2050202\t小学教育", "2050202\t示例教育"), {("info", "NameListed")}),
    "a name that differs between tables": (
        replaced("2050202\t小学教育", "2050202\t“小学教育”"), {("info", "OneNameForACode")}
    ),
    "a row lost": (
        without_line("\t20502\t普通教育"),
        {("violation", "RowNumbers"), ("violation", "ParentRow"), ("violation", "SameCodesInAndOut")},
    ),
    "a class renamed": (replaced("六、科学技术支出", "六、示例支出"), {("info", "ClassName"), ("warning", "SameClasses")}),
    "classes in another order": (exchanged("六、科学技术支出", "七、文化旅游体育与传媒支出"), {("warning", "SameClasses")}),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_nothing_else(name: str, tmp_path: Path) -> None:
    fault, expected = FAULTS[name]
    text = fault(write(Style(rows_per_page=60)).text)
    assert names(results(triples_of(text.encode(), tmp_path))) - BY_LOT == expected


def test_a_table_without_its_unit(tmp_path: Path) -> None:
    text = write(Style(rows_per_page=60)).text
    first, mark, rest = text.partition("单位：万元")
    found = results(triples_of((first + mark + rest.replace("单位：万元", "", 1)).encode(), tmp_path))
    assert names(found) - BY_LOT == {("violation", "UnitStated")}
    assert [r.focus.endswith("/statement/income>") for r in found if r.shape.endswith("UnitStated")] == [True]
