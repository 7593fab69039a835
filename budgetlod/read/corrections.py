"""What a person corrects in the reading of a document: ``corrections.toml``, checked entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from budgetlod.model.corrections import Correction, Corrections
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.notes import load_toml, note_problem

CORRECTIONS = "corrections.toml"
TABLE = "correction"

TEXTS = ("statement", "file", "sheet", "printed", "correct", "reason", "by")
NUMBERS = ("row", "heading", "column", "page", "line", "table")
KEYS = (*TEXTS, *NUMBERS, "date")
_REQUIRED = ("printed", "correct", "reason")
# What may be empty: a blank that should not be one, and print that is none.
_MAY_BE_EMPTY = ("printed", "correct")
_PLACE = ("page", "line", "sheet")
_EXAMPLES = {"date": "2026-01-31", "statement": '"income"', "file": '"tables.pdf"'}


def corrections_beside(document: Path) -> Corrections:
    """Return the corrections of a document without ``source.toml``: ``NAME.corrections.toml`` in its folder, if any.

    NAME is the name of the document, with or without its extension. Raises :class:`BadInput`.
    """
    for name in (document.name, document.stem):
        if (path := document.with_name(f"{name}.{CORRECTIONS}")).is_file():
            return read_corrections(path)
    return Corrections()


def read_corrections(path: Path) -> Corrections:
    """Read a file of corrections; raises :class:`BadInput` for syntax and every wrong entry, all at once."""
    problems: list[Problem] = []
    found: list[Correction] = []
    for table, entries in load_toml(path).items():
        if table != TABLE:
            hint = f"可用的表：[[{TABLE}]]", f"tables: [[{TABLE}]]"
            problems.append(note_problem(path, "notes-unknown", "未知的表", "unknown table", *hint, f"[{table}]"))
        elif not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            example = f"[[{TABLE}]]"
            problems.append(_wrong(path, f"[{TABLE}]", "应写两层方括号", "needs double brackets", example))
        else:
            for number, entry in enumerate(entries, start=1):
                wrong = list(_faults(path, f"[[{TABLE}]] {number}", entry))
                problems += wrong
                found += [] if wrong else [Correction(number, **_values(entry))]
    if problems:
        raise BadInput(problems)
    return Corrections(str(path), tuple(found))


def _values(entry: Mapping[str, Any]) -> dict[str, Any]:
    values = {key: str(value) if key == "date" else value for key, value in entry.items()}
    if "statement" not in values and "row" in values:
        values.setdefault("table", 1)
    return values


def _wrong(path: Path, place: str, zh: str, en: str, example: str) -> Problem:
    return note_problem(path, "notes-value", zh, en, f"应如：{example}", f"write: {example}", place)


def _faults(path: Path, place: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with an entry: its keys and values, then, if these are right, how they go together."""
    right = True
    for key, value in entry.items():
        if key not in KEYS:
            right = False
            hint = f"可用的键：{', '.join(KEYS)}", f"keys: {', '.join(KEYS)}"
            yield note_problem(path, "notes-unknown", "未知的键", "unknown key", *hint, f"{place} {key}")
        elif example := _fault(key, value):
            right = False
            yield _wrong(path, f"{place} {key}", f"值无效：{value!r}", f"not valid: {value!r}", example)
    for key in _REQUIRED:
        if key not in entry:
            right = False
            yield _wrong(path, place, f"缺少 {key}", f"{key} is missing", f'{key} = "…"')
    if right and (fault := _contradiction(entry)):
        yield _wrong(path, place, *fault)


def _fault(key: str, value: Any) -> str:
    """Return an example of a right value when ``value`` is none for ``key``, else an empty string."""
    if key == "date":
        example = _EXAMPLES[key]
        if isinstance(value, str):
            return "" if _is_date(value) else example
        return "" if isinstance(value, date) and not isinstance(value, datetime) else example
    if key in NUMBERS:
        lowest = 0 if key == "column" else 1
        return "" if type(value) is int and value >= lowest else f"{key} = 1"
    filled = isinstance(value, str) and (value.strip() or key in _MAY_BE_EMPTY)
    return "" if filled else _EXAMPLES.get(key, '"…"')


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _contradiction(entry: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return (zh, en, example) of what is wrong with the keys of an entry taken together."""
    placed = [key for key in (*_PLACE, "file", "table") if key in entry]
    if entry["printed"] == entry["correct"]:
        return "printed 与 correct 相同，没有可更正之处", "printed and correct are the same", 'correct = "…"'
    if "statement" in entry:
        if placed:
            keys = ", ".join(placed)
            return f"statement 不与 {keys} 并用", f"statement goes without {keys}", 'statement = "income"'
        if "column" not in entry or ("row" in entry) == ("heading" in entry):
            zh, en = "须写明 column，以及 row 或 heading 之一", "needs column, and either row or heading"
            return zh, en, "row = 3, column = 2"
        return None
    return _without_statement(entry)


def _without_statement(entry: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return what is wrong with the keys of an entry that tells its place by page, line or sheet."""
    if not any(key in entry for key in _PLACE):
        return "未说明位置", "does not say where", "statement, page, line, sheet"
    if "heading" in entry:
        return "heading 只与 statement 并用，其他处的行含表头", "heading goes with statement only", "row = 1"
    if ("row" in entry) != ("column" in entry):
        return "row 与 column 须同时写明", "row and column go together", "row = 3, column = 2"
    if "row" not in entry and "table" in entry and not entry["correct"].strip():
        return "标题不能改为空", "a title cannot be corrected to nothing", 'correct = "收支总表"'
    if "row" not in entry and "table" not in entry and not entry["printed"].strip():
        return "须写明正文中误读的文字", "needs the words of the prose that were misread", 'printed = "…"'
    return None
