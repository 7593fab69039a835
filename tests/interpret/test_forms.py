"""Performance forms in all their layouts: fields, lists, merged levels, pages, running text, the department's own.

Every form here is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from budgetlod.interpret.form_state import FormState
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.lifting import lifted
from budgetlod.interpret.performance import Forms, PerformanceReader
from budgetlod.interpret.statements import Setting
from budgetlod.interpret.tables import find_tables
from budgetlod.model.cube import Point, Thing
from budgetlod.model.document import Document, Grid, GridRow, Paragraph, Place, Span, TextLine
from budgetlod.model.notes import Indicator, Project
from budgetlod.rdf.lexicon import load_lexicon

LEXICON = load_lexicon()
YUAN = Setting(2030, "budget", "cny", Decimal(1))
TEN_THOUSAND = Setting(2030, "budget", "cny-10k", Decimal(10000))
DEPARTMENT = "示范局"
D = Decimal
Rows = Sequence[Sequence[str]]


def grid(rows: Rows, spans: Sequence[tuple[int, int, int, int]] = (), page: int = 1) -> Grid:
    made = tuple(GridRow(tuple(cells), Place(page=page, line=n)) for n, cells in enumerate(rows, 1))
    return Grid(made, tuple(Span(*span) for span in spans))


def line(text: str, page: int = 1) -> Paragraph:
    return Paragraph((TextLine(text, Place(page=page)),))


def tables(*blocks: Grid | Paragraph) -> list[RawTable]:
    document = Document("form.pdf", "application/pdf", "0" * 64, tuple(blocks))
    found, problems = find_tables(lifted(document, LEXICON), LEXICON)
    assert [problem.code for problem in problems] == []
    return found


def read(table: RawTable, setting: Setting = TEN_THOUSAND, others: Sequence[Project] = ()) -> Forms:
    type_ = LEXICON.statements[table.type]
    reader = PerformanceReader(FormState(table, type_, LEXICON, setting, "form.pdf", DEPARTMENT))
    forms = reader.read(0, 1, others)
    assert [(cell.row, cell.column, cell.printed) for cell in forms.statement.unmapped] == []
    return forms


def form(
    rows: Rows, *spans: tuple[int, int, int, int], title: str = "项目支出绩效目标表", setting: Setting = TEN_THOUSAND
) -> Forms:
    (table,) = tables(line(title), grid(rows, spans))
    return read(table, setting)


def told(indicators: Sequence[Indicator]) -> list[tuple[str, str, str, Decimal | None, str]]:
    return [(i.category, i.label, i.target.comparator, i.target.value, i.target.unit) for i in indicators]


def money(forms: Forms) -> dict[tuple[str, str, str, str], Decimal]:
    """The amounts of a form by organisation, source, nature and project."""
    found = {}
    for cell in forms.statement.cells:
        if isinstance(cell.states, Point) and cell.amount is not None:
            p = cell.states
            found[p.organization, p.source, p.nature, p.project] = cell.amount
    return found


# --- one form a project ---------------------------------------------------------------------------------------------------

NATIONAL = (
    ("项目名称", "", "", "示范服务", "", "", ""),
    ("主管部门及代码", "", "", "101_示范局", "实施单位", "示范中心", ""),
    ("项目资金\n（万元）", "", "", "年度资金总额：", "12.50", "", "执行率分值\n（10分）"),
    ("", "", "", "其中：财政拨款", "10.00", "", ""),
    ("", "", "", "其他资金", "2.50", "", ""),
    ("年\n度\n目\n标", "1、按期完成；\n2、有据可\n查。", "", "", "", "", ""),
    ("绩\n效\n指\n标", "一级指标", "二级指标", "三级指标", "", "指标值", "分值权重（90分）"),
    ("", "成本指标", "经济成本", "年度费用", "", "≤12.5万元", "10"),
    ("", "产出指标", "数量指标", "服务人数（人）", "", "≥15", "30"),
    ("", "", "", "服务场次", "", "4次", "20"),
    ("", "", "质量指标", "差错", "", "≤1次；\n≤2次", "10"),
    ("", "满意度指标", "服务对象满\n意度指标", "满意率", "", "≥90%", "20"),
    ("备注", "", "", "", "", "", ""),
)
MERGED = ((7, 1, 1, 1), (8, 1, 3, 1), (8, 2, 2, 1), (6, 0, 6, 1), (6, 3, 1, 2))


def test_a_form_of_fields_with_merged_levels() -> None:
    """The unit of money is that of the form itself (万元), whatever that of the tables around it."""
    forms = form(NATIONAL, *MERGED, setting=YUAN)
    (project,) = forms.projects
    assert (project.key, project.name, project.unit) == ("示范服务", "示范服务", "示范中心")
    assert (project.budget, project.fiscal_funds, project.other_funds) == (D(125000), D(100000), D(25000))
    assert [goal.text for goal in project.goals] == ["按期完成；", "有据可查。"]
    assert told(project.indicators) == [
        ("economic-cost", "年度费用", "le", Decimal("12.5"), "cny-10k"),
        ("quantity", "服务人数（人）", "ge", Decimal(15), "persons"),
        ("quantity", "服务场次", "", Decimal(4), "times"),
        ("quality", "差错", "", None, ""),
        ("user-satisfaction", "满意率", "ge", Decimal(90), "percent"),
    ]
    assert [indicator.weight for indicator in project.indicators] == [10, 30, 20, 10, 20]
    assert [indicator.first_level for indicator in project.indicators] == [
        "cost", "output", "output", "output", "satisfaction",
    ]  # fmt: skip
    assert money(forms) == {
        ("", "_T", "project", "示范服务"): 125000,
        ("", "fiscal", "project", "示范服务"): 100000,
        ("", "non-fiscal", "project", "示范服务"): 25000,
    }
    assert (forms.statement.unit, forms.statement.precision) == ("cny-10k", D(100))


def test_what_the_numbers_of_a_form_state() -> None:
    forms = form(NATIONAL, *MERGED)
    stated = {(c.row, c.column): (c.number, c.states) for c in forms.statement.cells if c.number is not None}
    thing = Thing("indicator", "示范服务", "2")
    assert stated[9, 6] == (D(15), thing)
    assert stated[9, 7] == (D(30), thing)


def test_a_form_without_indicator_level_one_printed_falls_back_on_the_second() -> None:
    rows = (*NATIONAL[:9], ("", "", "社会效益指标", "影响", "", "长期", "10"))
    (project,) = form(rows).projects
    assert [(i.category, i.first_level) for i in project.indicators][-1] == ("social-benefit", "benefit")


@pytest.mark.parametrize("year", ["", "4.00"])
def test_a_project_of_several_years(year: str) -> None:
    """Where both are asked the money of all years is none of the year; where only that is asked it is the year's."""
    both = (
        ("项目名称", "示范工程", "", ""),
        ("实施期资金总额：", "9.00", "年度资金总额：", year),
        ("其中：财政拨款", "8.00", "其中：财政拨款", year),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "面积", "≥3平方米"),
    )
    (project,) = form(both).projects
    assert (project.term_budget, project.budget) == (D(90000), D(40000) if year else None)
    assert project.fiscal_funds == (D(40000) if year else None)
    alone = (both[0], ("实施期资金总额：", "9.00", "", ""), *both[3:])
    (project,) = form(alone).projects
    assert (project.term_budget, project.budget) == (None, D(90000))


