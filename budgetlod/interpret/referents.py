"""What the words before a number in prose speak of: the point of a figure, or an asset.

The words are looked at from their end: a code of a classification, a label of the ontology, a project of the document.
Words that nothing is known of lead nowhere, never to what was spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from budgetlod.interpret.classified import Classified, Named
from budgetlod.interpret.settling import Known, Thread, settled
from budgetlod.interpret.wordings import Words
from budgetlod.model.cube import Point, Subject
from budgetlod.model.lexicon import Meaning

_SENTENCE = re.compile(r"[。!?]")
_CLAUSE = re.compile(r"[,;:。!?()]")
# Inside a sentence about a code, words for these name a part of its figure (其中：基本支出 5 万元).
_PARTS = frozenset({"flow", "nature", "source"})
_FUNDS = frozenset({"flow", "source"})

Stated = tuple[Decimal, Decimal]
"""An amount in yuan with half of what its last printed digit is worth."""


class Referents:
    """Finds what words speak of, following the thread of a paragraph."""

    def __init__(self, words: Words, codes: Classified, phase: str, known: Known) -> None:
        self.words, self.codes, self.phase, self.known = words, codes, phase, known
        self.fiscal_year = words.fiscal_year

    def changed(self, section: str, lead: str, thread: Thread) -> Point | None:
        """Return the figure that a change is one of, or ``None``: unknown words stand between."""
        if (named := self.codes.find(lead)) is not None:
            clear = named.code and self.words.says_nothing(lead[named.end :])
            return self._settled_item(thread) if clear else None
        if meaning := self.words.meaning(lead, section, near=False):
            return self._point(meaning, section, lead, thread)
        clear = not (thread.lost or thread.unknown) and self.words.says_nothing(_CLAUSE.split(lead)[-1])
        return (thread.last or self._settled_item(thread) or thread.topic) if clear else None

    def compare(self, lead: str, thread: Thread) -> int:
        """Return the year the words before a number name, and keep the year and phase that are compared with."""
        years = self.words.years(lead)
        compared, named = self.words.compared(lead, this_year=self.phase != "budget")
        if compared:
            thread.compared, thread.named, thread.phase = compared, named, self.words.phase(lead)
        elif years and years[-1] != self.fiscal_year:
            thread.compared, thread.named, thread.phase = years[-1], False, self.words.phase(lead)
        return years[-1] if years else self.fiscal_year

    def follow(self, section: str, lead: str, thread: Thread) -> None:
        """Follow brackets and ends of sentences, and the codes of classifications that are named on the way."""
        named = self.codes.find(lead)
        if named is not None:
            if _SENTENCE.search(lead[: named.end]):
                thread.end_sentence()
            thread.item = self._item(section, named)
            thread.unknown = thread.item is None
            # One of several: 其中：教育支出 9 万元 is not what the next sentence is about.
            thread.items += "其中" in lead and not named.marked
        thread.follow(lead if named is None else lead[named.end :], started=named is not None)

    def _item(self, section: str, named: Named) -> Point | None:
        """Return the figure of a code; a class named without a mark counts if a table states it too."""
        if not named.code:
            return None
        said = {"flow": "expenditure"} | self.words.fixes(section) | {named.dimension: named.code}
        point = Point(fiscalYear=self.fiscal_year, phase=self.phase).moved(said)
        return point if named.marked or settled(point, self.known, None) in self.known.amounts else None

    def _settled_item(self, thread: Thread) -> Point | None:
        return None if thread.item is None else settled(thread.item, self.known, None)

    def subject(self, section: str, lead: str, year: int, amount: Stated, thread: Thread) -> Subject | None:
        """Return what the amount behind ``lead`` is one of, or ``None``."""
        if section == "assets" and (asset := self.words.asset(lead)):
            return asset
        clause = _CLAUSE.split(lead)[-1]
        phase = self._phase_of(clause, year)
        named = self.codes.find(lead)
        if named is not None or self.words.says_nothing(clause):
            rest = clause if named is None else lead[named.end :]
            if named is not None or thread.item is not None or thread.unknown:
                return self._of_item(rest, year, phase, amount, thread)
            goes_on = year != self.fiscal_year or self.words.phase(clause)
            if goes_on and (thread.lost or thread.last is not None):
                return None if thread.last is None else thread.last._replace(fiscalYear=year, phase=phase)
        meaning = self.words.meaning(lead, section)
        return None if meaning is None else self._point(meaning, section, lead, thread, year, phase, amount)

    def _of_item(self, rest: str, year: int, phase: str, amount: Stated, thread: Thread) -> Point | None:
        """Return the figure of the code that the text is about, if the words behind its name leave nothing open."""
        if thread.item is None or not self.words.says_nothing(rest):
            return None
        point = settled(thread.item._replace(fiscalYear=year, phase=phase), self.known, amount)
        if (year, phase) == (self.fiscal_year, self.phase):
            thread.item = point
        return point

    def _phase_of(self, clause: str, year: int) -> str:
        """Return the phase that an amount is of: as named, for a budget of this year always the budget."""
        if self.phase == "budget" and year == self.fiscal_year:
            return self.phase
        return self.words.phase(clause) or self.phase

    def _point(
        self, meaning: Meaning, section: str, lead: str, thread: Thread, year: int = 0, phase: str = "",
        amount: Stated | None = None,
    ) -> Point | None:  # fmt: skip
        """Return the point that words name; inside the sentence about a code, a part of its figure or nothing."""
        sets, year = dict(meaning.sets), year or self.fiscal_year
        if thread.item is not None and thread.open:
            part = sets.keys() <= _PARTS and sets.pop("flow", "expenditure") == "expenditure"
            item = settled(thread.item, self.known, None)
            return item.moved(sets)._replace(fiscalYear=year, phase=phase or self.phase) if part else None
        thread.item, thread.unknown = None, False
        if sets.keys() <= _FUNDS:
            sets = self._fund(_CLAUSE.split(lead)[-1], sets, thread) | sets
        return self._figure(section, sets, year, phase, amount)

    def _fund(self, clause: str, sets: Mapping[str, str], thread: Thread) -> dict[str, str]:
        """Return whether a fund is received or spent: as its words say, else as the whole that was spoken of is.

        预算收入 9 万元，其中：财政拨款 5 万元，事业收入 3 万元，上年结转的财政拨款 1 万元
        """
        if "source" in sets and self.words.carried.search(clause):
            return {"flow": "revenue", "vintage": "carried"}
        if (received := clause.rfind("收入")) != (spent := clause.rfind("支出")):
            return {"flow": "revenue" if received > spent else "expenditure"}
        whole = thread.last
        return {"flow": "revenue"} if whole is not None and whole.flow == "revenue" else {}

    def _figure(
        self, section: str, sets: Mapping[str, str], year: int = 0, phase: str = "",
        amount: Stated | None = None,
    ) -> Point:  # fmt: skip
        said = {"flow": "expenditure"} | self.words.fixes(section) | dict(sets)
        point = Point(fiscalYear=year or self.fiscal_year, phase=phase or self.phase).moved(said)
        return settled(point, self.known, amount)
