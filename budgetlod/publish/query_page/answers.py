"""Prepared answers: what the examples give for one disclosure, for readers without scripts or WebAssembly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import pyoxigraph

from budgetlod.publish.query_page.links import PageRule, page_of, short
from budgetlod.rdf.names import CODE, DCTERMS, FOAF, RDFS, SKOS, XSD
from budgetlod.rdf.queries import Term, named_queries

ROWS = 8
"""So many rows of an answer are shown; their whole number is said."""
BLANK = "—"
LABELS = (f"{SKOS}prefLabel", f"{RDFS}label", f"{DCTERMS}title", f"{FOAF}name")
"""Properties that name a resource, the best first."""
_NUMBERS = frozenset(XSD + name for name in ("decimal", "integer", "double", "float"))
_Rows = list[list[Term | None]]


class Shown(NamedTuple):
    """A cell: its text, the language of the text (``""``: none), the IRI and page behind it, whether it is a number."""

    text: str
    language: str = ""
    iri: str = ""
    page: str | None = None
    number: bool = False


class Answer(NamedTuple):
    """The answer of a named query: columns, the first rows as terms, how many rows there are."""

    columns: list[str]
    rows: _Rows
    total: int


class ShownAnswer(NamedTuple):
    """An answer as it is shown: what all its rows have in common once, then the columns that differ.

    Each column is its name and whether all that it holds are numbers.
    """

    common: list[tuple[str, Shown]]
    columns: list[tuple[str, bool]]
    rows: list[list[Shown]]
    total: int


class Answers:
    """Answers of all named queries over the N-Triples of one disclosure."""

    def __init__(self, ntriples: bytes) -> None:
        self._store = pyoxigraph.Store()
        self._store.bulk_load(ntriples, pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
        self.by_name = {name: self._ask(name) for name in named_queries()}

    def _ask(self, name: str) -> Answer:
        query = named_queries()[name]
        found = self._store.query(query.text, substitutions=query.substitutions({}) or None)
        assert isinstance(found, pyoxigraph.QuerySolutions)  # every named query is a SELECT
        columns = [variable.value for variable in found.variables]
        rows = [[row[column] for column in columns] for row in islice(found, ROWS)]
        return Answer(columns, rows, len(rows) + sum(1 for _ in found))

    def shown(self, name: str, language: str, rules: Sequence[PageRule], base: str) -> ShownAnswer:
        """Return an answer as cells: labels in ``language`` where there are, links where a page is."""
        answer = self.by_name[name]
        cells = [[self._cell(term, language, rules, base) for term in row] for row in answer.rows]
        same = _common(answer.rows)
        return ShownAnswer(
            [(answer.columns[place], cells[0][place]) for place in same],
            [(name, _numeric(cells, place)) for place, name in enumerate(answer.columns) if place not in same],
            [[cell for place, cell in enumerate(row) if place not in same] for row in cells],
            answer.total,
        )

    def _cell(self, term: object, language: str, rules: Sequence[PageRule], base: str) -> Shown:
        if isinstance(term, pyoxigraph.NamedNode):
            text, tongue = self._label(term, language) or (short(term.value, base), "")
            return Shown(with_notation(term.value, text), tongue, term.value, page_of(rules, term.value, language))
        if isinstance(term, pyoxigraph.Literal):
            if term.datatype.value in _NUMBERS:
                return Shown(grouped(term.value), number=True)
            return Shown(term.value, term.language or "")
        return Shown(BLANK)

    def _label(self, node: pyoxigraph.NamedNode, language: str) -> tuple[str, str] | None:
        """Return the label in ``language``, else in another, with its language."""
        for name in LABELS:
            found = [quad.object for quad in self._store.quads_for_pattern(node, pyoxigraph.NamedNode(name), None)]
            labels = sorted((o.language or "", o.value) for o in found if isinstance(o, pyoxigraph.Literal))
            if labels:
                tongue, text = min(labels, key=lambda label: label[0] != language)
                return text, tongue
        return None


def _numeric(cells: list[list[Shown]], place: int) -> bool:
    filled = [row[place] for row in cells if row[place].text != BLANK]
    return bool(filled) and all(cell.number for cell in filled)


def _common(rows: _Rows) -> list[int]:
    """Return the places of the columns that say the same in every row, if there are several rows and other columns."""
    found = [place for place, values in enumerate(zip(*rows, strict=True)) if len(set(values)) == 1]
    return found if len(rows) > 1 and len(found) < len(rows[0]) else []


def with_notation(iri: str, text: str) -> str:
    """Return the label of a code with its number before it, as printed tables have it; other texts as they are."""
    notation = iri.rpartition("/")[2]
    return f"{notation} {text}" if iri.startswith(CODE) and notation.isdigit() and notation not in text else text


def grouped(number: str) -> str:
    """Return the digits of a number in threes, a true minus sign before it; nothing is rounded."""
    sign, digits = ("\N{MINUS SIGN}", number[1:]) if number.startswith("-") else ("", number)
    whole, point, rest = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{rest}" if whole.isdigit() else number
