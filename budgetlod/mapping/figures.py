"""Observations, changes, and what holds them together."""

from __future__ import annotations

from budgetlod.core.numbers import plain
from budgetlod.mapping.sink import Sink
from budgetlod.model.codes import ALL
from budgetlod.model.cube import Breakdown, ChangeOf, Figure, Point, StatedChange, Subject
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.lexicon import SCHEMES
from budgetlod.rdf import terms
from budgetlod.rdf.iris import blod, code, dimension_suffix
from budgetlod.rdf.names import DCTERMS, QB
from budgetlod.rdf.terms import iri

_OBSERVATION = iri(QB + "Observation")
_DATA_SET = iri(QB + "dataSet")
_IS_PART_OF = iri(DCTERMS + "isPartOf")


def map_figures(disclosure: Disclosure, sink: Sink) -> None:
    """Add every figure as an observation of the disclosure's data set, and every stated change."""
    for figure in disclosure.figures.values():
        _figure(figure, sink)
    for change in disclosure.changes:
        _change(change, sink)


def _figure(figure: Figure, sink: Sink) -> None:
    subject = sink.iris.figure(figure.point)
    sink.types(subject, _OBSERVATION)
    sink.add(subject, _DATA_SET, sink.iris.disclosure)
    _coordinates(subject, figure.point, sink)
    sink.number(subject, "amount", figure.amount)
    sink.precision(subject, figure.precision)


def _coordinates(subject: str, point: Point, sink: Sink) -> None:
    sink.say(subject, "organization", sink.iris.unit(point.organization))
    sink.say(subject, "fiscalYear", terms.year(point.fiscalYear))
    sink.say(subject, "phase", code("phase", point.phase))
    for dimension, scheme in SCHEMES.items():
        value = getattr(point, dimension)
        is_project = dimension == "project" and value != ALL
        sink.say(subject, dimension, sink.iris.project(value) if is_project else code(scheme, value))


def _change(stated: StatedChange, sink: Sink) -> None:
    subject = sink.iris.change(stated.change)
    sink.types(subject, blod("Change"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    _coordinates(subject, stated.change.point, sink)
    sink.number(subject, "amount", stated.amount)
    sink.precision(subject, stated.precision)
    sink.number(subject, "percent", None if stated.percent is None else plain(stated.percent))
    if stated.year:
        sink.say(subject, "comparedYear", terms.year(stated.year))
    for name, point in zip(("changeTo", "changeFrom"), stated.ends, strict=True):
        if point is not None:
            sink.say(subject, name, sink.iris.figure(point))


def map_relations(disclosure: Disclosure, sink: Sink) -> None:
    """Add breakdowns, bounds, balances, blanks and correspondences."""
    relations = disclosure.relations
    for breakdown in relations.breakdowns:
        _breakdown(breakdown, sink)
    for bound in relations.bounds:
        name = ("partOfBy" if bound.adds_up else "withinBy") + dimension_suffix(bound.dimension)
        sink.say(sink.iris.subject(bound.part), name, sink.iris.subject(bound.whole))
    for balance in relations.balances:
        subject = sink.iris.part("balance", balance.source)
        sink.types(subject, blod("Balance"))
        sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
        for name, points in (("moneyIn", balance.money_in), ("moneyOut", balance.money_out)):
            for point in points:
                sink.say(subject, name, sink.iris.figure(point))
    for blank in relations.blanks:
        sink.say(sink.iris.row(blank.statement, blank.row), blank.kind, sink.iris.figure(blank.point))
    for link in relations.correspondences:
        sink.say(sink.iris.figure(link.part), link.kind, sink.iris.figure(link.whole))


def _breakdown(breakdown: Breakdown, sink: Sink) -> None:
    subject = sink.iris.part("breakdown", _breakdown_key(breakdown, sink))
    sink.types(subject, blod("Breakdown"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    sink.say(subject, "whole", sink.iris.subject(breakdown.whole))
    for dimension in breakdown.dimensions:
        sink.say(subject, "breaksDown", blod(dimension))
    for statement in breakdown.statements:
        sink.say(subject, "inStatement", sink.iris.statement(statement))
    if breakdown.hand_rounded:
        sink.say(subject, "handRounded", terms.boolean(True))
    for part in breakdown.parts:
        sink.say(sink.iris.subject(part), "inBreakdown", subject)


def _breakdown_key(breakdown: Breakdown, sink: Sink) -> str:
    return f"{_subject_key(breakdown.whole, sink)}.by-{'-'.join(breakdown.dimensions) or 'kind'}"


def _subject_key(subject: Subject, sink: Sink) -> str:
    if isinstance(subject, Point):
        return sink.iris.point_key(subject)
    if isinstance(subject, ChangeOf):
        return f"change.{sink.iris.change_key(subject)}"
    return f"{subject.kind}.{subject.key}"
