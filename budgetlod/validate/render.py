"""The report as text for people, JSON for programs, and RDF (``sh:ValidationReport``) for linked data.

The same report always gives the same bytes: results are sorted, and the RDF has IRIs where SHACL engines write
blank nodes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Literal

from budgetlod.rdf import terms
from budgetlod.rdf.formats import turtle
from budgetlod.rdf.names import DCTERMS, RDF, SH
from budgetlod.rdf.terms import Triple
from budgetlod.validate.report import SEVERITIES, Messages, Report, Result

Language = Literal["zh", "en"]
SCHEMA_VERSION = 1
_SEVERITY_NAMES = {
    "violation": Messages("错误", "violation"),
    "warning": Messages("警告", "warning"),
    "info": Messages("提示", "info"),
}


def to_text(report: Report, language: Language = "en") -> str:
    """Return the report for reading in one language, one paragraph a result, ending with a line break."""
    blocks = [_headline(report, language), *(_paragraph(result, language) for result in report.results)]
    return "\n\n".join(blocks) + "\n"


def to_json(report: Report) -> str:
    """Return the report as JSON (docs/validation.md describes the members), ending with a line break."""
    body = {
        "schema": SCHEMA_VERSION,
        "conforms": report.conforms,
        "about": list(report.about),
        "profile": report.profile,
        "engine": report.engine,
        "counts": report.counts(),
        "results": [_record(result) for result in report.results],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def to_triples(report: Report) -> list[Triple]:
    """Return the report as sorted triples: ``sh:ValidationReport``, with ``dcterms:source`` → the evidence."""
    return terms.graph(_triples(report))


def to_turtle(report: Report) -> str:
    """Return the report as Turtle."""
    return turtle(to_triples(report)).decode()


def report_iri(report: Report) -> str:
    """Return the IRI of the report: under its disclosure, or a URN when the graph holds none or several."""
    return f"{report.about[0]}/report" if len(report.about) == 1 else "urn:budgetlod:report"


def _headline(report: Report, language: Language) -> str:
    """Return the first line: whether it conforms, and how many results of each severity."""
    verdict = Messages("符合", "conforms") if report.conforms else Messages("不符合", "does not conform")
    counts = report.counts()
    numbers = ", ".join(f"{counts[s]} {getattr(_SEVERITY_NAMES[s], language)}" for s in SEVERITIES)
    return f"{getattr(verdict, language)}: {numbers}"


def _paragraph(result: Result, language: Language) -> str:
    """Return a result: what is wrong, then its places one a line."""
    mark = getattr(_SEVERITY_NAMES[result.severity], language)
    lines = [f"{mark} {' '.join(result.identifiers)}: {getattr(result.messages, language)}"]
    if result.evidence:
        lines += [f"  - {getattr(place, language)}" for place in result.evidence]
    else:
        lines += [f"  - {part}" for part in (result.focus, result.path, result.value) if part]
    lines.append(f"  <{result.shape}>")
    return "\n".join(lines)


def _record(result: Result) -> dict[str, object]:
    """Return a result as a JSON object."""
    return {
        "shape": result.shape,
        "severity": result.severity,
        "identifiers": list(result.identifiers),
        "focus": result.focus,
        "path": result.path,
        "value": result.value,
        "messages": {"zh": result.messages.zh, "en": result.messages.en},
        "evidence": [{"iri": place.iri, "zh": place.zh, "en": place.en} for place in result.evidence],
    }


def _triples(report: Report) -> Iterator[Triple]:
    """Yield the triples of the report and of its results, numbered in their order."""
    subject = report_iri(report)
    yield _triple(subject, RDF + "type", terms.iri(SH + "ValidationReport"))
    yield _triple(subject, SH + "conforms", terms.boolean(report.conforms))
    for number, result in enumerate(report.results, start=1):
        node = f"{subject}/result/{number}"
        yield _triple(subject, SH + "result", terms.iri(node))
        for predicate, obj in _statements(result):
            yield _triple(node, predicate, obj)


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


def _is_iri(term: str) -> bool:
    """Whether an N-Triples term or property path is one IRI."""
    return term.startswith("<") and term.endswith(">") and term.count("<") == 1


def _triple(subject: str, predicate: str, obj: str) -> Triple:
    return terms.iri(subject), terms.iri(predicate), obj
