"""Borders and thin boxes of placed elements as the rulings of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from budgetlod.read.html.styles import Declarations, points
from budgetlod.read.layout.page import Ruling

# A filled box no thicker than this (points) is a line.
_THICKEST_LINE = 3.0
_WIDTHS = {"thin": 0.75, "medium": 2.25, "thick": 3.75}
_DRAWN = frozenset({"solid", "double", "dashed", "dotted", "groove", "ridge", "inset", "outset"})
_SIDES = ("top", "right", "bottom", "left")
_FUNCTION = re.compile(r"\([^()]*\)")
# What pdfminer writes for a border that is not to be drawn: no colour, so that browsers refuse the declaration.
_NO_COLOUR = frozenset({"transparent", "textbox"})
_CLEAR = frozenset({"", "none", "transparent", "inherit", "initial"})


class Rectangle(NamedTuple):
    """Where a box lies on its page, in points."""

    left: float
    top: float
    width: float
    height: float


def border_rulings(style: Declarations, box: Rectangle) -> Iterator[Ruling]:
    """Yield the lines that an element draws: its borders, or itself where it is thin and filled."""
    left, top, right, bottom = box.left, box.top, box.left + box.width, box.top + box.height
    for side in _drawn_sides(tuple(entry for entry in style.items() if entry[0].startswith("border"))):
        if side in ("top", "bottom"):
            if right > left:
                yield Ruling(True, top if side == "top" else bottom, left, right)
        elif bottom > top:
            yield Ruling(False, left if side == "left" else right, top, bottom)
    if min(box.width, box.height) <= _THICKEST_LINE < max(box.width, box.height) and _is_filled(style):
        if box.width > box.height:
            yield Ruling(True, (top + bottom) / 2, left, right)
        else:
            yield Ruling(False, (left + right) / 2, top, bottom)


@lru_cache(1024)
def _drawn_sides(borders: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return which sides have a border; a page of boxes has few kinds of them."""
    return tuple(side for side in _SIDES if _is_drawn(dict(borders), side)) if borders else ()


def _is_drawn(style: Declarations, side: str) -> bool:
    """Return whether a side has a border: a style that draws, a width that is not 0, a colour that is seen."""
    whole = style.get(f"border-{side}", style.get("border", ""))
    words = _FUNCTION.sub("", whole).split()
    kind = style.get(f"border-{side}-style") or style.get("border-style") or next((w for w in words if w in _DRAWN), "")
    width = (
        style.get(f"border-{side}-width")
        or style.get("border-width")
        or next((w for w in words if _is_width(w)), "medium")
    )
    size = _WIDTHS.get(width, points(width))
    return kind.split(" ")[0] in _DRAWN and size != 0 and not _NO_COLOUR & set(words)


def _is_width(word: str) -> bool:
    return word in _WIDTHS or (word[:1].isdigit() or word[:1] == ".")


def _is_filled(style: Declarations) -> bool:
    colour = style.get("background-color") or style.get("background") or ""
    return colour not in _CLEAR and not colour.startswith("url")
