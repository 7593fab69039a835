"""A printed place of a graph as a record: table, row, column, text, amount and position, and the same in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import squeeze
from budgetlod.rdf.names import DCTERMS, PROV, RDFS, SKOS
from budgetlod.validate import codes
from budgetlod.validate.facts import Facts, local
from budgetlod.validate.report import Place, PlaceKind

LABEL = RDFS + "label"
PRIMARY_SOURCE = PROV + "hadPrimarySource"
_NOTATION = SKOS + "notation"
_KINDS: tuple[tuple[str, PlaceKind], ...] = (
    ("Cell", "cell"),
    ("TextCell", "text"),
    ("Mention", "mention"),
    ("Remark", "mention"),
    ("Row", "row"),
    ("Statement", "statement"),
    ("Section", "section"),
)
_NAMES = (LABEL, SKOS + "prefLabel", DCTERMS + "title", "label")
_LINE = re.compile(r"line=(\d+)(?:,(\d+))?")
_PAGE = re.compile(r"page=(\d+)")
# Further files of a disclosure are published as source-2.pdf, source-3.pdf.
_FURTHER = re.compile(r"source-(\d+)\.")
_DIGITS = re.compile(r"(\d+)")
_AMOUNT = re.compile(r"[-−－]?[0-9][0-9,\s]*(?:\.[0-9\s]+)?")

Words = tuple[str, str]
"""The same words in Chinese and English."""


class Span(NamedTuple):
    """Where something is printed: page, first and last line, counted from 1 (0: not known)."""

    page: int
    line: int
    last_line: int

    def words(self) -> Words:
        """Return the position in words."""
        if self.page:
            return f"第{self.page}页", f"page {self.page}"
        if self.last_line <= self.line:
            return f"原文第{self.line}行", f"source line {self.line}"
        return f"原文第{self.line}至{self.last_line}行", f"source lines {self.line} to {self.last_line}"


class Places:
    """The places of one graph; each is made once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._made: dict[str, Place] = {}

    def place(self, node: str) -> Place:
        """Return the place that a node (a plain IRI) is."""
        found = self._made.get(node)
        if found is None:
            found = self._made[node] = self._make(node)
        return found

    def _make(self, node: str) -> Place:
        facts = self._facts
        kinds = facts.kinds(node)
        kind: PlaceKind = next((name for class_, name in _KINDS if class_ in kinds), "other")
        statement = node if kind == "statement" else facts.one(node, "inStatement")
        row = node if kind == "row" else facts.one(node, "inRow")
        column = facts.one(node, "inColumn")
        section = node if kind == "section" else facts.one(node, "inSection")
        row_label, row_code = self._beside(row, node, "label"), self._beside(row, node, _NOTATION)
        spans, source = self._spans(node)
        amount = facts.number(node, "statedAmount")
        unit, factor = self._unit(node, statement, amount)
        title = facts.one(statement, LABEL) if statement else ""
        heading = facts.one(section, LABEL) if section else ""
        place = Place(
            iri=node,
            zh="",
            en="",
            kind=kind,
            statement=statement,
            title=title,
            statement_type=local(facts.one(statement, "statementType")) if statement else "",
            section=heading or (facts.one(facts.one(statement, "inSection"), LABEL) if statement else ""),
            row=self._order(row),
            row_label=row_label,
            row_code=row_code,
            column=self._order(column),
            column_label=facts.one(column, "label") if column else "",
            printed=facts.one(node, "printed"),
            amount=amount,
            precision=facts.number(node, "precision") if amount is not None else None,
            unit=unit,
            factor=factor,
            page=spans[0].page if spans else 0,
            line=spans[0].line if spans else 0,
            last_line=spans[0].last_line if spans else 0,
            source=source,
            states=tuple(facts.all(node, "states")),
        )
        return _worded(
            place, "" if kind == "statement" else heading, named(facts, node) if kind == "other" else None, spans
        )

    # --- the parts --------------------------------------------------------------------------------------------------------

    def _order(self, node: str) -> int | None:
        """Return the number of a row or column."""
        order = self._facts.one(node, "order") if node else ""
        return int(order) if order else None

    def _beside(self, row: str, node: str, name: str) -> str:
        """Return the label or code of a row; of two items side by side the one printed nearest left of the cell."""
        texts = {squeeze(text): text for text in self._facts.all(row, name)} if row else {}
        here = self._column(node) if len(texts) > 1 else None
        if here is not None:
            cells = (
                (self._column(cell), squeeze(self._facts.one(cell, "printed")))
                for cell in self._facts.subjects("inRow", row)
            )
            left = [(column, text) for column, text in cells if column is not None and column < here and text in texts]
            return texts[max(left)[1]] if left else " / ".join(texts.values())
        return " / ".join(texts.values())

    def _column(self, cell: str) -> int | None:
        column = self._facts.one(cell, "inColumn")
        return self._order(column) if column else None

    def _spans(self, node: str) -> tuple[list[Span], str]:
        """Return the positions that fragments name (RFC 8118 pages, RFC 5147 lines) in order, and the file's name.

        RFC 5147 counts the positions between lines from 0: ``line=209,210`` is the line that editors number 210.
        """
        spans, name = set[Span](), ""
        for source in self._facts.all(node, PRIMARY_SOURCE):
            document, _, fragment = source.partition("#")
            name = name or local(document)
            if page := _PAGE.search(fragment):
                spans.add(Span(int(page[1]), 0, 0))
            elif line := _LINE.search(fragment):
                first = int(line[1]) + 1
                spans.add(Span(0, first, max(first, int(line[2] or line[1]))))
        return sorted(spans), name

    def _unit(self, node: str, statement: str, amount: Decimal | None) -> tuple[str, Decimal | None]:
        """Return the unit of money in which an amount is printed and its worth: the one said, if it fits the print."""
        said = self._facts.one(node, "unit") or (self._facts.one(statement, "printedUnit") if statement else "")
        worth = codes.factor(self._facts, said) if said else None
        printed = _number(self._facts.one(node, "printed")) if amount is not None else None
        if printed and amount is not None and (worth is None or printed * worth != amount):
            actual = amount / printed
            if name := codes.money_units().get(actual):
                return name, actual
        return (codes.notation(said), worth) if worth is not None else ("", None)


