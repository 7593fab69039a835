"""The prose of a disclosure, section by section; every number that was read leads to its figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from budgetlod.publish.addresses import PAGE_NAMES
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.disclosure import account_of, area_label
from budgetlod.publish.site.head import head, origin, relations, trail_of
from budgetlod.publish.site.marked_text import Mark, marked
from budgetlod.publish.site.names import Names
from budgetlod.publish.site.rendering import WORDS, render
from budgetlod.publish.stages import Disclosed, Page
from budgetlod.rdf.names import BLOD, PROV, RDFS, SKOS

_LISTS = (
    ("ContentsEntry", "目录", "Table of contents"),
    ("Imprint", "表头所印", "Printed over the tables"),
    ("NamedBody", "项目名称提到的机构", "Bodies that projects name"),
    ("Peculiarity", "印刷上的特别之处", "Noticeable in the print"),
)


def pages(one: Disclosed) -> Iterator[Page]:
    """Yield the page of the prose in both languages; a disclosure without any has none."""
    item, graph = one.material.item, one.material.graph
    account = account_of(one.material)
    values = text_values(graph)
    if not any(values.values()):
        return
    for language, name in PAGE_NAMES.items():
        path = f"{item.folder}/text/{name}"
        trail = [*trail_of(item, area_label(item, account.names), one.settings, language),
                 ("", WORDS[language]("情况说明", "Explanatory notes"))]  # fmt: skip
        frame = {
            **head(path, trail, one.settings),
            "relations": relations(item, one.files, path, one.settings),
            "origin": origin(item, one.files, path),
        }
        yield render("text.html", path, {"item": item, "base": one.settings.base, **values, **frame}, language)


def text_values(graph: Lookup) -> dict[str, Any]:
    """Return the sections with their marks, and the lists of what stands in no section."""
    sections, lost = _sections(graph, _anchors(graph))
    return {
        "sections": sections,
        "terms": [
            {
                "iri": iri,
                "term": graph.text(iri, SKOS + "prefLabel"),
                "definition": graph.text(iri, SKOS + "definition"),
            }
            for iri in _in_order(graph, "GlossaryTerm")
        ],
        "lists": [found for kind, zh, en in _LISTS if (found := _list(graph, kind, zh, en))["entries"]],
        "lost": lost,
    }


def _anchors(graph: Lookup) -> list[Mark]:
    """Return what sections may hold besides mentions: duties."""
    return [Mark(graph.text(iri, BLOD + "text"), iri) for iri in _in_order(graph, "Duty")]


def _sections(graph: Lookup, anchors: Sequence[Mark]) -> tuple[list[dict[str, Any]], list[Mark]]:
    """Return the sections in order; an anchor stands in the first section that holds it."""
    mentions: dict[str, list[Mark]] = {}
    for kind in ("Mention", "Remark"):
        for iri in _in_order(graph, kind):
            mentions.setdefault(graph.text(iri, BLOD + "inSection"), []).append(_mark(graph, iri, kind))
    left, sections = list(anchors), []
    for iri in _in_order(graph, "Section"):
        said = mentions.pop(iri, [])
        numbers = [mark for mark in said if mark.target]
        points = [*(mark for mark in said if not mark.target), *left]
        paragraphs, missing = marked(graph.text(iri, BLOD + "text"), numbers, points)
        left = [mark for mark in left if mark in missing]
        absent = [mark for mark in missing if mark not in left]
        sections.append(
            {"iri": iri, "title": graph.text(iri, RDFS + "label"), "paragraphs": paragraphs, "absent": absent}
        )
    return sections, [*left, *(mark for marks in mentions.values() for mark in marks)]


def _mark(graph: Lookup, iri: str, kind: str) -> Mark:
    """Return a mention with where it leads; a remark is a place only."""
    target = graph.text(iri, BLOD + "states") if kind == "Mention" else ""
    return Mark(graph.text(iri, BLOD + "printed"), iri, target)


def _list(graph: Lookup, kind: str, zh: str, en: str) -> dict[str, Any]:
    names = Names(graph)
    entries = [
        {
            "iri": iri,
            "text": graph.text(iri, RDFS + "label") or graph.text(iri, BLOD + "printed"),
            "target": next(
                (found for name in ("announces", "namedIn", "inStatement") if (found := graph.text(iri, BLOD + name))),
                "",
            ),
            "place": graph.text(iri, PROV + "hadPrimarySource"),
            "kind": names.of(found) if (found := graph.text(iri, BLOD + "peculiarityKind")) else None,
        }
        for iri in _in_order(graph, kind)
    ]
    return {"zh": zh, "en": en, "entries": entries}


def _in_order(graph: Lookup, kind: str) -> list[str]:
    return sorted(graph.subjects(BLOD + kind), key=lambda iri: graph.number(iri, BLOD + "order"))
