"""The sheets of an OpenDocument workbook (``.ods``, ISO/IEC 26300-1, 9.1): its cells bear the text that they show."""

from __future__ import annotations

import zipfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from budgetlod.model.document import GridRow, Place, Span
from budgetlod.model.problem import BadInput
from budgetlod.read.archives import locked, read_member
from budgetlod.read.cell_formats import parse_xml
from budgetlod.read.limits import check_limit
from budgetlod.read.number_formats import plain_number
from budgetlod.read.sheets import Sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ROW_GROUPS = frozenset({f"{_TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows")})
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_LEFT_OUT = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note"})
# The last row and column that a program opens.
_FAR = 1 << 20


class OpenSheet(NamedTuple):
    """A sheet, and whether the workbook shows it."""

    sheet: Sheet
    visible: bool


@dataclass
class _Table:
    """A sheet as it is read: its rows that hold anything, and merged cells by the line of their corner."""

    rows: list[GridRow] = field(default_factory=list)
    merged: list[tuple[int, Span]] = field(default_factory=list)
    line: int = 0
    cells: int = 0


def open_document_sheets(path: Path, archive: zipfile.ZipFile) -> Iterator[OpenSheet]:
    """Yield the sheets of a workbook in their order; rows and columns repeated without content take no room.

    Raises :class:`BadInput` when it is broken, encrypted or spans too many cells.
    """
    if "META-INF/manifest.xml" in archive.namelist():
        manifest = parse_xml(path, read_member(path, archive, "META-INF/manifest.xml"), "manifest.xml")
        if next(manifest.iter("{*}encryption-data"), None) is not None:
            raise BadInput(locked(path))
    root = parse_xml(path, read_member(path, archive, "content.xml"), "content.xml")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(part.get(f"{_TABLE}display") == "false" for part in style.iter(f"{_STYLE}table-properties"))
    }
    for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        yield OpenSheet(_sheet(str(path), table), table.get(f"{_TABLE}style-name") not in hidden)


def _sheet(file: str, table: etree._Element) -> Sheet:
    name = table.get(f"{_TABLE}name", "")
    found = _Table()
    for row in _rows(table):
        _take(file, name, row, found)
    lines = [row.place.line for row in found.rows]
    spans = []
    for line, span in found.merged:
        first, end = bisect_left(lines, line), bisect_left(lines, line + span.height)
        spans.append(span._replace(row=first, height=end - first))
    return Sheet(found.rows, [s for s in spans if s.height > 1 or s.width > 1], name)


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _take(file: str, name: str, row: etree._Element, found: _Table) -> None:
    """Add a row, as often as it is repeated; of blank ones one stands for all."""
    cells: list[str] = []
    blanks = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text, times = _shown(cell), _count(cell, "number-columns-repeated")
        height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if text and cell.tag == f"{_TABLE}table-cell" and (height > 1 or width > 1):
            found.merged.append((found.line + 1, Span(0, len(cells) + blanks, height, width)))
        if not text:
            blanks += times
            continue
        check_limit("cells", found.cells + len(cells) + blanks + times, file, f"sheet {name}")
        cells += [""] * blanks + [text] * times
        blanks = 0
    times = _count(row, "number-rows-repeated")
    found.cells += max(len(cells), 1) * (times if cells else 1)
    check_limit("cells", found.cells, file, f"sheet {name}")
    for number in range(1, (times if cells else 1) + 1):
        found.rows.append(GridRow(tuple(cells), Place(line=found.line + number, sheet=name)))
    found.line += times


def _count(element: etree._Element, name: str) -> int:
    """Return how often something is repeated, or how many rows or columns it covers."""
    text = element.get(f"{_TABLE}{name}", "1")
    return max(1, min(int(text), _FAR)) if text.isdecimal() and len(text) < 10 else 1


def _shown(cell: etree._Element) -> str:
    """Return the text that a cell shows, else the number that it holds."""
    lines = ["".join(_pieces(paragraph)).strip() for paragraph in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h")]
    text = "\n".join(line for line in lines if line)
    value = str(cell.get(f"{_OFFICE}value", ""))
    if text or not value:
        return text
    try:
        return plain_number(float(value))
    except ValueError:
        return value


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _pieces(child)
        yield child.tail or ""
