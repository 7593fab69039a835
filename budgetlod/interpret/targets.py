"""Performance targets: from ``≥12 次`` to comparator, value and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlod.core.numbers import parse_number, plain
from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Target

_VALUE = re.compile(r"^(?P<sign>[^\d]*?)(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<rest>[^\d]*)$")


def parse_target(printed: str, lexicon: Lexicon) -> Target:
    """Return a target taken apart; one that is no single number stays a target in words.

    ``≤7.5万元`` gives comparator ``le``, value 7.5, unit ``cny-10k``; ``98%以上`` gives ``ge``, 98, ``percent``.
    A text that the extraction doubled (按期完成按期完成) is kept once, as printed beside.
    """
    text = undoubled(squeeze(printed))
    match = _VALUE.match(fold(text))
    if not match or (number := parse_number(match["number"])) is None:
        return _in_words(printed, text, lexicon)
    before = comparator(match["sign"], lexicon) if match["sign"] else ""
    unit_text, after = _unit_and_comparator(match["rest"], lexicon)
    if before is None:
        return Target(printed, text)
    unit = lexicon.lists["unit"].find(label_key(unit_text)) if unit_text else ""
    return Target(printed, text, before or after, plain(number), unit or "", unit_text)


def _in_words(printed: str, text: str, lexicon: Lexicon) -> Target:
    """Return a target without a number: known words, free words, or a sign or unit that lacks its number."""
    end = next((end for start, end in _signs(text, lexicon) if start == 0), 0)
    sign, rest = text[:end], text[end:]
    key = label_key(rest)
    for scheme in ("qualitative-target", "target-word"):
        if wording := lexicon.lists[scheme].find(key):
            return Target(printed, text, wording=(scheme, wording))
    unit = lexicon.lists["unit"].find(key) or ""
    if text and (unit or not rest):
        return Target(printed, text, (comparator(sign, lexicon) if sign else "") or "", None, unit, rest)
    return Target(printed, text)


def comparator(sign: str, lexicon: Lexicon) -> str | None:
    """Return the comparator that a sign or word stands for, or ``None``."""
    return lexicon.lists["comparator"].find(label_key(sign))


def _unit_and_comparator(rest: str, lexicon: Lexicon) -> tuple[str, str]:
    """Split what follows the number: ``次以上`` is the unit 次 and the comparator ``ge``."""
    for start in range(len(rest)):
        if (found := comparator(rest[start:], lexicon)) is not None:
            return rest[:start], found
    return rest, ""


def undoubled(text: str) -> str:
    """Return a text that consists of the same words twice as those words once."""
    half, odd = divmod(len(text), 2)
    return text[:half] if half > 1 and not odd and text[:half] == text[half:] else text


def split_target(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Split running text ``label`` + ``target`` (``培训期数=2期``) into the two.

    The target begins at the first comparator sign; else it is the qualitative wording the text ends with; else,
    where the text ends with the same words twice, those words; else there is none.
    """
    body = squeeze(text)
    for start, end in _signs(body, lexicon):
        if body[end : end + 1].isdigit():
            return body[:start], body[start:]
    words = lexicon.lists["qualitative-target"].keys
    for start in range(1, len(body)):
        if undoubled(body[start:]) in words:
            return body[:start], body[start:]
    return body, ""


def _signs(body: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    signs = [k for k in lexicon.lists["comparator"].keys if not k.isalpha() or k.startswith("\\")]
    folded = body.replace("＝", "=")
    found = ((folded.find(sign), len(sign)) for sign in signs if sign in folded)
    for start, length in sorted(found, key=lambda pair: (pair[0], -pair[1])):
        yield start, start + length
