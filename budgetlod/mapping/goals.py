"""What the texts of goals say: passages with numbers or telling words, bodies, shared words, same measures."""

from __future__ import annotations

from budgetlod.mapping.sink import Sink
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.goals import NamedBody, TextPassage
from budgetlod.rdf import terms
from budgetlod.rdf.iris import blod, code
from budgetlod.rdf.names import RDFS
from budgetlod.rdf.terms import iri

_LABEL = iri(RDFS + "label")


def map_goals(disclosure: Disclosure, sink: Sink) -> None:
    """Add the facts about the texts of goals and purposes."""
    facts = disclosure.content.goal_facts
    for passage in facts.passages:
        _passage(passage, sink)
    for order, body in enumerate(facts.bodies, 1):
        _body(order, body, sink)
    for words in facts.words:
        goal = sink.iris.thing(words.goal)
        sink.number(goal, "wordsInPurpose", words.in_purpose)
        sink.number(goal, "wordsInProjects", words.in_projects)
    for stated, indicator in facts.same:
        sink.say(sink.iris.thing(stated), "sameMeasureAs", sink.iris.thing(indicator))
    for project in facts.blank:
        sink.say(sink.iris.project(project), "goalsBlank", terms.boolean(True))


def _passage(passage: TextPassage, sink: Sink) -> None:
    said = passage.said
    subject = sink.iris.of_project(passage.project, "passage", passage.order)
    sink.types(subject, blod("TextPassage"), blod("Evidence"))
    sink.order(subject, passage.order)
    sink.say(subject, "inStatement", sink.iris.statement(passage.statement))
    sink.say(subject, "passageOf", sink.iris.thing(passage.source))
    sink.text(subject, "printed", said.printed)
    if said.words:
        sink.add(subject, _LABEL, terms.string(said.words, "zh"))
    sink.number(subject, "statedAmount", said.amount)
    sink.precision(subject, said.precision)
    sink.number(subject, "statedNumber", said.number)
    for name in ("unit", "comparator"):
        if notation := getattr(said, name):
            sink.say(subject, name, code(name, notation))
    if said.meaning:
        sink.say(subject, "goalWord", code("goal-word", said.meaning))
    if said.amount is not None:
        sink.say(subject, "listItem", terms.integer(said.item))
        sink.say(subject, "timesAYear", terms.integer(said.times))
    if passage.same is not None:
        sink.say(subject, "sameMeasureAs", sink.iris.thing(passage.same))
    sink.places(subject, (passage.place,))


def _body(order: int, body: NamedBody, sink: Sink) -> None:
    subject = sink.iris.part("body", order)
    sink.types(subject, blod("NamedBody"))
    sink.add(subject, _LABEL, terms.string(body.name, "zh"))
    sink.say(subject, "namedIn", sink.iris.project(body.project))
    if body.institution:
        sink.say(subject, "sameBodyAs", sink.iris.unit(body.institution))
    sink.places(subject, (body.place,))
