"""Scans and pictures, read with the extra; each test draws its own page."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetlod.model.document import Document, Grid, Paragraph
from budgetlod.model.problem import BadInput
from budgetlod.read.ocr import reader
from budgetlod.read.registry import read_document

from .pages import cjk_font, page

ROWS = (
    ("2010301", "1,935.36", "0", "417.41"),
    ("2010302", "12,700.05", "5", ""),
    ("2080505", "0.94", "", "3.00"),
    ("2210201", "186.86", "8", "7"),
)
COLUMNS = (60, 180, 290, 380, 500)


def grid(document: Document) -> Grid:
    return next(block for block in document.blocks if isinstance(block, Grid))


def cells(document: Document) -> tuple[tuple[str, ...], ...]:
    return tuple(row.cells for row in grid(document).rows)


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_document(path)
    return caught.value.problems[0].code


def test_every_cell_of_a_picture_also_single_figures(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    page(ROWS, COLUMNS).save(path)
    document = read_document(path)
    assert cells(document) == ROWS
    assert document.media_type == "image/png"
    assert document.recogniser.startswith("rapidocr-onnxruntime ")


def test_recognised_text_says_how_sure_it_is_and_blanks_are_certain(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    page(ROWS, COLUMNS).save(path)
    for row in grid(read_document(path)).rows:
        assert [0 < sure < 1 for sure in row.confidence] == [bool(text) for text in row.cells]
        assert all(sure == 1 for sure, text in zip(row.confidence, row.cells, strict=True) if not text)


def test_a_scanned_pdf_with_its_places(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    pages = [page(ROWS, COLUMNS), page(ROWS[:3], COLUMNS)]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=200)
    document = read_document(path)
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert [[row.cells for row in one.rows] for one in grids] == [list(ROWS), list(ROWS[:3])]
    assert [one.place.page for one in grids] == [1, 2]
    box = grids[0].rows[1].place.box
    assert box == pytest.approx((60, 82, 500, 104), abs=1.5)
    assert document.pictures == ()
    assert document.recogniser


@pytest.mark.parametrize("angle", [90, 180, -1.7])
def test_pages_on_their_side_upside_down_and_aslant(tmp_path: Path, angle: float) -> None:
    path = tmp_path / "page.png"
    page(ROWS, COLUMNS, ("Statement of the department", "Unit of money: yuan")).rotate(
        angle, expand=True, fillcolor=255
    ).save(path)
    assert cells(read_document(path)) == ROWS


def test_each_page_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    page(ROWS, COLUMNS).save(path, save_all=True, append_images=[page(ROWS[:3], COLUMNS)], dpi=(200, 200))
    grids = [block for block in read_document(path).blocks if isinstance(block, Grid)]
    assert [(one.place.page, len(one.rows)) for one in grids] == [(1, 4), (2, 3)]


def test_a_picture_of_another_resolution_and_mode(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    drawn = page(ROWS, COLUMNS)
    larger = drawn.resize((drawn.width * 2, drawn.height * 2)).convert("RGBA")
    larger.save(path, dpi=(400, 400))
    assert cells(read_document(path)) == ROWS


def test_chinese_text_around_and_in_a_table(tmp_path: Path) -> None:
    if (font := cjk_font()) is None:
        pytest.skip("no font with Chinese characters")
    rows = (("科目名称", "合计", "基本支出"), ("一般公共服务支出", "357.40", "5"), ("住房公积金", "1,028.06", "0"))
    path = tmp_path / "page.png"
    page(rows, (60, 220, 330, 460), ("收入支出总表", "单位：万元"), font).save(path)
    document = read_document(path)
    assert cells(document) == rows
    texts = [line.text for block in document.blocks if isinstance(block, Paragraph) for line in block.lines]
    assert [text.replace(" ", "") for text in texts] == ["收入支出总表", "单位：万元"]


def test_a_page_without_text_and_a_broken_picture(tmp_path: Path) -> None:
    blank, broken = tmp_path / "blank.png", tmp_path / "broken.png"
    page(ROWS, COLUMNS).point(lambda _: 255).save(blank)
    assert refused(blank) == "source-scan"
    broken.write_bytes(blank.read_bytes()[:200])
    assert refused(broken) == "source-damaged"


@pytest.mark.parametrize("name", ["page.png", "page.pdf"])
def test_without_the_extra_there_is_advice(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    page(ROWS, COLUMNS).save(path)
    monkeypatch.setattr(reader, "is_installed", lambda: False)
    with pytest.raises(BadInput) as caught:
        read_document(path)
    problem = caught.value.problems[0]
    assert problem.code == "source-scan"
    assert "budgetlod[ocr]" in problem.hint_en
    assert "budgetlod[ocr]" in problem.hint_zh
