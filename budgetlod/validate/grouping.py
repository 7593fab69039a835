"""From results to causes: which results one wrong cell explains, and which cell that is.

One wrong cell breaks a row sum, a column sum, a balance and an agreement at once. A *suspect* is a cell and the
amount by which it would have to move; it explains the results that hold once it has moved, and it speaks against a
suspect that other equations of the graph, which hold now, would break. Greedily the best suspect is taken, with all
results it explains; what is left goes to the next. Results that no suspect explains stand alone, and so does
information: it asks for nothing to be corrected.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from budgetlod.validate.evidence import EvidenceFinder
from budgetlod.validate.facts import plain_iri
from budgetlod.validate.places import in_order
from budgetlod.validate.relations import NOTHING, Equation, Equations, printed_gap
from budgetlod.validate.report import SEVERITIES, Result

LAWS = ("agreement", "rollup", "balance", "bounds", "narrative", "classification")
"""The families whose results are about amounts: which of them have one cause is a matter of arithmetic."""


class Suspect(NamedTuple):
    """A cell that may be wrong: the figure it decides (empty: none), and by how much it would have to move."""

    cell: str
    figure: str
    move: Decimal


class Cause(NamedTuple):
    """Results with one cause, the leading one first; the place of the cause and what would make it right.

    ``place`` is an IRI, empty if no place is more likely than others; ``move`` is in yuan, ``None`` if nothing can be
    computed. ``sure`` is false when other places would explain the results as well. ``collected`` results have each
    a place of its own and only their rule in common. ``row_is_missing``: sums in several columns lack the same row.
    """

    results: tuple[Result, ...]
    place: str = ""
    move: Decimal | None = None
    sure: bool = True
    collected: bool = False
    row_is_missing: bool = False


class _Rank(NamedTuple):
    """How good a suspect is, the less the better: what it would break less what it explains; what it would break;
    how much wider it makes the gaps it does not close; whether it decides a figure (evidence that other evidence outvotes is suspected first); its place.
    """

    score: int
    breaks: int
    gaps: Decimal
    decides: bool
    place: tuple[int, int, int, list[tuple[int, str]]]


@dataclass(eq=False)
class _Broken:
    """A result that arithmetic can explain: by an equation; by evidence (``cells``) that disagrees with ``figure``; or
    by a difference that it prints between ``cells``.
    """

    result: Result
    equation: Equation | None = None
    figure: str = ""
    gap: Decimal = NOTHING
    cells: frozenset[str] = field(default_factory=frozenset)


class Causes:
    """Finds the causes of the results on one graph."""

    def __init__(self, finder: EvidenceFinder) -> None:
        self._finder = finder
        self._facts = finder.facts
        self.equations = Equations(finder.facts)
        self._deciding: dict[str, list[str]] = {}
        self._shifts: dict[str, Decimal] = {}
        self._left: dict[_Broken, None] = {}
        self._at: dict[str, list[_Broken]] = {}

    def of(self, results: Iterable[Result]) -> list[Cause]:
        """Return the causes of results; each result is in exactly one."""
        loose: list[Result] = []
        broken: list[_Broken] = []
        for result in results:
            one = None if result.severity == "info" else self._broken(result)
            if one is None:
                loose.append(result)
            else:
                broken.append(one)
        return [*self._explained(broken), *self._alike(loose)]

    def decides(self, figure: str) -> list[str]:
        """Return the evidence that states the amount a figure has."""
        found = self._deciding.get(figure)
        if found is None:
            amount = self._facts.number(figure, "amount")
            stating = self._finder.stating(figure) if figure else []
            found = [cell for cell in stating if self._facts.number(cell, "statedAmount") == amount]
            self._deciding[figure] = found
        return found

    def suffices(self, cause: Cause) -> bool:
        """Whether the move of a cause's place alone, with no other cause put right, makes its equations hold."""
        if cause.move is None:
            return False
        moved = dict.fromkeys(self._facts.all(cause.place, "states"), cause.move)
        equations = (self.equations.broken_by(result) for result in cause.results)
        return all(equation is None or equation.holds(moved) for equation in equations)

    # --- what is broken -----------------------------------------------------------------------------------------------------

    def _broken(self, result: Result) -> _Broken | None:
        """Return what arithmetic can say of a result, or ``None``."""
        focus, figure = plain_iri(result.focus), plain_iri(result.value)
        if result.family == "blanks":
            return None
        stated, amount = self._facts.number(focus, "statedAmount"), self._facts.number(figure, "amount")
        if stated is not None and amount is not None and stated != amount:
            return _Broken(result, cells=frozenset((focus,)), figure=figure, gap=amount - stated)
        equation = self.equations.broken_by(result)
        if equation is not None:
            return _Broken(result, equation)
        gap = printed_gap(result)
        cells = frozenset(place.iri for place in result.evidence if place.amount is not None)
        return _Broken(result, cells=cells, gap=gap) if gap and cells else None

    def _suspects(self, one: _Broken) -> Iterator[Suspect]:
        """Yield the cells that would explain a result, with their moves."""
        if one.equation is not None:
            for figure in one.equation.signs:
                move = one.equation.remedy(figure, self._shifts)
                yield from (Suspect(cell, figure, move) for cell in self.decides(figure))
        elif one.figure:
            move = one.gap + self._shifts.get(one.figure, NOTHING)
            yield from (Suspect(cell, "", move) for cell in one.cells)
            yield from (Suspect(cell, one.figure, -move) for cell in self.decides(one.figure))
        else:
            for cell in one.cells:
                for figure in self._facts.all(cell, "states") or [""]:
                    decided = figure if cell in self.decides(figure) else ""
                    yield Suspect(cell, decided, one.gap)
                    yield Suspect(cell, decided, -one.gap)

    # --- what explains it ---------------------------------------------------------------------------------------------------

    def _explained(self, broken: Sequence[_Broken]) -> Iterator[Cause]:
        """Yield the causes, the best suspects first."""
        self._shifts, self._left = {}, dict.fromkeys(broken)
        self._at = defaultdict(list)
        for one in broken:
            for name in {*one.cells, one.figure, *(one.equation.signs if one.equation else ())} - {""}:
                self._at[name].append(one)
        queue = self._ranked(broken)
        while queue:
            rank, suspect = heapq.heappop(queue)
            now = self._rank(suspect)
            if now is None:
                continue
            if now > rank:
                # Its results went to others meanwhile; a better one may stand in the queue.
                heapq.heappush(queue, (now, suspect))
                continue
            yield self._cause(suspect, now)
            # What the moved figure takes part in asks for other moves now.
            again = [one for one in self._at.get(suspect.figure, ()) if one in self._left]
            for item in self._ranked(again):
                heapq.heappush(queue, item)
        yield from (Cause((one.result,)) for one in self._left)

    def _ranked(self, broken: Iterable[_Broken]) -> list[tuple[_Rank, Suspect]]:
        """Return the suspects of some results as a heap, the best first."""
        suspects = {suspect for one in broken for suspect in self._suspects(one)}
        queue = [(rank, suspect) for suspect in suspects if (rank := self._rank(suspect)) is not None]
        heapq.heapify(queue)
        return queue

    def _rank(self, suspect: Suspect) -> _Rank | None:
        """Return how good a suspect is, the less the better; ``None`` if it explains nothing."""
        clears = set(self._clears(suspect))
        if not clears:
            return None
        cost = self._breaks(suspect)
        moved = self._moved(suspect)
        others = (one.equation for one in self._at.get(suspect.figure, ()) if one in self._left and one not in clears)
        change = (abs(e.rest(moved)) - abs(e.rest(self._shifts)) for e in others if e is not None)
        return _Rank(
            cost - len(clears),
            cost,
            sum(change, NOTHING),
            bool(suspect.figure),
            in_order(self._finder.place(suspect.cell)),
        )

    def _clears(self, suspect: Suspect) -> Iterator[_Broken]:
        """Yield the results left that hold once the suspect has moved."""
        moved = self._moved(suspect)
        for one in dict.fromkeys((*self._at.get(suspect.cell, ()), *self._at.get(suspect.figure, ()))):
            if one not in self._left:
                continue
            if one.equation is not None:
                clear = suspect.figure in one.equation.signs and one.equation.holds(moved)
            elif one.figure:
                gap = one.gap + moved.get(one.figure, NOTHING)
                clear = (gap - suspect.move if suspect.cell in one.cells else gap) == 0
            else:
                clear = suspect.cell in one.cells and abs(suspect.move) == one.gap
            if clear:
                yield one

    def _breaks(self, suspect: Suspect) -> int:
        """Return how many equations that hold the suspect's move would break, and how much evidence it contradicts."""
        if not suspect.figure:
            return 0
        moved = self._moved(suspect)
        broken = sum(
            equation.holds(self._shifts) and not equation.holds(moved)
            for equation in self.equations.around(suspect.figure)
        )
        return broken + len(self.decides(suspect.figure)) - 1

    def _moved(self, suspect: Suspect) -> dict[str, Decimal]:
        if not suspect.figure:
            return self._shifts
        return {**self._shifts, suspect.figure: self._shifts.get(suspect.figure, NOTHING) + suspect.move}

    def _cause(self, suspect: Suspect, rank: _Rank) -> Cause:
        """Take a suspect as a cause: move its figure, and take the results that it explains off the rest."""
        cleared = sorted(self._clears(suspect), key=lambda one: leading(one.result))
        rivals = {other.cell for one in cleared[:1] for other in self._suspects(one) if other.cell != suspect.cell}
        sure = not any(
            (other := self._rank(s)) is not None and other[:3] <= rank[:3]
            for one in cleared[:1]
            for s in self._suspects(one)
            if s.cell in rivals
        )
        self._shifts = self._moved(suspect)
        for one in cleared:
            del self._left[one]
        return Cause(tuple(one.result for one in cleared), suspect.cell, suspect.move, sure)

    # --- what arithmetic does not explain -----------------------------------------------------------------------------------

    def _alike(self, results: Iterable[Result]) -> Iterator[Cause]:
        """Group results that arithmetic does not explain: those in which one rule finds the same fault with one node."""
        groups: dict[tuple[str, ...], list[Result]] = defaultdict(list)
        for result in results:
            groups[self._reason(result)].append(result)
        for group in groups.values():
            several = len({result.focus for result in group}) > 1
            yield _together(group, collected=several and group[0].severity == "info")

    def _reason(self, result: Result) -> tuple[str, ...]:
        """Return what results of one cause share: the rule and the node, or less.

        Information of one rule comes together unless it is about a sum; blank rows by the total they leave blank.
        """
        if result.severity == "info" and self.equations.of(result) is None:
            return (result.shape,)
        under = self._facts.all(plain_iri(result.focus), "leavesBlankUnder") if result.family == "blanks" else []
        return (result.shape, *(under or [result.focus]))


def leading(result: Result) -> tuple[int, int, int, str]:
    """Sort key of the results of one cause: the gravest first, then the one that is read most easily."""
    family = LAWS.index(result.family) if result.family in LAWS else len(LAWS)
    return SEVERITIES.index(result.severity), family, len(result.evidence), result.focus


def _together(group: Sequence[Result], *, collected: bool) -> Cause:
    """Return results of one reason as a cause; its place is the node they complain of, else the first, tables first."""
    ordered = sorted(group, key=_position)
    focus, evidence = plain_iri(ordered[0].focus), ordered[0].evidence
    first = min(evidence, key=lambda place: place.kind == "mention", default=None)
    place = focus if any(one.iri == focus for one in evidence) or first is None else first.iri
    return Cause(tuple(ordered), place if evidence else "", collected=collected)


def _position(result: Result) -> tuple[object, ...]:
    """Sort key of results in document order: by the node they complain of if it is a place, else by the first place."""
    focus = plain_iri(result.focus)
    place = next((place for place in result.evidence if place.iri == focus), next(iter(result.evidence), None))
    return (1, focus) if place is None else (0, in_order(place), focus)
