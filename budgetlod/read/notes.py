"""What a publisher writes beside a document: ``source.toml``, its tables and keys, checked one by one."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import Acceptance, SourceNotes

NOTES = "source.toml"

TABLES: dict[str, dict[str, str]] = {
    "source": {
        "file": "files",
        "sha256": "sha256",
        "issued": "issued",
        "modified": "modified",
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
        "level": "level",
        "unit": "unit",
    },
    "validation": {"profiles": "profiles"},
    "accepted": {"rule": "rule", "place": "place", "reason": "reason"},
    "withdrawn": {"date": "withdrawn", "reason": "withdrawn_reason", "disclosure": "withdrawn_disclosure"},
}
# Written as often as needed: [[accepted]].
_REPEATED = "accepted"
_REQUIRED = ("rule", "reason")
# One text, or a list of texts: one for each file of the disclosure.
_OF_EACH_FILE = ("files", "sha256")
_DATES = ("issued", "modified", "withdrawn")
_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_ADDRESS = r"https?://[^\s<>\"{}|^`\\]+"
_FORMS: dict[str, tuple[str, str]] = {
    "files": (r".*[^\s].*", '"source.pdf"'),
    "issued": (r"\d{4}(-\d{2}(-\d{2})?)?", "2024, 2024-03 / 2024-03-05"),
    "modified": (r"\d{4}(-\d{2}(-\d{2})?)?", "2024, 2024-03 / 2024-03-05"),
    "withdrawn": (r"\d{4}(-\d{2}(-\d{2})?)?", "2024, 2024-03 / 2024-03-05"),
    "withdrawn_reason": (r"(?s)\s*\S.*", '"…"'),
    "withdrawn_disclosure": (r"[\w.~%-]+/\d{4}-[a-z]+", '"110000-001/2024-budget"'),
    "sha256": (r"[0-9a-f]{64}", "64 × 0-9a-f"),
    "licence": (_ADDRESS, "https://…"),
    "landing_page": (_ADDRESS, "https://…"),
    "area": (r"\d{6}(\d{3})?", "110101"),
    "organization": (r"[\w.-]+", "110101-001"),
    "phase": (r"budget|adjusted|executed|final", "budget, adjusted, executed, final"),
    "level": (r"department|unit|head|consolidated", "department, unit, head, consolidated"),
    "rule": (r"\S+", '"A46"'),
    "place": (r"\S+", '"three-public#r6"'),
    "reason": (r"(?s)\s*\S.*", '"…"'),
}


def read_notes(path: Path) -> SourceNotes:
    """Read a ``source.toml``; raises :class:`BadInput` for syntax, unknown keys and wrong values, all at once."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    document = load_toml(path)
    for table, entries in document.items():
        if table == _REPEATED:
            values[table] = tuple(_acceptances(path, entries, problems))
        else:
            _take_table(path, table, entries, values, problems)
    stated = ("withdrawn", "withdrawn_reason")
    if not problems and "withdrawn" in document and not all(values.get(name) for name in stated):
        zh, en = "撤回要写明日期和理由", "a withdrawal states its date and its reason"
        problems.append(_not_valid(path, zh, en, 'date = "2024-03-05", reason = "…"', "[withdrawn]"))
    if problems:
        raise BadInput(problems)
    return SourceNotes(**values)


def load_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds; raises :class:`BadInput` when it cannot be read or is damaged."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_damaged(path, str(error))) from error
    except UnicodeDecodeError as error:
        raise BadInput(_damaged(path, f"not UTF-8 (byte {error.start})")) from error
    except OSError as error:
        raise BadInput(_damaged(path, error.strerror or str(error))) from error


def _damaged(path: Path, reason: str) -> Problem:
    """Return the problem of notes that are no TOML; the parser says at which line, which becomes the place."""
    line = re.search(r"\(at (line \d+)[^)]*\)", reason)
    what = reason[: line.start()].strip() if line else reason
    return note_problem(
        path, "notes-damaged", f"不是有效的 TOML：{what}", f"not valid TOML: {what}",
        "请按 docs/reading.md 的例子改正", "correct it after the example in docs/reading.md", line[1] if line else "",
    )  # fmt: skip


