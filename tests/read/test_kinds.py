"""The kind of a file: its content before its name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter
import xlwt

from budgetlod.model.problem import BadInput
from budgetlod.read.kinds import ENCRYPTED, kind_of
from budgetlod.read.registry import read_document


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + stream.encode("utf-16-le").ljust(128, b"\x00")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.xls", b"%PDF-1.7\n", ".pdf"),
        ("a.doc", b"\n\n%PDF-1.4", ".pdf"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", ".html"),
        ("a.xls", b"\xef\xbb\xbf\r\n<!-- x --><!DOCTYPE HTML PUBLIC>", ".html"),
        ("a.xls", b"<?xml version='1.0'?><html xmlns='x'>", ".html"),
        ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', ".xml"),
        ("a.xls", "科目,金额\n教育,1\n".encode("gbk"), ".csv"),
        ("a.xls", "科目\t金额\n教育\t1\n".encode(), ".csv"),
        ("a.doc", compound("WordDocument"), ".doc"),
        ("a.doc", compound("Workbook"), ".xls"),
        ("a.docx", compound("EncryptedPackage"), ENCRYPTED),
        ("a.doc", b"{\\rtf1", ".rtf"),
        ("a", b"\x89PNG\r\n\x1a\n", ".png"),
        ("a.pdf", b"\xff\xd8\xff\xe0", ".jpg"),
        ("a.csv", b"a,b\n", ".csv"),
        ("a.txt", b"%PDF-1.7", ".txt"),
        ("a.HTM", b"<p>", ".htm"),
        ("datapackage.json", b"{}", "datapackage.json"),
        ("a.xyz", b"abc", ".xyz"),
    ],
)
def test_content_before_name(name: str, data: bytes, kind: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert kind_of(tmp_path / name) == kind


def test_office_files_under_the_wrong_name_are_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xls") as book:
        book.add_worksheet().write_string(0, 0, "工作簿")
    old = xlwt.Workbook()
    old.add_sheet("x").write(0, 0, "旧工作簿")
    old.save(str(tmp_path / "a.xlsx"))
    document = docx.Document()
    document.add_paragraph("文档")
    document.save(str(tmp_path / "a.pdf"))
    (tmp_path / "b.xls").write_bytes("科目,金额\n教育,1\n".encode("gbk"))
    found = [read_document(tmp_path / name) for name in ("a.xls", "a.xlsx", "a.pdf")]
    assert [next(document.paragraphs()).text for document in found] == ["工作簿", "旧工作簿", "文档"]
    assert read_document(tmp_path / "b.xls").media_type == "text/csv"


@pytest.mark.parametrize(
    ("name", "data", "code", "hint"),
    [
        ("a.doc", compound("WordDocument"), "source-format", ".docx"),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "source-format",
            ".xlsx",
        ),
        ("a.docx", compound("EncryptedPackage"), "source-encrypted", "password"),
        ("a.zip", b"PK\x03\x04", "source-format", "unpack"),
        ("a.xyz", b"abc", "source-format", ".docx"),
    ],
)
def test_what_no_reader_takes_is_refused_with_advice(
    name: str, data: bytes, code: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput) as caught:
        read_document(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert hint in problem.hint_en


def test_a_zip_of_something_else_is_no_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("readme.txt", "x")
    assert kind_of(tmp_path / "a.docx") == ".zip"
