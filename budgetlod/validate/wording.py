"""The messages of findings: which figure, which places, what they print, how far apart, and what would make it right.

The sentences are in :mod:`budgetlod.validate.sentences`; this fills them, once for each language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from budgetlod.validate import sentences as say
from budgetlod.validate.evidence import EvidenceFinder
from budgetlod.validate.facts import local, plain_iri
from budgetlod.validate.grouping import LAWS, Cause, Causes
from budgetlod.validate.phrases import Language, Phrases, pick
from budgetlod.validate.relations import Equation
from budgetlod.validate.report import Messages, Place, Result

_SHOWN = 6


class Wording:
    """Says causes in words."""

    def __init__(self, finder: EvidenceFinder, causes: Causes) -> None:
        self._finder, self._causes = finder, causes

    def messages(self, cause: Cause) -> Messages:
        """Return what is wrong and what would make it right, in both languages."""
        return Messages(*(_Speaker(self._finder, self._causes, language).message(cause) for language in ("zh", "en")))


class _Speaker:
    """Says causes in one language."""

    def __init__(self, finder: EvidenceFinder, causes: Causes, language: Language) -> None:
        self._finder, self._causes, self._facts = finder, causes, finder.facts
        self._language = language
        self._phrases = Phrases(finder.facts, language)
        self._comma = "、" if language == "zh" else ", "

    def message(self, cause: Cause) -> str:
        """Return the message of a cause."""
        leading = cause.results[0]
        if cause.collected:
            return self._say(say.COLLECTED, message=pick(leading.messages, self._language), count=len(cause.results))
        what = self._law(cause) or self._blank(cause.results)
        if not what:
            return self._general(cause)
        return self._sentences(what, self._remedy(cause))

    # --- what is wrong ------------------------------------------------------------------------------------------------------

    def _law(self, cause: Cause) -> str:
        """Return what is wrong with an equation or between two pieces of evidence; nothing if it is neither."""
        leading = cause.results[0]
        focus, figure = plain_iri(leading.focus), plain_iri(leading.value)
        if leading.family not in LAWS:
            return ""
        if self._facts.all(focus, "statedAmount") and self._facts.all(figure, "amount"):
            return self._agreement(focus, figure)
        equation = self._causes.equations.of(leading)
        if equation is None or not equation.gap:
            return ""
        if equation.kind == "rollup":
            law = "rollup" if leading.severity != "info" else "rounding"
            return self._rollup(equation, cause.place, say.LAWS[law])
        both_sides = len(set(equation.signs.values())) > 1
        return self._other(equation) if both_sides and not equation.holds({}) else ""

    def _agreement(self, focus: str, figure: str) -> str:
        here = self._finder.place(focus)
        deciding = [self._finder.place(cell) for cell in self._causes.decides(figure) if cell != focus]
        amount = self._facts.number(figure, "amount") or Decimal(0)
        there = self._phrases.placed(deciding[0]) if deciding else self._phrases.yuan(amount)
        if len(deciding) > 1:
            there += self._say(say.AND_ELSEWHERE, count=len(deciding) - 1)
        return self._say(
            say.LAWS["agreement"],
            figure=self._phrases.figure(figure),
            here=self._phrases.placed(here),
            there=there,
            gap=self._phrases.gap(amount - (here.amount or Decimal(0)), here),
        )

    def _rollup(self, equation: Equation, suspect: str, law: Messages) -> str:
        """Return a sum that does not close: by its row or column if it stands in one, else by its figures."""
        whole = next(figure for figure, sign in equation.signs.items() if sign < 0)
        parts = [figure for figure, sign in equation.signs.items() if sign > 0]
        places = self._together(whole, parts, suspect)
        chosen = [place for place in places.values() if place is not None]
        at_whole = places[whole]
        name = self._phrases.coordinates(whole)
        shared = self._phrases.shared(chosen, name) if len(chosen) == len(places) else None
        known = at_whole.statement if at_whole is not None and shared is None else ""

        def item(figure: str) -> str:
            place = places[figure]
            if place is None:
                return self._phrases.bare(figure)
            return self._phrases.short(place, shared.axis) if shared else self._phrases.placed(place, known)

        ordered = sorted(parts, key=lambda figure: _reading_order(places[figure], figure))
        total = self._sum(equation, whole)
        return self._say(
            law,
            head=shared.words if shared else self._phrases.figure(whole),
            whole=item(whole) if shared or at_whole is None else self._phrases.placed(at_whole),
            parts=self._listed([item(figure) for figure in ordered]),
            sum=self._phrases.amount(total, at_whole),
            gap=self._phrases.gap(equation.gap, at_whole),
        )

    def _other(self, equation: Equation) -> str:
        """Return a balance, bound, change or correspondence that does not hold."""
        left = [figure for figure, sign in equation.signs.items() if sign > 0]
        right = [figure for figure, sign in equation.signs.items() if sign < 0]
        first = self._best(left[0])
        gap = self._phrases.gap(equation.gap, first)
        law = say.LAWS[equation.kind]
        if equation.kind == "change":
            then, change = right[0], right[-1]
            now, before = (self._facts.number(figure, "amount") or Decimal(0) for figure in (left[0], then))
            return self._say(
                law,
                head=self._phrases.figure(left[0]),
                now=self._said(left[0]),
                then=self._said(then),
                due=self._phrases.amount(now - before, first),
                stated=self._said(change),
                gap=gap,
            )
        sides = self._listed(map(self._said, left)), self._listed(map(self._said, right))
        if equation.kind == "balance":
            return self._say(law, head=self._phrases.figure(left[0]), into=sides[0], out=sides[1], gap=gap)
        return self._say(law, part=sides[0], upper=sides[1], parts=sides[0], whole=sides[1], gap=gap)

    def _blank(self, results: Sequence[Result]) -> str:
        """Return which row is blank and what it stands against; nothing if the result is about something else."""
        found = say.BLANKS.get(local(results[0].shape))
        if found is None:
            return ""
        link, template = found
        rows = list(dict.fromkeys(plain_iri(r.focus) for r in results if r.family == results[0].family))
        places = [self._finder.place(row) for row in rows]
        known = places[0].statement
        where = [self._phrases.where(place, known if place is not places[0] else "") for place in places]
        figures = dict.fromkeys(figure for row in rows for figure in self._facts.all(row, link))
        stated = {cell: self._finder.place(cell) for figure in figures for cell in self._finder.stating(figure)}
        items = dict.fromkeys(self._phrases.placed(p, known) for p in sorted(stated.values(), key=_tables_first))
        return self._say(template, row=self._listed(where), items=self._listed(items))

    def _general(self, cause: Cause) -> str:
        """Return what the shape says, after the place it says it of."""
        leading = cause.results[0]
        message = pick(leading.messages, self._language)
        place = next((p for p in leading.evidence if p.iri == cause.place), next(iter(leading.evidence), None))
        where = self._phrases.where(place) if place is not None else ""
        return self._say(say.GENERAL, place=where, message=message) if where else message

    # --- what would make it right -------------------------------------------------------------------------------------------

    def _remedy(self, cause: Cause) -> str:
        """Return what to change so that everything holds."""
        leading = cause.results[0]
        if cause.row_is_missing:
            return self._missing_row(cause)
        sums = sum(result.family != leading.family for result in cause.results)
        if leading.family == "blanks" and sums:
            return self._say(say.FILLED_IN, count=sums)
        stands_alone = cause.move is None and plain_iri(leading.focus) == cause.place
        if leading.severity == "info" or stands_alone:
            return ""
        if not cause.place or cause.move is None:
            return pick(say.COMPARE, self._language)
        place = self._finder.place(cause.place)
        if place.amount is None:
            return pick(say.COMPARE, self._language)
        known = self._one_table(leading)
        count = len(cause.results)
        effect = pick(say.ONE_HOLDS, self._language) if count == 1 else self._say(say.ALL_HOLD, count=count)
        text = self._say(
            self._remedy_for(cause),
            place=self._phrases.where(place, known),
            printed=self._phrases.print_of(place),
            right=self._phrases.number(place.amount + cause.move, place),
            effect=effect,
        )
        return text if cause.sure else text + self._otherwise(leading)

    def _missing_row(self, cause: Cause) -> str:
        """Return by how much the parts of each column fall short."""
        gaps = []
        for result in cause.results:
            if (equation := self._causes.equations.of(result)) is not None:
                place = self._best(self._facts.one(equation.node, "whole"))
                label = place.column_label.rpartition("/")[2] if place is not None else ""
                gaps.append(f"{label} {self._phrases.amount(abs(equation.gap), place)}".strip())
        return self._say(say.MISSING_ROW, count=len(gaps), gaps=self._listed(gaps))

    def _remedy_for(self, cause: Cause) -> Messages:
        """Return the sentence for what to change: whether it is enough by itself, and whether other places would do."""
        if not self._causes.suffices(cause):
            return say.REMEDY_WITH_OTHERS
        return say.REMEDY if cause.sure else say.REMEDY_OF_SEVERAL

    def _otherwise(self, leading: Result) -> str:
        """Return what else may have made a sum miss: a part that is not listed, or rounding."""
        equation = self._causes.equations.of(leading)
        if equation is None or equation.kind != "rollup":
            return ""
        lacks = pick(say.MISSING_PART, self._language) if equation.gap < 0 else ""
        return lacks + (pick(say.MAY_ROUND, self._language) if local(leading.shape) == "RoundingUndeclared" else "")

    # --- helpers ------------------------------------------------------------------------------------------------------------

    def _say(self, template: Messages, **values: object) -> str:
        return pick(template, self._language).format(**values)

    def _sentences(self, *texts: str) -> str:
        """Return texts as sentences."""
        said = [text[0].upper() + text[1:] if self._language == "en" else text for text in texts if text]
        return "".join(f"{text}。" for text in said) if self._language == "zh" else " ".join(f"{t}." for t in said)

    def _listed(self, items: Iterable[str]) -> str:
        """Return items in a row, of a long list the first ones and how many there are."""
        found = list(items)
        if len(found) <= _SHOWN + 1:
            return self._comma.join(found)
        shown = self._comma.join(found[:_SHOWN])
        rest = self._say(say.AND_SO_ON, count=len(found))
        return shown + rest if self._language == "zh" else f"{shown} {rest}"

    def _said(self, figure: str) -> str:
        """Return a figure's amount at the place that is read best, or without a place."""
        place = self._best(figure)
        return self._phrases.placed(place) if place is not None else self._phrases.bare(figure)

    def _best(self, figure: str) -> Place | None:
        """Return the first place, tables before prose, that states the amount a figure has."""
        places = [self._finder.place(cell) for cell in self._causes.decides(figure)]
        return min(places, key=_tables_first, default=None)

    def _together(self, whole: str, parts: Sequence[str], suspect: str) -> dict[str, Place | None]:
        """Return a place for each figure, all in one statement if one states them all, the suspect's by preference."""
        figures = (whole, *parts)
        choices = {f: [self._finder.place(cell) for cell in self._causes.decides(f)] for f in figures}
        in_statement = {f: {place.statement: place for place in places} for f, places in choices.items()}
        common = set.intersection(*(set(places) for places in in_statement.values()))
        preferred = self._facts.one(suspect, "inStatement")
        home = preferred if preferred in common else min(common, default="")
        return {f: in_statement[f].get(home) or self._best(f) for f in figures}

    def _one_table(self, result: Result) -> str:
        """Return the statement that all evidence of a result stands in, or nothing."""
        statements = {place.statement for place in result.evidence}
        return statements.pop() if len(statements) == 1 else ""

    def _sum(self, equation: Equation, whole: str) -> Decimal:
        return (self._facts.number(whole, "amount") or Decimal(0)) + equation.gap


def _tables_first(place: Place) -> tuple[object, ...]:
    return place.kind == "mention", place.page, place.line, place.column or 0


def _reading_order(place: Place | None, figure: str) -> tuple[object, ...]:
    if place is None:
        return (1, 0, 0, 0, figure)
    return (0, place.row or 0, place.column or 0, place.line, place.iri)
