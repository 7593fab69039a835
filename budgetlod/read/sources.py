"""Find source documents: a file, a folder with a ``source.toml``, or a folder of documents and such folders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile, SourceNotes
from budgetlod.read.corrections import CORRECTIONS, corrections_beside, read_corrections
from budgetlod.read.folders import documents_under
from budgetlod.read.notes import NOTES, note_problem, read_notes
from budgetlod.read.registry import READERS

_DEFAULT = "source.txt"


def find_sources(paths: list[Path]) -> list[SourceFile]:
    """Return the sources that the paths name, in the order of their paths.

    Raises :class:`BadInput` naming every path that does not exist or holds no source, and every damaged note.
    """
    sources: list[SourceFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            # Two files of one disclosure name it twice.
            sources.extend(one for one in _sources_at(path) if not (one.more and one in sources))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return sources


def source_paths(paths: Sequence[Path]) -> list[Path]:
    """Return a path for each source that ``paths`` name: folders of documents become what is in them.

    Nothing is opened or checked: a path that holds no source stays, :func:`find_sources` says what is wrong with it.
    """
    found: dict[Path, None] = {}
    for path in paths:
        folder = path.is_dir() and not (path / NOTES).exists()
        found.update(dict.fromkeys((documents_under(path, READERS) if folder else []) or [path]))
    return list(found)


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
        if beside.exists() and path in (described := _described(beside)).paths:
            return [described]
        return [SourceFile(path, SourceNotes(corrections=corrections_beside(path)))]
    if (path / NOTES).exists():
        return [_described(path / NOTES)]
    found = documents_under(path, READERS)
    if not found:
        raise BadInput(
            note_problem(
                path, "source-none", f"目录中没有可读的文件，也没有含 {NOTES} 的来源",
                f"the folder holds no document and no source (no {NOTES} in it)",
                "用 budgetlod init 建立一个，或直接给出文件", "make one with budgetlod init, or name the file itself",
            )
        )  # fmt: skip
    return find_sources(found)


def _described(path: Path) -> SourceFile:
    """Return the source that a ``source.toml`` describes; raises :class:`BadInput` also if it is gone or another."""
    notes = read_notes(path)
    documents = [path.parent / name for name in notes.files or (_DEFAULT,)]
    problems = [_missing(path, document) for document in documents if not document.is_file()]
    if notes.withdrawn and problems:
        # What was withdrawn need not be there any more.
        return SourceFile(documents[0], notes, tuple(documents[1:]))
    problems = problems or list(_differing(path, documents, notes.sha256))
    corrections = path.with_name(CORRECTIONS)
    if corrections.is_file():
        try:
            notes = notes._replace(corrections=read_corrections(corrections))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return SourceFile(documents[0], notes, tuple(documents[1:]))


def _missing(path: Path, document: Path) -> Problem:
    return note_problem(
        path, "source-missing", f"来源文件不存在：{document.name}", f"the source {document.name} is not there",
        "请在 [source] file 中写出文件名", "name the file in [source] file",
    )  # fmt: skip


def _differing(path: Path, documents: Sequence[Path], sums: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each document that is not the one whose checksum is stated."""
    place = "[source] sha256"
    if sums and len(sums) != len(documents):
        zh, en = f"{len(documents)}个文件，{len(sums)}个 sha256", f"{len(documents)} files, {len(sums)} checksums"
        hint = "每个文件写一个，顺序相同", "state one for each file, in the same order"
        yield note_problem(path, "notes-value", zh, en, *hint, place)
        return
    for document, stated in zip(documents, sums, strict=False):
        actual = hashlib.sha256(document.read_bytes()).hexdigest()
        if stated != actual:
            zh = f"{document.name} 与所记 SHA-256 不符：实为 {actual}"
            en = f"{document.name} is not the file described: its SHA-256 is {actual}"
            hint = "核对文件；确已更换则更新 sha256", "check the file; if it was replaced on purpose, update sha256"
            yield note_problem(path, "source-checksum", zh, en, *hint, place)
