"""The same graph built and written the plain way: ``Graph.add`` for each triple, then rdflib's own serializers.

``prepare`` takes a published N-Triples dump apart into JSON, so that parsing is no part of the comparison; ``build``
is what is measured. It writes three files; the tool reads the document, derives the figures and writes them all.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

Parts = list[str]


def prepare(dump: Path, parts: Path) -> None:
    """Write the triples of ``data.nt.gz`` as JSON lists: subject, predicate, object, language, datatype."""
    from budgetlod.rdf.lexical import iri_text, is_iri, literal_parts, unescape

    rows: list[Parts] = []
    for line in gzip.decompress(dump.read_bytes()).decode().splitlines():
        subject, predicate, rest = line.split(" ", 2)
        value = rest.removesuffix(" .")
        head = [iri_text(subject), iri_text(predicate)]
        if is_iri(value):
            rows.append([*head, iri_text(value)])
        else:
            body, language, datatype = literal_parts(value)
            rows.append([*head, unescape(body), language, datatype])
    parts.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def build(parts: Path, folder: Path) -> None:
    """Build the graph and write it as Turtle, N-Triples and JSON-LD into ``folder``."""
    from rdflib import Graph, Literal, URIRef

    graph = Graph()
    for subject, predicate, value, *literal in json.loads(parts.read_text(encoding="utf-8")):
        term: URIRef | Literal = URIRef(value)
        if literal:
            language, datatype = literal
            term = Literal(value, lang=language or None, datatype=URIRef(datatype) if datatype else None)
        graph.add((URIRef(subject), URIRef(predicate), term))
    folder.mkdir()
    for name, form in (("data.ttl", "turtle"), ("data.nt", "nt"), ("data.jsonld", "json-ld")):
        graph.serialize(folder / name, format=form)


if __name__ == "__main__":
    {"prepare": prepare, "build": build}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
