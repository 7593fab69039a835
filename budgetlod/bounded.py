"""Reading documents in processes that may be killed: what a fault means to the person whose document it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile
from budgetlod.read.limits import Limits, limited, too_large, too_slow

if TYPE_CHECKING:
    from budgetlod.core.workers import Outcome

# Workers need much of the library of processes; it is loaded when the first is started.
WARM = ("budgetlod.batch.warm",)
"""What all workers share from their first moment."""
_SMALL = 1_000_000
_PLAIN = frozenset([".txt", ".csv"])

Item = TypeVar("Item")
Made = TypeVar("Made")


class Refused(NamedTuple):
    """A source that could not be used, and why."""

    problems: tuple[Problem, ...]


def run_bounded(
    work: Callable[[Item], Made], items: Sequence[Item], limits: Limits, jobs: int = 0
) -> Iterator[Outcome[Made]]:
    """Yield what became of each item in workers that are held to ``limits`` (``jobs``: how many, 0: one a core)."""
    from budgetlod.core.workers import Bounds, run_all

    yield from run_all(work, items, Bounds(limits.seconds, limits.memory), jobs, WARM)


def is_harmless(source: SourceFile) -> bool:
    """Return whether a source is a small text: reading it costs less than a process of its own."""
    return all(
        path.suffix.lower() in _PLAIN and path.is_file() and path.stat().st_size <= _SMALL for path in source.paths
    )


def fault_problem(file: str, outcome: Outcome[Any], limits: Limits) -> Problem:
    """Return the problem of a document at which its worker failed."""
    with limited(limits):
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


def each_bounded(
    work: Callable[[SourceFile], Made], sources: Sequence[SourceFile], limits: Limits, jobs: int = 0
) -> list[Made]:
    """Return what ``work`` makes of each source, in order; a single harmless one is worked on in this process.

    Raises :class:`BadInput` with the problems of all sources that could not be used.
    """
    guarded = Guarded(work, limits)
    if len(sources) == 1 and is_harmless(sources[0]):
        from budgetlod.core.workers import Outcome

        outcomes = [Outcome(0, guarded(sources[0]))]
    else:
        outcomes = sorted(run_bounded(guarded, sources, limits, jobs), key=lambda one: one.index)
    problems: list[Problem] = []
    made: list[Made] = []
    for source, outcome in zip(sources, outcomes, strict=True):
        if outcome.fault:
            problems.append(fault_problem(str(source.path), outcome, limits))
        elif isinstance(outcome.value, Refused):
            problems += outcome.value.problems
        else:
            made.append(outcome.value)  # type: ignore[arg-type]
    if problems:
        raise BadInput(problems)
    return made


class Guarded:
    """Work that gives the problems of a bad source as a value: exceptions do not go well between processes."""

    def __init__(self, work: Callable[[Any], Any], limits: Limits) -> None:
        self._work, self._limits = work, limits

    def __call__(self, item: Any) -> Any:
        """Return what the work makes, or a :class:`Refused`."""
        try:
            with limited(self._limits):
                return self._work(item)
        except BadInput as error:
            return Refused(error.problems)
