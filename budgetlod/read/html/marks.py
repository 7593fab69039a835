"""Words placed on a page as glyphs: where each character stands is worked out from the size of the font."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from budgetlod.read.layout.page import Glyph

# Texts whose tops differ by less than this share of the size of the font stand on one line.
_SAME_LINE = 0.4
# A word takes up no less than this share of its width, however near the next one stands.
_NARROWEST = 0.5


class Run(NamedTuple):
    """A text on one line: its pieces (numbers are gaps in points), its corner, the size of the font, how much narrower
    than usual it is set, and the width that it is told to have (0: none).
    """

    pieces: tuple[str | float, ...]
    left: float
    top: float
    size: float
    scale: float = 1.0
    room: float = 0.0

    @property
    def width(self) -> float:
        """How wide it is, as far as can be told."""
        return sum(
            piece if isinstance(piece, float) else sum(map(advance, piece)) * self.size * self.scale
            for piece in self.pieces
        )


def glyphs(runs: Sequence[Run]) -> Iterator[Glyph]:
    """Yield the characters of the runs of a page; none reaches into the next run on its line."""
    ordered = sorted(runs, key=attrgetter("top"))
    line: list[Run] = []
    for run in ordered:
        if line and run.top - line[-1].top > _SAME_LINE * min(run.size, line[-1].size):
            yield from _line(line)
            line = []
        line.append(run)
    yield from _line(line)


def _line(runs: list[Run]) -> Iterator[Glyph]:
    ordered = sorted(runs, key=attrgetter("left"))
    for run, after in zip(ordered, [*ordered[1:], None], strict=True):
        width = run.width
        room = run.room or width
        if after is not None and after.left > run.left:
            room = min(room, after.left - run.left)
        yield from _run(run, max(min(room / width, 1.0), _NARROWEST) if width > 0 else 1.0)


def _run(run: Run, narrower: float) -> Iterator[Glyph]:
    left = run.left
    for piece in run.pieces:
        if isinstance(piece, float):
            left += piece * narrower
            continue
        for character in piece:
            right = left + advance(character) * run.size * run.scale * narrower
            if not character.isspace():
                yield Glyph(character, left, run.top, right, run.top + run.size)
            left = right


@lru_cache(4096)
def advance(character: str) -> float:
    """Return the width of a character in sizes of the font, as Chinese fonts set it.

    >>> [advance(c) for c in "收3，"]
    [1.0, 0.5, 1.0]
    """
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cc", "Cf"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
