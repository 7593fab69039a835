"""From glyphs to lines, and from lines to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from budgetlod.model.document import Box, Paragraph, Place, TextLine
from budgetlod.read.layout.page import Glyph
from budgetlod.read.opening import OPENS_PARAGRAPH

# In heights of the text: a gap that is a space between words, one that parts what stands side by side, and how far
# a line must be indented, end before the margin or stand below the last to be told from its running on.
_SPACE, _APART = 0.3, 2.5
_INDENT, _SHORT, _BELOW = 1.0, 2.0, 1.1
_OTHER_SIZE = 1.3
# A title is larger than most text of its page; its lines have one centre and one size (all but).
_TITLE, _SAME_CENTRE, _SAME_SIZE = 1.15, 0.6, 1.05
# A page with fewer full lines than this has no margins that could tell whether its text runs over its end.
_FEWEST_FULL = 2
# A line of contents ends with dots and a number.
_LEADER = re.compile(r"(?:…|\.{4}|·{4}|．{4}|-{5}|_{5}).{0,12}$")
# The same character so little (in its width) beside itself is one printed twice, to look bold.
_TWICE = 0.3
# Glyphs whose middles are nearer than this (in heights) stand on one line.
_ONE_LINE = 0.5


@dataclass(slots=True)
class Line:
    """Glyphs on one line, from left to right; ``height`` is that of most of them, about the size of the font."""

    glyphs: Sequence[Glyph]
    box: Box = field(init=False)
    height: float = field(init=False)

    def __post_init__(self) -> None:
        """Measure the line."""
        self.box = (
            self.glyphs[0].left,
            min(glyph.top for glyph in self.glyphs),
            max(glyph.right for glyph in self.glyphs),
            max(glyph.bottom for glyph in self.glyphs),
        )
        self.height = sorted(glyph.bottom - glyph.top for glyph in self.glyphs)[len(self.glyphs) // 2]

    @property
    def centre(self) -> float:
        """The centre from left to right."""
        return (self.box[0] + self.box[2]) / 2

    @property
    def text(self) -> str:
        """The text, with a space at each gap between words."""
        return _spaced(self.glyphs)

    @property
    def confidence(self) -> float:
        """The lowest confidence of the glyphs."""
        return min(glyph.confidence for glyph in self.glyphs)


def _spaced(glyphs: Sequence[Glyph]) -> str:
    pieces: list[str] = []
    end = glyphs[0].left
    for text, left, top, right, bottom, _ in glyphs:
        if left - end > _SPACE * (bottom - top):
            pieces.append(" ")
        pieces.append(text)
        end = right
    return "".join(pieces)


def text_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return glyphs as lines from top to bottom; a glyph belongs to a line whose middle it covers."""
    return [Line(row) for row in _rows(sorted(glyphs, key=_middle))]


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """Return the text of a cell, a printed line a line."""
    return "\n".join(_spaced(row) for row in _rows(sorted(glyphs, key=_middle))) if glyphs else ""


def _middle(glyph: Glyph) -> float:
    return glyph[2] + glyph[4]


