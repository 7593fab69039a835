"""What a graph holds, counted once while the graph is at hand and kept without it.

A disclosure describes resources of its own and some that others describe as well (codes, its department). Sizes of
several disclosures together need the names of the latter; of the former the numbers are enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from budgetlod.rdf.names import RDF
from budgetlod.rdf.terms import Triple

_TYPE = f"<{RDF}type>"
_NO_CLASS = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one or several graphs.

    ``triples`` of two graphs add up even where they are the same: they are two dumps. ``entities`` and ``classes`` (by
    IRI) count the resources below the IRI of a disclosure, ``shared`` names the others by class (``""``: none).
    """

    triples: int = 0
    entities: int = 0
    classes: Mapping[str, int] = field(default_factory=dict)
    properties: tuple[str, ...] = ()
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def all_entities(self) -> int:
        """The number of different resources that are described."""
        return self.entities + len(set[str]().union(*self.shared.values()))

    @property
    def all_classes(self) -> dict[str, int]:
        """The number of different resources of each class (by IRI), sorted by class."""
        found = Counter(self.classes)
        found.update({name: len(members) for name, members in self.shared.items() if name != _NO_CLASS})
        return dict(sorted(found.items()))

    def to_json(self) -> dict[str, Any]:
        """Return the counts as plain JSON."""
        return {
            "triples": self.triples,
            "entities": self.entities,
            "classes": dict(self.classes),
            "properties": _by_namespace(self.properties),
            "shared": {name: _by_namespace(members) for name, members in self.shared.items()},
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Counts:
        """Return the counts that :meth:`to_json` wrote; raises ``KeyError`` when something is missing."""
        return cls(
            int(document["triples"]),
            int(document["entities"]),
            {str(name): int(count) for name, count in document["classes"].items()},
            _whole(document["properties"]),
            {str(name): _whole(members) for name, members in document["shared"].items()},
        )


def count(triples: Sequence[Triple], disclosure: str) -> Counts:
    """Return what the graph of a disclosure (an IRI) holds."""
    own, shared = set[str](), defaultdict[str, set[str]](set)
    classes: Counter[str] = Counter()
    kinds = {(subject, value) for subject, predicate, value in triples if predicate == _TYPE}
    for subject in {subject for subject, _, _ in triples}:
        if _is_own(subject, disclosure):
            own.add(subject)
        else:
            shared[_NO_CLASS].add(intern(subject[1:-1]))
    for subject, kind in kinds:
        if subject in own:
            classes[kind[1:-1]] += 1
        else:
            shared[kind[1:-1]].add(intern(subject[1:-1]))
            shared[_NO_CLASS].discard(subject[1:-1])
    properties = {intern(predicate[1:-1]) for _, predicate, _ in triples}
    return Counts(len(triples), len(own), dict(sorted(classes.items())), tuple(sorted(properties)), _sorted(shared))


def merged(counts: Iterable[Counts]) -> Counts:
    """Return the counts of several graphs together: what several of them describe counts once."""
    triples = entities = 0
    classes: Counter[str] = Counter()
    properties, shared = set[str](), defaultdict[str, set[str]](set)
    for one in counts:
        triples, entities = triples + one.triples, entities + one.entities
        classes.update(one.classes)
        properties.update(one.properties)
        for name, members in one.shared.items():
            shared[name].update(members)
    return Counts(triples, entities, dict(sorted(classes.items())), tuple(sorted(properties)), _sorted(shared))


def _by_namespace(iris: Iterable[str]) -> dict[str, list[str]]:
    """Return IRIs by what they begin with: thousands of codes share a few beginnings."""
    found: dict[str, list[str]] = {}
    for iri in iris:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        found.setdefault(iri[:cut], []).append(iri[cut:])
    return found


def _whole(by_namespace: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the IRIs that :func:`_by_namespace` shortened, sorted."""
    return tuple(sorted(intern(space + name) for space, names in by_namespace.items() for name in names))


def _is_own(subject: str, disclosure: str) -> bool:
    return subject[1:-1] == disclosure or subject[1:].startswith((f"{disclosure}/", f"{disclosure}#"))


def _sorted(shared: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(shared[name])) for name in sorted(shared) if shared[name]}