def _take_table(path: Path, table: str, entries: Any, values: dict[str, Any], problems: list[Problem]) -> None:
    """Put what a table states into ``values``, by the name of the note, and what is wrong with it into ``problems``."""
    known = TABLES.get(table)
    if known is None or not isinstance(entries, dict):
        names = ", ".join(f"[[{name}]]" if name == _REPEATED else name for name in TABLES)
        hint = f"可用的表：{names}", f"tables: {names}"
        problems.append(note_problem(path, "notes-unknown", "未知的表", "unknown table", *hint, f"[{table}]"))
        return
    for key, value in entries.items():
        place = f"[{table}] {key}"
        if key not in known:
            names = ", ".join(known)
            hint = f"可用的键：{names}", f"keys: {names}"
            problems.append(note_problem(path, "notes-unknown", "未知的键", "unknown key", *hint, place))
        elif example := _fault(known[key], value):
            problems.append(_not_valid(path, f"值无效：{value!r}", f"not valid: {value!r}", example, place))
        else:
            values[known[key]] = _kept(known[key], value)


def _kept(name: str, value: Any) -> Any:
    """Return a value as the notes hold it: a list, and what is stated of each file, as a tuple."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if name in _OF_EACH_FILE else value


def _acceptances(path: Path, entries: Any, problems: list[Problem]) -> list[Acceptance]:
    """Return the faults that a publisher accepts: each must name its rule and give a reason."""
    if not isinstance(entries, list):
        problems.append(
            _not_valid(path, "应写两层方括号", "needs double brackets", f"[[{_REPEATED}]]", f"[{_REPEATED}]")
        )
        return []
    found = []
    for number, entry in enumerate(entries, start=1):
        place, values, wrong = f"[[{_REPEATED}]] {number}", dict[str, Any](), list[Problem]()
        _take_table(path, _REPEATED, entry, values, wrong)
        wrong = [problem._replace(place=problem.place.replace(f"[{_REPEATED}]", place)) for problem in wrong]
        missing = [] if wrong else [key for key in _REQUIRED if key not in values]
        wrong += [
            _not_valid(path, f"缺少 {key}", f"{key} is missing", f"{key} = {_FORMS[key][1]}", place) for key in missing
        ]
        problems += wrong
        found += [] if wrong else [Acceptance(values["rule"], values["reason"].strip(), values.get("place", ""))]
    return found


def _fault(name: str, value: Any) -> str:
    """Return an example of a right value when ``value`` is none for the note ``name``, else an empty string."""
    if name == "profiles":
        names = value if isinstance(value, list) else [None]
        return "" if all(isinstance(one, str) and one.strip() for one in names) else '["laws"]'
    if name in _OF_EACH_FILE and isinstance(value, list):
        texts = all(isinstance(one, str) and not _fault(name, one) for one in value)
        return "" if value and texts and len(set(value)) == len(value) else '["…", "…"]'
    wanted = int if name == "fiscal_year" else str
    form, example = _FORMS.get(name, ("", "2024" if wanted is int else '"…"'))
    if type(value) is not wanted or (form and not re.fullmatch(form, str(value))):
        return example
    if isinstance(value, int) and not _FIRST_YEAR <= value <= _LAST_YEAR:
        return example
    return example if name in _DATES and not _is_date(str(value)) else ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _not_valid(path: Path, zh: str, en: str, example: str, place: str) -> Problem:
    return note_problem(path, "notes-value", zh, en, f"应如：{example}", f"write: {example}", place)


def note_problem(
    path: Path, code: str, zh: str, en: str, hint_zh: str = "", hint_en: str = "", place: str = ""
) -> Problem:
    """Return a problem with the notes in ``path``, or with the source that they describe."""
    return Problem(code, "error", zh, en, hint_zh, hint_en, str(path), place)
