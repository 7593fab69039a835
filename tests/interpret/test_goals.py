"""Reading the texts of goals: their numbers, and which indicators speak of the same measure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlod.interpret.goal_texts import TextReader
from budgetlod.interpret.goals import read_goals
from budgetlod.interpret.same_measure import Measure, Measures
from budgetlod.interpret.targets import parse_target
from budgetlod.model.cube import Thing
from budgetlod.model.disclosure import Content
from budgetlod.model.document import Place
from budgetlod.model.goals import GoalFacts, Said
from budgetlod.model.notes import Goal, Indicator, Institution, Mention, Project
from budgetlod.rdf.lexicon import load_lexicon

HERE = Place(line=1)
LEXICON = load_lexicon()
MEASURES = Measures(LEXICON)


def read(text: str, year: int = 2025) -> list[Said]:
    return TextReader(LEXICON, year).read(text)


def indicator(order: int, label: str, target: str, description: str = "", goal: int | None = None) -> Indicator:
    return Indicator(order, "", label, parse_target(target, LEXICON), HERE, description, goal=goal)


def project(
    goals: str = "", *indicators: Indicator, key: str = "A", name: str = "读书活动", purpose: str = ""
) -> Project:
    texts = tuple(Goal(n, text, HERE) for n, text in enumerate(filter(None, goals.split("|")), 1))
    return Project(key, key, name, "performance", HERE, purpose, Decimal(50000), goals=texts, indicators=indicators)


def facts(*projects: Project, year: int = 2025, **content: object) -> GoalFacts:
    return read_goals(Content(statements=(), projects=projects, **content), LEXICON, year)  # type: ignore[arg-type]


def paired(goals: str, *indicators: Indicator) -> list[tuple[str, str]]:
    """Return (printed, order of the indicator) of the numbers in goals that have one."""
    found = facts(project(goals, *indicators)).passages
    return [(passage.said.printed, passage.same.key) for passage in found if passage.same]


# --- numbers in a text ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit", "comparator"),
    [
        ("培训合格率达到95%以上", "达到95%以上", "95", "percent", "ge"),
        ("讲座不少于 12 次", "不少于12次", "12", "times", "ge"),
        ("举办40多次讲座", "40多次", "40", "times", "about"),
        ("约300人参加", "约300人", "300", "persons", "about"),
        ("参加人数300人左右", "300人左右", "300", "persons", "about"),
        ("读者人数=300人", "=300人", "300", "persons", "eq"),
        ("专家数量≥20", "≥20", "20", "", "ge"),
    ],
)
def test_a_number_is_read_with_its_unit_and_comparator(
    text: str, printed: str, value: str, unit: str, comparator: str
) -> None:
    (found,) = read(text)
    assert (found.printed, found.number, found.unit, found.comparator) == (printed, Decimal(value), unit, comparator)


@pytest.mark.parametrize(
    "text", ["2025年6月30日前完成", "1、讲座", "按〔2020〕25号文件", "第3次会议", "没有数字", "2. 讲座"]
)
def test_dates_list_numbers_and_documents_are_no_numbers(text: str) -> None:
    assert read(text) == []


def test_money_is_in_yuan_with_the_worth_of_its_last_digit() -> None:
    (found,) = read("购书费用控制在2.8万元以内")
    assert (found.amount, found.precision, found.comparator) == (Decimal("28000.00"), Decimal(1000), "le")


def test_ten_thousand_of_something_is_no_money() -> None:
    assert [found.amount for found in read("服务3万人次")] == []


@pytest.mark.parametrize(
    "text", ["合格率比上年提高5%", "到2027年合格率达到98%", "每月讲座2次", "上半年完成率50%", "讲座人次增长10%"]
)
def test_what_holds_for_another_time_names_no_measure(text: str) -> None:
    assert [found.words for found in read(text)] == [""]


def test_list_items_and_monthly_payment_are_told() -> None:
    one, two, three = read("1、水费1万元，电费2万元；2、每月房租0.5万元")
    assert [(found.item, found.times) for found in (one, two, three)] == [(1, 1), (1, 1), (2, 12)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支付2023年电费欠款5万元", ["5万元"]),
        ("23年物业费未付", ["23年物业费未付"]),
        ("用于往年未支付的工程款", ["往年未支付"]),
        ("解决拖欠农民工工资问题", []),
        ("2025年欠款5万元", []),
        ("2023年建成，物业费5万元", []),
    ],
)
def test_arrears_are_those_of_earlier_years(text: str, expected: list[str]) -> None:
    assert [found.printed for found in read(text) if found.meaning == "arrears"] == expected


# --- the same measure ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "label", "description"),
    [
        ("保障图书系统正常运转率96%以上", "图书系统正常运转率", ""),
        ("保障借阅业务的及时处理率≥96%", "完成及时率", "借阅业务的及时处理率"),
        ("整理档案工作完成率=100%", "整理档案工作完成比率", ""),
        ("刻制图章合格率100%", "图章刻制合格率", ""),
    ],
)
def test_names_of_one_measure_are_paired(goal: str, label: str, description: str) -> None:
    other = indicator(2, "读者满意度", "≥90%")
    assert [order for _, order in paired(goal, indicator(1, label, "95%", description), other)] == ["1"]


@pytest.mark.parametrize(
    ("goal", "label", "target"),
    [
        ("讲座完成率95%", "讲座合格率", "100%"),  # another ending
        ("完成率95%", "讲座完成率", "100%"),  # says nothing of what
        ("房屋完好率95%", "设备完好率", "100%"),
        ("讲座人数300人", "讲座次数", "12次"),
        ("购书数量300册", "购书费用", "3万元"),  # money and things
        ("讲座合格率提高5%", "讲座合格率", "95%"),  # a change
        ("上年讲座次数12次", "讲座次数", "15次"),  # another year
    ],
)
def test_other_measures_are_not(goal: str, label: str, target: str) -> None:
    assert paired(goal, indicator(1, label, target)) == []


def test_of_two_alike_neither_is_taken() -> None:
    assert paired("图书整理率95%", indicator(1, "图书整理率", "95%"), indicator(2, "图书整理率", "90%")) == []


def test_two_numbers_for_one_indicator_pair_with_none() -> None:
    assert paired("讲座合格率90%；讲座合格率95%", indicator(1, "讲座合格率", "90%")) == []


def test_a_number_before_its_noun_is_paired_by_the_words_on_both_sides() -> None:
    found = paired(
        "为新读者提供约500套免费图书卡", indicator(1, "图书卡数量", "≥500套", "为新读者免费提供图书卡的数量")
    )
    assert found == [("约500套", "1")]


def test_satisfaction_and_money_are_not_compared_across_the_document() -> None:
    for text, target in (("读者服务满意度", "90%"), ("图书购置费用", "3万元")):
        measure = MEASURES.of_indicator(indicator(1, text, target))
        assert MEASURES.likeness(measure, measure, far=True) == 0
        assert MEASURES.likeness(measure, measure, far=False) == 1


def test_a_general_name_is_not_compared_across_the_document() -> None:
    measure = Measure((MEASURES.name("各项工作完成率"),), "percent")
    assert MEASURES.likeness(measure, measure, far=True) == 0


# --- department, budget, institutions ------------------------------------------------------------------------------------


def test_department_indicators_and_overall_goal_are_paired_with_projects() -> None:
    own = indicator(1, "城乡读者讲座项目数", "≥5次", goal=1)
    theirs = indicator(1, "讲座数量", "≥8次", "面向城乡读者讲座的项目数量")
    goal = Goal(1, "做好文化服务，保障城乡读者讲座项目不少于5次，促进阅读。", HERE)
    mention = Mention(3, 1, "不少于5次", HERE, Thing("goal", "", "1"), number=Decimal(5), unit="times", comparator="ge")
    found = facts(project("", theirs), goals=(goal,), indicators=(own,), mentions=(mention,))
    assert set(found.same) == {
        (Thing("mention", "", "3"), Thing("indicator", "", "1")),
        (Thing("mention", "", "3"), Thing("indicator", "A", "1")),
        (Thing("indicator", "", "1"), Thing("indicator", "A", "1")),
    }


@pytest.mark.parametrize(
    ("goal", "limit"),
    [
        ("控制预算支出金额在5万元以内", True),
        ("项目预算5万元", True),
        ("购书费用预算5万元", False),
        ("预算水费2万元、电费3万元", False),
        ("支出5万元", False),
    ],
)
def test_a_limit_of_the_budget_is_one_that_names_nothing_else(goal: str, limit: bool) -> None:
    assert ["budget-limit" in p.said.meaning for p in facts(project(goal)).passages][:1] == [limit]


def test_purpose_and_goal_share_words() -> None:
    found = facts(project("组织全市中小学生读书活动|评选优秀读者", purpose="主要用于组织全市中小学生读书活动。")).words
    assert [word.in_purpose for word in found] == [Decimal("1.00")]  # the second goal is too short to tell


@pytest.mark.parametrize(
    ("name", "body", "institution"),
    [
        ("市图书采购中心经费", "市图书采购中心", "某某市图书与档案采购中心"),
        ("体育中心工作经费", "体育中心", ""),
        ("数据中心设备维修费", "", ""),
    ],
)
def test_a_project_that_is_the_funds_of_a_body_names_it(name: str, body: str, institution: str) -> None:
    table = (Institution(1, "某某市图书与档案采购中心", "", "", "", ("", "", "")),)
    found = facts(project(name=name), institutions=table).bodies
    assert [(b.name, b.institution) for b in found] == ([(body, institution)] if body else [])
