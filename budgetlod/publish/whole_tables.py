"""Tables of a whole publication, made from the files of its disclosures alone: streamed, without a graph in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from budgetlod.publish.csvw import code_file
from budgetlod.publish.figures import CODED, Code

OBSERVATIONS = "observations.csv"
_CHUNK = 1 << 20


def observations_csv(folders: Sequence[Path]) -> Iterator[bytes]:
    """Yield one ``observations.csv`` with the rows of all disclosures, in the order of ``folders``."""
    for number, folder in enumerate(folders):
        with (folder / OBSERVATIONS).open("rb") as lines:
            header = next(lines)
            if not number:
                yield header
            while chunk := lines.read(_CHUNK):
                yield chunk


def codes(folders: Sequence[Path]) -> list[Code]:
    """Return the codes that any disclosure uses, by dimension and code; the first one names a code."""
    found: dict[str, Code] = {}
    for folder in folders:
        for dimension in CODED:
            with (folder / code_file(dimension)).open(encoding="utf-8", newline="") as table:
                for row in csv.DictReader(table):
                    code = Code(dimension, row["iri"], row["code"], row["labelZh"], row["labelEn"])
                    found.setdefault(code.iri, code)
    place = {dimension: number for number, dimension in enumerate(CODED)}
    return sorted(found.values(), key=lambda code: (place[code.dimension], code.notation, code.iri))
