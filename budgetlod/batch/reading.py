"""Read many sources in workers: one record for each, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from budgetlod.bounded import Refused, fault_problem, run_bounded
from budgetlod.core.workers import Outcome
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.limits import DEFAULTS, Limits, limited

Record = dict[str, Any]


Work = Callable[[Path], list[Record] | Refused]


@dataclass(frozen=True)
class Read:
    """What became of one source: its records (one, as a rule), or the problems for which there are none.

    ``seconds`` by the clock; ``megabytes`` is the most memory that the worker has held until then. ``trace`` is the
    trace of an exception that is a fault of this program.
    """

    path: Path
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    megabytes: int = 0
    trace: str = ""


def read_all(
    paths: Sequence[Path], limits: Limits = DEFAULTS, jobs: int = 0, work: Work | None = None
) -> Iterator[tuple[int, Read]]:
    """Yield what became of the source at each path, with its index, as each is done.

    ``paths`` are such as :func:`~budgetlod.read.sources.source_paths` gives; ``jobs`` is the number of workers (0: one a
    core). ``work`` is what the workers do with a path, by default :func:`read_records`. No document stops the others;
    raises :class:`RuntimeError` when no worker can be started.
    """
    for outcome in run_bounded(work or partial(read_records, limits=limits), paths, limits, jobs):
        yield outcome.index, _read(paths[outcome.index], outcome, limits)


def read_records(path: Path, limits: Limits) -> list[Record] | Refused:
    """Read the source at ``path`` into the records of reading, or say why that cannot be done."""
    # The process that only gives out the work need not load what does it.
    from budgetlod.interpret.coverage import reading
    from budgetlod.pipeline import read_source
    from budgetlod.read.sources import find_sources

    try:
        with limited(limits):
            return [reading(read_source(source)) for source in find_sources([path])]
    except BadInput as error:
        return Refused(error.problems)


def _read(path: Path, outcome: Outcome[list[Record] | Refused], limits: Limits) -> Read:
    value = outcome.value
    records = () if value is None or isinstance(value, Refused) else tuple(value)
    problems = value.problems if isinstance(value, Refused) else ()
    if outcome.fault:
        problems = (fault_problem(str(path), outcome, limits),)
    trace = outcome.detail if outcome.fault == "failed" else ""
    return Read(path, records, problems, outcome.seconds, outcome.megabytes, trace)
