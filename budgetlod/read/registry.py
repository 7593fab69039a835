"""The readers by kind of file: one row per format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from budgetlod.model.document import Document
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.archives import locked
from budgetlod.read.kinds import ENCRYPTED, TABLE_PACKAGE, kind_of
from budgetlod.read.limits import check_document, check_file
from budgetlod.read.text import read_text

Reader = Callable[[Path], Document]


def _reader_of(module: str, name: str) -> Reader:
    """Return the reader of that name; its module and libraries are loaded when it is first used."""

    def read(path: Path) -> Document:
        found: Reader = getattr(import_module(f"budgetlod.read.{module}"), name)
        return found(path)

    return read


read_pdf_or_scan = _reader_of("ocr.reader", "read_pdf_or_scan")
read_picture = _reader_of("ocr.reader", "read_picture")
read_workbook = _reader_of("workbook", "read_workbook")
read_word = _reader_of("word", "read_word")
read_csv = _reader_of("csv_tables", "read_csv")
read_table_package = _reader_of("csv_tables", "read_table_package")
read_html = _reader_of("html.reader", "read_html")

READERS: dict[str, Reader] = {
    ".pdf": read_pdf_or_scan,
    ".txt": read_text,
    ".tsv": read_text,
    ".md": read_text,
    ".xls": read_workbook,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xlsb": read_workbook,
    ".et": read_workbook,
    ".ods": read_workbook,
    ".docx": read_word,
    ".csv": read_csv,
    ".html": read_html,
    ".htm": read_html,
    ".shtml": read_html,
    ".xhtml": read_html,
    ".mht": read_html,
    ".mhtml": read_html,
    TABLE_PACKAGE: read_table_package,
    ".png": read_picture,
    ".jpg": read_picture,
    ".jpeg": read_picture,
    ".tif": read_picture,
    ".tiff": read_picture,
    ".bmp": read_picture,
    ".gif": read_picture,
    ".webp": read_picture,
}

# What to do with formats that no reader takes but that are often given.
_AS_WORD = ("请用 Word 或 WPS 另存为 .docx", "save it as .docx with a word processor")
_AS_WORKBOOK = ("请用 Excel 或 WPS 另存为 .xlsx", "save it as .xlsx with a spreadsheet program")
_UNPACKED = ("请先解压，再给出其中的文件", "unpack it and give the files inside")
_ADVICE = {
    ".doc": _AS_WORD, ".wps": _AS_WORD, ".rtf": _AS_WORD, ".odt": _AS_WORD, ".xml": _AS_WORKBOOK,
    ".zip": _UNPACKED, ".rar": _UNPACKED, ".7z": _UNPACKED,
}  # fmt: skip


def read_document(path: Path) -> Document:
    """Read a document with the reader of its format, which its content tells where it can, else its extension.

    Raises :class:`BadInput` when the file is missing, of a format that no reader takes, cannot be read, or breaks one of
    the :mod:`~budgetlod.read.limits` in force.
    """
    if not path.is_file():
        hint = ("请核对路径", "check the path")
        raise BadInput(Problem("source-missing", "error", "没有这个文件", "there is no such file", *hint, str(path)))
    try:
        check_file(path)
        document = _reader(path)(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            Problem(
                "source-unreadable", "error", f"无法读取：{reason}", f"cannot be read: {reason}",
                "请检查文件权限", "check the permissions of the file", str(path),
            )
        ) from error  # fmt: skip
    check_document(document)
    return document


def _reader(path: Path) -> Reader:
    """Return the reader of a file; raises :class:`BadInput` where there is none."""
    kind = kind_of(path)
    if kind == ENCRYPTED:
        raise BadInput(locked(path))
    if reader := READERS.get(kind):
        return reader
    known = " ".join(sorted(READERS))
    zh, en = f"不支持的格式“{kind}”", f"no reader for the format {kind or '(none)'}"
    hint = _ADVICE.get(kind, (f"请转为可读的格式：{known}", f"convert it to a format that is read: {known}"))
    raise BadInput(Problem("source-format", "error", zh, en, *hint, str(path)))
