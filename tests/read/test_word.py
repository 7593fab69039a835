"""Word documents: order, merged cells, automatic numbers, text boxes, tracked changes, notes and headers."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetlod.model.document import Document, Grid, Paragraph, Span
from budgetlod.model.problem import BadInput
from budgetlod.read.registry import read_document
from budgetlod.read.word_numbering import written

NS = nsdecls("w")


def save(document: Any, folder: Path) -> Document:
    path = folder / "a.docx"
    document.save(str(path))
    return read_document(path)


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def add(document: Any, xml: str) -> None:
    """Add an element to the end of the body, before its section properties."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def fill(table: Any, rows: list[list[str]]) -> None:
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def test_paragraphs_and_tables_in_the_order_of_the_body(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("某局2024年部门预算", 0)
    fill(document.add_table(2, 2), [["科目", "金额"], ["教育", "1.00"]])
    document.add_paragraph("一、职责")
    read = save(document, tmp_path)
    first, grid, last = read.blocks
    assert (first.place.line, last.place.line) == (1, 4)
    assert isinstance(grid, Grid)
    assert [row.cells for row in grid.rows] == [("科目", "金额"), ("教育", "1.00")]
    assert [row.place.line for row in grid.rows] == [2, 3]
    assert texts(read) == ["某局2024年部门预算", "一、职责"]


def test_place_is_the_path_of_the_element(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("甲")
    fill(document.add_table(2, 2), [["科目", "金额"], ["教育", "1.00"]])
    read = save(document, tmp_path)
    assert read.blocks[0].place.element == "/1/1/1"
    grid = grids(read)[0]
    body = document.element.body
    for row in grid.rows:
        steps = [int(step) for step in row.place.element.split("/")[3:]]
        element = body
        for step in steps:
            element = element[step - 1]
        assert "".join(text.text for text in element.iter(qn("w:t"))) == "".join(row.cells)
    assert grid.place.fragment().startswith("element(/1/1/2/")


def test_merged_cells_across_and_down(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    fill(
        table,
        [["科目", "本年", "", "合计"], ["", "基本", "项目", ""], ["教育", "1", "2", "3"], ["医疗", "3", "4", "7"]],
    )
    for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (1, 3))):
        corner = table.cell(*first)
        text = corner.text
        corner.merge(table.cell(*last)).text = text
    (grid,) = grids(save(document, tmp_path))
    assert grid.spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2), Span(0, 3, 2, 1))
    assert [row.cells for row in grid.rows][:2] == [("科目", "本年", "", "合计"), ("", "基本", "项目", "")]


