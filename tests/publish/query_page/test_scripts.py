"""Scripts of the page: data that can be read back, texts in both languages, nothing that asks other sites."""

from __future__ import annotations

import base64
import gzip
import json
import re
import tomllib
from pathlib import Path

import pyoxigraph
import pytest

from budgetlod.core.resources import resource
from budgetlod.publish.packing import gzip_bytes
from budgetlod.publish.query_page import page
from budgetlod.publish.query_page.scripts import asset_files, data_script, vocabulary_script
from budgetlod.publish.query_page.terms import terms_script

_SCRIPT = re.compile(rb'\(self\.budgetlodFiles \|\|= \{\}\)\[("[^"]+")\] = "([A-Za-z0-9+/=]+)";\n')


def unpacked(script: bytes) -> tuple[str, bytes]:
    found = _SCRIPT.fullmatch(script)
    assert found
    return json.loads(found[1]), gzip.decompress(base64.b64decode(found[2]))


def test_data_are_a_script_that_gives_them_back() -> None:
    path, script = data_script("dataset/110000-001/2024-budget", gzip_bytes(b"<a:b> <a:b> <a:b> .\n"))
    assert path == "query/data/110000-001.2024-budget.js"
    assert unpacked(script) == ("dataset/110000-001/2024-budget", b"<a:b> <a:b> <a:b> .\n")


def test_the_vocabulary_holds_every_file_of_the_ontology() -> None:
    _, content = unpacked(vocabulary_script()[1])
    one, each = pyoxigraph.Store(), pyoxigraph.Store()
    one.bulk_load(content, pyoxigraph.RdfFormat.TURTLE)
    for path in resource("ontology").rglob("*.ttl"):
        each.bulk_load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    assert set(one) == set(each)


def test_the_editor_completes_our_terms_and_those_that_our_queries_use() -> None:
    script = terms_script().decode()
    rows = json.loads(script.removeprefix("self.budgetlodTerms = ").removesuffix(";\n"))
    assert ["blod:amount", "property", "金额", "amount"] in rows
    assert {"qb:dataSet", "skos:prefLabel", "dcterms:isPartOf"} <= {name for name, *_ in rows}
    assert rows == sorted(rows)


@pytest.mark.parametrize("kind", ["words", "reasons", "faults"])
def test_everything_is_said_in_both_languages(kind: str) -> None:
    said = tomllib.loads(Path(page.__file__).with_name("words.toml").read_text(encoding="utf-8"))[kind]
    for entry in said.values() if kind == "words" else said:
        assert entry["zh"].strip()
        assert entry["en"].strip()
        assert re.findall(r"\{\w+\}", entry["zh"]) == re.findall(r"\{\w+\}", entry["en"]) or "{" in entry["en"]


def test_the_scripts_use_no_word_that_is_not_in_the_file() -> None:
    own = {path: content.decode() for path, content in asset_files() if path.startswith("assets/query")}
    said = tomllib.loads(Path(page.__file__).with_name("words.toml").read_text(encoding="utf-8"))["words"]
    used = {name for text in own.values() for name in re.findall(r"\bwords\.(\w+)", text)}
    indirect = {"engine", "data", "yes", "no"}  # said by stage and by truth value
    assert used | indirect == set(said)
    for text in own.values():
        assert not re.search(r"https?://(?!www\.w3\.org/)", text)
        assert not re.search(r"[\u4e00-\u9fff]", text)


def test_a_page_needs_data() -> None:
    with pytest.raises(ValueError, match="at least one"):
        next(page.query_page([], page.Everything("all.nq.gz", 0), None, None))  # type: ignore[arg-type]
