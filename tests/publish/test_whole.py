"""Dumps of the whole publication come from the files of its disclosures and hold what those hold."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest

from budgetlod.publish import whole_quads
from budgetlod.publish.figures import CODED
from budgetlod.publish.item import PublishedDisclosure
from budgetlod.publish.publication import PublicationSettings, publish
from budgetlod.publish.whole_quads import Part, quads
from budgetlod.rdf import formats, terms
from tests.publish.small import FOLDER, IRI, small_item, small_triples

NUMBERS = ("001", "002", "003")


def other(number: str) -> PublishedDisclosure:
    """The small disclosure as that of another department."""
    triples = terms.graph(
        tuple(term.replace("110000-001", f"110000-{number}") for term in triple)  # type: ignore[misc]
        for triple in small_triples()
    )
    names = {"iri": IRI.replace("001", number), "folder": FOLDER.replace("001", number)}
    return small_item(triples=triples, **names)


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "public"
    publish([other(number) for number in NUMBERS], folder, PublicationSettings())
    return folder


def parts(publication: Path) -> list[Part]:
    return [Part(other(number).iri, publication / other(number).folder) for number in NUMBERS]


def test_quads_are_those_of_the_graphs_sorted_and_once(publication: Path) -> None:
    wanted = formats.merged(
        [formats.as_quads(formats.ntriples(item.triples), item.iri) for item in map(other, NUMBERS)]
    )
    assert gzip.decompress((publication / "all.nq.gz").read_bytes()) == wanted


def test_many_files_are_merged_in_steps(publication: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = b"".join(quads(parts(publication)))
    monkeypatch.setattr(whole_quads, "_AT_ONCE", 2)
    assert b"".join(quads(parts(publication))) == wanted
    assert b"".join(quads([])) == b""


def test_what_one_disclosure_says_of_parts_of_another_is_in_its_place(tmp_path: Path) -> None:
    one, two = f"<{other('001').iri}/", f"<{other('002').iri}/"
    says = '<http://purl.org/dc/terms/title> "{}" .\n'.format
    graphs = [
        [f"{one}a> {says('a')}", f"{one}c> {says('c')}", f"{two}b> {says('b')}"],
        [f"{one}b> {says('b')}", f"{two}a> {says('a')}", f"{two}c> {says('c')}"],
        [],
    ]
    found = [Part(other(number).iri, tmp_path / number) for number in NUMBERS]
    for part, lines in zip(found, graphs, strict=True):
        part.folder.mkdir()
        (part.folder / "data.nt.gz").write_bytes(gzip.compress("".join(lines).encode()))
    wanted = [line.replace(" .\n", f" <{p.iri}> .\n") for p, lines in zip(found, graphs, strict=True) for line in lines]
    assert b"".join(quads(found)).decode() == "".join(sorted(wanted))


def test_rows_of_all_disclosures_under_one_header(publication: Path) -> None:
    texts = [(part.folder / "observations.csv").read_text(encoding="utf-8") for part in parts(publication)]
    header = texts[0].partition("\n")[0] + "\n"
    joined = (publication / "observations.csv").read_text(encoding="utf-8")
    assert joined == header + "".join(text.removeprefix(header) for text in texts)


def test_codes_are_there_once(publication: Path) -> None:
    for dimension in CODED:
        table = (publication / f"codes/{dimension}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(table)))
        iris = [row["iri"] for row in rows]
        assert len(iris) == len(set(iris))
        each = [
            row
            for part in parts(publication)
            for row in csv.DictReader((part.folder / f"codes/{dimension}.csv").read_text(encoding="utf-8").splitlines())
        ]
        assert set(iris) == {row["iri"] for row in each}
        assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)
