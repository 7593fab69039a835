"""A publication in the making, beside the last one at the same place: what is new, what is kept, what is withdrawn."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.entry import Entry, entry_json
from budgetlod.publish.folder import FolderWriter, staged
from budgetlod.publish.item import Withdrawal
from budgetlod.publish.manifest import record
from budgetlod.publish.overview import write_overview
from budgetlod.publish.previous import Previous
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.withdrawal import check_withdrawals, missing, missing_problem, write_tombstone

_PARTS = ".parts"


class Edition:
    """Collects the disclosures of a publication and writes what describes all of them."""

    def __init__(self, writer: FolderWriter, previous: Previous, settings: PublicationSettings) -> None:
        self._writer, self._previous, self._settings = writer, previous, settings
        self._entries: dict[str, Entry] = {}

    def part(self, number: int) -> Path:
        """Return the folder where the files of a disclosure are to be written before they are added."""
        return self._writer.folder / _PARTS / str(number)

    def add(self, part: Path, entry: Entry) -> None:
        """Add a disclosure whose files were written to a folder of their own beside the others.

        Raises :class:`BadInput` when there is one of that name already.
        """
        self._claim(entry)
        self._writer.take_all(part, [*entry.records, record(entry.path, entry_json(entry))])

    def keep(self, entry: Entry) -> None:
        """Take a disclosure over from the last publication as it is."""
        self._claim(entry)
        self._previous.take_over(entry, self._writer)

    def finish(self, withdrawals: Sequence[Withdrawal], *, keep_missing: bool = False) -> None:
        """Write tombstones, and then what describes the whole.

        Raises :class:`BadInput` when something published has neither a source nor a withdrawal (with ``keep_missing`` it is
        kept instead), when a withdrawal cannot be, and when there is nothing to publish.
        """
        shutil.rmtree(self._writer.folder / _PARTS, ignore_errors=True)
        live = set(self._entries)
        todo = check_withdrawals(withdrawals, live, self._previous)
        lost = missing(live, withdrawals, self._previous)
        if lost and not keep_missing:
            raise BadInput([missing_problem(entry) for entry in lost])
        for entry in lost:
            self.keep(entry)
        buried = list(self._tombstones(todo, live))
        if not self._entries and not buried:
            raise BadInput(_nothing())
        entries = [self._entries[folder] for folder in sorted(self._entries)]
        write_overview(self._writer, entries, sorted(buried, key=lambda entry: entry.folder), self._settings)

    def _tombstones(self, todo: Sequence[Withdrawal], live: set[str]) -> Iterator[Entry]:
        previous, new = self._previous, {one.folder: one for one in todo}
        for folder, entry in sorted(previous.entries.items()):
            if folder in new:
                yield write_tombstone(self._writer, entry, new[folder].withdrawn, previous.home, self._settings)
            elif entry.withdrawn and folder not in live:
                previous.take_over(entry, self._writer)
                yield entry

    def _claim(self, entry: Entry) -> None:
        if entry.folder in self._entries:
            raise BadInput(claimed_twice(entry.folder))
        self._entries[entry.folder] = entry


@contextmanager
def edition(home: Path, previous: Previous, settings: PublicationSettings) -> Iterator[Edition]:
    """Give a new edition of the publication at ``home``, which must be held; on leaving it takes its place.

    Raises :class:`BadInput` when the IRIs of the last publication begin otherwise: IRIs never change.
    """
    _check_base(previous, settings)
    with staged(home) as writer:
        yield Edition(writer, previous, settings)


def claimed_twice(folder: str, count: int = 2) -> Problem:
    """Return the problem of so many sources that are one disclosure."""
    return Problem(
        "duplicate-disclosure", "error",
        f"有 {count} 个来源都写到 {folder}", f"{count} sources claim {folder}",
        "每个部门、年度、阶段只保留一个来源", "keep one source for each department, year and phase", folder,
    )  # fmt: skip


def _check_base(previous: Previous, settings: PublicationSettings) -> None:
    others: Iterable[Entry] = previous.entries.values()
    for entry in others:
        if entry.iri != settings.base + entry.folder:
            base = entry.iri.removesuffix(entry.folder)
            raise BadInput(
                Problem(
                    "base-changed", "error",
                    f"这里已发布的标识以 {base} 开头：标识一经发布不再改变", f"what is published here has IRIs that begin with {base}: IRIs never change",
                    "用同样的 --base，或换一个输出文件夹", "use the same --base, or choose another folder with -o", str(previous.home),
                )
            )  # fmt: skip


def _nothing() -> Problem:
    return Problem("nothing-to-publish", "error", "没有可发布的内容", "there is nothing to publish")
