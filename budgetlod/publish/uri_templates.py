"""From the codes in a column back to the IRIs that they stand for, as a URI template (RFC 6570).

A template is only given where it is right for every code in use: a converter that follows it must arrive at the IRIs
of the graph, or at none. Characters outside ASCII come out percent-encoded, the URI form of the IRI (RFC 3987, 3.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from budgetlod.publish.columns import columns
from budgetlod.publish.figures import Code
from budgetlod.rdf.names import CODE

ALL = "_T"
_UNRESERVED = "-._~"
_RESERVED = ":/?#[]@!$&'()*+,;="
_ORGANIZATION = "organization/"


def value_template(dimension: str, codes: Sequence[Code]) -> str:
    """Return the template for the codes of ``dimension`` among ``codes``; ``""`` when none fits all of them.

    "All projects" (``_T``) is a code of the vocabulary while projects belong to their department, so that no template
    covers both: it is left to the ``null`` of the column.
    """
    known = [code for code in codes if code.dimension == dimension and not _stands_apart(code)]
    prefix = _prefix(dimension, known)
    # A unit's short form is a path below its department: its slashes stay.
    whole_path = dimension == "organization"
    kept = _UNRESERVED + (_RESERVED if whole_path else "")
    if not prefix or any(_uri(code.iri) != _uri(prefix) + quote(code.notation, safe=kept) for code in known):
        return ""
    return f"{prefix}{{{'+' if whole_path else ''}{dimension}}}"


def _stands_apart(code: Code) -> bool:
    return code.dimension == "project" and code.notation == ALL


def _prefix(dimension: str, known: Sequence[Code]) -> str:
    scheme = next(column.scheme for column in columns("observations") if column.name == dimension)
    if scheme:
        return f"{CODE}{scheme}/"
    if not known:
        return ""
    first = known[0].iri
    if dimension == "organization":
        return first[: first.find(_ORGANIZATION) + len(_ORGANIZATION)]
    return first[: first.rfind("/") + 1]


def _uri(iri: str) -> str:
    return quote(iri, safe=_UNRESERVED + _RESERVED + "%")
