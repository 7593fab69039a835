"""What an amount is one of: said by the words before it, the whole it is a part of, the heading it stands under."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlod.interpret.outline import RawSection
from budgetlod.interpret.prose import Known, ProseReader
from budgetlod.interpret.prose_precision import with_precision
from budgetlod.interpret.section_lines import said_by, section_type
from budgetlod.interpret.wordings import Words
from budgetlod.model.cube import ChangeOf, Point
from budgetlod.model.document import Paragraph, Place, TextLine
from budgetlod.rdf.lexicon import load_lexicon

HERE = Place(line=1)
LEXICON = load_lexicon()
NOTHING = Known({}, ())
OUT = Point(fiscalYear=2031, flow="expenditure")
IN = Point(fiscalYear=2031, flow="revenue")
GENERAL = OUT._replace(source="general-public")
FISCAL = OUT._replace(source="fiscal")
BASIC = GENERAL._replace(nature="basic")
PRIMARY = GENERAL._replace(function="2050202")


def yuan(value: str) -> Decimal:
    return Decimal(value) * 10000


def read(heading: str, *paragraphs: str, known: Known = NOTHING, phase: str = "budget") -> ProseReader:
    reader = ProseReader(Words(LEXICON, 2031, [], []), phase, known, "x")
    section = RawSection(1, heading, section_type(heading, LEXICON), HERE, said=said_by(heading, LEXICON))
    reader.read(section, [Paragraph((TextLine(text, HERE),)) for text in paragraphs])
    return reader


def stated(heading: str, *paragraphs: str, known: Known = NOTHING) -> list[tuple[object, Decimal | None]]:
    return [(m.states, m.amount) for m in read(heading, *paragraphs, known=known).mentions]


# --- parts of a whole ----------------------------------------------------------------------------------------------------


def test_parts_are_of_the_money_of_their_whole() -> None:
    text = "一般公共预算财政拨款支出9万元。其中：基本支出6万元，项目支出3万元。项目支出4万元。"
    expected = [
        (GENERAL, yuan("9")), (BASIC, yuan("6")), (GENERAL._replace(nature="project"), yuan("3")),
        (OUT._replace(nature="project"), yuan("4")),
    ]  # fmt: skip
    assert stated("收支情况", text) == expected


def test_a_part_of_revenue_keeps_its_fund_and_its_year() -> None:
    text = "财政拨款收入9万元，其中：本年收入8万元，上年结转收入1万元。本年收入中，一般公共预算拨款8万元。"
    fund = IN._replace(source="fiscal")
    assert stated("收支情况", text) == [
        (fund, yuan("9")), (fund._replace(vintage="current"), yuan("8")), (fund._replace(vintage="carried"), yuan("1")),
        (IN._replace(source="general-public", vintage="current"), yuan("8")),
    ]  # fmt: skip


def test_spending_under_revenue_is_spending() -> None:
    text = "一般公共预算财政拨款收入9万元，一般公共预算财政拨款支出9万元。其中：基本支出6万元。"
    assert stated("收支情况", text)[2] == (BASIC, yuan("6"))


def test_a_new_whole_ends_the_list() -> None:
    text = "财政拨款支出9万元，其中：基本支出6万元；支出总计12万元，项目支出3万元。"
    assert [point for point, _ in stated("收支情况", text)] == [
        FISCAL, FISCAL._replace(nature="basic"), OUT._replace(flow="outlay"), OUT._replace(nature="project"),
    ]  # fmt: skip


def test_a_list_goes_on_in_the_paragraphs_below_until_the_next_point() -> None:
    found = stated(
        "收支情况",
        "（一）财政拨款基本支出预算9万元，其中：",
        "1.人员经费6万元。",
        "2.公用经费3万元。",
        "（二）项目支出4万元。",
    )
    assert [point for point, _ in found] == [
        FISCAL._replace(nature="basic"), FISCAL._replace(nature="personnel"), FISCAL._replace(nature="public"),
        OUT._replace(nature="project"),
    ]  # fmt: skip


def test_parts_behind_a_colon_are_of_the_whole_before_it() -> None:
    text = "政府采购预算总额9万元：货物类采购预算9万元；其中一般公共预算拨款政府采购4万元：政府采购货物预算4万元。"
    assert [point for point, _ in stated("政府采购情况", text)] == [
        OUT._replace(item="procurement"), OUT._replace(item="goods"), GENERAL._replace(item="procurement"),
        GENERAL._replace(item="goods"),
    ]  # fmt: skip


def test_a_change_in_a_list_is_of_the_part_it_names() -> None:
    text = "收入预算比上年增加9万元。其中：一般公共预算拨款增加8万元。"
    assert stated("收支情况", text) == [
        (ChangeOf(IN, 2030), yuan("9")), (ChangeOf(IN._replace(source="general-public"), 2030), yuan("8")),
    ]  # fmt: skip


def test_after_a_list_of_classes_the_text_is_about_their_whole_again() -> None:
    known = Known({OUT._replace(function="205"): [yuan("5")], OUT._replace(function="210"): [yuan("4")]}, ())
    text = "支出预算9万元。按功能分类，包括教育支出5万元，卫生健康支出4万元。比上年增加1万元。"
    assert stated("收支情况", text, known=known)[-1] == (ChangeOf(OUT, 2030), yuan("1"))


# --- headings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "paragraphs",
    [("（二）公务接待费。2031年预算数5万元，与上年持平。",), ("（二）公务接待费", "2031年预算安排5万元，与上年持平。")],
)
def test_an_amount_without_words_is_of_its_heading(paragraphs: tuple[str, ...]) -> None:
    reception = FISCAL._replace(item="reception")
    found = stated("财政拨款“三公”经费预算情况", *paragraphs)
    assert found == [(reception, yuan("5")), (ChangeOf(reception, 2030), Decimal("0.00"))]


def test_but_not_against_the_tables() -> None:
    known = Known({FISCAL._replace(item="reception"): [yuan("6")]}, ())
    assert stated("财政拨款“三公”经费预算情况", "（二）公务接待费。2031年预算数5万元", known=known) == []


def test_a_heading_of_revenue_makes_funds_revenue() -> None:
    assert stated("收入预算情况说明", "财政专户管理资金5万元") == [(IN._replace(source="special-account"), yuan("5"))]


def test_the_source_in_a_heading_is_that_of_the_figures_below() -> None:
    assert stated("一般公共预算基本支出情况说明", "人员经费5万元") == [
        (GENERAL._replace(nature="personnel"), yuan("5"))
    ]


# --- codes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "教育支出-普通教育-小学教育", "“教育支出-普通教育-小学教育”科目", "2050202-小学教育", "教育（类）普通教育（款）小学教育（项）",
        "小学教育（2050202）",
    ],
)  # fmt: skip
def test_ways_to_name_a_code(words: str) -> None:
    assert stated("一般公共预算支出情况", f"1.{words}5万元") == [(PRIMARY, yuan("5"))]


@pytest.mark.parametrize(
    "words", ["教育支出-某某教育-小学教育", "2050299-小学教育", "教育支出（类）教育支出（款）小学教育（项）"]
)
def test_paths_that_are_none(words: str) -> None:
    assert stated("一般公共预算支出情况", f"{words}5万元") == []


def test_a_heading_names_the_class_of_the_codes_below_it() -> None:
    paragraphs = "（一）国防支出（类）", "（二）教育支出（类）", "1.普通教育（款）小学教育（项）5万元"
    assert stated("一般公共预算支出情况", *paragraphs) == [(PRIMARY, yuan("5"))]


def test_a_second_level_called_class_is_the_second_level() -> None:
    found = stated("一般公共预算支出情况", "（一）教育支出（类）", "1.普通教育（类）小学教育（项）5万元")
    assert found == [(PRIMARY, yuan("5"))]


def test_names_of_codes_in_brackets_may_be_shortened() -> None:
    assert stated("一般公共预算支出情况", "对社保基金补助（510）5万元") == [
        (GENERAL._replace(governmentEconomic="510"), yuan("5"))
    ]


# --- what is left alone --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "由中小企业中标或成交的，采购金额5万元",
        "某某企业政府采购项目5万元",
        "会议费和培训费5万元",
        "单价100万元（含）以上设备",
        "涉及一般公共预算财政拨款5万元",
        "用款计划5万元",
        "财务费用5万元",
    ],
)
def test_words_that_say_something_else(text: str) -> None:
    assert stated("政府采购情况", text) == []


def test_what_goals_cover_counts_where_a_table_confirms_it() -> None:
    text = "一般公共预算拨款5万元，项目支出4万元"
    assert stated("预算绩效管理情况", text) == []
    known = Known({GENERAL: [yuan("5")]}, ())
    assert stated("预算绩效管理情况", text, known=known) == [(GENERAL, yuan("5"))]


def test_limits_are_not_reported_but_unknown_amounts_are() -> None:
    reader = read("国有资产占用情况", "单价100万元以上设备0台。某某5万元。")
    assert [problem.code for problem in reader.problems] == ["prose-number-unmapped"]


# --- precision -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("基本支出6万元，项目支出3万元，收入预算9万元", Decimal(10000)),
        ("基本支出6.50万元，项目支出3万元，收入预算9万元", None),
        ("基本支出6万元", None),
    ],
)
def test_a_section_of_whole_amounts_is_rounded_to_its_unit(text: str, precision: Decimal | None) -> None:
    mentions = with_precision(read("收支情况", text).mentions, LEXICON)
    assert {mention.precision for mention in mentions} == {precision}


# --- other words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("货物类采购预算5万元", "goods"),
        ("拟采购工程支出5万元", "works"),
        ("服务采购金额5万元", "services"),
        ("政府采购支出预算总额5万元", "procurement"),
        ("本部门面向中小企业预留政府采购项目预算金额5万元", "reserved-sme"),
        ("预留给小型和微型企业的政府采购项目预算为5万元", "reserved-micro"),
    ],
)
def test_procurement(text: str, item: str) -> None:
    assert stated("政府采购情况", text) == [(OUT._replace(item=item), yuan("5"))]


@pytest.mark.parametrize("words", ["收入、支出预算总计", "收支总计", "收、支总计"])
def test_both_sides_in_one_number(words: str) -> None:
    known = Known({OUT: [yuan("5")]}, ())
    assert stated("收支情况", f"2031年度{words}5万元", known=known) == [(OUT, yuan("5"))]


def test_items_of_the_general_public_budget_are_those_of_the_table_whatever_fund_is_named() -> None:
    known = Known({GENERAL._replace(item="agency-operating"): [yuan("5")]}, ())
    text = "某某学校下属1家单位财政拨款的机关运行经费预算为5万元"
    assert stated("机关运行经费", text, known=known) == [(GENERAL._replace(item="agency-operating"), yuan("5"))]


def test_phases_of_final_accounts() -> None:
    text = "“三公”经费财政拨款支出年初预算为9万元，支出决算为8万元，完成预算的88.9%。"
    found = [(m.states, m.amount) for m in read("财政拨款“三公”经费支出决算情况", text, phase="final").mentions]
    three_public = FISCAL._replace(item="three-public")
    assert found == [(three_public, yuan("9")), (three_public._replace(phase="final"), yuan("8"))]
