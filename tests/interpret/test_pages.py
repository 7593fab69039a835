"""Tables as pages print them: merged headings, captions inside the frame, columns that differ from page to page."""

from __future__ import annotations

import pytest

from budgetlod.interpret.columns import aligned, same_columns
from budgetlod.interpret.furniture import page_furniture, running_titles
from budgetlod.interpret.lifting import lifted
from budgetlod.interpret.merged import carried_down, heading_depth, is_banner, part, spread
from budgetlod.interpret.recognise import is_column_numbers, lists_tables, split_header, title_type
from budgetlod.interpret.tables import find_tables
from budgetlod.model.document import Block, Grid, Paragraph, Span
from budgetlod.rdf.lexicon import load_lexicon
from tests.interpret.grids import document, grid, line

LEXICON = load_lexicon()
TWO_LEVELS = grid(
    "科目编码|科目名称|合计|本年支出|",
    "||||",
    "|||基本支出|项目支出",
    "201|一般公共服务支出|3.00|1.00|2.00",
    spans=[(0, 0, 3, 1), (0, 1, 3, 1), (0, 2, 3, 1), (0, 3, 2, 2)],
)


def test_merged_headings_make_as_many_heading_rows_as_they_cover() -> None:
    assert heading_depth(TWO_LEVELS, 1) == 3
    header, rows = split_header(TWO_LEVELS, "expenditure", LEXICON)
    assert header[0].cells == ("科目编码", "科目名称", "合计", "本年支出", "本年支出")
    assert [row.cells[0] for row in rows] == ["201"]


def test_a_row_of_numbers_is_no_heading_even_under_a_merged_cell() -> None:
    made = grid(
        "项目|||本年收入合计",
        "类|款|项|合计|9.00",
        spans=[(0, 0, 1, 3), (0, 3, 2, 1)],
    )
    assert len(split_header(made, "income", LEXICON)[0]) == 1


def test_spread_and_carried_down_repeat_the_text_of_merged_cells() -> None:
    made = grid("甲||乙", "1|2|", spans=[(0, 0, 1, 2), (0, 2, 2, 1)])
    assert spread(made, 1)[0].cells == ("甲", "甲", "乙")
    assert carried_down(made) == [("", "", ""), ("", "", "乙")]


def test_a_part_keeps_the_spans_that_lie_in_it() -> None:
    assert part(TWO_LEVELS, 2, 4).spans == ()
    assert part(TWO_LEVELS, 0, 2).spans == (Span(0, 0, 2, 1), Span(0, 1, 2, 1), Span(0, 2, 2, 1), Span(0, 3, 2, 2))


def test_a_banner_is_merged_over_most_of_the_width() -> None:
    made = grid("标题|||", "标题|||", spans=[(0, 0, 1, 3)])
    assert [is_banner(made, 0), is_banner(made, 1)] == [True, False]


def test_words_over_all_headings_and_a_blank_row_below_them_are_part_of_the_head() -> None:
    """The words over all columns need not be known; the blank row is covered by the tall heading beside it."""
    made = grid(
        "财政拨款“三公”经费|||", "合计||公务接待费|", "|||", "预算数|决算数|预算数|决算数", "0.95|0.90|0.95|0.90",
        spans=[(0, 0, 1, 4), (1, 0, 1, 2), (1, 2, 2, 2)],
    )  # fmt: skip
    header, rows = split_header(made, "three-public", LEXICON)
    assert [len(header), len(rows)] == [4, 1]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("**|**|1|2|3", True),
        ("栏次|1|2", True),
        ("1|2|3", True),
        ("合计|1|3", False),
        ("**|**|", False),
        ("201|1|2", False),
    ],
)
def test_rows_of_column_numbers(row: str, numbers: bool) -> None:
    assert is_column_numbers(grid(row).rows[0], LEXICON) is numbers


def test_captions_and_notes_inside_the_frame_are_lifted_out() -> None:
    made = grid(
        "公开05表 政府性基金预算支出表||",
        "部门：某市某局||单位：万元",
        "科目编码|科目名称|合计",
        "212|城乡社区支出|1.00",
        "注：本表无其他内容||",
        spans=[(0, 0, 1, 3), (4, 0, 1, 3)],
    )
    blocks = lifted(document(made), LEXICON).blocks
    texts = [block.text if isinstance(block, Paragraph) else len(block.rows) for block in blocks]
    assert texts == ["公开05表 政府性基金预算支出表", "部门：某市某局", "单位：万元", 2, "注：本表无其他内容"]


