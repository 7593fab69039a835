"""Which coordinates a row has: every variant as a small made-up grid, with the point of each cell."""

from __future__ import annotations

from budgetlod.interpret.document_labels import DocumentLabels, read_labels
from budgetlod.model.cube import Point
from tests.interpret.row_tables import LEXICON, point, read_table, stated


def test_each_level_shows_its_own_digits_and_totals_stand_between() -> None:
    header = [["类", "款", "项", "科目名称", "合计"]]
    rows = [
        ["", "", "", "合 计", "1.00"],
        ["208", "", "", "社会保障和就业支出", "2.00"],
        ["", "05", "", "行政事业单位养老支出", "3.00"],
        ["", "", "05", "机关事业单位基本养老保险缴费支出", "4.00"],
        ["类", "款", "项", "科目名称", ""],
        ["", "", "06", "机关事业单位职业年金缴费支出", "5.00"],
        ["", "", "", "", ""],
        ["210", "", "", "卫生健康支出", "6.00"],
    ]
    _, statement = read_table("expenditure", header, rows)
    functions = {amount: where.function for amount, where in stated(statement).items()}
    assert functions == {
        "1.00": "_T", "2.00": "208", "3.00": "20805", "4.00": "2080505", "5.00": "2080506", "6.00": "210",
    }  # fmt: skip
    assert statement.unmapped == ()


def test_a_merged_code_holds_for_the_rows_that_it_covers() -> None:
    header = [["类", "款", "项", "科目名称", "合计"]]
    rows = [["201", "03", "01", "行政运行", "1.00"], ["", "", "02", "一般行政管理事务", "2.00"]]
    _, statement = read_table("expenditure", header, rows, above={1: ("201", "03", "", "", "")})
    assert [where.function for where in stated(statement).values()] == ["2010301", "2010302"]


def test_a_total_may_stand_in_the_column_of_codes() -> None:
    header = [["科目编码", "科目名称", "合计"]]
    _, statement = read_table("expenditure", header, [["合计", "", "1.00"], ["201", "一般公共服务支出", "2.00"]])
    assert stated(statement) == {
        "1.00": point(flow="expenditure"), "2.00": point(flow="expenditure", function="201"),
    }  # fmt: skip


def test_both_economic_classifications_stand_in_one_row() -> None:
    header = [["部门经济科目编码", "部门经济科目名称", "政府经济科目编码", "政府经济科目名称", "合计"]]
    rows = [
        ["301", "工资福利支出", "", "", "1.00"],
        ["30101", "基本工资", "50101", "工资奖金津补贴", "2.00"],
        ["30101", "基本工资", "50501", "工资福利支出", "3.00"],
    ]
    _, statement = read_table("basic-expenditure", header, rows)
    base = point(flow="expenditure", source="general-public", nature="basic")
    assert stated(statement) == {
        "1.00": base._replace(economic="301"),
        "2.00": base._replace(economic="30101", governmentEconomic="50101"),
        "3.00": base._replace(economic="30101", governmentEconomic="50501"),
    }


def test_three_classifications_each_with_code_and_label_in_one_cell() -> None:
    header = [["支出功能分类科目", "政府支出经济分类科目", "部门支出经济分类科目", "合计"]]
    rows = [["2010301-行政运行", "50101-工资奖金津补贴", "30101-基本工资", "1.00"], ["合 计", "", "", "2.00"]]
    _, statement = read_table("expenditure", header, rows)
    assert stated(statement) == {
        "1.00": point(flow="expenditure", function="2010301", economic="30101", governmentEconomic="50101"),
        "2.00": point(flow="expenditure"),
    }


def test_names_alone_are_read_under_the_class_above_them() -> None:
    header = [["功能分类科目名称", "合计"]]
    rows = [
        ["一般公共服务支出", "1.00"],
        ["政府办公厅（室）及相关机构事务", "2.00"],
        ["行政运行", "3.00"],
        ["一般行政管理事务", "4.00"],
        ["财政事务", "5.00"],
        ["行政运行", "6.00"],
        ["社会保障和就业支出", "7.00"],
        ["其他社会保障和就业支出", "8.00"],
        ["其他社会保障和就业支出", "9.00"],
    ]
    _, statement = read_table("expenditure", header, rows)
    assert [where.function for where in stated(statement).values()] == [
        "201", "20103", "2010301", "2010302", "20106", "2010601", "208", "20899", "2089999",
    ]  # fmt: skip


def test_names_that_another_table_prints_with_codes_are_known() -> None:
    other = [["2019801", "示范区建设事务", "1.00"]]
    labels = read_labels([[["20198", "示范事务", "2.00"], *other]], LEXICON)
    assert labels.codes["function"] == {"示范事务": ("20198",), "示范区建设事务": ("2019801",)}
    header = [["功能分类科目名称", "合计"]]
    rows = [["一般公共服务支出", "1.00"], ["示范事务", "2.00"], ["示范区建设事务", "3.00"]]
    reader, statement = read_table("expenditure", header, rows, labels)
    assert [where.function for where in stated(statement).values()] == ["201", "20198", "2019801"]
    assert reader.rows.local_codes["function", "20198"] == "示范事务"


