"""Disclosures that print the same kind of budget in other ways are read as completely as the example."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from budgetlod import pipeline
from budgetlod.interpret.coverage import reading
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.cube import ChangeOf, Point, Thing
from budgetlod.model.disclosure import Disclosure
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.sources import find_sources
from tests.interpret.synthetic import AREA, CODE, NAME, SECTIONS, UNITS, Style, Written, write

CUT = ("code", "label", "number")
ALL_MONEY = Style(carried=True, closing=True, funds=True, own=True, travel=True, projects=12)
OTHER_WORDS = (
    ("部门预算收支总表", "部门收支预算总表"),
    ("部门预算财政拨款收支总表", "部门财政拨款收支预算总表"),
    ("部门预算一般公共预算财政拨款支出表", "部门一般公共预算支出表"),
    ("部门预算政府性基金预算财政拨款支出表", "政府性基金预算支出表"),
    ("部门预算财政拨款“三公”经费支出表", "财政拨款三公经费支出表"),
    ("预算数", "2031年预算数"),
    ("上解上级支出", "上缴上级支出"),
    ("公用经费", "日常公用经费"),
    ("财政专户收入", "财政专户管理资金收入"),
)

FINAL_WORDS = (
    ("部门预算", "部门决算"),
    ("决算收支总表", "收入支出决算总表"),
    ("决算收入总表", "收入决算表"),
    ("决算支出总表", "支出决算表"),
    ("决算财政拨款收支总表", "财政拨款收入支出决算总表"),
    ("项目\t预算数\t项目\t预算数", "项目\t决算数\t项目\t决算数"),
)

VARIANTS = {
    "plain": Style(),
    "another seed and year": Style(seed=7, year=2027),
    "carry-over": Style(carried=True),
    "carry-over to the next year": Style(carried=True, closing=True),
    "government funds and state capital": Style(funds=True),
    "special account and unit funds": Style(own=True),
    "three public expenses in every row": Style(travel=True),
    "money of every kind": ALL_MONEY,
    "zeros printed": replace(ALL_MONEY, zero="0.00"),
    "strokes for nothing": Style(zero="-"),
    "no projects": Style(projects=0),
    "many projects": Style(projects=14),
    "other wording": Style(wording="other"),
    "other wording, every kind of money": replace(ALL_MONEY, wording="other"),
    "prose in yuan": Style(prose_unit="元", thousands=True),
    "tables in yuan": Style(unit="元", thousands=True),
    "thousands separators": Style(thousands=True),
    "spaces inside numbers": Style(inner_spaces=True, trailing_spaces=True),
    "full-width digits": Style(wide_digits=True),
    "Windows line ends and a byte order mark": Style(newline="\r\n", bom=True, trailing_spaces=True),
    "old Macintosh line ends": Style(newline="\r"),
    "no running numbers": Style(ordinal=False),
    "no row of column numbers": Style(column_numbers=False),
    "neither": Style(ordinal=False, column_numbers=False, contents=False),
    "no contents": Style(contents=False),
    "codes cut": Style(split=("code",)),
    "labels cut": Style(split=("label",)),
    "numbers cut": Style(split=("number",)),
    "everything cut": replace(ALL_MONEY, split=CUT, rows_per_page=5),
    "everything cut, no running numbers": Style(split=CUT, ordinal=False, rows_per_page=7),
    "headings not repeated": Style(repeat_header=False, page_numbers=True),
    "headings not repeated, everything cut": Style(repeat_header=False, split=CUT),
    "titles repeated": Style(repeat_title=True, split=CUT),
    "page numbers": Style(page_numbers=True, rows_per_page=6),
    "note without data": Style(empty_note="说明：本表无数据。"),
    "note in a sentence": Style(empty_note="注：2031年没有使用此项预算安排的支出，故本表为空表。"),
    "several buying units": Style(procurement="units", projects=7),
    "no procurement": Style(procurement="none"),
    "headings exchanged": Style(exchanged=True),
    "other titles and headings": Style(travel=True, own=True, renamed=OTHER_WORDS),
}


def _random_style(seed: int) -> Style:
    """Return a style with everything drawn by lot."""
    dice = random.Random(seed)
    flags = ("carried", "funds", "own", "travel", "ordinal", "column_numbers", "contents", "page_numbers", "thousands",
             "inner_spaces", "wide_digits", "trailing_spaces", "bom", "repeat_header")  # fmt: skip
    drawn = {flag: dice.random() < 0.5 for flag in flags}
    return replace(
        Style(seed=seed, year=dice.randint(2018, 2035), projects=dice.randint(0, 11)),
        **drawn,  # type: ignore[arg-type]
        closing=drawn["carried"] and dice.random() < 0.5,
        split=tuple(kind for kind in CUT if dice.random() < 0.5),
        rows_per_page=dice.randint(3, 20),
        zero=dice.choice(["", "0.00"]),
        unit=dice.choice(["万元", "元"]),
        prose_unit=dice.choice(["万元", "元"]),
        wording=dice.choice(["plain", "other"]),
        newline=dice.choice(["\n", "\r\n"]),
        procurement=dice.choice(["lines", "units", "none"]),
    )


VARIANTS |= {f"drawn by lot {seed}": _random_style(seed) for seed in range(100, 112)}

Read = Callable[[str], tuple[Written, Disclosure]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Write a variant and read it, once for all tests."""

    @cache
    def written_and_read(name: str) -> tuple[Written, Disclosure]:
        style = VARIANTS[name]
        written = write(style)
        folder = tmp_path_factory.mktemp("synthetic")
        (folder / "source.txt").write_bytes(written.data(style))
        (folder / "source.toml").write_text(f'[disclosure]\narea = "{AREA}"\n', encoding="utf-8")
        return written, pipeline.read_source(find_sources([folder])[0])

    return written_and_read


