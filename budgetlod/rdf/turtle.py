"""Turtle for people: grouped by resource, in the order in which people count, short where it can be.

Our own text from sorted terms, as N-Triples is: it keeps lexical forms, and what a resource is comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from budgetlod.rdf.context import relative_reference
from budgetlod.rdf.names import CODE, PREFIXES, RDF, XSD
from budgetlod.rdf.terms import Triple

_TYPE = f"<{RDF}type>"
# Local names that every reader takes without an escape (Turtle 1.1, PN_LOCAL, of which this is a part). Readers differ
# about escapes (rdflib 7.6 refuses one that begins with an escape), and none differs about whole IRIs.
_PLAIN_LOCAL = re.compile(r"(?:[A-Za-z0-9_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]*)?")
_NUMBER = re.compile(r"\d+")
_BARE = {
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_subject, _predicate = itemgetter(0), itemgetter(1)


def turtle(triples: Sequence[Triple], base: str = "") -> bytes:
    """Return Turtle of a sorted graph, with the prefixes that are used (one per code scheme).

    With ``base`` (the IRI of a resource and ``/``) that resource comes first, and the IRIs below and near it are written
    relative to it, which halves a disclosure.
    """
    prefixes = used_prefixes(triples)
    short = _Short(prefixes, base)
    lines = [f"@base <{base}> ."] if base else []
    lines += [f"@prefix {name}: <{space}> ." for name, space in prefixes.items()]
    subjects = {subject: list(group) for subject, group in groupby(triples, _subject)}
    for subject in sorted(subjects, key=_order(base)):
        lines.append(_resource(short, subject, subjects[subject]))
    return "".join(line + "\n" for line in lines).encode()


def used_prefixes(triples: Iterable[Triple]) -> dict[str, str]:
    """Return the prefixes whose namespace occurs in the graph; each code scheme in use gets ``code-{scheme}``.

    A namespace with a local name that would need an escape gets none.
    """
    locals_of = _local_names(triples)
    plain = {space for space, names in locals_of.items() if all(map(_PLAIN_LOCAL.fullmatch, names))}
    schemes = (space for space in plain if space.startswith(CODE) and space.count("/") == CODE.count("/") + 1)
    codes = {f"code-{scheme[len(CODE) : -1]}": scheme for scheme in schemes}
    known = {prefix: space for prefix, space in PREFIXES.items() if space in plain}
    return dict(sorted({**known, **codes}.items()))


def _order(base: str) -> Callable[[str], tuple[int, str, str]]:
    """Return the key that sorts subjects: ``base`` itself, what lies below it, other resources, codes.

    Numbers are sorted by size (``r2`` before ``r10``).
    """
    first, below, codes = f"<{base[:-1]}>", f"<{base}", f"<{CODE}"

    def place(subject: str) -> tuple[int, str, str]:
        rank = 0 if subject == first else 1 if subject.startswith(below) else 3 if subject.startswith(codes) else 2
        return rank if base else 0, _NUMBER.sub(_padded, subject), subject

    return place


def _padded(number: re.Match[str]) -> str:
    return number[0].rjust(12, "0")


def _resource(short: _Short, subject: str, triples: list[Triple]) -> str:
    """Return a resource with its properties, its types before the others."""
    ordered = sorted(triples, key=lambda triple: triple[1] != _TYPE)
    said = [
        f"{short.predicate(predicate)} {' , '.join([short[value] for _, _, value in group])}"
        for predicate, group in groupby(ordered, _predicate)
    ]
    return short.subject(subject) + " " + ";\n\t".join(said) + " ."


class _Short(dict[str, str]):
    """Terms of N-Triples as Turtle writes them, each worked out once."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        super().__init__()
        self._names = {space: name for name, space in prefixes.items()}
        self._base = base

    def subject(self, term: str) -> str:
        """Return a term in the place of a subject: the resource that the base stands for whole, so that it can be found."""
        return term if self._base and term == f"<{self._base[:-1]}>" else self[term]

    def predicate(self, term: str) -> str:
        """Return a term in the place of a predicate."""
        return "a" if term == _TYPE else self[term]

    def __missing__(self, term: str) -> str:
        found = self[term] = self._iri(term) if term[0] == "<" else self._literal(term)
        return found

    def _iri(self, term: str) -> str:
        iri = term[1:-1]
        cut = _cut(iri)
        name = self._names.get(iri[:cut])
        if name is not None:
            return f"{name}:{iri[cut:]}"
        relative = relative_reference(iri, self._base) if self._base else ""
        return f"<{relative}>" if relative else term

    def _literal(self, term: str) -> str:
        text, mark, datatype = term.rpartition("^^<")
        if not mark or term[-1] != ">":
            return term
        bare = _BARE.get(datatype[:-1])
        if bare and bare.fullmatch(text, 1, len(text) - 1):
            return text[1:-1]
        return f"{text}^^{self['<' + datatype]}"


def _cut(iri: str) -> int:
    """Return where the local name of an IRI begins: after the ``#``, or else after the last ``/``."""
    return iri.find("#") + 1 or iri.rfind("/") + 1


def _local_names(triples: Iterable[Triple]) -> dict[str, set[str]]:
    """Return the local names of all IRIs and datatypes by namespace."""
    found: dict[str, set[str]] = {}
    for term in set[str]().union(*zip(*triples, strict=True)):
        if term[-1] == ">":
            iri = term.rpartition("^^<")[2].strip("<>")
            cut = _cut(iri)
            found.setdefault(iri[:cut], set()).add(iri[cut:])
    return found
