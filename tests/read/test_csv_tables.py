"""CSV files and table packages."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetlod.model.document import Document, Grid
from budgetlod.model.problem import BadInput
from budgetlod.read.registry import read_document

TABLE = "收支总表,\n单位：万元,\n科目,金额\n教育,1.00\n"


def rows(document: Document) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in block.rows] for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def code_of(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_document(path)
    assert caught.value.problems[0].hint_zh
    return caught.value.problems[0].code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found_out(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.replace(",", delimiter).encode(encoding))
    document = read_document(path)
    assert lines(document) == ["收支总表", "单位：万元"]
    assert rows(document) == [[("科目", "金额"), ("教育", "1.00")]]
    assert document.media_type == "text/csv"


def test_a_row_bears_the_line_that_it_begins_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('科目,金额\n"教\n育","1,234.00"\n医疗,2\n', encoding="utf-8")
    (grid,) = read_document(path).blocks
    assert isinstance(grid, Grid)
    assert [row.place.line for row in grid.rows] == [1, 2, 4]
    assert grid.rows[1].cells == ("教\n育", "1,234.00")


def test_a_chinese_name_of_the_file_is_the_title(tmp_path: Path) -> None:
    for name, expected in (("收入总表", ["收入总表"]), ("source", [])):
        path = tmp_path / f"{name}.csv"
        path.write_text("科目,金额\n教育,1\n", encoding="utf-8")
        assert lines(read_document(path)) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "source-empty"),
        (b"\n,\n", "source-empty"),
        (b"a,\x00b", "source-binary"),
        (b"a,b\n\xff\xfe\xfa\xff,", "source-encoding"),
    ],
)
def test_what_is_no_csv_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert code_of(path) == code


cell = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6).map(str.strip)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(cell, min_size=3, max_size=3).filter(lambda row: all(row)), min_size=2, max_size=5))
def test_a_grid_comes_back(table: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        document = read_document(path)
    printed = [list(cells) for grid in rows(document) for cells in grid]
    assert "".join(lines(document)) + "".join(map("".join, printed)) == "".join(map("".join, table))


# --- table packages ---------------------------------------------------------------------------------------------------------


def package(folder: Path, *resources: dict[str, Any], **more: Any) -> Path:
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"resources": list(resources), **more}, ensure_ascii=False), encoding="utf-8")
    return path


def test_each_resource_is_a_titled_sheet(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "1.csv").write_text("科目,金额\n教育,1.00\n", encoding="utf-8")
    (tmp_path / "2.csv").write_bytes("教育;2\n医疗;3\n".encode("gbk"))
    path = package(
        tmp_path,
        {"name": "income", "title": "部门收入总表", "description": "单位：万元", "path": "t/1.csv"},
        {
            "name": "spending", "title": "部门支出总表", "path": "2.csv", "encoding": "gbk",
            "dialect": {"delimiter": ";", "header": False},
            "schema": {"fields": [{"name": "label", "title": "科目"}, {"name": "amount", "title": "金额"}]},
        },
        {"name": "inline", "title": "三公经费表", "data": [{"项目": "接待", "金额": 1.50}, {"项目": "出国", "金额": None}]},
        title="某局2024年部门预算",
    )  # fmt: skip
    document = read_document(path)
    assert lines(document) == ["某局2024年部门预算", "部门收入总表", "单位：万元", "部门支出总表", "三公经费表"]
    assert rows(document) == [
        [("科目", "金额"), ("教育", "1.00")],
        [("科目", "金额"), ("教育", "2"), ("医疗", "3")],
        [("项目", "金额"), ("接待", "1.5"), ("出国", "")],
    ]
    assert [block.place.sheet for block in document.blocks if isinstance(block, Grid)] == [
        "部门收入总表",
        "部门支出总表",
        "三公经费表",
    ]


def test_the_checksum_stands_for_all_files(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    path = package(tmp_path, {"name": "a", "path": "1.csv"})
    before = read_document(path).sha256
    (tmp_path / "1.csv").write_text("a,b\n1,3\n", encoding="utf-8")
    assert read_document(path).sha256 != before


@pytest.mark.parametrize(
    "name",
    [
        "../x.csv",
        "/etc/passwd",
        "http://example.org/x.csv",
        "a/../../x.csv",
        "c:\\x.csv",
        "link.csv",
        "gone.csv",
        5,
        "",
    ],
)
def test_only_files_of_the_package_are_opened(name: Any, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("秘密,2\n3,4\n", encoding="utf-8")
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "link.csv").symlink_to(tmp_path / "x.csv")
    assert code_of(package(folder, {"name": "a", "path": name})) == "source-package"


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"resources": []}', '{"resources": [1]}', "[" * 100_000, '{"resources": [{"data": [1]}]}']
)
def test_a_damaged_descriptor_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "datapackage.json"
    path.write_text(text, encoding="utf-8")
    assert code_of(path) == "source-package"