every_variant = pytest.mark.parametrize("name", VARIANTS)


def _cells(disclosure: Disclosure) -> dict[tuple[str, int, int], object]:
    nine = [s for s in disclosure.content.statements if s.type not in ("performance", "procurement", "assets")]
    return {(s.type, c.row, c.column): (c.states, c.amount) for s in nine for c in s.cells if c.amount is not None}


@every_variant
def test_every_cell_states_what_was_printed(name: str, read: Read) -> None:
    written, disclosure = read(name)
    assert _cells(disclosure) == written.cells


@every_variant
def test_all_statements_are_found_and_put_together(name: str, read: Read) -> None:
    written, disclosure = read(name)
    found = Counter(s.type for s in disclosure.content.statements)
    nine = {t for t, s in load_lexicon().statements.items() if s.group == "budget" and s.order < 10}
    expected = Counter([*nine, "institutions", "assets"])
    expected["performance"] = len(written.budget.projects)
    if VARIANTS[name].procurement != "none":
        expected["procurement"] = 1
    assert found == +expected
    assert sum(s.rejoined for s in disclosure.content.statements) == written.cut_rows
    empty = {s.type for s in disclosure.content.statements if s.declared_empty}
    at = written.budget.at
    assert empty == {
        f"{s}-expenditure" for s in ("government-fund", "state-capital") if not at("outlay", source=s).value
    }


@every_variant
def test_every_number_in_a_table_is_mapped(name: str, read: Read) -> None:
    coverage = reading(read(name)[1])["coverage"]
    assert coverage["unmapped"] == []
    assert coverage["mapped"] == coverage["numbers"]


@every_variant
def test_the_figures_settled_are_those_of_the_budget(name: str, read: Read) -> None:
    written, disclosure = read(name)
    assert {p: disclosure.figures[p].amount for p, _ in written.cells.values()} == dict(written.cells.values())


@every_variant
def test_prose_states_the_right_figures(name: str, read: Read) -> None:
    written, disclosure = read(name)
    said = Counter(
        (m.states, m.amount if m.amount is not None else m.number)
        for m in disclosure.content.mentions
        if not (isinstance(m.states, Thing) and m.states.kind == "goal")
    )
    assert said == Counter(written.said)


@every_variant
def test_identity_sections_and_institutions(name: str, read: Read) -> None:
    who, content = read(name)[1].identity, read(name)[1].content
    style = VARIANTS[name]
    assert (who.name, who.code, who.fiscal_year, who.phase) == (NAME, CODE, style.year, "budget")
    assert who.organization == f"{AREA}-{CODE}"
    assert [section.label for section in content.sections] == list(SECTIONS)
    assert [body.name for body in content.institutions] == list(UNITS)
    assert len(content.duties) == 2
    assert len(content.glossary) == 2
    assert len(content.assets) == 6


