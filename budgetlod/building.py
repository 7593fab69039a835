"""From sources to a publication: what is unchanged is kept, the rest is made in workers, and the whole appears at one stroke.

How a source becomes a disclosure is the caller's (:mod:`budgetlod.pipeline`); here it is a function that is handed over.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetlod.bounded import Guarded, Refused, fault_problem, is_harmless, run_bounded
from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile
from budgetlod.publish.entry import Entry
from budgetlod.publish.fingerprint import fingerprint
from budgetlod.publish.folder import held
from budgetlod.publish.item import PublishedDisclosure, Withdrawal
from budgetlod.publish.previous import Previous, read_previous
from budgetlod.publish.settings import PublicationSettings
from budgetlod.read.limits import DEFAULTS, Limits
from budgetlod.withdrawing import stated_withdrawals

if TYPE_CHECKING:
    from budgetlod.core.workers import Outcome
    from budgetlod.publish.edition import Edition
    from budgetlod.validate.report import Report

COLLECT_AFTER = 1_000_000
"""A build makes large graphs of records without cycles: the collector would walk them for nothing."""


class Prepared(NamedTuple):
    """A source made ready: its disclosure (``None`` if it is held back), what to tell of it, and the report that holds it."""

    item: PublishedDisclosure | None
    said: Any
    held_back: Report | None = None


class Written(NamedTuple):
    """A disclosure whose folder is written: its entry (``None`` if it is held back), what to tell of it, its report."""

    entry: Entry | None
    said: Any
    held_back: Report | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to build: the settings of the publication, and what is done with sources.

    ``make`` prepares a source; it goes to other processes, so it must be picklable. ``validation`` are the words that
    tell how it validates, ``allow`` whether it lets faults through. ``day`` is the day of this publication, if stated.
    ``full`` makes everything anew, ``keep_going`` publishes what can be published when some sources are bad.
    """

    settings: PublicationSettings
    make: Callable[[SourceFile], Prepared]
    validation: tuple[str, ...] = ()
    allow: bool = False
    withdrawals: tuple[Withdrawal, ...] = ()
    day: str = ""
    full: bool = False
    keep_going: bool = False
    limits: Limits = DEFAULTS
    jobs: int = 0


Progress = Callable[[Iterable["Outcome[Any]"], int], Iterable["Outcome[Any]"]]
"""Sees the sources that are done go by: gets them and how many there will be, and returns them."""


class Publication(NamedTuple):
    """What became of a build: what was told of the disclosures made, which were kept, and what was left out.

    ``up_to_date``: nothing had changed, and nothing was written. ``traces`` are those of exceptions that are faults of this
    program, each once.
    """

    told: tuple[Any, ...] = ()
    kept: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    held_back: Mapping[str, Report] = {}
    up_to_date: bool = False
    traces: tuple[str, ...] = ()


class _Task(NamedTuple):
    source: SourceFile
    fingerprint: str
    part: Path = Path()


def build_publication(
    sources: Sequence[SourceFile], destination: Path, plan: Plan, progress: Progress | None = None
) -> Publication:
    """Build the publication of ``sources`` in ``destination``.

    Raises :class:`BadInput` (bad or conflicting sources, something published that would get lost, another build at work,
    a destination that is no publication or is full) and :class:`~budgetlod.validate.gate.NonConforming`; what was published
    before is then untouched.
    """
    with held(destination) as home:
        previous = read_previous(home)
        withdrawals = [*plan.withdrawals, *stated_withdrawals(sources, previous)]
        tasks = [_Task(one, _identify(one, plan)) for one in sources if not one.notes.withdrawn]
        known = {} if plan.full else dict(_unchanged(tasks, previous, plan))
        if len(known) == len(tasks) and _is_up_to_date(known.values(), withdrawals, previous):
            return Publication(kept=tuple(known.values()), up_to_date=True)
        # Loaded only when there is something to write: most builds find that nothing changed.
        from budgetlod.publish.edition import edition

        with edition(home, previous, plan.settings) as made:
            return _build(tasks, known, withdrawals, plan, made, _Work(plan, home), progress)


def _identify(source: SourceFile, plan: Plan) -> str:
    notes = source.notes
    # Where corrections lie on this machine is nobody's business.
    notes = notes._replace(corrections=notes.corrections._replace(file=Path(notes.corrections.file).name))
    try:
        return fingerprint(source.paths, notes, plan.settings, plan.validation)
    except OSError as error:
        zh, en = f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}"
        raise BadInput(Problem("source-unreadable", "error", zh, en, file=str(source.path))) from error


def _unchanged(tasks: Sequence[_Task], previous: Previous, plan: Plan) -> Iterator[tuple[int, Entry]]:
    """Yield the tasks whose result is there already, by number."""
    for number, task in enumerate(tasks):
        entry = previous.by_fingerprint.get(task.fingerprint)
        if entry and (plan.allow or not (entry.quality and entry.quality.violations)) and previous.is_intact(entry):
            yield number, entry


def _is_up_to_date(kept: Iterable[Entry], withdrawals: Sequence[Withdrawal], previous: Previous) -> bool:
    entries = previous.entries.values()
    live = {entry.folder for entry in entries if not entry.withdrawn}
    buried = {(entry.folder, entry.withdrawn) for entry in entries if entry.withdrawn}
    same = live == {entry.folder for entry in kept} and {(one.folder, one.withdrawn) for one in withdrawals} <= buried
    return bool(live) and same and previous.is_whole()


