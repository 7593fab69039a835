"""Drawn pages: words and borders placed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetlod.model.document import Document, Grid, Paragraph, Span
from budgetlod.read.html.borders import Rectangle, border_rulings
from budgetlod.read.html.reader import read_html
from budgetlod.read.html.styles import declarations
from budgetlod.read.layout.page import Ruling

ROWS = [["科目", "合计", "基本支出"], ["教育支出", "1,234.50", "1,000.50"], ["其他支出", "234.00", "34.00"]] * 3
LEFT, TOP, WIDTH, HEIGHT = 60.0, 120.0, 120.0, 20.0


def word(text: str, left: float, top: float) -> str:
    return f'<div class="p" style="left:{left}pt;top:{top}pt">{text}</div>'


def lines() -> Iterator[str]:
    for row in range(len(ROWS) + 1):
        yield f'<div class="r" style="left:{LEFT}pt;top:{TOP + row * HEIGHT}pt;width:{3 * WIDTH}pt;border-bottom:0.5pt solid #000"> </div>'
    for column in range(4):
        yield (
            f'<div class="r" style="left:{LEFT + column * WIDTH}pt;top:{TOP}pt;height:{len(ROWS) * HEIGHT}pt;'
            'width:0.5pt;background:#000"></div>'
        )


def words() -> Iterator[str]:
    yield word("部门支出总表", 200, 60)
    yield word("单位：万元", 360, 95)
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            yield word(text, LEFT + column * WIDTH + 5, TOP + number * HEIGHT + 5)
    yield word("注：本表含上年结转。", 60, 400)


SHEET = "<style>.p,.r{position:absolute;font-size:10pt;line-height:10pt}.page{position:relative;width:595pt;height:842pt}</style>"


def read(folder: Path, content: str) -> Document:
    path = folder / "page.html"
    path.write_text(f"<meta charset=utf-8>{SHEET}{content}", encoding="utf-8")
    return read_html(path)


def test_borders_and_words_are_a_table(tmp_path: Path) -> None:
    page = f"<h1>某局预算</h1><div class=page>{''.join(lines())}{''.join(words())}</div><p>打印</p>"
    title, name, unit, grid, note, after = read(tmp_path, page).blocks
    assert [b.text for b in (title, name, unit, note, after) if isinstance(b, Paragraph)] == [
        "某局预算", "部门支出总表", "单位：万元", "注：本表含上年结转。", "打印",
    ]  # fmt: skip
    assert isinstance(grid, Grid)
    assert [list(row.cells) for row in grid.rows] == ROWS
    assert grid.spans == ()
    assert (grid.place.page, grid.place.element) == (1, "/1/2/2")
    assert grid.place.fragment() == "element(/1/2/2)"
    assert grid.place.words() == "page 1"


def test_pages_are_counted(tmp_path: Path) -> None:
    page = f"<div class=page>{''.join(lines())}{''.join(words())}</div>"
    found = [block.place.page for block in read(tmp_path, page * 3).blocks if isinstance(block, Grid)]
    assert found == [1, 2, 3]


def test_cells_that_no_line_parts_are_merged(tmp_path: Path) -> None:
    joined = [line for line in lines() if f"left:{LEFT + 2 * WIDTH}pt" not in line]
    part = (
        f'<div class="r" style="left:{LEFT + 2 * WIDTH}pt;top:{TOP + HEIGHT}pt;height:{(len(ROWS) - 1) * HEIGHT}pt;'
        'border-right:1px solid black"></div>'
    )
    head = [text for text in words() if ">基本支出<" not in text or f"top:{TOP + 5}pt" not in text]
    (grid,) = (
        b
        for b in read(tmp_path, f"<div class=page>{''.join([*joined, part, *head])}</div>").blocks
        if isinstance(b, Grid)
    )
    assert grid.rows[0].cells == ("科目", "合计", "")
    assert grid.spans == (Span(0, 1, 1, 2),)


def test_a_few_placed_boxes_are_no_drawn_page(tmp_path: Path) -> None:
    found = read(tmp_path, f"<div class=page>{word('乙', 10, 90)}{word('甲', 10, 10)}</div>")
    assert [(p.text, p.place.page) for p in found.paragraphs()] == [("乙", 0), ("甲", 0)]


def test_boxes_inside_boxes_and_lines_inside_boxes(tmp_path: Path) -> None:
    rows = "".join(
        f'<div style="position:absolute;left:50px;top:{100 + 40 * n}px;width:400px;height:40px">'
        f'<span style="position:absolute;left:10px;top:5px;font-size:16px;line-height:16px">第{n}项<br>续{n}</span></div>'
        for n in range(25)
    )
    found = read(tmp_path, f"<div style='position:relative;width:800px;height:1200px'>{rows}</div>")
    assert "".join(p.text for p in found.paragraphs()) == "".join(f"第{n}项续{n}" for n in range(25))
    assert found.blocks[0].place.box is not None
    assert found.blocks[0].place.box[0] == pytest.approx(45.0)


def test_boxes_with_words_inside_boxes_with_words(tmp_path: Path) -> None:
    rows = "".join(
        f"<div class=p style='left:9pt;top:{30 * n}pt'>外{n}<div class=p style='left:90pt;top:0'>内{n}</div></div>"
        for n in range(20)
    )
    printed = "".join(p.text for p in read(tmp_path, f"<div class=page>{rows}</div>").paragraphs())
    assert all(f"外{n}" in printed and f"内{n}" in printed for n in range(20))


def test_text_that_is_not_placed_is_read_too(tmp_path: Path) -> None:
    page = f"<div class=page>{''.join(words())}<p>没有位置的一段</p></div>"
    assert "没有位置的一段" in [p.text for p in read(tmp_path, page).paragraphs()]


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("border-bottom: 0.5pt solid #000", [Ruling(True, 30, 10, 110)]),
        ("border-left: 1px solid rgb(0, 0, 0)", [Ruling(False, 10, 20, 30)]),
        ("border: 0 solid", []),
        ("border: none", []),
        ("border: textbox 1px solid", []),
        ("border-top: 1px solid transparent", []),
        ("border-style: solid; border-width: 1px; border-top-style: none; border-left-style:none; border-right-style:none",
         [Ruling(True, 30, 10, 110)]),
        ("background-color: #eee", []),
    ],
)  # fmt: skip
def test_rulings_of_borders(style: str, found: list[Ruling]) -> None:
    assert list(border_rulings(declarations(style), Rectangle(10, 20, 100, 10))) == found


def test_thin_filled_boxes_are_rulings() -> None:
    filled = declarations("background-color:#000")
    assert list(border_rulings(filled, Rectangle(10, 20, 100, 1))) == [Ruling(True, 20.5, 10, 110)]
    assert list(border_rulings(filled, Rectangle(10, 20, 1, 100))) == [Ruling(False, 10.5, 20, 120)]
    assert not list(border_rulings({}, Rectangle(10, 20, 100, 1)))
