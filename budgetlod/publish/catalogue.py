"""The catalogue that portals harvest: DCAT 3 in the DCAT-AP 3 profile, IRIs throughout (no blank nodes).

https://www.w3.org/TR/vocab-dcat-3/ and https://semiceu.github.io/DCAT-AP/releases/3.0.1/. Labels of terms from
EU authority tables are given inline, as the profile asks. The catalogue holds no clock: its dates are those of
its datasets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from budgetlod.publish.item import Contact, PublishedDisclosure, Publisher
from budgetlod.publish.manifest import FileRecord
from budgetlod.publish.outputs import FileKind
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.names import BLOD, DCAT, DCTERMS, FOAF, PREFIXES, RDF, RDFS, SKOS, SPDX, VCARD
from budgetlod.rdf.terms import Triple, graph, iri, string, typed

DATA_STRUCTURE = BLOD + "budgetStructure"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_THEME = _AUTHORITY + "data-theme/GOVE"
_PUBLIC = _AUTHORITY + "access-right/PUBLIC"
_AVAILABILITY = "http://data.europa.eu/r5r/availability"
_STABLE = _AUTHORITY + "planned-availability/STABLE"
_CHINESE = _AUTHORITY + "language/ZHO"
_SHA256 = SPDX + "checksumAlgorithm_sha256"
_KEYWORDS_ZH = ("部门预算", "预算公开", "财政支出", "政府预算")
_KEYWORDS_EN = ("department budget", "budget disclosure", "public expenditure", "government finance")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


class CataloguedFile(NamedTuple):
    """A file of a disclosure that becomes a distribution."""

    record: FileRecord
    kind: FileKind

    @property
    def name(self) -> str:
        """The file's name inside the folder of its disclosure."""
        return self.record.path.rpartition("/")[2]


def catalogue(
    entries: Sequence[tuple[PublishedDisclosure, Sequence[CataloguedFile]]], settings: PublicationSettings
) -> list[Triple]:
    """Return the catalogue of the disclosures and their files as a sorted graph."""
    triples: list[Triple] = []
    for item, files in entries:
        triples += _dataset(item, files, settings)
    triples += _catalogue_itself([item for item, _ in entries], settings)
    triples += _authority_terms({kind.file_type for _, files in entries for kind in (file.kind for file in files)})
    return graph(triples)


def catalogue_iri(settings: PublicationSettings) -> str:
    """Return the IRI of the catalogue."""
    return settings.base + "catalog"


def _catalogue_itself(items: Sequence[PublishedDisclosure], settings: PublicationSettings) -> Iterator[Triple]:
    this = catalogue_iri(settings)
    licences = {settings.licence} if settings.licence else {item.licence for item in items}
    licence = licences.pop() if len(licences) == 1 else ""
    yield from _facts(
        this,
        (RDF + "type", [iri(DCAT + "Catalog")]),
        (DCTERMS + "title", _words(settings.title_zh, settings.title_en)),
        (DCTERMS + "description", _words(settings.description_zh, settings.description_en)),
        (DCAT + "dataset", [iri(item.iri) for item in items]),
        (DCAT + "themeTaxonomy", [iri(_AUTHORITY + "data-theme")]),
        (DCTERMS + "language", [iri(_CHINESE)]),
        (DCTERMS + "license", [iri(licence)] if licence else []),
        (DCTERMS + "issued", _date(min(filter(None, (item.issued for item in items)), default=""))),
        (DCTERMS + "modified", _date(max((item.modified or item.issued for item in items), default=""))),
        (DCTERMS + "spatial", sorted({iri(item.area) for item in items if item.area})),
        (FOAF + "homepage", [iri(settings.download_base + "index.html")]),
    )
    yield from _facts(settings.download_base + "index.html", (RDF + "type", [iri(FOAF + "Document")]))
    publisher = settings.publisher or (items[0].publisher if items else None)
    if publisher:
        yield iri(this), iri(DCTERMS + "publisher"), iri(publisher.iri)
        yield from _agent(publisher)
    if licence:
        yield from _licence(licence)


