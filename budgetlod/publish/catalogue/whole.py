"""What offers all disclosures at once: the dataset of the dumps and the SPARQL service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetlod.publish.catalogue.agents import catalogue_contact, catalogue_publisher, common_licence, period
from budgetlod.publish.catalogue.dataset import common
from budgetlod.publish.catalogue.distribution import Terms, conditions, distribution, distribution_iri
from budgetlod.publish.catalogue.facts import date, facts, links, part, texts
from budgetlod.publish.catalogue.register import file_type, media_type, media_type_description, term, words
from budgetlod.publish.catalogue.series import first_issued, last_modified
from budgetlod.publish.entry import CataloguedFile, Entry
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.names import DCAT, DCTERMS, RDF, RDFS
from budgetlod.rdf.terms import Triple, iri, string

_RESULTS = "application/sparql-results+json"


def dumps_iri(settings: PublicationSettings) -> str:
    """Return the IRI of the dataset of all disclosures together."""
    return settings.base + "#all"


def service_iri(settings: PublicationSettings) -> str:
    """Return the IRI of the SPARQL service; where it answers is the setting ``endpoint``."""
    return settings.base + "#sparql"


def dumps(entries: Sequence[Entry], files: Sequence[CataloguedFile], settings: PublicationSettings) -> Iterator[Triple]:
    """Yield the dataset of the files that hold all disclosures; with an endpoint, it is one of its distributions."""
    this, terms = dumps_iri(settings), _terms(entries, settings)
    publisher = catalogue_publisher(entries, settings)
    years = [entry.fiscal_year for entry in entries]
    offered = [distribution_iri(this, file.name) for file in files]
    yield from facts(
        this,
        (RDF + "type", [iri(DCAT + "Dataset")]),
        (DCTERMS + "identifier", [string(this)]),
        *_titles("dumps"),
        (DCTERMS + "publisher", links(publisher.iri if publisher else "")),
        (DCTERMS + "issued", date(terms.issued)),
        (DCTERMS + "modified", date(terms.modified)),
        (DCTERMS + "temporal", links(part(this, "period") if years else "")),
        (DCTERMS + "spatial", sorted({iri(entry.area) for entry in entries if entry.area})),
        (DCTERMS + "conformsTo", [iri(term("structure"))]),
        (DCAT + "landingPage", [iri(settings.address("index.html"))]),
        (DCAT + "contactPoint", links(catalogue_contact(entries, settings))),
        (DCAT + "distribution", links(*offered, distribution_iri(this, "sparql") if settings.endpoint else "")),
    )
    yield from common(this)
    if years:
        yield from period(part(this, "period"), min(years), max(years))
    for file in files:
        yield from distribution(this, file, terms, settings)
    if settings.endpoint:
        yield from _by_query(distribution_iri(this, "sparql"), terms, settings)


def service(entries: Sequence[Entry], settings: PublicationSettings) -> Iterator[Triple]:
    """Yield the SPARQL service; nothing without an endpoint."""
    if not settings.endpoint:
        return
    this, publisher = service_iri(settings), catalogue_publisher(entries, settings)
    zh, en = words()["keywords"]["zh"], words()["keywords"]["en"]
    yield from facts(
        this,
        (RDF + "type", [iri(DCAT + "DataService")]),
        *_titles("service"),
        (DCAT + "endpointURL", [iri(settings.endpoint)]),
        (DCAT + "endpointDescription", [iri(settings.address("void.ttl"))]),
        (DCTERMS + "conformsTo", [iri(term("protocol"))]),
        (DCAT + "servesDataset", links(dumps_iri(settings), *(entry.iri for entry in entries))),
        (DCTERMS + "publisher", links(publisher.iri if publisher else "")),
        (DCTERMS + "license", links(common_licence(entries, settings))),
        (DCTERMS + "accessRights", [iri(term("access"))]),
        (DCAT + "contactPoint", links(catalogue_contact(entries, settings))),
        (DCAT + "theme", [iri(term("theme"))]),
        (DCAT + "keyword", [string(word, "zh") for word in zh] + [string(word, "en") for word in en]),
        (DCAT + "landingPage", [iri(settings.address("index.html"))]),
    )
    # The shapes of DCAT-AP ask for the class even where every resource has it.
    for resource in (settings.endpoint, settings.address("void.ttl")):
        yield from facts(resource, (RDF + "type", [iri(RDFS + "Resource")]))


def _by_query(this: str, terms: Terms, settings: PublicationSettings) -> Iterator[Triple]:
    """The endpoint as a distribution: portals that know no services show it among the files."""
    yield from facts(
        this,
        (RDF + "type", [iri(DCAT + "Distribution")]),
        *_titles("service"),
        (DCAT + "accessURL", [iri(settings.endpoint)]),
        (DCAT + "accessService", [iri(service_iri(settings))]),
        (DCAT + "mediaType", [iri(media_type(_RESULTS))]),
        (DCTERMS + "format", [iri(file_type("SPARQLQRES"))]),
    )
    yield from conditions(this, terms)
    yield from media_type_description(_RESULTS)


def _terms(entries: Sequence[Entry], settings: PublicationSettings) -> Terms:
    return Terms(common_licence(entries, settings), "", first_issued(entries), last_modified(entries))


def _titles(part: str) -> Iterator[tuple[str, list[str]]]:
    said = words()[part]
    yield DCTERMS + "title", texts(said["title_zh"], said["title_en"])
    yield DCTERMS + "description", texts(said["description_zh"], said["description_en"])
