"""Measure child processes: CPU time and peak memory from start to finish, as the operating system counts them.

CPU time is what a user waits for on a quiet machine, and what stays the same on a busy one. The peak of a child is
never below the memory of the process that started it (Linux counts the moment between fork and exec), so this
module and its callers import little.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
# ru_maxrss is in kilobytes, on macOS in bytes (getrusage(2) of each).
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
MEGABYTE = 1_000_000


class ChildError(Exception):
    """A measured command ended with an error; what it printed is in the message."""


@dataclass
class Contender:
    """A command to measure: ``command`` gives its arguments for each run, ``runs`` collects what was measured."""

    name: str
    command: Callable[[], Sequence[str]]
    runs: list[tuple[float, float]] = field(default_factory=list)

    def run(self) -> None:
        """Run the command once and keep its CPU time (seconds) and peak memory (megabytes)."""
        ran = run_child(self.command())
        self.runs.append((ran.seconds, ran.megabytes))

    @property
    def seconds(self) -> list[float]:
        """CPU seconds of all runs, fastest first."""
        return sorted(seconds for seconds, _ in self.runs)

    @property
    def median_seconds(self) -> float:
        """The median CPU time in seconds."""
        return median(self.seconds)

    @property
    def median_megabytes(self) -> float:
        """The median peak memory in megabytes (10^6 bytes)."""
        return median(sorted(megabytes for _, megabytes in self.runs))


def median(ordered: Sequence[float]) -> float:
    """Return the middle of sorted numbers (the mean of both for an even count)."""
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


class Ran(NamedTuple):
    """What a child took: CPU seconds and peak megabytes; and what it printed."""

    seconds: float
    megabytes: float
    output: str


def run_child(arguments: Sequence[str]) -> Ran:
    """Run ``python`` with the arguments in the repository and measure it.

    Raises :class:`ChildError` when it does not end with 0.
    """
    command = [sys.executable, *arguments]
    with (
        TemporaryFile("w+") as complaint,  # two pipes could fill while the other is read
        subprocess.Popen(  # noqa: S603 - the benchmark's own commands
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=complaint, text=True
        ) as process,
    ):
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaint.seek(0)
            raise ChildError(f"{' '.join(command)}: exit code {process.returncode}\n{complaint.read()}")
    return Ran(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT / MEGABYTE, output)
