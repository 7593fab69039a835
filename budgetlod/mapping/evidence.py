"""Statements, rows, columns, cells and mentions: what is printed, where, and what it states."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from budgetlod.core.numbers import decimals, plain
from budgetlod.core.text import squeeze
from budgetlod.mapping.recognition import map_confidence, map_mending
from budgetlod.mapping.sink import Sink
from budgetlod.mapping.sisters import map_sisters
from budgetlod.model.cube import Point
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.lexicon import SCHEMES
from budgetlod.model.notes import Mention
from budgetlod.model.tables import Cell, Entry, Statement
from budgetlod.rdf import terms
from budgetlod.rdf.iris import blod, code
from budgetlod.rdf.names import DCTERMS, RDFS, SKOS
from budgetlod.rdf.terms import iri

_LABEL = iri(RDFS + "label")
_NOTATION = iri(SKOS + "notation")
_IS_PART_OF = iri(DCTERMS + "isPartOf")

_CODED = {**SCHEMES, "phase": "phase"}


def map_statements(disclosure: Disclosure, sink: Sink) -> None:
    """Add every statement with its columns, rows and cells."""
    for statement in disclosure.content.statements:
        _statement(statement, sink)
        if statement.section:
            sink.say(sink.iris.statement(statement.key), "inSection", sink.iris.part("section", statement.section))
        _columns(statement, sink)
        _rows(statement, sink)
        for cell in statement.cells:
            _cell(statement, cell, sink)
    map_sisters(disclosure.content.statements, sink)


def _statement(statement: Statement, sink: Sink) -> None:
    subject = sink.iris.statement(statement.key)
    sink.types(subject, blod("Statement"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    sink.add(subject, _LABEL, terms.string(squeeze(statement.title) or statement.key, "zh" if statement.title else ""))
    sink.say(subject, "statementType", code("statement", statement.type))
    sink.say(subject, "isEmpty", terms.boolean(not statement.rows))
    sink.say(subject, "printedUnit", code("unit", statement.unit))
    if not statement.prints_unit:
        sink.say(subject, "printsUnit", terms.boolean(False))
    sink.precision(subject, statement.precision)
    sink.text(subject, "note", statement.note, "zh")
    sink.order(subject, statement.order)
    sink.places(subject, (statement.place, *([statement.note_place] if statement.note else [])))


def _columns(statement: Statement, sink: Sink) -> None:
    parent = sink.iris.statement(statement.key)
    for column in statement.columns:
        subject = sink.iris.column(statement.key, column.number)
        sink.types(subject, blod("Column"))
        sink.say(subject, "inStatement", parent)
        sink.order(subject, column.number)
        sink.text(subject, "label", column.label, "zh")
        for dimension, notation in column.coordinates:
            # A year is no code: the label says it.
            if dimension in _CODED:
                sink.say(subject, "standsFor", code(_CODED[dimension], notation))


def _rows(statement: Statement, sink: Sink) -> None:
    parent = sink.iris.statement(statement.key)
    for row in statement.rows:
        subject = sink.iris.row(statement.key, row.number)
        sink.types(subject, blod("Row"))
        sink.say(subject, "inStatement", parent)
        sink.order(subject, row.number)
        for label in row.labels:
            sink.text(subject, "label", label, "zh")
        for notation in row.codes:
            sink.add(subject, _NOTATION, terms.string(notation))
        sink.places(subject, row.places)
        for entry in row.entries:
            _entry(subject, entry, sink)
        if row.after_gap is not None:
            sink.say(subject, "lacksNumber", terms.integer(row.after_gap))
        if row.descends:
            sink.say(subject, "standsAfter", sink.iris.row(statement.key, row.number - 1))


def _entry(row: str, entry: Entry, sink: Sink) -> None:
    """Add which code a row prints, and where that is amiss: another's name, an unknown one, no row of its parent."""
    scheme = SCHEMES[entry.dimension]
    if entry.printed:
        sink.say(row, "printsCode", code(scheme, entry.printed))
        if entry.named and entry.named != entry.printed:
            sink.say(row, "namesCode", code(scheme, entry.named))
    if not entry.named:
        sink.text(row, "unknownLabel", entry.label, "zh")
    if entry.lacking:
        sink.say(row, "lacksRowOf", code(scheme, entry.lacking))


