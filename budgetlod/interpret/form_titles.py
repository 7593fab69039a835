"""The title over a performance form: ``3、某某费绩效目标表`` is number 3, the form of 某某费."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlod.core.text import chinese_number, label_key, squeeze
from budgetlod.model.lexicon import Lexicon

_NUMERAL = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_NUMBER = re.compile(rf"^(?:[(（]{_NUMERAL}[)）][、.．]?|{_NUMERAL}[、.．](?!\d))")


def numbered_title(title: str, name: str, statement: str, lexicon: Lexicon) -> tuple[int | None, str]:
    """Return the number that a title begins with and the project it names; ``(None, "")`` if it has no number.

    ``statement`` is the type of statement whose words end the title, ``name`` what the form itself gives as the
    project's name: it is returned as it stands if the title says the same.
    """
    text = squeeze(title)
    match = _NUMBER.match(text)
    if not match:
        return None, ""
    numeral = match[1] or match[2]
    number = int(numeral) if numeral.isdigit() else chinese_number(numeral)
    named = list(_named(text[match.end() :], statement, lexicon))
    same = [found for found in named if label_key(found) == label_key(name)]
    return number, name if same else (named[-1] if named and name else "")


def _named(text: str, statement: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield what stands before the words for the table, for longer words first."""
    for start in range(1, len(text)):
        if lexicon.titles.get(label_key(text[start:])) == statement:
            yield text[:start]
