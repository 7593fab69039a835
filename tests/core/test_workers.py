"""Workers: whatever one item does, the others are done, and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetlod.core.workers import Bounds, Fault, Outcome, cores, run_all

MEGABYTE = 1_000_000
LIMIT = Bounds(seconds=1.0, memory=400 * MEGABYTE)
ROOT = Path(__file__).resolve().parents[2]


def work(item: str) -> str:
    """What the tests want of a worker, by name."""
    return ACTIONS[item]() if item in ACTIONS else item * 2


def sleep() -> str:
    time.sleep(60)
    return "woke up"


def spin() -> str:
    while True:
        pass


def deaf() -> str:
    """Sleeps on whatever it is asked."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)
    return "woke up"


def allocate() -> str:
    return str(len(bytearray(900 * MEGABYTE)))


def exhaust() -> str:
    """Holds next to all memory, and ends in an exception that says nothing of it, as libraries do."""
    held = bytearray(b"x" * (MEGABYTE // 2)) * 680
    raise ValueError(f"broken after {len(held)}")


def leave() -> str:
    os._exit(7)


def segfault() -> str:
    os.kill(os.getpid(), signal.SIGSEGV)
    return "survived"


def fail() -> str:
    raise ZeroDivisionError("a bug")


def unpicklable() -> object:
    return lambda: None


ACTIONS: dict[str, Callable[[], str]] = {
    "sleep": sleep, "spin": spin, "deaf": deaf, "allocate": allocate, "exhaust": exhaust, "leave": leave, "segfault": segfault, "fail": fail,
    "unpicklable": unpicklable,  # type: ignore[dict-item]  # made wrong on purpose
}  # fmt: skip


def outcomes(*items: str, bounds: Bounds = LIMIT, jobs: int = 2) -> list[Outcome[str]]:
    return sorted(run_all(work, items, bounds, jobs), key=lambda outcome: outcome.index)


def test_every_item_is_done_once() -> None:
    items = [str(number) for number in range(20)]
    found = outcomes(*items)
    assert [outcome.index for outcome in found] == list(range(20))
    assert [outcome.value for outcome in found] == [item * 2 for item in items]
    assert {outcome.fault for outcome in found} == {""}
    assert all(0 <= outcome.seconds < LIMIT.seconds for outcome in found)


def test_the_memory_held_is_told() -> None:
    assert all(5 < outcome.megabytes < 500 for outcome in outcomes("a"))


def test_nothing_to_do() -> None:
    assert outcomes() == []


@pytest.mark.parametrize(
    ("item", "fault", "detail"),
    [
        ("sleep", "slow", ""),
        ("spin", "slow", ""),
        ("deaf", "slow", ""),
        ("allocate", "memory", ""),
        ("exhaust", "memory", "ValueError: broken"),
        ("leave", "crashed", "exit code 7"),
        ("segfault", "crashed", "SIGSEGV"),
        ("fail", "failed", "ZeroDivisionError: a bug"),
        ("unpicklable", "failed", "pickle"),
    ],
)
def test_a_bad_item_is_reported_and_the_others_are_done(item: str, fault: Fault, detail: str) -> None:
    patient = Bounds(LIMIT.seconds if fault == "slow" else 60, LIMIT.memory)
    found = outcomes("a", item, "b", "c", bounds=patient, jobs=1)
    assert [outcome.fault for outcome in found] == ["", fault, "", ""]
    assert detail in found[1].detail
    assert [outcome.value for outcome in found] == ["aa", None, "bb", "cc"]


def test_all_bad_items_at_once() -> None:
    found = outcomes("sleep", "leave", "allocate", "segfault", "fail", "a")
    assert [o.fault for o in found] == ["slow", "crashed", "memory", "crashed", "failed", ""]


def test_a_slow_item_costs_its_limit_and_no_more() -> None:
    (found,) = outcomes("sleep")
    assert LIMIT.seconds <= found.seconds < LIMIT.seconds + 5


def test_what_one_worker_did_does_not_bound_this_process() -> None:
    outcomes("allocate")
    assert len(bytearray(500 * MEGABYTE)) == 500 * MEGABYTE


def test_closing_the_iterator_kills_the_workers() -> None:
    started = time.monotonic()
    found = run_all(work, ["a", "sleep"], Bounds(60), 2)
    assert next(found).value == "aa"
    found.close()  # type: ignore[attr-defined]  # run_all is a generator
    assert time.monotonic() - started < 20


def test_cores_are_counted() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


INTERRUPTED = """
import signal
import sys
from budgetlod.core.workers import Bounds, run_all
from tests.core.test_workers import work
if __name__ == "__main__":
    # Where a shell started the tests in the background, the interrupt is ignored and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print("begun", flush=True)
    try:
        for outcome in run_all(work, ["a", "sleep", "sleep"], Bounds(60), 2):
            print(outcome.value, flush=True)
    except KeyboardInterrupt:
        sys.exit(9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl-C is sent otherwise there")
def test_ctrl_c_stops_everything_at_once(tmp_path: Path) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        assert [process.stdout.readline().strip() for _ in range(2)] == ["begun", "aa"]
        os.killpg(process.pid, signal.SIGINT)
        _, complaints = process.communicate(timeout=120)
    assert process.returncode == 9
    assert complaints == ""
    _wait_until_gone(process.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="killing is another thing there")
def test_workers_end_when_their_master_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        assert [process.stdout.readline().strip() for _ in range(2)] == ["begun", "aa"]
        process.kill()
        process.wait()
    _wait_until_gone(process.pid)


def _wait_until_gone(group: int) -> None:
    """Wait until no process of the group is left; the fork server ends a moment after its master."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("a process is left")
