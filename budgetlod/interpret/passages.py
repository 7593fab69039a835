"""A paragraph of prose as the reader works on it: flat text that leads back to what is printed."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from budgetlod.interpret.outline import RawSection
from budgetlod.model.document import Paragraph, Place

_LEFT_OUT = "“”\"'‘’「」*"


class Passage(NamedTuple):
    """A paragraph of a section: its text without white space and quotation marks, each character with its offset.

    ``more`` is true when the paragraph after it carries the text on: it opens no item of its own.
    """

    section: RawSection
    paragraph: Paragraph
    text: str
    offsets: tuple[int, ...]
    more: bool = False

    def printed(self, start: int, end: int) -> tuple[str, Place]:
        """Return the text as printed between two positions of the flat text, and its place."""
        first, last = self.offsets[start], self.offsets[end - 1]
        return self.paragraph.text[first : last + 1], self.paragraph.place_at(first)


def flatten(section: RawSection, paragraph: Paragraph, more: bool = False) -> Passage:
    """Return a paragraph in NFKC form without white space and quotation marks, with offsets into the original."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(paragraph.text):
        if character.isspace() or character in _LEFT_OUT:
            continue
        for folded in unicodedata.normalize("NFKC", character):
            characters.append(folded)
            offsets.append(offset)
    return Passage(section, paragraph, "".join(characters), tuple(offsets), more)
