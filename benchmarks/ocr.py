"""How well scans are read: pages of PDF documents drawn as pictures, recognised, and compared with their own text.

``python -m benchmarks.ocr FOLDER [--pages 40] [--seed 1] [--dpi 150,200]`` takes pages with amounts in tables by lot,
evenly over the documents in FOLDER, and reads each document with those pages as pictures. Of each amount it says whether
it was read right; and of a wrong one whether a person is told: it is listed as doubtful (low confidence, or a sum that
does not close), as no number or not mapped, or its table has sums open that close in the document itself.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium

from budgetlod.core.numbers import parse_number
from budgetlod.core.text import squeeze
from budgetlod.interpret.coverage import reading
from budgetlod.interpret.disclosure import interpret
from budgetlod.model.document import Document, Grid
from budgetlod.model.problem import BadInput
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.layout.blocks import document_blocks
from budgetlod.read.layout.page import PageMarks
from budgetlod.read.ocr.engine import engine, software
from budgetlod.read.ocr.page import picture_marks
from budgetlod.read.pdf.marks import page_marks

_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
_FEWEST = 8


class Amount(NamedTuple):
    """An amount that a page prints in a cell, and where the middle of the cell is."""

    text: str
    x: float
    y: float


def main() -> None:
    """Print the table for each resolution."""
    parser = argparse.ArgumentParser(description="How well scans are read.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dpi", default="150,200")
    given = parser.parse_args()
    paths = sorted(path for path in given.folder.rglob("*.pdf") if not path.parent.name.startswith("neg-"))
    chosen = _chosen(paths, given.pages, random.Random(given.seed))  # noqa: S311 - the same lot each time
    print(f"{software()}, {sum(map(len, chosen.values()))} pages of {len(chosen)} documents, seed {given.seed}")  # noqa: T201
    print("dpi  pages  amounts  right  wrong-caught  wrong-missed  s/page (CPU)")  # noqa: T201
    for dpi in map(int, given.dpi.split(",")):
        found: Counter[str] = Counter()
        for path, numbers in chosen.items():
            found.update(_document(path, numbers, dpi))
        seconds = found["milliseconds"] / 1000 / max(1, found["pages"])
        print(  # noqa: T201
            f"{dpi:>3}  {found['pages']:>5}  {found['amounts']:>7}  {found['right']:>5} "
            f"({found['right'] / max(1, found['amounts']):.2%})  {found['caught']:>5}  {found['missed']:>12}  {seconds:.1f}"
        )


def _chosen(paths: Sequence[Path], count: int, lot: random.Random) -> dict[Path, list[int]]:
    """Return the pages to take (from 0): one of each document in turn until there are enough."""
    waiting: dict[Path, list[int]] = {}
    for path in paths:
        with pdfium.PdfDocument(path) as document:
            numbers = list(range(len(document)))
        lot.shuffle(numbers)
        waiting[path] = numbers
    chosen: dict[Path, list[int]] = {}
    while sum(map(len, chosen.values())) < count and any(waiting.values()):
        for path, numbers in waiting.items():
            with pdfium.PdfDocument(path) as document:
                while numbers:
                    number = numbers.pop()
                    if len(_amounts(document_blocks([page_marks(document[number], number + 1)]))) >= _FEWEST:
                        chosen.setdefault(path, []).append(number)
                        break
            if sum(map(len, chosen.values())) == count:
                break
    return chosen


def _cells(blocks: Sequence[Any]) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the texts of cells with their boxes: left, top, right, bottom."""
    for grid in blocks:
        if not isinstance(grid, Grid) or grid.edges is None:
            continue
        spans = {(span.row, span.column): span for span in grid.spans or ()}
        for row, line in enumerate(grid.rows):
            for column, text in enumerate(line.cells):
                span = spans.get((row, column))
                last, right = (row + span.height - 1, column + span.width) if span else (row, column + 1)
                top, bottom = line.place.box, grid.rows[last].place.box
                if top is not None and bottom is not None:
                    yield squeeze(text), grid.edges[column], top[1], grid.edges[right], bottom[3]


def _amounts(blocks: Sequence[Any]) -> list[Amount]:
    return [
        Amount(text, (left + right) / 2, (top + bottom) / 2)
        for text, left, top, right, bottom in _cells(blocks)
        if _AMOUNT.fullmatch(text)
    ]


def _document(path: Path, numbers: Sequence[int], dpi: int) -> Counter[str]:
    """Return what became of the amounts of some pages of a document."""
    found: Counter[str] = Counter()
    with pdfium.PdfDocument(path) as document:
        own = [page_marks(document[number], number + 1) for number in range(len(document))]
        mixed = list(own)
        for number in numbers:
            grey = document[number].render(scale=dpi / 72, grayscale=True).to_numpy()
            since = time.process_time()
            mixed[number] = picture_marks(grey.reshape(grey.shape[:2]).copy(), dpi / 72, number + 1, engine())
            found["milliseconds"] += round(1000 * (time.process_time() - since))
    before, after = (_record(path, pages) for pages in (own, mixed))
    told = _told(before, after)
    for number in numbers:
        found["pages"] += 1
        read = list(_cells(document_blocks([mixed[number]])))
        for amount in _amounts(document_blocks([own[number]])):
            texts = [text for text, *box in read if box[0] <= amount.x <= box[2] and box[1] <= amount.y <= box[3]]
            found["amounts"] += 1
            if amount.text in texts:
                found["right"] += 1
                continue
            result = "caught" if _is_told(texts, number + 1, told) else "missed"
            found[result] += 1
            print(f"  {result}: {path.parent.name} page {number + 1}: {amount.text} read as {texts}")  # noqa: T201
    return found


def _record(path: Path, pages: Sequence[PageMarks]) -> dict[str, Any]:
    """Return the record of reading; nothing found where the document is refused."""
    blocks = document_blocks(pages)
    try:
        return reading(interpret(Document(path.name, "application/pdf", "0" * 64, blocks, str(path)), load_lexicon()))
    except BadInput:
        return {}


def _told(before: dict[str, Any], after: dict[str, Any]) -> dict[str, set[str]] | None:
    """Return what the record tells a person to look at: texts by the words of their place, and places of open sums.

    ``None`` where the document was refused, which tells of everything.
    """
    told: dict[str, set[str]] = {}
    if not after:
        return None
    for entry in (*after["recognition"]["doubtful"], *after["coverage"]["unmapped"]):
        told.setdefault(entry["place"], set()).add(squeeze(entry["printed"]))
    was = Counter((one["law"], one["place"]) for one in before.get("arithmetic", {}).get("open", ()))
    for one in after["arithmetic"]["open"]:
        if was[one["law"], one["place"]] == 0:
            told.setdefault(one["place"], set()).add("*")
    return told


def _is_told(texts: Sequence[str], page: int, told: dict[str, set[str]] | None) -> bool:
    """Return whether a person is told of a wrong amount; what is no number is listed as not mapped."""
    if told is None:
        return True
    listed = told.get(f"page {page}", set())
    no_number = any(text and parse_number(text) is None for text in texts)
    return "*" in listed or no_number or any(text in listed for text in texts)


if __name__ == "__main__":
    main()
