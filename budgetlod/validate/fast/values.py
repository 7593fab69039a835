"""Constraints on one value: for each component the SPARQL expression that is true of a value that breaks it.

No expression ends in an error: where SPARQL would give one, SHACL speaks of a violation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode

from budgetlod.rdf import terms
from budgetlod.rdf.names import RDF, RDFS, SH, XSD
from budgetlod.validate.fast.unsupported import Unsupported
from budgetlod.validate.shape_graph import Node, ShapeGraph
from budgetlod.validate.triples import SUBCLASS

_WHOLE, _SIGN = r"[0-9]+", "[+-]?"
_REAL = rf"({_WHOLE}(\.[0-9]*)?|\.[0-9]+)"
# Lexical forms by datatype; of those that are None every string is one. A store changes the others that there are.
LEXICAL: dict[str, str | None] = {
    XSD + "string": None,
    XSD + "anyURI": None,
    RDF + "langString": None,
    XSD + "decimal": f"^{_SIGN}{_REAL}$",
    XSD + "integer": f"^{_SIGN}{_WHOLE}$",
    XSD + "boolean": "^(true|false|0|1)$",
    XSD + "double": f"^({_SIGN}{_REAL}([eE]{_SIGN}{_WHOLE})?|[+-]?INF|NaN)$",
    XSD + "float": f"^({_SIGN}{_REAL}([eE]{_SIGN}{_WHOLE})?|[+-]?INF|NaN)$",
}
# Only a conversion knows how many days a month has.
_CALENDAR = frozenset(XSD + name for name in ("date", "dateTime", "time"))
_UNCHECKED = frozenset(XSD + name for name in ("gYear", "gYearMonth"))
# Of these a store keeps the value only, so that 1.0 and 1.00 cannot be told apart.
_BY_VALUE = frozenset(
    XSD + name for name in ("decimal", "double", "float", "dateTime", "date", "time", "duration", "dayTimeDuration")
)
_KINDS = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBlank({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "(isBlank({0}) || isIRI({0}))",
    "BlankNodeOrLiteral": "(isBlank({0}) || isLiteral({0}))",
    "IRIOrLiteral": "(isIRI({0}) || isLiteral({0}))",
}
_RANGES = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
_BEYOND_REGULAR = re.compile(r"\(\?[=!<P]|\\[1-9pPbBAZ]")


def class_test(value: str, class_: Node, *, subclasses: bool) -> str:
    """Return the test for a value that is no member of a class."""
    member = f"a/{SUBCLASS.decode()}*" if subclasses else "a"
    return f"NOT EXISTS {{ {value} {member} {term(class_)} }}"


def datatype_test(value: str, datatype: Node) -> str:
    """Return the test for a value that is no well-formed literal of a datatype."""
    name = datatype.value
    other = f"!isLiteral({value}) || DATATYPE({value}) != <{name}>"
    if name in _CALENDAR:
        return _not(f"!({other}) && BOUND({value}) && <{name}>(STR({value})) = <{name}>(STR({value}))")
    if name in LEXICAL:
        form = LEXICAL[name]
        return _not(f"!({other})" if form is None else f"!({other}) && REGEX(STR({value}), {_quoted(form)})")
    if (name.startswith(XSD) and name not in _UNCHECKED) or name == RDFS + "Literal":
        raise Unsupported(f"the datatype {name}")
    return _not(f"!({other})")


def kind_test(value: str, kind: Node) -> str:
    """Return the test for a value that is no IRI, blank node or literal."""
    name = kind.value.removeprefix(SH)
    if name not in _KINDS:
        raise Unsupported(f"the node kind {name}")
    return f"!{_KINDS[name].format(value)}"


def range_test(value: str, limit: Node, sign: str) -> str:
    """Return the test for a value that is not on the right side of a limit."""
    return _not(f"{value} {sign} {term(limit)}")


def length_test(value: str, limit: Node, sign: str) -> str:
    """Return the test for a value whose text is too short or too long."""
    return f"(isBlank({value}) || !COALESCE(STRLEN(STR({value})) {sign} {int(limit.value)}, false))"


def pattern_test(value: str, pattern: Node, flags: str) -> str:
    """Return the test for a value whose text does not match."""
    if _BEYOND_REGULAR.search(pattern.value) or set(flags) - set("imsx"):
        raise Unsupported("a pattern that engines read differently")
    given = f", {_quoted(flags)}" if flags else ""
    return f"(isBlank({value}) || !COALESCE(REGEX(STR({value}), {_quoted(pattern.value)}{given}), false))"


def language_test(value: str, languages: Sequence[Node]) -> str:
    """Return the test for a value in none of the languages."""
    ranges = " || ".join(f"LANGMATCHES(LANG({value}), {_quoted(tag.value)})" for tag in languages)
    return _not(f'isLiteral({value}) && LANG({value}) != "" && ({ranges or "false"})')


def in_test(value: str, members: Sequence[Node]) -> str:
    """Return the test for a value that is none of a list."""
    names = [exact(member) for member in members]
    if all(isinstance(member, NamedNode) for member in members):
        return _not(f"{value} IN ({', '.join(names)})")
    return f"!({' || '.join(f'sameTerm({value}, {name})' for name in names)})"


def value_tests(shapes: ShapeGraph, shape: Node, value: str, *, subclasses: bool) -> list[tuple[str, str]]:
    """Return, for each constraint of a shape on single values, its component (``Datatype``) and the test of ``value``."""
    simple: dict[str, tuple[str, Callable[[Node], str]]] = {
        "class": ("Class", lambda n: class_test(value, n, subclasses=subclasses)),
        "datatype": ("Datatype", lambda n: datatype_test(value, n)),
        "nodeKind": ("NodeKind", lambda n: kind_test(value, n)),
        "minLength": ("MinLength", lambda n: length_test(value, n, ">=")),
        "maxLength": ("MaxLength", lambda n: length_test(value, n, "<=")),
        "pattern": ("Pattern", lambda n: pattern_test(value, n, _flags(shapes, shape))),
        "languageIn": ("LanguageIn", lambda n: language_test(value, shapes.items(n))),
        "in": ("In", lambda n: in_test(value, shapes.items(n))),
    }
    for name, sign in _RANGES.items():
        simple[name] = (name[0].upper() + name[1:], lambda n, sign=sign: range_test(value, n, sign))  # type: ignore[misc]
    return [
        (component, test(parameter))
        for name, (component, test) in simple.items()
        for parameter in shapes.objects(shape, SH + name)
    ]


def term(node: Node) -> str:
    """Return a node of the shapes as a term of a query."""
    if isinstance(node, BlankNode):
        raise Unsupported("a blank node of the shapes as a value")
    if isinstance(node, Literal) and not node.language and node.datatype.value == XSD + "string":
        return _quoted(node.value)
    return str(node)


def exact(node: Node) -> str:
    """Return a node that values are compared with as a term, not by its value."""
    if isinstance(node, Literal) and not node.language and node.datatype.value in _BY_VALUE:
        raise Unsupported("a number or time compared as a term")
    return term(node)


def _flags(shapes: ShapeGraph, shape: Node) -> str:
    found = shapes.value(shape, SH + "flags")
    return "" if found is None else found.value


def _not(expression: str) -> str:
    """Return the test for an expression that is false or an error."""
    return f"!COALESCE({expression}, false)"


def _quoted(text: str) -> str:
    return terms.string(text)
