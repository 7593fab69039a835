"""Work in processes of its own that may be killed: bounded in time and memory, whatever the work does.

:func:`run_all` gives one item at a time to each worker. An item that takes too long, takes too much memory, or brings
its worker down is reported as such, its worker replaced, and the rest go on. Nothing here knows what the work is.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Any, Generic, Literal, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

Fault = Literal["", "slow", "memory", "crashed", "failed"]
"""What became of an item: nothing bad, over its time, over its memory, its worker died, or an exception."""

_START_SECONDS = 120.0
_ORDERLY_SECONDS = 2.0
_LONGEST_WAIT = 3600.0
_NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Bounds:
    """What one item may cost: seconds by the clock, bytes of memory that its worker may hold (0: any number).

    The memory is bounded where the system can (Linux: private writable memory, ``RLIMIT_DATA``); elsewhere only time is.
    """

    seconds: float
    memory: int = 0


@dataclass(frozen=True)
class Outcome(Generic[Made]):
    """What became of the item at ``index``: its value, or a fault; ``detail`` is for a person who looks for the cause.

    ``seconds`` by the clock; ``megabytes`` is the most memory that the worker has held so far (0: not known).
    """

    index: int
    value: Made | None = None
    fault: Fault = ""
    detail: str = ""
    seconds: float = 0.0
    megabytes: int = 0


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_all(
    work: Callable[[Item], Made], items: Sequence[Item], bounds: Bounds, jobs: int = 0, preload: Sequence[str] = ()
) -> Iterator[Outcome[Made]]:
    """Yield the outcome of ``work`` for every item as each is done, in no certain order.

    ``work``, the items and what is made of them go between processes, so all must be picklable. ``jobs`` is the number
    of workers (0: one a core); ``preload`` names modules that all workers share. When the caller stops (Ctrl-C, an
    exception, an iterator that is closed) all workers are killed at once. Raises :class:`RuntimeError` when no worker
    can be started.
    """
    team = _Team(work, bounds, _context(preload))
    try:
        yield from team.run(items, jobs or cores())
    finally:
        team.end()


def _context(preload: Sequence[str]) -> ForkServerContext | SpawnContext:
    """Return how processes are made: forked off a small server that has the modules already, where there is one.

    Never forked off this process, whose threads (a progress bar) may hold locks at that moment.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *preload])
    return context


class _Worker:
    """One process and what it is at."""

    def __init__(self, context: ForkServerContext | SpawnContext, work: Callable[[Any], Any], memory: int) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work, memory), daemon=True)
        self.process.start()
        theirs.close()
        self.ready, self.index, self.since = False, -1, time.monotonic()

    def give(self, index: int, item: object) -> None:
        """Begin an item."""
        self.index, self.since = index, time.monotonic()
        # One that has died meanwhile is found out when it is listened to.
        with contextlib.suppress(ConnectionError):
            self.connection.send(item)

    @property
    def seconds(self) -> float:
        """How long the worker has been at its item, or at its start."""
        return time.monotonic() - self.since

    def end(self, kill: bool = True) -> int:
        """End the process and return its exit code; without ``kill`` it has a moment to end by itself."""
        self.connection.close()
        if not kill:
            self.process.join(_ORDERLY_SECONDS)
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        return code or 0