def _dataset(
    item: PublishedDisclosure, files: Sequence[CataloguedFile], settings: PublicationSettings
) -> Iterator[Triple]:
    page = f"{settings.download_base}{item.folder}/index.html"
    zh, en = item.keywords_zh + _KEYWORDS_ZH, item.keywords_en + _KEYWORDS_EN
    yield from _facts(
        item.iri,
        (RDF + "type", [iri(DCAT + "Dataset")]),
        (DCTERMS + "identifier", [string(item.iri)]),
        (DCTERMS + "title", _words(item.title_zh, item.title_en)),
        (DCTERMS + "description", _words(item.description_zh or item.title_zh, item.description_en)),
        (DCTERMS + "publisher", [iri(item.publisher.iri)]),
        (DCTERMS + "issued", _date(item.issued)),
        (DCTERMS + "modified", _date(item.modified)),
        (DCTERMS + "temporal", [iri(item.iri + "/period")]),
        (DCTERMS + "spatial", [iri(item.area)] if item.area else []),
        (DCTERMS + "language", [iri(_CHINESE)]),
        (DCTERMS + "accessRights", [iri(_PUBLIC)]),
        (DCTERMS + "conformsTo", [iri(DATA_STRUCTURE)]),
        (DCAT + "theme", [iri(_THEME)]),
        (DCAT + "keyword", [string(w, "zh") for w in zh] + [string(w, "en") for w in en]),
        (DCAT + "landingPage", [iri(page)]),
        (FOAF + "page", [iri(item.original_page)] if item.original_page else []),
        (DCAT + "contactPoint", [iri(item.iri + "/contact")] if item.contact else []),
        (DCAT + "distribution", [iri(_distribution_iri(item, file)) for file in files]),
    )
    for document in filter(None, (page, item.original_page)):
        yield from _facts(document, (RDF + "type", [iri(FOAF + "Document")]))
    yield from _surroundings(item)
    for file in files:
        yield from _distribution(item, file, settings)


def _surroundings(item: PublishedDisclosure) -> Iterator[Triple]:
    """The resources that a dataset points to: publisher, period, place, licence, rights, contact."""
    yield from _agent(item.publisher)
    yield from _facts(
        item.iri + "/period",
        (RDF + "type", [iri(DCTERMS + "PeriodOfTime")]),
        (DCAT + "startDate", [typed(f"{item.fiscal_year:04d}-01-01", "date")]),
        (DCAT + "endDate", [typed(f"{item.fiscal_year:04d}-12-31", "date")]),
    )
    if item.area:
        yield from _facts(item.area, (RDF + "type", [iri(DCTERMS + "Location")]))
    if item.licence:
        yield from _licence(item.licence)
    if item.rights:
        yield from _facts(
            item.iri + "/rights",
            (RDF + "type", [iri(DCTERMS + "RightsStatement")]),
            (RDFS + "label", [string(item.rights, "zh")]),
        )
    if item.contact:
        yield from _contact(item.iri + "/contact", item.contact)


def _distribution(item: PublishedDisclosure, file: CataloguedFile, settings: PublicationSettings) -> Iterator[Triple]:
    this, kind = _distribution_iri(item, file), file.kind
    address = settings.download_base + file.record.path
    gzip = [iri(_MEDIA + "application/gzip")] if kind.packed else []
    yield from _facts(
        this,
        (RDF + "type", [iri(DCAT + "Distribution")]),
        (DCTERMS + "title", _words(kind.title_zh, kind.title_en)),
        (DCTERMS + "description", _words(kind.description_zh, kind.description_en)),
        (DCAT + "accessURL", [iri(address)]),
        (DCAT + "downloadURL", [iri(address)]),
        (DCAT + "mediaType", [iri(_MEDIA + kind.media_type)]),
        (DCAT + "compressFormat", gzip),
        (DCTERMS + "format", [iri(f"{_AUTHORITY}file-type/{kind.file_type}")]),
        (_AVAILABILITY, [iri(_STABLE)]),
        (DCAT + "byteSize", [typed(str(file.record.size), "nonNegativeInteger")]),
        (DCTERMS + "license", [iri(item.licence)] if item.licence else []),
        (DCTERMS + "rights", [iri(item.iri + "/rights")] if item.rights else []),
        (DCTERMS + "issued", _date(item.issued)),
        (DCTERMS + "language", [iri(_CHINESE)]),
        (SPDX + "checksum", [iri(this + "/checksum")]),
    )
    for media in [iri(_MEDIA + kind.media_type), *gzip]:
        yield media, iri(RDF + "type"), iri(DCTERMS + "MediaType")
    yield from _facts(
        this + "/checksum",
        (RDF + "type", [iri(SPDX + "Checksum")]),
        (SPDX + "algorithm", [iri(_SHA256)]),
        (SPDX + "checksumValue", [typed(file.record.sha256, "hexBinary")]),
    )


