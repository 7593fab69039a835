"""Note what is odd in the print of a document: left-over markup, doubled phrases, lone quotation marks, placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.fragments import RawTable
from budgetlod.interpret.recognise import is_contents
from budgetlod.model.document import Document, Grid, Paragraph, Place
from budgetlod.model.layout import Peculiarity
from budgetlod.model.lexicon import Lexicon

_Found = tuple[str, str, Place]
"""Kind, characters, place."""

_COMMAND = re.compile(r"\\[a-zA-Z]{2,}|</?(?:br|p|td|tr|div|span|b|i|sup|sub)\b[^<>]*>|&(?:nbsp|lt|gt|amp|quot);")
_EMPHASIS = re.compile(r"(?<=[一-鿿）)”])\*\*|\*\*(?=[一-鿿（(“])")
_DOUBLED = re.compile(r"([一-鿿]{4,})\1")
_CROSSES = re.compile(r"(?<![A-Za-z])[XＸ×]{2,}(?![A-Za-z0-9])|(?<=[一-鿿])x{2,}(?=[一-鿿])")
_BRACKETED = re.compile(r"([一-鿿]{2})([(（])([一-鿿]{1,6})[)）]")
_QUOTES = (("“", "”"), ("‘", "’"), ("「", "」"))


def read_peculiarities(document: Document, tables: Sequence[RawTable], lexicon: Lexicon) -> tuple[Peculiarity, ...]:
    """Return the peculiarities of a document's print, in reading order; markup of one kind is noted once."""
    found = [*_numberings(tables, lexicon), *_markup(document), *_texts(document, lexicon)]
    found += [*_lone_quotes(document), *_brackets(document)]
    found.sort(key=lambda one: (one[2], one[0], one[1]))
    return tuple(Peculiarity(order, *one) for order, one in enumerate(found, 1))


def _lines(document: Document) -> Iterator[tuple[str, Place]]:
    """Yield paragraphs and cells, those of the contents left out."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place
        elif not is_contents(block):
            for row in block.rows:
                for cell in row.cells:
                    if cell:
                        yield cell, row.place


def _numberings(tables: Sequence[RawTable], lexicon: Lexicon) -> Iterator[_Found]:
    """Yield the labels of rows of column numbers that are not the usual word for it."""
    usual = label_key(lexicon.lists["heading"].codes["column-numbers"].label)
    for table in tables:
        for page in table.pages:
            key = label_key(page.numbering)
            if key and not key.isdigit() and key != usual and lexicon.role(key, "") == "column-numbers":
                yield "numbering-label", page.numbering, page.numbering_place


def _markup(document: Document) -> Iterator[_Found]:
    """Yield commands of markup, and the stars of emphasis in prose (tables print stars for other reasons)."""
    seen: set[str] = set()
    for block in document.blocks:
        prose = isinstance(block, Paragraph)
        texts = [(block.text, block.place)] if isinstance(block, Paragraph) else _rows(block)
        for text, place in texts:
            for match in (*_COMMAND.finditer(text), *(_EMPHASIS.finditer(text) if prose else ())):
                if match[0] not in seen:
                    seen.add(match[0])
                    yield "markup", match[0], place


def _rows(grid: Grid) -> list[tuple[str, Place]]:
    return [("\t".join(row.cells), row.place) for row in grid.rows]


def _texts(document: Document, lexicon: Lexicon) -> Iterator[_Found]:
    """Yield doubled phrases and placeholders."""
    placeholders = [k for k, names in lexicon.lists["peculiarity"].keys.items() if "placeholder" in names]
    own = label_key(lexicon.lists["peculiarity"].codes["placeholder"].label)
    for text, place in _lines(document):
        flat = squeeze(text)
        for match in _DOUBLED.finditer(flat):
            yield "doubled", match[0], place
        for match in _CROSSES.finditer(flat):
            yield "placeholder", match[0], place
        folded = fold(text)
        yield from (("placeholder", word, place) for word in placeholders if word != own and word in folded)


def _lone_quotes(document: Document) -> Iterator[_Found]:
    """Yield quotation marks without their other half; a quotation may end in the next paragraph."""
    waiting: tuple[str, Place] | None = None
    for paragraph in document.paragraphs():
        for left, right in _QUOTES:
            surplus = paragraph.text.count(left) - paragraph.text.count(right)
            if waiting and waiting[0] == left:
                if surplus < 0:
                    surplus, waiting = surplus + 1, None
                else:
                    yield "quotation", waiting[0], waiting[1]
                    waiting = None
            if surplus == 1:
                waiting = (left, paragraph.place)
            elif surplus:
                yield "quotation", left if surplus > 0 else right, paragraph.place
    if waiting:
        yield "quotation", waiting[0], waiting[1]


def _brackets(document: Document) -> Iterator[_Found]:
    """Yield, once for the document, the bracketed words that it prints in brackets of both widths."""
    widths: dict[tuple[str, str], dict[str, Place]] = {}
    for text, place in _lines(document):
        for before, bracket, inside in _BRACKETED.findall(squeeze(text)):
            widths.setdefault((before, inside), {}).setdefault(bracket, place)
    both = {words: places for words, places in widths.items() if len(places) == 2}
    if both:
        inside = dict.fromkeys(f"({inside})" for _, inside in both)
        yield "brackets", "、".join(inside), min(places["("] for places in both.values())
