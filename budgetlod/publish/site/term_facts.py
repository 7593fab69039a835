"""The classes and properties of the ontology as the reference shows them, from the ontology itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.material import Material
from budgetlod.publish.site.vocabulary import Text, alignments_graph, label, terms_graph, texts
from budgetlod.rdf.names import BLOD, OWL, PREFIXES, QB, RDF, RDFS

_KINDS: Final[Mapping[str, Text]] = {
    OWL + "Class": Text("类", "class"),
    QB + "DimensionProperty": Text("维度", "dimension"),
    QB + "MeasureProperty": Text("度量", "measure"),
    QB + "AttributeProperty": Text("属性", "attribute"),
    OWL + "ObjectProperty": Text("关系", "relation"),
    OWL + "DatatypeProperty": Text("数据属性", "value"),
    QB + "ComponentSpecification": Text("结构成分", "component"),
    QB + "DataStructureDefinition": Text("数据结构", "structure"),
}
_LINKS: Final = {
    "above": (RDFS + "subClassOf", RDFS + "subPropertyOf"),
    "domain": (RDFS + "domain",),
    "range": (RDFS + "range",),
    "same": (OWL + "equivalentClass", OWL + "equivalentProperty", OWL + "inverseOf"),
}
_USED: Final = re.compile(r"<" + re.escape(BLOD) + r"([^>]+)>")
_LONGEST_LINE: Final = 90
_MOST_LINES: Final = 6


class Term(NamedTuple):
    """A term: its local name, kind, label and definition, and the terms it is linked with as short names.

    ``domain_of`` and ``range_of`` are the properties that name a class as domain or range, ``below`` sub-terms.
    """

    name: str
    kind: Text
    label: Text
    comment: Text
    above: tuple[str, ...]
    below: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    same: tuple[str, ...]
    domain_of: tuple[str, ...]
    range_of: tuple[str, ...]


@cache
def terms() -> tuple[Term, ...]:
    """Return every term of the ontology: classes, then dimensions and other properties, then the structure of the cube."""
    graph = terms_graph()
    kinds = {
        subject: kind for kind in reversed(list(_KINDS)) for subject in graph.members(kind) if subject.startswith(BLOD)
    }
    links = {name: _links(kinds, predicates) for name, predicates in _LINKS.items()}
    inverse = {name: _inverse(links[name]) for name in ("above", "domain", "range")}
    order = list(_KINDS)
    found = sorted(kinds, key=lambda iri: (order.index(kinds[iri]), iri.lower()))
    return tuple(_term(graph, iri, kinds[iri], links, inverse) for iri in found)


def _term(
    graph: Lookup,
    iri: str,
    kind: str,
    links: Mapping[str, Mapping[str, Sequence[str]]],
    inverse: Mapping[str, Mapping[str, Sequence[str]]],
) -> Term:
    def short(found: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        return tuple(sorted(map(shortened, found.get(iri, ())), key=str.lower))

    return Term(
        iri.removeprefix(BLOD),
        _KINDS[kind],
        label(graph, iri),
        texts(graph, iri, RDFS + "comment"),
        short(links["above"]),
        short(inverse["above"]),
        short(links["domain"]),
        short(links["range"]),
        short(links["same"]),
        short(inverse["domain"]),
        short(inverse["range"]),
    )


def _links(subjects: Iterable[str], predicates: Iterable[str]) -> dict[str, list[str]]:
    graphs = terms_graph(), alignments_graph()
    return {
        subject: [
            o for graph in graphs for predicate in predicates for o in graph.texts(subject, predicate) if "://" in o
        ]
        for subject in subjects
    }


def _inverse(links: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for subject, others in links.items():
        for other in others:
            found[other].append(subject)
    return found


def shortened(iri: str) -> str:
    """Return an IRI with the usual prefix: ``blod:Cell``, ``xsd:decimal``; the IRI itself where there is none."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def summary(material: Material) -> dict[str, int]:
    """Return how often a disclosure uses each term of the ontology, as class or property."""
    types = f"<{RDF}type>"
    counts: Counter[str] = Counter()
    for _, predicate, value in material.item.triples:
        counts[value if predicate == types else predicate] += 1
    found = ((_USED.fullmatch(term), count) for term, count in counts.items())
    return {match[1]: count for match, count in sorted(found, key=lambda one: str(one[0])) if match}


def examples(turtle: str) -> dict[str, str]:
    """Return for each class a resource, for each property a line of it, as a disclosure's Turtle has them.

    The file is as :func:`budgetlod.rdf.formats.turtle` writes it: one resource after the other, a property on each line.
    """
    found: dict[str, str] = {}
    for block in re.split(r"(?<= \.)\n(?=\S)", turtle):
        lines = block.split("\n")
        subject = lines[0].split(" ", 1)[0]
        for name in re.findall(r"blod:(\w+)", lines[0].partition(" a ")[2]):
            if name not in found or (len(lines) > _MOST_LINES and found[name].count("\n") < 2):
                found[name] = "\n".join(map(_cut, lines[:_MOST_LINES])) + ("\n  …" if len(lines) > _MOST_LINES else "")
        for line in lines[1:]:
            name = line.strip().split(" ", 1)[0].removeprefix("blod:")
            if line.startswith("\tblod:") and name not in found:
                found[name] = _cut(f"{subject} {line.strip().rstrip(';. ')} .")
    return found


def _cut(line: str) -> str:
    text = line.replace("\t", "  ")
    return text if len(text) <= _LONGEST_LINE else text[:_LONGEST_LINE] + "…"
