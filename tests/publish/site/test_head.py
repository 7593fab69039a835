"""The head of a page: nothing in JSON-LD ends its script, addresses only where there are some, licences by name."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.site.head import head, licence_name
from budgetlod.publish.site.money import signed, yuan_text
from budgetlod.publish.site.rendering import anchor, bytes_text, jsonld_text


def test_jsonld_cannot_end_its_script() -> None:
    said = {"name": "</script><b>&"}
    text = str(jsonld_text(said))
    assert "<" not in text
    assert json.loads(text) == said


def test_a_publication_without_an_address_names_none() -> None:
    trail = [("index.html", "首页"), ("", "甲")]
    nowhere = head("a/index.html", trail, PublicationSettings(base="urn:x:/"))
    assert nowhere == {"trail": [("../index.html", "首页"), ("", "甲")], "canonical": "", "jsonld": None}
    somewhere = head("a/局/index.html", trail, PublicationSettings(site="https://example.org/s/"))
    assert somewhere["canonical"] == "https://example.org/s/a/%E5%B1%80/index.html"
    assert [step["item"] for step in somewhere["jsonld"]["@graph"][0]["itemListElement"]] == [
        "https://example.org/s/index.html", somewhere["canonical"],
    ]  # fmt: skip


def test_the_trail_of_the_first_page_is_empty() -> None:
    assert head("index.html", [("", "首页")], PublicationSettings())["trail"] == []


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "Public Domain Mark 1.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("http://publications.europa.eu/resource/authority/licence/CC_BY_4_0", "CC BY 4 0"),
        ("https://example.org/terms", ""),
        ("", ""),
    ],
)
def test_licences_are_called_by_their_names(licence: str, name: str) -> None:
    assert licence_name(licence) == name


def test_small_words() -> None:
    assert [bytes_text(size) for size in (999, 18_900, 1_240_000)] == ["999 B", "18 KB", "1.2 MB"]
    assert anchor("https://e.org/a#unit-%E5%B1%80") == "unit-局"
    assert [signed(Decimal(value)) for value in ("10000", "-10000", "0")] == ["▲ +1.00", "▼ −1.00", "0.00"]
    assert [yuan_text(Decimal(value)) for value in ("156211123", "480544221.60")] == ["156,211,123", "480,544,221.6"]
