"""What the notes and schedules say beside the figures: projects, goals, indicators, procurement, assets, text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from budgetlod.mapping.goals import map_goals
from budgetlod.mapping.sink import Sink
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.notes import AssetLine, Goal, Indicator, Institution, ProcurementLine, Project
from budgetlod.rdf import terms
from budgetlod.rdf.iris import blod, code
from budgetlod.rdf.names import DCTERMS, ORG, RDFS, SKOS
from budgetlod.rdf.terms import iri

_LABEL = iri(RDFS + "label")
_DESCRIPTION = iri(DCTERMS + "description")
_IDENTIFIER = iri(DCTERMS + "identifier")
_IS_PART_OF = iri(DCTERMS + "isPartOf")


def map_content(disclosure: Disclosure, sink: Sink) -> None:
    """Add everything of the disclosure that is neither table, figure nor relation."""
    content = disclosure.content
    for institution in content.institutions:
        _institution(institution, sink)
    described = {institution.name for institution in content.institutions}
    for name in sorted({point.organization for point in disclosure.figures} - described - {""}):
        _body(name, sink)
    for project in content.projects:
        _project(project, sink)
    _customs(disclosure, sink)
    _goals(content.goals, None, sink)
    map_goals(disclosure, sink)
    _indicators(content.indicators, None, sink)
    for line in content.procurement:
        _procurement(line, sink)
    precision = next((s.precision for s in content.statements if s.type == "assets"), None)
    for asset in content.assets:
        _asset(asset, sink)
        sink.precision(sink.iris.part("asset", asset.order), precision if asset.amount is not None else None)
    _texts(disclosure, sink)


def _body(name: str, sink: Sink) -> str:
    """Describe a body below the department by its name; return it."""
    subject = sink.iris.unit(name)
    sink.types(subject, iri(ORG + "Organization"))
    sink.add(subject, iri(ORG + "subOrganizationOf"), sink.iris.organization)
    sink.add(subject, _LABEL, terms.string(name, "zh"))
    sink.add(subject, iri(SKOS + "prefLabel"), terms.string(name, "zh"))
    return subject


def _institution(institution: Institution, sink: Sink) -> None:
    subject = _body(institution.name, sink)
    sink.types(subject, iri(ORG + "OrganizationalUnit"))
    sink.add(subject, iri(ORG + "unitOf"), sink.iris.organization)
    sink.order(subject, institution.order)
    parts = (
        ("institutionType", "institution-type", institution.type),
        ("institutionRank", "institution-rank", institution.rank),
        ("fundingMode", "funding-mode", institution.funding),
    )
    for (name, scheme, notation), printed in zip(parts, institution.printed, strict=True):
        if notation:
            sink.say(subject, name, code(scheme, notation))
        sink.text(subject, name + "Text", printed, "zh")


def _project(project: Project, sink: Sink) -> None:
    subject = sink.iris.project(project.key)
    sink.types(subject, blod("Project"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    sink.add(subject, _LABEL, terms.string(project.name or project.key, "zh"))
    if project.code:
        sink.add(subject, _IDENTIFIER, terms.string(project.code))
    if project.parent:
        sink.say(subject, "subProjectOf", sink.iris.project(project.parent))
    sink.say(subject, "organization", sink.iris.organization)
    sink.say(subject, "inStatement", sink.iris.statement(project.statement))
    sink.text(subject, "purpose", project.purpose, "zh")
    sink.number(subject, "budget", project.budget)
    sink.number(subject, "fiscalFunds", project.fiscal_funds)
    sink.number(subject, "otherFunds", project.other_funds)
    sink.number(subject, "termBudget", project.term_budget)
    sink.text(subject, "implementingUnit", project.unit, "zh")
    sink.text(subject, "titleName", project.title_name, "zh")
    if project.title_number is not None:
        sink.say(subject, "titleNumber", terms.integer(project.title_number))
    sink.places(subject, (project.place,))
    for payment in project.payments:
        planned = sink.iris.of_project(project.key, "payment", payment.month)
        sink.types(planned, blod("PlannedPayment"))
        sink.say(planned, "paymentOf", subject)
        sink.say(planned, "month", terms.integer(payment.month))
        sink.number(planned, "cumulativeShare", payment.share)
        sink.places(planned, (payment.place,))
    _goals(project.goals, project, sink)
    _indicators(project.indicators, project, sink)


def _customs(disclosure: Disclosure, sink: Sink) -> None:
    """Say what most performance forms of the disclosure have."""
    found = disclosure.content.customs
    for category in found.categories:
        sink.say(sink.iris.disclosure, "customaryCategory", code("indicator-category", category))
    for month in found.months:
        sink.say(sink.iris.disclosure, "customaryMonth", terms.integer(month))


def _part(owner: Project | None, kind: str, order: int, sink: Sink) -> str:
    return sink.iris.of_project(owner.key, kind, order) if owner else sink.iris.part(kind, order)


def _goals(goals: Sequence[Goal], owner: Project | None, sink: Sink) -> None:
    for goal in goals:
        subject = _part(owner, "goal", goal.order, sink)
        sink.types(subject, blod("PerformanceGoal"))
        sink.say(subject, "goalOf", sink.iris.owner(owner))
        sink.order(subject, goal.order)
        sink.text(subject, "text", goal.text, "zh")
        sink.places(subject, (goal.place,))
        if goal.part_of is not None:
            sink.say(subject, "partOfGoal", _part(owner, "goal", goal.part_of, sink))


def _indicators(indicators: Sequence[Indicator], owner: Project | None, sink: Sink) -> None:
    for indicator in indicators:
        subject = _part(owner, "indicator", indicator.order, sink)
        sink.types(subject, blod("PerformanceIndicator"))
        sink.say(subject, "indicatorOf", sink.iris.owner(owner))
        sink.order(subject, indicator.order)
        if indicator.label:
            sink.add(subject, _LABEL, terms.string(indicator.label, "zh"))
        if indicator.category:
            sink.say(subject, "category", code("indicator-category", indicator.category))
        if indicator.first_level:
            sink.say(subject, "firstLevel", code("indicator-category", indicator.first_level))
        for scheme, notation in indicator.speaks_of:
            sink.say(subject, "speaksOf", code(scheme, notation))
        sink.number(subject, "unitPrice", indicator.unit_price)
        sink.number(subject, "costAmount", indicator.cost_amount)
        if indicator.price_of is not None:
            sink.say(subject, "priceOf", _part(owner, "indicator", indicator.price_of, sink))
        if indicator.description:
            sink.add(subject, _DESCRIPTION, terms.string(indicator.description, "zh"))
        sink.text(subject, "basis", indicator.basis, "zh")
        sink.number(subject, "weight", indicator.weight)
        sink.text(subject, "scoring", indicator.scoring, "zh")
        sink.places(subject, (indicator.place,))
        if indicator.goal is not None:
            sink.say(subject, "measuresGoal", _part(owner, "goal", indicator.goal, sink))
        _target(subject, indicator, sink)


def _target(subject: str, indicator: Indicator, sink: Sink) -> None:
    target = indicator.target
    sink.text(subject, "targetText", target.printed or target.text)
    sink.number(subject, "targetValue", target.value)
    if target.wording:
        sink.say(subject, "targetWording", code(*target.wording))
    if target.value is None:
        sink.text(subject, "qualitativeTarget", target.text, "zh")
    if target.comparator:
        sink.say(subject, "comparator", code("comparator", target.comparator))
    if target.unit:
        sink.say(subject, "unit", code("unit", target.unit))
    sink.text(subject, "unitText", target.unit_text, "zh")


def _procurement(line: ProcurementLine, sink: Sink) -> None:
    subject = sink.iris.part("procurement", line.order)
    sink.types(subject, blod("ProcurementLine"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    sink.order(subject, line.order)
    sink.add(subject, _LABEL, terms.string(line.label, "zh"))
    sink.text(subject, "lineKind", line.kind)
    sink.say(subject, "organization", sink.iris.unit(line.organization))
    if line.project:
        sink.say(subject, "procuredFor", sink.iris.project(line.project))
    if line.catalogue_code:
        sink.say(subject, "catalogueCode", code("procurement", line.catalogue_code))
    if line.unit:
        sink.say(subject, "measurementUnit", code("unit", line.unit))
    sink.text(subject, "unitText", line.unit_text, "zh")
    sink.number(subject, "quantity", line.quantity)
    sink.number(subject, "unitPrice", line.unit_price)
    sink.number(subject, "projectFunds", line.project_funds)
    sink.number(subject, "lineAmount", line.amount)
    sink.number(subject, "reservedForSmes", line.reserved)
    sink.places(subject, (line.place,))


def _asset(line: AssetLine, sink: Sink) -> None:
    subject = sink.iris.part("asset", line.order)
    sink.types(subject, blod("AssetLine"))
    sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
    sink.order(subject, line.order)
    sink.add(subject, _LABEL, terms.string(line.label, "zh"))
    if line.asset_class:
        sink.say(subject, "assetClass", code("asset", line.asset_class))
    sink.number(subject, "quantity", line.quantity)
    sink.text(subject, "unitText", line.unit_text, "zh")
    sink.number(subject, "amount", line.amount)
    if line.as_of:
        sink.say(subject, "asOf", terms.date(date.fromisoformat(line.as_of)))
    sink.places(subject, (line.place,))


def _texts(disclosure: Disclosure, sink: Sink) -> None:
    content = disclosure.content
    for section in content.sections:
        subject = sink.iris.part("section", section.order)
        sink.types(subject, blod("Section"))
        sink.add(subject, _IS_PART_OF, sink.iris.disclosure)
        sink.order(subject, section.order)
        sink.add(subject, _LABEL, terms.string(section.label, "zh"))
        sink.text(subject, "text", section.text, "zh")
        if section.type:
            sink.say(subject, "sectionType", code("section", section.type))
        sink.places(subject, (section.place,))
    for duty in content.duties:
        subject = sink.iris.part("duty", duty.order)
        sink.types(subject, blod("Duty"))
        sink.say(subject, "dutyOf", sink.iris.organization)
        sink.order(subject, duty.order)
        sink.text(subject, "text", duty.text, "zh")
        sink.places(subject, (duty.place,))
    _glossary(disclosure, sink)


def _glossary(disclosure: Disclosure, sink: Sink) -> None:
    scheme = sink.iris.single("glossary")
    if disclosure.content.glossary:
        sink.types(scheme, iri(SKOS + "ConceptScheme"))
        sink.add(scheme, _LABEL, terms.string("名词解释", "zh"))
        sink.add(scheme, _LABEL, terms.string("Glossary", "en"))
        sink.add(scheme, _IS_PART_OF, sink.iris.disclosure)
    for term in disclosure.content.glossary:
        subject = sink.iris.part("term", term.order)
        sink.types(subject, iri(SKOS + "Concept"), blod("GlossaryTerm"))
        sink.add(subject, iri(SKOS + "inScheme"), scheme)
        sink.order(subject, term.order)
        sink.add(subject, iri(SKOS + "prefLabel"), terms.string(term.label, "zh"))
        sink.add(subject, iri(SKOS + "definition"), terms.string(term.definition, "zh"))
        sink.places(subject, (term.place,))
