"""Names in both languages, looked up once: codes, units, projects, whatever bears a label."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.names import RDFS, SKOS


class Label(NamedTuple):
    """A name in Chinese and, where there is one, in English; ``code`` is the printed notation of a code."""

    zh: str
    en: str = ""
    code: str = ""


class Names:
    """Answers "what is this called" for one graph."""

    def __init__(self, graph: Lookup) -> None:
        self._graph = graph
        self._known: dict[str, Label] = {}

    def of(self, iri: str) -> Label:
        """Return the name of a resource; the end of its IRI where it has none."""
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._find(iri)
        return known

    def _find(self, iri: str) -> Label:
        by_language = {"zh": "", "en": ""}
        for predicate in (SKOS + "prefLabel", RDFS + "label"):
            terms = self._graph.terms(iri, predicate)
            for term, text in zip(terms, self._graph.texts(iri, predicate), strict=True):
                language = "en" if term.endswith("@en") else "zh"
                by_language[language] = by_language[language] or text
        notation = self._graph.text(iri, SKOS + "notation")
        zh = by_language["zh"] or by_language["en"] or unquote(iri.rpartition("#")[2].rpartition("/")[2])
        return Label(zh, by_language["en"], notation if notation[:1].isdigit() else "")
