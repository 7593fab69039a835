"""Put prose together again that pages and lines have cut: running titles taken out, broken paragraphs rejoined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from budgetlod.core.text import fold
from budgetlod.interpret.furniture import running_titles
from budgetlod.interpret.section_lines import PART, HeadingLine, is_bare, numbered
from budgetlod.model.document import Paragraph

_CLOSED = re.compile(r"[。;:!?.)\]」”]$")
_MARK = re.compile(r"[,、]")
# What no paragraph begins with, unless it is a number: 行政运行⏎（项）支出 5 万元.
_NO_START = ("(", ")", ",", "、", "。", ";", ":")
_MOST_PAGES = 1
_SHORT_REST = 8
# A line reaches the right margin, give or take what justification and unbreakable words leave.
_FULL = 0.88
_SLACK = 2.0


def flowing(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the prose of one file without running titles, broken paragraphs rejoined.

    A paragraph goes on in the next one where its last line is full and closes no sentence, and the next neither opens
    with a number nor is indented more. Only of formats with a layout: others do not break paragraphs.
    """
    running = running_titles(paragraphs)
    margins = _right_margins(paragraphs)
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        if id(paragraph) in running:
            continue
        if joined and _goes_on(joined[-1], paragraph, margins):
            joined[-1] = Paragraph((*joined[-1].lines, *paragraph.lines))
        else:
            joined.append(paragraph)
    return joined


def _right_margins(paragraphs: Sequence[Paragraph]) -> dict[int, float]:
    """Return how far to the right the lines of each page reach."""
    margins: dict[int, float] = defaultdict(float)
    for paragraph in paragraphs:
        for page, _, right in _extents(paragraph):
            margins[page] = max(margins[page], right)
    return margins


def _extents(paragraph: Paragraph) -> Iterator[tuple[int, float, float]]:
    for line in paragraph.lines:
        if line.place.box is not None:
            yield line.place.page, line.place.box[0], line.place.box[2]


def _goes_on(before: Paragraph, after: Paragraph, margins: dict[int, float]) -> bool:
    first, last = list(_extents(before)), list(_extents(after))
    if not first or not last or last[0][0] - first[-1][0] > _MOST_PAGES:
        return False
    page, _, right = first[-1]
    text = fold(before.text)
    if right < _FULL * margins[page] or _CLOSED.search(text) or numbered(after.text) is not None:
        return False
    if is_title(text) and len(before.lines) == 1 and not fold(after.text).startswith(_NO_START):
        return False
    head = numbered(before.text)
    if head is not None and head.bare:
        return _heading_goes_on(head, after)
    return last[0][1] <= first[0][1] + _SLACK


def is_title(words: str) -> bool:
    """Return whether words are a title: they have no mark of a sentence, not even inside it."""
    return is_bare(words) and _MARK.search(words) is None and numbered(words) is None


def _heading_goes_on(head: HeadingLine, after: Paragraph) -> bool:
    """Return whether a numbered line that could be a heading is one of several: a long title, or a cut sentence."""
    rest = fold(after.text)
    if head.level == PART:
        return len(rest) <= _SHORT_REST and is_bare(rest)
    return rest[:1] in _NO_START or (_CLOSED.search(rest) is not None and "," in head.words)
