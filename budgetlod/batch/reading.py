"""Read many sources in workers: one record for each, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from budgetlod.core.workers import Bounds, Outcome, run_all
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.limits import DEFAULTS, Limits, limited, too_large, too_slow

WARM = ("budgetlod.batch.warm",)
Record = dict[str, Any]


class Refused(NamedTuple):
    """A source that could not be used, and why."""

    problems: tuple[Problem, ...]


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
    bounds = Bounds(limits.seconds, limits.memory)
    for outcome in run_all(work or partial(read_records, limits=limits), paths, bounds, jobs, WARM):
        with limited(limits):
            yield outcome.index, _read(paths[outcome.index], outcome)


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


def _read(path: Path, outcome: Outcome[list[Record] | Refused]) -> Read:
    value = outcome.value
    records = () if value is None or isinstance(value, Refused) else tuple(value)
    problems = value.problems if isinstance(value, Refused) else ()
    if outcome.fault:
        problems = (_problem(str(path), outcome),)
    trace = outcome.detail if outcome.fault == "failed" else ""
    return Read(path, records, problems, outcome.seconds, outcome.megabytes, trace)


def _problem(file: str, outcome: Outcome[Any]) -> Problem:
    """Return what a fault means to the person whose document it is."""
    if outcome.fault == "slow":
        return too_slow(file)
    if outcome.fault == "memory":
        return too_large("memory", file)
    if outcome.fault == "crashed":
        return Problem(
            "source-crashed", "error",
            f"读取时进程异常终止（{outcome.detail}）", f"the process that read it died ({outcome.detail})",
            "文件可能已损坏：请重新下载或另存；也可能内存不足：请放宽 --max-memory；仍如此请报告",
            "it may be damaged: fetch or save it anew; or it needs more memory: raise --max-memory; report it if neither helps",
            file,
        )  # fmt: skip
    what = outcome.detail.strip().rpartition("\n")[2]
    return Problem(
        "source-failed", "error", f"程序内部错误：{what}", f"a fault of this program: {what}",
        "请连同文件报告", "please report it with the file", file,
    )  # fmt: skip