def test_goals_below_their_names() -> None:
    rows = (
        ("项目名称", "", "示范专项", ""),
        ("总体目标", "实施期总目标", "", "年度总目标"),
        ("", "三年建成", "", "开工"),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "时效指标", "完成时间", "12月前"),
    )
    (project,) = form(rows).projects
    assert [goal.text for goal in project.goals] == ["开工"]


def test_a_blank_form_is_no_project() -> None:
    blank = (
        ("项目名称", "", "", ""),
        ("主管部门", "", "实施期限", ""),
        ("总体目标", "目标1：\n目标2：\n……", "", ""),
        ("一级指标", "二级指标", "指标内容", "指标值"),
        ("产出指标", "数量指标", "指标1：", ""),
        ("", "", "……", ""),
    )
    forms = form(blank)
    assert forms.projects == ()
    assert len(forms.statement.rows) == 6


def test_two_forms_in_one_grid() -> None:
    one = (("项目名称", "甲", "", ""), ("预算金额", "1.00", "", ""), *NATIONAL_TABLE)
    two = (("项目名称", "乙", "", ""), ("预算金额", "2.00", "", ""), *NATIONAL_TABLE)
    found = form((*one, *two)).projects
    assert [(p.name, p.budget, len(p.indicators)) for p in found] == [("甲", D(10000), 1), ("乙", D(20000), 1)]


