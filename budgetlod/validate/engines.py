"""The engines that can evaluate the shapes, as a table, and what each of them has to return.

An engine is a module with one function ``evaluate(data, shapes) -> Answer``. All engines must give the same raw
results; severity, identifiers and evidence are added afterwards from the shapes and the data (assemble.py).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from budgetlod.core.errors import BudgetlodError

if TYPE_CHECKING:
    from budgetlod.validate.data import Data
    from budgetlod.validate.shapes import Shapes

DEFAULT_ENGINE = "fast"


class UnknownEngine(BudgetlodError):
    """No engine has the name asked for."""


class EngineFailure(BudgetlodError):
    """An engine could not evaluate the shapes: the shapes or the engine are broken, not the data."""


class RawResult(NamedTuple):
    """One result of an engine. ``focus``, ``value`` and ``path`` are N-Triples terms; a path that is not one
    predicate is written as a SPARQL 1.1 property path; ``value`` and ``path`` may be empty. ``shape`` is an IRI.
    ``bindings`` are the values that the message names, as lexical forms, sorted by name. ``component`` is the IRI of
    the constraint component. Numbers are in the shortest form of their value (see writing.py).
    """

    shape: str
    focus: str
    path: str
    value: str
    zh: str
    en: str
    bindings: tuple[tuple[str, str], ...] = ()
    component: str = ""


class Answer(NamedTuple):
    """What an engine found, and the shapes (IRIs, sorted) that it had to hand to another engine."""

    results: list[RawResult]
    delegated: tuple[str, ...] = ()


class Evaluate(Protocol):
    """The one function of an engine's module."""

    def __call__(self, data: Data, shapes: Shapes) -> Answer:
        """Return a raw result for each violated constraint; neither data nor shapes may be changed."""


class Engine(NamedTuple):
    """A row of the table: what the engine is called, where it lives and what it is good for."""

    name: str
    module: str
    purpose: str


ENGINES: tuple[Engine, ...] = (
    Engine(
        "fast", "budgetlod.validate.fast", "shapes compiled to sets, loops and, for the rest, one query for all nodes"
    ),
    Engine(
        "pyshacl", "budgetlod.validate.reference", "reference: pySHACL, with the queries of the shapes prepared once"
    ),
)


def engine_named(name: str) -> Evaluate:
    """Return the function of the engine ``name``, importing its module now; raises :class:`UnknownEngine`."""
    for engine in ENGINES:
        if engine.name == name:
            return cast(Evaluate, import_module(engine.module).evaluate)
    raise UnknownEngine(f"no engine {name!r}; there is {', '.join(engine.name for engine in ENGINES)}")
