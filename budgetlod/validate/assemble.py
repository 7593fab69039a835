"""From an engine's raw findings to the report: severity and identifiers from the shapes, evidence from the data."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF

from budgetlod.rdf.names import BLOD, SH
from budgetlod.validate.engines import Finding
from budgetlod.validate.evidence import EvidenceFinder
from budgetlod.validate.report import SEVERITIES, Messages, Report, Result, Severity

_SEVERITY: dict[URIRef, Severity] = {
    URIRef(SH + "Violation"): "violation",
    URIRef(SH + "Warning"): "warning",
    URIRef(SH + "Info"): "info",
}


def assemble(findings: Iterable[Finding], graph: Graph, shapes: Graph, *, profile: str, engine: str) -> Report:
    """Return the report of ``findings``, which are about ``graph`` and come from ``shapes``."""
    finder = EvidenceFinder(graph)
    results = {_result(finding, shapes, finder) for finding in findings}
    about = sorted(str(node) for node in set(graph.subjects(RDF.type, URIRef(BLOD + "Disclosure"))))
    return Report(results=tuple(sorted(results, key=_weight)), about=tuple(about), profile=profile, engine=engine)


def _result(finding: Finding, shapes: Graph, finder: EvidenceFinder) -> Result:
    """Complete one finding."""
    shape = URIRef(finding.shape)
    return Result(
        shape=finding.shape,
        path=finding.path,
        focus=finding.focus,
        value=finding.value,
        severity=_severity(shapes, shape),
        messages=Messages(finding.zh, finding.en),
        identifiers=tuple(sorted(str(o) for o in shapes.objects(shape, DCTERMS.identifier))),
        evidence=finder.places(finding.focus, finding.value),
    )


def _severity(shapes: Graph, shape: URIRef) -> Severity:
    """Return the severity of a shape; violation where it names none (SHACL 1.0, section 2.1.4) or one of its own."""
    for found in shapes.objects(shape, URIRef(SH + "severity")):
        if isinstance(found, URIRef) and found in _SEVERITY:
            return _SEVERITY[found]
    return "violation"


def _weight(result: Result) -> tuple[int, str, str, str, str, str]:
    """The order of results: severity, then names."""
    place = SEVERITIES.index(result.severity)
    return (place, result.shape, result.focus, result.path, result.value, result.messages.en)
