"""What changed between two graphs of a disclosure: figures with their places, statements, resources, and lines.

Figures are compared by IRI, which spells their coordinates, so a figure keeps its name from version to version. A place is
the cell or sentence that prints a figure.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from budgetlod.publish.labels import RowLabels
from budgetlod.publish.lookup import Lookup, natural_order
from budgetlod.rdf.names import BLOD, PROV, QB, RDF, RDFS

_TYPE = f"<{RDF}type>"
_STATES = f"<{BLOD}states>"


class Printed(NamedTuple):
    """Where a figure is printed: statement, row and column as printed, the text, and the place in the source (an IRI).

    In prose the statement, row and column are empty.
    """

    statement: str
    row: str
    column: str
    text: str
    source: str


class FigureChange(NamedTuple):
    """A figure whose amount (in yuan) differs; ``None``: not there. The places are those of each side."""

    iri: str
    old: Decimal | None
    new: Decimal | None
    old_places: tuple[Printed, ...] = ()
    new_places: tuple[Printed, ...] = ()

    @property
    def kind(self) -> str:
        """``changed``, ``added`` or ``removed``."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def difference(self) -> Decimal | None:
        """New less old, where there are both."""
        return None if self.old is None or self.new is None else self.new - self.old


class StatementChange(NamedTuple):
    """A statement that is there on one side only (``added``, ``removed``), with its title."""

    iri: str
    title: str
    kind: str


class ClassChange(NamedTuple):
    """How many resources of a class are there on one side only, and how many differ."""

    type: str
    added: int
    removed: int
    changed: int


class Changes(NamedTuple):
    """All differences of two graphs; without any it is false."""

    figures: tuple[FigureChange, ...] = ()
    statements: tuple[StatementChange, ...] = ()
    resources: tuple[ClassChange, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return any(self)

    def counted(self) -> Counter[str]:
        """Return how many figures are ``changed``, ``added`` and ``removed``."""
        return Counter(figure.kind for figure in self.figures)


def compare(old: Lookup, new: Lookup) -> Changes:
    """Return what changed from one graph of a disclosure to another."""
    return Changes(tuple(_figures(old, new)), tuple(_statements(old, new)), tuple(_resources(old, new)))


def changes_json(changes: Changes) -> dict[str, Any]:
    """Return the changes as plain JSON; amounts are strings, so that no digit is lost."""
    return {
        "figures": [
            {
                "figure": one.iri,
                "kind": one.kind,
                "old": _text(one.old),
                "new": _text(one.new),
                "difference": _text(one.difference),
                "oldPlaces": [place._asdict() for place in one.old_places],
                "newPlaces": [place._asdict() for place in one.new_places],
            }
            for one in changes.figures
        ],
        "statements": [one._asdict() for one in changes.statements],
        "resources": [one._asdict() for one in changes.resources],
    }


def read_changes(said: Mapping[str, Any]) -> Changes:
    """Return the changes that :func:`changes_json` wrote."""
    figures = [
        FigureChange(
            one["figure"],
            _amount(one["old"]),
            _amount(one["new"]),
            tuple(Printed(**place) for place in one["oldPlaces"]),
            tuple(Printed(**place) for place in one["newPlaces"]),
        )
        for one in said["figures"]
    ]
    statements = tuple(StatementChange(**one) for one in said["statements"])
    return Changes(tuple(figures), statements, tuple(ClassChange(**one) for one in said["resources"]))


def json_file(document: Mapping[str, Any]) -> bytes:
    """Return a JSON file for people and programs."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def line_diff(old: Sequence[bytes], new: Sequence[bytes]) -> bytes:
    """Return the lines that are in one of two sorted files only, sorted, each after ``-`` (old) or ``+`` (new)."""
    before, after = set(old), set(new)
    marked = [(line, b"-") for line in before - after] + [(line, b"+") for line in after - before]
    return b"".join(sign + b" " + line + b"\n" for line, sign in sorted(marked))


def _figures(old: Lookup, new: Lookup) -> Iterator[FigureChange]:
    before, after = _amounts(old), _amounts(new)
    differing = [iri for iri in before.keys() | after.keys() if before.get(iri) != after.get(iri)]
    if not differing:
        return
    there, here = _Places(old), _Places(new)
    for iri in sorted(differing, key=natural_order):
        yield FigureChange(iri, before.get(iri), after.get(iri), there.of(iri), here.of(iri))


def _amounts(graph: Lookup) -> dict[str, Decimal]:
    return {iri: Decimal(graph.text(iri, BLOD + "amount")) for iri in graph.members(QB + "Observation")}


class _Places:
    """The evidence of one graph, by what it states."""

    def __init__(self, graph: Lookup) -> None:
        self._graph, self._labels = graph, RowLabels(graph)
        self._stating: dict[str, list[str]] = {}
        for subject, said in graph.nodes():
            for stated in said.get(_STATES, ()):
                self._stating.setdefault(stated[1:-1], []).append(subject[1:-1])

    def of(self, figure: str) -> tuple[Printed, ...]:
        found = sorted(self._stating.get(figure, ()), key=natural_order)
        return tuple(self._printed(evidence) for evidence in found)

    def _printed(self, evidence: str) -> Printed:
        graph = self._graph
        statement, row, column = (graph.text(evidence, BLOD + name) for name in ("inStatement", "inRow", "inColumn"))
        return Printed(
            graph.text(statement, RDFS + "label"),
            self._labels.label(row, column),
            graph.text(column, BLOD + "label"),
            graph.text(evidence, BLOD + "printed"),
            min(graph.texts(evidence, PROV + "hadPrimarySource"), default=""),
        )


def _statements(old: Lookup, new: Lookup) -> Iterator[StatementChange]:
    before, after = set(old.members(BLOD + "Statement")), set(new.members(BLOD + "Statement"))
    for graph, only, kind in ((old, before - after, "removed"), (new, after - before, "added")):
        for iri in sorted(only, key=natural_order):
            yield StatementChange(iri, graph.text(iri, RDFS + "label"), kind)


def _resources(old: Lookup, new: Lookup) -> Iterator[ClassChange]:
    counts: dict[str, Counter[str]] = {}
    for graph, other, only in ((old, new, "removed"), (new, old, "added")):
        for subject, said in graph.nodes():
            theirs = other.node(subject)
            if said == theirs or (theirs and only == "added"):
                continue
            for term in said.get(_TYPE, ()):
                counts.setdefault(term[1:-1], Counter())["changed" if theirs else only] += 1
    for name in sorted(counts):
        yield ClassChange(name, counts[name]["added"], counts[name]["removed"], counts[name]["changed"])


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
