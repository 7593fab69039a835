"""``void.ttl``: what the data set contains and where its dumps are (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from budgetlod.publish.catalogue import CataloguedFile, catalogue_iri
from budgetlod.publish.item import PublishedDisclosure
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.names import (
    BLOD,
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    PREFIXES,
    PROV,
    QB,
    RDF,
    SKOS,
    VOID,
)
from budgetlod.rdf.terms import Triple, graph, integer, iri, string

ALL_QUADS = "all.nq.gz"
_VOCABULARIES = (BLOD, QB, SKOS, DCTERMS, DCAT, PROV, ORG, FOAF)
_FEATURES = ("Turtle", "N-Triples", "N-Quads", "JSON-LD")
_TYPE = f"<{RDF}type>"
_GRAPH_FILES = ("data.ttl", "data.jsonld", "data.nt.gz")


def void(
    entries: Sequence[tuple[PublishedDisclosure, Sequence[CataloguedFile]]], settings: PublicationSettings
) -> list[Triple]:
    """Return the VoID description: the whole publication and one subset per disclosure."""
    this = settings.base + "void"
    counts = [_count(item.triples) for item, _ in entries]
    triples: list[Triple] = [*_publication(this, entries, settings)]
    triples += _statistics(this, this + "/class/", counts)
    for (item, files), count in zip(entries, counts, strict=True):
        triples += [(iri(this), iri(VOID + "subset"), iri(item.iri))]
        triples += _statistics(item.iri, item.iri + "/void/class/", [count])
        triples += _subset(item, files, settings)
    return graph(triples)


def _publication(
    this: str,
    entries: Sequence[tuple[PublishedDisclosure, Sequence[CataloguedFile]]],
    settings: PublicationSettings,
) -> Iterator[Triple]:
    yield iri(this), iri(RDF + "type"), iri(VOID + "Dataset")
    yield iri(this), iri(DCTERMS + "title"), string(settings.title_zh, "zh")
    yield iri(this), iri(DCTERMS + "title"), string(settings.title_en, "en")
    yield iri(this), iri(VOID + "dataDump"), iri(settings.download_base + ALL_QUADS)
    yield iri(this), iri(VOID + "uriSpace"), string(settings.base)
    yield iri(this), iri(FOAF + "homepage"), iri(settings.download_base + "index.html")
    yield iri(this), iri(DCTERMS + "isReferencedBy"), iri(catalogue_iri(settings))
    for vocabulary in _VOCABULARIES:
        yield iri(this), iri(VOID + "vocabulary"), iri(vocabulary)
    for feature in _FEATURES:
        yield iri(this), iri(VOID + "feature"), iri("http://www.w3.org/ns/formats/" + feature)
    for item, _ in entries:
        yield iri(this), iri(VOID + "exampleResource"), iri(item.iri)


def _subset(
    item: PublishedDisclosure, files: Iterable[CataloguedFile], settings: PublicationSettings
) -> Iterator[Triple]:
    yield iri(item.iri), iri(RDF + "type"), iri(VOID + "Dataset")
    yield iri(item.iri), iri(DCTERMS + "title"), string(item.title_zh, "zh")
    for file in files:
        if file.name in _GRAPH_FILES:
            yield iri(item.iri), iri(VOID + "dataDump"), iri(settings.download_base + file.record.path)


@dataclass(frozen=True, slots=True)
class _Count:
    """What one graph holds."""

    triples: int
    subjects: set[str]
    properties: set[str]
    classes: Counter[str]


def _count(triples: Sequence[Triple]) -> _Count:
    return _Count(
        len(triples),
        {subject for subject, _, _ in triples},
        {predicate for _, predicate, _ in triples},
        Counter([value for _, predicate, value in triples if predicate == _TYPE]),
    )


def _statistics(this: str, partitions: str, counts: Sequence[_Count]) -> Iterator[Triple]:
    """Sizes and class partitions. A triple that two disclosures share counts once for each: they are two graphs."""
    entities = set[str]().union(*(count.subjects for count in counts))
    properties = set[str]().union(*(count.properties for count in counts))
    classes = sum((count.classes for count in counts), Counter[str]())
    yield iri(this), iri(VOID + "triples"), integer(sum(count.triples for count in counts))
    yield iri(this), iri(VOID + "entities"), integer(len(entities))
    yield iri(this), iri(VOID + "distinctSubjects"), integer(len(entities))
    yield iri(this), iri(VOID + "properties"), integer(len(properties))
    yield iri(this), iri(VOID + "classes"), integer(len(classes))
    for class_term, count in classes.items():
        partition = partitions + _partition_name(class_term)
        yield iri(this), iri(VOID + "classPartition"), iri(partition)
        yield iri(partition), iri(RDF + "type"), iri(VOID + "Dataset")
        yield iri(partition), iri(VOID + "class"), class_term
        yield iri(partition), iri(VOID + "entities"), integer(count)


def _partition_name(class_term: str) -> str:
    """Return ``prefix-Name`` for a class, so that equal local names of two vocabularies stay apart."""
    class_iri = class_term[1:-1]
    for prefix, namespace in PREFIXES.items():
        if class_iri.startswith(namespace):
            return f"{prefix}-{class_iri[len(namespace) :]}"
    return quote(class_iri, safe="")
