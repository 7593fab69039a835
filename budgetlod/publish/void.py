"""``void.ttl``: what the data set contains and where its dumps are (https://www.w3.org/TR/void/).

The same bytes are at ``.well-known/void``, where the recommendation (section 7.2) has agents look for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from budgetlod.publish.catalogue import catalogue_iri
from budgetlod.publish.catalogue.facts import chinese_first, facts, links, part, texts
from budgetlod.publish.counts import Counts, merged
from budgetlod.publish.entry import CataloguedFile, Entry
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.names import BLOD, DCAT, DCTERMS, FOAF, ORG, PREFIXES, PROV, QB, RDF, SKOS, VOID
from budgetlod.rdf.terms import Triple, integer, iri, string

ALL_QUADS = "all.nq.gz"
WELL_KNOWN = ".well-known/void"
_VOCABULARIES = (BLOD, QB, SKOS, DCTERMS, DCAT, PROV, ORG, FOAF)
_EXAMPLES = 3
# https://www.w3.org/ns/formats/ names the syntaxes that a dump may have.
_FORMATS = {
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "application/n-triples": "N-Triples",
    "application/n-quads": "N-Quads",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
}


def void(entries: Sequence[Entry], whole: Sequence[CataloguedFile], settings: PublicationSettings) -> list[Triple]:
    """Return the VoID description: the publication, whose dumps are among the files ``whole``, and its disclosures."""
    this = settings.base + "#void"
    ordered = sorted(entries, key=lambda entry: entry.iri)
    triples: list[Triple] = [*_publication(this, ordered, whole, settings)]
    triples += _statistics(this, part(this, "class-"), merged(entry.counts for entry in ordered))
    for entry in ordered:
        triples += facts(this, (VOID + "subset", [iri(entry.iri)]))
        triples += facts(
            entry.iri,
            (RDF + "type", [iri(VOID + "Dataset")]),
            (DCTERMS + "title", texts(entry.title_zh, entry.title_en)),
            (VOID + "dataDump", _dumps(entry.files, settings)),
        )
        triples += _statistics(entry.iri, part(entry.iri, "void-class-"), entry.counts)
    return chinese_first(triples)


def _publication(
    this: str, entries: Sequence[Entry], whole: Sequence[CataloguedFile], settings: PublicationSettings
) -> Iterator[Triple]:
    files = [file for part in (whole, *(entry.files for entry in entries)) for file in part]
    formats = sorted({_FORMATS[file.kind.media_type] for file in files if file.kind.media_type in _FORMATS})
    yield from facts(
        this,
        (RDF + "type", [iri(VOID + "Dataset")]),
        (DCTERMS + "title", texts(settings.title_zh, settings.title_en)),
        (DCTERMS + "isReferencedBy", [iri(catalogue_iri(settings))]),
        (FOAF + "homepage", [iri(settings.address("index.html"))]),
        (VOID + "dataDump", _dumps(whole, settings)),
        (VOID + "sparqlEndpoint", links(settings.endpoint)),
        (VOID + "uriSpace", [string(settings.base)]),
        (VOID + "vocabulary", links(*_VOCABULARIES)),
        (VOID + "feature", [iri("http://www.w3.org/ns/formats/" + name) for name in formats]),
        (VOID + "exampleResource", [iri(entry.iri) for entry in entries[:_EXAMPLES]]),
    )


def _dumps(files: Iterable[CataloguedFile], settings: PublicationSettings) -> list[str]:
    return [iri(settings.address(file.record.path)) for file in files if file.kind.media_type in _FORMATS]


def _statistics(this: str, partitions: str, counts: Counts) -> Iterator[Triple]:
    """Yield sizes and class partitions."""
    classes = counts.all_classes
    yield from facts(
        this,
        (VOID + "triples", [integer(counts.triples)]),
        (VOID + "entities", [integer(counts.all_entities)]),
        (VOID + "distinctSubjects", [integer(counts.all_entities)]),
        (VOID + "properties", [integer(len(counts.properties))]),
        (VOID + "classes", [integer(len(classes))]),
    )
    for class_iri, number in classes.items():
        partition = partitions + _partition_name(class_iri)
        yield from facts(this, (VOID + "classPartition", [iri(partition)]))
        yield from facts(
            partition,
            (RDF + "type", [iri(VOID + "Dataset")]),
            (VOID + "class", [iri(class_iri)]),
            (VOID + "entities", [integer(number)]),
        )


def _partition_name(class_iri: str) -> str:
    """Return ``prefix-Name`` for a class, so that equal local names of two vocabularies stay apart."""
    for prefix, namespace in PREFIXES.items():
        if class_iri.startswith(namespace):
            return f"{prefix}-{class_iri[len(namespace) :]}"
    return quote(class_iri, safe="")