def test_a_usual_name_under_a_group_that_no_list_has_gets_its_usual_number() -> None:
    labels = read_labels([[["20198", "示范事务", "2.00"]]], LEXICON)
    rows = [["一般公共服务支出", "1.00"], ["示范事务", "2.00"], ["行政运行", "3.00"]]
    reader, statement = read_table("expenditure", [["功能分类科目名称", "合计"]], rows, labels)
    assert [where.function for where in stated(statement).values()] == ["201", "20198", "2019801"]
    assert reader.rows.local_codes["function", "2019801"] == "行政运行"


def test_names_of_economic_categories_are_read_in_a_table_of_functions_too() -> None:
    _, statement = read_table(
        "expenditure", [["支出项目类别", "合计"]], [["工资福利支出", "1.00"], ["津贴补贴", "2.00"]]
    )
    assert [where.economic for where in stated(statement).values()] == ["301", "30102"]


def test_codes_that_no_list_holds_hang_by_their_digits() -> None:
    header = [["科目编码", "科目名称", "合计"]]
    rows = [["20198", "示范事务", "1.00"], ["201980101", "示范小项", "2.00"], ["30102019", "示范津贴", "3.00"]]
    reader, statement = read_table("expenditure", header, rows)
    assert [(w.function, w.economic) for w in stated(statement).values()] == [
        ("20198", "_T"), ("201980101", "_T"), ("_T", "30102019"),
    ]  # fmt: skip
    assert set(reader.rows.local_codes) == {
        ("function", "20198"), ("function", "201980101"), ("economic", "30102019"),
    }  # fmt: skip
    functions = LEXICON.codes("function")
    assert [step[0] for step in functions.steps("201980101")] == ["2019801", "20198", "201", "_T"]


def test_of_two_rows_with_one_code_the_label_decides() -> None:
    header = [["科目编码", "科目名称", "合计"]]
    rows = [
        ["208", "社会保障和就业支出", "1.00"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "2.00"],
        ["2080505", "机关事业单位职业年金缴费支出", "3.00"],
    ]
    reader, statement = read_table("expenditure", header, rows)
    assert [where.function for where in stated(statement).values()] == ["208", "2080505", "2080506"]
    assert "label-decides" in [problem.code for problem in reader.findings.problems]


def test_a_side_by_economic_categories_under_the_nature_of_expenditure() -> None:
    header = [["项目", "预算数", "部门预算支出经济分类科目（按大类）", "预算数"]]
    rows = [
        ["一、财政拨款", "1.00", "1、人员经费和公用经费支出", "2.00"],
        ["", "", "(1)工资福利支出", "3.00"],
        ["", "", "2、专项业务经费支出", "4.00"],
        ["", "", "(1)工资福利支出", "5.00"],
        ["", "", "3、上缴上级支出", "6.00"],
        ["本年收入合计", "7.00", "本年支出合计", "8.00"],
    ]
    _, statement = read_table("balance", [["收入", "收入", "支出", "支出"], *header], rows)
    spent = point(flow="expenditure")
    assert stated(statement) == {
        "1.00": point(flow="revenue", source="fiscal"),
        "2.00": spent._replace(nature="basic"),
        "3.00": spent._replace(nature="basic", economic="301"),
        "4.00": spent._replace(nature="project"),
        "5.00": spent._replace(nature="project", economic="301"),
        "6.00": spent._replace(nature="remitted"),
        "7.00": point(flow="revenue", vintage="current"),
        "8.00": spent,
    }


def test_marks_of_numbering_that_extraction_moved_are_read_past() -> None:
    header = [["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]]
    rows = [["二 政府性基金预算财政拨款收入\n、", "1.00", "二 外交支出\n、", "2.00"]]
    _, statement = read_table("balance", header, rows)
    assert stated(statement) == {
        "1.00": point(flow="revenue", source="government-fund"), "2.00": point(flow="expenditure", function="202"),
    }  # fmt: skip


def test_a_row_may_name_its_year() -> None:
    _, statement = read_table("three-public", [["项目", "公务接待费"]], [["2029年", "1.00"], ["2030年", "2.00"]])
    base = Point(flow="expenditure", source="fiscal", item="reception")
    assert stated(statement) == {"1.00": base._replace(fiscalYear=2029), "2.00": base._replace(fiscalYear=2030)}


def test_unknown_words_stay_unmapped_and_are_listed() -> None:
    reader, statement = read_table(
        "expenditure", [["科目名称", "合计"]], [["全然不知的名目", "1.00"]], DocumentLabels()
    )
    assert stated(statement) == {}
    assert [cell.printed for cell in statement.unmapped] == ["1.00"]
    assert {problem.code for problem in reader.findings.problems} == {"label-unknown", "number-unmapped"}
