"""pyrudof, a SHACL engine of other people, as a third opinion."""

from __future__ import annotations

import re
from typing import Any

import pytest

from budgetlod.validate.data import Data
from budgetlod.validate.engines import RawResult
from budgetlod.validate.shapes import Shapes
from budgetlod.validate.writing import binding_text

Found = tuple[str, str, str, str]
"""Shape, focus node, value and component; a literal without its datatype."""

_LITERAL = re.compile(r'"(.*)"(?:@[\w-]+|\^\^\S+)?', re.DOTALL)


def evaluate(data: Data, shapes: Shapes) -> set[Found]:
    """Return what pyrudof finds; skips the test where it is not installed."""
    pyrudof: Any = pytest.importorskip("pyrudof", reason="pyrudof is not installed")
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_data(data.lines.decode(), pyrudof.RDFFormat.NTriples)
    lines = "".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in shapes.triples)
    session.read_shacl(lines, pyrudof.ShaclFormat.NTriples)
    return {
        (str(e.source_shape), str(e.focus_node), _plain(str(e.value or "")), str(e.constraint_component))
        for e in session.validate_shacl()
    }


def found(result: RawResult) -> Found:
    """Return one of our results in the same words."""
    return result.shape, _plain(result.focus), _plain(result.value), result.component


def _plain(term: str) -> str:
    """Return an IRI or the text of a literal."""
    match = _LITERAL.fullmatch(term)
    return binding_text(match[1] if match else term.removeprefix("<").removesuffix(">"))
