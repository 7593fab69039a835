"""PDF files with one difficulty each, written by the tests, read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgetlod.model.document import Document, Grid, Span
from budgetlod.model.problem import BadInput
from budgetlod.read.layout.page import Glyph, PageMarks
from budgetlod.read.limits import Limits, limited
from budgetlod.read.pdf.reader import read_pdf
from tests.read.pdf.files import A4, GREY, WHITE, Page, Pdf, cell_lines, filled, line, text

XS, YS = (50, 150, 250, 350), (700, 680, 660, 640)
ROWS = [("科目", "合计", "其中"), ("基本支出", "1,234.50", "12.30"), ("项目支出", "3.00", "")]
# What stands in the cells of ROWS, printed into the lattice of XS and YS.
WORDS = "".join(
    text(XS[column] + 4, YS[row + 1] + 6, word)
    for row, words in enumerate(ROWS)
    for column, word in enumerate(words)
    if word
)
TABLE = WORDS + cell_lines(XS, YS)


def read(tmp_path: Path, *pages: Page | str) -> Document:
    made = Pdf([page if isinstance(page, Page) else Page(page) for page in pages])
    return read_pdf(made.save(tmp_path / "made.pdf"))


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def cells(grid: Grid) -> list[tuple[str, ...]]:
    return [row.cells for row in grid.rows]


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_pdf(path)
    assert all(
        problem.zh and problem.en and problem.hint_zh and problem.file == str(path) for problem in caught.value.problems
    )
    return caught.value.problems[0].code


# --- tables ---------------------------------------------------------------------------------------------------------------


def test_a_ruled_table_with_its_place(tmp_path: Path) -> None:
    [grid] = grids(read(tmp_path, text(50, 720, "收支总表") + TABLE))
    assert cells(grid) == ROWS
    assert grid.spans == ()
    assert grid.edges == pytest.approx(XS)
    assert (grid.rows[1].place.page, grid.rows[1].place.line) == (1, 3)
    assert grid.rows[1].place.box == pytest.approx((50, 162, 350, 182))


def test_merged_cells_are_told_by_what_is_drawn(tmp_path: Path) -> None:
    drawn = [line(50, y, 350, y) for y in (700, 640)] + [line(150, 680, 350, 680), line(50, 660, 350, 660)]
    drawn += [line(x, 640, x, 700) for x in (50, 150, 350)] + [line(250, 640, 250, 680)]
    words = text(60, 675, "科目") + text(230, 685, "其中") + text(160, 665, "1.00") + text(260, 645, "2.00")
    [grid] = grids(read(tmp_path, words + "".join(drawn)))
    assert cells(grid) == [("科目", "其中", ""), ("", "1.00", ""), ("", "", "2.00")]
    assert set(grid.spans or ()) == {Span(0, 0, 2, 1), Span(0, 1, 1, 2)}


def test_missing_outer_border(tmp_path: Path) -> None:
    drawn = [line(50, y, 350, y) for y in YS] + [line(x, 640, x, 700) for x in XS[1:-1]]
    [grid] = grids(read(tmp_path, WORDS + "".join(drawn)))
    assert cells(grid) == ROWS


def test_lines_drawn_twice_as_thin_rectangles_and_dots(tmp_path: Path) -> None:
    across = "".join(filled(50, y, 300, 0.5, "0 0 0") + line(50, y + 1.5, 350, y + 1.5) for y in YS)
    dots = "".join(filled(x, y, 0.6, 0.6, "0 0 0") for x in XS for y in range(640, 701, 2))
    [grid] = grids(read(tmp_path, WORDS + across + dots))
    assert cells(grid) == ROWS
    assert grid.spans == ()


def test_coloured_cells_without_lines(tmp_path: Path) -> None:
    fills = "".join(
        filled(x, y - 20, 100, 20, GREY if (row + column) % 2 else "0.9 0.95 0.9")
        for row, y in enumerate(YS[:-1])
        for column, x in enumerate(XS[:-1])
    )
    [grid] = grids(read(tmp_path, fills + WORDS))
    assert cells(grid) == ROWS


def test_each_cell_a_box_of_its_own_with_gaps(tmp_path: Path) -> None:
    boxes = "".join(cell_lines((x + 3, x + 97), (y - 3, y - 17)) for x in XS[:-1] for y in YS[:-1])
    [grid] = grids(read(tmp_path, boxes + WORDS))
    assert cells(grid) == ROWS


def test_white_lines_are_seen_on_colour_only(tmp_path: Path) -> None:
    white = "".join(filled(x, 640, 1, 60, WHITE) for x in XS) + "".join(filled(50, y, 300, 1, WHITE) for y in YS)
    assert [grid for grid in grids(read(tmp_path, white + WORDS)) if grid.spans is not None] == []
    on_colour = filled(50, 640, 300, 60) + white + WORDS
    [grid] = grids(read(tmp_path, on_colour))
    assert (cells(grid), grid.spans) == (ROWS, ())


def test_shading_inside_a_ruled_table_parts_nothing(tmp_path: Path) -> None:
    shade = filled(50, 664, 300, 8)
    assert cells(grids(read(tmp_path, shade + TABLE))[0]) == ROWS


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    document = read(tmp_path, cell_lines((50, 350), (640, 700)) + text(60, 660, "目录"))
    assert (grids(document), texts(document)) == ([], ["目录"])


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages(tmp_path: Path, rotate: int) -> None:
    """The page is turned one way and its text the other, as landscape tables are."""
    matrix = {
        0: "1 0 0 1 0 0", 90: "0 1 -1 0 800 0", 180: "-1 0 0 -1 800 800", 270: "0 -1 1 0 0 800",
    }[rotate]  # fmt: skip
    for turn in (rotate, 0):  # read across as displayed, or turned by the reader
        document = read(tmp_path, Page(f"q {matrix} cm " + text(60, 720, "表一") + TABLE + " Q", (800, 800), turn))
        assert texts(document)[0] == "表一", turn
        assert cells(grids(document)[0]) == ROWS, turn


def test_a_page_cut_out_of_a_larger_one(tmp_path: Path) -> None:
    page = Page(TABLE + text(60, 720, "表一") + text(60, 30, "不在页内"), crop=(40, 600, 400, 760))
    document = read(tmp_path, page)
    assert texts(document) == ["表一"]
    assert cells(grids(document)[0]) == ROWS
    assert grids(document)[0].rows[0].place.box == pytest.approx((10, 60, 310, 80))


def test_nested_forms_with_matrices(tmp_path: Path) -> None:
    inner, outer = TABLE, "q 2 0 0 2 0 -600 cm /X0 Do Q"
    document = read(tmp_path, Page("q 0.5 0 0 0.5 20 30 cm /X1 Do Q", forms=[inner, outer]))
    [grid] = grids(document)
    assert cells(grid) == ROWS
    assert grid.edges == pytest.approx([x + 20 for x in XS])


def test_what_is_clipped_away_is_not_read(tmp_path: Path) -> None:
    """A sheet that is cut into pages is often written whole on each of them."""
    clipped = "q 40 600 400 130 re W n " + TABLE + text(60, 400, "下一页的内容") + line(50, 400, 350, 400) + " Q"
    document = read(tmp_path, clipped)
    assert texts(document) == []
    assert cells(grids(document)[0]) == ROWS


def test_a_number_wider_than_its_column_stays_whole(tmp_path: Path) -> None:
    words = text(135, 686, "123,456,789.01") + text(52, 686, "合计") + text(300, 666, "1.00")
    [grid] = grids(read(tmp_path, words + cell_lines(XS, YS)))
    assert cells(grid)[0] == ("合计", "123,456,789.01", "")


def test_text_over_a_border_stays_whole_where_the_next_cell_is_blank(tmp_path: Path) -> None:
    words = text(57, 686, "编制单位某市信访局") + text(57, 666, "编制单位某市信访局") + text(180, 666, "有字")
    [grid] = grids(read(tmp_path, words + cell_lines((50, 102, 250), YS)))
    assert cells(grid)[0] == ("编制单位某市信访局", "")
    assert cells(grid)[1][1].endswith("有字")


def test_numbers_that_touch_at_a_border_stay_apart(tmp_path: Path) -> None:
    words = text(130, 686, "12.34") + text(155, 686, "56.78") + text(52, 666, "合计")
    [grid] = grids(read(tmp_path, words + cell_lines((50, 155, 250), YS)))
    assert cells(grid)[0] == ("12.34", "56.78")


def test_watermarks_stand_in_no_cell(tmp_path: Path) -> None:
    aslant = text(100, 640, "内部资料", 20, "0.8 0.6 -0.6 0.8")
    large = text(150, 640, "样", 60)
    document = read(tmp_path, TABLE + aslant + large)
    assert cells(grids(document)[0]) == ROWS
    assert sorted(texts(document)) == ["内部资料", "样"]


def test_sideways_words_in_an_upright_table(tmp_path: Path) -> None:
    tall = cell_lines((50, 70, 250, 350), (700, 600)) + text(64, 610, "绩效指标", 10, "0 1 -1 0")
    [grid] = grids(read(tmp_path, tall + text(80, 650, "产出指标数量指标") + text(260, 650, "1.00")))
    assert cells(grid) == [("绩效指标", "产出指标数量指标", "1.00")]


def test_a_column_of_single_characters_is_one_cell(tmp_path: Path) -> None:
    tall = cell_lines((50, 70, 250), (700, 600)) + "".join(
        text(55, 670 - 14 * at, word) for at, word in enumerate("总体目标")
    )
    [grid] = grids(read(tmp_path, tall + text(80, 650, "保障运转")))
    assert cells(grid)[0][0].replace("\n", "") == "总体目标"


def test_characters_printed_twice_are_read_once(tmp_path: Path) -> None:
    twice = "".join(text(60 + shift, 700, "支出合计11.10") for shift in (0, 0.3, 0.6))
    assert texts(read(tmp_path, twice)) == ["支出合计11.10"]


@pytest.mark.parametrize("rules", ["none", "head", "all"])
def test_a_table_by_alignment(tmp_path: Path, rules: str) -> None:
    rows = [*ROWS, ("三、其他支出", "0.50", "0.10")]
    words = "".join(
        text(XS[column] + (0 if column == 0 else 60 - 5 * len(word)), 700 - 22 * row, word)
        for row, cells in enumerate(rows)
        for column, word in enumerate(cells)
    )
    at = {"none": [], "head": [714, 694, 630], "all": [714 - 22 * row for row in range(5)]}[rules]
    drawn = "".join(line(50, y, 330, y) for y in at)
    document = read(tmp_path, text(120, 740, "收支总表", 14) + words + drawn)
    [grid] = grids(document)
    assert cells(grid) == rows
    assert grid.spans is None
    assert texts(document) == ["收支总表"]


def test_labels_over_several_lines_in_a_table_by_alignment(tmp_path: Path) -> None:
    words = ""
    for row in range(4):
        y = 700 - 40 * row
        words += (
            text(50, y + 6, "机关事业单位基本")
            + text(50, y - 6, "养老保险缴费支出")
            + text(200, y, f"{row}.25")
            + text(300, y, "0.00")
        )
    [grid] = grids(read(tmp_path, words))
    assert [tuple(cell.replace("\n", "") for cell in row) for row in cells(grid)[1:]] == [
        ("机关事业单位基本养老保险缴费支出", f"{row}.25", "0.00") for row in range(1, 4)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [("一、部门概况", "3"), ("二、部门预算表", "15"), ("三、名词解释", "38"), ("四、附件", "40")],
        [("1.", "本年收入 2867.94 万元"), ("2.", "上年结转 0.00 万元"), ("3.", "收入总计 2867.94 万元")],
        [("部门：某局", "单位：万元"), ("部门：某局", "单位：万元"), ("部门：某局", "单位：万元")],
        [("2024", "年"), ("2025", "年"), ("2026", "年")],
    ],
)
def test_contents_lists_and_headings_are_no_tables(tmp_path: Path, lines: Sequence[tuple[str, str]]) -> None:
    words = "".join(text(60, 700 - 20 * at, one) + text(300, 700 - 20 * at, two) for at, (one, two) in enumerate(lines))
    assert grids(read(tmp_path, words)) == []


# --- text -----------------------------------------------------------------------------------------------------------------

FULL = "本部门收入预算一千二百三十四点五零万元其中财政拨款收入一千二百三十四点五零万元同比增"  # as wide as the page


def prose(*lines: str, top: float = 750, left: float = 80) -> str:
    return "".join(
        text(left + (20 if words.startswith("　") else 0), top - 18 * at, words.strip("　"))
        for at, words in enumerate(lines)
    )


def test_a_paragraph_runs_over_the_end_of_a_page_and_its_furniture(tmp_path: Path) -> None:
    pages = [
        prose("某市信访局部门预算", top=800) + prose("　" + FULL[:-2], FULL, FULL) + text(290, 30, "- 1 -"),
        prose("某市信访局部门预算", top=800) + prose(FULL, "加了。", "　第二段。") + text(290, 30, "- 2 -"),
        prose("某市信访局部门预算", top=800) + prose("　" + FULL[:-2], FULL) + text(290, 30, "- 3 -"),
    ]
    assert texts(read(tmp_path, *pages)) == [
        "某市信访局部门预算", FULL[:-2] + FULL * 3 + "加了。", "- 1 -",
        "某市信访局部门预算", "第二段。", "- 2 -",
        "某市信访局部门预算", FULL[:-2] + FULL, "- 3 -",
    ]  # fmt: skip


def test_a_title_over_two_lines(tmp_path: Path) -> None:
    words = text(152.5, 760, "二〇二六年度某市信访局部门预算", 20) + text(222.5, 732, "情况公开说明书", 20)
    assert (
        texts(read(tmp_path, words + prose("　" + FULL[:-2], FULL, top=690)))[0]
        == "二〇二六年度某市信访局部门预算情况公开说明书"
    )


def test_what_stands_at_both_ends_of_a_line_is_two_paragraphs(tmp_path: Path) -> None:
    assert texts(read(tmp_path, text(50, 710, "部门：某局") + text(300, 710, "单位：万元") + TABLE)) == [
        "部门：某局",
        "单位：万元",
    ]


def test_lines_of_contents_stay_lines(tmp_path: Path) -> None:
    words = "".join(
        text(80, 700 - 18 * at, f"{word}{'.' * 60}{at}") for at, word in enumerate(("概况", "预算", "解释"))
    )
    assert texts(read(tmp_path, words)) == [f"{word}{'.' * 60}{at}" for at, word in enumerate(("概况", "预算", "解释"))]


# --- refusals -------------------------------------------------------------------------------------------------------------


def test_encrypted(tmp_path: Path) -> None:
    code = "".join(f"{number:02x}" for number in range(32))
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{code}>/U<{code}>/P -4>>/ID[<00><00>]"
    assert refusal(Pdf([Page(TABLE)], lock).save(tmp_path / "locked.pdf")) == "source-encrypted"


def test_a_broken_cross_reference_table_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(Pdf([Page(TABLE)]).data().replace(b"startxref\n", b"startxref\n9"))
    assert cells(grids(read_pdf(path))[0]) == ROWS


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.99])
def test_cut_off(tmp_path: Path, share: float) -> None:
    data = Pdf([Page(TABLE), Page(TABLE)]).data()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: int(share * len(data))])
    assert refusal(path) == "source-damaged"


def test_no_pdf_at_all(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("<html>404</html>")
    assert refusal(path) == "source-damaged"


def test_nothing_on_the_pages(tmp_path: Path) -> None:
    assert refusal(Pdf([Page("")]).save(tmp_path / "blank.pdf")) == "source-empty"


def test_too_many_pages(tmp_path: Path) -> None:
    path = Pdf([Page(TABLE)] * 3).save(tmp_path / "long.pdf")
    with limited(Limits(pages=2)):
        assert refusal(path) == "source-too-large"


PICTURE = f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Im Do Q "
MUTE = "".join(text(80, 700 - 20 * row, "abcdefghij", font="M") for row in range(5))


def test_a_scan_is_refused_with_advice(tmp_path: Path) -> None:
    path = Pdf([Page(PICTURE + text(290, 30, "- 1 -"))]).save(tmp_path / "scan.pdf")
    with pytest.raises(BadInput, match=r"budgetlod\[ocr\]") as caught:
        read_pdf(path)
    assert caught.value.problems[0].code == "source-scan"


def test_letters_drawn_as_shapes_are_a_scan(tmp_path: Path) -> None:
    shapes = "".join(f"{80 + at} 700 m {81 + at} 715 {87 + at} 715 {88 + at} 700 c f\n" for at in range(300))
    assert refusal(Pdf([Page(shapes)]).save(tmp_path / "drawn.pdf")) == "source-scan"


def test_fonts_that_do_not_tell_their_characters(tmp_path: Path) -> None:
    assert refusal(Pdf([Page(MUTE)]).save(tmp_path / "mute.pdf")) == "source-garbled"


def test_pages_that_could_not_be_read_are_named(tmp_path: Path) -> None:
    document = read(tmp_path, TABLE, PICTURE, MUTE)
    assert document.pictures == (2, 3)
    assert [grid.place.page for grid in grids(document)] == [1]


def test_a_recogniser_reads_pictures_and_garbled_pages(tmp_path: Path) -> None:
    def recogniser(page: pdfium.PdfPage, number: int) -> PageMarks:
        return PageMarks(
            number, page.get_width(), page.get_height(), [Glyph(f"第{number}页的文字", 80, 80, 160, 90, 0.7)], []
        )

    path = Pdf([Page(TABLE), Page(PICTURE), Page(MUTE)]).save(tmp_path / "mixed.pdf")
    document = read_pdf(path, recogniser)
    assert document.pictures == ()
    assert [(p.text, p.lines[0].confidence) for p in document.paragraphs()] == [
        ("第2页的文字", 0.7),
        ("第3页的文字", 0.7),
    ]


def test_text_printed_invisibly_over_a_scan_is_not_certain(tmp_path: Path) -> None:
    document = read(tmp_path, PICTURE + text(80, 700, "收入总计为一千二百三十四元", more="3 Tr"))
    [paragraph] = document.paragraphs()
    assert paragraph.text == "收入总计为一千二百三十四元"
    assert paragraph.lines[0].confidence < 1
    assert document.pictures == ()


# --- any table, any bytes -------------------------------------------------------------------------------------------------


@st.composite
def merged(draw: st.DrawFn) -> tuple[int, int, list[Span]]:
    """Rows, columns, and cells that cover them all, some of them more than one field."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    found = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in free:
                continue
            height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            fields = {(row + i, column + j) for i in range(height) for j in range(width)}
            if not fields <= free:
                height = width = 1
                fields = {(row, column)}
            free -= fields
            found.append(Span(row, column, height, width))
    return rows, columns, found


