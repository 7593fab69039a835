"""Corrections at a place of the document: cells and titles of tables not yet understood, and prose.

They are made before the tables are looked for, so that a table which a misread title or heading hides is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from budgetlod.core.text import squeeze
from budgetlod.interpret.recognise import title_type
from budgetlod.model.corrections import Correction
from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.lexicon import Lexicon


class Made(NamedTuple):
    """A correction made at a place: of the cell in a physical column (0-based), or of text (-1)."""

    correction: Correction
    place: Place
    column: int = -1


class Unused(Exception):
    """A correction does not fit the document; the words say what was found instead, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


_LONGEST = 80


def nothing_there(zh: str, en: str) -> Unused:
    """Return that there is no such thing: a page, a table, a row, a column."""
    return Unused(f"没有{zh}", f"there is no {en}")


def differs(found: str) -> Unused:
    """Return that something else than expected is read there."""
    found = " ".join(found.split())
    text = found if len(found) <= _LONGEST else found[: _LONGEST - 1] + "…"
    if not text:
        return Unused("该处读作空白", "what was read there is a blank")
    return Unused(f"该处读作“{text}”", f'what was read there is "{text}"')


def same(read: str, printed: str) -> bool:
    """Return whether a text is what a correction takes it for: white space does not count."""
    return squeeze(read) == squeeze(printed)


def correct_document(document: Document, correction: Correction, lexicon: Lexicon) -> tuple[Document, Made]:
    """Make one correction at a place of the document; raises :class:`Unused` when it does not fit."""
    part = _part(document, correction.file)

    def there(place: Place) -> bool:
        wanted = (correction.page, correction.line, correction.sheet)
        has = (place.page, place.line, place.sheet)
        return place.part == part and all(not want or want == found for want, found in zip(wanted, has, strict=True))

    blocks = list(document.blocks)
    if not any(there(place) for block in blocks for place in _places(block)):
        raise nothing_there("这个位置", "such place")
    if correction.kind == "text":
        made = _correct_prose(blocks, correction, there)
    else:
        position = _grid(blocks, correction.table, there)
        make = _correct_cell if correction.kind == "cell" else _correct_title
        made = make(blocks, position, correction, lexicon)
    return document._replace(blocks=tuple(blocks)), made


def _part(document: Document, file: str) -> int:
    names = [part.name for part in document.parts]
    if file and file not in names:
        raise nothing_there(f"文件 {file}", f"file {file}")
    return names.index(file) if file else 0


def _places(block: Block) -> Iterator[Place]:
    pieces: Sequence[TextLine | GridRow] = block.lines if isinstance(block, Paragraph) else block.rows
    return (piece.place for piece in pieces)


def _grid(blocks: Sequence[Block], number: int, there: Callable[[Place], bool]) -> int:
    grids = [n for n, block in enumerate(blocks) if isinstance(block, Grid) and any(map(there, _places(block)))]
    if number > len(grids):
        raise nothing_there(f"第{number}张表：该处共{len(grids)}张", f"table {number} of {len(grids)} there")
    return grids[number - 1]


def _correct_cell(blocks: list[Block], position: int, correction: Correction, _: Lexicon) -> Made:
    grid = blocks[position]
    assert isinstance(grid, Grid)
    if correction.row > len(grid.rows):
        raise nothing_there(f"第{correction.row}行：共{len(grid.rows)}行", f"row {correction.row} of {len(grid.rows)}")
    row = grid.rows[correction.row - 1]
    index = correction.column - 1
    rows = list(grid.rows)
    rows[correction.row - 1] = row._replace(
        cells=corrected_cells(row.cells, index, correction), confidence=sure(row.confidence, index)
    )
    blocks[position] = grid._replace(rows=tuple(rows))
    return Made(correction, row.place, index)


def sure(confidence: tuple[float, ...], index: int) -> tuple[float, ...]:
    """Return the confidence of a row with a cell that a person has looked at."""
    return tuple(1.0 if n == index else value for n, value in enumerate(confidence))


def corrected_cells(cells: tuple[str, ...], index: int, correction: Correction) -> tuple[str, ...]:
    """Return the cells of a row with the one at ``index`` corrected; raises :class:`Unused` when it is another."""
    if not 0 <= index < len(cells):
        zh, en = f"第{correction.column}列：共{len(cells)}列", f"column {correction.column} in this row"
        raise nothing_there(zh, en)
    if not same(cells[index], correction.printed):
        raise differs(cells[index])
    return (*cells[:index], correction.correct, *cells[index + 1 :])


def _correct_title(blocks: list[Block], position: int, correction: Correction, lexicon: Lexicon) -> Made:
    """Correct the title over a grid; where none was read, put one there."""
    above: list[int] = []
    for n in range(position - 1, -1, -1):
        block = blocks[n]
        if isinstance(block, Grid) or block.place.part != blocks[position].place.part:
            break
        above.append(n)
    texts = {n: block.text for n in above if isinstance(block := blocks[n], Paragraph)}
    titles = [text for text in texts.values() if title_type(text, lexicon)]
    if not correction.printed.strip():
        if titles:
            raise differs(titles[0])
        place = blocks[position].place
        blocks.insert(position, Paragraph((TextLine(correction.correct, place),)))
        return Made(correction, place)
    chosen = next((n for n, text in texts.items() if same(text, correction.printed)), None)
    if chosen is None:
        raise differs(next(iter(titles or texts.values()), ""))
    place = blocks[chosen].place
    blocks[chosen] = Paragraph((TextLine(correction.correct, place),))
    return Made(correction, place)


def _correct_prose(blocks: list[Block], correction: Correction, there: Callable[[Place], bool]) -> Made:
    """Correct words in the one paragraph that prints them at the place."""
    found = [
        (n, block, offset)
        for n, block in enumerate(blocks)
        if isinstance(block, Paragraph) and any(map(there, _places(block)))
        for offset in _offsets(block, correction.printed, there)
    ]
    if len(found) > 1:
        count = len(found)
        raise Unused(f"该处有{count}处相同文字，请多写几个字", f"it stands there {count} times; give more of the text")
    if not found:
        near = (b.text for b in blocks if isinstance(b, Paragraph) and any(map(there, _places(b))))
        raise differs(next(near, ""))
    position, paragraph, offset = found[0]
    end = offset + len(correction.printed)
    blocks[position] = _spliced(paragraph, offset, end, correction.correct)
    return Made(correction, paragraph.place_at(offset))


def _offsets(paragraph: Paragraph, printed: str, there: Callable[[Place], bool]) -> Iterator[int]:
    """Yield where a text stands in a paragraph, beginning at the place in question."""
    offset = paragraph.text.find(printed)
    while offset >= 0:
        if there(paragraph.place_at(offset)):
            yield offset
        offset = paragraph.text.find(printed, offset + 1)


def _spliced(paragraph: Paragraph, start: int, end: int, text: str) -> Paragraph:
    """Return a paragraph with the characters from ``start`` to ``end`` replaced, in the line where they begin."""
    lines: list[TextLine] = []
    position = 0
    for line in paragraph.lines:
        after = position + len(line.text)
        if start < after and end > position:
            begins = start >= position
            kept = line.text[: max(start - position, 0)] + (text if begins else "") + line.text[end - position :]
            lines.append(line._replace(text=kept, confidence=1.0 if begins else line.confidence))
        else:
            lines.append(line)
        position = after
    return Paragraph(tuple(lines))
