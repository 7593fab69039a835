"""The example and the disclosures of others, built into one site, and its RDF files as pyoxigraph parses them."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from budgetlod import pipeline
from budgetlod.rdf.iris import BASE
from tests.conftest import EXAMPLE
from tests.corpus.documents import CORPUS, rows

EVERY = 1 if os.environ.get("BUDGETLOD_FULL") else 5
"""So far apart are the disclosures that the site is built of, in the order of the index."""
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    "/void": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".nt.gz": RdfFormat.N_TRIPLES,
    ".nq.gz": RdfFormat.N_QUADS,
}
_APART = "narrative"
"""What the index calls the notes of a disclosure whose tables are another file."""


def build_site(home: Path) -> Path:
    """Build the site below ``home`` and return its folder; whatever their tables contradict, all are published."""
    chosen = [row for row in rows() if _APART not in row["kind"]][::EVERY]
    sources = [_source(row["folder"], home) for row in chosen]
    built = pipeline.build([EXAMPLE, *sources], home / "public", pipeline.BuildOptions(allow_nonconforming=True))
    assert len(built.told) == len(sources) + 1
    return home / "public"


def _source(folder: str, home: Path) -> Path:
    """Return the folder of a source; where notes and tables are two files of the corpus, one folder of both."""
    notes = CORPUS / folder.replace("tables", "narrative")
    if notes == CORPUS / folder or not notes.is_dir():
        return CORPUS / folder
    both = home / folder
    both.mkdir()
    for name, path in (("tables.pdf", CORPUS / folder), ("notes.pdf", notes)):
        (both / name).write_bytes((path / "source.pdf").read_bytes())
    (both / "source.toml").write_text('[source]\nfile = ["tables.pdf", "notes.pdf"]\n', encoding="utf-8")
    return both


def quads(path: Path) -> Iterator[Quad]:
    """Yield what an RDF file says."""
    form = next(form for ending, form in FORMATS.items() if path.as_posix().endswith(ending))
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    # Lenient: lexical forms are compared as they are written.
    yield from parse(content, format=form, base_iri=BASE, lenient=True)


def rdf_files(site: Path) -> list[Path]:
    """Return all RDF files of a site, without the vocabulary, which also lists what nothing here uses."""
    return [
        path
        for path in sorted(site.rglob("*"))
        if path.as_posix().endswith(tuple(FORMATS))
        and path.name != "context.jsonld"
        and path.relative_to(site).parts[0] != "ontology"
    ]


def iris(path: Path) -> set[str]:
    """Return all IRIs that an RDF file names."""
    return {
        term.value
        for quad in quads(path)
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, NamedNode)
    }


@cache
def file_at(site: Path, iri: str) -> bool:
    """Return whether the path of an IRI is that of a file."""
    return iri.startswith(BASE) and (site / unquote(iri.removeprefix(BASE).partition("#")[0])).is_file()
