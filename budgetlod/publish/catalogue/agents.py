"""Publishers, contacts, licences and periods: the resources that datasets, series and services point to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetlod.publish.catalogue.facts import facts, links, part, texts
from budgetlod.publish.catalogue.register import publisher_type
from budgetlod.publish.entry import Entry
from budgetlod.publish.item import Contact, Publisher
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.names import DCAT, DCTERMS, FOAF, RDF, RDFS, VCARD
from budgetlod.rdf.terms import Triple, iri, string, typed


def agent(publisher: Publisher, area: str = "") -> Iterator[Triple]:
    """Yield what is said of a publisher; the kind of authority it is follows from its area (an IRI)."""
    yield from facts(
        publisher.iri,
        (RDF + "type", [iri(FOAF + "Agent")]),
        (FOAF + "name", texts(publisher.name_zh, publisher.name_en)),
        (DCTERMS + "type", links(publisher_type(area))),
    )


def catalogue_publisher(entries: Iterable[Entry], settings: PublicationSettings) -> Publisher | None:
    """Return the body behind the catalogue: that of the settings, or else that of the first disclosure."""
    return settings.publisher or next((entry.publisher for entry in entries), None)


def catalogue_contact(entries: Iterable[Entry], settings: PublicationSettings) -> str:
    """Return the IRI of the contact for the publication as a whole, ``""`` for none.

    That of the settings; without one that of the latest disclosure of the body behind the catalogue.
    """
    if settings.contact:
        return settings.base + "#contact"
    known = list(entries)
    body = catalogue_publisher(known, settings)
    return latest_contact([entry for entry in known if body and entry.publisher.iri == body.iri])


def latest_contact(entries: Iterable[Entry]) -> str:
    """Return the IRI of the contact of the latest disclosure that names one, ``""`` for none."""
    named = [entry for entry in entries if entry.contact]
    return part(max(named, key=lambda entry: (entry.fiscal_year, entry.iri)).iri, "contact") if named else ""


def contact(this: str, whom: Contact | None, publisher: Publisher | None = None) -> Iterator[Triple]:
    """Yield a contact; one that bears the name of its publisher bears its English name too."""
    if whom is None:
        return
    named = publisher is not None and publisher.name_zh == whom.name
    yield from facts(
        this,
        (RDF + "type", [iri(VCARD + "Kind"), iri(VCARD + "Organization")]),
        (VCARD + "fn", texts(whom.name, publisher.name_en if publisher and named else "")),
        (VCARD + "hasEmail", [iri("mailto:" + whom.email)] if whom.email else []),
        (VCARD + "hasTelephone", [iri("tel:" + whom.telephone.replace(" ", "-"))] if whom.telephone else []),
        (VCARD + "hasURL", links(whom.page)),
    )


def licence_document(licence: str) -> Iterator[Triple]:
    """Yield the class of a licence (an IRI); what is known of it beyond that is in ``terms.ttl``."""
    if licence:
        yield iri(licence), iri(RDF + "type"), iri(DCTERMS + "LicenseDocument")


def rights_statement(this: str, rights: str) -> Iterator[Triple]:
    """Yield a statement of rights in the words of the publisher."""
    if rights:
        label = (RDFS + "label", [string(rights, "zh")])
        yield from facts(this, (RDF + "type", [iri(DCTERMS + "RightsStatement")]), label)


def common_licence(entries: Iterable[Entry], settings: PublicationSettings) -> str:
    """Return the licence of the publication as a whole: that of the settings, or the one that all disclosures have."""
    licences = {settings.licence} if settings.licence else {entry.licence for entry in entries}
    return licences.pop() if len(licences) == 1 else ""


def period(this: str, first: int, last: int) -> Iterator[Triple]:
    """Yield the period from the first day of one fiscal year to the last day of another."""
    yield from facts(
        this,
        (RDF + "type", [iri(DCTERMS + "PeriodOfTime")]),
        (DCAT + "startDate", [typed(f"{first:04d}-01-01", "date")]),
        (DCAT + "endDate", [typed(f"{last:04d}-12-31", "date")]),
    )
