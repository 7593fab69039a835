"""The fast engine: each constraint once, for all its focus nodes.

Shapes are compiled once (compiled.py): SHACL Core in core.py, values.py and conformance.py, SPARQL constraints in
sparql.py after soundness.py has looked at them. What cannot be compiled so that it means the same is left to the
reference engine, and the answer names it. For one graph: the triples are read by predicate (../triples.py), screens
leave the focus nodes that may break a constraint (screens.py), the programs that queries were made into answer for them
(programs.py), and only for what is left a store is filled and asked (run.py).
"""

from __future__ import annotations

from budgetlod.validate.data import Data
from budgetlod.validate.engines import Answer
from budgetlod.validate.fast.compiled import compiled, narrowed
from budgetlod.validate.fast.run import Run
from budgetlod.validate.shapes import Shapes
from budgetlod.validate.triples import no_collection

__all__ = ["evaluate"]


def evaluate(data: Data, shapes: Shapes) -> Answer:
    """Return the results of all shapes, each once; ``delegated`` are the shapes that pySHACL evaluated.

    Raises :class:`~budgetlod.validate.engines.EngineFailure` when pySHACL cannot run those.
    """
    made = compiled(shapes, subclasses=data.triples.has_subclasses)
    run = Run(data, made.constraints)
    with no_collection():
        results = run.results()
    left = frozenset(made.delegated) | run.left
    if left:
        from budgetlod.validate import reference

        results += reference.evaluate(data, narrowed(shapes, left)).results
    return Answer(list(dict.fromkeys(results)), tuple(sorted(left)))
