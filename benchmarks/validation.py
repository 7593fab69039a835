"""``python -m benchmarks.validation``: the engines over 1, 10 and 100 synthetic disclosures, side by side in one run.

Each engine runs in a process of its own, so that peak memory is its own. Graphs are made before anything is measured
(benchmarks/synthetic.py), one fault planted in each. ``--write`` adds the table to docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.build import RECORD, conditions
from benchmarks.measure import median, run_child

# What is measured: engine, profile, numbers of disclosures. The others take seconds, or minutes, for each of them.
PLAN: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("fast", "publication", (1, 10, 100)),
    ("terms", "publication", (1, 10, 100)),
    ("rudof", "publication", (1, 10)),
    ("cached", "publication", (1, 3)),
    ("fast", "laws", (1, 10, 100)),
    ("rudof", "laws", (1, 10)),
    ("cached", "laws", (1, 3)),
    ("plain", "laws", (1,)),
    ("plain", "publication", (1,)),
    ("none", "publication", (100,)),
)
NAMES = {
    "fast": "fast",
    "terms": "fast, from the pipeline",
    "rudof": "pyrudof",
    "cached": "pySHACL, cached",
    "plain": "pySHACL, plain",
    "none": "no engine",
}


class Measured(NamedTuple):
    """One row: CPU seconds of each disclosure, planted faults found, peak memory."""

    engine: str
    profile: str
    disclosures: int
    load: list[float]
    validate: list[float]
    found: int
    megabytes: float

    @property
    def milliseconds(self) -> float:
        """The median CPU time for a disclosure, loading and validation together."""
        return 1000 * median(sorted(a + b for a, b in zip(self.load, self.validate, strict=True)))


def prepare(folder: Path, count: int) -> Path:
    """Write synthetic graphs and what tells that their fault was found; return the index of them."""
    from benchmarks.synthetic import Generator
    from budgetlod import pipeline
    from budgetlod.rdf.formats import ntriples

    index = []
    for number, made in enumerate(Generator.of_example().disclosures(count), start=1):
        file = f"{number:03}.nt"
        (folder / file).write_bytes(ntriples(sorted(set(made.triples))))
        report = pipeline.check(made.triples, "laws")
        named = [r for r in report.results if r.severity == "violation" and made.planted in {p.iri for p in r.evidence}]
        index.append({"file": file, "witnesses": [(r.shape, r.focus[1:-1]) for r in named]})
    path = folder / "graphs.json"
    path.write_text(json.dumps(index), encoding="utf-8")
    return path


def run(engine: str, profile: str, index: Path, count: int) -> Measured:
    """Measure one engine in a process of its own."""
    ran = run_child(["-m", "benchmarks.engines", engine, profile, str(index), str(count)])
    found: dict[str, Any] = json.loads(ran.output)
    return Measured(engine, profile, count, found["load"], found["validate"], found["found"], ran.megabytes)


def measure(index: Path, most: int, rounds: int, slow: bool) -> list[Measured]:
    """Measure what the plan says; of several rounds the one with the median time is kept. The slow ones run once."""
    kept: dict[tuple[str, str, int], list[Measured]] = {}
    for number in range(rounds):
        for engine, profile, counts in PLAN:
            if engine == "plain" and (number or (profile == "publication" and not slow)):
                continue
            if engine in {"cached", "rudof"} and number:
                continue
            for count in counts:
                if count <= most:
                    one = run(engine, profile, index, count)
                    kept.setdefault((engine, profile, count), []).append(one)
                    sys.stderr.write(f"{engine} {profile} {count}: {one.milliseconds:.1f} ms\n")
    return [sorted(runs, key=lambda one: one.milliseconds)[len(runs) // 2] for runs in kept.values()]


def table(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield the lines of the table; ratios are to the fast engine with the same shapes and number of disclosures."""
    yield "| engine | shapes | disclosures | load, ms each | validate, ms each | both, ms each | ratio | planted faults found | peak MB |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|"
    fastest = {(m.profile, m.disclosures): m.milliseconds for m in measured if m.engine == "fast"}
    for one in measured:
        load, validate = (1000 * median(sorted(times)) for times in (one.load, one.validate))
        base = fastest.get((one.profile, one.disclosures))
        ratio = f"{one.milliseconds / base:.1f}" if base and one.engine != "none" else ""
        yield (
            f"| {NAMES[one.engine]} | {one.profile} | {one.disclosures} | {load:.1f} | {validate:.1f} | {one.milliseconds:.1f} "
            f"| {ratio} | {one.found if one.engine != 'none' else ''} | {one.megabytes:.0f} |"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with ``--write`` add the result to the record."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validation", description=__doc__)
    parser.add_argument("--most", type=int, default=100, help="the highest number of disclosures (default 100)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds to measure (default 3)")
    parser.add_argument("--slow", action="store_true", help="plain pySHACL with all shapes too (many minutes)")
    parser.add_argument("--date", default=date.today().isoformat(), help="the date to print (default today)")
    parser.add_argument("--write", action="store_true", help="add the table to docs/benchmarks.md")
    options = parser.parse_args(arguments)
    header = f"{conditions(options.date, options.rounds)} pyrudof {version('pyrudof')}."
    folder = Path(tempfile.mkdtemp(prefix="budgetlod-bench-"))
    try:
        # In a process of its own: a process is charged with the memory of the one that started it.
        script = f"import pathlib, benchmarks.validation as v; v.prepare(pathlib.Path({str(folder)!r}), {options.most})"
        run_child(["-c", script])
        measured = measure(folder / "graphs.json", options.most, options.rounds, options.slow)
        lines = "\n".join(table(measured))
    finally:
        shutil.rmtree(folder)
    sys.stdout.write(f"{header}\n\n{lines}\n")
    if options.write:
        with RECORD.open("a", encoding="utf-8") as record:
            record.write(f"\n## Engines, {options.date}\n\n{header}\n\n{lines}\n")


if __name__ == "__main__":
    main()
