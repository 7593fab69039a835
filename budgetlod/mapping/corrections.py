"""Corrections: what a person made of a place, why, and which evidence rests on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlod.mapping.sink import Sink
from budgetlod.model.corrections import Applied
from budgetlod.model.disclosure import Disclosure
from budgetlod.rdf import terms
from budgetlod.rdf.iris import blod
from budgetlod.rdf.names import DCTERMS, FOAF, PROV, RDFS
from budgetlod.rdf.terms import iri

_NUMBER = re.compile(r"\d[\d,.]*")


def map_corrections(disclosure: Disclosure, sink: Sink) -> None:
    """Add every correction that took effect, and link what it changed to it."""
    people = sorted({applied.correction.by for applied in disclosure.content.corrections} - {""})
    for applied in disclosure.content.corrections:
        correction = applied.correction
        subject = sink.iris.part("correction", applied.order)
        sink.types(subject, blod("Correction"))
        sink.add(subject, iri(DCTERMS + "isPartOf"), sink.iris.disclosure)
        sink.order(subject, applied.order)
        sink.say(subject, "readAs", terms.string(correction.printed))
        sink.say(subject, "printed", terms.string(correction.correct))
        sink.text(subject, "correctionReason", correction.reason.strip())
        sink.places(subject, (applied.place,))
        if correction.by:
            sink.add(subject, iri(PROV + "wasAttributedTo"), _person(people.index(correction.by) + 1, sink))
        if correction.date:
            sink.add(subject, iri(DCTERMS + "created"), terms.typed(correction.date, "date"))
        for target in _targets(disclosure, applied, sink):
            sink.say(target, "correctedBy", subject)
            if applied.target == "cell" and target != sink.iris.row(applied.statement, applied.row):
                sink.say(target, "readAs", terms.string(correction.printed))
    for number, name in enumerate(people, 1):
        sink.types(_person(number, sink), iri(PROV + "Agent"), iri(FOAF + "Agent"))
        sink.add(_person(number, sink), iri(RDFS + "label"), terms.string(name))


def _person(number: int, sink: Sink) -> str:
    return sink.iris.part("corrector", number)


def _targets(disclosure: Disclosure, applied: Applied, sink: Sink) -> Iterator[str]:
    """Yield what a correction changed: a cell, else its row where it is a blank now; a column; a table; mentions."""
    key = applied.statement
    if applied.target == "text":
        yield from _in_prose(disclosure, applied, sink)
    elif applied.target == "statement":
        yield sink.iris.statement(key)
    elif applied.target == "column" and applied.column:
        yield sink.iris.column(key, applied.column)
    elif applied.target == "cell":
        statement = next(one for one in disclosure.content.statements if one.key == key)
        printed = any((cell.row, cell.column) == (applied.row, applied.column) for cell in statement.cells)
        row = sink.iris.row(key, applied.row)
        yield sink.iris.cell(statement, applied.row, applied.column) if printed else row


def _in_prose(disclosure: Disclosure, applied: Applied, sink: Sink) -> Iterator[str]:
    """Yield the mentions and remarks that stand where prose was corrected.

    Of several on one line those that print a number of the correction, if it has any.
    """
    numbers = set(_NUMBER.findall(applied.correction.correct))
    for kind, found in (("mention", disclosure.content.mentions), ("remark", disclosure.content.remarks)):
        for one in found:
            if one.place == applied.place and (not numbers or numbers & set(_NUMBER.findall(one.printed))):
                yield sink.iris.part(kind, one.order)