def _cell(statement: Statement, cell: Cell, sink: Sink) -> None:
    subject = sink.iris.cell(statement, cell.row, cell.column)
    sink.types(subject, blod("Cell" if cell.amount is not None else "TextCell"), blod("Evidence"))
    sink.say(subject, "inStatement", sink.iris.statement(statement.key))
    sink.say(subject, "inRow", sink.iris.row(statement.key, cell.row))
    sink.say(subject, "inColumn", sink.iris.column(statement.key, cell.column))
    sink.text(subject, "printed", cell.printed)
    map_mending(subject, cell, sink)
    sink.places(subject, cell.places)
    _stated(subject, cell, statement.precision, sink)


def _stated(subject: str, evidence: Cell | Mention, precision: Decimal, sink: Sink) -> None:
    map_confidence(subject, evidence, sink)
    if evidence.amount is not None:
        sink.number(subject, "statedAmount", evidence.amount)
        sink.precision(subject, precision)
    sink.number(subject, "statedNumber", evidence.number)
    if evidence.states is not None:
        sink.say(subject, "states", sink.iris.subject(evidence.states))


def map_mentions(disclosure: Disclosure, precision: Decimal, sink: Sink) -> None:
    """Add every mention; ``precision`` is what the last digit of amounts in prose is worth, in yuan."""
    forms = _form_positions(disclosure)
    for mention in disclosure.content.mentions:
        subject = sink.iris.part("mention", mention.order)
        sink.types(subject, blod("Mention"), blod("Evidence"))
        sink.order(subject, mention.order)
        sink.say(subject, "inSection", sink.iris.part("section", mention.section))
        sink.text(subject, "printed", mention.printed)
        sink.places(subject, (mention.place,))
        if mention.unit:
            sink.say(subject, "unit", code("unit", mention.unit))
        if mention.comparator:
            sink.say(subject, "comparator", code("comparator", mention.comparator))
        _stated(subject, mention, mention.precision or precision, sink)
        _compared(subject, mention, sink)
        _listed(subject, mention, sink)
        if mention.order in forms:
            sink.say(subject, "formPosition", terms.integer(forms[mention.order]))


def _compared(subject: str, mention: Mention, sink: Sink) -> None:
    """Add the words and the percentage with which a mention states a change."""
    if mention.direction:
        sink.say(subject, "direction", code("direction", mention.direction))
    if mention.percent is not None:
        sink.number(subject, "statedPercent", plain(mention.percent))
        sink.number(subject, "percentPrecision", Decimal(1).scaleb(-decimals(mention.percent)))


def _listed(subject: str, mention: Mention, sink: Sink) -> None:
    """Add how many projects are listed behind a count, or which place in the list an amount has."""
    if mention.listed is not None:
        sink.say(subject, "listedNumber", terms.integer(mention.listed))
    if mention.position is not None and mention.list_of is not None:
        sink.say(subject, "listPosition", terms.integer(mention.position))
        sink.say(subject, "inList", sink.iris.part("mention", mention.list_of))


def _form_positions(disclosure: Disclosure) -> dict[int, int]:
    """Return, by mention, where the form of each listed project comes among theirs; nothing if one has no form."""
    orders = {statement.key: statement.order for statement in disclosure.content.statements}
    forms = {p.key: orders.get(p.statement) for p in disclosure.content.projects if p.form}
    lists: dict[int, dict[int, int | None]] = defaultdict(dict)
    for mention in disclosure.content.mentions:
        if mention.list_of is not None and isinstance(mention.states, Point):
            lists[mention.list_of][mention.order] = forms.get(mention.states.project)
    found: dict[int, int] = {}
    for listed in lists.values():
        if None not in listed.values():
            ranked = sorted(listed, key=lambda order: listed[order] or 0)
            found |= {order: place for place, order in enumerate(ranked, 1)}
    return found


def map_remarks(disclosure: Disclosure, sink: Sink) -> None:
    """Add what prose says in words: reasons, uses, new projects, directions left undecided."""
    for remark in disclosure.content.remarks:
        subject = sink.iris.part("remark", remark.order)
        sink.types(subject, blod("Remark"), blod("Evidence"))
        sink.order(subject, remark.order)
        sink.say(subject, "inSection", sink.iris.part("section", remark.section))
        sink.text(subject, "printed", remark.printed)
        sink.places(subject, (remark.place,))
        if remark.reason is not None:
            sink.say(subject, "reason", terms.string(remark.reason, "zh"))
        if remark.explains is not None:
            sink.say(subject, "reasonFor", sink.iris.change(remark.explains))
        for direction in ("increase", "decrease") if remark.undecided else ():
            sink.say(subject, "direction", code("direction", direction))
        for use in remark.uses:
            sink.say(subject, "namesUse", code("economic", use))
        sink.text(subject, "newProject", remark.new_project, "zh")
        if remark.project:
            sink.say(subject, "namesProject", sink.iris.project(remark.project))
