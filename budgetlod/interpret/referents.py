"""What the words before a number in prose speak of: the point of a figure, or an asset.

The words are looked at from their end: a code of a classification, a label of the ontology, a project of the document.
Words that nothing is known of lead nowhere, never to what was spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from budgetlod.interpret.classified import Classified, Named
from budgetlod.interpret.outline import RawSection
from budgetlod.interpret.settling import Known, Thread, contradicted, settled
from budgetlod.interpret.wordings import Words
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Point, Subject
from budgetlod.model.lexicon import Meaning

_SENTENCE = re.compile(r"[。!?]")
_CLAUSE = re.compile(r"[,;:。!?()]")
# Words that open a list of the parts of what was spoken of last; 某某收入中, names the whole by itself.
_PARTS_OF = re.compile(r"其中|包括|分别|[:]")
_AMONG = re.compile(r"(?:^|[,;。])(?P<whole>[^,;。]{2,30})中[,:]")
# Inside a sentence about a code, words for these name a part of its figure (其中：基本支出 5 万元).
_PARTS = frozenset({"flow", "nature", "source"})
_FUNDS = frozenset({"flow", "source"})
_OF_SPENDING = frozenset({"nature", "item"})
# Words for these alone name a whole, not a part of the whole before them.
_WHOLES = frozenset({"flow", "vintage"})
# Sections that speak of money without being about the budget: what goals cover, what was done, single projects. Words of
# the budget mean it there only where a table confirms the amount.
_UNSURE = frozenset({"performance-management", "work-tasks", "project-notes", "transfers", "duties", "institutions"})
# What the parts of a list take over from their whole where they say nothing of it themselves.
_TAKEN_OVER = ("source", "nature", "item", "project", "vintage")

Stated = tuple[Decimal, Decimal]
"""An amount in yuan with half of what its last printed digit is worth."""


class Referents:
    """Finds what words speak of, following the thread of a paragraph."""

    def __init__(self, words: Words, codes: Classified, phase: str, known: Known) -> None:
        self.words, self.codes, self.phase, self.known = words, codes, phase, known
        self.fiscal_year = words.fiscal_year

    def changed(self, section: RawSection, lead: str, thread: Thread) -> Point | None:
        """Return the figure that a change is one of, or ``None``: unknown words stand between."""
        if (named := self.codes.find(lead)) is not None:
            clear = named.code and self.words.says_nothing(lead[named.end :])
            return self._settled_item(thread) if clear else None
        if meaning := self.words.meaning(lead, self.words.fixes(section), near=False):
            return self._point(meaning, section, lead, thread)
        clear = not (thread.lost or thread.unknown) and self.words.says_nothing(_CLAUSE.split(lead)[-1])
        return (thread.last or self._settled_item(thread) or thread.topic or thread.heading) if clear else None

    def compare(self, lead: str, thread: Thread) -> int:
        """Return the year the words before a number name, and keep the year and phase that are compared with."""
        years = self.words.years(lead)
        compared, named = self.words.compared(lead, this_year=self.phase != "budget")
        if compared:
            thread.compared, thread.named, thread.phase = compared, named, self.words.phase(lead)
        elif years and years[-1] != self.fiscal_year:
            thread.compared, thread.named, thread.phase = years[-1], False, self.words.phase(lead)
        return years[-1] if years else self.fiscal_year

    def heading(self, section: RawSection, words: str) -> Point | None:
        """Return the figure that a heading names, or ``None``."""
        meaning = self.words.meaning(words, self.words.fixes(section))
        return None if meaning is None else self._point(meaning, section, words, Thread())

    def follow(self, section: RawSection, lead: str, thread: Thread) -> None:
        """Follow brackets and ends of sentences, wholes and their parts, and the codes that are named on the way."""
        named = self.codes.find(lead)
        if named is not None:
            if _SENTENCE.search(lead[: named.end]):
                thread.end_sentence()
            self._into_parts(section, lead[: named.end], thread)
            thread.item = self._item(section, named, thread.scope)
            thread.sourced = thread.scope is not None and thread.scope.flow != "revenue"
            thread.unknown = thread.item is None
            # One of several: 其中：教育支出 9 万元 is not what the next sentence is about.
            thread.items += "其中" in lead and not named.marked
        thread.follow(lead if named is None else lead[named.end :], started=named is not None)
        if named is None:
            self._into_parts(section, lead, thread)

    def _into_parts(self, section: RawSection, lead: str, thread: Thread) -> None:
        """Keep the whole whose parts the words begin to list."""
        sentence = _SENTENCE.split(lead)[-1]
        if among := _AMONG.search(sentence):
            thread.scope = self.heading(section, among["whole"]) or thread.scope
        elif opening := _PARTS_OF.search(sentence):
            thread.scope = thread.last or (thread.opening if opening.start() == 0 else None) or thread.scope

    def _item(self, section: RawSection, named: Named, scope: Point | None) -> Point | None:
        """Return the figure of a code; a class named without a mark counts if a table states it too."""
        if not named.code:
            return None
        said = {"flow": "expenditure"} | self.words.fixes(section)
        if scope is not None and scope.flow != "revenue":
            said |= {dimension: scope.code(dimension) for dimension in ("source", "nature")}
        point = Point(fiscalYear=self.fiscal_year, phase=self.phase).moved(said | {named.dimension: named.code})
        return point if named.marked or settled(point, self.known, None) in self.known.amounts else None

    def _settled_item(self, thread: Thread) -> Point | None:
        return None if thread.item is None else settled(thread.item, self.known, None, thread.sourced)

    def subject(self, section: RawSection, lead: str, year: int, amount: Stated, thread: Thread) -> Subject | None:
        """Return what the amount behind ``lead`` is one of, or ``None``."""
        if section.type == "assets" and (asset := self.words.asset(lead)):
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
        if meaning := self.words.meaning(lead, self.words.fixes(section)):
            point = self._point(meaning, section, lead, thread, year, phase, amount)
            return point if section.type not in _UNSURE or self._confirmed(point, amount) else None
        return self._of_heading(clause, year, phase, amount, thread)

    def _confirmed(self, point: Point | None, amount: Stated) -> bool:
        """Return whether a table states this amount for a point."""
        return point is not None and point in self.known.amounts and not contradicted(point, self.known, amount)

    def _of_heading(self, clause: str, year: int, phase: str, amount: Stated, thread: Thread) -> Point | None:
        """Return the figure of the heading for the first amount below it, unless the tables state another one.

        （二）公务接待费。2024年预算数 5 万元
        """
        if thread.heading is None or thread.topic is not None or thread.lost or not self.words.says_nothing(clause):
            return None
        point = settled(thread.heading._replace(fiscalYear=year, phase=phase), self.known, amount)
        return None if contradicted(point, self.known, amount) else point

    def _of_item(self, rest: str, year: int, phase: str, amount: Stated, thread: Thread) -> Point | None:
        """Return the figure of the code that the text is about, if the words behind its name leave nothing open."""
        if thread.item is None or not self.words.says_nothing(rest):
            return None
        point = settled(thread.item._replace(fiscalYear=year, phase=phase), self.known, amount, thread.sourced)
        if (year, phase) == (self.fiscal_year, self.phase):
            thread.item = point
        return point

    def _phase_of(self, clause: str, year: int) -> str:
        """Return the phase that an amount is of: as named, for a budget of this year always the budget."""
        if self.phase == "budget" and year == self.fiscal_year:
            return self.phase
        return self.words.phase(clause) or self.phase

    def _point(
        self, meaning: Meaning, section: RawSection, lead: str, thread: Thread, year: int = 0, phase: str = "",
        amount: Stated | None = None,
    ) -> Point | None:  # fmt: skip
        """Return the point that words name; inside the sentence about a code, a part of its figure or nothing."""
        sets, year = dict(meaning.sets), year or self.fiscal_year
        if thread.item is not None and thread.open:
            part = sets.keys() <= _PARTS and sets.pop("flow", "expenditure") == "expenditure"
            item = settled(thread.item, self.known, None, thread.sourced)
            return item.moved(sets)._replace(fiscalYear=year, phase=phase or self.phase) if part else None
        thread.item, thread.unknown = None, False
        if sets.keys() <= _FUNDS:
            sets = self._fund(_SENTENCE.split(lead)[-1], sets, thread) | sets
        return self._figure(section, self._part(sets, thread), year, phase, amount)

    def _part(self, sets: Mapping[str, str], thread: Thread) -> dict[str, str]:
        """Return what words mean for a part of the whole that is being taken apart; a new whole ends the list."""
        whole = thread.scope
        if whole is None or "project" in sets:
            return dict(sets)
        everything = sets.keys() <= _WHOLES and sets.get("vintage", ALL) == ALL
        if everything or sets.get("flow", whole.flow) != whole.flow:
            thread.scope = None
            return dict(sets)
        taken = {d: whole.code(d) for d in _TAKEN_OVER if d not in sets and whole.code(d) != ALL}
        if whole.flow != "revenue" or sets.keys() & _OF_SPENDING:
            taken.pop("vintage", None)
        elif "flow" not in sets:
            taken["flow"] = "revenue"
        return taken | dict(sets)

    def _fund(self, words: str, sets: Mapping[str, str], thread: Thread) -> dict[str, str]:
        """Return whether a fund is received or spent: as its words say, else as the whole that was spoken of is.

        预算收入 9 万元，其中：财政拨款 5 万元，事业收入 3 万元，上年结转的财政拨款 1 万元
        """
        if "source" in sets and self.words.carried.search(_CLAUSE.split(words)[-1]):
            return {"flow": "revenue", "vintage": "carried"}
        if (received := words.rfind("收入")) != (spent := words.rfind("支出")):
            return {"flow": "revenue" if received > spent else "expenditure"}
        whole = thread.last
        return {"flow": "revenue"} if whole is not None and whole.flow == "revenue" else {}

    def _figure(
        self, section: RawSection, sets: Mapping[str, str], year: int = 0, phase: str = "",
        amount: Stated | None = None,
    ) -> Point:  # fmt: skip
        said = {"flow": "expenditure"} | self.words.fixes(section)
        said |= ({"flow": "expenditure"} if sets.keys() & _OF_SPENDING else {}) | dict(sets)
        point = Point(fiscalYear=year or self.fiscal_year, phase=phase or self.phase).moved(said)
        return settled(point, self.known, amount, "source" in sets or "source" in dict(section.said))
