"""The ontology of the installation as pages need it: labels, definitions and links of terms, codes and rules.

Read when the first page asks for it, once per process, and apart for each of its parts: a page of figures needs the names of
the dimensions only.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.lexical import literal_parts, unescape
from budgetlod.rdf.names import BLOD, RDFS, SKOS
from budgetlod.rdf.terms import Triple

_TERMS = ("ontology.ttl", "components.ttl")
_NAMES = "components.ttl"


class Text(NamedTuple):
    """Words in Chinese and English; either may be empty."""

    zh: str = ""
    en: str = ""


def texts(graph: Lookup, subject: str, predicate: str) -> Text:
    """Return the Chinese and the English value of a property; a text without a language counts as Chinese."""
    found = {"zh": "", "en": ""}
    for term in graph.terms(subject, predicate):
        if term[0] == '"':
            body, language, _ = literal_parts(term)
            found.setdefault(language[:2] or "zh", "")
            found[language[:2] or "zh"] = found[language[:2] or "zh"] or unescape(body)
    return Text(found["zh"], found["en"])


@cache
def dimension_name(name: str) -> Text:
    """Return the label of a dimension of the cube, such as ``nature``."""
    return texts(_parsed((resource("ontology") / _NAMES,)), BLOD + name, RDFS + "label")


@cache
def terms_graph() -> Lookup:
    """Return classes, properties and the structure of the cube."""
    home = resource("ontology")
    return _parsed(tuple(home / name for name in _TERMS))


@cache
def alignments_graph() -> Lookup:
    """Return the links to terms and codes of others."""
    return _parsed(tuple(sorted((resource("ontology") / "alignments").glob("*.ttl"))))


@cache
def codes_graph() -> Lookup:
    """Return all code lists, and the files beside them that describe codes."""
    home = resource("ontology")
    others = [path for path in sorted(home.glob("*.ttl")) if path.name not in _TERMS]
    return _parsed((*sorted((home / "codelists").glob("*.ttl")), *others))


@cache
def rules_graph() -> Lookup:
    """Return the rules of consistency in words."""
    return _parsed(tuple(sorted((resource("ontology") / "rules").glob("*.ttl"))))


def label(graph: Lookup, subject: str) -> Text:
    """Return what a term or code is called: its preferred label, else its label."""
    found = texts(graph, subject, SKOS + "prefLabel")
    return found if found.zh or found.en else texts(graph, subject, RDFS + "label")


@cache
def _parsed(files: tuple[Path, ...]) -> Lookup:
    return Lookup(_triples(files))


def _triples(files: Iterable[Path]) -> Iterable[Triple]:
    for file in files:
        for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE):
            yield str(quad.subject), str(quad.predicate), str(quad.object)
