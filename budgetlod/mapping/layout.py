"""How a document is laid out: entries of its contents, imprints, peculiarities of print, and what it speaks of."""

from __future__ import annotations

from budgetlod.mapping.sink import Sink
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.layout import Entry, Imprint, Peculiarity
from budgetlod.rdf import terms
from budgetlod.rdf.iris import blod, code
from budgetlod.rdf.names import DCTERMS, RDFS
from budgetlod.rdf.terms import iri

_LABEL = iri(RDFS + "label")
_IS_PART_OF = iri(DCTERMS + "isPartOf")


def map_layout(disclosure: Disclosure, sink: Sink) -> None:
    """Add the layout of a disclosure's document."""
    layout = disclosure.content.layout
    for entry in layout.entries:
        _entry(entry, sink)
    for imprint in layout.imprints:
        _imprint(imprint, sink)
    pages = {imprint.statement: imprint.page for imprint in layout.imprints if imprint.page > 1}
    for statement, count in pages.items():
        sink.say(sink.iris.statement(statement), "pageCount", terms.integer(count))
    for peculiarity in layout.peculiarities:
        _peculiarity(peculiarity, sink)
    for subject in layout.subjects:
        sink.say(sink.iris.disclosure, "covers", code("section", subject))
    for section, subject in layout.explained:
        sink.say(sink.iris.part("section", section), "explains", code("section", subject))
    for section, count in layout.stated_units:
        sink.say(sink.iris.part("section", section), "statedUnits", terms.integer(count))
    for statement, item in layout.itemised:
        sink.say(sink.iris.statement(statement), "itemises", code("item", item))
    for statement, source in layout.note_sources:
        sink.say(sink.iris.statement(statement), "noteNames", code("source", source))
    for type_ in layout.bare_titles:
        sink.say(sink.iris.disclosure, "titleWithoutTable", code("statement", type_))
    sink.say(sink.iris.disclosure, "unrecognisedTables", terms.integer(layout.unrecognised))


def _entry(entry: Entry, sink: Sink) -> None:
    subject = sink.iris.part("contents", entry.order)
    sink.types(subject, blod("ContentsEntry"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    sink.order(subject, entry.order)
    sink.add(subject, _LABEL, terms.string(entry.label, "zh"))
    if entry.page is not None:
        sink.say(subject, "pageNumber", terms.integer(entry.page))
    if entry.type:
        sink.say(subject, "announcesType", code(*entry.type))
    if entry.announces:
        kind, key = entry.announces
        sink.say(subject, "announces", sink.iris.statement(key) if kind == "statement" else sink.iris.part(kind, key))
    if entry.order > 1:
        sink.say(subject, "previousEntry", sink.iris.part("contents", entry.order - 1))
    sink.say(subject, "repeated", terms.boolean(entry.repeated))
    sink.places(subject, (entry.place,))


def _imprint(imprint: Imprint, sink: Sink) -> None:
    subject = sink.iris.part("imprint", imprint.order)
    sink.types(subject, blod("Imprint"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    if imprint.statement:
        sink.say(subject, "inStatement", sink.iris.statement(imprint.statement))
        sink.say(subject, "pageNumber", terms.integer(imprint.page))
    sink.text(subject, "printed", imprint.printed)
    sink.text(subject, "printedName", imprint.name)
    if imprint.year:
        sink.say(subject, "printedYear", terms.year(imprint.year))
    if imprint.unit:
        sink.say(subject, "printedUnit", code("unit", imprint.unit))
    for missed in imprint.alone_without:
        sink.say(subject, "aloneWithout", blod(f"printed{missed.capitalize()}"))
    sink.places(subject, (imprint.place,))


def _peculiarity(peculiarity: Peculiarity, sink: Sink) -> None:
    subject = sink.iris.part("peculiarity", peculiarity.order)
    sink.types(subject, blod("Peculiarity"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    sink.say(subject, "peculiarityKind", code("peculiarity", peculiarity.kind))
    sink.text(subject, "printed", peculiarity.printed)
    sink.places(subject, (peculiarity.place,))