def _left(glyph: Glyph) -> float:
    return glyph[1]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return glyphs, sorted by their middles, as lines from left to right."""
    rows: list[list[Glyph]] = []
    twice = height = 0.0
    for glyph in glyphs:
        top, bottom = glyph[2], glyph[4]
        own = bottom - top
        # The middles are doubled on both sides.
        if rows and top + bottom - twice < 2 * _ONE_LINE * (own if own < height else height):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
        # A full stop or a minus sign is as high as its font here, so the last glyph speaks for its line.
        twice, height = top + bottom, own
    for row in rows:
        row.sort(key=_left)
    return [_once(row) for row in rows]


def _once(row: list[Glyph]) -> list[Glyph]:
    """Return a line without the characters that are printed twice at one place."""
    kept: list[Glyph] = []
    for glyph in row:
        twin = kept[-1] if kept and kept[-1][0] == glyph[0] else None
        if twin is None and len(kept) > 1 and kept[-2][0] == glyph[0]:
            twin = kept[-2]
        if twin is None or glyph[1] - twin[1] > _TWICE * (glyph[3] - glyph[1]):
            kept.append(glyph)
    return kept


def pieces(line: Line, gap: float = _APART) -> list[Line]:
    """Return a line as the pieces that stand apart on it (部门：… at the left, 单位：万元 at the right).

    ``gap`` is how far apart, in heights of the text.
    """
    glyphs = line.glyphs
    cuts = []
    before = glyphs[0]
    for at, glyph in enumerate(glyphs):
        apart = glyph[1] - before[3]
        if apart > 0 and apart > gap * max(before[4] - before[2], glyph[4] - glyph[2]):
            cuts.append(at)
        before = glyph
    if not cuts:
        return [line]
    return [Line(glyphs[start:end]) for start, end in zip([0, *cuts], [*cuts, len(glyphs)], strict=True)]


@dataclass(slots=True)
class Block:
    """The lines of a paragraph; ``opens`` and ``ends`` tell whether it begins and ends here, or runs over the page."""

    lines: list[Line]
    opens: bool = True
    ends: bool = True

    @property
    def top(self) -> float:
        """Where it begins on the page."""
        return self.lines[0].box[1]


class Margins(NamedTuple):
    """Where the text of a page begins and ends; ``full`` lines reach from one margin to the other."""

    left: float
    right: float
    full: int


def margins(lines: Sequence[Line]) -> Margins:
    """Return the margins of a page, of which the lines in tables are left out."""
    left = min((line.box[0] for line in lines), default=0.0)
    right = max((line.box[2] for line in lines), default=0.0)
    full = sum(line.box[2] > right - _SHORT * line.height and line.box[0] < left + 3 * line.height for line in lines)
    return Margins(left, right, full)


def usual_margins(pages: Sequence[Margins]) -> Margins | None:
    """Return the margins of most pages that have enough text to tell them."""
    telling = [page for page in pages if page.full >= _FEWEST_FULL]
    if not telling:
        return None
    return Margins(median(page.left for page in telling), median(page.right for page in telling), _FEWEST_FULL)


def told_by(page: Margins, usual: Margins | None) -> Margins:
    """Return the margins of a page, by what is usual where a page has too little text to tell them."""
    if usual is None or page.full >= _FEWEST_FULL:
        return page
    return Margins(min(page.left, usual.left), max(page.right, usual.right), usual.full)


class Setting(NamedTuple):
    """How the text of a page is set.

    ``margins`` are those of the page; ``usual`` those that tell whether text runs over its end, if the page has too
    little text to tell. ``size`` is that of most text of the page, ``body`` that of most text outside tables.
    """

    margins: Margins
    usual: Margins
    size: float
    body: float


def paragraphs(lines: Sequence[Line], setting: Setting) -> list[Block]:
    """Return lines that stand one below another, those of tables left out, as paragraphs.

    A line opens a paragraph when it is indented, when the line before it ends early, stands far above or is set in
    another size, or when its words open one (一、 / 1.). Lines of a title, larger than most text, belong together
    where they have one centre.
    """
    margins, usual, size, body = setting
    blocks: list[Block] = []
    before: list[Line] = []
    for row in (pieces(line) for line in lines):
        alone = len(row) == len(before) == 1
        if alone and (_is_title(before[0], row[0], min(size, body)) or not _parted(before[0], row[0], margins)):
            blocks[-1].lines.append(row[0])
        else:
            blocks.extend(Block([piece]) for piece in row)
        before = row
    for block in blocks:
        first, last = block.lines[0], block.lines[-1]
        block.opens = _opens(first, usual.left) or first.height > _OTHER_SIZE * body
        block.ends = usual.full < _FEWEST_FULL or _ends(last, usual.right)
    return blocks


def _ends(line: Line, right: float) -> bool:
    """Return whether a paragraph ends with a line for sure."""
    return line.box[2] < right - _SHORT * line.height or line.text[-1:] in "。：:；;" or bool(_LEADER.search(line.text))


def _opens(line: Line, left: float) -> bool:
    return line.box[0] > left + _INDENT * line.height or bool(OPENS_PARAGRAPH.match(line.text))


def _parted(before: Line, line: Line, margins: Margins) -> bool:
    return (
        _opens(line, margins.left)
        or bool(_LEADER.search(before.text))
        or before.box[2] < margins.right - _SHORT * before.height
        or line.box[1] - before.box[3] > _BELOW * line.height
        or max(line.height, before.height) > _OTHER_SIZE * min(line.height, before.height)
    )


def _is_title(before: Line, line: Line, size: float) -> bool:
    """Return whether two lines are one title: entries of a list have one left edge too, lines of a title have not."""
    return (
        min(line.height, before.height) > _TITLE * size
        and max(line.height, before.height) < _SAME_SIZE * min(line.height, before.height)
        and abs(line.centre - before.centre) < _SAME_CENTRE * line.height < abs(line.box[0] - before.box[0])
        and line.box[1] - before.box[3] < _BELOW * line.height
        and not OPENS_PARAGRAPH.match(line.text)
        and line.text[0] not in "(（"
    )


def common_height(heights: Iterable[float]) -> float:
    """Return the height of most text, 0 where there is none."""
    found = list(heights)
    return median(found) if found else 0.0


def as_paragraph(lines: Sequence[Line], page: int, number: int) -> Paragraph:
    """Return lines as a paragraph; ``number`` is that of its first line on the page."""
    return Paragraph(
        tuple(
            TextLine(line.text, Place(page=page, line=at, box=line.box), line.confidence)
            for at, line in enumerate(lines, number)
        )
    )
