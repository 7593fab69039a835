"""One printed table as a grid: headings of several levels, rows, blanks, sums, marks of findings, page breaks.

The grid is made from the graph alone, as :mod:`budgetlod.publish.rebuild` does; each position has the anchor of its IRI.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.evidence import Facts
from budgetlod.publish.site.findings import SIGNS, Finding, Findings
from budgetlod.publish.site.money import ten_thousands
from budgetlod.publish.site.naming import Name
from budgetlod.publish.site.sums import Sum
from budgetlod.publish.site.vocabulary import Text
from budgetlod.rdf.names import BLOD, CODE, PROV

_PAGE = re.compile(r"#(?:.*&)?page=(\d+)")
_LINE = re.compile(r"#line=(\d+)")
_REVENUE = CODE + "flow/revenue"
_MOST_PARTS = 12


class Heading(NamedTuple):
    """A cell of the head: its words, how far it reaches, its anchor (of the lowest level only), what it stands for."""

    text: str
    across: int
    down: int
    anchor: str
    stands_for: str


class Cell(NamedTuple):
    """One position. ``kind``: amount, text, blank or unmapped; ``sign`` and ``note`` say what a sum or a mark is about."""

    anchor: str
    text: str
    kind: str
    figure: str
    sign: str
    note: Text
    marks: tuple[Finding, ...]


class Row(NamedTuple):
    """A row: its anchor, the page that begins before it (empty: none), its cells on each side."""

    anchor: str
    page: Text
    sides: tuple[tuple[Cell, ...], ...]

    def is_blank(self, side: int) -> bool:
        """Tell whether a side of the row prints nothing but a running number."""
        return not any(cell.text for cell in self.sides[side] if cell.anchor.partition("c")[2] != "0")


class Grid(NamedTuple):
    """A table: the levels of the head of each side, rows, how many sums it prints and how many close."""

    heads: tuple[tuple[tuple[Heading, ...], ...], ...]
    rows: tuple[Row, ...]
    sums: int
    closing: int
    amounts: int


class GridMaker:
    """Makes the grids of one disclosure; ``unmapped`` are printed numbers by statement key and position."""

    def __init__(self, facts: Facts, findings: Findings, unmapped: Mapping[str, Mapping[tuple[int, int], str]]) -> None:
        self.facts, self.findings, self.unmapped = facts, findings, unmapped

    def grid(self, statement: str) -> Grid:
        """Return the grid of a statement (IRI)."""
        graph, parts = self.facts.graph, parts_of(self.facts.graph)
        columns = sorted(parts.columns.get(statement, ()), key=lambda iri: graph.number(iri, BLOD + "order"))
        rows = sorted(parts.rows.get(statement, ()), key=lambda iri: graph.number(iri, BLOD + "order"))
        sides = _sides(graph, columns)
        pages = _page_breaks(graph, statement, rows)
        made = [self._row(statement, row, sides, pages.get(row, Text())) for row in rows]
        sums = [one for row in rows for one in self._sums_of_row(statement, row)]
        return Grid(
            tuple(_head(graph, side) for side in sides),
            tuple(made),
            len(sums),
            sum(one.state in {"closes", "rounded"} for one in sums),
            sum(cell.kind == "amount" for row in made for side in row.sides for cell in side),
        )

    def _row(self, statement: str, row: str, sides: Sequence[Sequence[str]], page: Text) -> Row:
        anchor = row.partition("#")[2]
        made = tuple(tuple(self._cell(statement, row, column) for column in side) for side in sides)
        marks = self.findings.by_place.get(row)
        if marks and made and made[0]:
            first = made[0][0]
            made = ((first._replace(marks=(*first.marks, *marks)), *made[0][1:]), *made[1:])
        return Row(anchor, page, made)

    def _cell(self, statement: str, row: str, column: str) -> Cell:
        graph = self.facts.graph
        iri = f"{row}{column.partition('#')[2]}"
        anchor = iri.partition("#")[2]
        found = parts_of(graph).cells.get((row, column), ())
        marks = tuple(self.findings.by_place.get(iri, ()))
        if not found:
            return self._without_evidence(statement, row, column, anchor, marks)
        text = " ".join(sorted(graph.text(one, BLOD + "printed") for one in found))
        if self._is_unmapped(statement, row, column):
            return Cell(anchor, text, "unmapped", "", "", Text(), marks)
        if not graph.terms(found[0], BLOD + "statedAmount"):
            return Cell(anchor, text, "text", "", "", Text(), marks)
        figure = graph.text(found[0], BLOD + "states")
        sign, note = self._sign(statement, figure, found[0])
        return Cell(anchor, text, "amount", figure, sign, note, marks)

    def _without_evidence(self, statement: str, row: str, column: str, anchor: str, marks: tuple[Finding, ...]) -> Cell:
        printed = self._is_unmapped(statement, row, column)
        return Cell(anchor, printed, "unmapped" if printed else "blank", "", "", Text(), marks)

    def _is_unmapped(self, statement: str, row: str, column: str) -> str:
        """Return the number printed at a position that was not understood; empty where there is none."""
        known = self.unmapped.get(statement.rpartition("/")[2])
        if not known:
            return ""
        return known.get(
            (self.facts.graph.number(row, BLOD + "order"), self.facts.graph.number(column, BLOD + "order")), ""
        )

    def _sign(self, statement: str, figure: str, cell: str) -> tuple[str, Text]:
        """Return what to write beside an amount: that it closes, by how much it misses, or that others say another."""
        sums = [one for one in self.facts.sums.of(figure) if statement in one.statements]
        broken = next((one for one in sums if one.state == "broken"), None)
        if broken:
            return f"✕ 差 {ten_thousands(abs(broken.gap))}", self._parts_words(broken)
        if self._differs(figure, cell):
            said = ten_thousands(self.facts.sums.amount(figure) or Decimal(0))
            return "≠", Text(f"另有出处写作 {said} 万元", f"other places say {said} (CNY 10,000)")
        closing = next((one for one in sums if one.state in {"closes", "rounded"}), None)
        return ("Σ" if closing.state == "closes" else "≈", self._parts_words(closing)) if closing else ("", Text())

    def _differs(self, figure: str, cell: str) -> bool:
        amount = self.facts.sums.amount(figure)
        if amount is None:
            return False
        graph = self.facts.graph
        stated = Decimal(graph.text(cell, BLOD + "statedAmount"))
        if stated == amount:
            return False
        precisions = (Decimal(graph.text(one, BLOD + "precision", "0")) for one in (figure, cell))
        return abs(stated - amount) > sum(precisions, Decimal(0)) / 2

    def _parts_words(self, one: Sum) -> Text:
        names = [self.part_name(part, one.dimensions) for part in one.parts[:_MOST_PARTS]]
        more = len(one.parts) - len(names)
        zh = " + ".join(name.notation or name.text.zh for name in names) + (f" + …（另{more}项）" if more else "")
        en = " + ".join(name.notation or name.text.en for name in names) + (f" + … ({more} more)" if more else "")
        return Text(zh, en)

    def part_name(self, part: str, dimensions: Iterable[str]) -> Name:
        """Return what tells a part from its siblings: its coordinate in the dimension of the breakdown."""
        names = self.facts.names
        for dimension in dimensions:
            value = self.facts.graph.text(part, BLOD + dimension)
            if value and not value.endswith("/_T"):
                return names.of(value)
        return names.of(part)

    def _sums_of_row(self, statement: str, row: str) -> Iterable[Sum]:
        for cell in parts_of(self.facts.graph).in_row.get(row, ()):
            for figure in self.facts.graph.texts(cell, BLOD + "states"):
                yield from (one for one in self.facts.sums.of(figure) if statement in one.statements)


class _Parts(NamedTuple):
    """The parts of all statements of a graph: rows and columns by statement, cells by position and by row."""

    rows: Mapping[str, Sequence[str]]
    columns: Mapping[str, Sequence[str]]
    cells: Mapping[tuple[str, str], Sequence[str]]
    in_row: Mapping[str, Sequence[str]]


@lru_cache(maxsize=1)
def parts_of(graph: Lookup) -> _Parts:
    """Return the parts of all statements."""
    rows: dict[str, list[str]] = defaultdict(list)
    columns: dict[str, list[str]] = defaultdict(list)
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    in_row: dict[str, list[str]] = defaultdict(list)
    for kind, found in (("Row", rows), ("Column", columns)):
        for iri in graph.members(BLOD + kind):
            found[graph.text(iri, BLOD + "inStatement")].append(iri)
    for kind in ("Cell", "TextCell"):
        for iri in graph.members(BLOD + kind):
            row = graph.text(iri, BLOD + "inRow")
            cells[row, graph.text(iri, BLOD + "inColumn")].append(iri)
            in_row[row].append(iri)
    return _Parts(rows, columns, cells, in_row)


def _sides(graph: Lookup, columns: Sequence[str]) -> list[Sequence[str]]:
    """Return the columns of both sides of a left-and-right table, or all columns as one side.

    The left side ends where columns of revenue give way to columns of another flow.
    """
    flows = [_flow(graph, column) for column in columns]
    coded = [index for index, flow in enumerate(flows) if flow]
    turns = [b for a, b in pairwise(coded) if (flows[a] == _REVENUE) != (flows[b] == _REVENUE)]
    if len(turns) != 1 or flows[coded[0]] != _REVENUE:
        return [columns]
    left, right = columns[: turns[0]], columns[turns[0] :]
    return [left, right] if min(len(left), len(right)) > 1 else [columns]


def _flow(graph: Lookup, column: str) -> str:
    return next((code for code in graph.texts(column, BLOD + "standsFor") if code.startswith(CODE + "flow/")), "")


def _head(graph: Lookup, columns: Sequence[str]) -> tuple[tuple[Heading, ...], ...]:
    """Return the levels of a head; equal words beside each other on one level under one heading are one cell."""
    paths = [tuple(graph.text(column, BLOD + "label").split("/")) for column in columns]
    depth = max((len(path) for path in paths), default=1)
    levels = []
    for level in range(depth):
        cells: list[Heading] = []
        last: tuple[str, ...] = ()
        for column, path in zip(columns, paths, strict=True):
            if len(path) - 1 == level:
                codes = (code.removeprefix(CODE) for code in graph.texts(column, BLOD + "standsFor"))
                cells.append(Heading(path[level], 1, depth - level, column.partition("#")[2], " ".join(codes)))
                last = ()
            elif len(path) - 1 > level:
                here = path[: level + 1]
                if here == last:
                    cells[-1] = cells[-1]._replace(across=cells[-1].across + 1)
                else:
                    cells.append(Heading(path[level], 1, 1, "", ""))
                last = here
        levels.append(tuple(cells))
    return tuple(levels)


def _page_breaks(graph: Lookup, statement: str, rows: Sequence[str]) -> dict[str, Text]:
    """Return the pages that begin inside a table, by the row before which they begin.

    Pages are those of the document; in a text without pages the lines over a table's later pages (``blod:Imprint``) say where
    one begins, and its number is that in the table.
    """
    imprints = sorted(
        (_first(_LINE, graph, one), graph.number(one, BLOD + "pageNumber"))
        for one in graph.members(BLOD + "Imprint")
        if graph.text(one, BLOD + "inStatement") == statement
    )
    breaks, last = dict[str, Text](), 0
    for row in rows:
        page, line = _first(_PAGE, graph, row), _first(_LINE, graph, row)
        if line:
            page = max((number for start, number in imprints if start <= line), default=1)
        if page > last > 0:
            zh = f"本表第{page}页" if line else f"第{page}页"
            breaks[row] = Text(zh, f"page {page} of this table" if line else f"page {page}")
        last = max(page, last)
    return breaks


def _first(pattern: re.Pattern[str], graph: Lookup, subject: str) -> int:
    found = (pattern.search(iri) for iri in graph.texts(subject, PROV + "hadPrimarySource"))
    return min((int(match[1]) for match in found if match), default=0)


def mark_sign(finding: Finding) -> str:
    """Return the sign of a finding at its cell."""
    return "○" if finding.accepted else SIGNS[finding.severity]
