"""Who, where, when: names, years, levels, areas and units as documents of many styles print them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from budgetlod.interpret.areas import Areas
from budgetlod.interpret.ballot import Ballot
from budgetlod.interpret.bodies import Bodies, Body
from budgetlod.interpret.identity import read_identity
from budgetlod.interpret.money_units import unit_of
from budgetlod.interpret.publication_titles import Titles
from budgetlod.model.disclosure import Identity
from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.problem import Problem
from budgetlod.model.publisher import SourceNotes
from budgetlod.rdf.lexicon import load_lexicon, published_list

LEXICON = load_lexicon()
BODIES = Bodies(LEXICON)
AREAS = Areas(published_list("area"))
HERE = Place(page=1, line=1)


def paragraph(number: int, text: str) -> Paragraph:
    return Paragraph((TextLine(text, Place(page=1, line=number)),))


def who(*lines: str, notes: SourceNotes = SourceNotes(), grids: Sequence[Grid] = ()) -> tuple[Identity, list[Problem]]:  # noqa: B008
    blocks: list[Block] = [paragraph(number, line) for number, line in enumerate(lines, 1)]
    return read_identity(Document("x.pdf", "application/pdf", "", (*blocks, *grids)), [], notes, LEXICON)


# --- names ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("虚构市教育局", Body("虚构市教育局")),
        ("第三部分虚构市教育局", Body("虚构市教育局")),
        ("附件1:虚构市教育局", Body("虚构市教育局")),
        ("731-虚构市教育局", Body("虚构市教育局", "731")),
        ("[731001]虚构市教育局", Body("虚构市教育局", "731001")),
        ("虚构市教育局(汇总)", Body("虚构市教育局", "", "consolidated")),
        ("虚构市教育局(本级)", Body("虚构市教育局", "", "head")),
        ("虚构市教育局(局机关)", Body("虚构市教育局", "", "head")),
        ("虚构市教育局本级", Body("虚构市教育局", "", "head")),
        ("虚构市教育局(部门)", Body("虚构市教育局", "", "department")),
        ("虚构市服务中心(虚构市信息中心)", Body("虚构市服务中心(虚构市信息中心)")),
        ("虚构市非税收入管理局", Body("虚构市非税收入管理局")),
        ("虚构市第一中学", Body("虚构市第一中学")),
        ("虚构市XX局", None),
        ("虚构市教育局部门预算包括:局机关预算、局属事业", None),
        ("部门预算财政拨款上年结转资金支出表", None),
        ("本部门设8个处室", None),
        ("虚构市", None),
        ("万元", None),
    ],
)
def test_what_is_a_name(text: str, body: Body | None) -> None:
    assert BODIES.read(text) == body


@pytest.mark.parametrize(
    "lines",
    [
        ("虚构市教育局2031年部门预算",),
        ("2031年虚构市教育局部门预算公开",),
        ("2031年度虚构市教育局", "部门预算"),
        ("2031年", "虚构市教育局部门预算"),
        ("虚构市教育局", "2031年度部门预算情况说明"),
        ("虚构市教育局2031年度部门", "预算公开"),
        ("附件2：虚构市教育局2031年部门综合预算公开说明",),
        ("虚构市2031年市级部门预算", "预算主管部门：虚构市教育局"),
        ("2031年部门预算公开", "部门（单位）：虚构市教育局 单位：万元"),
        ("2031年部门预算", "731 虚构市教育局"),
        ("目录", "第一部分 虚构市教育局概况", "第二部分 2031年部门预算表"),
        ("虚构市教育局2031年部门预算公开_预决算公开",),
        ("2031", "2031年虚构市教育局部门预算收入100.00万元，比2030年年初预算减少2.00万元。"),
    ],
)
def test_titles_and_fields_of_many_styles(lines: tuple[str, ...]) -> None:
    identity, problems = who(*lines)
    assert (identity.name, identity.fiscal_year, identity.phase) == ("虚构市教育局", 2031, "budget")
    assert [problem.code for problem in problems] == ["identity-area"]


def test_the_year_before_is_not_the_year() -> None:
    prose = [
        f"2030年部门预算支出{n}.00万元，较2029年预算数增加1.00万元，主要是人员增加带来的正常增长。" for n in range(1, 9)
    ]
    identity, problems = who("虚构市教育局2031年部门预算", *["情况说明"] * 12, *prose)
    assert identity.fiscal_year == 2031
    assert "told-two-ways" not in {problem.code for problem in problems}


def test_final_accounts_of_a_unit() -> None:
    identity, _ = who("2031年度虚构市第一中学单位决算", "收入支出决算总表", "与2030年度预算相比")
    assert (identity.phase, identity.level, identity.name) == ("final", "unit", "虚构市第一中学")


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("虚构市教育局2031年部门预算", "department"),
        ("虚构市教育局2031年单位预算", "unit"),
        ("虚构市教育局（汇总）2031年部门预算", "consolidated"),
        ("虚构市教育局本级2031年部门预算", "head"),
        ("虚构市教育局2031年预算公开", ""),
    ],
)
def test_level(title: str, level: str) -> None:
    assert who(title)[0].level == level


def test_a_form_names_the_department_where_no_title_does() -> None:
    rows = (("预算13表 部门整体支出绩效目标表", "", ""), ("", "（2031年度）", ""), ("部门名称", "", "虚构市教育局"))
    grid = Grid(tuple(GridRow(cells, Place(page=2, line=n)) for n, cells in enumerate(rows, 1)))
    identity, _ = who("收支总表", grids=[grid])
    assert (identity.name, identity.fiscal_year) == ("虚构市教育局", 2031)


def test_the_heading_of_a_column_is_no_name() -> None:
    cells = ("单位名称", "单位性质", "单位规格")
    identity, problems = who("2031年部门预算", grids=[Grid((GridRow(cells, Place(page=2, line=1)),))])
    assert identity.name == ""
    assert "identity-name" in {problem.code for problem in problems}


# --- questions and overrides ----------------------------------------------------------------------------------------------------


def test_two_names_of_equal_weight_are_a_question() -> None:
    _, problems = who("虚构市教育局2031年部门预算", "虚构市体育局2031年部门预算")
    problem = next(problem for problem in problems if problem.code == "told-two-ways")
    assert problem.severity == "error"
    assert "虚构市教育局" in problem.zh
    assert problem.zh.endswith("是哪一个？")
    assert "虚构市体育局 (page 1): which is it?" in problem.en
    assert "state name in [disclosure]" in problem.hint_en


def test_two_years_of_equal_weight_are_a_question() -> None:
    _, problems = who("虚构市教育局2031年部门预算", "虚构市教育局2032年部门预算")
    assert next((p.code, "2031" in p.en and "2032" in p.en) for p in problems) == ("told-two-ways", True)


def test_budget_or_final_accounts_is_asked_in_words() -> None:
    _, problems = who("虚构市教育局2031年部门预算", "虚构市教育局2031年部门决算")
    assert "“预算”" in problems[0].zh
    assert "Final accounts (决算)" in problems[0].en


def test_notes_answer_every_question() -> None:
    notes = SourceNotes(name="虚构市体育局", fiscal_year=2032, phase="final", level="head", area="110000")
    identity, problems = who("虚构市教育局2031年部门预算", "虚构市体育局2032年部门决算", notes=notes)
    assert identity == Identity("虚构市体育局", "", "110000", 2032, "final", "head", "110000-虚构市体育局")
    assert problems == []


def test_a_shorter_name_is_the_same_body() -> None:
    identity, problems = who("北京市教育局2031年部门预算", "市教育局2031年部门预算")
    assert identity.name == "北京市教育局"
    assert problems == []


def test_places_count_once_and_kinds_up_to_a_limit() -> None:
    ballot: Ballot[str] = Ballot()
    for line in range(20):
        ballot.add("a", "prose", Place(line=line))
        ballot.add("b", "cover", HERE)
    assert (ballot.weight("a"), ballot.weight("b")) == (4, 12)
    result = ballot.result()
    assert result is not None
    assert (result.value, result.rival) == ("b", None)


# --- titles -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2031年收入预算5,876.67万元，比上年执行数增加48.92万元",
        "部门收支总体情况",
        "虚构市教育局部门预算包括：局本级预算和所属事业单位预算",
        "按照综合预算的原则，虚构市教育局所有收入和支出均纳入部门预算管理。",
        "第一部分 部门概况",
    ],
)
def test_what_is_no_title(text: str) -> None:
    assert Titles(LEXICON, BODIES).read(text, HERE) is None


# --- areas ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("北京市海淀区教育委员会", ("110108",)),
        ("北京海淀区教育委员会", ("110108",)),
        ("江苏省教育厅", ("320000",)),
        ("江苏南京市教育局", ("320100",)),
        ("中共重庆市委宣传部", ("500000",)),
        ("富民县教育局", ("530124",)),
        ("鼓楼区教育局", ("320106", "320302", "350102", "410204")),
        ("天津市河西区社区卫生服务中心", ("120103",)),
        ("审计署", ()),
        ("北京大学", ()),
        ("石家庄市虚构新区管委会", ()),
    ],
)
def test_areas_that_names_begin_with(name: str, codes: tuple[str, ...]) -> None:
    assert AREAS.of(name) == codes


def test_an_area_named_elsewhere_decides_between_two_of_one_name() -> None:
    identity, problems = who("鼓楼区教育局2031年部门预算", "一、主要职责", "贯彻徐州市教育工作部署")
    assert (identity.area, identity.organization, problems) == ("320302", "320302-鼓楼区教育局", [])


def test_areas_of_one_name_are_a_question() -> None:
    identity, problems = who("鼓楼区教育局2031年部门预算")
    assert identity.area == ""
    assert [(p.code, p.severity) for p in problems] == [("identity-area", "warning")]
    assert "江苏省南京市鼓楼区 320106" in problems[0].zh
    assert problems[0].en.startswith("which area is 鼓楼区教育局 of")


def test_a_title_tells_the_area_that_the_name_does_not() -> None:
    identity, _ = who("上海市虹口区2031年区级部门预算", "预算主管部门：四川北路街道办事处")
    assert (identity.name, identity.area) == ("四川北路街道办事处", "310109")


# --- units ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("context", "unit"),
    [
        (["收支总表", "金额单位：人民币元"], "cny"),
        (["单位：万", "元"], "cny-10k"),
        (["单位：（万元）"], "cny-10k"),
        (["单位：人民币（万元）"], "cny-10k"),
        (["编制单位：虚构市教育局", "单位：亿元"], "cny-100m"),
        (["编制单位：虚构市教育局  单位：元"], "cny"),
        (["收支总表（万元）"], "cny-10k"),
        (["收支总表（万元）", "单位：元"], "cny"),
        (["（元）"], "cny"),
        (["单位：%"], None),
        (["编制单位：虚构市教育局"], None),
    ],
)
def test_units_of_many_styles(context: list[str], unit: str | None) -> None:
    found = unit_of(context, LEXICON)
    assert (found[0] if found else None) == unit
