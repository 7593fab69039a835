"""The numbers that Word prints before paragraphs: they are not in the text but counted by the program.

ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats). Without them "一、" and "（一）" would be missing from
most documents, and with them the outline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
# No document counts further; beyond it a number written out grows without bound.
_MOST = 9999
# Formats and styles may refer to one another; a chain longer than this is a circle.
_LONGEST_CHAIN = 12

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Level(NamedTuple):
    """One level of a list: where it starts, how it counts and what it prints (``第%1章``)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass
class Numbering:
    """The lists of a document and how far each has counted; ask for the paragraphs in their order."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    restarts: dict[str, dict[int, Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    default: str = ""
    counts: dict[str, list[int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def prefix(self, properties: etree._Element | None) -> str:
        """Return what is printed before a paragraph with these properties (``w:pPr``), and count it."""
        number, level = self._list_of(properties)
        list_ = self.lists.get(number, "")
        if not list_ or not 0 <= level < _LEVELS:
            return ""
        self._count(number, list_, level)
        return self._printed(number, list_, level)

    def _list_of(self, properties: etree._Element | None) -> tuple[str, int]:
        """Return the list and level of a paragraph: its own, else those of its style."""
        style = value(properties, "pStyle") or self.default
        number, level = self.styles.get(style, ("", 0))
        own = None if properties is None else properties.find(f"{_W}numPr")
        if own is not None:
            number = value(own, "numId") or number
            level = whole(value(own, "ilvl"), level)
        return number, level

    def _level(self, number: str, list_: str, level: int) -> Level:
        return self.restarts.get(number, {}).get(level) or self.levels.get(list_, {}).get(level) or Level()

    def _count(self, number: str, list_: str, level: int) -> None:
        """Count one on; lists of one definition count on together unless a list starts anew."""
        counts = self.counts.setdefault(list_, [-1] * _LEVELS)
        if number not in self.begun:
            self.begun.add(number)
            for restarted in self.restarts.get(number, {}):
                counts[restarted] = -1
        for upper in range(level):
            if counts[upper] < 0:
                counts[upper] = self._level(number, list_, upper).start
        start = self._level(number, list_, level).start
        counts[level] = start if counts[level] < 0 else counts[level] + 1
        counts[level + 1 :] = [-1] * (_LEVELS - level - 1)

    def _printed(self, number: str, list_: str, level: int) -> str:
        here = self._level(number, list_, level)
        if here.format in ("bullet", "none"):
            return "" if here.format == "bullet" else _PLACEHOLDER.sub("", here.text)
        counts = self.counts[list_]

        def part(match: re.Match[str]) -> str:
            upper = int(match[1]) - 1
            format_ = "decimal" if here.legal else self._level(number, list_, upper).format
            return written(max(counts[upper], 0), format_)

        return _PLACEHOLDER.sub(part, here.text)


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """Return the lists that the parts ``numbering.xml`` and ``styles.xml`` define; either may be missing."""
    found = Numbering()
    if styles is not None:
        _read_styles(styles, found)
    if numbering is None:
        return found
    linked: dict[str, str] = {}
    for abstract in numbering.iterchildren(f"{_W}abstractNum"):
        key = abstract.get(f"{_W}abstractNumId", "")
        found.levels[key] = dict(map(_read_level, abstract.iterchildren(f"{_W}lvl")))
        if style := value(abstract, "numStyleLink"):
            linked[key] = style
    for number in numbering.iterchildren(f"{_W}num"):
        name = number.get(f"{_W}numId", "")
        found.lists[name] = value(number, "abstractNumId")
        _read_restarts(name, number, found)
    for key, style in linked.items():
        # The definition stands with the list that the style of lists names.
        target = found.lists.get(found.styles.get(style, ("", 0))[0], "")
        found.levels[key] = found.levels.get(target, {})
    return found


def _read_level(element: etree._Element) -> tuple[int, Level]:
    number = whole(element.get(f"{_W}ilvl", ""), 0)
    legal = element.find(f"{_W}isLgl") is not None
    format_ = value(element, "numFmt") or "decimal"
    return number, Level(whole(value(element, "start"), 1), format_, value(element, "lvlText"), legal)


def _read_restarts(name: str, number: etree._Element, found: Numbering) -> None:
    for override in number.iterchildren(f"{_W}lvlOverride"):
        index = whole(override.get(f"{_W}ilvl", ""), 0)
        own = override.find(f"{_W}lvl")
        base = found.levels.get(found.lists[name], {}).get(index, Level())
        level = base if own is None else _read_level(own)[1]
        start = whole(value(override, "startOverride"), level.start)
        found.restarts.setdefault(name, {})[index] = level._replace(start=start)


def _read_styles(styles: etree._Element, found: Numbering) -> None:
    """Take the list of each style, inherited along ``basedOn``."""
    own: dict[str, tuple[str, int | None]] = {}
    above: dict[str, str] = {}
    for style in styles.iterchildren(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        above[name] = value(style, "basedOn")
        properties = style.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            level = value(properties, "ilvl")
            own[name] = (value(properties, "numId"), whole(level, 0) if level else None)
        if style.get(f"{_W}default") in ("1", "true") and style.get(f"{_W}type") == "paragraph":
            found.default = name
    for name in above:
        found.styles[name] = _inherited(name, own, above)


def _inherited(name: str, own: dict[str, tuple[str, int | None]], above: dict[str, str]) -> tuple[str, int]:
    number, level = "", None
    for _ in range(_LONGEST_CHAIN):
        here = own.get(name, ("", None))
        number, level = number or here[0], here[1] if level is None else level
        name = above.get(name, "")
    return number, level or 0


def value(element: etree._Element | None, name: str) -> str:
    """Return the value of a property (``w:val`` of the child ``name``), or an empty string."""
    child = None if element is None else element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")


def whole(text: str, otherwise: int) -> int:
    """Return a whole number, or ``otherwise`` where the text is none."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise


# --- numbers in words -------------------------------------------------------------------------------------------------------


def written(number: int, format_: str) -> str:
    """Return a number in a format of Word's; in plain digits where the format is not known or does not reach so far.

    >>> written(12, "chineseCounting"), written(105, "chineseCountingThousand"), written(3, "decimalEnclosedCircle")
    ('十二', '一百零五', '③')
    """
    if not 0 < number <= _MOST:
        return str(number)
    return _FORMATS.get(format_, str)(number)


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Return a number in Chinese characters: 一百零五; ten to nineteen without the 一 before 十."""
    text, gap = "", False
    for position, digit in enumerate(reversed(str(number))):
        if digit == "0":
            gap = bool(text)
            continue
        zero = "零" if gap else ""
        text = digits[int(digit)] + (units[position - 1] if position else "") + zero + text
        gap = False
    return text[1:] if 10 <= number < 20 and digits == _DIGITS else text


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text


def _letter(number: int) -> str:
    """Return a, b … z, aa, bb …"""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _range(first: str, last: int) -> str:
    return "".join(chr(ord(first) + n) for n in range(last))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "ordinal": str,
    "decimalFullWidth": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: _chinese(number, _LEGAL, "拾佰仟"),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _of(_range("①", 20)),
    "decimalEnclosedCircleChinese": _of(_range("①", 20)),
    "decimalEnclosedParen": _of(_range("⑴", 20)),
    "decimalEnclosedFullstop": _of(_range("⒈", 20)),
    "ideographEnclosedCircle": _of(_range("㊀", 10)),
}
