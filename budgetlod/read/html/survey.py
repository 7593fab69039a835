"""One pass over a page that finds its tables before the page is read: what is inside tells what a table is."""

from __future__ import annotations

from collections.abc import Container

from lxml import etree

from budgetlod.model.document import Block
from budgetlod.read.html.links import is_page_link
from budgetlod.read.html.styles import Styles
from budgetlod.read.html.tables import Cell, Row, Table, is_flat, make_tables, rank_of
from budgetlod.read.html.tree import Element, Places
from budgetlod.read.html.words import BLOCKS, BREAK, NO_TEXT, SEPARATORS, as_source

_HEADINGS = frozenset({"h1", "h2", "h3"})
# A table inside tables inside tables so often is no table of figures, and its text would be copied that often.
_DEEPEST_TABLE = 20

Emissions = dict[Element, list[Block]]
"""What to put down instead of an element: blocks at the first row of a table, nothing at its other rows."""


def find_tables(root: Element, styles: Styles, places: Places, file: str, placed: Container[Element]) -> Emissions:
    """Return the blocks of all tables of a page by the rows that they stand for; ``placed`` are the boxes of drawn pages."""
    survey = _Survey(styles, places, file)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in NO_TEXT or element in placed or styles.hidden(element):
                walk.skip_subtree()
                survey.unread.add(element)
                if element in placed and survey.cell:
                    survey.cell.flow = True
            else:
                survey.start(element)
        else:
            survey.end(element)
    return survey.emissions


class _Survey:
    """Gathers the text of cells; ``tables`` are the open ones, the innermost last."""

    def __init__(self, styles: Styles, places: Places, file: str) -> None:
        self.styles, self.places, self.file = styles, places, file
        self.tables: list[Table] = []
        self.links = self.preformatted = 0
        self.unread: set[Element] = set()
        self.emissions: Emissions = {}

    @property
    def cell(self) -> Cell | None:
        """The cell that is open in the innermost table."""
        table = self.tables[-1] if self.tables else None
        return table.rows[-1].cells[-1] if table and table.open else None

    def start(self, element: Element) -> None:
        tag = element.tag
        if tag == "table":
            self.tables.append(Table(element))
        elif self.tables and tag == "tr":
            self._open_row(element)
        elif self.tables and tag in ("td", "th"):
            self._open_cell(element)
        elif tag == "a" and is_page_link(element):
            self.links += 1
        elif tag == "pre":
            self.preformatted += 1
        if (cell := self.cell) and (tag in BLOCKS or tag == "br"):
            cell.text.append(BREAK)
            cell.breaks += 1
            cell.flow = cell.flow or tag in _HEADINGS
        self._text(element.text)

    def end(self, element: Element) -> None:
        tag = element.tag
        if element in self.unread:
            self.unread.discard(element)
        elif tag == "table":
            self._close_table()
        elif self.tables and tag in ("td", "th"):
            self.tables[-1].open = False
        elif tag == "a" and is_page_link(element):
            self.links -= 1
        elif tag == "pre":
            self.preformatted -= 1
        if (cell := self.cell) and tag in BLOCKS:
            cell.text.append(BREAK)
        self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if text and (cell := self.cell):
            piece = as_source(text, bool(self.preformatted))
            cell.text.append(piece)
            cell.linked += len(SEPARATORS.sub("", piece)) if self.links else 0

    def _open_row(self, element: Element) -> None:
        parent = element.getparent()
        self.tables[-1].open = False
        self.tables[-1].rows.append(Row(element, rank_of(parent), parent, flat=is_flat(element, self.styles)))

    def _open_cell(self, element: Element) -> None:
        table, parent = self.tables[-1], element.getparent()
        if not table.rows or (parent is not table.rows[-1].element and parent.tag != "tr"):
            # Cells without a row: those side by side make one.
            beside = table.rows and element.getprevious() is not None and element.getprevious().tag in ("td", "th")
            if not beside:
                table.rows.append(Row(element, rank_of(parent), parent))
        table.rows[-1].cells.append(Cell(element))
        table.open = True

    def _close_table(self) -> None:
        table = self.tables.pop()
        outer = self.cell
        found = list(make_tables(table, self.places, self.file))
        lays_out = any(cell.lays_out() for row in table.rows for cell in row.cells)
        if outer is not None and not lays_out and not any(made.is_table for made in found):
            if len(self.tables) < _DEEPEST_TABLE:
                self._fold(table, outer)
                return
            outer.flow = True
        if outer is not None:
            outer.flow = True
        for made in found:
            first, *others = (element for row in made.rows for element in row.elements())
            self.emissions[first] = made.blocks
            self.emissions.update((element, []) for element in others)

    def _fold(self, table: Table, outer: Cell) -> None:
        """Put the text of a table of little more than one cell into the cell that holds it."""
        for row in table.rows:
            for cell in row.cells:
                outer.text.extend((BREAK, "".join(cell.text), BREAK))
                outer.linked += cell.linked
                outer.breaks += 1
