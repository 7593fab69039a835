"""Find the table of contents where it is printed as lines of text, with or without leaders and page numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from budgetlod.core.text import fold, label_key
from budgetlod.interpret.recognise import is_contents, is_page_number
from budgetlod.interpret.section_lines import PART, entry_text, is_bare, numbered
from budgetlod.model.document import Block, Grid, Paragraph, Place

_TITLES = frozenset({"目录", "目次", "目录页"})
_FEWEST = 3
# Contents stand at the front: a document that has begun to speak has none any more.
_LATEST = 60


def contents_lines(blocks: Sequence[Block], used: Collection[Place]) -> list[Paragraph]:
    """Return the paragraphs of one file that are entries of its contents; ``used`` are the places of tables.

    They open with 目录, or are the first numbered lines; they end where a line says again what an entry says, where
    the numbers of the parts begin again, or with a sentence. Without 目录 only lines that are said again count.
    """
    start, titled = _start(blocks, used)
    run = _Run(titled)
    for block in blocks[start:]:
        if isinstance(block, Grid):
            if is_contents(block):
                run.listed.update(label_key(_words("".join(row.cells))) for row in block.rows)
                continue
            break
        if block.place in used:
            break
        if not is_page_number(block.text) and not run.take(block):
            break
    return run.entries()


def _start(blocks: Sequence[Block], used: Collection[Place]) -> tuple[int, bool]:
    """Return where the entries begin, and whether a title stands over them."""
    first = len(blocks)
    for position, block in enumerate(blocks[:_LATEST]):
        if isinstance(block, Paragraph) and block.place not in used:
            if fold(block.text) in _TITLES:
                return position + 1, True
            if first == len(blocks) and numbered(block.text):
                first = position
    return first, False


def _words(text: str) -> str:
    line = numbered(entry_text(text))
    return line.words if line else entry_text(text)


class _Run:
    """The entries so far."""

    def __init__(self, titled: bool) -> None:
        self.titled = titled
        self.lines: list[Paragraph] = []
        self.listed: set[str] = set()
        self.parts: set[int] = set()
        self.again = False

    def take(self, paragraph: Paragraph) -> bool:
        """Take a line as an entry; return false where the contents are over."""
        text = entry_text(fold(paragraph.text))
        line, key = numbered(text), label_key(_words(text))
        if not is_bare(text):
            self._give_back(paragraph)
            return False
        if (len(key) > 1 and key in self.listed) or (line and line.level == PART and line.number in self.parts):
            self.again = True
            return False
        if line is None and self.titled and self.lines and paragraph.place.page != self.lines[0].place.page:
            return False
        if line and line.level == PART:
            self.parts.add(line.number)
        self.listed.add(key)
        self.lines.append(paragraph)
        return True

    def _give_back(self, sentence: Paragraph) -> None:
        """Take away the headings right above the first sentence, on its page: they are no entries any more."""
        page = sentence.place.page
        while self.lines and page and self.lines[-1].place.page == page != self.lines[0].place.page:
            self.lines.pop()

    def entries(self) -> list[Paragraph]:
        """Return the entries, none if they are too few or nothing shows that they are contents."""
        few = sum(numbered(line.text) is not None for line in self.lines) < _FEWEST
        return [] if few or not (self.titled or self.again) else self.lines


def by_file(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of each file of a document."""
    parts: dict[int, list[Block]] = {}
    for block in blocks:
        parts.setdefault(block.place.part, []).append(block)
    yield from parts.values()
