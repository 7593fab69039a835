"""Tables of web pages: merged cells, layout, and what a few bytes may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlod.model.document import Document, Grid, Span
from budgetlod.model.problem import BadInput
from budgetlod.read.html.reader import read_html
from budgetlod.read.limits import Limits, limited

HEAD = "<tr><td>项目</td><td>合计</td><td>基本支出</td></tr>"


def read(folder: Path, body: str) -> Document:
    path = folder / "page.html"
    path.write_text(f"<meta charset=utf-8><body>{body}", encoding="utf-8")
    return read_html(path)


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def cells(grid: Grid) -> list[list[str]]:
    return [list(row.cells) for row in grid.rows]


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def test_merged_cells_stand_at_their_corner(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, """<table>
        <tr><td rowspan=2>科目</td><td colspan=2>支出</td></tr>
        <tr><td>基本</td><td>项目</td></tr>
        <tr><td>教育</td><td>1.00</td><td>2.00</td></tr></table>"""))  # fmt: skip
    assert cells(grid) == [["科目", "支出", ""], ["", "基本", "项目"], ["教育", "1.00", "2.00"]]
    assert grid.spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2))
    assert [row.place.line for row in grid.rows] == [2, 3, 4]
    assert grid.rows[2].place.element.endswith("/3")


def test_columns_in_which_no_cell_begins_are_none(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, """<table>
        <tr><td colspan=2>项目</td><td colspan=3>金额</td></tr>
        <tr><td colspan=2>教育</td><td colspan=3>1.00</td></tr></table>"""))  # fmt: skip
    assert cells(grid) == [["项目", "金额"], ["教育", "1.00"]]
    assert grid.spans == ()


def test_rows_that_only_set_widths_or_are_hidden_are_left_out(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, f"""<table>
        <tr style="height:0px"><td></td><td></td><td></td><td></td></tr>
        {HEAD}<tr style="display:none"><td>草稿</td><td>9.99</td><td>9.99</td></tr>
        <tr height=0 style='mso-height-source:auto'><td></td><td></td><td></td></tr>
        <tr><td>教育</td><td>3.00</td><td>3.00</td></tr></table>"""))  # fmt: skip
    assert cells(grid) == [["项目", "合计", "基本支出"], ["教育", "3.00", "3.00"]]


def test_lines_within_a_cell_are_kept(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, """<table>
        <tr><td><p>因公出国</p>\n<p>（境）费</p></td><td>公务<br>接待费</td></tr>
        <tr><td><span>1,2</span><font>34</font>.5<b>0</b></td><td>&nbsp;2.00&nbsp;</td></tr></table>"""))  # fmt: skip
    assert cells(grid) == [["因公出国\n（境）费", "公务\n接待费"], ["1,234.50", "2.00"]]


def test_unclosed_tags_and_cells_without_rows(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, "<table><tr><td>项目<td>金额<tr><td>教育<td>1.00</table>"))
    assert cells(grid) == [["项目", "金额"], ["教育", "1.00"]]
    (grid,) = grids(read(tmp_path, "<table><td>项目</td><td>金额</td><tr><td>教育<td>1.00</table>"))
    assert cells(grid) == [["项目", "金额"], ["教育", "1.00"]]


def test_head_and_foot_stand_above_and_below(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, """<table><tfoot><tr><td>合计<td>3.00</tfoot>
        <tbody><tr><td>教育<td>3.00</tbody><thead><tr><td>项目<td>金额</thead></table>"""))  # fmt: skip
    assert cells(grid) == [["项目", "金额"], ["教育", "3.00"], ["合计", "3.00"]]


def test_no_cell_hangs_out_of_its_group(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, """<table><thead><tr><td rowspan=9>项目<td>金额</thead>
        <tbody><tr><td rowspan=0>教育<td>1.00<tr><td>2.00</tbody></table>"""))  # fmt: skip
    assert cells(grid) == [["项目", "金额"], ["教育", "1.00"], ["", "2.00"]]
    assert grid.spans == (Span(1, 0, 2, 1),)


def test_title_and_unit_inside_the_table_are_paragraphs(tmp_path: Path) -> None:
    found = read(tmp_path, f"""<table><tr><td colspan=3>部门支出总表</td></tr>
        <tr><td></td><td></td><td>单位：万元</td></tr>{HEAD}
        <tr><td>教育</td><td>3.00</td><td>3.00</td></tr>
        <tr><td colspan=3>注：本表含上年结转。</td></tr></table>""")  # fmt: skip
    assert texts(found) == ["部门支出总表", "单位：万元", "注：本表含上年结转。"]
    assert cells(grids(found)[0]) == [["项目", "合计", "基本支出"], ["教育", "3.00", "3.00"]]


def test_a_table_that_lays_the_page_out_is_unfolded(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"""<table><tr><td>导航</td><td>
        <h1>某局预算</h1><p>说明</p>
        <table>{HEAD}<tr><td>教育</td><td>3.00</td><td>3.00</td></tr></table><p>注</p></td></tr></table>""",
    )
    assert texts(found) == ["某局预算", "导航", "说明", "注"]
    assert [cells(grid) for grid in grids(found)] == [[["项目", "合计", "基本支出"], ["教育", "3.00", "3.00"]]]


def test_a_form_with_a_table_in_one_of_its_cells(tmp_path: Path) -> None:
    found = read(tmp_path, """<table><tr><td>项目名称</td><td>修路</td></tr><tr><td>预算</td><td>1.00</td></tr>
        <tr><td colspan=2><table><tr><td>指标</td><td>值</td></tr><tr><td>里程</td><td>5公里</td></tr></table></td></tr>
        <tr><td>联系人</td><td>某</td></tr><tr><td>电话</td><td>略</td></tr></table>""")  # fmt: skip
    assert [cells(grid) for grid in grids(found)] == [
        [["项目名称", "修路"], ["预算", "1.00"]],
        [["指标", "值"], ["里程", "5公里"]],
        [["联系人", "某"], ["电话", "略"]],
    ]


def test_a_small_table_inside_a_cell_is_its_text(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, """<table><tr><td>项目</td><td>金额</td></tr>
        <tr><td><table><tr><td>教育</td></tr></table></td><td>1.00</td></tr></table>"""))  # fmt: skip
    assert cells(grid) == [["项目", "金额"], ["教育", "1.00"]]


def test_one_column_and_links_alone_are_no_grid(tmp_path: Path) -> None:
    found = read(tmp_path, """<table><tr><td>第一段</td></tr><tr><td>第二段</td></tr></table>
        <table><tr><td><a href='/a'>首页</a></td><td>&gt; <a href='/b'>预算</a></td></tr></table>""")  # fmt: skip
    assert not grids(found)
    assert texts(found) == ["第一段", "第二段"]


@pytest.mark.parametrize("number", ["-1", "x", "99999999999", "1.5", "", "+2"])
def test_any_extent_is_read(tmp_path: Path, number: str) -> None:
    table = (
        f"<table><tr><td rowspan='{number}' colspan='{number}'>项目</td><td>金额</td></tr><tr><td>教育<td>1.00</table>"
    )
    (grid,) = grids(read(tmp_path, table))
    assert {cell for row in grid.rows for cell in row.cells} >= {"项目", "金额", "教育", "1.00"}


def test_what_merged_cells_ask_for_is_bounded(tmp_path: Path) -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=65534>a" * 30
    with limited(Limits(cells=1000)), pytest.raises(BadInput) as caught:
        read(tmp_path, f"<table>{row}{'<tr><td>1<td>2' * 100}</table>")
    assert caught.value.problems[0].code == "source-too-large"
    # Without a bound of its own: covered columns cost nothing.
    assert len(grids(read(tmp_path, f"<table>{row}</table>"))[0].rows[0].cells) == 30


def test_tables_inside_tables_without_end(tmp_path: Path) -> None:
    found = read(tmp_path, "<table><tr><td>甲<td>" * 300 + "终")
    assert "终" in "".join(texts(found)) + "".join(cell for grid in grids(found) for row in cells(grid) for cell in row)
