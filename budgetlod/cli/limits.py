"""Options that say what a document may cost, shared by the commands that read documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from budgetlod.read.limits import DEFAULTS, MEGABYTE, Limits

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--max-seconds", type=click.FloatRange(min=0, min_open=True), default=DEFAULTS.seconds, show_default=True,
        help="Give a document up after so many seconds.",
    ),
    click.option(
        "--max-memory", type=click.IntRange(min=1), default=DEFAULTS.memory // MEGABYTE, show_default=True, metavar="MB",
        help="Give a document up when reading it takes more megabytes of memory.",
    ),
    click.option(
        "--max-pages", type=click.IntRange(min=1), default=DEFAULTS.pages, show_default=True,
        help="Refuse a document of more pages.",
    ),
    click.option(
        "--jobs", type=click.IntRange(min=0), default=0, show_default=True, metavar="N",
        help="Read N documents at a time; 0: one on each core.",
    ),
)  # fmt: skip


def limit_options(command: Command) -> Command:
    """Add ``--max-seconds``, ``--max-memory``, ``--max-pages`` and ``--jobs`` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def limits_of(max_seconds: float, max_memory: int, max_pages: int) -> Limits:
    """Return the limits that the options state; what has no option stays at its default."""
    return Limits(seconds=max_seconds, memory=max_memory * MEGABYTE, pages=max_pages)
