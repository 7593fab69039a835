"""A file as a distribution: where it is, of what type and size, its checksum, licence and dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from budgetlod.publish.catalogue.facts import date, facts, links, part, texts
from budgetlod.publish.catalogue.register import file_type, media_type, media_type_description, term
from budgetlod.publish.entry import CataloguedFile
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.names import DCAT, DCTERMS, RDF, SPDX
from budgetlod.rdf.terms import Triple, iri, segment, typed

AVAILABILITY = "http://data.europa.eu/r5r/availability"
_GZIP = "application/gzip"


class Terms(NamedTuple):
    """What the distributions of one dataset have in common: licence and rights (IRIs) and dates."""

    licence: str = ""
    rights: str = ""
    issued: str = ""
    modified: str = ""


def distribution_iri(dataset: str, name: str) -> str:
    """Return the IRI of a distribution: below that of its dataset, by the name of the file."""
    return part(dataset, f"distribution-{segment(name.replace('/', '-'))}")


def distribution(dataset: str, file: CataloguedFile, terms: Terms, settings: PublicationSettings) -> Iterator[Triple]:
    """Yield the distribution of a file of the dataset (an IRI)."""
    this, kind = distribution_iri(dataset, file.name), file.kind
    address = settings.address(file.record.path)
    packed = [_GZIP] if kind.packed else []
    yield from facts(
        this,
        (RDF + "type", [iri(DCAT + "Distribution")]),
        (DCTERMS + "title", texts(kind.title_zh, kind.title_en)),
        (DCTERMS + "description", texts(kind.description_zh, kind.description_en)),
        (DCAT + "accessURL", [iri(address)]),
        (DCAT + "downloadURL", [iri(address)]),
        (DCAT + "mediaType", [iri(media_type(kind.media_type))]),
        (DCAT + "compressFormat", [iri(media_type(name)) for name in packed]),
        (DCTERMS + "format", [iri(file_type(kind.file_type))]),
        (DCAT + "byteSize", [typed(str(file.record.size), "nonNegativeInteger")]),
        (SPDX + "checksum", [iri(part(this, "checksum"))]),
    )
    yield from conditions(this, terms)
    yield from _checksum(part(this, "checksum"), file.record.sha256)
    for name in (kind.media_type, *packed):
        yield from media_type_description(name)


def conditions(this: str, terms: Terms) -> Iterator[Triple]:
    """Yield under what conditions, since when and in what language a distribution is offered."""
    yield from facts(
        this,
        (AVAILABILITY, [iri(term("availability"))]),
        (DCTERMS + "license", links(terms.licence)),
        (DCTERMS + "rights", links(terms.rights)),
        (DCTERMS + "issued", date(terms.issued)),
        (DCTERMS + "modified", date(terms.modified)),
        (DCTERMS + "language", [iri(term("language"))]),
    )


def _checksum(this: str, sha256: str) -> Iterator[Triple]:
    yield from facts(
        this,
        (RDF + "type", [iri(SPDX + "Checksum")]),
        (SPDX + "algorithm", [iri(term("checksum"))]),
        (SPDX + "checksumValue", [typed(sha256, "hexBinary")]),
    )
