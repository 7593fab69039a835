"""From an engine's raw results to the report: what the shapes say of them, evidence from the data, causes, words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from budgetlod.rdf.names import BLOD, RDF, SHAPE
from budgetlod.validate.data import Data
from budgetlod.validate.engines import Answer, RawResult
from budgetlod.validate.evidence import EvidenceFinder
from budgetlod.validate.facts import plain_iri
from budgetlod.validate.grouping import Cause, Causes
from budgetlod.validate.instances import narrowed
from budgetlod.validate.merging import merged
from budgetlod.validate.places import in_order
from budgetlod.validate.report import SEVERITIES, Finding, Messages, Place, Report, Result, Severity
from budgetlod.validate.shapes import Shapes
from budgetlod.validate.wording import Wording


def assemble(answer: Answer, data: Data, shapes: Shapes, *, engine: str) -> Report:
    """Return the report of what an engine found in ``data`` with ``shapes``."""
    finder = EvidenceFinder(data.triples)
    about = finder.facts.subjects(RDF + "type", BLOD + "Disclosure")
    rules = {name: _Rule.of(name, shapes) for name in {raw.shape for raw in answer.results}}
    results = sorted({_result(raw, rules[raw.shape], finder) for raw in answer.results}, key=_weight)
    return Report(
        results=tuple(results),
        about=tuple(about),
        profile=shapes.name,
        engine=engine,
        findings=tuple(_findings(results, finder, about)),
        delegated=answer.delegated,
    )


class _Rule(NamedTuple):
    """What the shapes say of one of them."""

    severity: Severity
    identifiers: tuple[str, ...]
    family: str

    @classmethod
    def of(cls, shape: str, shapes: Shapes) -> _Rule:
        return cls(shapes.severity(shape), shapes.identifiers(shape), shapes.families.get(shape, ""))


def _result(raw: RawResult, rule: _Rule, finder: EvidenceFinder) -> Result:
    """Complete one raw result."""
    result = Result(
        shape=raw.shape,
        path=raw.path,
        focus=raw.focus,
        value=raw.value,
        severity=rule.severity,
        messages=Messages(raw.zh, raw.en),
        identifiers=rule.identifiers,
        evidence=finder.places(raw.focus, raw.value, (value for _, value in raw.bindings)),
        family=rule.family,
        bindings=raw.bindings,
    )
    return replace(result, identifiers=narrowed(result, finder.facts)) if len(rule.identifiers) > 1 else result


def _weight(result: Result) -> tuple[int, str, str, str, str, str]:
    """The order of results: severity, then names."""
    place = SEVERITIES.index(result.severity)
    return (place, result.shape, result.focus, result.path, result.value, result.messages.en)


# --- findings -----------------------------------------------------------------------------------------------------------------


def _findings(results: Sequence[Result], finder: EvidenceFinder, about: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each cause, numbered by severity and document order."""
    causes = Causes(finder)
    wording = Wording(finder, causes)
    made = [_finding(cause, wording, about) for cause in merged(causes.of(results), finder, causes)]
    for number, finding in enumerate(sorted(made, key=_order), start=1):
        yield replace(finding, number=number)


def _finding(cause: Cause, wording: Wording, about: Sequence[str]) -> Finding:
    """Return one cause as a finding; its number comes with its order."""
    leading = cause.results[0]
    places = _places(cause)
    return Finding(
        number=0,
        key=_key(cause, places, about),
        severity=min((result.severity for result in cause.results), key=SEVERITIES.index),
        family=leading.family,
        messages=wording.messages(cause),
        identifiers=tuple(dict.fromkeys(name for result in cause.results for name in result.identifiers)),
        places=places,
        results=cause.results,
    )


def _places(cause: Cause) -> tuple[Place, ...]:
    """Return the places of a cause: the likely one, the nodes complained of, the evidence of the leading result first."""
    places = dict.fromkeys(place for result in cause.results for place in result.evidence)
    blamed = {plain_iri(result.focus) for result in cause.results}
    return tuple(sorted(places, key=lambda place: (place.iri != cause.place, place.iri not in blamed)))


def _key(cause: Cause, places: Sequence[Place], about: Sequence[str]) -> str:
    """Return a name for a fault that stays when amounts change: of its shape, what it is about and its first place."""
    leading = cause.results[0]
    parts = [leading.shape.removeprefix(SHAPE)]
    if cause.collected:
        parts += _relative((place.iri for place in places[:1]), about, keep=False)
    else:
        parts += _relative((plain_iri(leading.focus), plain_iri(leading.value), cause.place), about)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _relative(iris: Iterable[str], about: Sequence[str], *, keep: bool = True) -> Iterator[str]:
    """Yield IRIs without the address of their disclosure, or (not ``keep``) the address alone."""
    for iri in iris:
        home = next((home for home in about if iri.startswith(home + "/")), "")
        yield iri.removeprefix(home) if keep else home if len(about) > 1 else ""


def _order(finding: Finding) -> tuple[object, ...]:
    """Sort key of findings: severity, then document order, then the key."""
    first = (in_order(finding.places[0]),) if finding.places else ()
    return SEVERITIES.index(finding.severity), not first, first, finding.key