def _build(
    tasks: Sequence[_Task],
    known: Mapping[int, Entry],
    withdrawals: Sequence[Withdrawal],
    plan: Plan,
    made: Edition,
    work: _Work,
    progress: Progress | None,
) -> Publication:
    todo = {n: task._replace(part=made.part(n)) for n, task in enumerate(tasks) if n not in known}
    outcomes = dict(zip(todo, _outcomes(list(todo.values()), plan, work, progress), strict=True))
    problems = tuple(_problems(todo, outcomes, plan))
    written = {n: one.value for n, one in outcomes.items() if isinstance(one.value, Written)}
    held_back = {str(tasks[n].source.path): one.held_back for n, one in written.items() if one.held_back}
    if not plan.keep_going:
        _stop(problems, held_back)
    entries, rivals = _without_rivals(
        {**known, **{n: one.entry for n, one in written.items() if one.entry}},
        dict(enumerate(one.source for one in tasks)),
    )
    if not plan.keep_going:
        _stop(rivals, {})
    problems += rivals
    for number, entry in sorted(entries.items()):
        if number in known:
            made.keep(entry)
        else:
            made.add(todo[number].part, entry)
    made.finish(withdrawals, keep_missing=bool(problems or held_back))
    told = tuple(one.said for n, one in sorted(written.items()) if n in entries)
    traces = dict.fromkeys(one.detail for one in outcomes.values() if one.fault == "failed")
    kept = tuple(entry for n, entry in sorted(entries.items()) if n in known)
    return Publication(told, kept, problems, held_back, traces=tuple(traces))


def _outcomes(
    tasks: Sequence[_Task], plan: Plan, work: _Work, progress: Progress | None
) -> list[Outcome[Written | Refused]]:
    """Return what became of the tasks, in order."""
    done: Iterable[Outcome[Written | Refused]]
    guarded: Callable[[_Task], Written | Refused] = Guarded(work, plan.limits)
    if len(tasks) == 1 and is_harmless(tasks[0].source):
        from budgetlod.core.workers import Outcome

        done = (Outcome(index, guarded(task)) for index, task in enumerate(tasks))
    else:
        done = run_bounded(guarded, tasks, plan.limits, plan.jobs)
    return sorted(done if progress is None else progress(done, len(tasks)), key=lambda outcome: outcome.index)


def _problems(
    todo: Mapping[int, _Task], outcomes: Mapping[int, Outcome[Written | Refused]], plan: Plan
) -> Iterator[Problem]:
    """Yield why sources are bad; an exception that is a fault of this program ends the build with its trace."""
    for number, outcome in outcomes.items():
        if outcome.fault == "failed" and not plan.keep_going:
            raise RuntimeError(outcome.detail)
        if outcome.fault:
            yield fault_problem(str(todo[number].source.path), outcome, plan.limits)
        elif isinstance(outcome.value, Refused):
            yield from outcome.value.problems


def _stop(problems: Sequence[Problem], held_back: Mapping[str, Report]) -> None:
    if problems:
        raise BadInput(problems)
    if held_back:
        from budgetlod.validate.gate import NonConforming

        raise NonConforming(*held_back.values(), names=tuple(held_back))


def _without_rivals(
    entries: Mapping[int, Entry], sources: Mapping[int, SourceFile]
) -> tuple[dict[int, Entry], tuple[Problem, ...]]:
    """Return the entries that one source alone claims, and a problem for each that several do."""
    claims: dict[str, list[int]] = defaultdict(list)
    for number, entry in sorted(entries.items()):
        claims[entry.folder].append(number)
    problems = [
        _claimed_twice(folder, [str(sources[number].path) for number in numbers])
        for folder, numbers in claims.items()
        if len(numbers) > 1
    ]
    return {number: entry for number, entry in entries.items() if len(claims[entry.folder]) == 1}, tuple(problems)


def _claimed_twice(folder: str, files: Sequence[str]) -> Problem:
    key = folder.removeprefix("dataset/")
    return Problem(
        "disclosure-claimed-twice", "error",
        f"这些来源都是 {key}：{'、'.join(files)}", f"these sources are all the disclosure {key}: {', '.join(files)}",
        "只保留一个；若是同一公开的几个文件，在一个 source.toml 中列出；或更正 area、code、fiscal_year、phase",
        "keep one; if they are files of one disclosure, list them in one source.toml; "
        "or correct area, code, fiscal_year or phase in source.toml",
        files[-1],
    )  # fmt: skip


class _Work:
    """What a worker does with a task: prepare the source, and write its folder unless it is held back."""

    def __init__(self, plan: Plan, home: Path) -> None:
        self._plan, self._home = plan, home

    def __call__(self, task: _Task) -> Written:
        """Return what was written; raises :class:`BadInput`."""
        # What writes pages is loaded where pages are written.
        from budgetlod.publish.disclosed import Origin, write_disclosure
        from budgetlod.publish.folder import FolderWriter, cannot_write, is_no_space
        from budgetlod.publish.previous import entry_at
        from budgetlod.publish.versions import Past

        gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
        item, said, held_back = self._plan.make(task.source)
        if item is None:
            return Written(None, said, held_back)
        past = Past(entry_at(self._home, item.folder), self._home)
        origin = Origin(task.fingerprint, past, self._plan.day)
        try:
            entry = write_disclosure(FolderWriter(task.part), item, self._plan.settings, origin)
        except OSError as problem:
            if is_no_space(problem):
                raise cannot_write(self._home, problem) from problem
            raise
        return Written(entry, said, None)
