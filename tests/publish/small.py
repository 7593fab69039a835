"""The disclosure of ``small.ttl`` as an item to publish: the smallest data that shows every kind of resource."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from budgetlod.publish.item import Contact, PublishedDisclosure, Publisher
from budgetlod.rdf import terms
from budgetlod.rdf.terms import Triple

IRI = "https://w3id.org/budgetlod/data/dataset/110000-001/2024-budget"
FOLDER = "dataset/110000-001/2024-budget"
_HERE = Path(__file__).parent


def small_triples(folder: str = FOLDER) -> list[Triple]:
    """Return the graph as sorted triples, lexical forms as written in the file; with another folder its IRIs begin so."""
    quads = pyoxigraph.parse(path=_HERE / "small.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    found = ((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)
    return terms.graph((a.replace(FOLDER, folder), b, c.replace(FOLDER, folder)) for a, b, c in found)


def small_item(**changes: object) -> PublishedDisclosure:
    """Return the item, with some of its fields changed."""
    values: dict[str, object] = {
        "iri": IRI,
        "folder": FOLDER,
        "triples": small_triples(str(changes.get("folder", FOLDER))),
        "fiscal_year": 2024,
        "phase": "budget",
        "title_zh": "某局2024年部门预算",
        "title_en": "Some bureau: department budget 2024",
        "publisher": Publisher("https://w3id.org/budgetlod/data/organization/110000-001", "某局", "Some bureau"),
        "description_zh": "含 <b>特殊</b> & 字符",
        "keywords_zh": ("某局",),
        "issued": "2024-02-07",
        "licence": "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "rights": "依法公开",
        "area": "https://w3id.org/budgetlod/code/area/110000",
        "contact": Contact("某局办公室", "office@example.org", "010 1234"),
        "source_file": "source.txt",
        "source_bytes": ("收支总表\n" * 20).encode(),
        "report_files": {"report.json": b"{}\n", "report.ttl": b""},
    }
    return PublishedDisclosure(**{**values, **changes})  # type: ignore[arg-type]
