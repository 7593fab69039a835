"""The geometry of the charts: shares, places of segments and steps, and from which width a label fits.

All places are per cent of the width of the chart, as text with three decimals: the picture is as wide as its page and text
in it keeps its size. Shares are computed from exact decimals.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

THRESHOLDS = (270, 400, 600, 820, 1040)
"""Widths in pixels of a strip from which the style sheet shows labels that need it."""
_LABEL_SIZE = 14
_MARGIN = 16
_THOUSANDTH = Decimal("0.001")


class Span(NamedTuple):
    """A place on a line: where it begins and how long it is, in per cent."""

    start: Decimal
    length: Decimal

    @property
    def x(self) -> str:
        """Where it begins, for an attribute."""
        return per_cent(self.start)

    @property
    def width(self) -> str:
        """How long it is, for an attribute."""
        return per_cent(self.length)

    @property
    def end(self) -> str:
        """Where it ends, for an attribute."""
        return per_cent(self.start + self.length)


class Step(NamedTuple):
    """One row of a waterfall: the bar, and whether it goes up."""

    bar: Span
    rises: bool


def per_cent(value: Decimal) -> str:
    """Return a per cent value for an attribute.

    ``per_cent(Decimal("61.68453")) == "61.685%"``
    """
    return f"{value.quantize(_THOUSANDTH, ROUND_HALF_EVEN).normalize():f}%"


def shares(amounts: Sequence[Decimal], whole: Decimal | None = None) -> list[Decimal]:
    """Return each amount's share of the whole (of their sum, where none is given) in per cent; zeros for a whole of zero."""
    total = sum(amounts, Decimal()) if whole is None else whole
    return [amount * 100 / total if total else Decimal() for amount in amounts]


def spans(amounts: Sequence[Decimal]) -> list[Span]:
    """Return segments side by side that fill a strip: their lengths add up to 100 to the last decimal.

    The ends are rounded, not the lengths, so that no gap opens between two segments.
    """
    total = sum(amounts, Decimal())
    ends = [Decimal()]
    for amount in amounts:
        ends.append(ends[-1] + amount)
    places = [(end * 100 / total).quantize(_THOUSANDTH, ROUND_HALF_EVEN) if total else Decimal() for end in ends]
    return [Span(start, end - start) for start, end in itertools.pairwise(places)]


def waterfall(start: Decimal, changes: Sequence[Decimal]) -> tuple[Decimal, list[Step], Decimal]:
    """Return where the total of last year stands, one step for each change, and where the total of this year stands.

    The line is as long as the way that the steps take, so that the smallest step is as large as can be; the totals
    themselves may lie far outside, which is why only differences are drawn.
    """
    places = [Decimal()]
    for change in changes:
        places.append(places[-1] + change)
    low, high = min(places), max(places)
    reach = high - low or abs(start) or Decimal(1)

    def at(value: Decimal) -> Decimal:
        return (value - low) * 100 / reach

    steps = [
        Step(Span(at(min(here, there)), at(max(here, there)) - at(min(here, there))), there > here)
        for here, there in itertools.pairwise(places)
    ]
    return at(Decimal()), steps, at(places[-1])


def text_width(text: str, size: int = _LABEL_SIZE) -> int:
    """Return how wide a text is at most, in pixels: Chinese 1 em, Latin letters and digits 0.6 em."""
    wide = sum(10 if unicodedata.east_asian_width(character) in "WF" else 6 for character in text)
    return -(-wide * size // 10)


def fits_from(text: str, share: Decimal) -> int:
    """Return the width of a strip from which a label fits its segment; 0 where it never does."""
    if not share:
        return 0
    needed = (text_width(text) + _MARGIN) * 100 / share
    return next((width for width in THRESHOLDS if width >= needed), 0)


def stairs(shares_by_month: Sequence[tuple[int, Decimal]], width: int, height: int) -> str:
    """Return the path of a cumulative payment plan over twelve months, for the attribute ``d`` of a path.

    ``stairs([(6, Decimal(50)), (12, Decimal(100))], 60, 20) == "M0 20H30V10H60V0"``
    """
    path = f"M0 {height}"
    for month, share in shares_by_month:
        x = Decimal(month) * width / 12
        y = height - share * height / 100
        path += f"H{_plain(x)}V{_plain(y)}"
    return path


def dots(years: Sequence[int], amounts: Sequence[Decimal | None]) -> list[tuple[str, str] | None]:
    """Return where each year's dot stands (x and y in per cent, the highest amount on top); ``None`` for a missing amount.

    The scale begins at zero: a dot twice as high stands for twice as much.
    """
    first, last = min(years), max(years)
    reach = last - first or 1
    highest = max((amount for amount in amounts if amount is not None), default=Decimal()) or Decimal(1)
    places: list[tuple[str, str] | None] = []
    for year, amount in zip(years, amounts, strict=True):
        x = Decimal(5) + Decimal(year - first) * 90 / reach if last != first else Decimal(50)
        places.append(None if amount is None else (per_cent(x), per_cent(90 - amount * 80 / highest)))
    return places


def _plain(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')).normalize():f}"
