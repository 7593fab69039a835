"""What the things of one disclosure are called on its pages: codes, coordinates of figures, places in the source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from budgetlod.publish.addresses import page_of
from budgetlod.publish.figures import DIMENSIONS
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site import names
from budgetlod.publish.site.vocabulary import Text
from budgetlod.rdf.names import BLOD, CODE, DCTERMS

CODED = tuple(name for name in DIMENSIONS if name not in {"organization", "fiscalYear", "phase"})
"""The dimensions in which a figure of the department, its year and its phase can differ from another."""
_SHOWN = ("function", "economic", "governmentEconomic", "project", "item", "nature", "source", "vintage", "flow")
_ALL = ("/_T", "")
_PLACE = re.compile(r"#(?:.*&)?(page|line|row)=(?:\d+,)?(\d+)|#(element)")


class Name(NamedTuple):
    """What a code is called, its notation where that is a number people use, and its IRI."""

    text: Text
    notation: str
    iri: str


class Place(NamedTuple):
    """A place in the source: in words, and the path of what shows it (empty for a source that is not published)."""

    text: Text
    path: str


class Names:
    """Answers for one graph; every answer is made once. ``sources`` are the paths that places in the source may lead to."""

    def __init__(self, graph: Lookup, base: str, sources: Collection[str]) -> None:
        self.graph = graph
        self.base = base
        self._sources = sources
        self._labels = names.Names(graph)
        self._names: dict[str, Name] = {}
        self._figures: dict[str, tuple[Name, ...]] = {}
        self._places: dict[str, Place] = {}

    def of(self, iri: str) -> Name:
        """Return what a code, project, body or literal value is called."""
        found = self._names.get(iri)
        if found is None:
            found = self._names[iri] = self._name(iri)
        return found

    def _name(self, iri: str) -> Name:
        if "://" not in iri:
            return Name(Text(iri, iri), "", "")
        label = self._labels.of(iri)
        number = label.code if iri.startswith(CODE) else self.graph.text(iri, DCTERMS + "identifier")
        return Name(Text(label.zh, label.en or label.zh), number if number[:1].isdigit() else "", iri)

    def coordinates(self, figure: str) -> tuple[Name, ...]:
        """Return the coordinates of a figure that say something, the most telling first, the flow last."""
        found = self._figures.get(figure)
        if found is None:
            values = (self.graph.text(figure, BLOD + name) for name in _SHOWN)
            found = self._figures[figure] = tuple(self.of(value) for value in values if not is_all(value))
        return found

    def figure(self, figure: str) -> Text:
        """Return a figure in words, without department, year and phase: 行政运行(2010301) · 支出."""
        names = self.coordinates(figure)
        return Text(" · ".join(map(_zh, names)), " · ".join(map(_en, names)))

    def places(self, subject: str) -> list[Place]:
        """Return where something is printed, each place once, in the order of the source."""
        sources = self.graph.texts(subject, "http://www.w3.org/ns/prov#hadPrimarySource")
        return sorted({self.place(iri) for iri in sources}, key=_in_order) if sources else []

    def place(self, iri: str) -> Place:
        """Return a place in words: 第11页, line 210, row 12."""
        known = self._places.get(iri)
        if known is None:
            path = page_of(iri, self.base)
            shown = path if path.partition("#")[0] in self._sources else ""
            known = self._places[iri] = Place(_place_words(iri), shown)
        return known


def is_all(iri: str) -> bool:
    """Tell whether a coordinate is not broken down, or absent."""
    return iri.endswith("/_T") or not iri


def _zh(name: Name) -> str:
    return f"{name.text.zh}（{name.notation}）" if name.notation else name.text.zh


def _en(name: Name) -> str:
    return f"{name.text.en} ({name.notation})" if name.notation else name.text.en


def _place_words(iri: str) -> Text:
    found = _PLACE.search(iri)
    if found is None or found[3]:
        return Text("原文", "source")
    kind, number = found[1], found[2]
    words = {"page": ("第{}页", "page {}"), "line": ("第{}行", "line {}"), "row": ("第{}行", "row {}")}[kind]
    return Text(words[0].format(number), words[1].format(number))


def _in_order(place: Place) -> tuple[int, str]:
    digits = re.findall(r"\d+", place.text.zh)
    return int(digits[0]) if digits else 0, place.path


def span(places: Iterable[Place]) -> Text:
    """Return the first and the last of some places in words: 第11–13页; empty for none."""
    ordered: Sequence[Place] = sorted(set(places), key=_in_order)
    if not ordered:
        return Text()
    first, last = ordered[0].text, ordered[-1].text
    if first == last or not re.search(r"\d", first.zh):
        return first
    number = re.findall(r"\d+", last.zh)[0]
    return Text(re.sub(r"(\d+)", rf"\1–{number}", first.zh), re.sub(r"(\d+)", rf"\1–{number}", first.en))
