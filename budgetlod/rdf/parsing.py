"""Read RDF written by anybody into triples of N-Triples terms."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph

from budgetlod.model.problem import BadInput, Problem
from budgetlod.rdf.terms import Triple

FORMATS: dict[str, pyoxigraph.RdfFormat] = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
}


def parse_file(path: Path) -> list[Triple]:
    """Return the triples of a Turtle, N-Triples, JSON-LD or RDF/XML file, packed with gzip or not.

    Decimals keep their digits; blank nodes are terms ``_:…``. Raises :class:`BadInput` when the file is damaged,
    naming file and line.
    """
    try:
        data = path.read_bytes()
        packed = path.suffix == ".gz"
        text = gzip.decompress(data) if packed else data
        form = FORMATS[Path(path.stem if packed else path.name).suffix.lower()]
        return [(str(q.subject), str(q.predicate), str(q.object)) for q in pyoxigraph.parse(text, format=form)]
    except (SyntaxError, ValueError, OSError, EOFError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        zh, en = f"不是有效的 RDF：{reason}", f"not valid RDF: {reason}"
        hint = ("核对文件是否完整", "check that the file is whole")
        raise BadInput(Problem("rdf-damaged", "error", zh, en, *hint, str(path))) from error


def parse_lines(lines: bytes) -> list[Triple]:
    """Return the triples of N-Triples of our own making; raises ``SyntaxError`` for anything else."""
    return [
        (str(q.subject), str(q.predicate), str(q.object))
        for q in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    ]
