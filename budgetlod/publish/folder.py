"""A folder that appears whole or not at all: written aside, then put in place at one stroke.

One build at a time (:mod:`budgetlod.publish.lock`); what a killed one left is removed by the next
(:mod:`budgetlod.publish.swap`). A full disk is a problem to be told, and nothing is lost by it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.lock import locked
from budgetlod.publish.manifest import (
    MANIFEST,
    FileRecord,
    manifest_json,
    media_type,
    packed_record,
    read_manifest,
    record,
)
from budgetlod.publish.packing import Packer, gzip_bytes
from budgetlod.publish.swap import NEW, free_sibling, put_in_place, tidy

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FolderWriter:
    """Writes files under a folder that nobody sees yet and keeps their records."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records: list[FileRecord] = []
        self._made: set[str] = set()

    def write(self, path: str, content: bytes) -> FileRecord:
        """Write one file; ``path`` is relative, with ``/``. Raises ``ValueError`` when it would leave the folder."""
        self._put(path, content)
        return self._keep(record(path, content))

    def write_packed(self, path: str, content: bytes) -> FileRecord:
        """Write ``content`` compressed; the record also describes the content itself."""
        packed = gzip_bytes(content)
        self._put(path, packed)
        return self._keep(packed_record(path, packed, content))

    def write_stream(self, path: str, chunks: Iterable[bytes]) -> FileRecord:
        """Write content that comes in pieces and need not fit into memory; compressed when ``path`` ends in ``.gz``."""
        content, written = _Digest(), _Digest()
        packer = Packer() if path.endswith(".gz") else None
        with self.place(path).open("xb") as file:
            for chunk in chunks:
                file.write(written.add(packer.add(content.add(chunk)) if packer else content.add(chunk)))
            if packer:
                file.write(written.add(packer.end()))
        found = FileRecord(path, written.size, written.sha256, media_type(path))
        if packer:
            found = replace(found, content_size=content.size, content_sha256=content.sha256)
        return self._keep(found)

    def take(self, home: Path, known: FileRecord, path: str = "") -> FileRecord:
        """Take a file over from the folder ``home``, where ``known`` describes it, as it is or to another ``path``."""
        described = FileRecord(
            path or known.path, known.size, known.sha256, known.media_type, known.content_size, known.content_sha256
        )
        link_or_copy(home / known.path, self.place(described.path))
        return self._keep(described)

    def take_all(self, part: Path, records: list[FileRecord]) -> None:
        """Move the files of a part (a folder of its own on the same file system) here, and keep their records."""
        _merge(part, self.folder)
        self.records += records

    def place(self, path: str) -> Path:
        """Return where the file at ``path`` belongs, its folder made; raises ``ValueError`` outside the publication."""
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise ValueError(f"not a path inside the publication: {path!r}")
        target = self.folder.joinpath(*parts)
        home = path.rpartition("/")[0]
        if home not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(home)
        return target

    def _put(self, path: str, content: bytes) -> None:
        # Some hundred small files for a disclosure: without a buffer each takes fewer calls of the system.
        with self.place(path).open("xb", buffering=0) as file:
            rest = memoryview(content)
            while rest:
                rest = rest[file.write(rest) :]

    def _keep(self, written: FileRecord) -> FileRecord:
        self.records.append(written)
        return written


class _Digest:
    """Size and sha256 of bytes that pass through."""

    def __init__(self) -> None:
        self.size = 0
        self._hash = hashlib.sha256()

    def add(self, chunk: bytes) -> bytes:
        """Count ``chunk`` and hand it on."""
        self.size += len(chunk)
        self._hash.update(chunk)
        return chunk

    @property
    def sha256(self) -> str:
        """The checksum in hexadecimal."""
        return self._hash.hexdigest()


def link_or_copy(there: Path, here: Path) -> None:
    """Make ``here`` the file ``there``: a second name for it where the file system can, else a copy."""
    try:
        os.link(there, here)
    except OSError as problem:
        if problem.errno in (errno.ENOENT, errno.EEXIST, *_NO_SPACE):
            raise
        shutil.copyfile(there, here)


def _merge(part: Path, whole: Path) -> None:
    """Move what is in ``part`` into ``whole``; raises ``FileExistsError`` where a file would take another's place."""
    for path in sorted(part.iterdir()):
        target = whole / path.name
        if not target.exists():
            path.rename(target)
        elif path.is_dir():
            _merge(path, target)
        else:
            raise FileExistsError(errno.EEXIST, "two disclosures write one file", str(target))


@contextmanager
def new_publication(destination: Path) -> Iterator[FolderWriter]:
    """Give a writer for a new folder; on leaving without an exception it takes the place of ``destination``.

    Raises :class:`BadInput` as :func:`held` and :func:`staged` do.
    """
    with held(destination) as home, staged(home) as writer:
        yield writer


@contextmanager
def held(destination: Path) -> Iterator[Path]:
    """Hold ``destination`` for one build and give its resolved path; what a killed build left is tidied up.

    Raises :class:`BadInput` when ``destination`` may not be replaced (see :func:`check_destination`), not be written, or
    is held by another build.
    """
    check_destination(destination)
    home = destination.resolve()
    with ExitStack() as stack:
        try:
            home.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(home))
        except OSError as problem:
            raise cannot_write(destination, problem) from problem
        tidy(home)
        check_destination(home)
        try:
            yield home
        except OSError as problem:
            if is_no_space(problem):
                raise cannot_write(destination, problem) from problem
            raise


@contextmanager
def staged(destination: Path) -> Iterator[FolderWriter]:
    """Give a writer for a folder beside ``destination``, which must be held; it is put in place on leaving.

    The manifest is written last. Any exception removes the new folder and leaves the old one as it was.
    """
    aside = free_sibling(destination, NEW)
    try:
        aside.mkdir()
    except OSError as problem:
        raise cannot_write(destination, problem) from problem
    try:
        writer = FolderWriter(aside)
        yield writer
        (aside / MANIFEST).write_bytes(manifest_json(writer.records))
        put_in_place(aside, destination)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def is_no_space(problem: OSError) -> bool:
    """Return whether an error says that the disk is full, or the quota used up."""
    return problem.errno in _NO_SPACE


def cannot_write(destination: Path, problem: OSError) -> BadInput:
    """Return the problem of a destination that cannot be written: the disk is full, or it may not be."""
    if not is_no_space(problem):
        return _refusal(destination, f"无法写入：{problem}", f"cannot be written: {problem}")
    return BadInput(
        Problem(
            "disk-full", "error",
            "磁盘空间不足，未发布；原有内容未作改动", "the disk is full: nothing was published, what was there is unchanged",
            "腾出空间后再试：需要约一份新发布的大小", "make room and try again: a build needs about the size of a publication",
            str(destination),
        )
    )  # fmt: skip


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