NATIONAL_TABLE = (("一级指标", "二级指标", "三级指标", "目标值"), ("产出指标", "数量指标", "场次", "≥3场次"))


# --- lists --------------------------------------------------------------------------------------------------------------

LIST_HEAD = (
    ("项目名称", "项目总额", "其中：", "", "绩效目标", "一级指标", "二级指标", "三级指标", "绩效指标性质", "本年绩效指标值", "绩效度量单位"),
    ("", "", "财政资金", "其他资金", "", "", "", "", "", "", ""),
)  # fmt: skip
LIST_SPANS = ((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), *((0, column, 2, 1) for column in range(4, 11)))


def test_a_list_of_projects_a_row_an_indicator() -> None:
    rows = (
        *LIST_HEAD,
        ("11000030T0000000001-甲项目", "3.5", "3.5", "", "目标甲", "产出指标", "数量指标", "场次", "≥", "12", "次"),
        ("", "", "", "", "", "", "质量指标", "合格率", "＝", "100", "%"),
        ("", "", "", "", "", "效益指标", "社会效益指标", "作用", "定性", "优", ""),
        ("11000030T0000000002-乙项目", "4", "", "4", "目标乙", "产出指标", "时效指标", "时限", "≤", "10", "月"),
    )
    forms = form(rows, *LIST_SPANS, (2, 0, 3, 1))
    assert [(p.code, p.name, p.budget, p.fiscal_funds, p.other_funds) for p in forms.projects] == [
        ("11000030T0000000001", "甲项目", D(35000), D(35000), None),
        ("11000030T0000000002", "乙项目", D(40000), None, D(40000)),
    ]
    assert told(forms.projects[0].indicators) == [
        ("quantity", "场次", "ge", Decimal(12), "times"),
        ("quality", "合格率", "eq", Decimal(100), "percent"),
        ("social-benefit", "作用", "", None, ""),
    ]
    assert told(forms.projects[1].indicators) == [("timeliness", "时限", "le", Decimal(10), "months")]
    assert len(forms.statement.blanks) == 2


def test_a_list_that_goes_on_over_pages() -> None:
    """The second page repeats title, headings and project; the third neither, and lacks a column that is blank there."""
    first = (*LIST_HEAD, ("甲项目", "3.5", "3.5", "", "目标甲", "产出指标", "数量指标", "场次", "≥", "12", "次"))
    second = (*LIST_HEAD, ("甲项目", "3.5", "3.5", "", "目标甲", "", "", "人次", "≥", "20", "人次"))
    third = (
        ("", "", "", "", "满意度指标", "服务对象满意度指标", "满意度", "≥", "90", "%"),
        ("乙项目", "4", "4", "目标乙", "产出指标", "数量指标", "份数", "＝", "2", "份"),
    )
    title = "项目支出绩效目标表"
    found = tables(
        line(title),
        grid(first, LIST_SPANS),
        line(title, 2),
        grid(second, LIST_SPANS, 2),
        line("— 3 —", 3),
        grid(third, [(0, 0, 1, 1), (1, 4, 1, 1)], 3),
    )
    assert len(found) == 1
    forms = read(found[0])
    assert [(p.name, [i.label for i in p.indicators]) for p in forms.projects] == [
        ("甲项目", ["场次", "人次", "满意度"]),
        ("乙项目", ["份数"]),
    ]
    assert [len(p.goals) for p in forms.projects] == [1, 1]


