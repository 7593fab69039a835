"""How results are written down, the same for every engine: terms, numbers, and what is said where a shape is silent.

A store keeps values, not digits (1155.90 comes back as 1155.9); so engines can only be compared when all of them
write a number in its shortest form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode

from budgetlod.core.numbers import plain
from budgetlod.rdf import terms
from budgetlod.rdf.names import SH, XSD
from budgetlod.validate.messages import bilingual
from budgetlod.validate.shape_graph import Node, ShapeGraph

_FRACTION = re.compile(r"[-+]?\d+\.\d*")
_ANY = pyoxigraph.Variable("any")
_STRING = XSD + "string"


def node_text(node: Node) -> str:
    """Return a term as N-Triples writes it, a number or time in the canonical form of its value."""
    if isinstance(node, NamedNode):
        return terms.iri(node.value)
    if isinstance(node, BlankNode):
        return f"_:{node.value}"
    if node.language:
        return terms.string(node.value, node.language.lower())
    if node.datatype.value == _STRING:
        return terms.string(node.value)
    return f"{terms.string(_canonical(node))}^^{terms.iri(node.datatype.value)}"


@lru_cache(maxsize=4096)
def _canonical(literal: Literal) -> str:
    """Return the lexical form that a store gives to a literal: its own one, if the store would change its datatype."""
    answer = pyoxigraph.Store().query("SELECT ?any WHERE {}", substitutions={_ANY: literal})
    kept = next(iter(answer), None) if isinstance(answer, pyoxigraph.QuerySolutions) else None
    value = kept["any"] if kept is not None else None
    return value.value if isinstance(value, Literal) and value.datatype == literal.datatype else literal.value


def binding_text(text: str) -> str:
    """Return the lexical form of a binding, a number with a point without the zeros at its end.

    ``binding_text("1155.90") == "1155.9"``, but ``binding_text("007") == "007"``: that is a code.
    """
    return f"{plain(Decimal(text)):f}" if _FRACTION.fullmatch(text) else text


def own_messages(shapes: ShapeGraph, source: Node, shape: Node) -> dict[str, str]:
    """Return the messages for a result by language: those of the constraint, or of its shape, or of the named shape
    around that; none if all are silent.
    """
    return shapes.messages(source) or shapes.messages(shape) or shapes.messages(shapes.named(shape))


def worded(by_language: Mapping[str, str], component: str, shape: str) -> tuple[str, str]:
    """Return the Chinese and the English message; where there is none, which constraint of which shape is not met."""
    if by_language:
        return bilingual(by_language)
    constraint = component.removeprefix(SH).removesuffix("ConstraintComponent")
    return f"不符合形状 <{shape}> 的约束 {constraint}。", f"Does not meet the constraint {constraint} of <{shape}>."
