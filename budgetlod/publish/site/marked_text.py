"""Prose with places in it: the text of a section cut where mentions begin and end, and anchors before what is named.

A disclosure keeps the text of a section and, apart from it, the words of each mention, in their order. Line breaks and blanks
of the two need not be the same, so they are compared without white space.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_WORDS_OF_ANCHOR = 16


class Mark(NamedTuple):
    """A place to be marked: the words as printed, the IRI it answers for, and where it leads (``""``: an anchor only)."""

    words: str
    iri: str
    target: str = ""


@dataclass(slots=True)
class Piece:
    """A stretch of text: anchors that stand before it, and the mark that it is, if it is one."""

    text: str
    anchors: list[str] = field(default_factory=list)
    mark: Mark | None = None


class Squeezed:
    """A text without white space that remembers where each character stood."""

    def __init__(self, text: str) -> None:
        self.places = [place for place, character in enumerate(text) if not character.isspace()]
        self.text = "".join(text[place] for place in self.places)
        self.end = len(text)

    def find(self, words: str, start: int) -> tuple[int, int] | None:
        """Return where words begin and end in the text as it was, looking from a place in it on; ``None``: nowhere."""
        wanted = "".join(words.split())
        first = next((index for index, place in enumerate(self.places) if place >= start), len(self.places))
        found = self.text.find(wanted, first) if wanted else -1
        if found < 0:
            return None
        return self.places[found], self.places[found + len(wanted) - 1] + 1


def marked(text: str, marks: Sequence[Mark], anchors: Iterable[Mark] = ()) -> tuple[list[list[Piece]], list[Mark]]:
    """Return the paragraphs of a text with its marks, and the marks that it does not hold.

    Marks are looked for in their order, each behind the one before; one that is not there is looked for from the start.
    Anchors are found by their first words and may stand anywhere.
    """
    squeezed = Squeezed(text)
    spans, missing = _places(squeezed, marks)
    points: list[tuple[int, str]] = []
    for anchor in anchors:
        words = "".join(anchor.words.split())[:_WORDS_OF_ANCHOR]
        place = squeezed.find(words, 0)
        if place is None:
            missing.append(anchor)
        else:
            points.append((place[0], anchor.iri))
    return list(_paragraphs(_pieces(text, sorted(spans), sorted(points)))), missing


def _places(text: Squeezed, marks: Sequence[Mark]) -> tuple[list[tuple[int, int, Mark]], list[Mark]]:
    spans: list[tuple[int, int, Mark]] = []
    missing: list[Mark] = []
    cursor = 0
    for mark in marks:
        place = text.find(mark.words, cursor) or text.find(mark.words, 0)
        if place is None or any(place[0] < end and start < place[1] for start, end, _ in spans):
            missing.append(mark)
            continue
        spans.append((*place, mark))
        cursor = max(cursor, place[1])
    return spans, missing


def _pieces(text: str, spans: Sequence[tuple[int, int, Mark]], points: Sequence[tuple[int, str]]) -> Iterator[Piece]:
    cuts = sorted({0, len(text), *(place for place, _ in points), *(end for span in spans for end in span[:2])})
    marks = {start: mark for start, _, mark in spans}
    inside = [(start, end) for start, end, _ in spans]
    waiting: list[str] = []
    held: Piece | None = None
    for start, end in itertools.pairwise(cuts):
        waiting += [iri for place, iri in points if place == start]
        covering = next((span for span in inside if span[0] <= start < span[1]), None)
        if held is not None and covering and covering[0] != start:
            held.text += text[start:end]
            continue
        held = Piece(text[start:end], waiting, marks.get(start))
        waiting = []
        yield held
    if waiting:
        yield Piece("", waiting)


def _paragraphs(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    paragraph: list[Piece] = []
    for piece in list(pieces):
        first, *others = piece.text.split("\n") if piece.mark is None else [piece.text]
        paragraph.append(Piece(first, piece.anchors, piece.mark))
        for other in others:
            if any(part.text.strip() or part.anchors for part in paragraph):
                yield paragraph
            paragraph = [Piece(other)]
    if any(part.text.strip() or part.anchors for part in paragraph):
        yield paragraph
