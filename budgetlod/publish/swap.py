"""Putting a finished folder in the place of another at one stroke, and tidying up after a process that was killed.

Linux exchanges two names atomically (``renameat2`` with ``RENAME_EXCHANGE``, renameat(2)): a reader finds the old folder or
the new one, never none. Elsewhere two renames do it, and for an instant there is no folder; what a process leaves that is
killed at that instant is put back by :func:`tidy` when the next build begins.
"""

from __future__ import annotations

import ctypes
import errno
import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

NEW, OLD = "new", "old"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM)


def free_sibling(destination: Path, purpose: str) -> Path:
    """Return the path of a hidden sibling that does not exist: renaming to it stays on one file system."""
    candidates = (
        destination.with_name(f".{destination.name}.{os.getpid()}-{number}.{purpose}") for number in itertools.count()
    )
    return next(path for path in candidates if not path.exists())


def put_in_place(made: Path, destination: Path) -> None:
    """Put the folder ``made`` where ``destination`` is, and remove what was there.

    If that fails the old folder is back in its place and ``OSError`` is raised.
    """
    if not destination.exists():
        made.rename(destination)
    elif exchange(made, destination):
        shutil.rmtree(made, ignore_errors=True)
    else:
        _rename_twice(made, destination)


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders atomically; return whether the system can. Raises ``OSError``."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def tidy(destination: Path) -> None:
    """Put back what a killed process moved away, and remove what it left half done. Call it with the lock held."""
    left = sorted(_left(destination, OLD))
    if left and not destination.exists():
        left.pop().rename(destination)
    for path in (*left, *_left(destination, NEW)):
        shutil.rmtree(path, ignore_errors=True)


def _left(destination: Path, purpose: str) -> Iterator[Path]:
    start, end = f".{destination.name}.", f".{purpose}"
    for path in destination.parent.iterdir():
        middle = path.name[len(start) : -len(end)]
        if path.name.startswith(start) and path.name.endswith(end) and middle.replace("-", "", 1).isdigit():
            yield path


def _rename_twice(made: Path, destination: Path) -> None:
    old = free_sibling(destination, OLD)
    try:
        destination.rename(old)
        made.rename(destination)
    except BaseException:
        if old.exists() and not destination.exists():
            old.rename(destination)
        raise
    shutil.rmtree(old, ignore_errors=True)
