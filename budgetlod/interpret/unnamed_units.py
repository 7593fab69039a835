"""Tell the units of a table apart that is printed unit by unit without naming them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_CLASS = 3


class CodedRow(NamedTuple):
    """The codes that a row prints, and the label beside them."""

    codes: tuple[str, ...]
    label: str


def unnamed_units(rows: Sequence[CodedRow | None]) -> list[str]:
    """Return ``unit-1``, ``unit-2`` … for the rows of a table that is printed unit by unit without naming the units.

    ``rows`` has ``None`` for rows without codes. Such a table begins anew at the class it began with: no code stands
    twice in one run, every run shares codes with another, and a code has one label. Otherwise all names are empty.
    """
    nothing = [""] * len(rows)
    runs: list[dict[tuple[str, ...], int]] = []
    labels: dict[tuple[str, ...], str] = {}
    last: tuple[str, ...] = ()
    for number, row in enumerate(rows):
        if row is None:
            continue
        if not runs or (row.codes <= last and row.codes[0][:_CLASS] == next(iter(runs[0]))[0][:_CLASS]):
            runs.append({})
        if labels.setdefault(row.codes, row.label) != row.label or row.codes in runs[-1]:
            return nothing
        runs[-1][row.codes] = number
        last = row.codes
    if len(runs) < 2 or not all(any(run.keys() & other.keys() for other in runs if other is not run) for run in runs):
        return nothing
    serials = {number: serial for serial, run in enumerate(runs, 1) for number in run.values()}
    return [f"unit-{serials[number]}" if number in serials else "" for number in range(len(rows))]
