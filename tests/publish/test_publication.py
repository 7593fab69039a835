"""A whole publication: every file there, described, equal on a second run, and readable by others."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, URIRef

from budgetlod.core.version import __version__
from budgetlod.model.problem import BadInput
from budgetlod.publish.figures import CODED
from budgetlod.publish.publication import PublicationSettings, output_table, publish
from budgetlod.rdf.formats import ntriples
from tests.publish.small import FOLDER, IRI, small_item, small_triples

SETTINGS = PublicationSettings()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publication") / "public"
    publish([small_item()], folder, SETTINGS)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_is_complete(published: Path) -> None:
    names = {name for name in contents(published) if not name.startswith(("ontology/", "assets/"))}
    own = {name for name, *_ in output_table()} | {
        "source.txt",
        "report.ttl",
        "report.json",
        "entry.json",
        "index.html",
        "index.en.html",
        "changes.atom",
        "changes.en.atom",
    }
    overview = {
        "catalog.ttl",
        "catalog.jsonld",
        "catalog.rdf",
        "void.ttl",
        ".well-known/void",
        "sitemap.xml",
        "robots.txt",
        "all.nq.gz",
        "observations.parquet",
        "observations.csv",
        "datapackage.json",
        "context.jsonld",
        "manifest.json",
        "observations.csv-metadata.json",
        *(f"codes/{name}.csv" for name in CODED),
        "changes.atom",
        "changes.en.atom",
    }
    wanted = {f"{FOLDER}/{name}" for name in own} | overview | {"index.html", "index.en.html"}
    assert wanted - names == set()
    assert (published / "ontology/codelists").is_dir()


def test_the_manifest_describes_every_other_file(published: Path) -> None:
    manifest = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    files = {entry["path"]: entry for entry in manifest["files"]}
    found = contents(published)
    assert manifest["version"] == __version__
    assert set(files) == set(found) - {"manifest.json"}
    for path, entry in files.items():
        assert (entry["bytes"], entry["sha256"]) == (len(found[path]), hashlib.sha256(found[path]).hexdigest())
        if path.endswith(".gz"):
            assert entry["content"]["sha256"] == hashlib.sha256(gzip.decompress(found[path])).hexdigest()


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")  # rdflib's readers use what it deprecates
@pytest.mark.parametrize(("name", "form"), [("data.ttl", "turtle"), ("data.jsonld", "json-ld")])
def test_rdflib_reads_every_dump_as_the_same_graph(published: Path, name: str, form: str) -> None:
    wanted = set(Graph().parse(data=ntriples(small_triples()), format="nt"))
    assert set(Graph().parse(published / FOLDER / name, format=form)) == wanted
    assert (
        set(Graph().parse(data=gzip.decompress((published / FOLDER / "data.nt.gz").read_bytes()), format="nt"))
        == wanted
    )
    quads = Dataset()
    quads.parse(data=gzip.decompress((published / "all.nq.gz").read_bytes()), format="nquads")
    assert set(quads.graph(URIRef(IRI))) == wanted


def test_same_input_same_bytes_in_another_process(published: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.publish.small import small_item;"
        "from budgetlod.publish.publication import PublicationSettings, publish;"
        "publish([small_item()], Path(sys.argv[1]), PublicationSettings());"
        "assert 'rdflib' not in sys.modules, 'publishing must not load rdflib'"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "again")], check=True, cwd=root)
    assert contents(tmp_path / "again") == contents(published)


def test_the_order_of_the_items_does_not_matter(tmp_path: Path) -> None:
    items = [small_item(), small_item(iri=IRI + "-2", folder=FOLDER + "-2")]
    publish(items, tmp_path / "one", SETTINGS)
    publish(items[::-1], tmp_path / "two", SETTINGS)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    lines = gzip.decompress((tmp_path / "one/all.nq.gz").read_bytes()).splitlines(keepends=True)
    assert len(lines) == 2 * len(small_triples())


def test_two_sources_of_one_disclosure_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"2 sources claim {FOLDER}"):
        publish([small_item(), small_item()], tmp_path / "public", SETTINGS)
    assert not (tmp_path / "public").exists()


def test_nothing_is_no_publication(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing to publish"):
        publish([], tmp_path / "public", SETTINGS)


def test_every_output_is_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs/publication.md").read_text(encoding="utf-8")
    for name, media_type, *_ in output_table():
        assert f"`{'codes/<dimension>.csv' if name.startswith('codes/') else name}`" in guide
        assert media_type in guide
