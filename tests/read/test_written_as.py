"""The example disclosure, written as other formats, reads back to the same figures.

``pieces_of`` gives what the disclosure prints - lines and whole tables - and there is one writer per format: a new
format joins with a row in ``WRITERS``.
"""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import docx
import pytest
import xlsxwriter
from docx.enum.text import WD_BREAK

from budgetlod.core.numbers import decimals, parse_number
from budgetlod.core.text import squeeze
from budgetlod.interpret.disclosure import interpret
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.headings import orphan
from budgetlod.interpret.recognise import is_page_number
from budgetlod.interpret.tables import find_tables
from budgetlod.model.cube import Point
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document, Grid, Paragraph, Span
from budgetlod.model.publisher import SourceFile
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.registry import READERS, read_document


class Table(NamedTuple):
    """A table as a person would write it: lines over it, rows of which the first are headings, merged headings, notes."""

    lines: list[str]
    rows: list[list[str]]
    spans: list[Span]
    notes: list[str]


Piece = str | Table


def pieces_of(document: Document) -> list[Piece]:
    """Return the lines and whole tables of a document in their order, put together over its page breaks."""
    tables, _ = find_tables(document, load_lexicon())
    starts = {table.place: table for table in tables}
    used = {place for table in tables for place in table.used}
    used |= {row.place for table in tables for row in table.header}
    used |= {place for table in tables for row in table.rows for place in row.places}
    found: list[Piece] = []
    for block in document.blocks:
        if block.place in starts:
            found.append(_table(starts.pop(block.place)))
        elif isinstance(block, Paragraph) and block.place not in used and not is_page_number(block.text):
            found.append(block.text)
        elif isinstance(block, Grid) and not used & {row.place for row in block.rows}:
            found += ["\t".join(row.cells) for row in block.rows]
    assert not starts
    return found


def _table(table: RawTable) -> Table:
    header = [row.cells for row in table.header]
    rows = [[squeeze(c) if parse_number(c) is not None else c for c in cells] for cells in
            (*header, *(row.cells for row in table.rows if not row.heading))]  # fmt: skip
    rows = [row + [""] * (table.width - len(row)) for row in rows]
    if column := orphan(table.header, table.width):
        # Text extraction exchanged these two headings; a person would not.
        for row in rows[:2]:
            row[column - 1], row[column] = row[column], row[column - 1]
        rows[0][column - 1] = ""
    return Table(table.context, rows, list(_merged(rows[: len(header)])), [note.text for note in table.notes])


def _merged(header: list[list[str]]) -> Iterator[Span]:
    """Yield the merged headings: over the columns without a heading of their own, and down to the last row."""
    if len(header) != 2:
        return
    top, bottom = header
    for column, text in enumerate(top):
        if not text:
            continue
        width = 1
        while bottom[column] and column + width < len(top) and not top[column + width] and bottom[column + width]:
            width += 1
        height = 1 if bottom[column] else 2
        if width > 1 or height > 1:
            yield Span(0, column, height, width)


# --- one writer per format --------------------------------------------------------------------------------------------------


def write_workbook(pieces: list[Piece], path: Path) -> None:
    """A sheet for each table and for each run of lines; amounts are numbers in the format of the sheet."""
    with xlsxwriter.Workbook(path) as book:
        amount, grouped = book.add_format({"num_format": "0.00"}), book.add_format({"num_format": "#,##0.00"})
        sheet, line = None, 0
        for number, piece in enumerate(pieces):
            if isinstance(piece, Table):
                _write_table(book.add_worksheet(f"表{number}"), piece, amount if number % 2 else grouped)
                sheet = None
                continue
            if sheet is None:
                sheet, line = book.add_worksheet(f"说明{number}"), 0
            sheet.write_string(line, 0, piece)
            line += 1


