"""Which published disclosure a ``source.toml`` withdraws: the one it names, or the one made from the same file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile
from budgetlod.publish.item import Withdrawal
from budgetlod.publish.previous import Previous
from budgetlod.read.notes import NOTES


def stated_withdrawals(sources: Iterable[SourceFile], previous: Previous) -> list[Withdrawal]:
    """Return what the sources withdraw; raises :class:`BadInput` where it cannot be told which disclosure is meant."""
    found, problems = [], []
    for source in sources:
        if not source.notes.withdrawn:
            continue
        folder = _folder(source, previous)
        if folder:
            found.append(Withdrawal(folder, source.notes.withdrawn, source.notes.withdrawn_reason.strip()))
        else:
            problems.append(_which(source))
    if problems:
        raise BadInput(problems)
    return found


def _folder(source: SourceFile, previous: Previous) -> str:
    if source.notes.withdrawn_disclosure:
        return f"dataset/{source.notes.withdrawn_disclosure}"
    sums = set(_sums(source))
    return next(
        (folder for folder, entry in previous.entries.items() if sums & {record.sha256 for record in entry.records}), ""
    )


def _sums(source: SourceFile) -> Sequence[str]:
    there = [path for path in source.paths if path.is_file()]
    return source.notes.sha256 or [hashlib.sha256(path.read_bytes()).hexdigest() for path in there]


def _which(source: SourceFile) -> Problem:
    return Problem(
        "withdrawn-which", "error",
        "看不出要撤回哪一份", "it cannot be told which disclosure is withdrawn",
        '在 [withdrawn] 中写 disclosure = "110000-001/2024-budget"', 'state disclosure = "110000-001/2024-budget" in [withdrawn]',
        str(source.path.with_name(NOTES)), "[withdrawn]",
    )  # fmt: skip
