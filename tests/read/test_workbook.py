"""Workbooks: values as the sheet shows them, merged cells, hidden sheets, and what cannot be read."""

from __future__ import annotations

import datetime
import io
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from budgetlod.model.document import Document, Grid, Paragraph, Span
from budgetlod.model.problem import BadInput
from budgetlod.read.limits import Limits, limited
from budgetlod.read.number_formats import plain_number, shown_number
from budgetlod.read.registry import read_document

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def grid_of(document: Document) -> Grid:
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    return grid


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_document(path)
    (problem,) = caught.value.problems
    assert problem.zh
    assert problem.hint_zh
    assert problem.hint_en
    assert problem.file == str(path)
    return problem.code


# --- values -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, "0.00", "1234.50"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.0, "#,##0.00", "0.00"),
        (-12.5, "#,##0.00_);(#,##0.00)", "(12.50)"),
        (-12.5, "#,##0.00;-#,##0.00", "-12.50"),
        (-0.001, "0.00", "0.00"),
        (0.5, "0%", "50%"),
        (0.12345, "0.00%", "12.35%"),
        (2.675, "0.00", "2.68"),
        (5.0, "00", "05"),
        (0.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (12.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12.00"),
        (0.0, "0.00;-0.00;", ""),
        (12.0, "0.00;-0.00;", "12.00"),
        (7.0, "[Red]0.0", "7.0"),
        (1234.0, "[$¥-804]#,##0.00", "1,234.00"),
        (2026.0, '0"年"', "2026年"),
        (12345678.0, "0.0,", "12345.7"),
        (1.5, "0.0##", "1.5"),
        (1.2345, "General", "1.2345"),
        (1.2345, "@", "1.2345"),
        (1.25, "# ?/?", "1.25"),
        (120.0, "[>100]0.0;0.00", "120"),
    ],
)
def test_a_number_is_printed_in_its_format(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


def test_binary_noise_is_not_printed() -> None:
    assert plain_number(0.1 + 0.2) == "0.3"
    assert plain_number(1668.1399999999999) == "1668.14"
    assert plain_number(1377.51 + 22.1 - 22.1 - 1377.51) == "0"
    assert plain_number(2010301.0) == "2010301"
    assert plain_number(1e15) == "1000000000000000"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_every_amount_of_six_decimals_is_printed_exactly(number: Decimal) -> None:
    assert Decimal(plain_number(float(number))) == number
    assert Decimal(shown_number(float(number), "#,##0.000000").replace(",", "")) == number


def test_codes_amounts_dates_and_words_of_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("收支总表")
        money, day, rate = (book.add_format({"num_format": f}) for f in ("#,##0.00", "yyyy-mm-dd", "0.0%"))
        sheet.write_row(0, 0, ["编码", "文本码", "金额", "日期", "比例", "是否", "空"])
        sheet.write_row(1, 0, [2010301, "0205"])
        sheet.write_number(1, 2, 1234.5, money)
        sheet.write_datetime(1, 3, datetime.datetime(2024, 3, 5), day)
        sheet.write_number(1, 4, 0.125, rate)
        sheet.write_boolean(1, 5, True)
        sheet.write_blank(1, 6, None, money)
    document = read_document(path)
    assert lines(document) == ["收支总表"]
    assert grid_of(document).rows[1].cells == ("2010301", "0205", "1,234.50", "2024-03-05", "12.5%", "TRUE", "")
    assert document.media_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_place_is_sheet_and_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("甲表", "乙表"):
            sheet = book.add_worksheet(name)
            sheet.merge_range("B3:D3", name)
            sheet.write_row("B5", ["科目", "金额", "备注"])
            sheet.write_row("B6", ["教育", 1, "x"])
    document = read_document(path)
    places = [(block.place.sheet, block.place.line) for block in document.blocks]
    assert places == [("甲表", 3), ("甲表", 5), ("乙表", 3), ("乙表", 5)]
    assert document.blocks[3].place.words("zh") == "工作表“乙表”第5行"


def test_hidden_sheets_are_read_only_where_nothing_else_is(tmp_path: Path) -> None:
    for visible in (True, False):
        path = tmp_path / f"{visible}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            shown = book.add_worksheet("甲")
            hidden = book.add_worksheet("乙")
            hidden.write_string(0, 0, "隐藏")
            hidden.hide()
            if visible:
                shown.write_string(0, 0, "可见")
        assert lines(read_document(path)) == ["可见" if visible else "隐藏"]


def test_an_xls_gives_values_formats_and_merged_cells(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("支出总表")
    style = xlwt.easyxf(num_format_str="#,##0.00")
    sheet.write_merge(0, 0, 0, 2, "某局支出总表")
    for column, text in enumerate(["编码", "科目", "金额"]):
        sheet.write(1, column, text)
    for column, value in enumerate([208, "社会保障", 1234.5]):
        sheet.write(2, column, value, style if column == 2 else xlwt.Style.default_style)
    for column, value in enumerate(["合计", 3.0, 4.0]):
        sheet.write(3, column, value, style if column else xlwt.Style.default_style)
    path = tmp_path / "a.xls"
    book.save(str(path))
    document = read_document(path)
    assert lines(document) == ["某局支出总表"]
    rows = [row.cells for row in grid_of(document).rows]
    assert rows == [("编码", "科目", "金额"), ("208", "社会保障", "1,234.50"), ("合计", "3.00", "4.00")]
    assert document.media_type == "application/vnd.ms-excel"


def test_an_ods_gives_the_text_that_its_cells_show(tmp_path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name="收入总表")
    for cells in (["科目", "金额", ""], ["", "基本", "项目"], ["教育", "1,234.50", ""]):
        row = TableRow()
        for cell in cells:
            merged = {"科目": {"numberrowsspanned": 2}, "金额": {"numbercolumnsspanned": 2}}.get(cell, {})
            number = {"valuetype": "float", "value": 1234.5} if cell == "1,234.50" else {}
            entry = TableCell(**merged, **number)
            if cell:
                entry.addElement(P(text=cell))
            row.addElement(entry)
        table.addElement(row)
    rest = TableRow(numberrowsrepeated=1_048_573)
    rest.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(rest)
    book.spreadsheet.addElement(table)
    path = tmp_path / "a.ods"
    book.save(str(path))
    document = read_document(path)
    assert lines(document) == ["收入总表"]
    grid = grid_of(document)
    assert [row.cells for row in grid.rows] == [("科目", "金额", ""), ("", "基本", "项目"), ("教育", "1,234.50", "")]
    assert grid.spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2))
    assert [row.place.line for row in grid.rows] == [1, 2, 3]


