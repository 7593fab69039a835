"""Cleaning of printed text: white space, full-width forms, numbering before labels.

Disclosures break labels over lines and cells, mix full-width and half-width characters and number their rows in
several styles. The *key* of a label is what remains when all of that is taken away; labels are compared by key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Marks of no width that text extraction and web pages leave behind: soft hyphen, zero-width space and joiners, BOM.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = str.maketrans("", "", _INVISIBLE)
_SPACE = re.compile(r"\s+")
_BLANK = re.compile(rf"[\s{_INVISIBLE}]+")
_NUMERAL = "一二三四五六七八九十百"
_ORDINAL = re.compile(
    rf"^(?:其中[:,、]?|加[:]|减[:]|注[:]"
    rf"|[((]?[{_NUMERAL}]+[))][、.]?|[{_NUMERAL}]+[、.]"
    rf"|[((]\d{{1,2}}[))][、.]?|\d{{1,2}}[、.](?!\d)|-|\*+)"
)
# Taken off before folding, which makes plain digits of them.
_CIRCLED = re.compile(r"^\s*[①-⑳]")
_BARE = re.compile(rf"(?![{_NUMERAL}其加减注])[一-鿿]+")
_QUOTES = str.maketrans("", "", "“”\"'‘’「」*")
_UNIT_NOTE = re.compile(r"\((?:金额)?(?:单位:)?(?:人民币)?(?:万元|亿元|千元|元)\)$")
_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九")}


def squeeze(text: str) -> str:
    """Return ``text`` without any white space: Chinese labels, codes and numbers have none of their own."""
    return _BLANK.sub("", text)


def tidy(text: str) -> str:
    """Return ``text`` trimmed, with each run of white space as one space; for prose."""
    return _SPACE.sub(" ", text.translate(_MARKS)).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return ``text`` without white space and in NFKC form (full-width digits, brackets and colons made plain)."""
    return squeeze(unicodedata.normalize("NFKC", squeeze(text)))


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """Return the key by which labels are compared.

    Folded, without numbering (``一、``, ``（二）``, ``3.``), without ``其中：``, quotation marks and a unit in brackets
    at the end. ``label_key("三、公务接待费（万元）") == label_key("公务 接待费")``.
    """
    if _BARE.fullmatch(text):  # most labels of the ontology: nothing to take off
        return text
    key = fold(_CIRCLED.sub("", text)).translate(_QUOTES)
    while match := _ORDINAL.match(key):
        key = key[match.end() :]
    return _UNIT_NOTE.sub("", key).rstrip(":")


def chinese_number(text: str) -> int | None:
    """Return the value of a Chinese numeral from 一 to 九十九, or ``None``.

    ``chinese_number("十一") == 11``.
    """
    if not text or any(c not in _NUMERAL + "〇" for c in text) or "百" in text:
        return None
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _NUMERALS.get(text)
    if (tens and tens not in _NUMERALS) or (ones and ones not in _NUMERALS):
        return None
    return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)
