"""Page numbers and running heads and feet: lines that stand on a page, but not in its text.

They stay paragraphs of their own, for nothing is dropped; but no paragraph runs through them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from budgetlod.read.layout.lines import Line

# Heads and feet stand in this share of a page at its upper and lower edge.
_MARGIN = 0.12
_FEWEST_PAGES = 3
# On all its pages a running line stands at the same height, all but this (points).
_SAME_HEIGHT = 3.0
_DASH = r"[-—–―－_~·•.\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}(?:\d{{1,4}}|[ivxIVX]+){_DASH}|第\s*\d+\s*页|第?\s*\d+\s*页?\s*[,，/／]?\s*共\s*\d+\s*页|\d+\s*[/／]\s*\d+"
)
_DIGITS = re.compile(r"\d+")


class Running(NamedTuple):
    """A line in the margin of a page: how far from the page's upper edge, or (negative) from its lower one."""

    text: str
    offset: float


def in_margin(line: Line, height: float) -> Running | None:
    """Return a line of a page of some ``height`` as one that may be a head or foot; ``None`` if it is inside the page."""
    _, top, _, bottom = line.box
    if bottom < _MARGIN * height:
        return Running(_DIGITS.sub("0", line.text), top)
    if top > (1 - _MARGIN) * height:
        return Running(_DIGITS.sub("0", line.text), bottom - height)
    return None


def running_lines(pages: Sequence[Sequence[Running]]) -> dict[str, float]:
    """Return the texts (numbers as 0) that stand at one height in the margins of three pages or more, and that height."""
    offsets: dict[str, list[float]] = {}
    for page in pages:
        for line in page:
            offsets.setdefault(line.text, []).append(line.offset)
    found: dict[str, float] = {}
    for text, heights in offsets.items():
        usual = median(heights)
        if sum(abs(height - usual) <= _SAME_HEIGHT for height in heights) >= _FEWEST_PAGES:
            found[text] = usual
    return found


def is_furniture(line: Line, height: float, running: dict[str, float]) -> bool:
    """Return whether a line is a page number, or one of the ``running`` lines at its height."""
    place = in_margin(line, height)
    if place is None:
        return False
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    return abs(running.get(place.text, float("inf")) - place.offset) <= _SAME_HEIGHT
