"""The parts of a sentence about figures and places, in one language: amounts, coordinates, where something stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from budgetlod.core.numbers import decimals, plain
from budgetlod.core.text import squeeze
from budgetlod.model.lexicon import SCHEMES
from budgetlod.rdf.names import CODE, QB, RDFS
from budgetlod.validate import codes
from budgetlod.validate import sentences as say
from budgetlod.validate.facts import Facts
from budgetlod.validate.places import named
from budgetlod.validate.report import Messages, Place

Language = Literal["zh", "en"]
Axis = Literal["row", "column"]
_LABEL = RDFS + "label"
_CENT = Decimal("0.01")


class Shared(NamedTuple):
    """What cells have in common: the row (they differ by column) or the column, and how to name it."""

    axis: Axis
    words: str


def pick(messages: Messages, language: Language) -> str:
    """Return the text of one language."""
    return messages.zh if language == "zh" else messages.en


class Phrases:
    """Says figures and places of one graph in one language."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self._facts, self._language = facts, language

    # --- amounts ------------------------------------------------------------------------------------------------------------

    def number(self, amount: Decimal, place: Place | None) -> str:
        """Return an amount as a place would print it, without its unit; in yuan where the unit is not known."""
        if place is None or place.factor is None:
            return _grouped(amount)
        value = plain(amount / place.factor)
        places = 2 if place.precision is None else max(0, decimals(plain(place.precision / place.factor)))
        return f"{value:.{max(places, decimals(value))}f}"

    def amount(self, amount: Decimal, place: Place | None) -> str:
        """Return an amount as a place would print it, with its unit."""
        return self.number(amount, place) + self.unit(place)

    def unit(self, place: Place | None) -> str:
        """Return the unit of money of a place as it follows a number."""
        unit = f"{CODE}unit/{place.unit}" if place is not None and place.unit else f"{CODE}unit/cny"
        words = pick(codes.label(self._facts, unit), self._language)
        return words if self._language == "zh" else f" {words}"

    def yuan(self, amount: Decimal) -> str:
        """Return an amount in yuan."""
        return pick(say.YUAN, self._language).format(amount=_grouped(amount))

    def gap(self, difference: Decimal, place: Place | None) -> str:
        """Return a difference as printed and in yuan: ``0.01万元，即100.00元``."""
        size = abs(difference)
        in_yuan = self.yuan(size)
        if place is None or place.factor is None or place.factor == 1:
            return in_yuan
        return pick(say.AS_PRINTED, self._language).format(printed=self.amount(size, place), yuan=in_yuan)

    def print_of(self, place: Place) -> str:
        """Return what a place prints, without white space inside numbers."""
        return squeeze(place.printed)

    def money(self, place: Place) -> str:
        """Return what a place prints, with its unit where the print has none."""
        text = self.print_of(place)
        if not text:
            return self.yuan(place.amount) if place.amount is not None else ""
        return text + self.unit(place) if text[-1:].isdigit() or text[-1:] in ")）" else text

    # --- figures ------------------------------------------------------------------------------------------------------------

    def figure(self, figure: str) -> str:
        """Return the coordinates of a figure in words: ``支出 · 行政运行(2010301) · 基本支出``."""
        return self.coordinates(figure) or pick(say.THE_FIGURE, self._language)

    def coordinates(self, figure: str) -> str:
        """Return the coordinates of a figure, or what it is if it is no figure of the cube; nothing if that is unknown."""
        return " · ".join(self._coordinates(figure)) or self._name(figure)

    def _coordinates(self, figure: str) -> Iterator[str]:
        """Yield what tells a figure from others of its disclosure."""
        facts = self._facts
        homes = facts.all(figure, QB + "dataSet") or facts.all(figure, "http://purl.org/dc/terms/isPartOf")
        usual = homes[0] if homes else ""
        year, phase, body = (facts.one(figure, name) for name in ("fiscalYear", "phase", "organization"))
        if year and year != facts.one(usual, "fiscalYear"):
            yield f"{year}年" if self._language == "zh" else year
        if phase and phase != facts.one(usual, "phase"):
            yield pick(codes.label(facts, phase), self._language)
        if body and body != facts.one(usual, "organization"):
            yield self._name(body)
        for dimension in SCHEMES:
            code = facts.one(figure, dimension)
            if code and not codes.says_nothing(code):
                yield pick(codes.label(facts, code), self._language) if code.startswith(CODE) else self._name(code)

    def _name(self, node: str) -> str:
        """Return the label of something that is no code, else what kind of thing it is."""
        label = self._facts.one(node, _LABEL)
        if label:
            return f"“{label}”" if self._language == "zh" else f'"{label}"'
        kinds = sorted(kind for kind in self._facts.kinds(node) if kind in codes.classes())
        return pick(codes.classes()[kinds[0]], self._language) if kinds else ""

    def bare(self, figure: str) -> str:
        """Return a figure that no place states, with its amount in yuan."""
        amount = self._facts.number(figure, "amount")
        return self.figure(figure) + ("" if amount is None else self._after(self.yuan(amount)))

    # --- places -------------------------------------------------------------------------------------------------------------

    def where(self, place: Place, known: str = "") -> str:
        """Return where a place is, in a few words: table (unless it is the one ``known``), row, column, page or line."""
        parts = list(self._position(place, known)) or [pick(say.SOMEWHERE, self._language)]
        text = ("" if self._language == "zh" else ", ").join(part for part in parts if part)
        return text + self.source(place)

    def _position(self, place: Place, known: str) -> Iterator[str]:
        if place.title:
            if place.statement != known or place.row is None:
                yield self._say(say.IN_TABLE, title=place.title)
        elif place.section:
            yield self._say(say.IN_SECTION, section=place.section)
        elif place.kind == "other" and (words := named(self._facts, place.iri)) is not None:
            yield words[0 if self._language == "zh" else 1]
        if place.row is not None:
            yield self._row(place)
        if place.column_label:
            yield self._say(say.IN_COLUMN, label=_last(place.column_label))

    def source(self, place: Place, note: str = "") -> str:
        """Return page or line of a place in brackets, and a note with it."""
        at = self._say(say.ON_PAGE, page=place.page) if place.page else ""
        at = at or (self._say(say.ON_LINE, line=place.line) if place.line else "")
        inside = ("；" if self._language == "zh" else "; ").join(part for part in (at, note) if part)
        return self._say(say.IN_BRACKETS, text=inside) if inside else ""

    def placed(self, place: Place, known: str = "") -> str:
        """Return a place and what it prints."""
        return self.where(place, known) + self._after(self.money(place), apart=True)

    def shared(self, places: Sequence[Place], note: str) -> Shared | None:
        """Return the row or column that all of some cells stand in (with a note in brackets), or ``None``."""
        first = places[0]
        if not first.statement or any(place.statement != first.statement for place in places):
            return None
        table = self._say(say.IN_TABLE, title=first.title)
        between = "" if self._language == "zh" else ", "
        if first.row is not None and all(place.row == first.row for place in places):
            return Shared("row", table + between + self._row(first) + self.source(first, note))
        if first.column is not None and all(place.column == first.column for place in places):
            label = _last(first.column_label)
            column = between + self._say(say.IN_COLUMN, label=label) if label else ""
            return Shared("column", table + column + (self._say(say.IN_BRACKETS, text=note) if note else ""))
        return None

    def short(self, place: Place, axis: Axis) -> str:
        """Return a place by what tells it from others in its row (its column) or column (its row), and its print."""
        if axis == "row":
            return _last(place.column_label) + self._after(self.money(place))
        return self._row(place) + self.source(place) + self._after(self.money(place))

    def _row(self, place: Place) -> str:
        number = self._say(say.IN_ROW, number=place.row)
        if not place.row_label:
            return number
        return f"{number}“{place.row_label}”" if self._language == "zh" else f'{number} "{place.row_label}"'

    def _after(self, amount: str, *, apart: bool = False) -> str:
        """Return an amount as it follows the words it belongs to."""
        if self._language == "zh":
            return f"为{amount}" if apart else amount
        return f" {amount}"

    def _say(self, template: Messages, **values: object) -> str:
        return pick(template, self._language).format(**values)


def _last(heading: str) -> str:
    """Return the innermost level of a heading path."""
    return heading.rpartition("/")[2]


def _grouped(amount: Decimal) -> str:
    """Return an amount in yuan with thousands separators and at least two decimals, exactly."""
    value = plain(amount)
    return f"{value:,.{max(2, decimals(value))}f}"
