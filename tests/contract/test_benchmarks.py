"""The benchmark measures and prints; its figures are for people, so no figure is asserted."""

from __future__ import annotations

import pytest

from benchmarks.build import table
from benchmarks.measure import ChildError, Contender, median, run_child


def test_median() -> None:
    assert median([1.0, 2.0, 9.0]) == 2.0
    assert median([1.0, 2.0, 4.0, 9.0]) == 3.0


def test_child_is_measured() -> None:
    seconds, megabytes, output = run_child(["-c", "print(sum(range(10**6)))"])
    assert seconds > 0
    assert megabytes > 1
    assert output == "499999500000\n"


def test_child_that_fails_is_no_measurement() -> None:
    with pytest.raises(ChildError, match="exit code 3"):
        run_child(["-c", "raise SystemExit(3)"])


def test_table_compares_with_the_first_row() -> None:
    ours = Contender("ours", list, [(0.5, 100.0), (0.4, 90.0), (0.6, 110.0)])
    plain = Contender("plain", list, [(2.0, 150.0)])
    assert table([ours, plain]).splitlines()[2:] == [
        "| `ours` | 0.50 | 0.40 to 0.60 | 1.00 | 100 | 1.00 |",
        "| `plain` | 2.00 | 2.00 to 2.00 | 4.00 | 150 | 1.50 |",
    ]