@every_variant
def test_projects_with_their_money_payments_goals_and_indicators(name: str, read: Read) -> None:
    written, disclosure = read(name)
    for plan, project in zip(written.budget.projects, disclosure.content.projects, strict=True):
        assert (project.name, project.code) == (plan.name, plan.code)
        assert project.budget == (plan.fiscal + plan.other) * 10000
        assert project.fiscal_funds == plan.fiscal * 10000
        assert project.other_funds == (plan.other * 10000 if plan.other or VARIANTS[name].zero == "0.00" else None)
        assert [p.share for p in project.payments] == list(plan.shares)
        assert [p.month for p in project.payments] == [3, 6, 10, 12]
        assert [g.text[-4:] for g in project.goals] == ["示范项目", "保证质量"]
        assert [i.label for i in project.indicators] == [f"示范指标{n}" for n in range(1, plan.indicators + 1)]
        quantities = [i.target.value for i in project.indicators if i.target.value is not None]
        assert quantities == [n * 10 for n in range(1, min(plan.indicators, 3) + 1)]


@every_variant
def test_nothing_is_reported_that_is_not_there(name: str, read: Read) -> None:
    assert [p.text() for p in read(name)[1].problems if p.severity != "info"] == []


@every_variant
def test_a_consistent_budget_breaks_no_law(name: str, read: Read) -> None:
    triples = to_triples(read(name)[1], load_lexicon())
    report = pipeline.check(triples, "laws")
    assert report.conforms, report.counts()


@pytest.mark.parametrize("name", ["plain", "money of every kind", "everything cut", "drawn by lot 100"])
def test_every_printed_whole_is_the_sum_of_its_parts(name: str, read: Read) -> None:
    disclosure = read(name)[1]
    closed = 0
    for breakdown in disclosure.relations.breakdowns:
        if isinstance(breakdown.whole, Point):
            parts = [disclosure.figures[p].amount for p in breakdown.parts if isinstance(p, Point)]
            assert sum(parts) == disclosure.figures[breakdown.whole].amount, breakdown
            closed += 1
    assert closed > 60


def test_percentages_and_unchanged_figures(read: Read) -> None:
    written, disclosure = read("other wording")
    change = next(c for c in disclosure.changes if c.change.point == Point(fiscalYear=2031, flow="expenditure"))
    amount = written.budget.changes["project"]
    total = written.budget.at("expenditure").value
    assert change.amount == amount * 10000
    assert change.percent is not None
    assert abs(change.percent - amount / (total - amount) * 100) < 0.006
    same = ChangeOf(Point(fiscalYear=2031, flow="expenditure", source="fiscal", item="reception"), 2030)
    assert next(c for c in disclosure.changes if c.change == same).amount == 0


def test_final_accounts_are_told_from_budgets(tmp_path: Path) -> None:
    written = write(Style(renamed=FINAL_WORDS, contents=False))
    (tmp_path / "x.txt").write_text(written.text, encoding="utf-8")
    disclosure = pipeline.read_source(find_sources([tmp_path / "x.txt"])[0])
    assert disclosure.identity.phase == "final"
    assert _cells(disclosure) == {k: (p._replace(phase="final"), a) for k, (p, a) in written.cells.items()}


def test_a_section_headed_in_unknown_words_does_not_hide_those_after_it(tmp_path: Path) -> None:
    written = write(Style(contents=False, renamed=((f"二、{SECTIONS[1]}", "二、某某事项"),)))
    (tmp_path / "x.txt").write_text(written.text, encoding="utf-8")
    disclosure = pipeline.read_source(find_sources([tmp_path / "x.txt"])[0])
    assert [s.label for s in disclosure.content.sections] == [SECTIONS[0], *SECTIONS[2:]]


def test_the_same_text_gives_the_same_records(tmp_path: Path) -> None:
    style = VARIANTS["everything cut"]
    (tmp_path / "a.txt").write_bytes(write(style).data(style))
    source = find_sources([tmp_path / "a.txt"])[0]
    assert pipeline.read_source(source) == pipeline.read_source(source)
