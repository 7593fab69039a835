"""The N-Quads of a whole publication, made from the ``data.nt.gz`` of its disclosures alone.

Each disclosure has a graph of its own; what they repeat of codes is in the vocabulary's, where it is there once
(:func:`budgetlod.rdf.formats.as_quads`). The lines are sorted and each is there once: without blank nodes that is the
canonical form of the dataset. No more than one disclosure is in memory at a time.

Most lines of a disclosure are about its own parts, below its IRI, and nothing else sorts between them. Such a block is
copied as a whole; only the lines around the blocks (codes, organizations, projects) are merged one by one.
"""

from __future__ import annotations

import gzip
import heapq
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from budgetlod.rdf.formats import VOCABULARY_GRAPH, in_graph
from budgetlod.rdf.names import CODE

TRIPLES = "data.nt.gz"
_CODE_LINE = f"<{CODE}".encode()
_CHUNK = 1 << 20
_AT_ONCE = 64
"""So many files are merged at a time: each open file costs a buffer, and systems allow a thousand or fewer."""


class Part(NamedTuple):
    """A disclosure as files: its IRI and the folder that holds them."""

    iri: str
    folder: Path

    @property
    def beginning(self) -> bytes:
        """What the lines of its block begin with."""
        return f"<{self.iri}/".encode()


def quads(parts: Sequence[Part]) -> Iterator[bytes]:
    """Yield the N-Quads of all disclosures in pieces, sorted, each line once."""
    with tempfile.TemporaryDirectory() as folder:
        runs: Sequence[Iterable[bytes]] = [_around(part, Path(folder, str(n))) for n, part in enumerate(parts)]
        while len(runs) > _AT_ONCE:
            groups = [runs[start : start + _AT_ONCE] for start in range(0, len(runs), _AT_ONCE)]
            runs = [_spooled(_merged(group), Path(folder, f"{len(runs)}-{n}")) for n, group in enumerate(groups)]
        yield from _in_chunks(_with_blocks(_merged(runs), sorted(parts, key=lambda part: part.beginning)))


def _split(part: Part) -> tuple[bytes, bytes, bytes]:
    """Return the N-Triples of a disclosure before, in and after its block."""
    lines = gzip.decompress((part.folder / TRIPLES).read_bytes())
    # The break before the first line makes every line begin after one.
    lines, mark = b"\n" + lines, b"\n" + part.beginning
    start = lines.find(mark) + 1
    if not start:
        return lines[1:], b"", b""
    end = lines.find(b"\n", lines.rfind(mark) + 1) + 1
    return lines[1:start], lines[start:end], lines[end:]


def _around(part: Part, path: Path) -> Iterator[bytes]:
    """Write the quads around the block of a disclosure to a temporary file and return what reads them."""
    before, _, after = _split(part)
    own, shared = f" <{part.iri}> .\n".encode(), f" <{VOCABULARY_GRAPH}> .\n".encode()
    lines = chain(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return _spooled((line[:-3] + (shared if line.startswith(_CODE_LINE) else own) for line in lines), path)


def _with_blocks(around: Iterator[bytes], parts: Sequence[Part]) -> Iterator[bytes]:
    """Yield the lines ``around`` and the blocks of ``parts``, each where it sorts."""
    line = next(around, None)
    for part in parts:
        while line is not None and line < part.beginning:
            yield line
            line = next(around, None)
        inside = []  # what other disclosures say of parts of this one
        while line is not None and line.startswith(part.beginning):
            inside.append(line)
            line = next(around, None)
        block = in_graph(_split(part)[1], part.iri)
        yield b"".join(_merged([block.splitlines(keepends=True), inside])) if inside else block
    if line is not None:
        yield line
        yield from around


def _merged(runs: Sequence[Iterable[bytes]]) -> Iterator[bytes]:
    """Yield the lines of sorted runs in order, equal ones once."""
    last = b""
    for line in heapq.merge(*runs):
        if line != last:
            yield line
            last = line


def _spooled(lines: Iterable[bytes], path: Path) -> Iterator[bytes]:
    """Write ``lines`` to a temporary file at once and return what reads them again."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.writelines(_in_chunks(lines))
    return _read(path)


def _read(path: Path) -> Iterator[bytes]:
    with gzip.open(path) as lines:
        yield from lines
    path.unlink()


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
