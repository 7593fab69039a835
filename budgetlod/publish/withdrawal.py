"""What is left of a disclosure that was withdrawn: a page that says so, its versions, and an answer for each of its IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.addresses import PAGE_NAMES, Language
from budgetlod.publish.entry import Entry, entry_json
from budgetlod.publish.folder import FolderWriter
from budgetlod.publish.item import Withdrawal, Withdrawn
from budgetlod.publish.previous import Previous
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.site.feed import disclosure_feeds
from budgetlod.publish.site.rendering import render
from budgetlod.publish.site.versions import tombstones, version_pages
from budgetlod.publish.stages import Page
from budgetlod.publish.versions import keep_past


def check_withdrawals(withdrawals: Iterable[Withdrawal], live: Iterable[str], previous: Previous) -> list[Withdrawal]:
    """Return the withdrawals that are still to be done.

    ``live`` are the folders that this build publishes. Raises :class:`BadInput` for what was never published, and for what
    has a source all the same.
    """
    todo, problems = [], []
    for one in withdrawals:
        known = previous.entries.get(one.folder)
        if one.folder in set(live):
            problems.append(_still_there(one.folder))
        elif known is None:
            problems.append(_unknown(one.folder))
        elif known.withdrawn != one.withdrawn:
            todo.append(one)
    if problems:
        raise BadInput(problems)
    return todo


def missing(live: Iterable[str], withdrawals: Sequence[Withdrawal], previous: Previous) -> list[Entry]:
    """Return what was published, is not published now, and was not withdrawn either."""
    told = {*live, *(one.folder for one in withdrawals)}
    return [entry for folder, entry in sorted(previous.entries.items()) if folder not in told and not entry.withdrawn]


def missing_problem(entry: Entry) -> Problem:
    """Return the problem of a disclosure whose source is gone without a word."""
    key = entry.folder.removeprefix("dataset/")
    return Problem(
        "disclosure-missing", "error",
        f"曾发布的 {key} 没有来源了：已发布的不会无声消失", f"{key} was published and has no source now: nothing published is lost silently",
        f'放回来源，或撤回：budgetlod build --withdraw {key} --reason "…"，或换一个输出文件夹',
        f'put the source back, or withdraw it: budgetlod build --withdraw {key} --reason "…", or choose another folder with -o',
        entry.folder,
    )  # fmt: skip


def write_tombstone(
    writer: FolderWriter, entry: Entry, withdrawn: Withdrawn, home: Path, settings: PublicationSettings
) -> Entry:
    """Write what is left of a disclosure and return its entry; ``home`` is the folder of the last publication."""
    first = len(writer.records)
    keep_past(writer, entry, home, outdated=True)
    gone = replace(entry, withdrawn=withdrawn, files=(), summaries={}, fingerprint="")
    for path, content in _pages(writer, gone, settings):
        writer.write(path, content)
    gone = replace(gone, records=tuple(writer.records[first:]))
    writer.write(gone.path, entry_json(gone))
    return gone


def _pages(writer: FolderWriter, gone: Entry, settings: PublicationSettings) -> Iterator[Page]:
    yield from tombstones(gone, settings)
    yield from version_pages(writer, gone, settings, withdrawn=True)
    yield from disclosure_feeds(gone, settings)
    own = {f"{gone.folder}/{name}" for name in PAGE_NAMES.values()}
    for record in gone.records:
        if record.path.endswith(".html") and record.path not in own and "/version/" not in record.path:
            language: Language = "en" if record.path.endswith(".en.html") else "zh"
            yield render("gone.html", record.path, {"item": gone}, language)


def _still_there(folder: str) -> Problem:
    return Problem(
        "withdrawn-with-source", "error",
        f"要撤回 {folder}，但它的来源还在", f"{folder} is to be withdrawn, but its source is still there",
        "移走来源，或在其 source.toml 中写 [withdrawn]", "remove the source, or write [withdrawn] in its source.toml", folder,
    )  # fmt: skip


def _unknown(folder: str) -> Problem:
    return Problem(
        "withdrawn-unknown", "error",
        f"没有发布过 {folder}，无从撤回", f"{folder} was never published here: there is nothing to withdraw",
        "请核对：写法如 110000-001/2024-budget", "check the name: it is written like 110000-001/2024-budget", folder,
    )  # fmt: skip
