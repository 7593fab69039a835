"""What the catalogue says of versions (DCAT 3, section 11; PROV-O): number, predecessor, and where each is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetlod.publish.catalogue.facts import part
from budgetlod.publish.item import Described, VersionRecord
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.versions import KEPT
from budgetlod.rdf.names import DCAT, DCTERMS, PROV, RDF
from budgetlod.rdf.terms import Triple, iri, string, typed

_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def version_iri(item: Described, number: int) -> str:
    """Return the IRI of a version, which is also the path of its page."""
    return f"{item.iri}/version/{number}"


def version_triples(items: Iterable[Described], settings: PublicationSettings) -> Iterator[Triple]:
    """Yield what the catalogue adds for the versions of datasets.

    A dataset that was never revised has a version number only. Otherwise the dataset is the current version, a revision of
    the one before, and each earlier one is a dataset of its own with the page that offers its files.
    """
    for item in items:
        this = iri(item.iri)
        yield this, iri(DCAT + "version"), string(str(item.version))
        if item.version > 1:
            before = iri(version_iri(item, item.version - 1))
            yield this, iri(DCAT + "previousVersion"), before
            yield this, iri(PROV + "wasRevisionOf"), before
        for record in item.versions[:-1]:
            yield this, iri(DCAT + "hasVersion"), iri(version_iri(item, record.number))
            yield from _earlier(item, record, settings)


def _earlier(item: Described, record: VersionRecord, settings: PublicationSettings) -> Iterator[Triple]:
    this = iri(version_iri(item, record.number))
    folder = f"{settings.download_base}{item.folder}/version/{record.number}"
    english = item.title_en or item.title_zh
    yield this, iri(RDF + "type"), iri(DCAT + "Dataset")
    yield this, iri(DCTERMS + "title"), string(f"{item.title_zh}（第{record.number}版）", "zh")
    yield this, iri(DCTERMS + "title"), string(f"{english} (version {record.number})", "en")
    yield this, iri(DCTERMS + "description"), string(f"{item.title_zh}的先前版本，已由后来的版本取代。", "zh")
    yield this, iri(DCTERMS + "description"), string(f"An earlier version of {english}, replaced since.", "en")
    yield this, iri(DCAT + "version"), string(str(record.number))
    yield this, iri(DCAT + "isVersionOf"), iri(item.iri)
    yield this, iri(DCTERMS + "publisher"), iri(item.publisher.iri)
    yield this, iri(DCTERMS + "issued"), typed(record.date, _DATE_TYPES.get(len(record.date), "date"))
    yield this, iri(DCAT + "landingPage"), iri(f"{folder}/index.html")
    if record.number > 1:
        before = iri(version_iri(item, record.number - 1))
        yield this, iri(DCAT + "previousVersion"), before
        yield this, iri(PROV + "wasRevisionOf"), before
    for name in KEPT:
        yield from _distribution(this, f"{folder}/{name}")


def _distribution(dataset: str, address: str) -> Iterator[Triple]:
    this = iri(part(dataset[1:-1], f"distribution-{address.rpartition('/')[2]}"))
    yield dataset, iri(DCAT + "distribution"), this
    yield this, iri(RDF + "type"), iri(DCAT + "Distribution")
    for name in ("accessURL", "downloadURL"):
        yield this, iri(DCAT + name), iri(address)
