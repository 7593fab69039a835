"""The payment plan of a project as a step chart: the share paid by the end of each month, in per cent of the picture.

Across, positions are per cent of the width, so that the chart follows the page and its text keeps its size.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

HEIGHT: Final = 130
_TOP: Final = 18
_BASE: Final = 108
_MONTHS: Final = 12


class Payment(NamedTuple):
    """By the end of a month (1 to 12), the share of the money that is to be paid, in per cent."""

    month: int
    share: Decimal


class Bar(NamedTuple):
    """One step: from ``left`` it reaches ``width`` (per cent of the width), ``top`` and ``height`` are pixels.

    ``anchor`` is where the words of the step begin or end (SVG ``text-anchor``).
    """

    month: int
    share: Decimal
    left: str
    width: str
    top: int
    height: int
    anchor: str


def bars(payments: Iterable[Payment]) -> list[Bar]:
    """Return the steps of a plan, by month; a step lasts until the next one, the last until the end of the year. A project
    without a plan has none.

    Shares over 100 are drawn at 100: the words say what is planned.
    """
    ordered = sorted(payments)
    ends = [*(payment.month for payment in ordered), _MONTHS][1:]
    return [_bar(payment, end) for payment, end in zip(ordered, ends, strict=True)]


def _bar(payment: Payment, end: int) -> Bar:
    share = min(max(payment.share, Decimal(0)), Decimal(100))
    height = int((_BASE - _TOP) * share / 100)
    left = Decimal(100 * payment.month) / _MONTHS
    width = Decimal(100 * (end - payment.month)) / _MONTHS
    late = payment.month >= _MONTHS - 1
    return Bar(
        payment.month, payment.share, _plain(left), _plain(width), _BASE - height, height, "end" if late else "start"
    )


def _plain(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
