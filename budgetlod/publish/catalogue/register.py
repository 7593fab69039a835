"""Terms and words that domain experts keep: ``terms.ttl`` (terms of other registers) and ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.publish.catalogue.facts import facts, texts
from budgetlod.rdf.names import DCTERMS, RDF, RDFS, SKOS
from budgetlod.rdf.terms import Triple, iri, string

_HERE = Path(__file__).parent
_AREAS = "ontology/codelists/area.ttl"


@cache
def words() -> Mapping[str, Any]:
    """Return what ``words.toml`` says."""
    return tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))


def term(name: str) -> str:
    """Return the IRI of a term by its name in ``words.toml``; raises ``KeyError`` for one that is not there."""
    return str(words()["terms"][name])


def file_type(code: str) -> str:
    """Return the IRI of a file type of the EU authority table."""
    return f"{term('file_types')}/{code}"


def media_type(name: str) -> str:
    """Return the IRI of a media type in the IANA register."""
    return term("media_types") + name


def publisher_type(area: str) -> str:
    """Return the IRI of the kind of publisher that an area (an IRI that ends in its code) has, ``""`` if unknown."""
    code = area.rpartition("/")[2]
    kinds = (kind["type"] for kind in words()["publisher_types"] if re.fullmatch(kind["area"], code))
    return str(next(kinds, ""))


def descriptions(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield what is known of the terms of other registers that ``triples`` point to, and of their schemes in turn."""
    described, reached = _described(), set[str]()
    waiting = {value for _, _, value in triples if value in described}
    while waiting:
        reached |= waiting
        found = [triple for subject in sorted(waiting) for triple in described[subject]]
        yield from found
        waiting = {value for _, _, value in found if value in described} - reached


def unregistered_file_types(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the least that DCAT-AP asks of a file type which ``terms.ttl`` does not describe: its class and a label."""
    space = term("file_types")
    for subject in {value[1:-1] for _, _, value in triples if value.startswith(f"<{space}/")}:
        if iri(subject) not in _described():
            yield from facts(
                subject,
                (RDF + "type", [iri(DCTERMS + "MediaTypeOrExtent"), iri(SKOS + "Concept")]),
                (SKOS + "inScheme", [iri(space)]),
                (SKOS + "prefLabel", [string(subject.rpartition("/")[2].replace("_", " "), "en")]),
            )


def media_type_description(name: str) -> Iterator[Triple]:
    """Yield the class of a media type and its name, which CKAN shows instead of the IRI."""
    kind = (RDF + "type", [iri(DCTERMS + "MediaType")])
    yield from facts(media_type(name), kind, (RDFS + "label", [string(name)]))


def place(area: str) -> Iterator[Triple]:
    """Yield the class of a place, and its code and names if it is in our list of areas; nothing for no place."""
    if not area:
        return
    yield from facts(
        area,
        (RDF + "type", [iri(DCTERMS + "Location")]),
        (SKOS + "prefLabel", texts(*_area_names().get(area, ("", "")))),
    )


@cache
def _described() -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = defaultdict(list)
    for quad in pyoxigraph.parse(path=_HERE / "terms.ttl", format=pyoxigraph.RdfFormat.TURTLE):
        found[str(quad.subject)].append((str(quad.subject), str(quad.predicate), str(quad.object)))
    return dict(found)


@cache
def _area_names() -> dict[str, tuple[str, str]]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in pyoxigraph.parse(path=resource(_AREAS), format=pyoxigraph.RdfFormat.TURTLE):
        if quad.predicate.value == SKOS + "prefLabel" and isinstance(quad.object, pyoxigraph.Literal):
            assert isinstance(quad.subject, pyoxigraph.NamedNode)
            names[quad.subject.value][quad.object.language or ""] = quad.object.value
    return {area: (by.get("zh", ""), by.get("en", "")) for area, by in names.items()}