def test_titles_and_units_inside_of_a_table_stand_over_it(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    fill(
        table,
        [["收支总表", "", ""], ["编制部门：某局", "", "单位：万元"], ["科目", "金额", "备注"], ["教育", "1", "x"]],
    )
    table.cell(0, 0).merge(table.cell(0, 2)).text = "收支总表"
    read = save(document, tmp_path)
    assert texts(read) == ["收支总表", "编制部门：某局", "单位：万元"]
    assert [row.cells for row in grids(read)[0].rows] == [("科目", "金额", "备注"), ("教育", "1", "x")]


def test_a_row_that_begins_further_right(tmp_path: Path) -> None:
    document = docx.Document()
    row = "<w:tr>{}{}</w:tr>"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    shifted = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    add(
        document,
        f"<w:tbl {NS}>{row.format('', cell.format('a') + cell.format('b'))}{row.format(shifted, cell.format('c'))}</w:tbl>",
    )
    assert [r.cells for r in grids(save(document, tmp_path))[0].rows] == [("a", "b"), ("", "c")]


def test_a_layout_table_is_unfolded_and_a_table_in_a_cell_comes_after_its_table(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(1, 1).cell(0, 0)
    outer.text = "表前的话"
    fill(outer.add_table(2, 2), [["科目", "金额"], ["教育", "1"]])
    real = document.add_table(2, 2)
    fill(real, [["项目", "内容"], ["甲", "乙"]])
    fill(real.cell(1, 1).add_table(2, 2), [["指标", "值"], ["数量", "5"]])
    read = save(document, tmp_path)
    assert texts(read) == ["表前的话"]
    found = [[row.cells for row in grid.rows] for grid in grids(read)]
    assert found == [
        [("科目", "金额"), ("教育", "1")],
        [("项目", "内容"), ("甲", "乙")],
        [("指标", "值"), ("数量", "5")],
    ]


LIST = """<w:abstractNum {ns} w:abstractNumId="77">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%4 "/></w:lvl>
</w:abstractNum>"""


def _numbered(document: Any, items: list[tuple[str, int, str]]) -> None:
    for text, level, number in items:
        properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        add(document, f"<w:p {NS}>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>")


def test_automatic_numbers_are_printed_and_counted(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LIST.format(ns=NS)))
    numbering.append(parse_xml(f'<w:num {NS} w:numId="771"><w:abstractNumId w:val="77"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(parse_xml(f'<w:num {NS} w:numId="772"><w:abstractNumId w:val="77"/>{restart}</w:num>'))
    _numbered(document, [
        ("职责", 0, "771"), ("甲", 1, "771"), ("乙", 1, "771"), ("丙", 2, "771"), ("预算", 0, "771"),
        ("丁", 1, "771"), ("戊", 3, "771"), ("别表", 0, "772"), ("接着", 0, "772"), ("没有", 0, "0"),
    ])  # fmt: skip
    expected = [
        "一、职责",
        "（一）甲",
        "（二）乙",
        "1.丙",
        "二、预算",
        "（一）丁",
        "2.1 戊",
        "一、别表",
        "二、接着",
        "没有",
    ]
    assert texts(save(document, tmp_path)) == expected


def test_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LIST.format(ns=NS)))
    numbering.append(parse_xml(f'<w:num {NS} w:numId="771"><w:abstractNumId w:val="77"/></w:num>'))
    style = document.styles["Heading 1"].element
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {NS}><w:numId w:val="771"/></w:numPr>'))
    for text in ("职责", "预算"):
        document.add_heading(text, 1)
        document.add_paragraph("正文")
    assert texts(save(document, tmp_path)) == ["一、职责", "正文", "二、预算", "正文"]


@pytest.mark.parametrize(
    ("number", "format_", "expected"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "japaneseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"), (21, "chineseCountingThousand", "二十一"),
        (101, "chineseCountingThousand", "一百零一"), (110, "chineseCountingThousand", "一百一十"),
        (3, "chineseLegalSimplified", "叁"), (2, "ideographTraditional", "乙"), (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"), (5, "decimalEnclosedParen", "⑸"), (7, "decimalZero", "07"), (9, "nobody's", "9"),
        (25, "decimalEnclosedCircle", "25"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, format_: str, expected: str) -> None:
    assert written(number, format_) == expected


def test_deleted_text_is_left_out_and_inserted_text_kept(tmp_path: Path) -> None:
    document = docx.Document()
    mark = 'w:id="1" w:author="x"'
    add(document, f"""<w:p {NS}><w:r><w:t>预算</w:t></w:r><w:del {mark}><w:r><w:delText>1.00</w:delText></w:r></w:del>
        <w:ins {mark}><w:r><w:t>2.00</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>万元</w:t></w:r></w:p>""")  # fmt: skip
    add(document, f"<w:ins {NS} {mark}><w:p><w:r><w:t>新段</w:t></w:r></w:p></w:ins>")
    add(document, f"<w:sdt {NS}><w:sdtContent><w:p><w:r><w:t>控件里</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    assert texts(save(document, tmp_path)) == ["预算2.00万元", "新段", "控件里"]


def test_a_text_box_stands_once_after_its_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>单位：万元</w:t></w:r></w:p></w:txbxContent>"
    spaces = f'{NS} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    add(document, f"""<w:p {spaces}><w:r><w:t>收支总表</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>
        <mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>""")  # fmt: skip
    assert texts(save(document, tmp_path)) == ["收支总表", "单位：万元"]


def test_a_line_break_opens_a_paragraph_only_before_an_item(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("某某局\n2024年部门预算")
    document.add_paragraph("一、甲\n（一）乙")
    read = save(document, tmp_path)
    assert texts(read) == ["某某局2024年部门预算", "一、甲", "（一）乙"]


def test_a_table_of_contents_keeps_its_dots(tmp_path: Path) -> None:
    document = docx.Document()
    leader = '<w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs></w:pPr>'
    add(document, f"<w:p {NS}>{leader}<w:r><w:t>一、职责</w:t><w:tab/><w:t>3</w:t></w:r></w:p>")
    assert texts(save(document, tmp_path)) == ["一、职责........3"]


def test_the_unit_of_a_header_stands_over_the_first_table_of_its_section(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("说明")
    document.sections[0].header.paragraphs[0].text = "某局"
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "金额单位：万元"
    document.add_paragraph("收支总表")
    fill(document.add_table(2, 2), [["科目", "金额"], ["教育", "1"]])
    read = save(document, tmp_path)
    assert texts(read) == ["说明", "收支总表", "金额单位：万元"]
    assert isinstance(read.blocks[3], Grid)


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.save(str(tmp_path / "a.docx"))
    note = '<w:footnote w:id="{}" {}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {NS}>{note.format(0, 'w:type=' + chr(34) + 'separator' + chr(34), '线')}{note.format(2, '', '脚注')}</w:footnotes>"
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    assert texts(read_document(tmp_path / "a.docx")) == ["正文", "脚注"]


words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4)


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.lists(words, min_size=4, max_size=4), min_size=3, max_size=5),
    st.sampled_from([None, Span(0, 0, 1, 2), Span(0, 1, 2, 1), Span(1, 1, 2, 2)]),
)
def test_a_grid_with_a_merged_cell_comes_back(table: list[list[str]], span: Span | None) -> None:
    document = docx.Document()
    drawn = document.add_table(len(table), 4)
    fill(drawn, table)
    expected = [list(row) for row in table]
    if span:
        text = table[span.row][span.column]
        for r in range(span.row, span.row + span.height):
            for c in range(span.column, span.column + span.width):
                expected[r][c] = ""
        expected[span.row][span.column] = text
        corner = drawn.cell(span.row, span.column)
        corner.merge(drawn.cell(span.row + span.height - 1, span.column + span.width - 1)).text = text
    with tempfile.TemporaryDirectory() as folder:
        (grid,) = grids(save(document, Path(folder)))
    assert [list(row.cells) for row in grid.rows] == expected
    assert grid.spans == ((span,) if span else ())


def test_deep_nesting_ends_without_a_crash(tmp_path: Path) -> None:
    deep = docx.Document()
    depth = 60
    inner = "<w:p><w:r><w:t>底</w:t></w:r></w:p>"
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    add(deep, f"<w:sdt {NS}><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    path = tmp_path / "a.docx"
    deep.save(str(path))
    found = read_document(path).blocks
    assert len(found) == 1
    assert isinstance(found[0], Paragraph)
    assert found[0].text == "底"


def test_markup_deeper_than_any_program_writes_is_refused(tmp_path: Path) -> None:
    deep = docx.Document()
    inner = "<w:p/>"
    for _ in range(200):
        inner = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    path = tmp_path / "a.docx"
    deep.save(str(path))
    body = f"<w:document {NS}><w:body>{inner}</w:body></w:document>"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, body if name == "word/document.xml" else data)
    with pytest.raises(BadInput) as caught:
        read_document(path)
    assert caught.value.problems[0].code == "source-damaged"


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        save(docx.Document(), tmp_path)
    assert caught.value.problems[0].code == "source-empty"
