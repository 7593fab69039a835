"""What recurs from page to page: lines that belong to the pages, not to what they say.

The reader of pages (:mod:`budgetlod.read.layout.furniture`) tells by where lines stand which ones no paragraph runs
through; it leaves them in the document. Here the words decide. Between the pages of a table any line that recurs is
furniture, captions among them (单位：万元). In prose only bare words that open or close pages are: a small heading may
well recur inside them (项目概述).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from budgetlod.core.text import fold
from budgetlod.interpret.section_lines import is_bare, numbered
from budgetlod.model.document import Paragraph

_FEWEST = 3
_LONGEST = 50


def page_furniture(paragraphs: Iterable[Paragraph]) -> frozenset[str]:
    """Return the lines that stand on three pages or more, folded."""
    short = (p for p in paragraphs if p.place.page and len(p.lines) == 1 and len(p.text) <= _LONGEST)
    return frozenset(text for text, found in _by_text(short).items() if len({p.place.page for p in found}) >= _FEWEST)


def running_titles(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Return the paragraphs (by ``id``) that open or close a page with words that do so three times or more."""
    bare = (p for p in _edges(paragraphs) if is_bare(fold(p.text)) and numbered(p.text) is None)
    return {id(p) for found in _by_text(bare).values() if len(found) >= _FEWEST for p in found}


def _by_text(paragraphs: Iterable[Paragraph]) -> dict[str, list[Paragraph]]:
    found: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        found[fold(paragraph.text)].append(paragraph)
    return found


def _edges(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the first and the last paragraph of each page."""
    pages: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        if paragraph.place.page:
            pages[paragraph.place.page].append(paragraph)
    for found in pages.values():
        yield from {id(p): p for p in (found[0], found[-1])}.values()
