"""What is no disclosure is refused with the reason; what is one is not, however it ends."""

from __future__ import annotations

import pytest

from budgetlod.interpret.disclosure import interpret
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.problem import BadInput, Problem
from budgetlod.rdf.lexicon import load_lexicon

LEXICON = load_lexicon()
PDF = "application/pdf"
HEADINGS = ("收入", "", "支出", "")
TITLE = "虚构市教育局2031年部门预算"


def paragraph(number: int, text: str) -> Paragraph:
    return Paragraph((TextLine(text, Place(page=1, line=number)),))


def grid(number: int, *rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(GridRow(cells, Place(page=1, line=number + n)) for n, cells in enumerate(rows)))


def balance(number: int, revenue: str, expenditure: str) -> Grid:
    return grid(
        number,
        ("收入", "", "支出", ""),
        ("项目", "预算数", "项目", "预算数"),
        ("一、一般公共预算拨款收入", revenue, "一、教育支出", expenditure),
        ("收入总计", revenue, "支出总计", expenditure),
    )


def read(*pieces: str | Grid, media_type: str = PDF) -> Disclosure:
    blocks: list[Block] = [
        paragraph(number * 100, piece) if isinstance(piece, str) else piece for number, piece in enumerate(pieces, 1)
    ]
    return interpret(Document("x", media_type, "0" * 64, tuple(blocks), "folder/x"), LEXICON)


def refused(*pieces: str | Grid, media_type: str = PDF) -> Problem:
    with pytest.raises(BadInput) as raised:
        read(*pieces, media_type=media_type)
    problem = raised.value.problems[0]
    assert problem.file == "folder/x"
    assert problem.severity == "error"
    assert problem.zh and problem.en and problem.hint_zh and problem.hint_en  # noqa: PT018
    return problem


# --- other kinds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "zh", "en"),
    [
        ("巡 察 通 告", "通告", "announcement"),
        ("关于批复2031年部门预算的通知", "通知", "notice"),
        ("某某项目支出绩效评价报告", "绩效评价报告", "performance evaluation report"),
        ("办公设备采购合同", "采购合同", "contract"),
        ("关于虚构市2030年预算执行情况和2031年预算草案的报告", "预算草案的报告", "budget of a whole government"),
    ],
)
def test_another_kind_is_named(title: str, zh: str, en: str) -> None:
    problem = refused(title, "现将有关事项说明如下：项目资金12.00万元，支出11.00万元，结余1.00万元。")
    assert problem.code == "not-a-disclosure"
    assert f"“{zh}”一类的文件" in problem.zh
    assert f"{en} (" in problem.en


def test_what_it_is_stays_open_where_no_title_tells() -> None:
    problem = refused("天气晴朗。")
    assert problem.code == "not-a-disclosure"
    assert problem.en == "no budget statement is recognised; this does not look like a budget disclosure"


def test_a_page_of_links() -> None:
    problem = refused(
        "虚构市教育局2031年部门预算公开", "来源：虚构市教育局", "附件：虚构市教育局2031年部门预算.pdf", "打印 关闭"
    )
    assert problem.code == "link-page"
    assert "download what it links to" in problem.hint_en


# --- blank forms --------------------------------------------------------------------------------------------------------------


def test_a_blank_form_names_what_is_left_to_fill_in() -> None:
    problem = refused("虚构市2031年部门预算", "预算单位：虚构市XX局", "收支总表", "单位：万元", balance(600, "", ""))
    assert problem.code == "blank-form"
    assert problem.zh == "这是一份空白表样：1张预算表中没有一个金额，“虚构市XX局”尚未填写"
    assert "虚构市XX局 is still to be filled in" in problem.en


def test_a_form_without_any_number_is_blank_though_it_has_a_name() -> None:
    assert refused(TITLE, "收支总表", "单位：万元", balance(600, "", "")).code == "blank-form"


def test_zeros_of_a_body_without_money_are_no_blank_form() -> None:
    disclosure = read(TITLE, "收支总表", "单位：万元", balance(600, "0.00", "0.00"))
    assert {figure.amount for figure in disclosure.figures.values()} == {0}


def test_amounts_under_a_placeholder_leave_the_question_whose_they_are() -> None:
    problem = refused("XX局2031年部门预算", "收支总表", "单位：万元", balance(600, "5.00", "5.00"))
    assert problem.code == "identity-name"


# --- prose alone --------------------------------------------------------------------------------------------------------------


def test_a_disclosure_of_prose_says_where_its_tables_are() -> None:
    disclosure = read(
        "虚构市教育局2031年部门预算",
        "一、部门预算安排的总体情况",
        "2031年支出预算12.50万元，其中：基本支出10.00万元，项目支出2.50万元。",
        "附件：虚构市教育局2031年度部门预算报表",
    )
    problem = next(problem for problem in disclosure.problems if problem.code == "tables-missing")
    assert problem.severity == "warning"
    assert "附件：虚构市教育局2031年度部门预算报表" in problem.zh
    assert problem.place == "page 1"
    assert "statement-missing" not in {problem.code for problem in disclosure.problems}
    amounts = {figure.amount for figure in disclosure.figures.values()}
    assert {125000, 100000, 25000} <= {int(amount) for amount in amounts}


# --- how documents end ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "end",
    ["- 1 -", "2031年2月1日", "联系人：张三", "附件：1.某表（见后", "虚构市教育局", "注：本表按万元填列,"],
)
def test_no_end_of_a_pdf_is_a_cut(end: str) -> None:
    disclosure = read(TITLE, "收支总表", "单位：万元", balance(600, "5.00", "5.00"), end)
    assert disclosure.identity.name == "虚构市教育局"


@pytest.mark.parametrize(
    ("end", "cut"), [("- 1 -", False), ("联系人：张三", False), ("二、教育支", True), ("共计5万元（其中", True)]
)
def test_a_text_that_breaks_off_is_noticed(end: str, cut: bool) -> None:
    table = balance(400, "5.00", "5.00")
    last = Paragraph((TextLine(end, Place(line=404)),))
    pieces: list[Block] = [paragraph(1, TITLE), paragraph(2, "收支总表"), paragraph(3, "单位：万元"), table, last]
    document = Document("x.txt", "text/plain", "0" * 64, tuple(pieces))
    if not cut:
        assert interpret(document, LEXICON).identity.fiscal_year == 2031
        return
    with pytest.raises(BadInput) as raised:
        interpret(document, LEXICON)
    assert [problem.code for problem in raised.value.problems] == ["document-truncated"]
