"""From an engine's raw findings to the report: severity and identifiers from the shapes, evidence from the data."""

from __future__ import annotations

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF

from budgetlod.rdf.names import BLOD, SH
from budgetlod.validate.data import Data
from budgetlod.validate.engines import Answer, RawResult
from budgetlod.validate.evidence import EvidenceFinder
from budgetlod.validate.report import SEVERITIES, Messages, Report, Result, Severity
from budgetlod.validate.shapes import Shapes

_SEVERITY: dict[URIRef, Severity] = {
    URIRef(SH + "Violation"): "violation",
    URIRef(SH + "Warning"): "warning",
    URIRef(SH + "Info"): "info",
}


def assemble(answer: Answer, data: Data, shapes: Shapes, *, engine: str) -> Report:
    """Return the report of what an engine found in ``data`` with ``shapes``."""
    graph = data.graph
    finder = EvidenceFinder(graph)
    results = {_result(raw, shapes, finder) for raw in answer.results}
    about = sorted(str(node) for node in set(graph.subjects(RDF.type, URIRef(BLOD + "Disclosure"))))
    return Report(
        results=tuple(sorted(results, key=_weight)),
        about=tuple(about),
        profile=shapes.name,
        engine=engine,
        delegated=answer.delegated,
    )


def _result(raw: RawResult, shapes: Shapes, finder: EvidenceFinder) -> Result:
    """Complete one raw result."""
    shape = URIRef(raw.shape)
    return Result(
        shape=raw.shape,
        path=raw.path,
        focus=raw.focus,
        value=raw.value,
        severity=_severity(shapes.graph, shape),
        messages=Messages(raw.zh, raw.en),
        identifiers=tuple(sorted(str(o) for o in shapes.graph.objects(shape, DCTERMS.identifier))),
        evidence=finder.places(raw.focus, raw.value),
        family=shapes.families.get(raw.shape, ""),
        bindings=raw.bindings,
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
