"""Read a PDF document into paragraphs and grids."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from budgetlod.model.document import Document
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.layout.blocks import document_blocks
from budgetlod.read.layout.page import PageMarks
from budgetlod.read.limits import check_limit
from budgetlod.read.pdf.marks import read_page

MEDIA_TYPE = "application/pdf"

Recogniser = Callable[[pdfium.PdfPage, int], PageMarks]
"""Reads a page that is a picture of its text: the page and its number (from 1) to its marks."""


def read_pdf(path: Path, recogniser: Recogniser | None = None) -> Document:
    """Read a PDF; pages whose text is a picture or garbled go to ``recogniser``.

    Without a recogniser such pages are left unread and listed in :attr:`Document.pictures`.

    Raises :class:`BadInput` when the file is encrypted, broken, cut off or has more pages than may be read, and when
    no page has text that can be read (a scan, or fonts that do not tell their characters).
    """
    data, file = path.read_bytes(), str(path)
    if _is_cut_off(data):
        raise BadInput(_damaged(file, "文件不完整（缺少结尾）", "the file is cut off (its end is missing)"))
    with _opened(data, file) as document:
        check_limit("pages", len(document), file)
        pages = _pages(document, file, recogniser)
    blocks = document_blocks(pages.marks)
    if pages.garbled and not blocks:
        raise BadInput(_garbled(file))
    if not blocks or (pages.pictured and not pages.text):
        raise BadInput(_scan(file, pages))
    pictures = tuple(sorted((*pages.pictured, *pages.garbled)))
    return Document(path.name, MEDIA_TYPE, hashlib.sha256(data).hexdigest(), blocks, file, pictures=pictures)


def _is_cut_off(data: bytes) -> bool:
    """Return whether the end of the file is missing: after its last object there must be a mark of the end."""
    tail = data[max(data.rfind(b"endobj"), data.rfind(b"endstream"), 0) :]
    return data.startswith(b"%PDF") and b"startxref" not in tail and b"%%EOF" not in tail


def _opened(data: bytes, file: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            hint = ("请提供未加密的完整文件", "give the complete file without a password")
            problem = Problem("source-encrypted", "error", "PDF 已加密", "the PDF is encrypted", *hint, file)
            raise BadInput(problem) from error
        raise BadInput(_damaged(file, f"不是完好的 PDF：{error}", f"this is no sound PDF: {error}")) from error


@dataclass(slots=True)
class _Pages:
    """The pages that were read, and the numbers of those that were not; ``text`` counts those that hold text."""

    marks: list[PageMarks] = field(default_factory=list)
    text: int = 0
    pictured: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)


def _pages(document: pdfium.PdfDocument, file: str, recogniser: Recogniser | None) -> _Pages:
    found = _Pages()
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pdfium.PdfiumError as error:
            zh, en = f"第{number}页无法读取：{error}", f"page {number} cannot be read: {error}"
            raise BadInput(_damaged(file, zh, en)) from error
        try:
            read = read_page(page, number)
            if recogniser and (read.pictured or read.garbled):
                found.marks.append(recogniser(page, number))
                found.text += 1
                continue
            if read.silent:
                (found.garbled if read.garbled else found.pictured).append(number)
            else:
                found.text += bool(read.marks.glyphs)
            if not read.garbled:
                found.marks.append(read.marks)
        finally:
            page.close()
    return found


# --- problems -------------------------------------------------------------------------------------------------------------


def _damaged(file: str, zh: str, en: str) -> Problem:
    return Problem("source-damaged", "error", zh, en, "请重新下载完整文件", "fetch the complete file again", file)


def _scan(file: str, pages: _Pages) -> Problem:
    if not pages.pictured:
        hint = ("请核对文件", "check the file")
        return Problem("source-empty", "error", "各页均无内容", "there is nothing on its pages", *hint, file)
    return Problem(
        "source-scan", "error", "没有文字，可能是扫描件", "there is no text in it: a scan, it seems",
        "请安装 budgetlod[ocr] 以识别扫描件", "install budgetlod[ocr] to read scans", file,
    )  # fmt: skip


def _garbled(file: str) -> Problem:
    return Problem(
        "source-garbled", "error",
        "文字无法还原（字体没有文字编码表）", "its text cannot be made out (the fonts do not tell their characters)",
        "请安装 budgetlod[ocr] 以按图像识别，或提供原始文件", "install budgetlod[ocr] to read it as pictures, or give the original file",
        file,
    )  # fmt: skip
