"""Print the number of a cell as the sheet shows it: by its number format (ECMA-376 part 1, 18.8.30 and 18.8.31).

Programs keep numbers as binary floating point; what was published is what the format shows of them: ``1,234.50``,
``12.3%``, ``05``. Without a format the shortest decimal number is printed that the program itself would show: it
keeps fifteen digits, which takes away the noise of binary sums (1668.1399999999999 is 1668.14).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00",
    9: "0%", 10: "0.00%", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '#,##0.00;-#,##0.00;"-"',
}  # fmt: skip
"""The formats that a workbook names by number alone; currency signs are left out."""

# Noise of binary arithmetic: no amount, in whatever unit, has a digit behind the ninth after the point.
_NOISE = Decimal("1e-9")
_DIGITS = 15
_MOST_DECIMALS = 8
_SHORT = 10
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([0#?.,]+)|(%)|(.)', re.DOTALL)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*', re.DOTALL)
# Exponents, fractions, dates and the like: the number is printed as without a format.
_UNUSUAL = re.compile(r"[EeyYmMdDhHsSgG/@]")
_CONDITION = re.compile(r"\[[<>=]")
_CURRENCY = frozenset("¥￥$€£ ")


class _Form(NamedTuple):
    """One section of a format: what stands before and after the number, and how that is printed."""

    before: str
    after: str
    digits: int
    decimals: tuple[int, int]
    grouped: bool
    scale: int
    empty: bool


def plain_number(value: float) -> str:
    """Return a number as a program shows it without a format.

    >>> plain_number(1668.1399999999999), plain_number(2010301.0), plain_number(1 / 3)
    ('1668.14', '2010301', '0.333333333333333')
    """
    return _written(_exact(value))


def shown_number(value: float, code: str) -> str:
    """Return a number as a format shows it; as :func:`plain_number` where the format is none for numbers.

    >>> shown_number(1234.5, "#,##0.00"), shown_number(0.0523, "0.0%"), shown_number(5.0, "00")
    ('1,234.50', '5.2%', '05')
    >>> shown_number(0.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ')
    '-'
    """
    number = _exact(value)
    sections = _sections(code)
    if not sections:
        return _written(number)
    which = 2 if number == 0 and len(sections) > 2 else 1 if number < 0 and len(sections) > 1 else 0
    form = sections[which]
    sign = "-" if number < 0 and which == 0 else ""
    body = "" if form.empty else _digits(abs(number), form)
    if not body.strip("0.,"):  # what rounds to zero has no sign
        sign = ""
    return f"{form.before}{sign}{body}{form.after}".strip()


def _exact(value: float) -> Decimal:
    """Return the decimal number that a floating point number stands for: fifteen digits, without noise."""
    text = repr(value)
    if len(text) <= _SHORT and "e" not in text and text[-1].isdigit():
        return Decimal(text.removesuffix(".0"))  # nearly all: no noise, nothing to look for
    number = Decimal(f"{value:.{_DIGITS}g}")
    if not number.is_finite():
        return number
    for places in range(_MOST_DECIMALS + 1):
        near = round(number, places)
        if abs(near - number) < _NOISE:
            return near
    return number


def _written(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Form, ...]:
    """Return the sections of a format, none where it is not one for plain numbers."""
    if not code or _CONDITION.search(code):
        return ()
    texts = _split(code)[:3]
    bare = [re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", text) for text in texts]
    if not texts or any(_UNUSUAL.search(text) for text in bare):
        return ()
    if not any(character in bare[0] for character in "0#?"):
        return ()
    return tuple(_form(text) for text in texts)


def _split(code: str) -> list[str]:
    """Return the sections of a format: for positive numbers, negative ones and zero; an empty one prints nothing."""
    texts, position = [], 0
    while match := _SECTION.match(code, position):
        texts.append(match[0])
        position = match.end() + 1
        if match.end() >= len(code) or code[match.end()] != ";":
            break
    return texts


def _form(section: str) -> _Form:
    before, after, digits, percent = "", "", "", 0
    for match in _TOKEN.finditer(section):
        quoted, escaped, _, places, sign, other = match.groups()
        percent += bool(sign)
        literal = quoted or escaped or sign or other or ""
        literal = "".join(character for character in literal if character not in _CURRENCY)
        if places and not set(places) <= {"?"}:
            digits += places
        elif digits:
            after += literal
        else:
            before += literal
    whole, _, rest = digits.partition(".")
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (whole, rest))
    return _Form(
        before,
        after,
        whole.count("0"),
        (rest.count("0"), len(rest.replace(",", ""))),
        "," in whole.rstrip(","),
        2 * percent - 3 * thousands,
        not digits,
    )


def _digits(number: Decimal, form: _Form) -> str:
    least, most = form.decimals
    scaled = number.scaleb(form.scale).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    whole, _, rest = f"{scaled:f}".partition(".")
    rest = rest[:least] + rest[least:].rstrip("0")
    whole = whole.lstrip("0").rjust(form.digits, "0")
    if form.grouped and whole:
        whole = f"{int(whole):,}".rjust(form.digits, "0")
    return f"{whole}.{rest}" if rest else whole
