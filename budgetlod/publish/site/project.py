"""The page of a project: money, payment plan, goals and indicators as printed.

A project's IRI names department and year but no phase, so that the budget and the final account of a year speak of one project.
The page at the project's IRI is the one from the first phase, with links to those of the others. Later phases have their pages
in the folders of their disclosures (``project/<key>/``) as well, whether or not an earlier one is published, so that what was
linked once stays. Which phase is the first one shows when all disclosures are known; until then the pages of a disclosure are
kept together in :data:`KEPT`. Both places lie five folders deep, and every link leads through the root, so that one text
serves in either.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from markupsafe import Markup

from budgetlod.publish.addresses import PAGE_NAMES, Language, link, page_of
from budgetlod.publish.entry import Entry
from budgetlod.publish.material import Material
from budgetlod.publish.site.around import SCHEMA, around, part_of
from budgetlod.publish.site.evidence import facts_of
from budgetlod.publish.site.head import address
from budgetlod.publish.site.project_chart import HEIGHT, bars
from budgetlod.publish.site.project_facts import Project, ProjectFacts
from budgetlod.publish.site.rendering import WORDS, render
from budgetlod.publish.site.vocabulary import Text
from budgetlod.publish.stages import Disclosed, Overview, Page
from budgetlod.rdf.names import BLOD, RDFS

KEPT: Final = "project-pages.json.gz"
"""The pages of a disclosure's projects: an object of file names and texts for each key of a project."""
_ANYWHERE: Final = "*/*/*/*/*/"
_OTHERS: Final = "<!--others-->"
_PHASES: Final = ("budget", "adjusted", "executed", "final")


def pages(one: Disclosed) -> Iterator[Page]:
    """Yield the file that keeps the page of each project in both languages, if there are projects."""
    made: dict[str, dict[str, str]] = defaultdict(dict)
    for key, name, text in _made(one):
        made[key][name] = text
    if made:
        yield f"{one.material.item.folder}/{KEPT}", json.dumps(made, ensure_ascii=False).encode()


def _made(one: Disclosed) -> Iterator[tuple[str, str, str]]:
    """Yield the pages: key of the project, name of the file, text."""
    known = ProjectFacts(facts_of(one))
    links = {language: _Links(language, one.settings.base) for language in PAGE_NAMES}
    for number, iri in enumerate(known.projects):
        project = known.project(iri)
        near = [known.projects[index] if 0 <= index < len(known.projects) else "" for index in (number - 1, number + 1)]
        for language, name in PAGE_NAMES.items():
            values = {
                "project": project,
                "number": number + 1,
                "total": len(known.projects),
                "bars": bars(one.payment for one in project.plan),
                "height": HEIGHT,
                "paid": {one.anchor: _paid(project.budget, one.payment.share) for one in project.plan},
                "before": near[0],
                "after": near[1],
                "link": links[language],
                **_frame(one, project, language),
            }
            _, content = render("project.html", _ANYWHERE + name, values, language)
            yield _key(iri), name, content.decode()


def summary(material: Material) -> list[list[Any]]:
    """Return what the whole wants to know of projects: IRI, name, and the names of their indicators."""
    graph = material.graph
    indicators: dict[str, list[list[str]]] = defaultdict(list)
    for iri in graph.members(BLOD + "PerformanceIndicator"):
        owner = graph.text(iri, BLOD + "indicatorOf")
        indicators[owner].append([iri.partition("#")[2], graph.text(iri, RDFS + "label")])
    return [[iri, graph.text(iri, RDFS + "label"), indicators.get(iri, [])] for iri in graph.members(BLOD + "Project")]


def overview(whole: Overview) -> Iterator[Page]:
    """Yield the pages of projects: at the IRI that of the first phase, in the disclosures' folders those of the others."""
    holders: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(whole.entries, key=lambda entry: (_order(entry), entry.folder)):
        for iri, *_ in entry.summaries.get("project", ()):
            holders[iri].append(entry)
    # A few at a time: the projects of a department are neighbours by IRI.
    kept = lru_cache(maxsize=8)(lambda folder: _kept(whole.folder / folder / KEPT))
    for iri, entries in sorted(holders.items()):
        key = _key(iri)
        for language, name in PAGE_NAMES.items():
            path = page_of(iri, whole.settings.base, language)
            inside = f"project/{key}/{name}"
            others = [(link(path, f"{entry.folder}/{inside}"), _title(entry, language)) for entry in entries[1:]]
            yield path, kept(entries[0].folder)[key][name].replace(_OTHERS, _others(others, language), 1).encode()
            for entry in entries[1 if _order(entries[0]) == 0 else 0 :]:
                yield f"{entry.folder}/{inside}", kept(entry.folder)[key][name].replace(_OTHERS, "", 1).encode()


def _kept(path: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(gzip.decompress(path.read_bytes()))
    return found


class _Links(dict[str, str]):
    """Addresses of IRIs and paths through the root, in one language."""

    def __init__(self, language: Language, base: str) -> None:
        super().__init__()
        self._language, self._base = language, base

    def __missing__(self, iri: str) -> str:
        there = page_of(iri, self._base, self._language) if "://" in iri else iri
        found = self[iri] = link(_ANYWHERE + "index.html", there) if there else iri
        return found


def _frame(one: Disclosed, project: Project, language: Language) -> Mapping[str, object]:
    home = page_of(project.iri, one.settings.base, language)
    jsonld = {
        "@context": SCHEMA,
        "@type": "Project",
        "@id": project.iri,
        "name": project.name,
        "identifier": project.code,
        "description": project.purpose,
        "parentOrganization": {"@id": one.material.item.publisher.iri, "@type": "GovernmentOrganization"},
        "subjectOf": part_of(one),
    }
    return {
        **around(one, _ANYWHERE + "index.html", project.iri, [("", Text(project.name, project.name))], language),
        "canonical": address(home, one.settings),
        "jsonld": {key: value for key, value in jsonld.items() if value},
    }


def _paid(budget: Decimal | None, share: Decimal) -> Decimal | None:
    """Return the amount that a share of the budget is, in whole fen."""
    return None if budget is None else (budget * share / 100).quantize(Decimal("0.01"))


def _key(iri: str) -> str:
    return unquote(iri.rpartition("/")[2])


def _order(entry: Entry) -> int:
    return _PHASES.index(entry.phase) if entry.phase in _PHASES else len(_PHASES)


def _title(entry: Entry, language: Language) -> str:
    return WORDS[language](entry.title_zh, entry.title_en)


def _others(others: list[tuple[str, str]], language: Language) -> str:
    if not others:
        return ""
    head = WORDS[language]("同一项目，另见：", "The same project in:")
    links = Markup(" · ").join(Markup('<a href="{}">{}</a>').format(href, title) for href, title in others)
    return str(Markup("<p>{} {}</p>").format(head, links))
