"""Find source documents: a file, a folder with a ``source.toml``, or a folder of such folders."""

from __future__ import annotations

import hashlib
from pathlib import Path

from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile, SourceNotes
from budgetlod.read.notes import NOTES, note_problem, read_notes


def find_sources(paths: list[Path]) -> list[SourceFile]:
    """Return the sources that the paths name, in the order of their paths.

    Raises :class:`BadInput` naming every path that does not exist or holds no source, and every damaged note.
    """
    sources: list[SourceFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            sources.extend(_sources_at(path))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return sources


def _sources_at(path: Path) -> list[SourceFile]:
    if not path.exists():
        raise BadInput(
            note_problem(
                path,
                "source-missing",
                "没有这个文件或目录",
                "there is no such file or folder",
                "请核对路径",
                "check the path",
            )
        )
    if path.is_file():
        if path.name == NOTES:
            return [_described(path)]
        beside = path.parent / NOTES
        if beside.exists() and (described := _described(beside)).path == path:
            return [described]
        return [SourceFile(path)]
    if (path / NOTES).exists():
        return [_described(path / NOTES)]
    found = [_described(notes) for notes in sorted(path.glob(f"*/{NOTES}"))]
    if not found:
        raise BadInput(
            note_problem(
                path, "source-none", f"目录中没有含 {NOTES} 的来源", f"the folder holds no source (no {NOTES} in it)",
                "用 budgetlod init 建立一个，或直接给出文件", "make one with budgetlod init, or name the file itself",
            )
        )  # fmt: skip
    return found


def _described(path: Path) -> SourceFile:
    """Return the source that a ``source.toml`` describes; raises :class:`BadInput` also if it is gone or another."""
    notes = read_notes(path)
    document = path.parent / (notes.file or "source.txt")
    if not document.is_file():
        raise BadInput(
            note_problem(path, "source-missing", f"来源文件不存在：{document.name}", f"the source {document.name} is not there",
                         "请在 [source] file 中写出文件名", "name the file in [source] file")
        )  # fmt: skip
    _check_sum(path, document, notes)
    return SourceFile(document, notes)


def _check_sum(path: Path, document: Path, notes: SourceNotes) -> None:
    actual = hashlib.sha256(document.read_bytes()).hexdigest()
    if notes.sha256 and notes.sha256 != actual:
        raise BadInput(
            note_problem(
                path, "source-checksum",
                f"{document.name} 与所记 SHA-256 不符：实为 {actual}",
                f"{document.name} is not the file described: its SHA-256 is {actual}",
                "核对文件；确已更换则更新 sha256", "check the file; if it was replaced on purpose, update sha256",
                "[source] sha256",
            )
        )  # fmt: skip
