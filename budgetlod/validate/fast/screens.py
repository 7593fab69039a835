"""What can be said without a query: which focus nodes may break a constraint.

A screen may name too many nodes, since the query decides; never too few. On most disclosures nearly every constraint
of SHACL Core ends here: with sets of terms it takes microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from budgetlod.rdf.names import SH, XSD
from budgetlod.validate.fast.constraint import Screen
from budgetlod.validate.fast.paths import Path
from budgetlod.validate.fast.values import LEXICAL
from budgetlod.validate.forms import DAY
from budgetlod.validate.shape_graph import Node, ShapeGraph
from budgetlod.validate.triples import Triples
from budgetlod.validate.writing import node_text

Suspects = Callable[[Triples, set[bytes]], set[bytes]]
"""Given the values, those that may break a constraint on single values."""

# How the terms of a node kind begin.
_FIRST = {
    "IRI": b"<",
    "BlankNode": b"_",
    "Literal": b'"',
    "BlankNodeOrIRI": b"_<",
    "BlankNodeOrLiteral": b'_"',
    "IRIOrLiteral": b'<"',
}
_DECIMAL = re.compile(rb'"([-+]?\d+(?:\.\d+)?)"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:decimal|integer)>')


def count_screen(path: Path, lowest: int, highest: int | None) -> Screen | None:
    """Return the screen for nodes with fewer than ``lowest`` or more than ``highest`` values."""
    if path.steps is None:
        return None
    if highest is not None:
        return partial(_too_many, path, highest)
    return partial(_too_few, path) if lowest == 1 else None


def value_screen(shapes: ShapeGraph, shape: Node, component: str, path: Path | None) -> Screen | None:
    """Return the screen for a constraint on single values, ``component`` being its name without namespace."""
    if path is None or path.steps is None:
        return None
    suspects = _suspects(shapes, shape, component)
    return None if suspects is None else partial(_with_suspects, path, suspects)


def has_value_screen(path: Path, value: Node) -> Screen | None:
    """Return the screen for nodes without a certain value."""
    if path.steps is None or len(path.steps) != 1 or path.steps[0][1]:
        return None
    return partial(_without, path.steps[0][0], str(value).encode())


def _too_few(path: Path, triples: Triples, focus: set[bytes]) -> set[bytes]:
    for predicate, backwards in path.steps or ():
        focus = focus - (triples.objects(predicate) if backwards else triples.subjects(predicate))
    return focus


def _too_many(path: Path, highest: int, triples: Triples, focus: set[bytes]) -> set[bytes]:
    """Return those with several values of one step, or values of several steps."""
    found, seen = set[bytes](), set[bytes]()
    for predicate, backwards in path.steps or ():
        ends = triples.objects(predicate) if backwards else triples.subjects(predicate)
        if not backwards:
            found |= triples.repeated(predicate) & focus
        elif len(ends) != triples.size(predicate):
            found |= ends & focus
        found |= seen & ends & focus
        seen |= ends
    return seen & focus if highest == 0 else found


def _without(predicate: bytes, value: bytes, triples: Triples, focus: set[bytes]) -> set[bytes]:
    return focus.difference(triples.holders(predicate)[value])


def _with_suspects(path: Path, suspects: Suspects, triples: Triples, focus: set[bytes]) -> set[bytes]:
    """Return the focus nodes with a value that may break the constraint."""
    found = set[bytes]()
    for predicate, backwards in path.steps or ():
        values = triples.subjects(predicate) if backwards else triples.objects(predicate)
        bad = suspects(triples, values)
        if not bad:
            continue
        lists = triples.values(predicate) if backwards else triples.holders(predicate)
        found.update(*(lists[value] for value in bad))
    return found & focus


def _suspects(shapes: ShapeGraph, shape: Node, component: str) -> Suspects | None:
    """Return what tells the suspects of all constraints of one component."""
    name = component[0].lower() + component[1:]
    parameters = shapes.objects(shape, SH + name)
    if component == "Class":
        return partial(_no_members, [str(p).encode() for p in parameters])
    if component == "NodeKind" and len(parameters) == 1:
        return partial(_of_other_kind, _FIRST.get(parameters[0].value.removeprefix(SH), b""))
    if component == "Datatype" and len(parameters) == 1:
        return partial(_of_other_datatype, _form(parameters[0].value))
    if component == "In" and len(parameters) == 1:
        return partial(_not_in, {node_text(member).encode() for member in shapes.items(parameters[0])})
    if component == "Not" and len(parameters) == 1 and shapes.predicates(parameters[0]).keys() == {SH + "in"}:
        heads = shapes.objects(parameters[0], SH + "in")
        return partial(_among, {node_text(member).encode() for head in heads for member in shapes.items(head)})
    if component in {"MinInclusive", "MinExclusive", "MaxInclusive", "MaxExclusive"} and len(parameters) == 1:
        return _range(component, parameters[0])
    return None


def _no_members(classes: list[bytes], triples: Triples, values: set[bytes]) -> set[bytes]:
    found = set[bytes]()
    for class_ in classes:
        found |= values - triples.members(class_)
    return found


def _of_other_kind(first: bytes, _: Triples, values: set[bytes]) -> set[bytes]:
    return {value for value in values if value[0] not in first}


def _not_in(members: set[bytes], _: Triples, values: set[bytes]) -> set[bytes]:
    return values - members


def _among(members: set[bytes], _: Triples, values: set[bytes]) -> set[bytes]:
    return values & members


def _form(datatype: str) -> re.Pattern[bytes] | None:
    """Return what literals of a datatype look like; of others nothing is known."""
    if datatype == XSD + "string":
        return re.compile(rb'".*"', re.DOTALL)
    if datatype == XSD + "gYear":
        lexical: str | None = r"^-?\d{4}$"
    elif datatype == XSD + "date":
        lexical = f"^{DAY}$"
    else:
        lexical = LEXICAL.get(datatype)
    return None if lexical is None else re.compile(f'"{lexical[1:-1]}"\\^\\^<{re.escape(datatype)}>'.encode())


def _of_other_datatype(form: re.Pattern[bytes] | None, _: Triples, values: set[bytes]) -> set[bytes]:
    if form is None:
        return values
    matches = form.fullmatch
    return {value for value in values if matches(value) is None}


def _range(component: str, limit: Node) -> Suspects | None:
    """Return what tells the numbers beyond a limit; what is no decimal is a suspect."""
    match = _DECIMAL.fullmatch(str(limit).encode())
    if match is None:
        return None
    return partial(_beyond, component, Decimal(match[1].decode()))


def _beyond(component: str, limit: Decimal, _: Triples, values: set[bytes]) -> set[bytes]:
    found = set[bytes]()
    for value in values:
        match = _DECIMAL.fullmatch(value)
        if match is None or _is_beyond(component, Decimal(match[1].decode()), limit):
            found.add(value)
    return found


def _is_beyond(component: str, number: Decimal, limit: Decimal) -> bool:
    if component == "MinInclusive":
        return number < limit
    if component == "MinExclusive":
        return number <= limit
    return number > limit if component == "MaxInclusive" else number >= limit