def _distribution_iri(item: PublishedDisclosure, file: CataloguedFile) -> str:
    return f"{item.iri}/distribution/{file.name}"


def _authority_terms(file_types: Iterable[str]) -> Iterator[Triple]:
    """Types and labels of the terms of other registers that the catalogue uses."""
    concepts = {
        _THEME: ("政府与公共部门", "Government and public sector"),
        _PUBLIC: ("公开", "public"),
        _STABLE: ("长期提供", "stable"),
    }
    for concept, (zh, en) in concepts.items():
        kind = DCTERMS + "RightsStatement" if concept == _PUBLIC else SKOS + "Concept"
        yield from _facts(concept, (RDF + "type", [iri(kind)]), (SKOS + "prefLabel", _words(zh, en)))
    taxonomy = _AUTHORITY + "data-theme"
    yield iri(_THEME), iri(SKOS + "inScheme"), iri(taxonomy)
    yield from _facts(
        taxonomy,
        (RDF + "type", [iri(SKOS + "ConceptScheme")]),
        (DCTERMS + "title", _words("数据主题", "Data theme")),
    )
    yield from _facts(
        _CHINESE,
        (RDF + "type", [iri(DCTERMS + "LinguisticSystem")]),
        (SKOS + "prefLabel", _words("中文", "Chinese")),
    )
    yield from _facts(DATA_STRUCTURE, (RDF + "type", [iri(DCTERMS + "Standard")]))
    yield from _facts(_SHA256, (RDF + "type", [iri(SPDX + "ChecksumAlgorithm")]))
    for file_type in sorted(file_types):
        yield from _facts(
            f"{_AUTHORITY}file-type/{file_type}",
            (RDF + "type", [iri(DCTERMS + "MediaTypeOrExtent")]),
            (SKOS + "prefLabel", [string(file_type.replace("_", " "), "en")]),
        )


def _agent(publisher: Publisher) -> Iterator[Triple]:
    names = _words(publisher.name_zh, publisher.name_en)
    yield from _facts(publisher.iri, (RDF + "type", [iri(FOAF + "Agent")]), (FOAF + "name", names))


def _licence(licence: str) -> Iterator[Triple]:
    yield iri(licence), iri(RDF + "type"), iri(DCTERMS + "LicenseDocument")


def _contact(this: str, contact: Contact) -> Iterator[Triple]:
    yield from _facts(
        this,
        (RDF + "type", [iri(VCARD + "Kind"), iri(VCARD + "Organization")]),
        (VCARD + "fn", [string(contact.name, "zh")] if contact.name else []),
        (VCARD + "hasEmail", [iri("mailto:" + contact.email)] if contact.email else []),
        (VCARD + "hasTelephone", [iri("tel:" + contact.telephone.replace(" ", "-"))] if contact.telephone else []),
        (VCARD + "hasURL", [iri(contact.page)] if contact.page else []),
    )


def _facts(subject: str, *facts: tuple[str, Sequence[str]]) -> Iterator[Triple]:
    for predicate, values in facts:
        for value in values:
            yield iri(subject), iri(predicate), value


def _words(zh: str, en: str) -> list[str]:
    return [string(text, language) for text, language in ((zh, "zh"), (en, "en")) if text]


def _date(text: str) -> list[str]:
    """Return a date literal of the type that its length says (year, month, day), or nothing for no date."""
    if not text:
        return []
    if len(text) not in _DATE_TYPES:
        raise ValueError(f"not a year, month or date: {text!r}")
    return [typed(text, _DATE_TYPES[len(text)])]


def jsonld_context(context: Mapping[str, object]) -> dict[str, object]:
    """Return the project's context, completed by the prefixes that the catalogue uses."""
    inner = context.get("@context", context)
    assert isinstance(inner, Mapping)
    return {"@context": {**PREFIXES, **inner}}
