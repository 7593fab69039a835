"""The feeds are Atom (RFC 4287): what it requires is there, once, in the right form; the newest comes first."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from budgetlod.publish.publication import PublicationSettings, publish
from budgetlod.publish.site.feed import instant
from budgetlod.rdf.terms import graph
from tests.publish.small import FOLDER, IRI, small_item, small_triples

ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = PublicationSettings(site="https://open.example.org/budget/")
ONE_MORE = (f"<{IRI}#x>", "<http://www.w3.org/2000/01/rdf-schema#label>", '"x"')


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("feed") / "public"
    publish([small_item()], folder, SETTINGS)
    publish([small_item(triples=graph([*small_triples(), ONE_MORE]), modified="2024-05-06")], folder, SETTINGS)
    return folder


@pytest.mark.parametrize("name", ["changes.atom", "changes.en.atom"])
@pytest.mark.parametrize("folder", ["", f"{FOLDER}/"])
def test_a_feed_is_valid(published: Path, folder: str, name: str) -> None:
    feed = ET.parse(published / f"{folder}{name}").getroot()
    assert feed.tag == ATOM + "feed"
    for element in (feed, *feed.findall(ATOM + "entry")):
        for required in ("id", "title", "updated"):
            (one,) = element.findall(ATOM + required)
            assert one.text
        stamp = element.findtext(ATOM + "updated", "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp)
        assert element.findtext(f"{ATOM}author/{ATOM}name")
    (self_link,) = [one for one in feed.findall(ATOM + "link") if one.get("rel") == "self"]
    assert self_link.get("href") == f"https://open.example.org/budget/{folder}{name}"
    for link in feed.iter(ATOM + "link"):
        path = (link.get("href") or "").removeprefix("https://open.example.org/budget/")
        assert (published / path).is_file()
    identifiers = [one.text for one in feed.iter(ATOM + "id")]
    assert len(identifiers) == len(set(identifiers))


def test_the_newest_comes_first(published: Path) -> None:
    feed = ET.parse(published / "changes.en.atom").getroot()
    entries = feed.findall(ATOM + "entry")
    assert [one.findtext(ATOM + "id") for one in entries] == [f"{IRI}/version/2", f"{IRI}/version/1"]
    assert [one.findtext(ATOM + "updated") for one in entries] == ["2024-05-06T00:00:00Z", "2024-02-07T00:00:00Z"]
    assert feed.findtext(ATOM + "updated") == "2024-05-06T00:00:00Z"
    assert entries[0].findtext(ATOM + "title") == "Some bureau: department budget 2024 (version 2)"


@pytest.mark.parametrize(
    ("date", "first"), [("2024", "2024-01-01"), ("2024-03", "2024-03-01"), ("2024-03-05", "2024-03-05")]
)
def test_a_date_becomes_its_first_instant(date: str, first: str) -> None:
    assert instant(date) == f"{first}T00:00:00Z"
