"""The report as linked data: ``sh:ValidationReport``, and quality in the W3C's Data Quality Vocabulary (DQV).

Results as SHACL has them; each finding a ``dqv:QualityAnnotation`` on the places it is about; how many findings there
are, of each severity and of each family, as ``dqv:QualityMeasurement`` of the metrics in ``ontology/quality.ttl``.
IRIs stand where SHACL engines write blank nodes, so that the same report always gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from budgetlod.rdf import terms
from budgetlod.rdf.formats import turtle
from budgetlod.rdf.names import DCTERMS, DQV, OA, QUALITY, RDF, RDFS, SH
from budgetlod.rdf.terms import Triple
from budgetlod.validate.report import Finding, Report, Result
from budgetlod.validate.subject import Style, Subject
from budgetlod.validate.words import stale

_METRICS = {"violation": "violations", "warning": "warnings", "info": "infos"}


def write(subjects: Sequence[Subject], style: Style) -> str:  # noqa: ARG001 - RDF is in both languages and complete
    """Return the reports as one Turtle document."""
    about = {iri for subject in subjects for iri in subject.report.about}
    base = f"{min(about)}/" if len(about) == 1 else ""
    return turtle(terms.graph(triple for subject in subjects for triple in _triples(subject.report)), base).decode()


def to_triples(report: Report) -> list[Triple]:
    """Return the report as sorted triples."""
    return terms.graph(_triples(report))


def report_iri(report: Report) -> str:
    """Return the IRI of the report: under its disclosure, or a URN when the graph holds none or several."""
    return f"{report.about[0]}/report" if len(report.about) == 1 else "urn:budgetlod:report"


def _triples(report: Report) -> Iterator[Triple]:
    """Yield the triples of the report, of its results and findings by their numbers, and of its measurements."""
    subject = report_iri(report)
    yield _triple(subject, RDF + "type", terms.iri(SH + "ValidationReport"))
    yield _triple(subject, SH + "conforms", terms.boolean(report.conforms))
    nodes = {result: f"{subject}#result-{number}" for number, result in enumerate(report.results, start=1)}
    for result, node in nodes.items():
        yield _triple(subject, SH + "result", terms.iri(node))
        yield from _about(node, _statements(result))
    for finding in report.findings:
        node = f"{subject}#finding-{finding.number}"
        yield from _about(node, _annotation(finding, report))
        yield from (_triple(node, DCTERMS + "hasPart", terms.iri(nodes[result])) for result in finding.results)
        yield from _about(f"{node}-acceptance", _acceptance(node, finding))
    yield from _measurements(subject, report)
    yield from _stale(subject, report)


def _statements(result: Result) -> Iterable[tuple[str, str]]:
    """Yield predicate and object of one ``sh:ValidationResult``; a path that is no single IRI is left out, because
    its RDF form needs blank nodes (the shape has it), and so is a blank node as focus or value.
    """
    yield RDF + "type", terms.iri(SH + "ValidationResult")
    yield SH + "resultSeverity", terms.iri(SH + result.severity.capitalize())
    yield SH + "sourceShape", terms.iri(result.shape)
    for predicate, term in (("focusNode", result.focus), ("value", result.value), ("resultPath", result.path)):
        if term and not term.startswith("_:") and (predicate != "resultPath" or _is_iri(term)):
            yield SH + predicate, term
    yield SH + "resultMessage", terms.string(result.messages.zh, "zh")
    yield SH + "resultMessage", terms.string(result.messages.en, "en")
    for identifier in result.identifiers:
        yield DCTERMS + "identifier", terms.string(identifier)
    for place in result.evidence:
        yield DCTERMS + "source", terms.iri(place.iri)


def _annotation(finding: Finding, report: Report) -> Iterable[tuple[str, str]]:
    """Yield predicate and object of a finding: an annotation on the places in question, the first of them its source."""
    yield RDF + "type", terms.iri(DQV + "QualityAnnotation")
    yield OA + "motivatedBy", terms.iri(DQV + "qualityAssessment")
    for target in [place.iri for place in finding.places] or report.about:
        yield OA + "hasTarget", terms.iri(target)
    for place in finding.places[:1]:
        yield DCTERMS + "source", terms.iri(place.iri)
    yield DCTERMS + "type", terms.iri(SH + finding.severity.capitalize())
    yield DCTERMS + "subject", _metric(finding.family)
    for identifier in (finding.key, *finding.identifiers):
        yield DCTERMS + "identifier", terms.string(identifier)
    yield RDFS + "comment", terms.string(finding.messages.zh, "zh")
    yield RDFS + "comment", terms.string(finding.messages.en, "en")


def _acceptance(node: str, finding: Finding) -> Iterable[tuple[str, str]]:
    """Yield predicate and object of the publisher's word on a finding, if there is one."""
    if finding.accepted:
        yield RDF + "type", terms.iri(DQV + "UserQualityFeedback")
        yield OA + "motivatedBy", terms.iri(DQV + "qualityAssessment")
        yield OA + "motivatedBy", terms.iri(OA + "replying")
        yield OA + "hasTarget", terms.iri(node)
        yield OA + "bodyValue", terms.string(finding.accepted)


def _measurements(subject: str, report: Report) -> Iterator[Triple]:
    """Yield how many findings there are: by severity and accepted (zeros too), and by family where there are any."""
    numbers = {_METRICS[severity]: number for severity, number in report.open_counts().items()}
    numbers["accepted"] = len(report.accepted)
    numbers |= Counter(f.family for f in report.findings if f.family and not f.accepted and f.severity != "info")
    for name, number in numbers.items():
        node = f"{subject}#measurement-{name}"
        yield _triple(node, RDF + "type", terms.iri(DQV + "QualityMeasurement"))
        yield _triple(node, DQV + "isMeasurementOf", _metric(name))
        yield _triple(node, DQV + "value", terms.integer(number))
        for about in report.about:
            yield _triple(node, DQV + "computedOn", terms.iri(about))
            yield _triple(about, DQV + "hasQualityMeasurement", terms.iri(node))


def _stale(subject: str, report: Report) -> Iterator[Triple]:
    """Yield the acceptances that match nothing, as annotations on the report."""
    for number, acceptance in enumerate(report.stale, start=1):
        node, words = f"{subject}#stale-{number}", stale(acceptance)
        yield _triple(node, RDF + "type", terms.iri(DQV + "QualityAnnotation"))
        yield _triple(node, OA + "motivatedBy", terms.iri(DQV + "qualityAssessment"))
        yield _triple(node, OA + "hasTarget", terms.iri(subject))
        yield _triple(node, DCTERMS + "type", terms.iri(SH + "Warning"))
        yield _triple(node, RDFS + "comment", terms.string(words.zh, "zh"))
        yield _triple(node, RDFS + "comment", terms.string(words.en, "en"))


def _about(node: str, statements: Iterable[tuple[str, str]]) -> Iterator[Triple]:
    return (_triple(node, predicate, value) for predicate, value in statements)


def _metric(name: str) -> str:
    return terms.iri(QUALITY + name)


def _is_iri(term: str) -> bool:
    """Whether an N-Triples term or property path is one IRI."""
    return term.startswith("<") and term.endswith(">") and term.count("<") == 1


def _triple(subject: str, predicate: str, obj: str) -> Triple:
    return terms.iri(subject), terms.iri(predicate), obj
