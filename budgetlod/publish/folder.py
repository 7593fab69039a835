"""A folder that appears whole or not at all: written aside, then swapped in by renaming.

``rename`` within one file system is atomic (POSIX.1-2024, ``rename``), but replacing a folder that is not empty
takes two of them. Between the two a reader finds no folder for an instant, never a mixture of old and new.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.manifest import MANIFEST, FileRecord, manifest_json, packed_record, read_manifest, record
from budgetlod.publish.packing import gzip_bytes


class FolderWriter:
    """Writes files under a folder that nobody sees yet and keeps their records."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.records: list[FileRecord] = []

    def write(self, path: str, content: bytes) -> FileRecord:
        """Write one file; ``path`` is relative, with ``/``. Raises ``ValueError`` when it would leave the folder."""
        self._put(path, content)
        return self._keep(record(path, content))

    def write_packed(self, path: str, content: bytes) -> FileRecord:
        """Write ``content`` compressed; the record also describes the content itself."""
        packed = gzip_bytes(content)
        self._put(path, packed)
        return self._keep(packed_record(path, packed, content))

    def _put(self, path: str, content: bytes) -> None:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise ValueError(f"not a path inside the publication: {path!r}")
        target = self._folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(content)

    def _keep(self, written: FileRecord) -> FileRecord:
        self.records.append(written)
        return written


@contextmanager
def new_publication(destination: Path) -> Iterator[FolderWriter]:
    """Give a writer for a new folder; on leaving without an exception it takes the place of ``destination``.

    The manifest is written last. Any exception removes the new folder and leaves the old one as it was. Raises
    :class:`BadInput` when ``destination`` may not be replaced (see :func:`check_destination`) or not be written.
    """
    check_destination(destination)
    destination = destination.resolve()
    aside = _make_aside(destination)
    try:
        writer = FolderWriter(aside)
        yield writer
        (aside / MANIFEST).write_bytes(manifest_json(writer.records))
        _swap(aside, destination)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_destination(destination: Path) -> None:
    """Raise :class:`BadInput` unless ``destination`` is absent, empty, or a publication of this tool."""
    if not destination.exists():
        if destination.is_symlink():
            raise _refusal(destination, "是失效的链接", "is a broken link")
        return
    if not destination.is_dir():
        raise _refusal(destination, "不是文件夹", "is not a folder")
    try:
        content = next(destination.iterdir(), None)
        if content is not None:
            read_manifest((destination / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise _refusal(destination, "已有其他内容", "holds something else: it has no manifest.json") from None
    except ValueError as problem:
        zh = "其中的 manifest.json 不是本工具写的"
        raise _refusal(destination, zh, f"has a manifest.json that is not ours ({problem})") from problem
    except OSError as problem:
        raise _refusal(destination, f"无法读取：{problem}", f"cannot be read: {problem}") from problem


def _refusal(destination: Path, zh: str, en: str) -> BadInput:
    return BadInput(
        Problem(
            code="output-folder",
            severity="error",
            zh=f"输出位置{zh}，未作改动",
            en=f"the output {en}; nothing was changed",
            hint_zh="请另选输出文件夹，或先移走其中内容",
            hint_en="choose another folder with -o, or move away what is there",
            file=str(destination),
        )
    )


def _make_aside(destination: Path) -> Path:
    """Make an empty hidden sibling, so that renaming stays on one file system."""
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        aside = _free_sibling(destination, "new")
        aside.mkdir()
    except OSError as problem:
        raise _refusal(destination, f"无法写入：{problem}", f"cannot be written: {problem}") from problem
    return aside


def _free_sibling(destination: Path, purpose: str) -> Path:
    candidates = (
        destination.with_name(f".{destination.name}.{os.getpid()}-{number}.{purpose}") for number in itertools.count()
    )
    return next(path for path in candidates if not path.exists())


def _swap(aside: Path, destination: Path) -> None:
    """Put ``aside`` where ``destination`` is; if that fails, put the old folder back."""
    if not destination.exists():
        aside.rename(destination)
        return
    old = _free_sibling(destination, "old")
    try:
        destination.rename(old)
        aside.rename(destination)
    except BaseException:
        if old.exists() and not destination.exists():
            old.rename(destination)
        raise
    shutil.rmtree(old)
