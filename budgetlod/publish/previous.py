"""What the last publication at a place holds: its entries, and whether its files are still as they were written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.entry import ENTRY, Entry, read_entry
from budgetlod.publish.folder import FolderWriter
from budgetlod.publish.manifest import MANIFEST, FileRecord, read_manifest


@dataclass(frozen=True)
class Previous:
    """The last publication in the folder ``home``: its entries by folder (withdrawn ones too) and all its files."""

    home: Path
    entries: Mapping[str, Entry] = field(default_factory=dict)
    files: Mapping[str, FileRecord] = field(default_factory=dict)

    @cached_property
    def by_fingerprint(self) -> dict[str, Entry]:
        """The published disclosures by what they were made from."""
        return {entry.fingerprint: entry for entry in self.entries.values() if entry.fingerprint}

    def is_intact(self, entry: Entry) -> bool:
        """Return whether every file of an entry is there with its size."""
        return entry.path in self.files and self._are_there([*entry.records, self.files[entry.path]])

    def is_whole(self) -> bool:
        """Return whether every file of the publication is there with its size."""
        return self._are_there(self.files.values())

    def take_over(self, entry: Entry, writer: FolderWriter) -> None:
        """Write all files of an entry again without making them: as second names where the file system can."""
        for record in (*entry.records, self.files[entry.path]):
            writer.take(self.home, record)

    def _are_there(self, records: Iterable[FileRecord]) -> bool:
        try:
            # Thousands of files: a Path for each would take longer than asking the system.
            return all(os.stat(f"{self.home}/{one.path}").st_size == one.size for one in records)  # noqa: PTH116
        except OSError:
            return False


def read_previous(home: Path) -> Previous:
    """Return what was published in a folder, nothing if it is absent or empty.

    Raises :class:`BadInput` for an entry that is damaged: what it stands for must not get lost unnoticed.
    """
    manifest = home / MANIFEST
    if not manifest.exists():
        return Previous(home)
    files = read_manifest(manifest.read_bytes())
    entries = [_entry(home / path) for path in files if path.endswith(f"/{ENTRY}") and "/version/" not in path]
    return Previous(home, {entry.folder: entry for entry in entries}, files)


def entry_at(home: Path, folder: str) -> Entry | None:
    """Return the entry of one disclosure of the last publication, if it is there; raises :class:`BadInput`."""
    path = home / folder / ENTRY
    return _entry(path) if path.exists() else None


def _entry(path: Path) -> Entry:
    try:
        return read_entry(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BadInput(
            Problem(
                "entry-damaged", "error", f"上次发布的条目无法读取：{error}", f"the entry of the last publication is unreadable: {error}",
                "恢复该文件，或发布到新的文件夹", "restore the file, or publish to a new folder", str(path),
            )
        ) from error  # fmt: skip
