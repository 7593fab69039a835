"""One build at a time on one folder: a lock that ends with the process that holds it.

The lock is an advisory ``flock`` on a hidden file beside the folder, so a process that died, however it died, holds
nothing. The file is removed when the lock is given back; whoever waited on a removed file looks again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from budgetlod.model.problem import BadInput, Problem

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without flock: two builds at once are then not told apart
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(destination: Path) -> Iterator[None]:
    """Hold the lock of the folder ``destination`` (resolved, its parent there).

    Raises :class:`BadInput` at once when another process holds it, and ``OSError`` when it cannot be made.
    """
    path = destination.with_name(f".{destination.name}.lock")
    file = _take(path, destination)
    try:
        yield
    finally:
        # Removed while it is still held: nobody can take the lock of a file that is about to go.
        path.unlink(missing_ok=True)
        os.close(file)


def _take(path: Path, destination: Path) -> int:
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise _busy(destination) from None
        if _is_still_there(file, path):
            return file
        os.close(file)


def _is_still_there(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _busy(destination: Path) -> BadInput:
    return BadInput(
        Problem(
            "build-running", "error",
            "另一个发布正在写入这个文件夹，本次未作改动", "another build is writing to this folder; nothing was changed",
            "等它结束后再试", "try again when it has ended", str(destination),
        )
    )  # fmt: skip