def test_totals_units_and_weights_that_stand_under_remarks() -> None:
    head = ("单位编码", "单位（项目）名称", "资金总额", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值", "指标值内容", "评（扣）分标准", "度量单位", "指标值类型", "备注")  # fmt: skip
    rows = (
        head,
        ("合计", "", "9.00", *[""] * 10),
        ("101001", DEPARTMENT, "9.00", *[""] * 10),
        ("101001", "甲专项", "9.00", "目标", "成本指标", "经济成本指标", "总成本", "9", "不超预算", "10%以下得满分", "万元", "≤", "50"),
        ("", "", "", "", "", "社会成本指标", "不适用", "无", "无", "无", "", "定性", ""),
        ("", "", "", "", "产出指标", "数量指标", "场次", "5", "说明", "每少1场扣1分", "场次", "≥", "40"),
    )  # fmt: skip
    forms = form(rows)
    (project,) = forms.projects
    assert [(i.label, i.target.value, i.target.comparator, i.weight) for i in project.indicators] == [
        ("总成本", D(9), "le", D(50)),
        ("场次", D(5), "ge", D(40)),
    ]
    assert project.indicators[1].scoring == "每少1场扣1分"
    assert project.indicators[1].description == "说明"
    assert money(forms) == {("", "_T", "project", "_T"): 90000, ("", "_T", "project", "甲专项"): 90000}


def test_numbers_under_remarks_that_are_no_weights_stay_unmapped() -> None:
    rows = (("项目名称", "三级指标", "指标值", "备注"), ("甲", "场次", "3次", "7"))
    (table,) = tables(line("项目支出绩效目标表"), grid(rows))
    reader = PerformanceReader(FormState(table, LEXICON.statements["performance"], LEXICON, TEN_THOUSAND, "form.pdf"))
    forms = reader.read(0, 1)
    assert [cell.printed for cell in forms.statement.unmapped] == ["7"]
    assert [problem.code for problem in reader.findings.problems] == ["number-unmapped"]


def test_a_list_of_goals_by_unit() -> None:
    rows = (
        ("单位名称", "项目名称", "金额", "绩效目标"),
        (DEPARTMENT, "甲项目", "1.00", "目标甲"),
        ("示范中心", "乙项目", "2.00", "1.目标乙；2.再一个。"),
    )
    forms = form(rows, title="2030年部门项目支出绩效表")
    assert [(p.name, p.unit, [g.text for g in p.goals]) for p in forms.projects] == [
        ("甲项目", DEPARTMENT, ["目标甲"]),
        ("乙项目", "示范中心", ["目标乙；", "再一个。"]),
    ]
    assert money(forms) == {
        ("", "_T", "project", "甲项目"): 10000,
        ("示范中心", "_T", "project", "乙项目"): 20000,
    }


def test_a_list_of_key_projects_without_a_title() -> None:
    found = tables(
        line("2030年，本部门重点项目绩效目标情况如下："),
        grid((("项目", "预算数（单位：万元）", "绩效目标"), ("甲项目", "252.28", "做好服务。"))),
    )
    assert [table.type for table in found] == ["performance"]
    (project,) = read(found[0], YUAN).projects
    assert (project.name, project.budget, project.goals[0].text) == ("甲项目", D(2522800), "做好服务。")


def test_the_form_of_a_project_that_a_table_lists_is_of_that_project() -> None:
    """Of several projects with one name each form is of the next."""
    here = Place(page=1)
    listed = [Project(key, "", "甲", "projects", here, form=False) for key in ("甲", "甲.2")]
    rows = (("项目编码", "A-1", "项目名称", "甲"), *NATIONAL_TABLE)
    (table,) = tables(line("项目支出绩效目标表"), grid(rows))
    assert [p.key for p in read(table, others=listed).projects] == ["甲"]
    two = grid((*rows, *rows))
    (table,) = tables(line("项目支出绩效目标表"), two)
    assert [p.key for p in read(table, others=listed).projects] == ["甲", "甲.2"]


# --- pages --------------------------------------------------------------------------------------------------------------


def test_a_form_cut_inside_its_indicators() -> None:
    """The labels that the break cuts are printed once more between the pages; columns have moved."""
    top = (
        ("项目名称", "", "", "示范服务", "", ""),
        ("年度绩效指标", "一级指标", "二级指标", "指标内容", "", "指标值"),
        ("", "产出指标", "数量指标", "场次", "", "3次"),
        ("", "", "质量指标", "合格率", "", "≥95%"),
    )
    rest = (
        ("年度绩效指标", "", "", "准确率", "≥98%"),
        ("", "效益指标", "社会效益指标", "作用", "长期"),
    )
    (table,) = tables(
        line("项目支出绩效目标表"),
        grid(top, [(1, 0, 3, 1), (2, 1, 2, 1)]),
        line("产出指标质量指标", 2),
        grid(rest, [(0, 0, 2, 1)], 2),
    )
    (project,) = read(table).projects
    assert told(project.indicators) == [
        ("quantity", "场次", "", Decimal(3), "times"),
        ("quality", "合格率", "ge", Decimal(95), "percent"),
        ("quality", "准确率", "ge", Decimal(98), "percent"),
        ("social-benefit", "作用", "", None, ""),
    ]


def test_a_form_whose_title_the_next_page_repeats() -> None:
    top = (("项目名称", "", "", "甲", ""), ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值"), ("绩效指标", "产出指标", "数量指标", "场次", "3次"))  # fmt: skip
    rest = (("绩效指标", "满意度指标", "服务对象满意度指标", "满意度", "≥90%"),)
    other = (("项目名称", "", "", "乙", ""), *top[1:])
    title = "政策和项目预算绩效目标表"
    found = tables(
        line(title), line("(2030年度)"), grid(top, [(1, 0, 1, 1)]), line(title, 2), line("(2030年度)", 2),
        grid(rest, [], 2), line(title, 3), grid(other, [(1, 0, 1, 1)], 3),
    )  # fmt: skip
    assert [[(p.name, len(p.indicators)) for p in read(table).projects] for table in found] == [
        [("甲", 2)],
        [("乙", 1)],
    ]


def test_a_name_cut_by_the_page() -> None:
    top = (("项目名称", "示范服务补助资"),)
    rest = (("", "金", "", ""), ("预算金额", "5.00", "", ""), *NATIONAL_TABLE)
    (table,) = tables(
        line("项目支出绩效目标表"), grid(top, [(0, 0, 1, 1)]), line("24", 2), grid(rest, [(0, 1, 1, 3)], 2)
    )
    (project,) = read(table).projects
    assert (project.name, project.budget) == ("示范服务补助资金", D(50000))


# --- other ways to print indicators ------------------------------------------------------------------------------------


def test_indicators_in_running_text() -> None:
    text = (
        "1－产出指标，11－数量指标，111－培训人次，实施周期指标值：≧300，年度指标值：≧100人次；"
        "112－场次，实施周期指标值：6，年度指标值：2次；2－效益指标，21－社会效益指标，211－影响，年度指标值：有所提高。"
    )
    (project,) = form((("项目名称", "资金总额", "绩效目标"), ("甲项目", "3.00", text))).projects
    assert project.goals == ()
    assert told(project.indicators) == [
        ("quantity", "培训人次", "ge", Decimal(100), "person-times"),
        ("quantity", "场次", "", Decimal(2), "times"),
        ("social-benefit", "影响", "", None, ""),
    ]


def test_levels_and_name_in_one_cell() -> None:
    rows = (
        ("项目名称", "甲", "", ""),
        ("绩效指标", "指标性质", "指标值", "度量单位"),
        ("产出指标数量指标报告份数", "≥", "4", "份"),
        ("社会效益指标影响", "定性", "优", ""),
    )
    (project,) = form(rows).projects
    assert [(i.first_level, i.category, i.label, i.target.value) for i in project.indicators] == [
        ("output", "quantity", "报告份数", D(4)),
        ("", "social-benefit", "影响", None),
    ]


def test_what_was_reached_is_a_number_of_the_indicator() -> None:
    """A self-evaluation prints points, values reached and scores beside the targets."""
    rows = (
        ("项目名称", "甲", "", "", "", "", ""),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "场次", "3", "4", "90", "88.5"),
    )
    forms = form(rows, title="2030年度项目支出绩效自评表")
    assert told(forms.projects[0].indicators) == [("quantity", "场次", "", Decimal(3), "")]
    assert [c.number for c in forms.statement.cells if c.number is not None] == [3, 4, 90, Decimal("88.5")]


# --- the department as a whole -------------------------------------------------------------------------------------------


def test_tasks_goals_and_indicators_of_the_department() -> None:
    rows = (
        ("部门（单位）名称", "", "", DEPARTMENT, "", "", "", ""),
        ("年 度 主\n要 任 务", "任务名称", "", "主要内容", "预算金额（万元）", "", "", "执行率分值\n（10分）"),
        ("", "", "", "", "总额", "财政拨款", "其他资金", ""),
        ("", "任务1", "", "保障运转", "7.00", "6.00", "1.00", ""),
        ("", "信访办理", "", "办理来信", "3.00", "3.00", "", ""),
        ("", "金额合计", "", "", "10.00", "9.00", "1.00", ""),
        ("年度\n总体\n目标", "做好全年工作。", "", "", "", "", "", ""),
        ("年 度 绩\n效 指 标", "一级指标", "二级指标", "三级指标", "", "", "指标值", "分值权重\n（90分）"),
        ("", "产出指标", "数量指标", "来信数量（件）", "", "", "≥100", "60"),
        ("", "满意度指标", "服务对象满意度指标", "满意度", "", "", "≥95%", "30"),
    )
    forms = form(rows, (1, 0, 5, 1), (1, 4, 1, 3), title="部门整体支出绩效目标表", setting=YUAN)
    assert [(p.name, [g.text for g in p.goals], p.form, p.budget) for p in forms.projects] == [
        ("保障运转", [], False, D(70000)),
        ("信访办理", ["办理来信"], False, D(30000)),
    ]
    assert [goal.text for goal in forms.goals] == ["做好全年工作。"]
    assert told(forms.indicators) == [
        ("quantity", "来信数量（件）", "ge", Decimal(100), LEXICON.lists["unit"].find("件")),
        ("user-satisfaction", "满意度", "ge", Decimal(95), "percent"),
    ]
    assert money(forms) == {
        ("", "_T", "_T", "保障运转"): 70000,
        ("", "fiscal", "_T", "保障运转"): 60000,
        ("", "non-fiscal", "_T", "保障运转"): 10000,
        ("", "_T", "_T", "信访办理"): 30000,
        ("", "fiscal", "_T", "信访办理"): 30000,
        ("", "_T", "_T", "_T"): 100000,
        ("", "fiscal", "_T", "_T"): 90000,
        ("", "non-fiscal", "_T", "_T"): 10000,
    }
    assert {c.states.item for c in forms.statement.cells if isinstance(c.states, Point)} == {"tasks"}
    assert {c.states for c in forms.statement.cells if isinstance(c.states, Thing)} == {
        Thing("indicator", "", "1"),
        Thing("indicator", "", "2"),
    }


def test_money_under_headings_inside_a_form() -> None:
    rows = (
        ("部门名称", "", DEPARTMENT, "", "", "", ""),
        ("总体资金情况（万元）", "", "预算支出总额", "财政拨款", "", "", "其他资金"),
        ("", "", "", "合计", "基本支出", "项目支出", "合计"),
        ("", "", "9.5", "9", "5", "4", "0.5"),
        ("整体绩效目标", "整体绩效目标", "做好审计。", "", "", "", ""),
        ("", "活动", "绩效指标", "指标性质", "指标值", "", "度量单位"),
        ("", "业务", "产出指标数量指标报告份数", "≥", "4", "", "份"),
    )
    forms = form(rows, (1, 0, 3, 2), (1, 3, 1, 3), title="部门整体支出绩效目标表", setting=YUAN)
    assert money(forms) == {
        ("", "_T", "_T", "_T"): 95000,
        ("", "fiscal", "_T", "_T"): 90000,
        ("", "fiscal", "basic", "_T"): 50000,
        ("", "fiscal", "project", "_T"): 40000,
        ("", "non-fiscal", "_T", "_T"): 5000,
    }
    assert told(forms.indicators) == [("quantity", "报告份数", "ge", Decimal(4), "copies")]
    assert [goal.text for goal in forms.goals] == ["做好审计。"]


def test_the_department_in_a_list_over_two_pages() -> None:
    """A page repeats headings, amounts and goals: they count once."""
    head = (
        ("单位编码", "单位名称", "年度预算申请", "", "", "整体绩效目标", "一级指标", "二级指标", "三级指标", "指标值类型", "指标值", "计量单位", "备注"),
        ("", "", "资金总额", "基本支出", "项目支出", *[""] * 8),
    )  # fmt: skip
    one = (
        *head,
        (
            "101",
            DEPARTMENT,
            "9.00",
            "5.00",
            "4.00",
            "1.一；\n2.二。",
            "产出指标",
            "数量指标",
            "甲",
            "≥",
            "3",
            "次",
            "60",
        ),
    )
    two = (
        *head,
        ("101", DEPARTMENT, "9.00", "5.00", "4.00", "1.一；\n2.二。", "", "质量指标", "乙", "≤", "10", "%", "30"),
    )
    spans = ((0, 2, 1, 3), *((0, column, 2, 1) for column in (0, 1, *range(5, 13))))
    title = "部门整体支出绩效目标表"
    (table,) = tables(line(title), grid(one, spans), line(title, 2), grid(two, spans, 2))
    forms = read(table)
    assert [goal.text for goal in forms.goals] == ["一；", "二。"]
    assert [(i.order, i.category, i.label, i.weight) for i in forms.indicators] == [
        (1, "quantity", "甲", D(60)),
        (2, "quality", "乙", D(30)),
    ]
    assert money(forms) == {
        ("", "_T", "_T", "_T"): 90000,
        ("", "_T", "basic", "_T"): 50000,
        ("", "_T", "project", "_T"): 40000,
    }
