"""Read what the rows of a table say: which codes or words stand on each side, and the coordinates they give.

Some rows give their coordinates to the rows below them (carry-over, the nature of expenditure). What a side is says
:mod:`budgetlod.interpret.row_sides`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from budgetlod.core.text import fold, label_key, squeeze
from budgetlod.interpret.document_labels import CLASSIFICATIONS, NO_LABELS, DocumentLabels, classification_of
from budgetlod.interpret.findings import Findings
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.interpret.printed_codes import CODE_LENGTHS, by_custom, is_below, joined_code, named_code, split_code
from budgetlod.interpret.row_sides import Key, Reading, Side, shared_label
from budgetlod.model.document import Place
from budgetlod.model.lexicon import DIMENSION_OF, Lexicon, Meaning, StatementType
from budgetlod.model.tables import Entry

_CLASS = CODE_LENGTHS[0]
_ECONOMIC = frozenset({"economic", "governmentEconomic"})
_CARRIED = (("vintage", "carried"),)
_YEAR = re.compile(r"(20\d\d)年?度?")
# A numeral without its mark, or with the mark on the next line: what text extraction leaves of 二、外交支出.
_LOST_MARK = re.compile(r"^\s*[一二三四五六七八九十]{1,3}[\s、]+(?=\S)")
_STRAY_MARK = re.compile(r"\n\s*、|、\s*\n|、\s*$")


class RowReader:
    """Reads rows through the lexicon; codes that no list holds are kept in :attr:`local_codes`."""

    def __init__(
        self,
        type_: StatementType,
        lexicon: Lexicon,
        names: Mapping[str, Meaning],
        place: Place,
        findings: Findings,
        labels: DocumentLabels = NO_LABELS,
    ) -> None:
        """``names`` are row labels that the document itself defines (projects, institutions), by label key.

        ``labels`` are the names that it prints beside codes elsewhere.
        """
        self.type, self.lexicon, self.names, self.findings, self.labels = type_, lexicon, names, findings, labels
        self.place = place.words()
        self.local_codes: dict[tuple[str, str], str] = {}

    def read(self, row: RawRow, side: Side) -> Reading:
        """Return what a row says on a side."""
        side.above = self._read(row, side)
        return side.above

    def _read(self, row: RawRow, side: Side) -> Reading:
        found = [self._key(row, key, side) for key in side.keys]
        if not any(reading.code or reading.label for reading in found) and (label := shared_label(row, side)):
            found = [self._worded("", label, label, row, side.keys[0], side)]
        filled = [reading for reading in found if reading.code or reading.label]
        if not filled:
            if self.type.labels_carry_down and side.above and "project" in (side.above.coordinates or {}):
                return side.above
            return Reading("", "", None if side.keys else {})
        said: dict[str, str] = {}
        for reading in filled:
            if reading.coordinates is None:
                return filled[0]._replace(coordinates=None, entries=tuple(e for r in filled for e in r.entries))
            said |= reading.coordinates
        code = next((reading.code for reading in filled if reading.code), "")
        entries = tuple(entry for reading in filled for entry in reading.entries)
        return Reading(code, filled[0].label, said, entries, filled[0].meaning)

    # --- one key of a row ---------------------------------------------------------------------------------------------

    def _key(self, row: RawRow, key: Key, side: Side) -> Reading:
        """Return what the columns of a key say."""
        code, label, raw = self._texts(row, key)
        if not code and not label:
            return Reading("", "", {})
        if code and (dimension := self._dimension(code, key)):
            key.last = code
            self._check_label(dimension, code, label)
            context = side.context | self._nature(dimension, side)
            return Reading(code, label, {**context, dimension: code}, (self._entry(dimension, code, label),))
        return self._worded(code, label, raw, row, key, side)

    def _worded(self, code: str, label: str, raw: str, row: RawRow, key: Key, side: Side) -> Reading:
        """Return what words say, beside a code that is none of a classification or without one."""
        said, name, code_named = self._coordinates(label, raw, row, key, side)
        entry = self._misfit(code, label, key) if code else self._class_named(label, code_named, said, side)
        return Reading(code, label, said, (entry,) if entry else (), name)

    def _texts(self, row: RawRow, key: Key) -> tuple[str, str, str]:
        """Return code, label and label as printed: each in its column, both in one cell, or the label in the other."""
        codes = [self._cell(row, h) for h in key.codes]
        codes = ["" if self.lexicon.role(label_key(cell), self.type.notation) == "code" else cell for cell in codes]
        raw = "".join(self._cell(row, h, squeezed=False) for h in key.labels)
        label = squeeze(raw)
        code = joined_code(codes, key.last)
        if not code and (words := "".join(codes)):
            if both := self._split(words, key):
                return both[0], label or both[1], raw or both[1]
            if not words.isdigit() or not label:
                return ("", words, words) if not label else (words, label, raw)
            return words, label, raw
        if not code and (both := self._split(label, key)):
            return both[0], both[1], both[1]
        return code, label, raw

    @staticmethod
    def _cell(row: RawRow, heading: Heading, squeezed: bool = True) -> str:
        text = row.cells[heading.index] if heading.index < len(row.cells) else ""
        merged = row.above[heading.index] if not text and heading.index < len(row.above) else ""
        return squeeze(text or merged) if squeezed else text or merged

    def _split(self, text: str, key: Key) -> tuple[str, str] | None:
        """Return code and label of a cell that holds both, if the code is one that can be there."""
        both = split_code(text)
        dimension = classification_of(both.code, self.lexicon) if both else ""
        if both is None or not dimension or (key.dimension and key.dimension != dimension):
            return None
        codes = self.lexicon.codes(dimension)
        known = both.code in codes.keys.get(label_key(both.label), ()) or len(both.code) > _CLASS or both.marked
        return (both.code, both.label) if known else None

    def _nature(self, dimension: str, side: Side) -> dict[str, str]:
        """Return the nature that a row above gives to the economic categories below it."""
        return {"nature": side.nature} if side.nature and dimension in _ECONOMIC else {}

    # --- what a row says in a classification --------------------------------------------------------------------------

    def _entry(self, dimension: str, code: str, label: str) -> Entry:
        """Return what a row with a code says; of codes that share its label the nearest to the printed one is named.

        A local code that bears the name of the code it divides (3021101 差旅费) is named rightly.
        """
        codes = self.lexicon.codes(dimension)
        named = codes.keys.get(label_key(label), ())
        nearest = min(named, key=lambda other: (-_shared(code, other), other), default="")
        local = bool(nearest) and code not in codes.codes and code.startswith(nearest)
        return Entry(dimension, label, code, code if local else nearest)

    def _misfit(self, code: str, label: str, key: Key) -> Entry | None:
        """Return what a row says whose code has a length that no code has, if its label is one of the list."""
        dimension = next((d for d in (key.dimension, *self.type.row_dimensions) if d in CLASSIFICATIONS), "")
        if not dimension or not code.isdigit():
            return None
        entry = self._entry(dimension, code, label)
        return entry if entry.named and code[:_CLASS] in self.lexicon.codes(dimension).codes else None

    def _class_named(self, label: str, code: str, said: Mapping[str, str] | None, side: Side) -> Entry | None:
        """Return the class of functions or economic categories that a row without a code names.

        Unknown words inside a list of classes name none. Names of lower levels occur in many places: they tell nothing.
        """
        above = side.above.entries[0] if side.above and side.above.entries else None
        if said is None:
            return Entry(above.dimension, label) if above and not above.printed and label else None
        dimension = next((d for d in CLASSIFICATIONS if code and said.get(d) == code), "")
        if dimension and len(code) == _CLASS and code in self.lexicon.codes(dimension).codes:
            return Entry(dimension, label, "", code)
        return None

    # --- words --------------------------------------------------------------------------------------------------------

    def _coordinates(
        self, label: str, raw: str, row: RawRow, key: Key, side: Side
    ) -> tuple[Mapping[str, str] | None, str, str]:
        """Return what a label says, the name of its meaning, and the classification's code that it names.

        A label that opens or closes a context changes that of its side.
        """
        context = dict(self.type.fixes) | (dict(side.amounts[0].coordinates) if side.amounts else {}) | side.context
        for text in _spellings(label, raw):
            if found := self._named_code(text, key, context):
                dimension, code = found
                key.last = code
                return {**side.context, **self._nature(dimension, side), dimension: code}, "", code
            if (meaning := self._meaning(label_key(text), key, context)) is not None:
                return self._said(meaning, key, side), meaning.name, ""
        # Below a merged cell that names a group a row is about what it prints itself, but a total is one of the group.
        own = label_key("".join(row.cells[h.index] for h in key.labels if h.index < len(row.cells)))
        if own != label_key(label) and (meaning := self._meaning(own, key, context)) is not None and meaning.sets:
            return self._said(meaning, key, side), meaning.name, ""
        if year := _YEAR.fullmatch(fold(label)):
            return {**side.context, "fiscalYear": year[1]}, "", ""
        zh = f"{self.type.label}的行名“{label}”未能识别"
        en = f"{self.type.label_en}: the row label {label} is not known"
        self.findings.add("label-unknown", "info", zh, en, row.places[0].words())
        return None, "", ""

    def _said(self, meaning: Meaning, key: Key, side: Side) -> Mapping[str, str]:
        """Return what a row's words say, and let them open or close what they give to the rows below."""
        balance = self.type.carry_over_decides
        if meaning.closes or (key.dimension == "item" and not meaning.sets):
            side.context = {}
            side.nature = ""
        elif balance and side.context == dict(_CARRIED) and any(d == "vintage" for d, _ in meaning.sets):
            side.context = {}
        said = {**side.context, **dict(meaning.sets)}
        if meaning.opens or (balance and meaning.sets == _CARRIED):
            # What is bought stays goods or services below the name of the unit that buys it.
            kept = side.context if key.dimension == "item" and "item" not in dict(meaning.sets) else {}
            side.context = {**kept, **dict(meaning.sets)}
        if key.dimension in _ECONOMIC and [d for d, _ in meaning.sets] == ["nature"]:
            side.nature = meaning.sets[0][1]
        return said

    def _dimensions(self, key: Key) -> tuple[str, ...]:
        """Return the dimensions that the labels of a key may speak of, the one that its heading tells first."""
        told = (key.dimension,) if key.dimension else ()
        others = (d for d in self.type.row_dimensions if d not in told and not (told and d in CLASSIFICATIONS))
        return (*told, *others)

    def _meaning(self, words: str, key: Key, context: Mapping[str, str]) -> Meaning | None:
        """Return what words mean in a row: by the document's own names, by a label, or by words that end like one."""
        rows = self._dimensions(key)
        both = tuple(
            dict.fromkeys((*rows, *self.type.column_dimensions, "nature" if key.dimension in _ECONOMIC else "flow"))
        )
        return (
            self.names.get(words)
            or self.lexicon.find(words, "row", context, rows)
            or self.lexicon.find(words, "row", context, both)
            or self._carried(words, context)
            or self.lexicon.nearly(words, "row", context, (*both, "vintage"))
        )

    def _carried(self, words: str, context: Mapping[str, str]) -> Meaning | None:
        """Return what a source of money means with a word for carry-over behind it (一般公共预算拨款结转)."""
        for ending in sorted(self.lexicon.words_of("carried-funds"), key=len, reverse=True):
            rest = words.removesuffix(ending)
            if rest == words or not self.type.carry_over_decides:
                continue
            of = self.lexicon.find(rest, "row", context, ("source",)) or self.lexicon.nearly(
                rest, "row", context, ("source",)
            )
            if of is not None and of.sets:
                return of._replace(sets=(*of.sets, *_CARRIED))
        return None

    def _named_code(self, text: str, key: Key, context: Mapping[str, str]) -> tuple[str, str] | None:
        """Return the classification and the code that a name alone means, by the code of the row before."""
        words = label_key(text)
        if words in self.names:
            return None
        told = self._dimensions(key)
        others = (*CLASSIFICATIONS, *told) if not key.dimension and self.type.row_dimensions else told
        for dimension in (d for d in dict.fromkeys((*told, *others)) if d in CLASSIFICATIONS):
            candidates = self._candidates(dimension, words)
            other = self.lexicon.find(words, "row", context, (*told, *self.type.column_dimensions))
            if not candidates or (other is not None and other.sets and other.sets[0][0] != dimension):
                continue
            code = named_code(candidates, key.last)
            if not is_below(code, key.last) and (usual := by_custom(candidates, key.last)):
                self.local_codes[dimension, usual] = text
                return dimension, usual
            if code not in self.lexicon.codes(dimension).codes:
                self.local_codes[dimension, code] = text
            return dimension, code
        return None

    def _candidates(self, dimension: str, words: str) -> tuple[str, ...]:
        """Return the codes that a name has in the list or elsewhere in the document."""
        listed = self.lexicon.codes(dimension).keys.get(words, ())
        printed = self.labels.codes.get(dimension, {}).get(words, ())
        return tuple(code for code in dict.fromkeys((*printed, *listed)) if code.isdigit())

    # --- codes --------------------------------------------------------------------------------------------------------

    def _dimension(self, code: str, key: Key) -> str:
        """Return the classification a printed code belongs to.

        As the heading says if that classification has its class, else the one that has; else the first of the rows'
        dimensions that could have such a code.
        """
        by_class = classification_of(code, self.lexicon)
        if by_class:
            return by_class
        for dimension in (key.dimension,) if key.dimension else self.type.row_dimensions:
            if dimension not in DIMENSION_OF.values():
                continue
            codes = self.lexicon.codes(dimension).codes
            if code in codes or (_is_code(code) and any(_is_code(c) for c in codes)):
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


def _spellings(label: str, raw: str) -> Iterator[str]:
    """Yield a label, and what it may be without the marks that text extraction moves about."""
    yield label
    mended = _STRAY_MARK.sub("", raw)
    bare = squeeze(_LOST_MARK.sub("", mended))
    if bare != label:
        yield bare


def _is_code(code: str) -> bool:
    return code.isdigit() and len(code) in CODE_LENGTHS


def _shared(code: str, other: str) -> int:
    """Return how many leading digits two codes share; a code shares one more with itself."""
    differing = (place for place, pair in enumerate(zip(code, other, strict=False)) if pair[0] != pair[1])
    return next(differing, min(len(code), len(other))) + (code == other)