def test_a_row_repeated_without_end_is_refused(tmp_path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name="x")
    row = TableRow(numberrowsrepeated=1_048_576)
    cell = TableCell(numbercolumnsrepeated=16_384)
    cell.addElement(P(text="x"))
    row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(tmp_path / "a.ods"))
    assert refused(tmp_path / "a.ods") == "source-too-large"


words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(words, min_size=4, max_size=4), min_size=3, max_size=6),
    st.sampled_from([None, (0, 0, 1, 2), (0, 1, 2, 1), (1, 1, 2, 2), (0, 0, 2, 1)]),
)
def test_a_grid_with_a_merged_cell_comes_back(table: list[list[str]], merge: tuple[int, int, int, int] | None) -> None:
    span = Span(*merge) if merge else None
    covered = {(r, c) for r in range(3) for c in range(3) if span and _in(span, r, c)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            if span:
                bottom, right = span.row + span.height - 1, span.column + span.width - 1
                sheet.merge_range(span.row, span.column, bottom, right, table[span.row][span.column])
            for r, row in enumerate(table):
                for c, text in enumerate(row):
                    if (r, c) not in covered:
                        sheet.write_string(r, c, text)
        grid = grid_of(read_document(path))
    corner = (span.row, span.column) if span else None
    expected = [
        tuple("" if (r, c) in covered and (r, c) != corner else text for c, text in enumerate(row))
        for r, row in enumerate(table)
    ]
    assert [row.cells for row in grid.rows] == expected
    assert grid.spans == ((span,) if span else ())


def _in(span: Span, row: int, column: int) -> bool:
    return span.row <= row < span.row + span.height and span.column <= column < span.column + span.width


# --- what cannot be read ----------------------------------------------------------------------------------------------------


def _workbook(path: Path) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime.datetime(2024, 1, 1)})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["科目", "金额"])
        sheet.write_row(1, 0, ["教育", 1])
    return path.read_bytes()


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    data = _workbook(path)
    path.write_bytes(data[: len(data) // 2])
    assert refused(path) == "source-damaged"


def test_formulas_without_results_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in (["科目", "金额"], ["教育", 1], ["合计", "=SUM(B2:B2)"]):
        book.active.append(row)
    book.save(path)
    assert refused(path) == "source-uncalculated"


def test_a_workbook_without_content_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("空表")
    assert refused(tmp_path / "a.xlsx") == "source-empty"


def test_a_stray_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "收支总表")
        sheet.write_string(1_048_575, 16_383, "x")
    assert refused(tmp_path / "a.xlsx") == "source-too-large"


def test_a_member_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    _workbook(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros", b"0" * 30_000_000)
    assert refused(path) == "source-too-large"
    with limited(Limits(unpacked_ratio=10_000)):
        assert grid_of(read_document(path)).rows[1].cells == ("教育", "1")


def test_a_workbook_behind_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(compound("EncryptedPackage"))
    assert refused(path) == "source-encrypted"


def compound(stream: str) -> bytes:
    """The first bytes of a compound file whose directory names one stream."""
    name = stream.encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + name.ljust(128, b"\x00")


def outcome(path: Path) -> str:
    """What reading a file gives: the document or the problem, as text; anything else is raised."""
    try:
        return str(read_document(path))
    except BadInput as error:
        return str(error)


def test_markup_in_a_workbook_reaches_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    data = _workbook(path)
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    source, target = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(path, "w")
    with source, target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/workbook.xml":
                entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
                text = text.replace(b"?>", b"?>" + entity, 1).replace(b'name="Sheet1"', b'name="&e;"')
            target.writestr(name, text)
    assert "秘密" not in outcome(path)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.sampled_from([".xlsx", ".xls", ".ods", ".docx", ".csv"]))
def test_any_bytes_are_a_document_or_bad_input(tmp_path: Path, data: st.DataObject, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    whole = _workbook(tmp_path / "whole.xlsx")
    if data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(whole)))
        content = whole[:start] + data.draw(st.binary(max_size=40)) + whole[start + data.draw(st.integers(0, 40)) :]
    else:
        content = data.draw(st.sampled_from([b"", b"PK\x03\x04", compound("Workbook"), b"\xff\xfe"])) + data.draw(
            st.binary()
        )
    path.write_bytes(content)
    assert outcome(path)


def test_the_blank_form_of_the_corpus_is_a_document() -> None:
    path = SHARED / "neg-putuo-budget-blank-template-xls" / "source.xls"
    if not path.exists():
        pytest.skip("../shared/corpus is not here")
    document = read_document(path)
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert len(grids) == 9
    assert {grid.width for grid in grids} == {6, 7, 9}
    assert all(isinstance(document.blocks[document.blocks.index(grid) - 1], Paragraph) for grid in grids)
    assert lines(document).count("单位：元") == 8
