"""The readers by file name: one row per format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from budgetlod.model.document import Document
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.text import read_text

Reader = Callable[[Path], Document]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".tsv": read_text,
    ".md": read_text,
}


def read_document(path: Path) -> Document:
    """Read a document with the reader of its format.

    Raises :class:`BadInput` when the file is missing, of a format that no reader takes, or cannot be read.
    """
    if not path.is_file():
        hint = ("请核对路径", "check the path")
        raise BadInput(Problem("source-missing", "error", "没有这个文件", "there is no such file", *hint, str(path)))
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(sorted(READERS))
        zh, en = f"不支持的格式“{path.suffix}”", f"no reader for the format {path.suffix or '(none)'}"
        hint_zh, hint_en = f"请转为可读的格式：{known}", f"convert it to a format that is read: {known}"
        raise BadInput(Problem("source-format", "error", zh, en, hint_zh, hint_en, str(path)))
    try:
        return reader(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            Problem(
                "source-unreadable", "error", f"无法读取：{reason}", f"cannot be read: {reason}",
                "请检查文件权限", "check the permissions of the file", str(path),
            )
        ) from error  # fmt: skip
