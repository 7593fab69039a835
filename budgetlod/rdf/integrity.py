"""The integrity constraints of the RDF Data Cube vocabulary (W3C, 2014, section 11): IC-1 to IC-21.

Each is a query of ``ontology/integrity/`` that asks for a violation, written from the words of the standard. Before
they are asked, a cube is normalised (section 10): two updates write out what it may leave unsaid.
"""

from __future__ import annotations

from functools import cache

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.rdf.queries import NamedQuery, read_query

_FOLDER = "ontology/integrity"
_PHASES = ("normalise-1", "normalise-2")
_PLACEHOLDER = "<urn:parent-child-property>"
# What IC-20 and IC-21 are asked for: the properties that span a hierarchy, directly or as the inverse of another.
_HIERARCHIES = {
    "ic-20": "SELECT DISTINCT ?p { ?list <http://purl.org/linked-data/cube#parentChildProperty> ?p FILTER(ISIRI(?p)) }",
    "ic-21": "SELECT DISTINCT ?p { ?list <http://purl.org/linked-data/cube#parentChildProperty>"
    "/<http://www.w3.org/2002/07/owl#inverseOf> ?p FILTER(ISIRI(?p)) }",
}


@cache
def constraints() -> dict[str, NamedQuery]:
    """Return the constraints by name, ``ic-01`` to ``ic-21``."""
    return {path.stem: _read(path.name) for path in sorted(resource(_FOLDER).glob("*.rq"))}


def normalise(cube: pyoxigraph.Store) -> None:
    """Write out what the cube in the default graph leaves unsaid: types, component properties, attached values."""
    for phase in _PHASES:
        cube.update(_read(f"{phase}.ru").text)


def violated(cube: pyoxigraph.Store) -> list[NamedQuery]:
    """Return the constraints that the normalised cube in the default graph violates."""
    return [constraint for name, constraint in constraints().items() if _is_violated(cube, name, constraint.text)]


def _is_violated(cube: pyoxigraph.Store, name: str, text: str) -> bool:
    if name not in _HIERARCHIES:
        return bool(cube.query(text))
    spans = cube.query(_HIERARCHIES[name])
    assert isinstance(spans, pyoxigraph.QuerySolutions)  # the form of a SELECT
    return any(cube.query(text.replace(_PLACEHOLDER, str(found["p"]))) for found in spans)


@cache
def _read(name: str) -> NamedQuery:
    return read_query(name.partition(".")[0], resource(f"{_FOLDER}/{name}").read_text(encoding="utf-8"))
