"""Printed numbers, exactly: text to ``decimal.Decimal``, never through a float."""

from __future__ import annotations

import re
from decimal import Decimal

from budgetlod.core.text import squeeze

_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
# Full-width forms and the minus sign only: ① and ² are no digits of an amount.
_PLAIN = str.maketrans("０１２３４５６７８９，．－−（）", "0123456789,.--()")
CENT = Decimal("0.01")


def parse_number(text: str) -> Decimal | None:
    """Return the number a cell prints, or ``None`` when the text is anything else.

    White space inside the number (``1234 .50``), thousands separators and full-width digits are read through; a
    number in brackets is negative, as accountants print it.
    """
    body = squeeze(text).translate(_PLAIN)
    negative = body.startswith("(") and body.endswith(")")
    body = body[1:-1] if negative else body
    if not _NUMBER.fullmatch(body):
        return None
    value = Decimal(body.replace(",", ""))
    return -value if negative else value


def decimals(value: Decimal) -> int:
    """Return how many digits are printed after the point."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def in_yuan(value: Decimal, factor: Decimal) -> Decimal:
    """Return an amount printed in a unit worth ``factor`` yuan as yuan with at least two decimals, exactly."""
    amount = value * factor
    exponent = amount.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        return amount.normalize()
    return amount.quantize(CENT)


def plain(value: Decimal) -> Decimal:
    """Return ``value`` without an exponent and without zeros at the end: 100, 0.5, 95."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
