"""A disclosure as a dataset, and what it points to: publisher, period, place, licence, rights, contact, files."""

from __future__ import annotations

from collections.abc import Iterator

from budgetlod.publish.catalogue.agents import agent, contact, licence_document, period, rights_statement
from budgetlod.publish.catalogue.distribution import Terms, distribution, distribution_iri
from budgetlod.publish.catalogue.facts import date, facts, links, part, texts
from budgetlod.publish.catalogue.quality import measurements
from budgetlod.publish.catalogue.register import place, term, words
from budgetlod.publish.entry import Entry
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.names import DCAT, DCTERMS, FOAF, RDF
from budgetlod.rdf.terms import Triple, iri, string


def dataset(entry: Entry, settings: PublicationSettings) -> Iterator[Triple]:
    """Yield the dataset of a disclosure with its distributions."""
    page = settings.address(f"{entry.folder}/index.html")
    yield from facts(
        entry.iri,
        (RDF + "type", [iri(DCAT + "Dataset")]),
        (DCTERMS + "identifier", [string(entry.iri)]),
        (DCTERMS + "title", texts(entry.title_zh, entry.title_en)),
        (DCTERMS + "description", texts(entry.description_zh or entry.title_zh, entry.description_en)),
        (DCTERMS + "publisher", [iri(entry.publisher.iri)]),
        (DCTERMS + "issued", date(entry.issued)),
        (DCTERMS + "modified", date(entry.modified)),
        (DCTERMS + "temporal", [iri(part(entry.iri, "period"))]),
        (DCTERMS + "spatial", links(entry.area)),
        (DCTERMS + "conformsTo", [iri(term("structure"))]),
        (DCAT + "version", [string(str(entry.version))]),
        (DCAT + "landingPage", [iri(page)]),
        (FOAF + "page", links(entry.original_page)),
        (DCAT + "contactPoint", links(part(entry.iri, "contact") if entry.contact else "")),
        (DCAT + "distribution", [iri(distribution_iri(entry.iri, file.name)) for file in entry.files]),
    )
    yield from common(entry.iri, entry.keywords_zh, entry.keywords_en)
    for document in filter(None, (page, entry.original_page)):
        yield from facts(document, (RDF + "type", [iri(FOAF + "Document")]))
    yield from _surroundings(entry)
    yield from measurements(entry.iri, entry.quality)
    rights = part(entry.iri, "rights") if entry.rights else ""
    for file in entry.files:
        terms = Terms(entry.licence, rights, entry.issued, entry.modified)
        yield from distribution(entry.iri, file, terms, settings)


def common(this: str, keywords_zh: tuple[str, ...] = (), keywords_en: tuple[str, ...] = ()) -> Iterator[Triple]:
    """Yield what all datasets say: language, access, theme and keywords."""
    zh, en = (*keywords_zh, *words()["keywords"]["zh"]), (*keywords_en, *words()["keywords"]["en"])
    yield from facts(
        this,
        (DCTERMS + "language", [iri(term("language"))]),
        (DCTERMS + "accessRights", [iri(term("access"))]),
        (DCAT + "theme", [iri(term("theme"))]),
        (DCAT + "keyword", [string(word, "zh") for word in zh] + [string(word, "en") for word in en]),
    )


def _surroundings(entry: Entry) -> Iterator[Triple]:
    yield from agent(entry.publisher, entry.area)
    yield from period(part(entry.iri, "period"), entry.fiscal_year, entry.fiscal_year)
    yield from place(entry.area)
    yield from licence_document(entry.licence)
    yield from rights_statement(part(entry.iri, "rights"), entry.rights)
    yield from contact(part(entry.iri, "contact"), entry.contact, entry.publisher)
