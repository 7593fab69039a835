"""The versions of a disclosure: when the data change, what they were before stays, with what changed.

``version/<n>/`` in the disclosure's folder is the home of version ``n``. As soon as there are two versions each has one: with
its page, the changes from the version before, and, once it is no longer the current one, its data. A new version is made
when the data say something else; that another version of this tool read them, or that pages look different, is none.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from budgetlod.publish.changes import Changes, changes_json, compare, json_file, line_diff, read_changes
from budgetlod.publish.entry import Entry
from budgetlod.publish.folder import FolderWriter
from budgetlod.publish.item import Described, VersionRecord
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.manifest import FileRecord
from budgetlod.publish.outputs import OUTPUTS
from budgetlod.rdf import formats
from budgetlod.rdf.names import SOFTWARE
from budgetlod.rdf.terms import Triple

DATA = "data.nt.gz"
KEPT = (DATA, "observations.csv", "cells.csv")
"""The outputs that are kept of an earlier version, besides its sources."""
CHANGES_JSON, CHANGES_DIFF = "changes.json", "changes.nq.diff"
_MADE = frozenset(output.name for output in OUTPUTS)
_SOFTWARE = f"<{SOFTWARE}".encode()


class Past(NamedTuple):
    """What a disclosure was when it was last published, and the publication's folder; ``None``: never published."""

    entry: Entry | None = None
    home: Path = Path()


class Revision(NamedTuple):
    """The versions of a disclosure after this build; ``made`` are the lines before and the changes of a new one."""

    versions: tuple[VersionRecord, ...]
    changes: Changes | None = None
    old_lines: Sequence[bytes] = ()

    @property
    def number(self) -> int:
        """The number of the current version."""
        return self.versions[-1].number


def essential(ntriples: bytes) -> list[bytes]:
    """Return the lines of N-Triples that make a version: all but those that name the version of this tool."""
    return [line for line in ntriples.splitlines() if _SOFTWARE not in line]


def data_digest(ntriples: bytes) -> str:
    """Return the sha256 of what the data say, whatever version of this tool says it."""
    # Cut out of the whole, which is a hundred times as quick as looking at each line; the digest is that of the lines.
    digest, place = hashlib.sha256(), 0
    while (found := ntriples.find(_SOFTWARE, place)) >= 0:
        digest.update(ntriples[place : ntriples.rfind(b"\n", place, found) + 1 or place])
        place = ntriples.find(b"\n", found) + 1 or len(ntriples)
    digest.update(ntriples[place:])
    return digest.hexdigest()


def lookup_of(lines: Sequence[bytes]) -> Lookup:
    """Return the graph of sorted N-Triples lines (without line ends)."""
    return Lookup(triples_of(lines))


def triples_of(lines: Sequence[bytes]) -> list[Triple]:
    """Return the triples of lines as this tool writes them: three terms, one space between, `` .`` at the end."""
    return [tuple(line[:-2].decode().split(" ", 2)) for line in lines]  # type: ignore[misc]


def read_lines(packed: Path) -> list[bytes]:
    """Return the lines of a published ``data.nt.gz``."""
    return gzip.decompress(packed.read_bytes()).splitlines()


def revise(item: Described, ntriples: bytes, past: Past, day: str = "") -> Revision:
    """Return the versions of a disclosure whose data are now ``ntriples``.

    ``day`` is the day of this publication if anyone stated it. The date of a version is when the source was last modified;
    else, of a revision, ``day``; else when the source was issued; else ``day``; else the first of January of its year.
    """
    entry = past.entry
    first = item.issued or day or f"{item.fiscal_year:04d}-01-01"
    if entry is None:
        return Revision((VersionRecord(1, item.modified or first),))
    if entry.data_digest == data_digest(ntriples) and not entry.withdrawn:
        return Revision(entry.versions)
    home = f"{entry.folder}/version/{entry.version}" if entry.withdrawn else entry.folder
    old = [line for line in read_lines(past.home / home / DATA) if _SOFTWARE not in line]
    changes = compare(lookup_of(old), lookup_of(essential(ntriples)))
    counts = changes.counted()
    record = VersionRecord(
        entry.version + 1, item.modified or day or first, counts["changed"], counts["added"], counts["removed"]
    )
    return Revision((*entry.versions, record), changes, old)


def write_versions(writer: FolderWriter, item: Described, ntriples: bytes, revision: Revision, past: Past) -> None:
    """Write what is kept of earlier versions, and the changes of a new one; pages are made from that."""
    if past.entry is None:
        return
    keep_past(writer, past.entry, past.home, outdated=revision.changes is not None)
    if revision.changes is not None:
        folder = f"{item.folder}/version/{revision.number}"
        said = {"disclosure": item.iri, "from": revision.number - 1, "to": revision.number}
        writer.write(f"{folder}/{CHANGES_JSON}", json_file({**said, **changes_json(revision.changes)}))
        quads = (_quads(lines, item.iri) for lines in (revision.old_lines, essential(ntriples)))
        writer.write(f"{folder}/{CHANGES_DIFF}", line_diff(*quads))


def keep_past(writer: FolderWriter, entry: Entry, home: Path, *, outdated: bool) -> None:
    """Take over the files of earlier versions, and those of the current one if it is ``outdated`` from now on."""
    start = f"{entry.folder}/version/"
    for record in entry.records:
        if record.path.startswith(start) and not record.path.endswith(".html"):
            writer.take(home, record)
    if outdated and not entry.withdrawn:
        folder = f"{start}{entry.version}"
        for record in _kept(entry):
            writer.take(home, record, f"{folder}/{record.path.rpartition('/')[2]}")
        writer.write(f"{folder}/entry.json", (home / entry.path).read_bytes())


def changes_of(writer: FolderWriter, folder: str, version: int) -> Changes:
    """Return the changes that led to a version, from the file that says them."""
    return read_changes(json.loads((writer.folder / f"{folder}/version/{version}/{CHANGES_JSON}").read_bytes()))


def version_files(records: Sequence[FileRecord], folder: str, version: int) -> list[FileRecord]:
    """Return the files that are kept of a version, without pages, by name."""
    start = f"{folder}/version/{version}/"
    found = (record for record in records if record.path.startswith(start) and not record.path.endswith(".html"))
    return sorted(found, key=lambda record: record.path)


def _kept(entry: Entry) -> Iterator[FileRecord]:
    """Yield the records of the data and of the sources of an entry."""
    for file in entry.files:
        if file.name in KEPT or file.name not in _MADE:
            yield file.record


def _quads(lines: Sequence[bytes], graph: str) -> list[bytes]:
    joined = b"".join(line + b"\n" for line in lines)
    return formats.as_quads(joined, graph).splitlines()
