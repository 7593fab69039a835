"""``python -m benchmarks.build``: one disclosure from document to publication, beside plain rdflib and Python alone.

Every round runs each command once, one after another, so that whatever else the machine does falls on all of them
alike. Compare the columns of one run, not the seconds of two machines. ``--write`` adds the table to
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import compileall
import itertools
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import ROOT, Contender, run_child

PACKAGES = ("rdflib", "pyoxigraph", "pyshacl")
RECORD = ROOT / "docs" / "benchmarks.md"
SOURCE = "data"


def contenders(folder: Path) -> list[Contender]:
    """Return what is measured; outputs go to new folders under ``folder``. Publishes once to get the triples."""
    number = itertools.count()
    first = folder / "first"
    run_child(["-m", "budgetlod", "build", SOURCE, "-o", str(first), "--no-validate"])
    dump = next(first.glob("dataset/*/*/data.nt.gz"))
    parts = folder / "triples.json"
    run_child(["-m", "benchmarks.plain_rdflib", "prepare", str(dump), str(parts)])

    def fresh() -> str:
        return str(folder / f"run-{next(number)}")

    def command(*arguments: str) -> list[str]:
        return ["-m", "budgetlod", *arguments]

    return [
        Contender("budgetlod build --no-validate", lambda: command("build", SOURCE, "-o", fresh(), "--no-validate")),
        Contender(
            "plain rdflib, same triples", lambda: ["-m", "benchmarks.plain_rdflib", "build", str(parts), fresh()]
        ),
        Contender("python -c pass", lambda: ["-c", "pass"]),
        Contender("budgetlod validate --profile laws", lambda: command("validate", SOURCE, "--profile", "laws")),
        Contender("budgetlod validate (publication)", lambda: command("validate", SOURCE)),
    ]


def measure(runs: int) -> list[Contender]:
    """Run every command ``runs`` times, round by round, after one round that warms the file cache."""
    folder = Path(tempfile.mkdtemp(prefix="budgetlod-bench-"))
    try:
        measured = contenders(folder)
        for warm in range(runs + 1):
            for contender in measured:
                contender.run()
                if not warm:
                    contender.runs.clear()
    finally:
        shutil.rmtree(folder)
    return measured


def table(measured: Sequence[Contender]) -> str:
    """Return the figures as a Markdown table; ratios are to the first row."""
    first = measured[0]
    lines = [
        "| command | CPU s, median | fastest to slowest | CPU ratio | peak MB, median | memory ratio |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for one in measured:
        lines.append(
            f"| `{one.name}` | {one.median_seconds:.2f} | {one.seconds[0]:.2f} to {one.seconds[-1]:.2f} "
            f"| {one.median_seconds / first.median_seconds:.2f} | {one.median_megabytes:.0f} "
            f"| {one.median_megabytes / first.median_megabytes:.2f} |"
        )
    return "\n".join(lines)


def conditions(day: str, runs: int) -> str:
    """Return when and with what was measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = f"{os.getloadavg()[0]:.1f}"
    return (
        f"{day}, median of {runs} interleaved runs, Python {platform.python_version()}, {packages}; "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load at the start {load}."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with ``--write`` add the result to the record."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="rounds to measure (default 7)")
    parser.add_argument("--date", default=date.today().isoformat(), help="the date to print (default today)")
    parser.add_argument("--write", action="store_true", help="add the table to docs/benchmarks.md")
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    compileall.compile_dir(str(ROOT / "budgetlod"), quiet=1)  # as an installation leaves it
    header = conditions(options.date, options.runs)
    figures = table(measure(options.runs))
    sys.stdout.write(f"{header}\n\n{figures}\n")
    if options.write:
        with RECORD.open("a", encoding="utf-8") as record:
            record.write(f"\n## {options.date}\n\n{header}\n\n{figures}\n")


if __name__ == "__main__":
    main()
