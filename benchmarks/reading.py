"""CPU time a page: plain pdfplumber, our reader of PDF, and reading with interpretation, side by side over a folder.

``python -m benchmarks.reading [FOLDER]``; without a folder the disclosures beside the repository, if they are there.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.measure import ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
ROUNDS = 3


def plain(path: Path) -> None:
    """Extract the ruled tables of a PDF with pdfplumber, as it comes."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def read(path: Path) -> None:
    """Read a PDF into paragraphs and grids."""
    from budgetlod.read.registry import read_document

    read_document(path)


def understand(path: Path) -> None:
    """Read a PDF and interpret it."""
    from budgetlod.interpret.disclosure import interpret
    from budgetlod.rdf.lexicon import load_lexicon
    from budgetlod.read.registry import read_document

    interpret(read_document(path), load_lexicon())


def pages(path: Path) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def seconds(job: Callable[[Path], None], path: Path) -> float:
    """Return the CPU seconds that a job takes."""
    start = time.process_time()
    job(path)
    return time.process_time() - start


def main() -> int:
    """Print a line for each job: CPU seconds a page over all documents (median of the rounds), slowest document."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    found = sorted(path for path in folder.rglob("*.pdf") if "neg-" not in str(path))
    if not found:
        print(f"no PDF in {folder}: nothing measured")  # noqa: T201
        return 0
    counts = {path: pages(path) for path in found}
    understand(found[0])  # the words and the libraries are loaded once
    jobs = {"read": (read, ROUNDS), "read and interpret": (understand, ROUNDS), "pdfplumber, tables alone": (plain, 1)}
    print(f"{len(found)} documents, {sum(counts.values())} pages")  # noqa: T201
    for name, (job, rounds) in jobs.items():
        taken = {path: median(seconds(job, path) for _ in range(rounds)) for path in found}
        slowest = max(taken[path] / counts[path] for path in found)
        each = sum(taken.values()) / sum(counts.values())
        print(f"{name:26} {each:.4f} s a page, slowest document {slowest:.4f}")  # noqa: T201
        if job is understand:
            print(f"{'':26} peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