def test_two_tables_in_one_frame_are_parted_at_the_second_title() -> None:
    rows = ["科目编码|科目名称|合计", *(f"2010{n}|某事务|1.00" for n in range(1, 7))]
    made = grid("收入总表||", *rows, "支出总表||", *rows, spans=[(0, 0, 1, 3), (8, 0, 1, 3)])
    tables, problems = find_tables(lifted(document(made), LEXICON), LEXICON)
    assert [(table.type, len(table.rows)) for table in tables] == [("income", 6), ("expenditure", 6)]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("2031年部门一般公共预算基本支出部门预算经济分类预算表", "basic-expenditure"),
        ("表7：2031年市级部门一般公共预算“三公”经费预算表", "three-public"),
        ("2031年部门“三公”经费和机关运行经费预算表", "three-public"),
        ("一般公共预算机关运行经费支出预算表", "agency-operating"),
        ("财政拨款基本支出表（经济科目）", "fiscal-basic-expenditure"),
        ("基本支出总表", "all-basic-expenditure"),
        ("项目支出总表", "projects"),
        ("部门综合预算专项业务经费支出表", "projects"),
        ("政府性基金预算财政拨款收入支出决算表", "government-fund-expenditure"),
        ("部门综合预算政府性基金收支表", "government-fund-balance"),
        ("财政拨款上年结转资金支出表", "carry-over"),
        ("具体情况详见下表", None),
        ("预算执行情况说明", None),
    ],
)
def test_titles_by_their_words(text: str, type_: str | None) -> None:
    assert title_type(text, LEXICON) == type_


def test_a_list_of_tables_is_none_of_them() -> None:
    made = grid("报表|报表名称|是否空表", "表1|部门收支总表|否", "表2|部门收入总表|否", "表3|部门支出总表|否")
    assert lists_tables(made, LEXICON)
    assert not lists_tables(TWO_LEVELS, LEXICON)


def _page(*rows: str, page: int, edges: list[float]) -> Grid:
    return grid(*rows, page=page, edges=edges)


def test_a_page_without_headings_goes_on_under_the_same_borders() -> None:
    first = _page("科目编码|科目名称|合计", "201|一般公共服务支出|3.00", page=1, edges=[50, 100, 300, 400])
    second = _page("205|教育支出|1.00", page=2, edges=[51, 99, 300, 401])
    total = _page("合计|4.00", page=3, edges=[50, 300, 400])
    blocks: list[Block] = [
        line("支出总表"),
        line("单位：万元", number=2),
        first,
        line("某市某局部门预算", 2),
        second,
        line("某市某局部门预算", 3),
        total,
    ]
    made = document(line("某市某局部门预算"), *blocks)
    tables, problems = find_tables(made, LEXICON)
    assert page_furniture(made.paragraphs()) == {"某市某局部门预算"}
    assert problems == []
    assert [row.cells for row in tables[0].rows] == [
        ("201", "一般公共服务支出", "3.00"),
        ("205", "教育支出", "1.00"),
        ("合计", "", "4.00"),
    ]


def test_columns_are_brought_under_those_of_the_first_page() -> None:
    total = grid("合计|4.00", edges=[50, 300, 400])
    assert aligned(total, [50, 100, 300, 400]).rows[0].cells == ("合计", "", "4.00")
    assert aligned(total, [50, 100, 300, 400]).spans == (Span(0, 0, 1, 2),)
    assert aligned(total, [50, 100, 250, 400]) == total
    assert not same_columns(total, [50, 290, 400])


def test_a_title_repeated_over_each_page_goes_on_unless_the_table_starts_anew() -> None:
    def page(number: int, *rows: str) -> list[Paragraph | Grid]:
        return [line("支出总表", number), grid("科目编码|科目名称|合计", *rows, page=number)]

    goes_on = document(*page(1, "|合计|3.00", "201|一般公共服务支出|3.00"), *page(2, "|教育支出|1.00"))
    anew = document(*page(1, "|合计|3.00", "201|一般公共服务支出|3.00"), *page(2, "|合计|5.00"))
    assert [len(t.rows) for t in find_tables(goes_on, LEXICON)[0]] == [3]
    assert [len(t.rows) for t in find_tables(anew, LEXICON)[0]] == [2, 1]


def test_in_prose_only_what_opens_or_closes_pages_is_furniture() -> None:
    pages = [
        [line("某市某局部门预算", page), line("项目概述", page, 2), line(f"第{page}个项目用于某事。", page, 3)]
        for page in (1, 2, 3)
    ]
    paragraphs = [paragraph for page in pages for paragraph in page]
    assert running_titles(paragraphs) == {id(page[0]) for page in pages}
    assert page_furniture(paragraphs) == {"某市某局部门预算", "项目概述"}
    assert running_titles(paragraphs[:6]) == set()
