"""Sorted triples as N-Triples, N-Quads, Turtle and RDF/XML: same graph, same bytes.

N-Triples and Turtle are our own text. RDF/XML is streamed through ``pyoxigraph.parse`` and
``pyoxigraph.serialize``, which keep lexical forms; a ``pyoxigraph.Store`` in between would not (it reprints
``1234.50`` as ``1234.5``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

import pyoxigraph

from budgetlod.rdf.names import CODE, RDF
from budgetlod.rdf.terms import Triple
from budgetlod.rdf.turtle import turtle, used_prefixes

__all__ = ["VOCABULARY_GRAPH", "as_quads", "for_reading", "in_graph", "merged", "ntriples", "rdfxml", "turtle"]

_TYPE = f"<{RDF}type>"
VOCABULARY_GRAPH = "https://w3id.org/budgetlod/ontology"
"""The graph of all that is said of classes, properties and codes."""


def ntriples(triples: Iterable[Triple]) -> bytes:
    """Return N-Triples 1.1, UTF-8, one line per triple in the order given."""
    # Line by line: most lines are ASCII and pass as they are; one Chinese text would widen a string of all of them.
    return b"".join([f"{s} {p} {o} .\n".encode() for s, p, o in triples])


def in_graph(lines: bytes, graph: str) -> bytes:
    """Return the N-Quads that put N-Triples ``lines`` into the graph with the IRI ``graph``."""
    # No literal holds a bare newline, so " ." before one is always the end of a statement.
    return lines.replace(b" .\n", f" <{graph}> .\n".encode())


def as_quads(lines: bytes, graph: str) -> bytes:
    """Return N-Quads of a disclosure's N-Triples: its own in ``graph``, what it repeats of codes in the vocabulary's.

    Many disclosures describe the same codes. In one graph these triples are there once; in each disclosure's own they
    would be counted again and again by stores that answer from the union of their graphs.
    """
    start = f"<{CODE}".encode()
    both: tuple[list[bytes], list[bytes]] = ([], [])
    for line in lines.splitlines(keepends=True):
        both[line.startswith(start)].append(line)
    own, codes = (b"".join(part) for part in both)
    return merged([in_graph(own, graph), in_graph(codes, VOCABULARY_GRAPH)])


def merged(files: Sequence[bytes]) -> bytes:
    """Return sorted files of lines as one: sorted, each line once.

    Without blank nodes sorted N-Quads are the canonical form of a dataset (RDFC-1.0 has nothing left to name).
    """
    if len(files) == 1:
        return files[0]
    lines = {line for file in files for line in file.split(b"\n") if line}
    return b"".join(line + b"\n" for line in sorted(lines))


def rdfxml(triples: Sequence[Triple]) -> bytes:
    """Return RDF/XML grouped by subject, with the prefixes that are used."""
    return _serialize(for_reading(triples), pyoxigraph.RdfFormat.RDF_XML, used_prefixes(triples))


def for_reading(triples: Sequence[Triple]) -> list[Triple]:
    """Return sorted triples with the types of a subject before its other properties."""
    types = [triple for triple in triples if triple[1] == _TYPE]
    others = [triple for triple in triples if triple[1] != _TYPE]
    return sorted(types + others, key=itemgetter(0))  # a stable merge of two sorted runs


def _serialize(triples: Iterable[Triple], form: pyoxigraph.RdfFormat, prefixes: dict[str, str]) -> bytes:
    # Lenient: the terms were checked when they were made, and checking them again doubles the time.
    quads = pyoxigraph.parse(ntriples(triples), pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
    written = pyoxigraph.serialize(quads, format=form, prefixes=prefixes)
    assert written is not None  # bytes whenever no output file is given
    return written
