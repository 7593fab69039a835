"""Reader of workbooks: ``.xls``, ``.xlsx``, ``.xlsm``, ``.xlsb``, ``.et`` and ``.ods``.

Values and merged cells of Excel's formats come from python-calamine, number formats from the file itself; see
:mod:`budgetlod.read.number_formats`. Hidden sheets are read only where no visible sheet holds anything: what is hidden was not published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import olefile
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from budgetlod.model.document import Block, Document, GridRow, Place, Span
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.archives import damaged, locked, open_archive
from budgetlod.read.cell_formats import Formats, stream_formats, zipped_formats
from budgetlod.read.kinds import ENCRYPTED, kind_of
from budgetlod.read.limits import check_limit
from budgetlod.read.number_formats import plain_number, shown_number
from budgetlod.read.open_document import open_document_sheets
from budgetlod.read.sheets import Sheet, cut_sheet

MEDIA_TYPES = {
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_ZIPPED = frozenset({".xlsx", ".xlsm"})
_PANIC = "PanicException"
_STREAMS = ("Workbook", "Book")

Value = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(path: Path) -> Document:
    """Read a workbook: each sheet cut into titles, tables and notes, with sheet and row as place.

    Raises :class:`BadInput` when it is broken, encrypted, no workbook, empty, too large, or holds formulas without
    results.
    """
    data = path.read_bytes()
    kind = kind_of(path)
    if kind == ENCRYPTED:
        raise BadInput(locked(path))
    blocks = tuple(_open_blocks(path) if kind == ".ods" else _blocks(path, data, _formats(path, data, kind)))
    if not blocks:
        hint = ("请提供有内容的工作簿", "give a workbook that holds something")
        zh, en = "工作簿没有内容", "the workbook has no content"
        raise BadInput(Problem("source-empty", "error", zh, en, *hint, str(path)))
    media_type = MEDIA_TYPES.get(kind, MEDIA_TYPES[".xls"])
    return Document(path.name, media_type, hashlib.sha256(data).hexdigest(), blocks, str(path))


def _formats(path: Path, data: bytes, kind: str) -> dict[str, Formats] | list[Formats]:
    """Return the number formats of the cells by sheet name, or in the order of the sheets."""
    if data.startswith(b"PK"):
        with open_archive(path) as archive:
            return zipped_formats(path, archive) if kind in _ZIPPED else {}
    if not data.startswith(olefile.MAGIC):
        return {}
    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            stream = next((name for name in _STREAMS if compound.exists(name)), "")
            return stream_formats(compound.openstream(stream).read()) if stream else {}
    except (OSError, IndexError, ValueError, TypeError) as error:
        raise BadInput(damaged(path, "文件已损坏", f"the file is damaged: {error}")) from error


def _open_blocks(path: Path) -> Iterator[Block]:
    """Yield the blocks of an OpenDocument workbook."""
    with open_archive(path) as archive:
        shown: list[Block] = []
        hidden: list[Block] = []
        for sheet, visible in open_document_sheets(path, archive):
            (shown if visible else hidden).extend(cut_sheet(sheet))
    yield from shown or hidden


def _blocks(path: Path, data: bytes, formats: dict[str, Formats] | list[Formats]) -> Iterator[Block]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            shown: list[Block] = []
            hidden: list[Block] = []
            for number, sheet in enumerate(book.sheets_metadata):
                if sheet.typ != SheetTypeEnum.WorkSheet:
                    continue
                known = formats.get(sheet.name, {}) if isinstance(formats, dict) else _nth(formats, number)
                cut = cut_sheet(_sheet(str(path), book.get_sheet_by_index(number), known))
                (shown if sheet.visible == SheetVisibleEnum.Visible else hidden).extend(cut)
    except PasswordError as error:
        raise BadInput(locked(path)) from error
    except (CalamineError, OSError, ValueError) as error:
        zh, en = "不是可读的工作簿，或已损坏", f"this is no workbook that can be read, or it is damaged: {error}"
        raise BadInput(damaged(path, zh, en)) from error
    except BaseException as error:
        # A fault inside of the library over a broken file; it is no Exception, so that nobody takes it for one.
        if type(error).__name__ != _PANIC:
            raise
        raise BadInput(damaged(path, "文件已损坏", f"the file is damaged: {error}")) from error
    yield from shown or hidden


def _nth(formats: list[Formats], number: int) -> Formats:
    return formats[number] if number < len(formats) else {}


def _sheet(file: str, sheet: CalamineSheet, formats: Formats) -> Sheet:
    """Return a sheet as rows of printed cells with their places."""
    check_limit("cells", sheet.total_height * sheet.total_width, file, f"sheet {sheet.name}")
    values = sheet.to_python(skip_empty_area=False)
    rows = [
        GridRow(
            tuple(_printed(value, formats.get((number, column), "")) for column, value in enumerate(row)),
            Place(line=number + 1, sheet=sheet.name),
        )
        for number, row in enumerate(values)
    ]
    ranges = sheet.merged_cell_ranges
    spans = None if ranges is None else [Span(r, c, r2 - r + 1, c2 - c + 1) for (r, c), (r2, c2) in ranges]
    return Sheet(rows, spans, sheet.name)


def _printed(value: Value, code: str) -> str:
    """Return a value as the sheet shows it; dates in ISO form, a time of day only where it is one."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return shown_number(float(value), code) if code else plain_number(float(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value) if isinstance(value, timedelta) else value.isoformat()
