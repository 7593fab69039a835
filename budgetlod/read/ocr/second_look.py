"""Look again at figures that were hard to read: with more and with less paper around them.

Nothing is mended: of what the recogniser saw, what is a number as numbers are written goes first, then what most looks
share, then what was surest. Where the looks differ the figure stays doubtful, however sure one of them was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetlod.read.ocr.engine import Reading

LOOKS = (0.05, 0.4)
"""How much paper is left around a figure that is looked at again, in heights of its text."""
_SURE = 0.9
# What looks differ in is less sure than this.
_DOUBTFUL = 0.85
_NUMBER = re.compile(r"[-−+(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[)）]?%?")


def is_doubtful(reading: Reading) -> bool:
    """Return whether a reading is (mostly) of figures, and either unsure or no number as numbers are written."""
    figures = sum(letter.isdigit() for letter in reading.text)
    if 2 * figures < len(reading.text) or not figures:
        return False
    return reading.confidence < _SURE or not _NUMBER.fullmatch(reading.text)


def settled(looks: Sequence[Reading]) -> tuple[int, Reading]:
    """Return which of several looks at one figure counts, and what it says with how sure it is; the first came first."""
    texts = [look.text for look in looks]
    shared = max(texts.count(text) for text in texts)
    best = max(
        (index for index in range(len(looks)) if texts[index]),
        key=lambda index: (
            bool(_NUMBER.fullmatch(texts[index])),
            texts.count(texts[index]),
            looks[index].confidence,
        ),
        default=0,
    )
    if shared == len(looks):
        return best, looks[best]
    reading = looks[best]
    return best, reading._replace(sure=tuple(min(value, _DOUBTFUL) for value in reading.sure))
