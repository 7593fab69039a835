"""pyrudof, a SHACL engine of other people, as a third opinion."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from budgetlod.validate.data import Data
from budgetlod.validate.engines import RawResult
from budgetlod.validate.shapes import Shapes
from budgetlod.validate.writing import binding_text

Found = tuple[str, str, str, str]
"""Shape, focus node, value and component; a literal without its datatype."""

_LITERAL = re.compile(r'"(.*)"(?:@[\w-]+|\^\^\S+)?', re.DOTALL)


class _Session:
    """An engine that keeps what it read: as a rule the next question is about the same shapes, or the same data."""

    def __init__(self) -> None:
        self._pyrudof: Any = pytest.importorskip("pyrudof", reason="pyrudof is not installed")
        self._engine = self._pyrudof.Rudof(self._pyrudof.RudofConfig())
        self._data: Data | None = None
        self._shapes: Shapes | None = None

    def results(self, data: Data, shapes: Shapes) -> Any:
        if data is not self._data:
            self._engine.reset_data()
            self._engine.read_data(data.lines.decode(), self._pyrudof.RDFFormat.NTriples)
            self._data = data
        if shapes is not self._shapes:
            self._engine.reset_shacl()
            lines = "".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in shapes.triples)
            self._engine.read_shacl(lines, self._pyrudof.ShaclFormat.NTriples)
            self._shapes = shapes
        return self._engine.validate_shacl()


@cache
def _session() -> _Session:
    return _Session()


def evaluate(data: Data, shapes: Shapes) -> set[Found]:
    """Return what pyrudof finds; skips the test where it is not installed."""
    return {
        (str(e.source_shape), str(e.focus_node), _plain(str(e.value or "")), str(e.constraint_component))
        for e in _session().results(data, shapes)
    }


def found(result: RawResult) -> Found:
    """Return one of our results in the same words."""
    return result.shape, _plain(result.focus), _plain(result.value), result.component


def _plain(term: str) -> str:
    """Return an IRI or the text of a literal."""
    match = _LITERAL.fullmatch(term)
    return binding_text(match[1] if match else term.removeprefix("<").removesuffix(">"))
