"""Read a page as it flows: its text in reading order as paragraphs, with the tables that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from budgetlod.model.document import Block, Paragraph, TextLine
from budgetlod.read.html.links import is_page_link
from budgetlod.read.html.styles import Styles
from budgetlod.read.html.survey import Emissions
from budgetlod.read.html.tree import Element, Places
from budgetlod.read.html.words import BLOCKS, BREAK, NO_TEXT, SEPARATORS, as_source, printed
from budgetlod.read.opening import OPENS_PARAGRAPH

# Words of links alone, this short and without an amount, lead to other pages: menus, bread crumbs, neighbours.
_MENU = 60
_AMOUNT = re.compile(r"\d\.\d|\d,\d{3}")
# A line that a <br> ends runs on in the next when it is as long as lines are wrapped, and no sentence ends with it.
_WRAPPED = 24
_ENDS_SENTENCE = tuple("。；;：:！!？?")
_INDENT = re.compile("[\u00a0\u3000 ]{2}|\u3000")
_DECIMAL, _CHINESE = ("", "decimal", "1"), ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal")
_DIGITS = "零一二三四五六七八九十"


class _Piece(NamedTuple):
    text: str
    element: Element
    linked: bool


class Flow:
    """Walks over a page once; ``pieces`` are what the open paragraph has of text so far."""

    def __init__(self, styles: Styles, places: Places, emissions: Emissions) -> None:
        self.styles, self.places, self.emissions = styles, places, emissions
        self.blocks: list[Block] = []
        self._pieces: list[_Piece] = []
        self._links = self._preformatted = 0
        self._items: dict[Element, int] = {}

    def read(self, root: Element) -> list[Block]:
        """Return the paragraphs and grids under ``root`` in reading order."""
        walk = etree.iterwalk(root, events=("start", "end"))
        unread: set[Element] = set()
        for event, element in walk:
            if event == "start":
                if self._enter(element):
                    continue
                walk.skip_subtree()
                unread.add(element)
            elif element in unread:
                unread.discard(element)
                self._tail(element)
            else:
                self._leave(element)
        self._close()
        return self.blocks

    def _enter(self, element: Element) -> bool:
        """Take up an element and its first text; return whether to go inside."""
        tag = element.tag
        if element in self.emissions:
            self._close()
            self.blocks.extend(self.emissions[element])
            return False
        if tag in NO_TEXT or self.styles.hidden(element):
            return False
        if tag in BLOCKS:
            self._close()
        if tag == "br":
            self._pieces.append(_Piece(BREAK, element, False))
        elif tag == "a":
            self._links += is_page_link(element)
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "li":
            self._number(element)
        self._take(element.text, element)
        return True

    def _leave(self, element: Element) -> None:
        if element.tag in BLOCKS:
            self._close()
        if element.tag == "a":
            self._links -= is_page_link(element)
        elif element.tag == "pre":
            self._preformatted -= 1
        self._tail(element)

    def _tail(self, element: Element) -> None:
        parent = element.getparent()
        if parent is not None:
            self._take(element.tail, parent)

    def _take(self, text: str | None, element: Element) -> None:
        if text:
            self._pieces.append(_Piece(as_source(text, bool(self._preformatted)), element, self._links > 0))

    def _number(self, element: Element) -> None:
        """Print the number that browsers put before an item of an ordered list."""
        parent = element.getparent()
        if parent.tag != "ol":
            return
        stated = element.get("value") or ("" if parent in self._items else parent.get("start")) or ""
        number = int(stated) if re.fullmatch(r"\d{1,4}", stated) else self._items.get(parent, 0) + 1
        self._items[parent] = number
        kind = self.styles.of(element).get("list-style-type") or self.styles.of(parent).get("list-style-type")
        kind = kind or (parent.get("type") or "").lower()
        if kind in _DECIMAL:
            self._pieces.append(_Piece(f"{number}.", element, False))
        elif kind in _CHINESE and number < 100:
            self._pieces.append(_Piece(f"{_chinese(number)}、", element, False))

    def _close(self) -> None:
        """Make paragraphs of the text since the last edge of a block."""
        pieces, self._pieces = self._pieces, []
        if pieces and not _is_menu(pieces):
            self.blocks.extend(_paragraphs(list(self._lines(pieces))))

    def _lines(self, pieces: list[_Piece]) -> Iterator[tuple[TextLine | None, bool]]:
        """Yield the printed lines, ``None`` for a blank one, and whether each is indented."""
        text: list[str] = []
        element = None
        for piece in [*pieces, _Piece(BREAK, None, False)]:
            for number, part in enumerate(piece.text.split(BREAK)):
                if number:
                    line = printed("".join(text))
                    stands = line.strip() and element is not None
                    yield (
                        TextLine(line.strip(), self.places.place(element)) if stands else None,
                        bool(_INDENT.match(line)),
                    )
                    text, element = [], None
                text.append(part)
                element = piece.element if element is None and part.strip() else element


def _is_menu(pieces: list[_Piece]) -> bool:
    words = [piece for piece in pieces if SEPARATORS.sub("", piece.text)]
    text = "".join(piece.text for piece in words)
    return all(piece.linked for piece in words) and len(text.strip()) <= _MENU and not _AMOUNT.search(text)


def _paragraphs(lines: list[tuple[TextLine | None, bool]]) -> Iterator[Paragraph]:
    """Yield the lines between breaks as paragraphs: a line that only wraps is joined with the next."""
    current: list[TextLine] = []
    for line, indented in lines:
        if current and (line is None or indented or not _runs_on(current[-1].text, line.text)):
            yield Paragraph(tuple(current))
            current = []
        if line is not None:
            current.append(line)
    if current:
        yield Paragraph(tuple(current))


def _runs_on(before: str, line: str) -> bool:
    return len(before) >= _WRAPPED and not before.endswith(_ENDS_SENTENCE) and not OPENS_PARAGRAPH.match(line)


def _chinese(number: int) -> str:
    """Return a number below 100 in Chinese.

    >>> [_chinese(n) for n in (7, 10, 12, 40, 56)]
    ['七', '十', '十二', '四十', '五十六']
    """
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _DIGITS[number]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")