class _Team(Generic[Item, Made]):
    """The workers of one run."""

    def __init__(self, work: Callable[[Item], Made], bounds: Bounds, context: ForkServerContext | SpawnContext) -> None:
        self.work, self.bounds, self.context = work, bounds, context
        self.workers: list[_Worker] = []

    def run(self, items: Sequence[Item], jobs: int) -> Iterator[Outcome[Made]]:
        waiting = deque(enumerate(items))
        left = len(items)
        while left:
            while len(self.workers) < min(jobs, left):
                self.workers.append(_Worker(self.context, self.work, self.bounds.memory))
            for worker in self.workers:
                if worker.ready and worker.index < 0 and waiting:
                    worker.give(*waiting.popleft())
            for outcome in self._next():
                left -= 1
                yield outcome

    def _next(self) -> list[Outcome[Made]]:
        """Wait until a worker says something, dies, or is over its time; return the items that are done by that."""
        patience = min(self._limit(worker) - worker.seconds for worker in self.workers)
        told = wait([worker.connection for worker in self.workers], max(0.0, min(patience, _LONGEST_WAIT)))
        outcomes = []
        for worker in list(self.workers):
            if worker.connection in told:
                outcomes += self._hear(worker)
            elif worker.seconds >= self._limit(worker):
                outcomes.append(self._stop(worker))
        return outcomes

    def _limit(self, worker: _Worker) -> float:
        if not worker.ready:
            return _START_SECONDS
        return self.bounds.seconds if worker.index >= 0 else math.inf

    def _hear(self, worker: _Worker) -> list[Outcome[Made]]:
        seconds, index = worker.seconds, worker.index
        try:
            message = worker.connection.recv()
        except (EOFError, ConnectionError):
            code = self._dismiss(worker, kill=False)
            if not worker.ready:
                raise RuntimeError(f"a worker cannot be started ({_ending(code)})") from None
            return [Outcome(index, fault="crashed", detail=_ending(code), seconds=seconds)]
        if not worker.ready:
            worker.ready, worker.since = True, time.monotonic()
            return []
        worker.index = -1
        value, fault, detail, megabytes = message
        if fault == "memory":
            # What is left of the work may still hold the memory.
            self._dismiss(worker)
        return [Outcome(index, value, fault, detail, seconds, megabytes)]

    def _stop(self, worker: _Worker) -> Outcome[Made]:
        seconds, index = worker.seconds, worker.index
        self._dismiss(worker)
        if not worker.ready:
            raise RuntimeError(f"a worker does not start within {_START_SECONDS:.0f} seconds")
        return Outcome(index, fault="slow", seconds=seconds)

    def _dismiss(self, worker: _Worker, kill: bool = True) -> int:
        """Take a worker off the team; one that is dying is not killed: its exit code tells how it died."""
        self.workers.remove(worker)
        return worker.end(kill)

    def end(self) -> None:
        """End all workers: the ones at work are killed, the others stop when their connection closes."""
        workers, self.workers = self.workers, []
        for worker in workers:
            if worker.index >= 0 or not worker.ready:
                worker.process.kill()
            worker.connection.close()
        for worker in workers:
            worker.end(kill=False)


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


# --- in the worker ------------------------------------------------------------------------------------------------------------


def _serve(connection: Connection, work: Callable[[Any], Any], memory: int) -> None:
    """Take items and send what was made of them, until the other end is closed."""
    # Ctrl-C reaches every process of the terminal; the one that gave the work ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_the_caller()
    try:
        connection.send("ready")
        if memory:
            _bound_memory(memory)
        while True:
            _send(connection, _attempt(work, connection.recv(), memory))
    except (EOFError, ConnectionError):
        return


def _attempt(work: Callable[[Any], Any], item: object, memory: int) -> tuple[Any, Fault, str]:
    try:
        return work(item), "", ""
    except MemoryError:
        return None, "memory", ""
    except Exception:  # noqa: BLE001 - a fault in one item is reported, the others go on
        # Where memory ends inside a library, what comes out may be any exception.
        exhausted = memory and _peak() << 20 > _NEARLY_ALL * memory
        return None, "memory" if exhausted else "failed", traceback.format_exc()


def _send(connection: Connection, made: tuple[Any, Fault, str]) -> None:
    try:
        connection.send((*made, _peak()))
    except MemoryError:
        connection.send((None, "memory", "", _peak()))
    except (TypeError, ValueError, AttributeError):
        connection.send((None, "failed", traceback.format_exc(), _peak()))


def _end_with_the_caller() -> None:
    """End this process when the one that gave the work is gone: killed, it cannot end its workers itself."""
    caller = multiprocessing.parent_process()
    if caller is None:
        return

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(caller.sentinel,), daemon=True).start()


def _bound_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # pragma: no cover - a system without such bounds
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _peak() -> int:
    """Return the most memory that this process has held, in megabytes."""
    try:
        import resource
    except ImportError:  # pragma: no cover - a system that does not tell
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak // (1 << 20) if sys.platform == "darwin" else peak // (1 << 10))
