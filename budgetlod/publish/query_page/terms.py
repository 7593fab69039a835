"""What the editor completes: classes and properties of our ontology and those of others that the data use."""

from __future__ import annotations

import json
import re

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.rdf.names import OWL, PREFIXES, QB, RDF, RDFS, SKOS
from budgetlod.rdf.queries import named_queries

_FILES = ("ontology.ttl", "components.ttl")
_NAME = re.compile(r"(?<![\w?:-])([a-z-]+):(\w+)")
_KINDS = {
    f"{OWL}Class": "class",
    f"{RDFS}Class": "class",
    f"{RDF}Property": "property",
    f"{OWL}ObjectProperty": "property",
    f"{OWL}DatatypeProperty": "property",
    f"{OWL}AnnotationProperty": "property",
    f"{QB}DimensionProperty": "property",
    f"{QB}MeasureProperty": "property",
    f"{QB}AttributeProperty": "property",
    f"{SKOS}ConceptScheme": "class",
}


def terms_script() -> bytes:
    """Return a classic script with rows ``[prefixed name, kind, label zh, label en]``, in the order of the names."""
    rows = json.dumps(_rows(), ensure_ascii=False, separators=(",", ":"))
    return f"self.budgetlodTerms = {rows};\n".encode()


def _rows() -> list[tuple[str, str, str, str]]:
    kinds: dict[str, str] = {}
    labels: dict[tuple[str, str], str] = {}
    home = resource("ontology")
    for name in _FILES:
        for quad in pyoxigraph.parse(path=home / name, format=pyoxigraph.RdfFormat.TURTLE):
            _learn(quad, kinds, labels)
    named = [(_prefixed(iri), kind, iri) for iri, kind in kinds.items()]
    own = [(name, kind, labels.get((iri, "zh"), ""), labels.get((iri, "en"), "")) for name, kind, iri in named if name]
    return sorted([*own, *_of_others({name for name, *_ in own})])


def _of_others(known: set[str]) -> list[tuple[str, str, str, str]]:
    """Return the names of other vocabularies that our own queries use: those that our data have."""
    texts = (re.sub(r"<[^>]*>|\"[^\"]*\"|#.*", "", query.text) for query in named_queries().values())
    found = {f"{prefix}:{local}" for text in texts for prefix, local in _NAME.findall(text) if prefix in PREFIXES}
    return [(name, "class" if name.partition(":")[2][0].isupper() else "property", "", "") for name in found - known]


def _learn(quad: pyoxigraph.Quad, kinds: dict[str, str], labels: dict[tuple[str, str], str]) -> None:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, pyoxigraph.NamedNode):
        return
    if quad.predicate.value == f"{RDF}type" and isinstance(value, pyoxigraph.NamedNode) and value.value in _KINDS:
        kinds.setdefault(subject.value, _KINDS[value.value])
    elif quad.predicate.value == f"{RDFS}label" and isinstance(value, pyoxigraph.Literal):
        labels[subject.value, value.language or ""] = value.value


def _prefixed(iri: str) -> str:
    """Return the name with its usual prefix; ``""`` when there is none."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and iri != space and "/" not in iri.removeprefix(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return ""