def named(facts: Facts, node: str) -> Words | None:
    """Return what a thing is: its class, and its label if it has one; ``None`` where neither is known."""
    label = next((text for name in _NAMES if (text := facts.one(node, name))), "")
    words = next((codes.classes()[kind] for kind in sorted(facts.kinds(node)) if kind in codes.classes()), None)
    if words is None:
        return (f"“{label}”", f'"{label}"') if label else None
    return (f"{words.zh}“{label}”", f'{words.en} "{label}"') if label else (words.zh, words.en)


def in_order(place: Place) -> tuple[int, int, int, list[tuple[int, str]]]:
    """Sort key of places in document order: by file and position, then row 9 before row 10."""
    return _file_number(place.source), place.page, place.line, natural(place.iri)


def _file_number(source: str) -> int:
    further = _FURTHER.match(source)
    return int(further[1]) if further else 1


def natural(text: str) -> list[tuple[int, str]]:
    """Sort key by which row 9 comes before row 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text)]


def _worded(place: Place, heading: str, thing: Words | None, spans: list[Span]) -> Place:
    """Return a place with its words."""
    parts = list(_parts(place, heading, thing))
    zh, en = [zh for zh, _ in parts], [en for _, en in parts]
    positions = [span.words() for span in spans]
    if positions:
        number = _file_number(place.source)
        in_file = (f"第{number}个文件", f"file {number}, ") if number > 1 else ("", "")
        zh.append(in_file[0] + "、".join(words for words, _ in positions))
        en.append(in_file[1] + " and ".join(words for _, words in positions))
    return replace(place, zh="，".join(zh), en=", ".join(en))


def _parts(place: Place, heading: str, thing: Words | None) -> Iterator[Words]:
    """Yield what is known of a place: statement, section, row, column, what it is, printed text."""
    if place.title:
        yield f"《{place.title}》", f'table "{place.title}"'
    if heading:
        yield f"“{heading}”一节", f'section "{heading}"'
    if row := row_words(place):
        yield row
    if place.column_label:
        yield f"“{place.column_label}”列", f'column "{place.column_label}"'
    if thing:
        yield thing
    if place.printed:
        yield f"印作“{place.printed}”", f'printed "{place.printed}"'


def row_words(place: Place) -> Words | None:
    """Return the number and label of a place's row; ``None`` if it is in none."""
    if place.row is None and place.kind not in ("row",) and not place.row_label:
        return None
    number = ("行", "row") if place.row is None else (f"第{place.row}行", f"row {place.row}")
    if not place.row_label:
        return number
    return f"{number[0]}“{place.row_label}”", f'{number[1]} "{place.row_label}"'


def _number(printed: str) -> Decimal | None:
    """Return the first number of a print, ``455.88`` of "455.88 万元"."""
    found = _AMOUNT.search(printed)
    return parse_number(found[0]) if found else None
