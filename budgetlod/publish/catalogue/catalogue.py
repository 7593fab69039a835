"""The catalogue that portals harvest: DCAT 3 in the DCAT-AP 3 profile, IRIs throughout (no blank nodes).

https://www.w3.org/TR/vocab-dcat-3/ and https://semiceu.github.io/DCAT-AP/releases/3.0.1/. The catalogue holds no
clock: its dates are those of its datasets. It is made from entries alone, never from the graphs of the disclosures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from budgetlod.publish.catalogue.agents import (
    agent,
    catalogue_contact,
    catalogue_publisher,
    common_licence,
    contact,
    licence_document,
)
from budgetlod.publish.catalogue.dataset import dataset
from budgetlod.publish.catalogue.facts import chinese_first, date, facts, links, texts
from budgetlod.publish.catalogue.register import descriptions, term, unregistered_file_types, words
from budgetlod.publish.catalogue.series import by_organization, first_issued, last_modified, series, series_iri
from budgetlod.publish.catalogue.whole import dumps, dumps_iri, service, service_iri
from budgetlod.publish.entry import CataloguedFile, Entry
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.names import DCAT, DCTERMS, FOAF, PREFIXES, RDF
from budgetlod.rdf.terms import Triple, iri


def catalogue(entries: Sequence[Entry], whole: Sequence[CataloguedFile], settings: PublicationSettings) -> list[Triple]:
    """Return the catalogue of the disclosures, and of the files that hold ``whole`` of them, as a graph.

    It is sorted, Chinese texts before others. The same entries give the same graph in whatever order they come.
    """
    ordered = sorted(entries, key=lambda entry: entry.iri)
    triples = [*_catalogue_itself(ordered, settings)]
    for entry in ordered:
        triples += dataset(entry, settings)
    for organization, members in by_organization(ordered).items():
        triples += series(organization, members)
    triples += dumps(ordered, whole, settings)
    triples += service(ordered, settings)
    triples += unregistered_file_types(triples)
    triples += descriptions(triples)
    return chinese_first(triples)


def catalogue_iri(settings: PublicationSettings) -> str:
    """Return the IRI of the catalogue."""
    return settings.base + "#catalog"


def _catalogue_itself(entries: Sequence[Entry], settings: PublicationSettings) -> Iterator[Triple]:
    this, licence = catalogue_iri(settings), common_licence(entries, settings)
    home = settings.address("index.html")
    publisher = catalogue_publisher(entries, settings)
    yield from facts(
        this,
        (RDF + "type", [iri(DCAT + "Catalog")]),
        (DCTERMS + "title", texts(settings.title_zh, settings.title_en)),
        (DCTERMS + "description", texts(settings.description_zh, settings.description_en)),
        (DCTERMS + "publisher", links(publisher.iri if publisher else "")),
        (DCAT + "dataset", links(dumps_iri(settings), *(entry.iri for entry in entries))),
        (DCAT + "resource", [iri(series_iri(department)) for department in by_organization(entries)]),
        (DCAT + "service", links(service_iri(settings) if settings.endpoint else "")),
        (DCAT + "contactPoint", links(catalogue_contact(entries, settings))),
        (DCAT + "themeTaxonomy", [iri(term("themes"))]),
        (DCTERMS + "language", links(*words()["catalogue"]["languages"])),
        (DCTERMS + "license", links(licence)),
        (DCTERMS + "issued", date(first_issued(entries))),
        (DCTERMS + "modified", date(last_modified(entries))),
        (DCTERMS + "spatial", sorted({iri(entry.area) for entry in entries if entry.area})),
        (FOAF + "homepage", [iri(home)]),
    )
    yield from facts(home, (RDF + "type", [iri(FOAF + "Document")]))
    if publisher:
        yield from agent(publisher)
    yield from contact(settings.base + "#contact", settings.contact, publisher)
    yield from licence_document(licence)


def jsonld_context(context: Mapping[str, object]) -> dict[str, object]:
    """Return the project's context, completed by the prefixes that the catalogue uses."""
    inner = context.get("@context", context)
    assert isinstance(inner, Mapping)
    return {"@context": {**PREFIXES, **inner}}
