"""One site of the example and the disclosures of others holds together: links, IRIs, formats, weight.

The issue asks that every internal link and every IRI minted under the base resolves to a file, and that all formats of a
graph say the same. By default every fifth disclosure of the corpus is taken; with ``BUDGETLOD_FULL=1`` all are.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

from budgetlod.core.resources import resource
from budgetlod.publish.addresses import PAGE_NAMES, page_of
from budgetlod.rdf.formats import VOCABULARY_GRAPH
from budgetlod.rdf.integrity import normalise, violated
from budgetlod.rdf.iris import BASE
from budgetlod.rdf.names import BLOD, CODE, RULE
from tests.corpus.documents import needs_corpus
from tests.corpus.published import build_site, file_at, iris, quads, rdf_files
from tests.publish.site.crawl import PageText, Site

pytestmark = needs_corpus
LARGEST = 300_000
OURS = (BASE, BLOD, CODE, RULE)
# A report that is a file of its own, to be sent to somebody, and the source as it was published are no pages of the site.
NO_PAGE = re.compile(r"/(report\.html|source[^/]*\.html?)$")
QUERY = "query/"
# Places in a source that a browser finds by itself or a reader by hand.
IN_SOURCE = re.compile(r"/source(-\d+)?\.[a-z]+#(page=|line=|element\(|sha256)")
# What only describes (sizes, counts, checksums, periods, single results): it has the page of what it describes, no place there.
DESCRIBES = re.compile(
    r"#(catalog|void|all|void-.*|all-.*|period|series-.*|.*-checksum|contact|measurement-.*|result-\d+|finding-\d+-acceptance)$"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(build_site(tmp_path_factory.mktemp("corpus")))


@pytest.fixture(scope="module")
def folders(site: Site) -> list[Path]:
    """The folders of the disclosures."""
    return sorted(path.parent for path in site.folder.glob("dataset/*/*/data.ttl"))


def test_every_link_and_anchor_resolves_and_nothing_is_fetched_from_elsewhere(site: Site) -> None:
    assert site.broken() == []
    assert site.outside_loads() == []


def test_pages_are_well_formed_and_light(site: Site) -> None:
    ours = {path: page for path, page in site.pages.items() if not NO_PAGE.search(path)}
    assert len(ours) > 1000
    assert {path: page.faults for path, page in ours.items() if page.faults} == {}
    heavy = [path for path in ours if (site.folder / path).stat().st_size > LARGEST and not path.startswith(QUERY)]
    assert heavy == []


def test_every_iri_resolves_to_a_file_and_what_is_shown_to_an_anchor(site: Site) -> None:
    """In every RDF file: data in all formats, cube, report, catalogue, VoID, all disclosures together."""
    named_in: dict[str, str] = {}
    for path in rdf_files(site.folder):
        named_in |= dict.fromkeys(iris(path), path.relative_to(site.folder).as_posix())
    ours = {iri for iri in named_in if iri.startswith(OURS)}
    assert len(ours) > 10_000
    lost = {f"{iri} in {named_in[iri]}: {why}" for iri in ours if (why := unresolved(site, iri))}
    assert lost == set()
    assert unresolved(site, f"{BASE}nothing")
    assert unresolved(site, f"{CODE}flow/revenue#nothing")


def unresolved(site: Site, iri: str) -> str:
    """Return what is missing where an IRI leads to, in either language; nothing if all is there."""
    if file_at(site.folder, iri) and not IN_SOURCE.search(iri):
        return ""
    for language in PAGE_NAMES:
        path, _, anchor = page_of(iri, BASE, language).partition("#")
        if not path or not (site.folder / path).is_file():
            return f"no file {path}"
        page = site.pages.get(path, PageText(""))
        if anchor and anchor not in page.ids and not IN_SOURCE.search(iri) and not DESCRIBES.search(iri):
            return f"no anchor {anchor} in {path}"
    return ""


def test_the_formats_of_a_disclosure_hold_one_graph(folders: list[Path]) -> None:
    for folder in folders:
        turtle = triples(folder / "data.ttl")
        assert len(turtle) > 1000
        assert triples(folder / "data.jsonld") == turtle == triples(folder / "data.nt.gz"), folder


def test_the_formats_of_the_catalogue_hold_one_graph(site: Site) -> None:
    turtle = triples(site.folder / "catalog.ttl")
    assert triples(site.folder / "catalog.jsonld") == turtle == triples(site.folder / "catalog.rdf")
    assert triples(site.folder / "void.ttl") == triples(site.folder / ".well-known/void")


def test_all_disclosures_together_are_the_union_of_each(site: Site, folders: list[Path]) -> None:
    graphs: dict[str, set[str]] = defaultdict(set)
    for quad in quads(site.folder / "all.nq.gz"):
        graphs[str(quad.graph_name)].add(str(quad.triple))
    shared = graphs.pop(f"<{VOCABULARY_GRAPH}>")
    union: set[str] = set()
    for folder in folders:
        own = graphs.pop(f"<{BASE}{folder.relative_to(site.folder).as_posix()}>")
        alone = triples(folder / "data.nt.gz")
        assert own <= alone <= own | shared, folder
        union |= alone
    assert shared <= union
    assert not graphs


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_rdflib_reads_the_same_as_pyoxigraph(site: Site, folders: list[Path]) -> None:
    """On the smallest disclosure: rdflib takes minutes for all."""
    small = min(folders, key=lambda folder: (folder / "data.nt.gz").stat().st_size)
    for path, form in (
        (small / "data.ttl", "turtle"),
        (small / "data.jsonld", "json-ld"),
        (small / "data.nt.gz", "nt"),
        (small / "report.ttl", "turtle"),
        (site.folder / "catalog.ttl", "turtle"),
        (site.folder / "catalog.rdf", "xml"),
    ):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        read = Graph().parse(data=content, format=form).serialize(format="nt", encoding="utf-8")
        again = pyoxigraph.parse(read, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
        assert {str(quad.triple) for quad in again} == triples(path), path


def test_no_cube_violates_an_integrity_constraint(folders: list[Path]) -> None:
    vocabulary = [
        quad
        for path in sorted(resource("ontology").rglob("*.ttl"))
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    ]
    for folder in folders:
        store = pyoxigraph.Store()
        store.extend(vocabulary)
        store.extend(quads(folder / "data.nt.gz"))
        normalise(store)
        assert [constraint.name for constraint in violated(store)] == [], folder


@lru_cache(maxsize=4)
def triples(path: Path) -> frozenset[str]:
    """What an RDF file says, canonical: there are no blank nodes."""
    return frozenset(str(quad.triple) for quad in quads(path))
