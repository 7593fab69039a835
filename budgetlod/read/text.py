"""Reader of extracted text: tab-separated lines are rows of a grid, other lines are prose.

This is the form that text extraction of a PDF leaves: cells of one printed row on one line with tabs between,
tables cut at page breaks, blank lines between blocks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.opening import OPENS_PARAGRAPH

# Readable text holds next to no control characters; a binary file decoded by accident holds many.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
# Unix, Windows and old Macintosh ends of lines; a form feed (page break) is white space within a line.
_NEWLINE = re.compile("\r\n|\n|\r")
MEDIA_TYPE = "text/plain"


def read_text(path: Path) -> Document:
    """Read a UTF-8 text file.

    Raises :class:`BadInput` when the file is empty, binary, not UTF-8 or cut inside a character.
    """
    data = path.read_bytes()
    blocks = tuple(_blocks(_decode(data, str(path))))
    if not blocks:
        raise BadInput(_problem(str(path), "source-empty", "文件没有内容", "the file has no content"))
    return Document(path.name, MEDIA_TYPE, hashlib.sha256(data).hexdigest(), blocks, str(path))


_GIVE_TEXT = ("请提供完整的 UTF-8 文本", "give the complete text in UTF-8")
_EXTRACT = ("请先提取其中的文字，存为 UTF-8 的 .txt", "extract its text first, into a .txt in UTF-8")
# How the files begin that are most often given in place of their text.
_SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP (docx, xlsx)",
    b"\xd0\xcf\x11\xe0": "OLE (doc, xls)",
    b"{\\rtf": "RTF",
}
_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def _problem(file: str, code: str, zh: str, en: str, place: str = "", hint: tuple[str, str] = _GIVE_TEXT) -> Problem:
    return Problem(code, "error", zh, en, *hint, file=file, place=place)


def _decode(data: bytes, file: str) -> str:
    for start, kind in _SIGNATURES.items():
        if data.startswith(start):
            zh, en = f"是 {kind} 文件，不是文本", f"this is a {kind} file, not text"
            raise BadInput(_problem(file, "source-binary", zh, en, hint=_EXTRACT))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_undecodable(data, file, error)) from error
    if control := _CONTROL.search(text):
        place = f"line {text[: control.start()].count(chr(10)) + 1}"
        zh, en = "是二进制文件，不是文本", "this is a binary file, not text"
        raise BadInput(_problem(file, "source-binary", zh, en, place, _EXTRACT))
    return text


def _undecodable(data: bytes, file: str, error: UnicodeDecodeError) -> Problem:
    """Return why bytes are no UTF-8: cut inside a character, another encoding that fits, or no text at all."""
    place = f"line {data[: error.start].count(10) + 1}"
    if error.end >= len(data) and "unexpected end" in error.reason:
        return _problem(file, "source-encoding", "文件在字符中间截断", "the file ends inside a character", place)
    if (other := _other_encoding(data)) is None:
        zh, en = f"不是 UTF-8 文本（字节 {error.start}）", f"this is no text in UTF-8 (byte {error.start})"
        return _problem(file, "source-encoding", zh, en, place)
    zh, en = f"编码是 {other}，不是 UTF-8", f"the encoding is {other}, not UTF-8"
    command = f"iconv -f {other} -t UTF-8"
    return _problem(file, "source-encoding", zh, en, place, (f"请转为 UTF-8：{command}", f"convert it: {command}"))


def _other_encoding(data: bytes) -> str | None:
    """Return the encoding that the bytes are in all likelihood, if it is one that Chinese offices use."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) or "预算" not in text else "GB18030"


def _blocks(text: str) -> Iterator[Block]:
    """Yield grids and paragraphs."""
    lines = [TextLine(line, Place(line=number)) for number, line in enumerate(_NEWLINE.split(text), 1)]
    for kind, group in groupby(lines, key=_kind):
        if kind == "row":
            yield Grid(tuple(GridRow(tuple(c.strip() for c in line.text.split("\t")), line.place) for line in group))
        elif kind == "prose":
            yield from _paragraphs(list(group))


def _kind(line: TextLine) -> str:
    if not line.text.strip():
        return "blank"
    return "row" if "\t" in line.text else "prose"


def _paragraphs(lines: list[TextLine]) -> Iterator[Paragraph]:
    current: list[TextLine] = []
    for line in lines:
        if current and OPENS_PARAGRAPH.match(line.text):
            yield Paragraph(tuple(current))
            current = []
        current.append(TextLine(line.text.strip(), line.place))
    if current:
        yield Paragraph(tuple(current))
