"""The page of the rules of consistency: each in words, with its reason, an example and how to correct a fault."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlod.publish.addresses import PAGE_NAMES, link
from budgetlod.publish.site.around import SCHEMA
from budgetlod.publish.site.head import address
from budgetlod.publish.site.rendering import WORDS, Relation, render
from budgetlod.publish.site.rule_facts import groups
from budgetlod.publish.stages import Overview, Page
from budgetlod.rdf.names import RULE

FOLDER = "rule"


def pages(whole: Overview) -> Iterator[Page]:
    """Yield the page in both languages; the anchor of a rule is its id."""
    for language, name in PAGE_NAMES.items():
        path, word = f"{FOLDER}/{name}", WORDS[language]
        values = {
            "groups": groups(),
            "count": sum(len(group.rules) for group in groups()),
            "trail": [(link(path, PAGE_NAMES[language]), word("首页", "Home")), ("", word("核对规则", "Rules"))],
            "canonical": address(path, whole.settings),
            "relations": [
                Relation("alternate", link(path, f"ontology/rules/{file}.ttl"), "text/turtle") for file in ("groups",)
            ],
            "jsonld": {
                "@context": SCHEMA,
                "@type": "DefinedTermSet",
                "@id": RULE.rstrip("/"),
                "name": word("勾稽关系与公开要求", "Rules of consistency and disclosure"),
            },
        }
        yield render("rules.html", path, values, language)
