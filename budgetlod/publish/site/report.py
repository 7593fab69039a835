"""The result of the checks as a page of the site: findings by weight with the printed cells side by side, and what was checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from budgetlod.publish.addresses import PAGE_NAMES, Language, link, page_of
from budgetlod.publish.material import Material
from budgetlod.publish.site.around import SCHEMA, around, part_of
from budgetlod.publish.site.findings import SEVERITIES, Finding, Findings, findings_of
from budgetlod.publish.site.rendering import render
from budgetlod.publish.site.rule_facts import Group, Rule, checked_by, groups
from budgetlod.publish.site.vocabulary import Text
from budgetlod.publish.stages import Disclosed, Page

FOLDER: Final = "report"
_MOST_PLACES: Final = 6
_MOST_FULL: Final = 50
"""So many findings are shown with their places; the others as a sentence, so that a page stays light."""


class Seen(NamedTuple):
    """A place of a finding: in words, what it prints, the address of our page that shows it."""

    words: Text
    printed: str
    href: str


class Shown(NamedTuple):
    """A finding as shown: the places that are (``more`` are not), its rules with their addresses."""

    finding: Finding
    places: tuple[Seen, ...]
    more: int
    rules: tuple[tuple[str, str], ...]


class Square(NamedTuple):
    """A rule in the grid: its id, what became of it, where it is explained."""

    rule: Rule
    state: str
    href: str


def pages(one: Disclosed) -> Iterator[Page]:
    """Yield the page of the checks in both languages; none where a disclosure was not checked."""
    findings = findings_of(one.material.item)
    if not findings.known:
        return
    states = _states(findings)
    for language, name in PAGE_NAMES.items():
        path = f"{one.material.item.folder}/{FOLDER}/{name}"
        values = {
            **around(one, path, one.material.item.iri, [("", Text("核对结果", "checks"))], language, _relations(one)),
            "jsonld": _jsonld(one),
            "counts": {severity: _open(findings, severity) for severity in SEVERITIES},
            "accepted": sum(bool(finding.accepted) for finding in findings.all),
            "shown": [_shown(path, finding, one.settings.base, language) for finding in findings.in_order],
            "full": _MOST_FULL,
            "grid": [(group, _squares(group, states, path, language)) for group in groups()],
            "totals": {
                state: list(states.values()).count(state) for state in ("ok", "none", "violation", "warning", "info")
            },
            "rules": len(states),
            "numbers": one.material.item.checks.get("numbers", 0),
            "unmapped": one.material.item.checks.get("unmapped", 0),
            "files": [(link(path, f"{one.material.item.folder}/{file}"), file) for file in _files(one)],
        }
        yield render("report.html", path, values, language)


def summary(material: Material) -> dict[str, str]:
    """Return the rules that have findings, with the gravest severity of each."""
    findings = findings_of(material.item)
    return {rule: state for rule, state in _states(findings).items() if state in SEVERITIES} if findings.known else {}


def _open(findings: Findings, severity: str) -> int:
    return sum(one.severity == severity and not one.accepted for one in findings.all)


def _states(findings: Findings) -> dict[str, str]:
    """Return what became of each rule: the gravest finding, ``ok`` where it was checked, else ``none``."""
    worst: dict[str, str] = {}
    for finding in reversed(findings.in_order):
        worst |= {rule: finding.severity for rule in finding.rules if not finding.accepted}
    checked = checked_by(tuple(findings.body.get("profile", "").split("+")))
    rules = [rule for group in groups() for rule in group.rules]
    return {rule.id: worst.get(rule.id, "ok" if rule.id in checked else "none") for rule in rules}


def _squares(group: Group, states: Mapping[str, str], path: str, language: Language) -> list[Square]:
    home = link(path, f"rule/{PAGE_NAMES[language]}")
    return [Square(rule, states[rule.id], f"{home}#{rule.id}") for rule in group.rules]


def _shown(path: str, finding: Finding, base: str, language: Language) -> Shown:
    places = [_seen(path, place, base, language) for place in finding.places[:_MOST_PLACES]]
    home = link(path, f"rule/{PAGE_NAMES[language]}")
    known = {rule.id for group in groups() for rule in group.rules}
    # A shape that checks no rule of the catalogue names its family instead.
    rules = tuple((rule, f"{home}#{rule}" if rule in known else "") for rule in finding.rules)
    return Shown(finding, tuple(places), len(finding.places) - len(places), rules)


def _seen(path: str, place: Mapping[str, Any], base: str, language: Language) -> Seen:
    there = page_of(place["iri"], base, language)
    return Seen(Text(place["zh"], place["en"]), place["printed"], link(path, there) if there else "")


def _files(one: Disclosed) -> Sequence[str]:
    return [name for name in sorted(one.material.item.report_files) if name.startswith("report.")]


def _relations(one: Disclosed) -> list[tuple[str, str, str]]:
    types = {"report.ttl": "text/turtle", "report.json": "application/json", "report.sarif": "application/sarif+json"}
    folder = one.material.item.folder
    return [("alternate", f"{folder}/{name}", types[name]) for name in _files(one) if name in types]


def _jsonld(one: Disclosed) -> Mapping[str, Any]:
    item = one.material.item
    return {
        "@context": SCHEMA,
        "@type": "Report",
        "@id": f"{item.iri}/{FOLDER}",
        "name": f"{item.title_zh}核对结果",
        "about": part_of(one),
    }
