"""The number format of each cell of a workbook, which the library that gives its values leaves out.

Only what is not in the values is looked up here: in the parts of an ``.xlsx`` (ECMA-376) and in the records of an
``.xls`` (MS-XLS, sections 2.4 and 2.5).
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.archives import damaged, read_member
from budgetlod.read.limits import check_limit
from budgetlod.read.number_formats import BUILT_IN

Formats = dict[tuple[int, int], str]
"""Number formats by row and column, both from 0."""

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,9})"')
# A formula with nothing for its result; one whose result is an empty text says so (t="str").
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_TEXT_RESULT = b't="str"'
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def parse_xml(path: Path, data: bytes, name: str) -> etree._Element:
    """Return the root of an XML part: without entities, network or markup so deep that no program writes it.

    Raises :class:`BadInput` when it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(damaged(path, f"文件已损坏：{name}", f"the file is damaged: {name}: {error}")) from error


def zipped_formats(path: Path, archive: zipfile.ZipFile) -> dict[str, Formats]:
    """Return the formats of the cells of each sheet of an ``.xlsx`` by the name of the sheet.

    Raises :class:`BadInput` when a part is broken, a sheet spans too many cells, or formulas bear no results.
    """
    names = set(archive.namelist())
    codes = _style_codes(path, archive) if "xl/styles.xml" in names else []
    found = {}
    for sheet, part in _sheet_parts(path, archive):
        if part in names:
            found[sheet] = _sheet_formats(path, sheet, read_member(path, archive, part), codes)
    return found


def _sheet_parts(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name and the part of each sheet."""
    relations = parse_xml(path, read_member(path, archive, "xl/_rels/workbook.xml.rels"), "workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in relations.iter("{*}Relationship")}
    book = parse_xml(path, read_member(path, archive, "xl/workbook.xml"), "workbook.xml")
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION))
        if target:
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            yield sheet.get("name", ""), part


def _style_codes(path: Path, archive: zipfile.ZipFile) -> list[str]:
    """Return the number format of each cell style, in their order."""
    root = parse_xml(path, read_member(path, archive, "xl/styles.xml"), "styles.xml")
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter("{*}numFmt")}
    styles = root.find("{*}cellXfs")
    numbers = [] if styles is None else [style.get("numFmtId", "0") for style in styles.iterfind("{*}xf")]
    return [own.get(number) or (BUILT_IN.get(int(number), "") if number.isdecimal() else "") for number in numbers]


def _sheet_formats(path: Path, sheet: str, data: bytes, codes: list[str]) -> Formats:
    """Return the formats of the cells of one sheet; they are searched, not parsed: sheets are long."""
    if any(_TEXT_RESULT not in formula[1] for formula in _NO_RESULT.finditer(data)):
        raise BadInput(_uncalculated(path, sheet))
    found: Formats = {}
    rows = columns = 0
    for cell in _CELL.finditer(data):
        place = _REFERENCE.search(cell[1])
        if place is None or cell[1].endswith(b"/"):
            continue
        row, column = int(place[2]) - 1, _column(place[1])
        rows, columns = max(rows, row + 1), max(columns, column + 1)
        style = _STYLE.search(cell[1])
        if style and int(style[1]) < len(codes) and codes[int(style[1])]:
            found[row, column] = codes[int(style[1])]
    # A single stray cell in the last row of a sheet would fill the memory with blanks.
    check_limit("cells", rows * columns, str(path), f"sheet {sheet}")
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _uncalculated(path: Path, sheet: str) -> Problem:
    zh, en = "公式没有保存计算结果", "formulas bear no results"
    hint = ("请用 Excel 或 WPS 打开，重新计算后保存", "open it in a spreadsheet program, let it calculate, and save it")
    return Problem("source-uncalculated", "error", zh, en, *hint, str(path), f"sheet {sheet}")


# --- records of an .xls -----------------------------------------------------------------------------------------------------

_FORMAT, _STYLE_RECORD, _SHEET, _END = 0x041E, 0x00E0, 0x0085, 0x000A
# NUMBER, RK, FORMULA: one cell each, its row, column and style in front; MULRK: a run of cells of six bytes.
_ONE_CELL, _MANY_CELLS = frozenset({0x0203, 0x027E, 0x0006}), 0x00BD


class _Record(NamedTuple):
    kind: int
    data: bytes
    offset: int


def stream_formats(data: bytes) -> list[Formats]:
    """Return the formats of the cells of each sheet of the Workbook stream of an ``.xls``, in their order.

    A stream that is cut off gives the formats up to there: the reader of the values says what is wrong.
    """
    own: dict[int, str] = {}
    styles: list[int] = []
    starts: list[int] = []
    for record in _records(data, 0):
        if record.kind == _FORMAT and len(record.data) > 5:
            own[struct.unpack_from("<H", record.data)[0]] = _short_text(record.data[2:])
        elif record.kind == _STYLE_RECORD and len(record.data) >= 4:
            styles.append(struct.unpack_from("<H", record.data, 2)[0])
        elif record.kind == _SHEET and len(record.data) >= 6:
            starts.append(struct.unpack_from("<I", record.data)[0])
    codes = [own.get(number) or BUILT_IN.get(number, "") for number in styles]
    return [_record_formats(data, start, codes) for start in starts]


def _records(data: bytes, start: int) -> Iterator[_Record]:
    """Yield the records of a part of the stream up to its end record."""
    while start + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, start)
        yield _Record(kind, data[start + 4 : start + 4 + length], start)
        if kind == _END:
            return
        start += 4 + length


def _short_text(data: bytes) -> str:
    """Return a string with a length of two bytes and a byte that says whether it is in UTF-16."""
    length, wide = struct.unpack_from("<HB", data)
    return (
        data[3 : 3 + 2 * length].decode("utf-16-le", "replace") if wide & 1 else data[3 : 3 + length].decode("latin-1")
    )


def _record_formats(data: bytes, start: int, codes: list[str]) -> Formats:
    found: Formats = {}
    for record in _records(data, start):
        if record.kind in _ONE_CELL and len(record.data) >= 6:
            cells = [struct.unpack_from("<HHH", record.data)]
        elif record.kind == _MANY_CELLS and len(record.data) >= 12:
            row, first = struct.unpack_from("<HH", record.data)
            count = (len(record.data) - 6) // 6
            cells = [(row, first + n, struct.unpack_from("<H", record.data, 4 + 6 * n)[0]) for n in range(count)]
        else:
            continue
        found |= {(row, column): codes[style] for row, column, style in cells if style < len(codes) and codes[style]}
    return found
