"""Read what the rows of a table say: which code or words stand on each side, and the coordinates they give.

A table has one or more sides (revenue on the left, expenditure on the right): columns of codes and labels, and the
columns of amounts that belong to them. Some rows give their coordinates to the rows below them (carry-over).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from budgetlod.core.text import label_key, squeeze
from budgetlod.interpret.findings import Findings
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.model.document import Place
from budgetlod.model.lexicon import DIMENSION_OF, Lexicon, Meaning, StatementType
from budgetlod.model.tables import Entry

_CODE_LENGTHS = (3, 5, 7)
_CLASSIFICATIONS = ("function", "economic", "governmentEconomic")


@dataclass
class Side:
    """One side of a table; ``context`` are the coordinates that a row above passes on, ``above`` is what it says."""

    codes: list[Heading] = field(default_factory=list)
    labels: list[Heading] = field(default_factory=list)
    amounts: list[Heading] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)
    above: Reading | None = None


class Reading(NamedTuple):
    """What a row says on one side: code, label and coordinates; ``None`` where its words are unknown.

    ``entry`` is what it says in a national classification, if it speaks of one.
    """

    code: str
    label: str
    coordinates: Mapping[str, str] | None
    entry: Entry | None = None


def sides_of(headings: Sequence[Heading]) -> list[Side]:
    """Return the sides of a table: a column of codes or labels after amounts begins another side."""
    sides = [Side()]
    for heading in headings:
        if heading.role in ("code", "label"):
            if sides[-1].amounts:
                sides.append(Side())
            (sides[-1].codes if heading.role == "code" else sides[-1].labels).append(heading)
        elif heading.role == "amount":
            sides[-1].amounts.append(heading)
    return sides


class RowReader:
    """Reads rows through the lexicon; codes that no list holds are kept in :attr:`local_codes`."""

    def __init__(
        self, type_: StatementType, lexicon: Lexicon, names: Mapping[str, Meaning], place: Place, findings: Findings
    ) -> None:
        """``names`` are row labels that the document itself defines: its projects and institutions, by label key."""
        self.type, self.lexicon, self.names, self.findings = type_, lexicon, names, findings
        self.place = place.words()
        self.local_codes: dict[tuple[str, str], str] = {}

    def read(self, row: RawRow, side: Side) -> Reading:
        """Return what a row says on a side."""
        side.above = self._read(row, side)
        return side.above

    def _read(self, row: RawRow, side: Side) -> Reading:
        code = "".join(squeeze(row.cells[h.index]) for h in side.codes if h.index < len(row.cells))
        label = "".join(squeeze(row.cells[h.index]) for h in side.labels if h.index < len(row.cells))
        if not code and not label:
            if self.type.labels_carry_down and side.above and "project" in (side.above.coordinates or {}):
                return side.above
            return Reading(code, label, {} if not side.codes and not side.labels else None)
        if code and (dimension := self._dimension(code, side)):
            self._check_label(dimension, code, label)
            return Reading(code, label, {**side.context, dimension: code}, self._entry(dimension, code, label))
        said = self._coordinates(label, row, side)
        entry = self._misfit(code, label, side) if code else self._class_named(label, said, side)
        return Reading(code, label, said, entry)

    # --- what a row says in a classification --------------------------------------------------------------------------

    def _entry(self, dimension: str, code: str, label: str) -> Entry:
        """Return what a row with a code says; of codes that share its label the nearest to the printed one is named."""
        named = self.lexicon.codes(dimension).keys.get(label_key(label), ())
        nearest = min(named, key=lambda other: (-_shared(code, other), other), default="")
        return Entry(dimension, label, code, nearest)

    def _misfit(self, code: str, label: str, side: Side) -> Entry | None:
        """Return what a row says whose code has a length that no code has, if its label is one of the list."""
        told = next((h.dimension for h in side.codes if h.dimension), "")
        dimension = next((d for d in (told, *self.type.row_dimensions) if d in _CLASSIFICATIONS), "")
        if not dimension or not code.isdigit():
            return None
        entry = self._entry(dimension, code, label)
        return entry if entry.named and code[:3] in self.lexicon.codes(dimension).codes else None

    def _class_named(self, label: str, said: Mapping[str, str] | None, side: Side) -> Entry | None:
        """Return the class of functions or economic categories that a row without a code names.

        Unknown words inside a list of classes name none. Names of lower levels occur in many places: they tell nothing.
        """
        above = side.above.entry if side.above else None
        if said is None:
            return Entry(above.dimension, label) if above and not above.printed and label else None
        for dimension in _CLASSIFICATIONS:
            code = said.get(dimension, "")
            if len(code) == _CODE_LENGTHS[0] and code.isdigit() and code in self.lexicon.codes(dimension).codes:
                return Entry(dimension, label, "", code)
        return None

    def _coordinates(self, label: str, row: RawRow, side: Side) -> Mapping[str, str] | None:
        """Return what the label of a row says; a label that opens or closes a context changes that of its side."""
        of_columns = dict(side.amounts[0].coordinates) if side.amounts else {}
        context = dict(self.type.fixes) | of_columns | side.context
        key = label_key(label)
        meaning = self.names.get(key) or self.lexicon.find(key, "row", context, self.type.row_dimensions)
        if meaning is None:
            zh = f"{self.type.label}的行名“{label}”未能识别"
            en = f"{self.type.label_en}: the row label {label} is not known"
            self.findings.add("label-unknown", "info", zh, en, row.places[0].words())
            return None
        if meaning.closes:
            side.context = {}
        said = {**side.context, **dict(meaning.sets or self.type.row_total)}
        if meaning.opens:
            side.context = dict(meaning.sets)
        return said

    def _dimension(self, code: str, side: Side) -> str:
        """Return the classification a printed code belongs to: as the heading says, else the first that fits."""
        told = next((h.dimension for h in side.codes if h.dimension), "")
        for dimension in (told,) if told else self.type.row_dimensions:
            if dimension not in DIMENSION_OF.values():
                continue
            codes = self.lexicon.codes(dimension).codes
            by_prefix = code.isdigit() and len(code) in _CODE_LENGTHS
            if code in codes or (by_prefix and any(len(c) == 3 and c.isdigit() for c in codes)):
                return dimension
        return ""

    def _check_label(self, dimension: str, code: str, label: str) -> None:
        codes = self.lexicon.codes(dimension)
        if code not in codes.codes:
            self.local_codes[dimension, code] = label
        elif label and code not in codes.keys.get(label_key(label), ()):
            known = codes.codes[code].label
            zh, en = (
                f"科目 {code} 印作“{label}”，代码表为“{known}”",
                f"code {code} is printed as {label}, the code list says {known}",
            )
            self.findings.add("label-differs", "info", zh, en, self.place)


def _shared(code: str, other: str) -> int:
    """Return how many leading digits two codes share; a code shares one more with itself."""
    differing = (place for place, pair in enumerate(zip(code, other, strict=False)) if pair[0] != pair[1])
    return next(differing, min(len(code), len(other))) + (code == other)
