"""What a figure or change is of, in words: the names of the coordinates that say something."""

from __future__ import annotations

from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.figures import CODED
from budgetlod.publish.site.names import Label, Names
from budgetlod.rdf.names import BLOD


def in_words(graph: Lookup, names: Names, iri: str, department: str = "") -> Label:
    """Return the coordinates of a figure or change in both languages; a unit comes first, ``department`` goes unsaid."""
    owner = graph.text(iri, BLOD + "organization")
    found = [names.of(owner)] if owner and owner != department else []
    for name in CODED:
        code = graph.text(iri, BLOD + name)
        if code and not code.endswith("/_T"):
            found.append(names.of(code))
    return Label(" · ".join(one.zh for one in found), " · ".join(one.en or one.zh for one in found))
