"""What the reader says of indicators beside their targets: measures, topics, prices, costs, titles, customs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlod.interpret.form_state import FormState
from budgetlod.interpret.form_titles import numbered_title
from budgetlod.interpret.fragments import RawRow, RawTable
from budgetlod.interpret.measures import customs, speaks_of
from budgetlod.interpret.performance import PerformanceReader
from budgetlod.interpret.statements import Setting
from budgetlod.interpret.targets import parse_target
from budgetlod.model.document import Place
from budgetlod.model.notes import Indicator, Project
from budgetlod.rdf.lexicon import load_lexicon

LEXICON = load_lexicon()
HERE = Place(line=1)
HEADS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
FIELDS = ("项目编码", "A-1", "", "项目名称", "示范项目", "")


def form(*rows: tuple[str, ...], title: str = "1、示范项目绩效目标表") -> Project:
    """Read a form with the given rows after its first."""
    table = RawTable("performance", title, [], (), HERE)
    table.rows = [RawRow(cells, (Place(line=n),), "二级指标" in cells) for n, cells in enumerate((FIELDS, *rows), 1)]
    setting = Setting(2030, "budget", "cny-10k", Decimal(10000))
    read = PerformanceReader(FormState(table, LEXICON.statements["performance"], LEXICON, setting, "form.txt")).read(
        1, 1
    )
    (project,) = read.projects
    return project


def indicator(category: str, name: str, target: str) -> Indicator:
    """Read a form with a counted kind and one indicator more; return the latter."""
    counted = ("产出指标", "数量指标", "示范手册印数", "", "≥500套", "")
    return form(HEADS, counted, ("", category, name, "", target, "")).indicators[1]


@pytest.mark.parametrize(
    ("name", "description", "found"),
    [
        ("绿地面积（平方米）", "", [("measure", "area"), ("topic", "environment")]),
        ("培训人数", "", [("measure", "persons")]),
        ("按时完成率", "", [("measure", "rate")]),
        ("工作效率", "", []),
        ("群众满意度", "", [("measure", "satisfaction")]),
        ("示范活动", "减少污染", [("topic", "environment")]),
        ("产值增长率", "", [("measure", "rate"), ("topic", "growth")]),
        ("示范活动数量", "每年开展", []),
    ],
)
def test_words_of_an_indicator(name: str, description: str, found: list[tuple[str, str]]) -> None:
    assert list(speaks_of(name, description, LEXICON)) == found


@pytest.mark.parametrize(
    ("name", "target", "price", "of", "cost"),
    [
        ("每套手册印刷价格", "≤200元", 200, 1, None),
        ("手册印刷费用", "≤200元/套", 200, 1, None),
        ("每套桌椅价格", "≤200元", 200, None, None),
        ("每人每套手册价格", "≤200元", 200, None, None),
        ("人均培训费用", "≤0.05万元", 500, None, None),
        ("手册印刷费用", "≤10万元", None, None, 100000),
        ("节约经费", "≤10万元", None, None, None),
        ("手册印刷费用", "≥10万元", None, None, None),
        ("成本控制率", "≤100%", None, None, None),
        ("成本", "控制在预算内", None, None, None),
    ],
)
def test_prices_and_costs(name: str, target: str, price: int | None, of: int | None, cost: int | None) -> None:
    found = indicator("成本指标", name, target)
    assert (found.unit_price, found.price_of, found.cost_amount) == (price, of, cost)


def test_money_that_is_no_cost_of_the_project() -> None:
    assert indicator("经济效益指标", "增收金额", "≤10万元").cost_amount is None


@pytest.mark.parametrize(
    ("printed", "wording", "comparator", "unit"),
    [
        ("优良中低差", ("target-word", "grade"), "", ""),
        ("=优", ("target-word", "grade"), "", ""),
        ("有所提高", ("qualitative-target", "improved"), "", ""),
        ("≥", None, "ge", ""),
        ("≥%", None, "ge", "percent"),
        ("次", None, "", "times"),
        ("2030年12月底前", None, "", ""),
        ("不低于上年水平", None, "", ""),
        ("", None, "", ""),
    ],
)
def test_targets_without_a_number(printed: str, wording: tuple[str, str] | None, comparator: str, unit: str) -> None:
    target = parse_target(printed, LEXICON)
    assert (target.value, target.wording, target.comparator, target.unit) == (None, wording, comparator, unit)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("3、示范项目绩效目标表", (3, "示范项目")),
        ("（三）“示范项目”绩效目标表", (3, "示范项目")),
        ("3、示范项日绩效目标表", (3, "示范项日")),
        ("3、项目支出绩效目标表", (3, "项目支出")),
        ("3、绩效目标表", (3, "")),
        ("示范项目绩效目标表", (None, "")),
        ("2030.12.31示范项目绩效目标表", (None, "")),
    ],
)
def test_titles_of_forms(title: str, found: tuple[int | None, str]) -> None:
    assert numbered_title(title, "示范项目", "performance", LEXICON) == found


def test_each_form_is_a_project_though_two_bear_one_code() -> None:
    """The same project printed twice, code and name, stays one."""
    table = RawTable("performance", "1、示范项目绩效目标表", [], (), HERE)
    table.rows = [RawRow(FIELDS, (HERE,))]
    setting = Setting(2030, "budget", "cny-10k", Decimal(10000))

    def key(*others: Project) -> str:
        reader = PerformanceReader(FormState(table, LEXICON.statements["performance"], LEXICON, setting, "form.txt"))
        return reader.read(1, 1, others).projects[0].key

    other = Project("A-1", "A-1", "另一项目", "performance-1", HERE)
    assert key() == key(other._replace(name="示范项目")) == "A-1"
    assert key(other) == "A-1-2"
    assert key(other, other._replace(key="A-1-2")) == "A-1-3"


def test_levels_as_printed_and_rows_that_a_form_leaves_blank() -> None:
    rows = (
        ("产出指标", "数量指标", "示范一", "说明", "≥1次", "计划"),
        ("", "质量指标", "", "", "", ""),
        ("效益指标", "社会效益指标", "示范二", "说明", "有所提高", "计划"),
        ("", "经济效益指标", "", "", "", ""),
        ("满意度", "服务对象满意度指标", "", "", "≥90%", "计划"),
    )
    found = form(HEADS, *rows).indicators
    assert [(i.order, i.first_level, i.category, i.label) for i in found] == [
        (1, "output", "quantity", "示范一"),
        (2, "benefit", "social-benefit", "示范二"),
        (3, "satisfaction", "user-satisfaction", ""),
    ]


def test_sign_and_unit_in_columns_of_their_own() -> None:
    heads = ("一级指标", "二级指标", "三级指标", "绩效指标性质", "本年绩效指标值", "绩效度量单位")
    rows = (
        ("产出指标", "数量指标", "示范活动", "≥", "12", "次"),
        ("", "质量指标", "示范质量", "定性", "优", ""),
        ("", "时效指标", "完成时限", "＝", "30", "天"),
    )
    found = [(t.comparator, t.value, t.unit, t.printed) for t in (i.target for i in form(heads, *rows).indicators)]
    assert found == [("ge", 12, "times", "≥12次"), ("", None, "", "优"), ("eq", 30, "days", "＝30天")]


@pytest.mark.parametrize(
    ("head", "shares", "read"),
    [
        ("资金支出计划（%）", ("25", "50", "75", "100"), [25, 50, 75, 100]),
        ("资金支出计划", ("25%", "50%", "75%", "100%"), [25, 50, 75, 100]),
        ("资金支出计划", ("2.50", "5.00", "7.50", "10.00"), []),
    ],
)
def test_a_payment_plan_in_money_gives_no_shares(head: str, shares: tuple[str, ...], read: list[int]) -> None:
    project = form((head, "3月底", "6月底", "9月底", "12月底", ""), ("", *shares, ""))
    assert [payment.share for payment in project.payments] == read


def test_customs_are_what_more_than_half_of_the_forms_have() -> None:
    quantity = ("产出指标", "数量指标", "示范", "", "≥1次", "")
    quality = ("产出指标", "质量指标", "示范", "", "≥90%", "")
    plan = ("资金支出计划（%）", "6月底", "12月底", "", "", ""), ("", "50", "100", "", "", "")
    both, one, none = form(*plan, HEADS, quantity, quality), form(HEADS, quantity), form()
    found = customs([both, one, none], LEXICON)
    assert found.categories == ("output", "quantity")
    assert found.months == (6, 12)
    assert customs([], LEXICON) == ((), ())
