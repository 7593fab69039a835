"""The Python interface: read a document, get its graph, validate it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from budgetlod import pipeline
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model import disclosure as records
from budgetlod.model.problem import BadInput, Problem
from budgetlod.rdf.iris import BASE
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.terms import Triple
from budgetlod.read.sources import find_sources
from budgetlod.validate import DEFAULT_ENGINE, DEFAULT_PROFILE
from budgetlod.validate import validate as validate_graph
from budgetlod.validate.rules import Rule
from budgetlod.validate.rules import explain as explain_rule

if TYPE_CHECKING:
    from rdflib import Graph

    from budgetlod.validate.report import Report


@dataclass(frozen=True)
class Disclosure(records.Disclosure):
    """A disclosure as read, with its graph.

    The records (``content``, ``figures``, ``relations``, ``problems`` …) are described in
    :mod:`budgetlod.model.disclosure` and its neighbours; amounts are ``Decimal`` in yuan.
    """

    def triples(self, base: str = BASE) -> list[Triple]:
        """Return the graph as sorted triples of N-Triples terms; ``base`` begins the IRIs of the data."""
        return to_triples(self, load_lexicon(), base)

    def graph(self, base: str = BASE) -> Graph:
        """Return the graph as an ``rdflib.Graph``."""
        from budgetlod.rdf.rdflib_graph import to_rdflib

        return to_rdflib(self.triples(base))


def read(path: str | Path) -> Disclosure:
    """Read a document, or a folder with a ``source.toml``, into a :class:`Disclosure`.

    Examples that are run as tests: docs/python-api.md.

    What could not be understood is in ``problems``. Raises :class:`~budgetlod.model.problem.BadInput` when the path
    is missing, names several sources, or holds no disclosure.
    """
    sources = find_sources([Path(path)])
    if len(sources) != 1:
        zh, en = f"有{len(sources)}个来源，应为一个", f"{len(sources)} sources where one is wanted"
        raise BadInput(Problem("source-several", "error", zh, en, file=str(path)))
    found = pipeline.read_source(sources[0])
    return Disclosure(**{field.name: getattr(found, field.name) for field in fields(records.Disclosure)})


def validate(
    data: str | Path | Graph | Disclosure, *, profile: str = DEFAULT_PROFILE, engine: str = DEFAULT_ENGINE
) -> Report:
    """Validate a disclosure, an ``rdflib.Graph`` of one, or a document, and return the report.

    ``profile`` is ``publication`` (everything), ``laws`` or one family of ``shapes/``.
    """
    if isinstance(data, str | Path):
        data = read(data)
    if isinstance(data, Disclosure):
        return pipeline.check(data.triples(), profile, engine)
    return validate_graph(data, profile=profile, engine=engine)


def explain(name: str) -> Rule:
    """Return a rule of consistency by its id (``"A36"``): what it says, why, an example, how to correct, its shapes.

    Raises :class:`~budgetlod.model.problem.BadInput` when there is no such rule.
    """
    return explain_rule(name)
