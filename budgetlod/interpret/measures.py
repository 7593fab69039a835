"""What the words of an indicator speak of, and the money it sets: a price, with what it is of, or a cost.

A measure (an area, persons, a rate) is told by the words a name ends with, a topic by words anywhere in it. Both are
labels of the ontology; nothing is concluded here from what they say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from budgetlod.core.numbers import in_yuan
from budgetlod.core.text import fold, label_key
from budgetlod.model.codes import CodeList
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import CodeName, Customs, Indicator, Project

_BRACKETS = re.compile(r"\([^()]*\)$")
_NO_MEASURE = "none"
_TOPIC_OF_DESCRIPTIONS = "environment"
_UNIT_PRICE = ("topic", "unit-price")
_OTHER_COST = ("topic", "whole-life-cost")
_COST = ("cost", "economic-cost", "output-cost")
_COUNTED = "quantity"
_LOWER_LIMITS = ("ge", "gt")
_T = TypeVar("_T", str, int)


def speaks_of(name: str, description: str, lexicon: Lexicon) -> tuple[CodeName, ...]:
    """Return the measure that a name ends with, if any, and the topics that its words touch.

    Of the topics only the environment is looked for in the description too: the others say how to take the number
    that the name announces.
    """
    measure = ending(name, lexicon.lists["measure"])
    topics = lexicon.lists["topic"]
    told = set(within(name, topics)) | ({_TOPIC_OF_DESCRIPTIONS} & set(within(description, topics)))
    measures = [("measure", measure)] if measure not in ("", _NO_MEASURE) else []
    return (*measures, *(("topic", topic) for topic in sorted(told)))


def ending(name: str, codes: CodeList) -> str:
    """Return the code of the longest label that ``name`` ends with, or ``""``; brackets at its end do not count."""
    key = fold(name)
    while match := _BRACKETS.search(key):
        key = key[: match.start()]
    return next((codes.keys[key[start:]][0] for start in range(len(key)) if key[start:] in codes.keys), "")


def within(text: str, codes: CodeList) -> Iterator[str]:
    """Yield the codes of the labels that occur in ``text``."""
    key = fold(text)
    for label, notations in codes.keys.items():
        if label in key:
            yield from notations


# --- money ----------------------------------------------------------------------------------------------------------------


def with_money(indicators: Sequence[Indicator], lexicon: Lexicon) -> tuple[Indicator, ...]:
    """Return the indicators of one project, those whose target is money with what kind of money it is, in yuan."""
    return tuple(_with_money(indicator, indicators, lexicon) for indicator in indicators)


def _with_money(indicator: Indicator, all_of_them: Sequence[Indicator], lexicon: Lexicon) -> Indicator:
    units = lexicon.lists["unit"]
    money = units.codes.get(units.find(label_key(indicator.target.unit_text.partition("/")[0])) or "")
    if indicator.target.value is None or money is None or money.factor is None:
        return indicator
    amount = in_yuan(indicator.target.value, money.factor)
    per = priced_unit(indicator, lexicon)
    if per or _UNIT_PRICE in indicator.speaks_of:
        return indicator._replace(unit_price=amount, price_of=_goods(indicator, per, all_of_them))
    return indicator._replace(cost_amount=amount) if _is_cost(indicator) else indicator


def _is_cost(indicator: Indicator) -> bool:
    """Return whether an amount of money is a cost of the project, not one saved, of others, or of many years."""
    upper = indicator.target.comparator not in _LOWER_LIMITS
    return indicator.category in _COST and upper and _OTHER_COST not in indicator.speaks_of


def priced_unit(indicator: Indicator, lexicon: Lexicon) -> str:
    """Return the unit one of which the target is the price of (每套…, 元/套), or ``""``; of two units none."""
    units = lexicon.lists["unit"]
    slash = indicator.target.unit_text.partition("/")[2]
    found = {units.find(label_key(slash)) or ""} if slash else {""}
    key = fold(indicator.label)
    for match in re.finditer("每", key):
        rest = key[match.end() :]
        names = (rest[:end] for end in range(len(rest), 0, -1) if rest[:end] in units.keys)
        found.add(next((units.keys[name][0] for name in names), ""))
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _goods(price: Indicator, per: str, indicators: Sequence[Indicator]) -> int | None:
    """Return the order of the one indicator that counts what a price is for, with words in common; else ``None``."""
    counted = [i for i in indicators if per and i.category == _COUNTED and i.target.unit == per and i.target.value]
    if len(counted) != 1 or not _pairs(counted[0].label) & _pairs(price.label):
        return None
    return counted[0].order


def _pairs(name: str) -> set[str]:
    """Return all that stand as two characters in a row in a name."""
    key = fold(name)
    return {key[i : i + 2] for i in range(len(key) - 1)}


# --- what most forms have -------------------------------------------------------------------------------------------------


def customs(projects: Sequence[Project], lexicon: Lexicon) -> Customs:
    """Return what more than half of the forms have, each counted among the forms that have the part at all."""
    codes = lexicon.lists["indicator-category"]
    categories = [{a for i in p.indicators for a in _with_broader(i.category, codes)} for p in projects]
    months = [{payment.month for payment in p.payments} for p in projects]
    return Customs(tuple(_most(categories)), tuple(_most(months)))


def _with_broader(category: str, codes: CodeList) -> Iterator[str]:
    if category:
        yield category
        yield from (step[0] for step in codes.steps(category))


def _most(sets: Sequence[set[_T]]) -> list[_T]:
    """Return, sorted, the members of more than half of the sets that are not empty."""
    filled = [members for members in sets if members]
    counts = Counter(member for members in filled for member in members)
    return sorted(member for member, count in counts.items() if 2 * count > len(filled))
