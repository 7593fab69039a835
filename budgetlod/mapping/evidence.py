"""Statements, rows, columns, cells and mentions: what is printed, where, and what it states."""

from __future__ import annotations

from decimal import Decimal

from budgetlod.core.text import squeeze
from budgetlod.mapping.sink import Sink
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.notes import Mention
from budgetlod.model.tables import Cell, Statement
from budgetlod.rdf import terms
from budgetlod.rdf.iris import blod, code
from budgetlod.rdf.names import DCTERMS, RDFS, SKOS
from budgetlod.rdf.terms import iri

_LABEL = iri(RDFS + "label")
_NOTATION = iri(SKOS + "notation")
_IS_PART_OF = iri(DCTERMS + "isPartOf")


def map_statements(disclosure: Disclosure, sink: Sink) -> None:
    """Add every statement with its columns, rows and cells."""
    sections = disclosure.content.sections
    for statement in disclosure.content.statements:
        _statement(statement, sink)
        # Reading order decides: a table belongs to the last section that opens before it.
        if section := max((s for s in sections if s.place < statement.place), key=lambda s: s.place, default=None):
            sink.say(sink.iris.statement(statement.key), "inSection", sink.iris.part("section", section.order))
        _columns(statement, sink)
        _rows(statement, sink)
        for cell in statement.cells:
            _cell(statement, cell, sink)


def _statement(statement: Statement, sink: Sink) -> None:
    subject = sink.iris.statement(statement.key)
    sink.types(subject, blod("Statement"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    sink.add(subject, _LABEL, terms.string(squeeze(statement.title) or statement.key, "zh" if statement.title else ""))
    sink.say(subject, "statementType", code("statement", statement.type))
    sink.say(subject, "isEmpty", terms.boolean(not statement.rows))
    sink.say(subject, "printedUnit", code("unit", statement.unit))
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


def _cell(statement: Statement, cell: Cell, sink: Sink) -> None:
    subject = sink.iris.cell(statement, cell.row, cell.column)
    sink.types(subject, blod("Cell" if cell.amount is not None else "TextCell"), blod("Evidence"))
    sink.say(subject, "inStatement", sink.iris.statement(statement.key))
    sink.say(subject, "inRow", sink.iris.row(statement.key, cell.row))
    sink.say(subject, "inColumn", sink.iris.column(statement.key, cell.column))
    sink.text(subject, "printed", cell.printed)
    sink.places(subject, cell.places)
    _stated(subject, cell, statement.precision, sink)


def _stated(subject: str, evidence: Cell | Mention, precision: Decimal, sink: Sink) -> None:
    if evidence.amount is not None:
        sink.number(subject, "statedAmount", evidence.amount)
        sink.precision(subject, precision)
    sink.number(subject, "statedNumber", evidence.number)
    if evidence.states is not None:
        sink.say(subject, "states", sink.iris.subject(evidence.states))


def map_mentions(disclosure: Disclosure, precision: Decimal, sink: Sink) -> None:
    """Add every mention; ``precision`` is what the last digit of amounts in prose is worth, in yuan."""
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
        _stated(subject, mention, precision, sink)
