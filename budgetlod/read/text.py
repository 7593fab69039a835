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

from budgetlod.core.numbers import has_digit
from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.problem import BadInput, Problem

# A line that opens a paragraph of its own even when no blank line stands before it.
_OPENS_PARAGRAPH = re.compile(r"\s*(?:[-*•]\s|\d{1,2}[、.](?!\d)|[一二三四五六七八九十]+、|[((（][一二三四五六七八九十]+[)）]|注[:：])")
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
    return Document(path.name, MEDIA_TYPE, hashlib.sha256(data).hexdigest(), blocks)


def _problem(file: str, code: str, zh: str, en: str, place: str = "") -> Problem:
    return Problem(
        code, "error", zh, en, "请提供完整的 UTF-8 文本", "give the complete text in UTF-8", file=file, place=place
    )


def _decode(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        cut = error.end >= len(data) and "unexpected end" in error.reason
        zh, en = ("文件在字符中间截断", "the file ends inside a character") if cut else (
            f"不是 UTF-8 编码（字节 {error.start}）", f"not UTF-8 (byte {error.start})")
        raise BadInput(_problem(file, "source-encoding", zh, en, f"line {line}")) from error
    if _CONTROL.search(text):
        raise BadInput(_problem(file, "source-binary", "是二进制文件，不是文本", "this is a binary file, not text"))
    return text


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
        if current and _OPENS_PARAGRAPH.match(line.text):
            yield Paragraph(tuple(current))
            current = []
        current.append(TextLine(line.text.strip(), line.place))
    if current:
        yield Paragraph(tuple(current))


def looks_like_disclosure(document: Document) -> bool:
    """Return whether anything in the document could be a budget table: a grid with digits in it."""
    return any(has_digit(cell) for grid in document.grids() for row in grid.rows for cell in row.cells)
