"""What reports say in Chinese and English, whatever their form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.model.publisher import Acceptance
from budgetlod.rdf.names import DQV, QUALITY, RDF, SKOS
from budgetlod.validate.report import Finding, Messages, Report, Severity
from budgetlod.validate.subject import Language

SEVERITY_NAMES: dict[Severity, Messages] = {
    "violation": Messages("错误", "violation"),
    "warning": Messages("警告", "warning"),
    "info": Messages("提示", "info"),
}
_QUALITY = "ontology/quality.ttl"


class Family(NamedTuple):
    """A family of rules in words: its name, and what it promises."""

    name: Messages
    promise: Messages


def said(messages: Messages, language: Language) -> str:
    """Return one of the two texts."""
    return messages.zh if language == "zh" else messages.en


def verdict(report: Report) -> Messages:
    """Return in one line whether the report conforms, and how many findings there are of each severity."""
    counts, accepted = report.open_counts(), len(report.accepted)
    zh = "、".join(f"{SEVERITY_NAMES[s].zh} {n}" for s, n in counts.items())
    en = ", ".join(f"{n} {SEVERITY_NAMES[s].en}{'' if n == 1 else 's'}" for s, n in counts.items())
    return Messages(
        f"{'符合' if report.conforms else '不符合'}：{zh}" + (f"；已接受 {accepted}" if accepted else ""),
        f"{'conforms' if report.conforms else 'does not conform'}: {en}"
        + (f"; {accepted} accepted" if accepted else ""),
    )


def stale(acceptance: Acceptance) -> Messages:
    """Return what to say of an acceptance that matches no finding."""
    where = acceptance.place or "*"
    return Messages(
        f"[[accepted]] {acceptance.rule} {where} 已不对应任何发现（理由：{acceptance.reason}）；请从 source.toml 中删去，或更正 rule、place",
        f"[[accepted]] {acceptance.rule} {where} matches no finding any more (reason: {acceptance.reason}); "
        "remove it from source.toml, or correct rule and place",
    )


def rule_of(finding: Finding) -> str:
    """Return the leading rule of a finding: a catalogue id, or the name of its shape where it has none."""
    if finding.identifiers:
        return finding.identifiers[0]
    return shape_name(finding.results[0].shape) if finding.results else finding.family


def shape_name(iri: str) -> str:
    """Return the local name of a shape."""
    return iri.rpartition("/")[2]


def family_named(name: str) -> Family:
    """Return a family in words; one that the ontology does not describe is called by its name."""
    return _families().get(name) or Family(Messages(name, name), Messages("", ""))


def described_families() -> list[str]:
    """Return the names of the families that the ontology describes, sorted."""
    return sorted(_families())


@cache
def _families() -> dict[str, Family]:
    texts: dict[tuple[str, str, str], str] = {}
    metrics = []
    for triple in pyoxigraph.parse(resource(_QUALITY).read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
        subject, predicate, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, pyoxigraph.NamedNode):
            continue
        name = subject.value.removeprefix(QUALITY)
        if isinstance(value, pyoxigraph.Literal):
            texts[name, predicate, value.language or ""] = value.value
        elif (predicate, str(value)) == (RDF + "type", f"<{DQV}Metric>"):
            metrics.append(name)
    return {name: Family(*_described(texts, name)) for name in metrics}


def _described(texts: dict[tuple[str, str, str], str], name: str) -> Iterator[Messages]:
    for predicate in (SKOS + "prefLabel", SKOS + "definition"):
        yield Messages(texts.get((name, predicate, "zh"), ""), texts.get((name, predicate, "en"), ""))
