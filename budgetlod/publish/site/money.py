"""Amounts as readers of a page expect them: grouped, exact, with a real minus sign."""

from __future__ import annotations

from decimal import Decimal


def ten_thousands(yuan: Decimal) -> str:
    """Return an amount in 万元 with thousands separators and at least two decimals; nothing is rounded."""
    return grouped(yuan.scaleb(-4), 2)


def millions(yuan: Decimal) -> str:
    """Return an amount in million yuan with thousands separators; nothing is rounded."""
    return grouped(yuan.scaleb(-6), 1)


def yuan_text(yuan: Decimal) -> str:
    """Return an amount in yuan with thousands separators and the decimals that it needs."""
    return grouped(yuan, 0)


def signed(yuan: Decimal) -> str:
    """Return a change in 万元 with a triangle and its sign: direction is never told by colour alone."""
    if not yuan:
        return ten_thousands(yuan)
    return f"▲ +{ten_thousands(yuan)}" if yuan > 0 else f"▼ {ten_thousands(yuan)}"


def percent_text(percent: Decimal) -> str:
    """Return a change in per cent with its sign: exact where it is stated, a real minus."""
    return f"{grouped(percent, 1, sign=True)}%"


def grouped(value: Decimal, decimals: int, *, sign: bool = False) -> str:
    """Return a number with thousands separators, at least so many decimals, and a real minus; nothing is rounded."""
    shortest = value.normalize()
    exponent = shortest.as_tuple().exponent
    places = max(decimals, -exponent if isinstance(exponent, int) else 0)
    return f"{shortest:{'+' if sign and value else ''},.{places}f}".replace("-", "\N{MINUS SIGN}")
