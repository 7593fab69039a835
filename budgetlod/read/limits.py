"""How much one document may cost: size, pages, characters, cells, nesting, unpacked size, seconds, memory.

The limits in force are those of the surrounding :func:`limited`, else the defaults. :func:`~budgetlod.read.registry.read_document`
checks file and result for every reader; a reader checks what it alone knows (pages, members of an archive, nesting)
as soon as it knows it. Seconds and memory are kept by who runs the reader in a process that can be killed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from pathlib import Path

from budgetlod.model.document import Document, Grid
from budgetlod.model.problem import BadInput, Problem

MEGABYTE = 1_000_000
# Below this size a member of an archive may be packed as tightly as it likes: the XML of empty cells is.
_SMALL_MEMBER = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost at most; each can be raised or lowered.

    ``file_size`` in bytes; ``pages`` of a document with pages; ``characters`` of all text read, ``cells`` of all grids,
    blanks included; ``depth`` of elements in markup; ``unpacked_size`` in bytes of what an archive (xlsx, docx, ods)
    holds, ``unpacked_ratio`` of a member's size unpacked to packed; ``seconds`` by the clock and ``memory`` in bytes for
    reading and interpreting.
    """

    file_size: int = 200 * MEGABYTE
    pages: int = 2_000
    characters: int = 20_000_000
    cells: int = 2_000_000
    depth: int = 2_000
    unpacked_size: int = 1_000 * MEGABYTE
    unpacked_ratio: int = 200
    seconds: float = 300
    memory: int = 1_000 * MEGABYTE

    def __post_init__(self) -> None:
        """Refuse limits that let nothing through."""
        wrong = [entry.name for entry in fields(self) if getattr(self, entry.name) <= 0]
        if wrong:
            raise ValueError(f"a limit must be positive: {', '.join(wrong)}")


DEFAULTS = Limits()
_in_force: ContextVar[Limits] = ContextVar("limits", default=DEFAULTS)

# Name of a limit: what it counts in Chinese and English, and the option of the command line that sets it.
_WORDS: dict[str, tuple[str, str, str]] = {
    "file_size": ("文件大小（字节）", "size of the file (bytes)", ""),
    "pages": ("页数", "number of pages", "--max-pages"),
    "characters": ("字符数", "number of characters", ""),
    "cells": ("单元格数", "number of cells", ""),
    "depth": ("标记嵌套层数", "depth of nested markup", ""),
    "unpacked_size": ("解压后大小（字节）", "unpacked size (bytes)", ""),
    "unpacked_ratio": ("压缩比", "ratio of unpacked to packed size", ""),
    "seconds": ("用时（秒）", "time (seconds)", "--max-seconds"),
    "memory": ("内存（字节）", "memory (bytes)", "--max-memory"),
}


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Put ``limits`` in force for what is read inside."""
    token = _in_force.set(limits)
    try:
        yield
    finally:
        _in_force.reset(token)


def limits_in_force() -> Limits:
    """Return the limits of the surrounding :func:`limited`, else the defaults."""
    return _in_force.get()


def check_limit(name: str, found: int, file: str, place: str = "") -> None:
    """Raise :class:`BadInput` when ``found`` is more than the limit ``name`` (a field of :class:`Limits`) in force."""
    if found > getattr(limits_in_force(), name):
        raise BadInput(too_large(name, file, found, place))


def too_large(name: str, file: str, found: int | None = None, place: str = "") -> Problem:
    """Return the problem of a document that breaks the limit ``name``; ``found`` is ``None`` where it is not known."""
    zh, en, option = _WORDS[name]
    most = f"{getattr(limits_in_force(), name):,}"
    is_zh, is_en = (f"，实为 {found:,}", f", it is {found:,}") if found is not None else ("", "")
    return Problem(
        "source-too-large", "error",
        f"超过限制：{zh}最多 {most}{is_zh}", f"over the limit: {en} may be {most} at most{is_en}",
        *_hint(option), file, place,
    )  # fmt: skip


def too_slow(file: str) -> Problem:
    """Return the problem of a document that was not read within the time in force."""
    most = f"{limits_in_force().seconds:g}"
    return Problem(
        "source-too-slow", "error",
        f"超过限制：{most} 秒内未能读完", f"over the limit: it was not read within {most} seconds",
        *_hint(_WORDS["seconds"][2]), file,
    )  # fmt: skip


def _hint(option: str) -> tuple[str, str]:
    if option:
        return (
            f"确需读取时用 {option} 放宽，或拆分文件",
            f"raise it with {option} if the file is to be read, or split the file",
        )
    return "请核对文件；确属公开文件则拆分后再读", "check the file; if it is a disclosure, split it"


def check_file(path: Path) -> None:
    """Raise :class:`BadInput` when a file is larger than may be read. Call it before opening the file."""
    check_limit("file_size", path.stat().st_size, str(path))


def check_document(document: Document) -> None:
    """Raise :class:`BadInput` when more text or more cells were read than may be."""
    characters = cells = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            cells += sum(len(row.cells) for row in block.rows)
            characters += sum(len(cell) for row in block.rows for cell in row.cells)
        else:
            characters += sum(len(line.text) for line in block.lines)
    check_limit("cells", cells, document.file)
    check_limit("characters", characters, document.file)


def check_members(file: str, members: Sequence[zipfile.ZipInfo]) -> None:
    """Raise :class:`BadInput` when the members of a ZIP unpack to more than they may, by its own directory.

    Python unpacks no more of a member than the directory says; other readers are held by the memory of their process.
    """
    check_limit("unpacked_size", sum(member.file_size for member in members), file)
    for member in members:
        if member.file_size > _SMALL_MEMBER:
            check_limit("unpacked_ratio", member.file_size // max(1, member.compress_size), file, member.filename)
