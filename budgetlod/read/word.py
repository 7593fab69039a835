"""Reader of Word documents (``.docx``, ECMA-376): paragraphs and tables in the order of the body.

Tracked deletions are left out, insertions kept; text boxes stand after the paragraph they are anchored in, footnotes
at the end. Headers and footers are left out but for the unit of money, which stands over the tables it is printed over.
A table is cut as a sheet is: titles and units in rows of their own are no rows of the table.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from budgetlod.core.text import fold
from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place, Span, TextLine
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.archives import open_archive, read_member
from budgetlod.read.cell_formats import parse_xml
from budgetlod.read.limits import check_limit
from budgetlod.read.opening import OPENS_PARAGRAPH
from budgetlod.read.sheets import Sheet, cut_sheet, lines_of
from budgetlod.read.word_numbering import Numbering, read_numbering, value, whole
from budgetlod.read.word_text import WRAPPERS, W, paragraph_text, text_boxes, unwrapped

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MAIN = "word/document.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNIT = re.compile(r"单位:?.{0,4}元")
_SENTENCE_END = ("。", "；", "！", "？")
_MOST_COLUMNS = 1000


class Parts(NamedTuple):
    """The parts of a document that are read: the body, its lists, its notes, and its headers by relation."""

    body: etree._Element
    numbering: Numbering
    notes: tuple[etree._Element, ...]
    headers: dict[str, etree._Element]


def read_word(path: Path) -> Document:
    """Read a Word document; places are the running number of the paragraph or row and its path in the main part.

    Raises :class:`BadInput` when it is broken, encrypted, empty, no Word document, or unpacks to too much.
    """
    data = path.read_bytes()
    with open_archive(path) as archive:
        parts = _parts(path, archive)
    blocks = tuple(_Reader(str(path), parts).read())
    if not blocks:
        hint = ("请提供有文字的文档", "give a document that holds text")
        zh, en = "文档没有文字", "the document has no text"
        raise BadInput(Problem("source-empty", "error", zh, en, *hint, str(path)))
    return Document(path.name, MEDIA_TYPE, hashlib.sha256(data).hexdigest(), blocks, str(path))


def _parts(path: Path, archive: zipfile.ZipFile) -> Parts:
    names = set(archive.namelist())

    def part(name: str) -> etree._Element | None:
        return parse_xml(path, read_member(path, archive, name), name) if name in names else None

    main = parse_xml(path, read_member(path, archive, _MAIN), _MAIN)
    body = main.find(f"{W}body")
    notes = [root for name in ("word/footnotes.xml", "word/endnotes.xml") if (root := part(name)) is not None]
    relations = part("word/_rels/document.xml.rels")
    headers = {}
    for relation in () if relations is None else relations.iter("{*}Relationship"):
        if relation.get("Type", "").endswith(("/header", "/footer")):
            target = relation.get("Target", "")
            root = part(target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"word/{target}"))
            if root is not None:
                headers[relation.get("Id", "")] = root
    numbering = read_numbering(part("word/numbering.xml"), part("word/styles.xml"))
    return Parts(main if body is None else body, numbering, tuple(notes), headers)


@dataclass
class _Drawn:
    """A table as drawn: rows with their places, merged cells, and the tables that stand inside of its cells."""

    rows: list[GridRow] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    inside: list[Block] = field(default_factory=list)
    above: dict[int, int] = field(default_factory=dict)
    """Which of the spans covers the cell of the last row that begins at a column."""
    here: dict[int, int] = field(default_factory=dict)

    def place(self, column: int, width: int, vertical: str, horizontal: str) -> None:
        """Take a cell: it makes the one above it higher, the one before it wider, or is one of its own."""
        over = self.above.get(column)
        before = self.here[max(self.here)] if self.here else None
        if horizontal == "continue" and before is not None:
            self.spans[before] = self.spans[before]._replace(width=column + width - self.spans[before].column)
        elif vertical == "continue" and over is not None and self.spans[over].width == width:
            self.spans[over] = self.spans[over]._replace(height=self.spans[over].height + 1)
            self.here[column] = over
        else:
            self.here[column] = len(self.spans)
            self.spans.append(Span(len(self.rows), column, 1, width))

    def end_row(self, row: GridRow) -> None:
        """Take the row whose cells have been placed."""
        self.rows.append(row)
        self.above, self.here = self.here, {}

    def merged(self) -> list[Span]:
        """Return the cells that cover more than one."""
        return [span for span in self.spans if span.height > 1 or span.width > 1]


class _Reader:
    """Walks over the body once, counting paragraphs and rows."""

    def __init__(self, file: str, parts: Parts) -> None:
        self.file, self.parts = file, parts
        self.line = 0
        self.cells = 0
        self.positions: dict[etree._Element, dict[etree._Element, int]] = {}

    def read(self) -> Iterator[Block]:
        """Yield the blocks of the body, then those of the notes."""
        for section in self._sections():
            units = self._units(section)
            for element in section:
                blocks = list(self._block(element))
                first = next((number for number, block in enumerate(blocks) if isinstance(block, Grid)), None)
                if first is not None and units:
                    place = blocks[first].place
                    blocks[first:first] = [Paragraph((TextLine(unit, place),)) for unit in units]
                    units = []
                yield from blocks
        for root in self.parts.notes:
            for note in root:
                if note.get(f"{W}type", "normal") == "normal":
                    yield from self._blocks(note)

    # --- sections and what is printed over their pages -------------------------------------------------------------------

    def _sections(self) -> Iterator[list[etree._Element]]:
        """Yield the elements of each section: one ends with the paragraph that bears its properties."""
        section: list[etree._Element] = []
        for element in _unwrapped_all(self.parts.body):
            section.append(element)
            if element.tag == f"{W}p" and element.find(f"{W}pPr/{W}sectPr") is not None:
                yield section
                section = []
        if section:
            yield section

    def _units(self, section: list[etree._Element]) -> list[str]:
        """Return the unit of money that the header or footer of a section prints."""
        last = section[-1]
        properties = last if last.tag == f"{W}sectPr" else last.find(f"{W}pPr/{W}sectPr")
        found: list[str] = []
        for reference in () if properties is None else properties:
            root = self.parts.headers.get(reference.get(_RELATION, ""))
            for paragraph in () if root is None else root.iter(f"{W}p"):
                text = paragraph_text(paragraph, Numbering())
                if _UNIT.search(fold(text)) and text not in found:
                    found.append(text)
        return found

    # --- blocks ---------------------------------------------------------------------------------------------------------

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        for element in unwrapped(container, "p", "tbl"):
            yield from self._block(element)

    def _block(self, element: etree._Element) -> Iterator[Block]:
        if element.tag == f"{W}tbl":
            yield from self._table(element)
        elif element.tag == f"{W}p":
            yield from self._paragraph(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        place = self._place(element)
        lines: list[TextLine] = []
        for text in lines_of(paragraph_text(element, self.parts.numbering)):
            if lines and (OPENS_PARAGRAPH.match(text) or lines[-1].text.endswith(_SENTENCE_END)):
                yield Paragraph(tuple(lines))
                lines = []
            lines.append(TextLine(text, place))
        if lines:
            yield Paragraph(tuple(lines))
        for box in text_boxes(element):
            yield from self._blocks(box)

    def _place(self, element: etree._Element) -> Place:
        self.line += 1
        steps: list[int] = []
        parent = element.getparent()
        while parent is not None and len(steps) < 64:
            steps.append(self._position(element, parent))
            element, parent = parent, parent.getparent()
        return Place(line=self.line, element="/1" + "".join(f"/{step}" for step in reversed(steps)))

    def _position(self, element: etree._Element, parent: etree._Element) -> int:
        """Return which child of its parent an element is, counting elements from 1."""
        if parent not in self.positions:
            children = (child for child in parent if isinstance(child.tag, str))
            self.positions[parent] = {child: number for number, child in enumerate(children, 1)}
        return self.positions[parent][element]

    # --- tables ---------------------------------------------------------------------------------------------------------

    def _table(self, table: etree._Element) -> Iterator[Block]:
        rows = [row for row in unwrapped(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        if self._is_layout(rows):
            for row in rows:
                for cell in unwrapped(row, "tc"):
                    yield from self._blocks(cell)
            return
        drawn = _Drawn()
        for row in rows:
            self._row(row, drawn)
        yield from cut_sheet(Sheet(drawn.rows, drawn.merged(), drawn=True))
        yield from drawn.inside

    def _is_layout(self, rows: list[etree._Element]) -> bool:
        """Return whether a table is there to place other things: it has a single cell a row and tables inside."""
        nested = any(row.find(f".//{W}tbl") is not None for row in rows)
        return nested and all(sum(1 for _ in unwrapped(row, "tc")) == 1 for row in rows)

    def _row(self, row: etree._Element, drawn: _Drawn) -> None:
        """Add a row to the table; a cell merged with the one above or before it is blank."""
        place = self._place(row)
        cells = [""] * min(whole(value(row.find(f"{W}trPr"), "gridBefore"), 0), _MOST_COLUMNS)
        for cell in unwrapped(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            width = max(1, min(whole(value(properties, "gridSpan"), 1), _MOST_COLUMNS))
            vertical, horizontal = _merge(properties, "vMerge"), _merge(properties, "hMerge")
            text = self._cell(cell, drawn)
            drawn.place(len(cells), width, vertical, horizontal)
            cells += [text] + [""] * (width - 1)
        self.cells += len(cells)
        check_limit("cells", self.cells, self.file)
        drawn.end_row(GridRow(tuple(cells), place))

    def _cell(self, cell: etree._Element, drawn: _Drawn) -> str:
        """Return the text of a cell, a paragraph a line; text boxes in it are its text, tables in it come after it."""
        lines: list[str] = []
        for element in unwrapped(cell, "p", "tbl"):
            if element.tag == f"{W}tbl":
                drawn.inside += self._table(element)
                continue
            lines += lines_of(paragraph_text(element, self.parts.numbering))
            for box in text_boxes(element):
                lines += [text for p in box.iter(f"{W}p") for text in lines_of(paragraph_text(p, self.parts.numbering))]
        return "\n".join(lines)


def _unwrapped_all(body: etree._Element) -> Iterator[etree._Element]:
    for child in body:
        if child.tag in WRAPPERS:
            yield from _unwrapped_all(child)
        elif isinstance(child.tag, str):
            yield child


def _merge(properties: etree._Element | None, name: str) -> str:
    """Return how a cell is merged: ``restart``, ``continue``, or an empty string."""
    mark = None if properties is None else properties.find(f"{W}{name}")
    return "" if mark is None else mark.get(f"{W}val", "continue")
