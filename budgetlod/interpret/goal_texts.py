"""Find the numbers and the telling words in the text of a goal, or of what the money of a project is for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import decimals, in_yuan, parse_number, plain
from budgetlod.core.text import squeeze
from budgetlod.model.goals import Said
from budgetlod.model.lexicon import Lexicon

_NUMBER = re.compile(r"(?<![\d.第\[〔])(?P<number>\d[\d,]*(?:\.\d+)?)(?P<about>多|余)?")
# A number of a date, of a document or of a list is none of a measure.
_NO_MEASURE = re.compile(r"年|月|日|号|、|[.](?!\d)")
_CLAUSE = re.compile(r"[,;:。!?()|]")
_SENTENCE = re.compile(r"[;。!?]")
_ABOUT = re.compile(r"(?:约|近)为?$")
_YEAR = re.compile(r"(20\d\d)年")
# What holds for another time or for one of many says nothing of the whole year.
_OTHER_TIME = re.compile(r"\d月|季度|半年|上年|去年|上一年|同比|环比|每[月年天日人次季周户]|人均|月均|日均|户均")
_LIST_MARK = re.compile(r"(?<![\d.])(\d{1,2})[、.](?!\d)")
_IN_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEFT_OUT = "“”\"'‘’「」*"
_LONGEST = 6
_NEAR = 8
_TIMES = {"monthly": 12, "quarterly": 4}


class _Quantity(NamedTuple):
    """A number with its unit and comparator, and where all of it stands."""

    value: Decimal
    unit: str
    comparator: str
    start: int
    end: int


class TextReader:
    """Reads one text after another with the words of the ontology."""

    def __init__(self, lexicon: Lexicon, fiscal_year: int) -> None:
        self.units, self.comparators = lexicon.lists["unit"], lexicon.lists["comparator"]
        self.fiscal_year = fiscal_year
        self._endings = tuple(lexicon.lists["ending"].keys)
        self._directions = tuple(lexicon.lists["direction"].keys)
        words = lexicon.lists["goal-word"].keys
        self.of = {
            code: [w for w, codes in words.items() if code in codes] for code in lexicon.lists["goal-word"].codes
        }
        earlier, arrears = _any(self.of["earlier-years"]), _any(self.of["arrears"])
        self._arrears = re.compile(rf"(?:(?P<year>(?:20)?\d\d)年|{earlier})度?[^,;:。()、]{{0,10}}?(?:{arrears})")

    def read(self, text: str) -> list[Said]:
        """Return the passages of a text in reading order."""
        flat, offsets = flatten(text)
        owed = [m for m in self._arrears.finditer(flat) if self._is_earlier(m["year"])]
        found: list[Said] = []
        last = 0
        for quantity in self._quantities(flat):
            passage = self._passage(flat, quantity, last)
            debt = next((m for m in owed if 0 <= quantity.start - m.end() <= _NEAR), None)
            if debt is not None and not _CLAUSE.search(flat[debt.end() : quantity.start]):
                owed.remove(debt)
                passage = passage._replace(meaning="arrears")
            found.append(passage._replace(printed=_printed(text, offsets, quantity.start, quantity.end)))
            last = quantity.end
        found += [Said(m.start(), _printed(text, offsets, *m.span()), meaning="arrears") for m in owed]
        return sorted(found)

    def _is_earlier(self, year: str | None) -> bool:
        return year is None or int(year[-2:]) < self.fiscal_year % 100

    def _quantities(self, flat: str) -> Iterator[_Quantity]:
        for match in _NUMBER.finditer(flat):
            value, after = parse_number(match["number"]), flat[match.end() :]
            unit, size = self._unit(after)
            before, begin = self._sign_before(flat[: match.start()])
            if value is None or not (size or before) or (_NO_MEASURE.match(after) and not before):
                continue
            end = match.end() + size
            longest = min(_LONGEST, len(flat) - end)
            behind = next((n for n in range(longest, 1, -1) if self.comparators.find(flat[end : end + n])), 0)
            sign = (self.comparators.find(flat[end : end + behind]) if behind else "") or before
            if match["about"] or _ABOUT.search(flat[: match.start()]):
                sign = "about"
            yield _Quantity(value, unit, sign or "", begin, end + behind)

    def _unit(self, after: str) -> tuple[str, int]:
        """Return the unit that a text begins with, and its length; 万 alone is money only where no word follows."""
        for size in range(min(_LONGEST, len(after)), 0, -1):
            if code := self.units.find(after[:size]):
                loose = after[:size] in ("万", "亿") and after[size : size + 1].isalnum()
                return ("", 0) if loose else (code, size)
        return "", 0

    def _sign_before(self, before: str) -> tuple[str, int]:
        """Return the comparator that a text ends with, and where it begins."""
        for size in range(_LONGEST, 0, -1):
            if found := self.comparators.find(before[-size:] if len(before) >= size else ""):
                return found, len(before) - size
        return "", len(before)

    def _passage(self, flat: str, quantity: _Quantity, last: int) -> Said:
        clause = _CLAUSE.split(flat[last : quantity.start])[-1]
        sentence = _SENTENCE.split(flat[: quantity.start])[-1]
        code = self.units.codes.get(quantity.unit)
        factor = code.factor if code else None
        found = Said(
            quantity.start,
            "",
            self._words(clause, sentence, flat[quantity.end :], quantity),
            clause,
            unit=quantity.unit,
            comparator=quantity.comparator,
            item=_list_item(flat[: quantity.start]),
            times=next((n for code, n in _TIMES.items() if any(w in clause for w in self.of[code])), 1),
        )
        if factor is None:
            return found._replace(number=plain(quantity.value))
        precision = factor.scaleb(-decimals(quantity.value))
        return found._replace(amount=in_yuan(quantity.value, factor), precision=precision)

    def _words(self, clause: str, sentence: str, after: str, quantity: _Quantity) -> str:
        """Return the words for what a number measures, empty if it holds for another time or is a change.

        They stand before it, and where those do not end as names of measures do, after it too (1500 套印章).
        """
        years = {int(year) for year in _YEAR.findall(sentence)} - {self.fiscal_year}
        if years or _OTHER_TIME.search(clause) or clause.endswith(self._directions):
            return ""
        if clause.endswith(self._endings) or (clause and quantity.comparator == "eq"):
            return clause
        behind = re.split(r"[\W\d等]", after, maxsplit=1)[0][:12]
        return "、".join(filter(None, (clause, behind)))

    def limits_budget(self, found: Said, measures_left: str) -> bool:
        """Return whether an amount is called the budget, no other words beside; ``measures_left`` are the telling ones."""
        words = self.of["budget-limit"]
        return found.amount is not None and not measures_left and any(word in found.lead for word in words)


def flatten(text: str) -> tuple[str, list[int]]:
    """Return a text in NFKC form without white space and quotation marks, and each character's offset."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if not character.isspace() and character not in _LEFT_OUT:
            for folded in unicodedata.normalize("NFKC", character):
                characters.append(folded)
                offsets.append(offset)
    return "".join(characters), offsets


def _printed(text: str, offsets: list[int], start: int, end: int) -> str:
    return squeeze(text[offsets[start] : offsets[end - 1] + 1])


def _list_item(before: str) -> int:
    """Return the number of the list item that a text has come to: 1、 2、 3、 run on from one; 0 before the first."""
    item = 0
    for match in _LIST_MARK.finditer(before):
        item += int(match[1]) == item + 1
    return item


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
