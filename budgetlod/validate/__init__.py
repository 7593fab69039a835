"""Validation: shapes over a graph give a report, the gate decides what the report means for publication.

One door::

    from budgetlod.validate import validate
    report = validate(graph)                        # everything a publication must pass
    report = validate(graph, profile="laws")        # the laws of the cube only

An engine is imported when the door is used, not before: the command line starts without it. rdflib is needed by the
reference engine only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from budgetlod.validate.engines import DEFAULT_ENGINE, engine_named

if TYPE_CHECKING:
    from rdflib import Graph

    from budgetlod.validate.data import Data
    from budgetlod.validate.report import Report

DEFAULT_PROFILE = "publication"

__all__ = ["DEFAULT_ENGINE", "DEFAULT_PROFILE", "validate"]


def validate(
    data: Graph | Data, *, profile: str | Sequence[str] = DEFAULT_PROFILE, engine: str = DEFAULT_ENGINE
) -> Report:
    """Validate ``data`` (the graph of one disclosure, with the code triples it carries) and return the report.

    ``profile`` names a file of ``shapes/profiles/`` or one family of ``shapes/``, or several of them; with
    ``publication`` come the profiles that the tables of the disclosure call for. ``engine`` names a row of
    :data:`budgetlod.validate.engines.ENGINES`. The data is not changed. Raises
    :class:`~budgetlod.validate.shapes.UnknownProfile`, :class:`~budgetlod.validate.engines.UnknownEngine`, or
    :class:`~budgetlod.validate.engines.EngineFailure` when the engine cannot evaluate the shapes.
    """
    # Imported here: a command that does not validate needs none of it.
    from budgetlod.validate.assemble import assemble
    from budgetlod.validate.data import Data
    from budgetlod.validate.profiles import with_called_for
    from budgetlod.validate.shapes import load_shapes

    evaluate = engine_named(engine)
    given = data if isinstance(data, Data) else Data.of_graph(data)
    shapes = load_shapes(*with_called_for((profile,) if isinstance(profile, str) else profile, given))
    return assemble(evaluate(given, shapes), given, shapes, engine=engine)
