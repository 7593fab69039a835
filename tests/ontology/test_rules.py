"""The rules in words: all of the catalogue, all texts in both languages, severities as agreed, nothing read too early."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, Namespace, URIRef

from budgetlod.core.resources import resource
from budgetlod.rdf import lexicon
from budgetlod.rdf.lexicon import load_lexicon
from tests.contract.conftest import ROOT

BLOD = Namespace("https://w3id.org/budgetlod/ontology#")
SH = Namespace("http://www.w3.org/ns/shacl#")
RULE = Namespace("https://w3id.org/budgetlod/rule/")
FOLDER = resource("ontology") / "rules"
CATALOGUE = ROOT.parent / "shared" / "constraints.csv"
IDS = (ROOT / "tests" / "shapes" / "rule_ids.txt").read_text(encoding="utf-8").split()
TEXTS = (SKOS.prefLabel, SKOS.scopeNote, SKOS.example, BLOD.correction)
SEVERITIES = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}


@cache
def rules() -> Graph:
    whole = Graph()
    for path in sorted(FOLDER.glob("*.ttl")):
        whole.parse(path, format="turtle")
    return whole


def texts(rule: URIRef, predicate: URIRef) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for value in rules().objects(rule, predicate):
        assert isinstance(value, Literal)
        found.setdefault(value.language, []).append(str(value))
    return found


def all_texts(language: str) -> list[tuple[str, str]]:
    predicates = (*TEXTS, SKOS.note)
    return [(name, text) for name in IDS for p in predicates for text in texts(RULE[name], p).get(language, ())]


def test_every_rule_of_the_catalogue_is_described_and_no_other() -> None:
    groups = {str(group).removeprefix(RULE) for group in rules().objects(None, SKOS.broader)}
    concepts = {str(rule).removeprefix(RULE) for rule in rules().subjects(RDF.type, SKOS.Concept)}
    assert concepts == {*IDS, *groups}
    assert groups == {name[0] for name in IDS}


@pytest.mark.parametrize("predicate", TEXTS, ids=lambda iri: re.split("[#/]", iri)[-1])
def test_every_rule_says_it_once_in_each_language(predicate: URIRef) -> None:
    counts = {name: {language: len(t) for language, t in texts(RULE[name], predicate).items()} for name in IDS}
    assert {name: count for name, count in counts.items() if count != {"zh": 1, "en": 1}} == {}


def test_no_two_rules_say_the_same() -> None:
    for language in ("zh", "en"):
        labels = [texts(RULE[name], SKOS.prefLabel)[language][0] for name in IDS]
        assert sorted(labels) == sorted(set(labels))


def test_a_rule_stands_in_its_group_and_in_no_other_file() -> None:
    for path in sorted(FOLDER.glob("*.ttl")):
        letters = {str(rule).removeprefix(RULE)[0] for rule in Graph().parse(path).subjects(SH.severity)}
        assert len(letters) == (0 if path.stem == "groups" else 1)
    assert {name: rules().value(RULE[name], SKOS.broader) for name in IDS} == {name: RULE[name[0]] for name in IDS}


def test_chinese_is_chinese_and_english_is_english() -> None:
    assert [(name, text) for name, text in all_texts("zh") if not re.search("[\u4e00-\u9fff]", text)] == []
    # Names of codes may stand in English texts; nothing else is Chinese there, and tables are named in words.
    assert [(name, text) for name, text in all_texts("en") if re.search("[\u3000-\u303f\uff00-\uffef“”]", text)] == []
    assert [pair for pair in (*all_texts("zh"), *all_texts("en")) if re.search(r"\bT\d\b", pair[1])] == []


def test_sentences_end() -> None:
    for name in IDS:
        for predicate in TEXTS[1:]:
            said = texts(RULE[name], predicate)
            assert said["zh"][0].endswith(("。", "。”")), said
            assert re.search(r"[.)]$", said["en"][0]), said


def test_tables_are_kinds_of_statement() -> None:
    known = set(load_lexicon().statements)
    named = {str(table).rpartition("/")[2] for table in rules().objects(None, DCTERMS.subject)}
    assert named <= known
    assert len(named) > 10


def test_severities_are_those_of_the_catalogue() -> None:
    if not CATALOGUE.exists():
        pytest.skip(f"the catalogue of rules is not here: {CATALOGUE.name}")
    with CATALOGUE.open(encoding="utf-8") as file:
        wanted = {row["id"]: SEVERITIES[row["severity"]] for row in csv.DictReader(file)}
    assert {name: rules().value(RULE[name], SH.severity) for name in IDS} == wanted


def test_rules_without_a_shape_say_why() -> None:
    text = (resource("shapes") / "README.md").read_text(encoding="utf-8")
    section = text.partition("## Rules that are not shapes")[2].partition("\n## ")[0]
    noted = {str(rule).removeprefix(RULE) for rule in rules().subjects(SKOS.note)}
    assert noted == set(re.findall(r"^\| ([A-Z]\d\d) \|", section, re.MULTILINE))
    assert all(set(texts(RULE[name], SKOS.note)) == {"zh", "en"} for name in noted)


def test_reading_a_document_reads_no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(lexicon, "lexicon_from", read.extend)
    load_lexicon.__wrapped__()
    assert len(read) > 10
    assert [path for path in read if path.is_relative_to(FOLDER)] == []


def test_files_are_small_enough_to_read() -> None:
    sizes = {Path(path).name: len(path.read_text(encoding="utf-8").splitlines()) for path in FOLDER.glob("*.ttl")}
    assert len(sizes) == 11
    assert max(sizes.values()) < 700