@given(merged())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lattice_reads_back(tmp_path: Path, made: tuple[int, int, list[Span]]) -> None:
    rows, columns, spans = made
    starts = {span.row for span in spans}, {span.column for span in spans}
    if starts != (set(range(rows)), set(range(columns))):
        return  # a line at which no cell begins cannot be seen
    content = ""
    for number, (row, column, height, width) in enumerate(spans):
        left, right, top, bottom = (
            50 + 60 * column,
            50 + 60 * (column + width),
            700 - 20 * row,
            700 - 20 * (row + height),
        )
        content += cell_lines((left, right), (top, bottom)) + text(left + 5, (top + bottom) / 2 - 3, f"{number}.00")
    [grid] = grids(read(tmp_path, content))
    expected = [["" for _ in range(columns)] for _ in range(rows)]
    for number, span in enumerate(spans):
        expected[span.row][span.column] = f"{number}.00"
    assert cells(grid) == [tuple(row) for row in expected]
    assert set(grid.spans or ()) == {span for span in spans if span.height > 1 or span.width > 1}


WHOLE = Pdf([Page(TABLE, forms=["0 0 m 1 1 l S"])]).data()


@given(
    st.one_of(
        st.binary(max_size=300).map(lambda junk: b"%PDF-1.7\n" + junk),
        st.binary(max_size=300).map(lambda junk: b"%PDF-1.7\n" + junk + b"startxref\n0\n%%EOF"),
        st.tuples(st.integers(0, len(WHOLE)), st.binary(max_size=40), st.integers(0, 60)).map(
            lambda change: WHOLE[: change[0]] + change[1] + WHOLE[change[0] + change[2] :]
        ),
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_document_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.pdf"
    path.write_bytes(data)
    try:
        found: Document | BadInput = read_pdf(path)
    except BadInput as error:
        found = error
    if isinstance(found, BadInput):
        assert found.problems[0].code.startswith("source-")
    else:
        assert found.blocks
