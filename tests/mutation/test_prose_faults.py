"""Faults in the prose of the example, one at a time: each figure, count, direction and year that it states is checked.

What a fault is found as is a table: a fault that is not found has nothing in the document that contradicts it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import pytest

from budgetlod.core.numbers import parse_number
from budgetlod.model.cube import ChangeOf, Thing
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document, Paragraph, TextLine
from budgetlod.model.notes import Mention
from budgetlod.model.publisher import SourceFile
from budgetlod.rdf.iris import Iris
from budgetlod.validate.report import SEVERITIES, Report
from tests.mutation.faults import CENT, checked

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
OPPOSITE = {"减少": "增加", "增加": "减少"}

FAULTS = {"amount": 37, "change": 7, "count": 1, "direction": 7, "year": 5}
CHUNKS = 8

# As what a fault of each kind is found by the laws, and the faults that are found as less, by the order of the mention:
# the document says nothing else of agency operating costs (36; what they equal is a matter of the template), of the
# three public expenses of last year (43) and of fixed assets to be acquired (47).
FOUND_AS = {
    "amount": "violation",
    "change": "violation",
    "count": "violation",
    "direction": "violation",
    "year": "warning",
}
LESS = {("amount", 36): "", ("amount", 47): "", ("change", 43): "", ("direction", 43): "info"}


class Fault(NamedTuple):
    """A fault: its kind, the mention it is in, and the document with it."""

    kind: str
    mention: Mention
    document: Document


def rewritten(document: Document, old: TextLine, text: str) -> Document:
    """The document with another text in one line of its prose."""
    blocks = [
        Paragraph(tuple(TextLine(text, line.place) if line is old else line for line in block.lines))
        if isinstance(block, Paragraph)
        else block
        for block in document.blocks
    ]
    return document._replace(blocks=tuple(blocks))


def printed_places(document: Document, mentions: tuple[Mention, ...]) -> Iterator[tuple[Mention, TextLine, int]]:
    """Yield each mention with the line it is printed in and its place there; mentions come in reading order."""
    lines = {line.place: line for block in document.blocks if isinstance(block, Paragraph) for line in block.lines}
    read: dict[TextLine, int] = {}
    for mention in mentions:
        line = lines[mention.place]
        start = line.text.index(mention.printed, read.get(line, 0))
        read[line] = start + len(mention.printed)
        yield mention, line, start


def faults(document: Document, mentions: tuple[Mention, ...]) -> Iterator[Fault]:
    """Yield the document with one thing changed: each number by its last digit, each direction, each year compared."""
    for mention, line, start in printed_places(document, mentions):
        if isinstance(mention.states, Thing) and mention.states.kind == "goal":
            continue
        kind = "count" if mention.amount is None else "change" if isinstance(mention.states, ChangeOf) else "amount"
        text = line.text
        before, after = text[:start], text[start:]
        yield Fault(kind, mention, rewritten(document, line, before + NUMBER.sub(_more, after, count=1)))
        if kind == "change":
            word = max(OPPOSITE, key=before.rfind)
            at = before.rfind(word)
            other = f"{before[:at]}{OPPOSITE[word]}{before[at + len(word) :]}"
            yield Fault("direction", mention, rewritten(document, line, other + after))
        year = list(re.finditer(r"(?<=[比较与])( ?)(20\d\d)(?= ?年)", before))
        if year and not re.search(r"\d|[。；]", before[year[-1].end() :]):
            earlier = str(int(year[-1][2]) - 1)
            older = before[: year[-1].start(2)] + earlier + before[year[-1].end(2) :]
            yield Fault("year", mention, rewritten(document, line, older + after))


def _more(match: re.Match[str]) -> str:
    """Return a number a hundredth more; a count one more."""
    value = parse_number(match[0])
    assert value is not None
    counted = re.match(r"\s*[个项]", match.string[match.end() :])
    return str(value + (Decimal(1) if counted else CENT))


def found(report: Report, usual: Report, place: str) -> str:
    """Return the gravest severity of the results that name a place and that the example has not."""
    known = {(r.shape, r.focus, r.value) for r in usual.results}
    new = [r for r in report.results if (r.shape, r.focus, r.value) not in known]
    severities = {r.severity for r in new if place in {evidence.iri for evidence in r.evidence}}
    return next((severity for severity in SEVERITIES if severity in severities), "")


@pytest.fixture(scope="module")
def usual(example_document: Document, example_source: SourceFile) -> Report:
    return checked(example_document, example_source)


def test_every_number_direction_and_year_of_the_prose_is_changed_in_turn(
    example: Disclosure, example_document: Document
) -> None:
    assert Counter(fault.kind for fault in faults(example_document, example.content.mentions)) == FAULTS


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_fault_in_the_prose_is_found(
    chunk: int, example: Disclosure, example_source: SourceFile, example_document: Document, usual: Report
) -> None:
    iris = Iris(example.identity)
    wrong = []
    for fault in list(faults(example_document, example.content.mentions))[chunk::CHUNKS]:
        place = iris.part("mention", fault.mention.order).strip("<>")
        outcome = found(checked(fault.document, example_source), usual, place)
        if outcome != LESS.get((fault.kind, fault.mention.order), FOUND_AS[fault.kind]):
            wrong.append((fault.kind, fault.mention.order, fault.mention.printed, outcome))
    assert wrong == []
