"""Which profiles a disclosure has to meet beyond those asked for: the ones that its tables call for.

A rule that holds for documents of one template only stands in a profile of its own. The file of the profile says
with ``dcterms:requires`` which types of statement must all be there; then it is part of what a publication must pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.rdf.names import BLOD, DCTERMS
from budgetlod.validate import DEFAULT_PROFILE
from budgetlod.validate.shapes import HOME

if TYPE_CHECKING:
    from budgetlod.validate.data import Data

_STATEMENT_TYPE = re.compile(rf"<{re.escape(BLOD)}statementType> <([^>]+)> \.$".encode(), re.MULTILINE)


def with_called_for(names: Sequence[str], data: Data) -> tuple[str, ...]:
    """Return ``names`` without repetitions; with the default among them also the profiles that ``data`` calls for."""
    asked = tuple(dict.fromkeys(names))
    conditions = requirements() if DEFAULT_PROFILE in asked else {}
    if not conditions:
        return asked
    present = statement_types(data)
    return tuple(dict.fromkeys((*asked, *(name for name, types in conditions.items() if types <= present))))


def statement_types(data: Data) -> frozenset[str]:
    """Return the IRIs of the types of the statements in the data."""
    return frozenset(found.decode() for found in _STATEMENT_TYPE.findall(data.lines))


@cache
def requirements() -> dict[str, frozenset[str]]:
    """Return, sorted by name, the profiles with a condition and the types of statement that it asks for (IRIs)."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted((resource("shapes") / "profiles").glob("*.ttl")):
        base = f"{HOME}profiles/{path.name}"
        triples = pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=base)
        types = {
            str(triple.object.value)
            for triple in triples
            if isinstance(triple.subject, pyoxigraph.NamedNode)
            and isinstance(triple.object, pyoxigraph.NamedNode)
            and (triple.subject.value, triple.predicate.value) == (base, DCTERMS + "requires")
        }
        if types:
            found[path.stem] = frozenset(types)
    return found
