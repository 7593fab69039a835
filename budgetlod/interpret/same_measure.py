"""Tell whether two places of a document speak of the same measure, by the words they use for it.

Nothing here looks at values. A name is cut into its ending (what kind of number: 完成率, 数量, 面积) and the runs of words
that are left when words that name nothing in particular are taken out. Names with different endings or units of
different kinds are never the same measure; a pair counts only if no other candidate comes near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from budgetlod.core.text import fold
from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Indicator

_PARTICLES = re.compile(r"的|了|等(?![级待候])")
_BRACKETED_END = re.compile(r"\([^()]*\)$")
_BREAK = re.compile(r"[\W_]+")
_QUOTES = str.maketrans("", "", "“”\"'‘’「」*")
_PERCENT = frozenset({"percent", "percentage-points", "per-mille"})

# Same words; same words in another order or without fillers; one the end or an abbreviation of the other.
_EQUAL, _REORDERED, _CONTAINED = Decimal("1"), Decimal("0.95"), Decimal("0.9")
# What shared pairs of characters are worth at most, the least share of them that counts (with another or unknown unit,
# and with the same unit), and the least number of pairs a name must have.
_SHARED, _MOST, _LEAST, _FEWEST = Decimal("0.85"), Decimal("0.8"), Decimal("0.6"), 4
# By how much the best candidate must be ahead of the next: in one form, and anywhere in the document.
_AHEAD, _FAR_AHEAD = Decimal("0.05"), Decimal("0.15")
_SHORTEST = 4

T = TypeVar("T")


class Name(NamedTuple):
    """The words for a measure: ``key`` without marks, ``ending`` a code, ``content`` before it, ``runs`` of telling words."""

    key: str
    ending: str
    content: str
    runs: tuple[str, ...]

    @property
    def core(self) -> str:
        """The telling words."""
        return "".join(self.runs)

    @property
    def pairs(self) -> frozenset[str]:
        """The pairs of neighbouring characters in the telling words."""
        return pairs(self.runs)


class Measure(NamedTuple):
    """All names that one place gives a measure, and the code of its unit."""

    names: tuple[Name, ...]
    unit: str


def pairs(runs: Iterable[str]) -> frozenset[str]:
    """Return the pairs of neighbouring characters of some runs of text."""
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def pieces(text: str) -> list[str]:
    """Return the runs of a text between its marks, folded."""
    return [piece for piece in _BREAK.split(fold(text.translate(_QUOTES))) if piece]


class Measures:
    """Reads names of measures with the words of the ontology, and compares them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._endings: Mapping[str, tuple[str, ...]] = lexicon.lists["ending"].keys
        self._longest = max(map(len, self._endings))
        fillers = [word for word, codes in lexicon.lists["goal-word"].keys.items() if "filler" in codes]
        self._fillers = re.compile("|".join(sorted(map(re.escape, fillers), key=len, reverse=True)))
        self._units = lexicon.lists["unit"].codes

    def name(self, text: str) -> Name:
        """Return the parts of a name."""
        folded = _PARTICLES.sub("", _BRACKETED_END.sub("", fold(text.translate(_QUOTES))))
        size = next((n for n in range(self._longest, 0, -1) if folded[-n:] in self._endings), 0)
        ending = self._endings[folded[-size:]][0] if size else ""
        content = folded[: len(folded) - size]
        return Name(_BREAK.sub("", folded), ending, _BREAK.sub("", content), self.telling(content))

    def telling(self, text: str) -> tuple[str, ...]:
        """Return the runs of a text that are left without the words that name nothing in particular."""
        text = _PARTICLES.sub("", fold(text.translate(_QUOTES)))
        return tuple(run for piece in _BREAK.split(text) for run in self._fillers.split(piece) if run)

    def of_indicator(self, indicator: Indicator) -> Measure:
        """Return the measure of an indicator: its name and its description."""
        texts = dict.fromkeys(filter(None, (indicator.label, indicator.description)))
        return Measure(tuple(map(self.name, texts)), indicator.target.unit)

    def best(self, measure: Measure, candidates: Sequence[tuple[T, Measure]], far: bool) -> T | None:
        """Return the candidate that speaks of the same measure, if one does and no other comes near it.

        ``far`` is for candidates in other parts of the document, where names that say little must not be compared.
        """
        scored = sorted(
            ((self.likeness(measure, other, far), -i) for i, (_, other) in enumerate(candidates)), reverse=True
        )
        ahead = _FAR_AHEAD if far else _AHEAD
        if not scored or not scored[0][0] or (len(scored) > 1 and scored[0][0] - scored[1][0] < ahead):
            return None
        return candidates[-scored[0][1]][0]

    def likeness(self, measure: Measure, other: Measure, far: bool) -> Decimal:
        """Return how surely two measures are the same, from 0 (not at all) to 1."""
        if not self._units_agree(measure.unit, other.unit) or (far and self._is_of_its_own(measure)):
            return Decimal(0)
        one_by_one = (_likeness(a, b, far) for a in measure.names for b in other.names)
        return max((*one_by_one, *(_shared(a, other, measure.unit) for a in measure.names)), default=Decimal(0))

    def _units_agree(self, unit: str, other: str) -> bool:
        return not unit or not other or self._kind(unit) == self._kind(other)

    def _is_of_its_own(self, measure: Measure) -> bool:
        """Return whether each part of a department has such a measure of its own: money it costs, people content."""
        return self._kind(measure.unit) == "money" or any(name.ending == "satisfaction" for name in measure.names)

    def _kind(self, unit: str) -> str:
        code = self._units.get(unit)
        if code is not None and code.factor is not None:
            return "money"
        return "percent" if unit in _PERCENT else "other"


def _likeness(a: Name, b: Name, far: bool) -> Decimal:
    """Compare two names as wholes."""
    least = _SHORTEST if far else 2
    if min(len(a.core), len(b.core)) < least:
        return _EQUAL if a.key and a.key == b.key and not far else Decimal(0)
    if a.key == b.key:
        return _EQUAL
    if a.ending and a.ending == b.ending:
        if a.core == b.core or sorted(a.content) == sorted(b.content):
            return _REORDERED
        if len(a.core) >= _SHORTEST and _abbreviates(a.core, b.content):
            return _CONTAINED
    if not far and (a.key.endswith(b.key) or b.key.endswith(a.key)):
        return _CONTAINED
    return Decimal(0)


def _abbreviates(short: str, long: str) -> bool:
    """Return whether ``short`` is ``long`` with characters left out, inside a stretch at most half as long again."""
    for start in range(len(long) - len(short) + 1):
        window = iter(long[start : start + len(short) * 3 // 2])
        if all(character in window for character in short):
            return True
    return False


def _shared(name: Name, other: Measure, unit: str) -> Decimal:
    """Return what the telling words that a name shares with all names of another measure are worth."""
    mine = name.pairs
    theirs = pairs(run for b in other.names if not name.ending or b.ending in ("", name.ending) for run in b.runs)
    if len(mine) < _FEWEST or not theirs:
        return Decimal(0)
    share = Decimal(len(mine & theirs)) / len(mine)
    least = _LEAST if unit and unit == other.unit else _MOST
    return share * _SHARED if share >= least and len(mine & theirs) >= _FEWEST else Decimal(0)
