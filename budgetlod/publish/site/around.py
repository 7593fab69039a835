"""What surrounds the content of a disclosure's pages: trail, links of the head, foot, and its description for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from budgetlod.publish.addresses import PAGE_NAMES, Language, link, page_of
from budgetlod.publish.site.head import HOME, address, origin, year_label
from budgetlod.publish.site.rendering import WORDS, Relation
from budgetlod.publish.site.vocabulary import Text
from budgetlod.publish.stages import Disclosed

SCHEMA = "https://schema.org"
Step = tuple[str, Text]
"""A step of the trail: a path of the publication (empty: this page) and what it is called."""


def around(
    one: Disclosed,
    path: str,
    iri: str,
    steps: Iterable[Step],
    language: Language = "zh",
    relations: Sequence[tuple[str, str, str]] = (),
) -> dict[str, object]:
    """Return the values of the frame for a page at ``path`` that shows ``iri``.

    ``steps`` follow the disclosure in the trail; ``relations`` are further links of the head: relation, path, media type.
    """
    item, settings = one.material.item, one.settings
    word = WORDS[language]
    before: list[Step] = [
        (PAGE_NAMES[language], Text(*HOME[:2])),
        (
            page_of(item.publisher.iri, settings.base, language),
            Text(item.publisher.name_zh, item.publisher.name_en or item.publisher.name_zh),
        ),
        (page_of(item.iri, settings.base, language), Text(*year_label(item)[:2])),
    ]
    described = [
        ("alternate", f"{item.folder}/data.ttl", "text/turtle"),
        ("alternate", f"{item.folder}/data.jsonld", "application/ld+json"),
        *relations,
    ]
    return {
        "trail": [(link(path, there) if there else "", word(*label)) for there, label in (*before, *steps)],
        "relations": [
            *(Relation(rel, link(path, there), kind) for rel, there, kind in described),
            Relation("cite-as", iri),
            Relation("up", link(path, page_of(item.iri, settings.base, language))),
        ],
        "canonical": address(path, settings),
        "origin": origin(item, one.files, path, iri),
    }


def part_of(one: Disclosed) -> Mapping[str, Any]:
    """Return the disclosure as the data set that a part belongs to (schema.org)."""
    item = one.material.item
    return {"@type": "Dataset", "@id": item.iri, "name": item.title_zh}
