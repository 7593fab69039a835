"""Cutting a sheet into titles, tables and notes by what its cells show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgetlod.model.document import Grid, GridRow, Place, Span
from budgetlod.read.sheets import Sheet, cut_sheet

Cut = list[str | list[str]]


def cut(text: str, spans: list[Span] | None = None, title: str = "", drawn: bool = False) -> Cut:
    """Cut rows written as lines with ``|`` between cells; a grid comes back as a list of such lines."""
    rows = [
        GridRow(tuple(cell.strip() for cell in line.split("|")), Place(line=n, sheet="s"))
        for n, line in enumerate(text.strip("\n").splitlines(), 1)
    ]
    blocks = cut_sheet(Sheet(rows, spans, title, drawn))
    return [["|".join(row.cells) for row in b.rows] if isinstance(b, Grid) else b.text for b in blocks]


def test_title_and_unit_stand_over_the_table_and_a_note_below() -> None:
    found = cut("""
收支总表||
编制部门：某局||单位：万元
|
收入||支出
项目|预算数|项目
财政拨款|1.00|教育支出

注：本表含上年结转。||
""")
    expected = ["收支总表", "编制部门：某局", "单位：万元"]
    assert found == [*expected, ["收入||支出", "项目|预算数|项目", "财政拨款|1.00|教育支出"], "注：本表含上年结转。"]


def test_a_unit_alone_at_the_right_is_no_heading() -> None:
    found = cut("支出表|||\n|||单位：万元\n科目|合计|基本支出|项目支出\n教育|3|1|2")
    assert found == ["支出表", "单位：万元", ["科目|合计|基本支出|项目支出", "教育|3|1|2"]]


def test_department_at_the_left_and_unit_without_a_name_at_the_right() -> None:
    assert cut("某局|||万元\n科目|合计|基本|项目\n教育|3|1|2") == [
        "某局",
        "万元",
        ["科目|合计|基本|项目", "教育|3|1|2"],
    ]


def test_department_and_unit_merged_over_the_whole_width_stand_over_the_table() -> None:
    spans = [Span(0, 0, 1, 4), Span(1, 0, 1, 2), Span(1, 2, 1, 2), Span(2, 0, 1, 2), Span(2, 2, 1, 2)]
    rows = ["收入||支出|", "项目|预算数|项目|预算数", "一、拨款|10|一、公共服务|10"]
    found = cut("\n".join(["收支总表|||", "部门：某局||单位：万元|", *rows]), spans)
    assert found == ["收支总表", "部门：某局", "单位：万元", rows]


def test_a_heading_that_names_its_unit_is_a_heading() -> None:
    rows = ["项目|数量|价值（金额单位：万元）", "资产总额||455.88", "车辆|2|26.27"]
    assert cut("\n".join(["资产占用情况表||", *rows])) == ["资产占用情况表", rows]


def test_a_form_after_a_form_begins_with_its_title() -> None:
    form = ["项目名称||某项目|", "主管部门||某局|实施单位", "资金（万元）||12.5|", "目标|做好||"]
    spans = [Span(n, 0, 1, 4) for n in (0, 1, 6, 7)] + [Span(n, 0, 1, 2) for n in (2, 3, 4, 8, 9, 10)]
    head = ["绩效目标表|||", "（2024年度）|||"]
    found = cut("\n".join([*head, *form, *head, *form]), spans)
    assert found == ["绩效目标表", "（2024年度）", form, "绩效目标表", "（2024年度）", form]


def test_two_tables_with_a_title_between_are_two_grids() -> None:
    found = cut("表1 收入表|\n单位：元|\n项目|金额\n甲|1\n表2 支出表|\n单位：元|\n项目|金额\n乙|2")
    assert found == ["表1 收入表", "单位：元", ["项目|金额", "甲|1"], "表2 支出表", "单位：元", ["项目|金额", "乙|2"]]


def test_two_tables_with_a_blank_row_between_are_two_grids() -> None:
    assert cut("科目|a|b\n甲|1|2\n||\n名称|c|d\n乙|3|4") == [["科目|a|b", "甲|1|2"], ["名称|c|d", "乙|3|4"]]


def test_blank_rows_inside_a_table_do_not_cut_it() -> None:
    assert cut("科目|金额\n甲|1\n|\n乙|2\n|\n合计|3") == [["科目|金额", "甲|1", "乙|2", "合计|3"]]


def test_a_row_with_a_label_and_no_amount_belongs_to_the_table() -> None:
    rows = ["项目|预算数|项目|预算数", "一、拨款|5|一、公共服务|5", "||二、外交|", "二、其他|||", "合计|5|合计|5"]
    assert cut("\n".join(rows)) == [rows]


def test_fields_of_a_form_stay_in_the_form() -> None:
    rows = ["项目名称：|甲|编码：|1", "目标|乙|丙|丁", "指标|一|二|三"]
    assert cut("\n".join(rows)) == [rows]


def test_a_section_row_merged_over_a_table_does_not_cut_it() -> None:
    rows = ["科目|a|b", "一、基本支出||", "甲|1|2", "二、项目支出||", "乙|3|4"]
    spans = [Span(1, 0, 1, 3), Span(3, 0, 1, 3)]
    assert cut("\n".join(rows), spans) == [rows]


def test_merged_headings_keep_their_extent_and_covered_text_moves_to_the_corner() -> None:
    rows = [GridRow(cells, Place(line=n)) for n, cells in enumerate(
        [("题目表", "", "", ""), ("", "", "", ""), ("", "科目", "金额", ""), ("", "", "a", "b"), ("", "甲", "1", "2")], 1)]  # fmt: skip
    spans = [Span(0, 0, 2, 4), Span(2, 1, 2, 1), Span(2, 2, 1, 2)]
    title, grid = cut_sheet(Sheet(rows, spans))
    assert isinstance(grid, Grid)
    assert [row.cells for row in grid.rows] == [("科目", "金额", ""), ("", "a", "b"), ("甲", "1", "2")]
    assert grid.spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2))
    assert [row.place.line for row in grid.rows] == [3, 4, 5]
    assert title.place.line == 1


def test_text_merged_over_a_whole_sheet_is_prose_line_by_line() -> None:
    assert cut("职能", [Span(0, 0, 20, 9)]) == ["职能"]
    rows = [GridRow(("一、某某\n  二、某某\n\n",), Place(line=1))]
    assert [block.place.line for block in cut_sheet(Sheet(rows, [Span(0, 0, 3, 3)]))] == [1, 1]


def test_the_name_of_the_sheet_is_the_title_where_no_row_is() -> None:
    table = "科目|金额|备注\n甲|1|x"
    assert cut(table, title="收支总表")[0] == "收支总表"
    assert cut(f"单位：万元||\n{table}", title="收支总表")[:2] == ["收支总表", "单位：万元"]
    assert cut(f"公开01表||\n{table}", title="收支总表")[:2] == ["收支总表", "公开01表"]
    assert cut(f"某局2024年收支总体情况||\n{table}", title="收支总体情况")[0] == "某局2024年收支总体情况"
    assert cut(f"某局预算总表||\n{table}", title="表一")[0] == "某局预算总表"
    assert cut(table, title="Sheet1") == [["科目|金额|备注", "甲|1|x"]]
    assert cut("只有文字", title="说明") == ["只有文字"]


def test_names_with_values_on_a_cover_are_lines() -> None:
    assert cut("部门预算|\n\n单位名称：|某局\n编制年度：|2024") == ["部门预算", "单位名称：某局", "编制年度：2024"]


def test_in_a_drawn_table_a_single_cell_is_a_row_unless_merged_over_the_others() -> None:
    assert cut("甲|||\n乙|1|2|3", [], drawn=True) == [["甲|||", "乙|1|2|3"]]
    assert cut("甲表|||\n乙|1|2|3", [Span(0, 0, 1, 4)], drawn=True) == ["甲表", ["乙|1|2|3"]]


cells = st.sampled_from(["", "", "甲", "1.00", "单位：元", "收支总表", "注：无", "项目名称：", "一" * 50])
sheets = st.lists(st.lists(cells, min_size=1, max_size=5), max_size=12)
merges = st.lists(
    st.builds(Span, st.integers(0, 14), st.integers(0, 6), st.integers(1, 4), st.integers(1, 4)), max_size=3
)


@given(sheets, st.none() | merges, st.booleans())
def test_no_text_is_lost_and_rows_stay_in_order(table: list[list[str]], spans: list[Span] | None, drawn: bool) -> None:
    rows = [GridRow(tuple(cells), Place(line=n)) for n, cells in enumerate(table, 1)]
    apart = [s for n, s in enumerate(spans or []) if not any(_overlap(s, other) for other in (spans or [])[:n])]
    blocks = cut_sheet(Sheet(rows, None if spans is None else apart, drawn=drawn))
    found = sorted(
        cell
        for block in blocks
        for row in (block.rows if isinstance(block, Grid) else [GridRow((block.text,), block.place)])
        for cell in row.cells
        if cell
    )
    covered = {
        (r, c) for s in apart for r in range(s.row, s.row + s.height) for c in range(s.column, s.column + s.width)
    }
    wanted = [cell for r, line in enumerate(table) for c, cell in enumerate(line) if cell and (r, c) not in covered]
    text = "".join(found)
    assert all(cell in text for cell in wanted)
    if not apart:
        assert sorted(text) == sorted("".join(wanted))
    lines = [row.place.line for b in blocks for row in (b.rows if isinstance(b, Grid) else [b])]
    assert lines == sorted(lines)


def _overlap(one: Span, other: Span) -> bool:
    rows = one.row < other.row + other.height and other.row < one.row + one.height
    return rows and one.column < other.column + other.width and other.column < one.column + one.width
