"""``python -m benchmarks.publication``: a publication of many disclosures: CPU and bytes of each, and a rebuild of nothing.

The disclosures are synthetic (:mod:`benchmarks.synthetic`), written as graphs that are read, mapped and validated already,
because what is measured is publishing: the folders, pages, dumps, catalogue and manifest of a complete site. Then the same is
built through the command line from that many sources, to measure a build that finds nothing changed.
"""

from __future__ import annotations

import argparse
import gc
import re
import resource
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.build import RECORD, conditions
from benchmarks.measure import MEGABYTE, median, run_child
from benchmarks.synthetic import EXAMPLE, Generator
from budgetlod.building import COLLECT_AFTER
from budgetlod.publish.item import Publisher
from budgetlod.publish.publication import PublicationSettings, PublishedDisclosure, publish
from budgetlod.rdf.iris import BASE

COUNT = 25
_FOLDER = re.compile(re.escape(BASE) + r"(dataset/[^/#>]+/\d{4}-[a-z]+)>")


def items(count: int) -> list[PublishedDisclosure]:
    """Return so many synthetic disclosures, ready to be published."""
    generator = Generator.of_example()
    return [_item(number, generator) for number in range(1, count + 1)]


def _item(number: int, generator: Generator) -> PublishedDisclosure:
    made = generator.disclosure(number, fault=False)
    folder = next(found[1] for subject, _, _ in made.triples if (found := _FOLDER.search(subject)))
    organization = folder.split("/")[1]
    return PublishedDisclosure(
        iri=BASE + folder,
        folder=folder,
        triples=made.triples,
        fiscal_year=2024,
        phase="budget",
        title_zh=f"{made.name}2024年部门预算",
        title_en=f"{made.name}: budget 2024",
        publisher=Publisher(f"{BASE}organization/{organization}", made.name),
        issued="2024",
        licence="https://creativecommons.org/publicdomain/mark/1.0/",
        source_file="source.txt",
        source_bytes=next(EXAMPLE.glob("*/source.txt")).read_bytes(),
    )


def published(made: Sequence[PublishedDisclosure], folder: Path) -> tuple[float, float]:
    """Publish the disclosures; return CPU seconds and megabytes of files, both for each disclosure."""
    begun = _cpu()
    publish(made, folder, PublicationSettings())
    spent = _cpu() - begun
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return spent / len(made), size / len(made) / MEGABYTE


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def rebuilt(count: int, folder: Path, runs: int) -> list[float]:
    """Build so many sources through the command line, then again with nothing changed; return the CPU of the latter."""
    source = next(EXAMPLE.glob("*/source.txt")).parent
    for number in range(1, count + 1):
        copy = shutil.copytree(source, folder / "sources" / f"{number:03}")
        notes = (copy / "source.toml").read_text(encoding="utf-8")
        named = notes.replace("[disclosure]", f'[disclosure]\norganization = "synthetic-{number:03}"')
        (copy / "source.toml").write_text(named, encoding="utf-8")
    command = ["-m", "budgetlod", "build", str(folder / "sources"), "-o", str(folder / "public"), "--no-validate"]
    run_child(command)
    return sorted(run_child(command)[0] for _ in range(runs))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with ``--write`` add the result to the record."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publication", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help=f"disclosures (default {COUNT})")
    parser.add_argument("--runs", type=int, default=3, help="rounds to measure (default 3)")
    parser.add_argument("--date", default=date.today().isoformat(), help="the date to print (default today)")
    parser.add_argument("--write", action="store_true", help="add the table to docs/benchmarks.md")
    options = parser.parse_args(arguments)
    # As a build does: what is made is large and without cycles.
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
    made = items(options.count)
    with tempfile.TemporaryDirectory(prefix="budgetlod-bench-") as home:
        folder = Path(home)
        rounds = [published(made, folder / f"site-{number}") for number in range(options.runs)]
        nothing = rebuilt(options.count, folder, options.runs)
    seconds = median(sorted(one for one, _ in rounds))
    lines = [
        conditions(options.date, options.runs),
        "",
        f"| {options.count} disclosures, already read | |",
        "|---|--:|",
        f"| complete site, CPU s a disclosure | {seconds:.2f} |",
        f"| files, MB a disclosure | {rounds[0][1]:.2f} |",
        f"| rebuild with nothing changed, CPU s in all | {median(nothing):.2f} |",
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if options.write:
        with RECORD.open("a", encoding="utf-8") as record:
            record.write(f"\n## Publishing, {options.date}\n\n`python -m benchmarks.publication`: {text}")


if __name__ == "__main__":
    main()
