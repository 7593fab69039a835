"""The report as one HTML page: every table as printed, the faulty cells marked, each finding beside its table.

The page is complete without scripts and without a network, and has both languages; the switch is plain CSS. Marks in
tables and texts lead to the finding, the places of a finding lead to the marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from budgetlod.validate.printed import Document, Section, Table
from budgetlod.validate.report import SEVERITIES, Finding, Messages, Place, Report, Severity
from budgetlod.validate.subject import Style, Subject
from budgetlod.validate.templating import page
from budgetlod.validate.words import SEVERITY_NAMES, family_named, rule_of, shape_name, stale, verdict

SIGNS: dict[Severity, str] = {"violation": "✕", "warning": "!", "info": "i"}
_PLACES_SHOWN = 6


class ShownPlace(NamedTuple):
    """A place of a finding, and the anchor of the mark that stands there (empty: it is nowhere on the page)."""

    place: Place
    anchor: str


class Card(NamedTuple):
    """A finding as it is shown, with its anchor; ``places`` in the order of the finding."""

    finding: Finding
    anchor: str
    rules: str
    family: Messages
    places: tuple[ShownPlace, ...]

    @property
    def has_lead(self) -> bool:
        """Whether the first place is likelier to be wrong than the others: a contradiction has two sides."""
        return self.finding.severity == "violation" and len(self.places) > 1

    @property
    def first(self) -> tuple[ShownPlace, ...]:
        """The places that are always shown."""
        return self.places[:_PLACES_SHOWN]

    @property
    def rest(self) -> tuple[ShownPlace, ...]:
        """The places that are shown on demand."""
        return self.places[_PLACES_SHOWN:]


@dataclass(frozen=True, slots=True)
class Block:
    """A table or section, the findings shown beside it, and those shown elsewhere that mark something in it."""

    anchor: str
    part: Table | Section
    cards: tuple[Card, ...]
    also: tuple[Card, ...]

    @property
    def is_table(self) -> bool:
        """Whether the part is a table."""
        return isinstance(self.part, Table)


class Article(NamedTuple):
    """All that the page says of one report. ``marks`` are the cards by the node they mark, ``anchors`` its anchor."""

    anchor: str
    title: Messages
    verdict: Messages
    report: Report
    cards: tuple[Card, ...]
    blocks: tuple[Block, ...]
    elsewhere: tuple[Card, ...]
    marks: Mapping[str, Sequence[Card]]
    anchors: Mapping[str, str]
    hidden: int
    delegated: tuple[str, ...]
    stale: tuple[Messages, ...]


def write(subjects: Sequence[Subject], style: Style) -> str:
    """Return one page of all reports, showing ``style.language`` first."""
    articles = [article(subject, style, f"s{number}") for number, subject in enumerate(subjects, 1)]
    cards = [card for one in articles for card in one.cards]
    families = {card.finding.family: card.family for card in cards}
    return page(
        "report.html",
        articles=articles,
        language=style.language,
        signs=SIGNS,
        severities=SEVERITY_NAMES,
        beside=_beside,
        counts={s: sum(card.finding.severity == s for card in cards) for s in SEVERITIES},
        families=sorted(families.items()),
        accepted=sum(bool(card.finding.accepted) for card in cards),
    )


def article(subject: Subject, style: Style, anchor: str) -> Article:
    """Return what the page says of one report."""
    report = subject.report
    shown = [f for f in report.findings if SEVERITIES.index(f.severity) <= SEVERITIES.index(style.minimum)]
    document = Document(subject.data.store, "".join(report.about[:1])) if subject.data is not None else None
    parts = document.parts(place.iri for f in shown for place in f.places) if document else []
    anchors = dict(_anchors(parts, {place.iri for f in shown for place in f.places}, anchor))
    homes = {f.number: _homes(f, document, anchors) for f in shown}
    cards = tuple(_card(finding, anchor, anchors, document) for finding in shown)
    return Article(
        anchor=anchor,
        title=_title(document, subject),
        verdict=verdict(report),
        report=report,
        cards=cards,
        blocks=tuple(_block(part, anchors[part.iri], cards, homes) for part in parts),
        elsewhere=tuple(card for card in cards if not homes[card.finding.number]),
        marks=_marks(cards),
        anchors=anchors,
        hidden=len(report.findings) - len(shown),
        delegated=tuple(shape_name(iri) for iri in report.delegated),
        stale=tuple(stale(one) for one in report.stale),
    )


def _title(document: Document | None, subject: Subject) -> Messages:
    zh, en = document.name() if document else ("", "")
    spare = ", ".join(subject.report.about) or subject.folder + subject.file or "—"
    return Messages(zh or spare, en or spare)


def _anchors(parts: Sequence[Table | Section], places: set[str], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the anchors of tables and sections, and of what findings are about in them."""
    for number, part in enumerate(parts, 1):
        base = f"{prefix}-t{number}"
        yield part.iri, base
        inside = _rows(part) if isinstance(part, Table) else _runs(part)
        for name, node in inside:
            if node in places:
                yield node, f"{base}{name}"


def _rows(table: Table) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        yield f"r{row.number}", row.iri
        for number, cells in enumerate(row.cells, 1):
            for index, cell in enumerate(cells):
                yield f"r{row.number}c{number}" + ("" if index == 0 else f"-{index + 1}"), cell.iri


def _runs(section: Section) -> Iterator[tuple[str, str]]:
    """Yield the nodes of a text; of several in one stretch all lead to the same mark."""
    for number, run in enumerate(section.runs, 1):
        for node in run.nodes:
            yield f"m{number}", node


def _homes(finding: Finding, document: Document | None, anchors: Mapping[str, str]) -> tuple[str, ...]:
    """Return the tables and sections that a finding is about, the one to show it beside first."""
    if document is None:
        return ()
    found = (document.home(place.iri) for place in finding.places)
    return tuple(dict.fromkeys(node for node in found if node in anchors))


def _card(finding: Finding, prefix: str, anchors: Mapping[str, str], document: Document | None) -> Card:
    places = (
        ShownPlace(place, anchors.get(place.iri) or anchors.get(document.home(place.iri) if document else "", ""))
        for place in finding.places
    )
    return Card(
        finding,
        f"{prefix}-f{finding.number}",
        " ".join(finding.identifiers or (rule_of(finding),)),
        family_named(finding.family).name,
        tuple(places),
    )


def _block(part: Table | Section, anchor: str, cards: Sequence[Card], homes: Mapping[int, tuple[str, ...]]) -> Block:
    here = [card for card in cards if part.iri in homes[card.finding.number]]
    return Block(
        anchor,
        part,
        tuple(card for card in here if homes[card.finding.number][0] == part.iri),
        tuple(card for card in here if homes[card.finding.number][0] != part.iri),
    )


def _marks(cards: Sequence[Card]) -> dict[str, list[Card]]:
    """Return the findings about each node, the gravest first."""
    found: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        for node in dict.fromkeys(place.iri for place in card.finding.places):
            found[node].append(card)
    return dict(found)


def _beside(cards: Sequence[Card], node: str) -> bool:
    """Return whether a node is but the other side of what its findings are about."""
    return all(card.has_lead and card.finding.places[0].iri != node for card in cards)