def _write_table(sheet: xlsxwriter.worksheet.Worksheet, table: Table, amount: xlsxwriter.format.Format) -> None:
    last = len(table.rows[0]) - 1
    line = 0
    for text in table.lines:
        if line == 0:
            sheet.merge_range(0, 0, 0, last, text)
        else:
            sheet.write_string(line, last if "单位：" in text else 0, text)
        line += 1
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            value = parse_number(cell)
            if value is not None and decimals(value) == 2 and f"{value:.2f}" == cell:
                sheet.write_number(line + number, column, float(value), amount)
            elif value is not None and str(int(value)) == cell:
                sheet.write_number(line + number, column, int(value))
            elif cell:
                sheet.write_string(line + number, column, cell)
    for span in table.spans:
        text = table.rows[span.row][span.column]
        top, left = line + span.row, span.column
        sheet.merge_range(top, left, top + span.height - 1, left + span.width - 1, text)
    for number, note in enumerate(table.notes):
        sheet.merge_range(line + len(table.rows) + number, 0, line + len(table.rows) + number, last, note)


def write_word(pieces: list[Piece], path: Path) -> None:
    document = docx.Document()
    for piece in pieces:
        if isinstance(piece, str):
            document.add_paragraph(piece)
            continue
        for line in piece.lines:
            document.add_paragraph(line)
        table = document.add_table(len(piece.rows), len(piece.rows[0]))
        for row, cells in zip(table.rows, piece.rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        for span in piece.spans:
            corner = table.cell(span.row, span.column)
            corner.merge(table.cell(span.row + span.height - 1, span.column + span.width - 1))
            corner.text = piece.rows[span.row][span.column]
        for note in piece.notes:
            document.add_paragraph(note)
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.save(str(path))


def write_html(pieces: list[Piece], path: Path) -> None:
    path.write_text(page_of(pieces), encoding="utf-8")


def write_pdf(pieces: list[Piece], path: Path) -> None:
    """What a browser prints of the web page."""
    browser = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
    )
    if not browser:
        pytest.skip("no Chromium here to print a PDF")
    page = path.with_suffix(".print.html")
    page.write_text(page_of(pieces), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={path.parent / 'profile'}",
               "--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)


_STYLE = (
    "table{border-collapse:collapse}td{border:1px solid;font-size:9pt}.table{break-before:page}@page{size:A4 landscape}"
)


def page_of(pieces: list[Piece]) -> str:
    body = []
    for piece in pieces:
        if isinstance(piece, str):
            body.append(f"<p>{html.escape(piece)}</p>")
            continue
        first, *others = piece.lines or [""]
        body.append(f'<p class="table">{html.escape(first)}</p>')
        body += [f"<p>{html.escape(text)}</p>" for text in others]
        body.append(f"<table>{''.join(_html_rows(piece))}</table>")
        body += [f"<p>{html.escape(note)}</p>" for note in piece.notes]
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>预算公开</title><style>{_STYLE}</style></head><body>{"".join(body)}</body></html>'


def _html_rows(table: Table) -> Iterator[str]:
    spans = {(span.row, span.column): span for span in table.spans}
    covered = {
        (r, c) for s in table.spans for r in range(s.row, s.row + s.height) for c in range(s.column, s.column + s.width)
    }
    for number, row in enumerate(table.rows):
        cells = []
        for column, text in enumerate(row):
            span = spans.get((number, column))
            if span is None and (number, column) in covered:
                continue
            size = f' rowspan="{span.height}" colspan="{span.width}"' if span else ""
            cells.append(f"<td{size}>{html.escape(text)}</td>")
        yield f"<tr>{''.join(cells)}</tr>"


WRITERS: dict[str, Callable[[list[Piece], Path], None]] = {
    ".xlsx": write_workbook,
    ".docx": write_word,
    ".html": write_html,
    ".pdf": write_pdf,
}


# --- the same figures -------------------------------------------------------------------------------------------------------


def figures_of(disclosure: Disclosure) -> dict[Point, Decimal]:
    return {point: figure.amount for point, figure in disclosure.figures.items()}


@pytest.fixture(scope="module")
def pieces(example_document: Document) -> list[Piece]:
    return pieces_of(example_document)


@pytest.mark.parametrize("format_", sorted(WRITERS))
def test_the_example_written_as(
    format_: str, pieces: list[Piece], example: Disclosure, example_source: SourceFile, tmp_path: Path
) -> None:
    if format_ not in READERS:
        pytest.skip(f"no reader for {format_}")
    path = tmp_path / f"source{format_}"
    WRITERS[format_](pieces, path)
    read = interpret(read_document(path), load_lexicon(), example_source.notes)
    assert figures_of(read) == figures_of(example)
    assert [s.type for s in read.content.statements] == [s.type for s in example.content.statements]
    assert read.identity == example.identity
