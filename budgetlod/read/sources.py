"""Find source documents: a file, a folder with a ``source.toml``, or a folder of such folders."""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile, SourceNotes

NOTES = "source.toml"

_TABLES: dict[str, dict[str, str]] = {
    "source": {
        "file": "file",
        "sha256": "sha256",
        "issued": "issued",
        "licence": "licence",
        "rights": "rights",
        "landing_page": "landing_page",
    },
    "publisher": {"name": "publisher", "name_en": "publisher_en", "contact": "contact"},
    "disclosure": {
        "area": "area",
        "organization": "organization",
        "name": "name",
        "code": "code",
        "fiscal_year": "fiscal_year",
        "phase": "phase",
        "unit": "unit",
    },
}
_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_ADDRESS = r"https?://[^\s<>\"{}|^`\\]+"
_FORMS: dict[str, tuple[str, str]] = {
    "issued": (r"\d{4}(-\d{2}(-\d{2})?)?", "2024, 2024-03 / 2024-03-05"),
    "sha256": (r"[0-9a-f]{64}", "64 × 0-9a-f"),
    "licence": (_ADDRESS, "https://…"),
    "landing_page": (_ADDRESS, "https://…"),
    "area": (r"\d{6}(\d{3})?", "110101"),
    "organization": (r"[\w.-]+", "110101-001"),
    "phase": (r"budget|adjusted|executed|final", "budget, adjusted, executed, final"),
}


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
            _problem(
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
            return [read_notes(path)]
        beside = path.parent / NOTES
        if beside.exists() and (described := read_notes(beside)).path == path:
            return [described]
        return [SourceFile(path)]
    if (path / NOTES).exists():
        return [read_notes(path / NOTES)]
    found = [read_notes(notes) for notes in sorted(path.glob(f"*/{NOTES}"))]
    if not found:
        raise BadInput(
            _problem(
                path, "source-none", f"目录中没有含 {NOTES} 的来源", f"the folder holds no source (no {NOTES} in it)",
                "用 budgetlod init 建立一个，或直接给出文件", "make one with budgetlod init, or name the file itself",
            )
        )  # fmt: skip
    return found


def read_notes(path: Path) -> SourceFile:
    """Read a ``source.toml``; raises :class:`BadInput` for syntax, unknown keys, wrong types and a wrong checksum."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_damaged(path, str(error))) from error
    except UnicodeDecodeError as error:
        raise BadInput(_damaged(path, f"not UTF-8 (byte {error.start})")) from error
    except OSError as error:
        raise BadInput(_damaged(path, error.strerror or str(error))) from error
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for table, entries in tables.items():
        _take_table(path, table, entries, values, problems)
    if problems:
        raise BadInput(problems)
    notes = SourceNotes(**values)
    document = path.parent / (notes.file or "source.txt")
    if not document.is_file():
        raise BadInput(
            _problem(path, "source-missing", f"来源文件不存在：{document.name}", f"the source {document.name} is not there",
                     "请在 [source] file 中写出文件名", "name the file in [source] file")
        )  # fmt: skip
    _check_sum(path, document, notes)
    return SourceFile(document, notes)


def _damaged(path: Path, reason: str) -> Problem:
    """Return the problem of notes that are no TOML; the parser says at which line, which becomes the place."""
    line = re.search(r"\(at (line \d+)[^)]*\)", reason)
    what = reason[: line.start()].strip() if line else reason
    return _problem(
        path, "notes-damaged", f"不是有效的 TOML：{what}", f"not valid TOML: {what}",
        "请按 docs/reading.md 的例子改正", "correct it after the example in docs/reading.md", line[1] if line else "",
    )  # fmt: skip


def _take_table(path: Path, table: str, entries: Any, values: dict[str, Any], problems: list[Problem]) -> None:
    known = _TABLES.get(table)
    if known is None or not isinstance(entries, dict):
        names = ", ".join(_TABLES)
        hint = f"可用的表：{names}", f"tables: {names}"
        problems.append(_problem(path, "notes-unknown", "未知的表", "unknown table", *hint, f"[{table}]"))
        return
    for key, value in entries.items():
        place = f"[{table}] {key}"
        if key not in known:
            names = ", ".join(known)
            hint = f"可用的键：{names}", f"keys: {names}"
            problems.append(_problem(path, "notes-unknown", "未知的键", "unknown key", *hint, place))
            continue
        if example := _fault(known[key], value):
            hint = f"应如：{example}", f"write: {example}"
            problems.append(_problem(path, "notes-value", f"值无效：{value!r}", f"not valid: {value!r}", *hint, place))
            continue
        values[known[key]] = value


def _fault(name: str, value: Any) -> str:
    """Return an example of a right value when ``value`` is none for the note ``name``, else an empty string."""
    wanted = int if name == "fiscal_year" else str
    form, example = _FORMS.get(name, ("", "2024" if wanted is int else '"…"'))
    if type(value) is not wanted or (form and not re.fullmatch(form, str(value))):
        return example
    if isinstance(value, int) and not _FIRST_YEAR <= value <= _LAST_YEAR:
        return example
    return example if name == "issued" and not _is_date(str(value)) else ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _check_sum(path: Path, document: Path, notes: SourceNotes) -> None:
    actual = hashlib.sha256(document.read_bytes()).hexdigest()
    if notes.sha256 and notes.sha256 != actual:
        raise BadInput(
            _problem(
                path, "source-checksum",
                f"{document.name} 与所记 SHA-256 不符：实为 {actual}",
                f"{document.name} is not the file described: its SHA-256 is {actual}",
                "核对文件；确已更换则更新 sha256", "check the file; if it was replaced on purpose, update sha256",
                "[source] sha256",
            )
        )  # fmt: skip


def _problem(path: Path, code: str, zh: str, en: str, hint_zh: str = "", hint_en: str = "", place: str = "") -> Problem:
    return Problem(code, "error", zh, en, hint_zh, hint_en, str(path), place)
