"""The words of forms: which cell names a field or heads a column, and which money it speaks of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import in_yuan, parse_number
from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.headings import unit_in_heading
from budgetlod.interpret.recognise import heading_key
from budgetlod.model.lexicon import Lexicon, StatementType

BRACKETS = re.compile(r"\([^()]*\)$")
_WITH_UNIT = re.compile(r"^(?P<number>-?[\d,]+(?:\.\d+)?)(?P<unit>\D+)$")
_MONEY_DIMENSIONS = ("source", "vintage", "nature")
_LONGEST_LABEL = 24

Coordinates = tuple[tuple[str, str], ...]

# The source of money that the fields of the national form speak of.
_SOURCES: dict[str, Coordinates] = {
    "budget": (),
    "amount": (),
    "term-budget": (),
    "fiscal-funds": (("source", "fiscal"),),
    "other-funds": (("source", "non-fiscal"),),
}
MONEY = "money"


class Label(NamedTuple):
    """What a cell of a form names: the role of a field or column; ``coordinates`` are those of money.

    ``role`` is ``money`` where the words mean a kind of money and nothing else.
    """

    role: str
    coordinates: Coordinates | None = None


class FormWords:
    """Looks up the cells of forms of one statement type."""

    def __init__(self, type_: StatementType, lexicon: Lexicon) -> None:
        self.type, self.lexicon = type_, lexicon
        self._found: dict[str, Label | None] = {}

    def label(self, text: str) -> Label | None:
        """Return what a cell names, or ``None`` for any other text; brackets at its end need not be known."""
        if text not in self._found:
            self._found[text] = self._look_up(text) if text else None
        return self._found[text]

    def role(self, text: str) -> str:
        """Return the role that a cell gives, or ``""``."""
        label = self.label(text)
        return label.role if label else ""

    def _look_up(self, text: str) -> Label | None:
        key = heading_key(text)
        if len(key) > _LONGEST_LABEL:
            return None
        for words in dict.fromkeys((key, BRACKETS.sub("", key))):
            if role := self.lexicon.role(words, self.type.notation):
                return Label(role, _SOURCES.get(role))
            if words and (coordinates := self._money(words)) is not None:
                return Label(MONEY, coordinates)
        return None

    def _money(self, key: str) -> Coordinates | None:
        """Return the coordinates of words that mean a kind of money or a total."""
        meaning = self.lexicon.find(key, "column", {"flow": "expenditure"})
        if meaning is None or any(dimension not in _MONEY_DIMENSIONS for dimension, _ in meaning.sets):
            return None
        return meaning.sets

    # --- amounts ------------------------------------------------------------------------------------------------------

    def unit_named(self, text: str) -> tuple[str, Decimal] | None:
        """Return the unit of money that a label names in brackets: 资金金额（万元）."""
        code = unit_in_heading((text,), self.lexicon)
        factor = self.lexicon.lists["unit"].codes[code].factor if code else None
        return (code, factor) if code and factor is not None else None

    def money(self, text: str, factor: Decimal) -> Decimal | None:
        """Return the amount in yuan that a cell prints, in its own unit (12.5万元) or in that of the form."""
        number = parse_number(text)
        if number is not None:
            return in_yuan(number, factor)
        match = _WITH_UNIT.match(fold(text))
        own = self.lexicon.lists["unit"].codes.get(self._unit(match["unit"])) if match else None
        value = parse_number(match["number"]) if match else None
        return in_yuan(value, own.factor) if own and own.factor is not None and value is not None else None

    def _unit(self, text: str) -> str:
        return self.lexicon.lists["unit"].find(label_key(text)) or ""

    # --- wordings -----------------------------------------------------------------------------------------------------

    def is_total(self, text: str) -> bool:
        """Return whether a cell says that its row is a total: 合计, 金额合计."""
        key = label_key(text)
        return bool(key) and any(key.endswith(word) for word in self.lexicon.words_of("total"))

    def is_not_applicable(self, text: str) -> bool:
        """Return whether a cell says that there is nothing to state: 无, 不适用, 不适用经济效益指标."""
        key = label_key(text)
        words = self.lexicon.lists["remark"].keys.items()
        return any(
            key == word or (len(word) > 1 and key.startswith(word)) for word, n in words if "not-applicable" in n
        )

    def code_and_name(self, text: str) -> tuple[str, str]:
        """Split ``110000-某项目`` into code and name; a name alone has no code."""
        match = _CODED_NAME.match(squeeze(text))
        return (match["code"], match["name"]) if match else ("", squeeze(text))


# A code is long and consists of digits and capitals: 11000022T000000460216-办刊经费.
_CODED_NAME = re.compile(r"^(?P<code>(?=[^-_]*\d{4})[0-9A-Z.]{6,})[-_－](?P<name>.+)$")
