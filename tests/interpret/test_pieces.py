"""The pieces of interpretation, each by itself: titles, headings, targets, identity, sentences, evidence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetlod.interpret.figures import Evidence, settle
from budgetlod.interpret.headings import exchanged, heading_paths, orphan, read_headings, unit_in_heading
from budgetlod.interpret.identity import read_identity
from budgetlod.interpret.money_units import unit_of
from budgetlod.interpret.outline import RawSection
from budgetlod.interpret.prose import Known, ProseReader
from budgetlod.interpret.recognise import is_column_numbers, is_contents, is_page_number, title_type
from budgetlod.interpret.schedules import asset_label
from budgetlod.interpret.targets import parse_target, split_target, undoubled
from budgetlod.interpret.wordings import Words
from budgetlod.model.cube import ChangeOf, Point, Thing
from budgetlod.model.document import Document, Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.notes import Mention, Project
from budgetlod.model.publisher import SourceNotes
from budgetlod.rdf.lexicon import load_lexicon

LEXICON = load_lexicon()
HERE = Place(line=1)


def _paragraph(text: str) -> Paragraph:
    return Paragraph((TextLine(text, HERE),))


def _row(*cells: str) -> GridRow:
    return GridRow(cells, HERE)


# --- titles and headings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("部门预算收支总表", "balance"),
        ("表1 收支总表", "balance"),
        ("公开02表：部门收入总表", "income"),
        ("某某局2031年部门支出总表", "expenditure"),
        ("部门预算财政拨款收支总表", "fiscal-balance"),
        ("政府性基金预算收支总表", "government-fund-balance"),
        ("部门预算财政拨款“三公”经费支出表", "three-public"),
        ("3、某某费绩效目标表", "performance"),
        ("部门预算收支总表.....1", None),
        ("详见部门预算收支总表。", None),
        ("", None),
    ],
)
def test_titles(text: str, type_: str | None) -> None:
    assert title_type(text, LEXICON) == type_


@pytest.mark.parametrize("label", sorted(LEXICON.titles))
def test_every_label_of_a_statement_type_is_a_title(label: str) -> None:
    assert title_type(f"虚构局{label}", LEXICON) == LEXICON.titles[label]


@pytest.mark.parametrize("text", ["5", "- 5 -", "— 12 —", "第 3 页", "第3页 共 9 页", "3/9"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)
    assert not is_page_number(text + "万元")


def test_contents_and_column_numbers() -> None:
    assert is_contents(Grid((_row("收支总表.....", "1"), _row("收入总表…………", "5"))))
    assert not is_contents(Grid((_row("收支总表", "1"),)))
    assert is_column_numbers(_row("栏次", "1", "2", "3"), LEXICON)
    assert is_column_numbers(_row("栏次", "１", "２"), LEXICON)
    assert is_column_numbers(_row("", "1", "2"), LEXICON)
    assert not is_column_numbers(_row("1", "3", "4"), LEXICON)


def test_merged_headings_spread_over_the_columns_below_them() -> None:
    header = (_row("合计", "本年收入", "", "", "上年结转"), _row("", "小计", "财政 拨款", "其他", ""))
    assert heading_paths(header, 5) == [
        ("合计",),
        ("本年收入", "小计"),
        ("本年收入", "财政拨款"),
        ("本年收入", "其他"),
        ("上年结转",),
    ]


def test_an_exchanged_heading_is_seen_and_put_back() -> None:
    header = (_row("总", "", "高", ""), _row("甲", "乙", "", "丙"))
    paths = heading_paths(header, 4)
    assert orphan(header, 4) == 3
    assert exchanged(paths, 3) == [("总", "甲"), ("总", "乙"), ("总", "丙"), ("高",)]
    assert orphan((_row("总", "", "高"), _row("甲", "乙", "")), 3) is None


def test_headings_tell_phases_apart_only_where_several_stand_side_by_side() -> None:
    type_ = LEXICON.statements["three-public"]
    both = read_headings([("项目",), ("预算数",), ("决算数",)], type_, LEXICON)
    assert [h.coordinates for h in both] == [(), (("phase", "budget"),), (("phase", "final"),)]
    assert [h.role for h in both] == ["label", "amount", "amount"]
    assert read_headings([("项目",), ("决算数",)], type_, LEXICON)[1].coordinates == ()


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("价值（金额单位：万元）", "cny-10k"), ("金额（元）", "cny"), ("数量（台）", None), ("金额", None)],
)
def test_units_in_headings(heading: str, unit: str | None) -> None:
    assert unit_in_heading((heading,), LEXICON) == unit


@pytest.mark.parametrize(
    ("context", "unit"),
    [
        (["单位：万元"], "cny-10k"),
        (["金额单位：", "元"], "cny"),
        (["单位: 人民币万元"], "cny-10k"),
        (["单位名称"], None),
    ],
)
def test_units_over_tables(context: list[str], unit: str | None) -> None:
    found = unit_of(context, LEXICON)
    assert (found[0] if found else None) == unit


@pytest.mark.parametrize(
    ("printed", "label", "unit"),
    [("2、车辆（台、辆）", "车辆", "台、辆"), ("1、房屋（平方米）", "房屋", "平方米"), ("资产总额", "资产总额", ""), ("房屋（自用）", "房屋(自用)", "")],
)  # fmt: skip
def test_asset_labels(printed: str, label: str, unit: str) -> None:
    assert asset_label(printed, LEXICON) == (label, unit)


# --- targets ----------------------------------------------------------------------------------------------------------------

numbers = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False)
units = st.sampled_from([("%", "percent"), ("万元", "cny-10k"), ("元", "cny"), ("", "")])
signs = st.sampled_from([("≥", "ge"), ("≤", "le"), ("=", "eq"), ("＞", "gt"), ("<", "lt"), ("\\geq", "ge"), ("不少于", "ge"), ("", "")])  # fmt: skip


@given(number=numbers, unit=units, sign=signs, space=st.sampled_from(["", " ", "\n"]))
def test_a_printed_target_is_taken_apart(
    number: Decimal, unit: tuple[str, str], sign: tuple[str, str], space: str
) -> None:
    target = parse_target(f"{sign[0]}{space}{number}{space}{unit[0]}", LEXICON)
    assert (target.comparator, target.value, target.unit) == (sign[1], number, unit[1])


@pytest.mark.parametrize(
    ("printed", "comparator", "value", "unit_text"),
    [
        ("98%以上", "ge", "98", "%"),
        ("5次以内", "le", "5", "次"),
        ("1,500张", "", "1500", "张"),
        ("365 天", "", "365", "天"),
    ],
)
def test_other_targets(printed: str, comparator: str, value: str, unit_text: str) -> None:
    target = parse_target(printed, LEXICON)
    assert (target.comparator, target.value, target.unit_text) == (comparator, Decimal(value), unit_text)


@pytest.mark.parametrize("printed", ["比上年有所提高", "10-20次", "2031年1月底前", ""])
def test_targets_in_words_have_no_value(printed: str) -> None:
    target = parse_target(printed, LEXICON)
    assert (target.value, target.comparator, target.printed) == (None, "", printed)


@given(text=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=8))
def test_doubled_words_are_kept_once(text: str) -> None:
    assert undoubled(text + text) in (text, undoubled(text))


@pytest.mark.parametrize(
    ("text", "label", "target"),
    [
        ("开学及时率=100%", "开学及时率", "=100%"),
        ("培训次数≥5次", "培训次数", "≥5次"),
        ("覆盖数量 \\geq 1500 张", "覆盖数量", "\\geq1500张"),
        ("服务质量有效提升", "服务质量", "有效提升"),
        ("工作秩序 持续保障持续保障", "工作秩序", "持续保障持续保障"),
        ("没有目标", "没有目标", ""),
    ],
)
def test_indicators_in_running_text(text: str, label: str, target: str) -> None:
    assert split_target(text, LEXICON) == (label, target)


# --- identity ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "notes", "expected"),
    [
        (["731 虚构市教育局", "2031年部门预算"], SourceNotes(area="999900"), ("虚构市教育局", "731", 2031, "budget", "999900-731")),
        (["部门：731虚构市教育局", "2031年部门预算"], SourceNotes(), ("虚构市教育局", "731", 2031, "budget", "731")),
        (["虚构市教育局2031年部门决算"], SourceNotes(area="999900"), ("虚构市教育局", "", 2031, "final", "999900-虚构市教育局")),
        (["731 虚构市教育局", "预算年度：2031"], SourceNotes(name="某局", code="9", fiscal_year=2030, phase="adjusted"),
         ("某局", "9", 2030, "adjusted", "9")),
        (["731 虚构市教育局", "2031年部门预算"], SourceNotes(organization="x"), ("虚构市教育局", "731", 2031, "budget", "x")),
    ],
)  # fmt: skip
def test_identity(lines: list[str], notes: SourceNotes, expected: tuple[object, ...]) -> None:
    document = Document("x.txt", "text/plain", "", tuple(_paragraph(line) for line in lines))
    who, _ = read_identity(document, [], notes, LEXICON)
    assert (who.name, who.code, who.fiscal_year, who.phase, who.organization) == expected


def test_what_nobody_tells_is_a_question() -> None:
    document = Document("x.txt", "text/plain", "", (_paragraph("公开说明"),), "folder/x.txt")
    _, problems = read_identity(document, [], SourceNotes(), LEXICON)
    assert [p.code for p in problems] == ["identity-name", "identity-fiscal-year", "identity-area"]
    assert {p.file for p in problems} == {"folder/x.txt"}


# --- sentences ---------------------------------------------------------------------------------------------------------------

OUT = Point(fiscalYear=2031, flow="expenditure")
BASIC = OUT._replace(nature="basic")
PROJECT = OUT._replace(nature="project", project="P1")
FUND = Point(fiscalYear=2031, flow="revenue", source="government-fund")


def _mentions(text: str, known: Known = Known({}, ())) -> list[Mention]:  # noqa: B008
    project = Project("P1", "P1", "示范2期经费", "performance", HERE)
    reader = ProseReader(Words(LEXICON, 2031, [project], []), "budget", known, "x")
    reader.read(RawSection(1, "", "overview", HERE), [_paragraph(text)])
    return reader.mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031年支出预算12.50万元", [(OUT, "125000.00")]),
        ("支出预算 1,234,567.89 元", [(OUT, "1234567.89")]),
        ("支出预算1.2亿元", [(OUT, "120000000.00")]),
        ("基本支出5万元，比2030年基本支出6万元减少1万元", [(BASIC, "50000.00"), (BASIC._replace(fiscalYear=2030), "60000.00"), (ChangeOf(BASIC, 2030), "-10000.00")]),
        ("基本支出5万元，比上年预算数6万元减少了约1万元", [(BASIC, "50000.00"), (BASIC._replace(fiscalYear=2030), "60000.00"), (ChangeOf(BASIC, 2030), "-10000.00")]),
        ("基本支出5万元，与上年预算持平。", [(BASIC, "50000.00"), (ChangeOf(BASIC, 2030), "0.00")]),
        ("基本支出5万元（其中人员经费4万元），较上年增长1万元", [(BASIC, "50000.00"), (OUT._replace(nature="personnel"), "40000.00"), (ChangeOf(BASIC, 2030), "10000.00")]),
        ("示范2期经费项目预算3万元", [(PROJECT, "30000.00")]),
        ("政府性基金预算收入7万元", [(FUND, "70000.00")]),
        ("预算项目12个", [(Thing("disclosure", "", ""), "12")]),
        ("与去年保持一致的工作节奏", []),
        ("召开2次会议", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[tuple[object, str]]) -> None:
    found = [(m.states, m.amount if m.amount is not None else m.number) for m in _mentions(text)]
    assert found == [(subject, Decimal(value)) for subject, value in expected]


@pytest.mark.parametrize(
    ("text", "percent"), [("，下降2.5%", "-2.5"), ("，降幅2.5%", "-2.5"), ("，占比2.5%", None), ("。增长2.5%", None)]
)
def test_percentages_of_changes(text: str, percent: str | None) -> None:
    assert _mentions(f"基本支出5万元，比上年减少1万元{text}")[1].percent == (Decimal(percent) if percent else None)


def test_prose_leaves_open_which_revenue_and_the_tables_settle_it() -> None:
    current, total = (Point(fiscalYear=2031, flow="revenue", vintage=v) for v in ("current", "_T"))
    known = Known({current: [Decimal("50000.00")], total: [Decimal("60000.00")]}, ())
    assert _mentions("预算收入5万元", known)[0].states == current
    assert _mentions("预算收入6万元", known)[0].states == total
    outlay = Known({OUT: [Decimal("50000.00")], OUT._replace(flow="outlay"): [Decimal("60000.00")]}, ())
    assert _mentions("支出预算5万元", outlay)[0].states == OUT
    assert _mentions("支出预算6万元", outlay)[0].states == OUT._replace(flow="outlay")


def test_a_mention_keeps_the_text_as_printed() -> None:
    assert _mentions("支出 预算 1 234.5 万元")[0].printed in ("1 234.5 万元", "1 234.5 万元")


# --- evidence ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "closing", "amount"),
    [
        ([("1", "100", 5), ("2", "1", 0)], "", "2"),
        ([("1", "1", 5), ("2", "1", 1), ("2", "1", 1)], "", "2"),
        ([("1", "1", 5), ("2", "1", 9)], "", "2"),
        ([("1", "1", 5), ("2", "1", 9)], "1", "1"),
    ],
)
def test_the_finest_then_most_then_closing_then_weightiest_evidence_settles(
    evidence: list[tuple[str, str, int]], closing: str, amount: str
) -> None:
    found = {OUT: [Evidence(Decimal(a), Decimal(p), w) for a, p, w in evidence]}
    assert settle(found, lambda _, value: str(value) == closing)[OUT].amount == Decimal(amount)
