"""The reference of the ontology: every term with its definition, its links and an example from the published data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from budgetlod.publish.addresses import PAGE_NAMES, link
from budgetlod.publish.site.around import SCHEMA
from budgetlod.publish.site.head import address
from budgetlod.publish.site.rendering import WORDS, Relation, render
from budgetlod.publish.site.term_facts import Term, examples, terms
from budgetlod.publish.site.vocabulary import Text, label, terms_graph, texts
from budgetlod.publish.stages import Overview, Page
from budgetlod.rdf.names import BLOD, DCTERMS, OWL

FOLDER = "ontology"
_IRI = BLOD.rstrip("#")
_PARTS: Mapping[str, Text] = {
    "class": Text("类", "Classes"),
    "property": Text("属性", "Properties"),
    "structure": Text("数据结构", "Data structure"),
}


def pages(whole: Overview) -> Iterator[Page]:
    """Yield the reference in both languages; the anchor of a term is its local name."""
    counts: Counter[str] = Counter()
    for entry in whole.entries:
        counts.update(entry.summaries.get("ontology", {}))
    shown = _examples(whole)
    graph = terms_graph()
    for language, name in PAGE_NAMES.items():
        path, word = f"{FOLDER}/{name}", WORDS[language]
        title = texts(graph, _IRI, DCTERMS + "title")
        values = {
            "title": title,
            "description": texts(graph, _IRI, DCTERMS + "description"),
            "released": graph.text(_IRI, OWL + "versionInfo"),
            "parts": [(key, text, _of(key)) for key, text in _PARTS.items()],
            "labels": {term.name: term.label for term in terms()},
            "counts": counts,
            "examples": shown,
            "namespace": BLOD,
            "trail": [(link(path, PAGE_NAMES[language]), word("首页", "Home")), ("", word("本体", "Ontology"))],
            "canonical": address(path, whole.settings),
            "relations": [Relation("alternate", "ontology.ttl", "text/turtle"), Relation("cite-as", _IRI)],
            "jsonld": {
                "@context": SCHEMA,
                "@type": "DefinedTermSet",
                "@id": _IRI,
                "name": word(*title),
                "description": word(*texts(graph, _IRI, DCTERMS + "description")),
                "version": graph.text(_IRI, OWL + "versionInfo"),
            },
        }
        yield render("ontology.html", path, values, language)


def search_terms() -> Iterator[tuple[str, Text]]:
    """Yield the terms for the search index: local name and label."""
    for term in terms():
        yield term.name, label(terms_graph(), BLOD + term.name)


def _of(part: str) -> list[Term]:
    kinds = {"class": {"class"}, "structure": {"component", "structure"}}
    others = {kind for group in kinds.values() for kind in group}
    wanted = kinds.get(part)
    return [term for term in terms() if (term.kind.en in wanted if wanted else term.kind.en not in others)]


def _examples(whole: Overview) -> dict[str, str]:
    """Return examples from the first disclosure, as it was published."""
    for entry in whole.entries[:1]:
        return examples((whole.folder / entry.folder / "data.ttl").read_text(encoding="utf-8"))
    return {}
