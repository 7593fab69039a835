"""A harvester by others reads the catalogue: the parser of ckanext-dcat makes CKAN's dictionaries of all of it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from budgetlod import pipeline
from budgetlod.publish.publication import PublicationSettings
from tests.clients.environments import COMMAND, HERE, python_of
from tests.conftest import EXAMPLE

CKAN = python_of("ckan")
pytestmark = [
    pytest.mark.skipif(CKAN is None, reason=f"no environment with CKAN on this machine: {COMMAND}"),
    pytest.mark.xdist_group("ckan"),
]

BASE = "https://w3id.org/budgetlod/data/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SYNTAXES = (("catalog.ttl", "turtle"), ("catalog.rdf", "xml"), ("catalog.jsonld", "json-ld"))
YEAR_BEFORE = {
    'issued = "2024"': 'issued = "2023-02-10"\nmodified = "2023-03"',
    "https://creativecommons.org/publicdomain/mark/1.0/": LICENCE,
    "[publisher]": '[publisher]\ncontact = "office@example.org"',
    "[disclosure]": "[disclosure]\nfiscal_year = 2023",
}
Dataset = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example and a made-up disclosure of the same department a year before, not validated."""
    home = tmp_path_factory.mktemp("harvested")
    before = shutil.copytree(EXAMPLE, home / "before")
    notes = (before / "source.toml").read_text(encoding="utf-8")
    for old, new in YEAR_BEFORE.items():
        assert old in notes
        notes = notes.replace(old, new)
    (before / "source.toml").write_text(notes, encoding="utf-8")
    settings = PublicationSettings(endpoint="https://data.example.org/sparql")
    pipeline.build([EXAMPLE, before], home / "public", pipeline.BuildOptions(settings, engine=""))
    return home / "public"


def harvested(folder: Path, locale: str, syntaxes: tuple[tuple[str, str], ...] = SYNTAXES) -> list[dict[str, Dataset]]:
    """The dictionaries by the IRI of the dataset, for each syntax of the catalogue."""
    assert CKAN is not None
    arguments = [str(part) for name, syntax in syntaxes for part in (folder / name, syntax)]
    command = [str(CKAN), str(HERE / "harvest.py"), locale, *arguments]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return [{dict(extras(one))["uri"]: one for one in datasets} for datasets in json.loads(answer)]


def extras(dataset: Dataset) -> dict[str, str]:
    return {extra["key"]: extra["value"] for extra in dataset["extras"]}


@pytest.fixture(scope="module")
def chinese(folder: Path) -> list[dict[str, Dataset]]:
    """What a CKAN site in Chinese harvests."""
    return harvested(folder, "zh_Hans_CN")


def datasets(chinese: list[dict[str, Dataset]]) -> tuple[Dataset, Dataset]:
    department = next(iri for iri in chinese[0] if iri.endswith("2024-budget")).removesuffix("2024-budget")
    return chinese[0][department + "2023-budget"], chinese[0][department + "2024-budget"]


def test_every_syntax_gives_the_same_datasets(chinese: list[dict[str, Dataset]]) -> None:
    turtle, *others = [{iri: ordered(one) for iri, one in found.items()} for found in chinese]
    assert len(turtle) == 3
    assert BASE + "#all" in turtle
    assert all(found == turtle for found in others)


def ordered(dataset: Dataset) -> Dataset:
    """The dataset with its lists in one order, and the lists that are text within."""
    lists = {key: sorted(json.loads(text)) for key, text in extras(dataset).items() if text.startswith("[")}
    return {
        **dataset,
        "extras": extras(dataset) | lists,
        "tags": sorted(tag["name"] for tag in dataset["tags"]),
        "resources": {one["uri"]: {key: services(value) for key, value in one.items()} for one in dataset["resources"]},
    }


def services(value: Any) -> Any:
    """A value of a resource; of a list of services each with its lists in one order."""
    if not str(value).startswith("[{"):
        return value
    found = json.loads(value)
    return [
        {key: sorted(part, key=str) if isinstance(part, list) else part for key, part in one.items()} for one in found
    ]


def test_titles_are_chinese_and_in_an_english_site_english(chinese: list[dict[str, Dataset]], folder: Path) -> None:
    before, example = datasets(chinese)
    assert example["title"].endswith("2024年部门预算")
    assert before["title"].endswith("2023年部门预算")
    assert example["notes"].startswith(example["title"])
    assert {"部门预算", "预算公开"} <= {tag["name"] for tag in example["tags"]}
    english = harvested(folder, "", SYNTAXES[:1])[0][extras(example)["uri"]]
    assert english["title"].endswith(": department budget 2024")


def test_every_file_is_a_resource_with_size_hash_licence_and_type(
    chinese: list[dict[str, Dataset]], folder: Path
) -> None:
    for dataset, licence in zip(
        datasets(chinese), (LICENCE, "https://creativecommons.org/publicdomain/mark/1.0/"), strict=True
    ):
        path = extras(dataset)["uri"].removeprefix(BASE)
        offered = {one["url"].removeprefix(BASE): one for one in dataset["resources"]}
        shown = {file.relative_to(folder).as_posix() for file in (folder / path).rglob("*")}
        assert (
            {f"{path}/{name}" for name in ("data.ttl", "data.jsonld", "data.nt.gz", "source.txt")}
            <= set(offered)
            <= shown
        )
        for name, resource in offered.items():
            content = (folder / name).read_bytes()
            assert resource["size"] == len(content)
            assert resource["hash"] == hashlib.sha256(content).hexdigest()
            assert resource["license"] == licence
            assert resource["download_url"] == resource["url"] == BASE + name
            assert "/" in resource["mimetype"]
            assert not resource["mimetype"].startswith("http")
            assert resource["name"]
            assert resource["format"]
        assert offered[f"{path}/observations.csv"]["format"] == "CSV"
        assert offered[f"{path}/data.ttl"]["format"].endswith("/file-type/RDF_TURTLE")


def test_dates_period_place_publisher_and_contact(chinese: list[dict[str, Dataset]]) -> None:
    before, example = (extras(dataset) for dataset in datasets(chinese))
    assert (before["issued"], example["issued"]) == ("2023-02-10", "2024")
    assert (before["modified"], example.get("modified")) == ("2023-03", None)
    assert (before["temporal_start"], before["temporal_end"]) == ("2023-01-01", "2023-12-31")
    assert before["contact_email"] == "office@example.org"
    assert before["publisher_name"] == before["contact_name"]
    assert before["publisher_type"].endswith("LocalAuthority")
    assert before["spatial_uri"].startswith("https://w3id.org/budgetlod/code/area/")
    assert "contact_name" not in example  # its source names none


def test_the_endpoint_is_a_resource_of_all_disclosures_together(chinese: list[dict[str, Dataset]]) -> None:
    resources = {one["url"]: one for one in chinese[0][BASE + "#all"]["resources"]}
    dumps = ("all.nq.gz", "datapackage.json", "observations.csv", "observations.parquet")
    assert set(resources) == {*(BASE + name for name in dumps), "https://data.example.org/sparql"}
    (service,) = json.loads(resources["https://data.example.org/sparql"]["access_services"])
    assert service["endpoint_url"] == ["https://data.example.org/sparql"]
    assert set(service["serves_dataset"]) == set(chinese[0])
