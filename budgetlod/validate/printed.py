"""The tables and sections of a document as they were printed, from the graph alone: what a report sets its marks in.

Everything bears the IRI of the node it comes from, so that a finding's places can be found in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import pyoxigraph

from budgetlod.rdf.names import BLOD, RDF
from budgetlod.validate.facts import Facts, local
from budgetlod.validate.places import LABEL, Places, in_order

_ANY_SPACE = r"\s*"


class Printed(NamedTuple):
    """One printed text in a table: its node, the text, and whether it is an amount."""

    iri: str
    text: str
    is_amount: bool


class Row(NamedTuple):
    """A row of a table: its node, its number, and for each column what is printed there (nothing: blank)."""

    iri: str
    number: int
    cells: tuple[tuple[Printed, ...], ...]


class Table(NamedTuple):
    """A printed table: its node, title, kind, note, headings and rows."""

    iri: str
    title: str
    type: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


class Run(NamedTuple):
    """A stretch of a text; ``nodes`` are those printed there, none for the words between them."""

    text: str
    nodes: tuple[str, ...] = ()


class Section(NamedTuple):
    """A section of the notes: its node, heading, kind, and text cut at what is wanted."""

    iri: str
    title: str
    type: str
    runs: tuple[Run, ...]


class Document:
    """The printed parts of a graph in the order of the document; ``about`` is the disclosure that gives its name."""

    def __init__(self, store: pyoxigraph.Store, about: str = "") -> None:
        self._store, self._facts = store, Facts(store)
        self._places = Places(self._facts)
        self._about = about
        self._values: dict[str, dict[str, str]] = {}

    def parts(self, wanted: Iterable[str] = ()) -> list[Table | Section]:
        """Return tables and sections; the texts of sections are cut at the nodes of ``wanted``."""
        tables = self._tables()
        inside: dict[str, list[str]] = defaultdict(list)
        for node in sorted(set(wanted)):
            inside[self.home(node)].append(node)
        return [tables[node] if node in tables else self._section(node, inside[node]) for node in self._ordered_parts]

    def home(self, node: str) -> str:
        """Return the table or section that a node stands in: as the graph says, else by position; or nothing."""
        said = self._facts.one(node, "inStatement") or self._facts.one(node, "inSection")
        if said or node in self._known:
            return said or node
        place = self._places.place(node)
        if not (place.page or place.line):
            return ""
        before = bisect_right(self._starts, (place.page, place.line))
        return self._ordered_parts[before - 1] if before else ""

    def name(self) -> tuple[str, str]:
        """Return the title of the disclosure in Chinese and English; empty where it has none."""
        names = self._texts(self._about) if self._about else {}
        zh = names.get("zh") or next(iter(names.values()), "")
        return zh, names.get("en") or zh

    # --- the parts --------------------------------------------------------------------------------------------------------

    @cached_property
    def _ordered_parts(self) -> list[str]:
        nodes = [*self._members("Statement"), *self._members("Section")]
        return sorted(nodes, key=lambda node: in_order(self._places.place(node)))

    @cached_property
    def _starts(self) -> list[tuple[int, int]]:
        places = (self._places.place(node) for node in self._ordered_parts)
        return [(place.page, place.line) for place in places]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._ordered_parts)

    def _members(self, kind: str) -> list[str]:
        return self._facts.subjects(RDF + "type", BLOD + kind)

    def _tables(self) -> dict[str, Table]:
        columns, rows = self._ordered("Column"), self._ordered("Row")
        printed = self._printed()
        return {node: self._table(node, columns[node], rows[node], printed) for node in self._members("Statement")}

    def _table(
        self,
        node: str,
        columns: Sequence[tuple[int, str]],
        rows: Sequence[tuple[int, str]],
        printed: dict[tuple[str, str], list[Printed]],
    ) -> Table:
        facts = self._facts
        return Table(
            node,
            facts.one(node, LABEL) or local(node),
            local(facts.one(node, "statementType")),
            " ".join(facts.all(node, "note")),
            tuple(facts.one(column, "label") for _, column in columns),
            tuple(
                Row(row, number, tuple(tuple(printed.get((row, column), ())) for _, column in columns))
                for number, row in rows
            ),
        )

    def _section(self, node: str, wanted: Sequence[str]) -> Section:
        facts = self._facts
        inside = facts.subjects("inSection", node)
        # All mentions, in order: the second "0.00" of a text is told from the first by what stands between them.
        mentions = sorted((facts.number(m, "order") or 0, m) for m in inside if "Mention" in facts.kinds(m))
        others = [one for one in wanted if "Mention" not in facts.kinds(one)]
        text = facts.one(node, "text")
        spans = [*find(text, [(m, facts.one(m, "printed")) for _, m in mentions])]
        spans += [span for one in others for span in find(text, [(one, facts.one(one, "printed"))])]
        kept = [span for span in spans if span[2] in wanted]
        title = facts.one(node, LABEL) or local(node)
        return Section(node, title, local(facts.one(node, "sectionType")), tuple(cut(text, kept)))

    # --- all of a kind at once: many times faster than node by node --------------------------------------------------------

    def _ordered(self, kind: str) -> dict[str, list[tuple[int, str]]]:
        """Return the rows or columns of each table with their numbers."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        tables, numbers = self._pairs("inStatement"), self._pairs("order")
        for node in self._facts.subjects(RDF + "type", BLOD + kind):
            found[tables.get(node, "")].append((int(numbers.get(node, "0")), node))
        for parts in found.values():
            parts.sort()
        return found

    def _printed(self) -> dict[tuple[str, str], list[Printed]]:
        """Return what is printed by row and column."""
        found: dict[tuple[str, str], list[Printed]] = defaultdict(list)
        columns, texts = self._pairs("inColumn"), self._pairs("printed")
        amounts = set(self._facts.subjects(RDF + "type", BLOD + "Cell"))
        for node, row in sorted(self._pairs("inRow").items()):
            if node in columns:
                found[row, columns[node]].append(Printed(node, texts.get(node, ""), node in amounts))
        return found

    def _pairs(self, name: str) -> dict[str, str]:
        """Return the value of a property by node, for all nodes that have it."""
        found = self._values.get(name)
        if found is None:
            found = self._values[name] = self._read(name)
        return found

    def _read(self, name: str) -> dict[str, str]:
        quads = self._store.quads_for_pattern(None, pyoxigraph.NamedNode(BLOD + name), None, None)
        return {
            quad.subject.value: quad.object.value
            for quad in quads
            if isinstance(quad.subject, pyoxigraph.NamedNode) and not isinstance(quad.object, pyoxigraph.Triple)
        }

    def _texts(self, node: str) -> dict[str, str]:
        quads = self._store.quads_for_pattern(
            pyoxigraph.NamedNode(node), pyoxigraph.NamedNode(LABEL), None, pyoxigraph.DefaultGraph()
        )
        literals = [quad.object for quad in quads if isinstance(quad.object, pyoxigraph.Literal)]
        return {one.language or "": one.value for one in sorted(literals, key=str)}


def find(text: str, wanted: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield where prints stand in a text, for prints in the order of the text; white space does not count.

    ``list(find("a 1.0 万元", [("m", "1.0万元")])) == [(2, 8, "m")]``.
    """
    cursor = 0
    for node, printed in wanted:
        letters = [re.escape(letter) for letter in printed if not letter.isspace()]
        if not letters:
            continue
        pattern = re.compile(_ANY_SPACE.join(letters))
        match = pattern.search(text, cursor) or pattern.search(text)
        if match:
            cursor = max(cursor, match.end())
            yield match.start(), match.end(), node


def cut(text: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[Run]:
    """Yield a text as runs; of spans that overlap the first keeps the words, and the node of the other."""
    at = 0
    merged: list[tuple[int, int, list[str]]] = []
    for start, end, node in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1][2].append(node)
        else:
            merged.append((start, end, [node]))
    for start, end, nodes in merged:
        if start > at:
            yield Run(text[at:start])
        yield Run(text[start:end], tuple(dict.fromkeys(nodes)))
        at = end
    if at < len(text):
        yield Run(text[at:])
