"""``budgetlod.toml``: what a publisher always builds, and how the publication is called."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.item import Publisher
from budgetlod.publish.settings import PublicationSettings
from budgetlod.read.notes import load_toml

PROJECT = "budgetlod.toml"
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|^`\\]+")
_TEXTS = ("title_zh", "title_en", "description_zh", "description_en")
_ADDRESSES = ("base", "site", "endpoint", "licence")
_PUBLISHER = ("iri", "name_zh", "name_en")
_TABLES = {"build": ("sources", "output"), "publication": (*_TEXTS, *_ADDRESSES), "publisher": _PUBLISHER}


class Project(NamedTuple):
    """What the file says: the sources, the folder to publish to (both as seen from the file), the publication's settings."""

    sources: tuple[Path, ...] = ()
    output: Path | None = None
    settings: PublicationSettings = PublicationSettings()


def read_project(path: Path) -> Project:
    """Read a ``budgetlod.toml``; raises :class:`BadInput` with everything that is wrong with it."""
    document = load_toml(path)
    problems = [*_unknown(path, document)]
    problems = problems or [*_wrong(path, document)]
    if problems:
        raise BadInput(problems)
    build, publisher = document.get("build", {}), document.get("publisher")
    settings = replace(PublicationSettings(), **{k: v for k, v in document.get("publication", {}).items() if v})
    if publisher:
        named = Publisher(publisher["iri"], publisher["name_zh"], publisher.get("name_en", ""))
        settings = replace(settings, publisher=named)
    output = build.get("output")
    sources = tuple(path.parent / name for name in build.get("sources", ()))
    return Project(sources, path.parent / output if output else None, settings)


def _unknown(path: Path, document: dict[str, Any]) -> list[Problem]:
    found = []
    for table, entries in document.items():
        known = _TABLES.get(table)
        if known is None or not isinstance(entries, dict):
            names = ", ".join(f"[{name}]" for name in _TABLES)
            found.append(
                _problem(path, f"[{table}]", "未知的表", "unknown table", f"可用的表：{names}", f"tables: {names}")
            )
            continue
        names = ", ".join(known)
        found += [
            _problem(path, f"[{table}] {key}", "未知的键", "unknown key", f"可用的键：{names}", f"keys: {names}")
            for key in entries
            if key not in known
        ]
    return found


def _wrong(path: Path, document: dict[str, Any]) -> list[Problem]:
    values = [(table, key, value) for table, entries in document.items() for key, value in entries.items()]
    found = [
        _problem(
            path,
            f"[{table}] {key}",
            f"值无效：{value!r}",
            f"not valid: {value!r}",
            f"应如：{example}",
            f"write: {example}",
        )
        for table, key, value in values
        if (example := _fault(key, value))
    ]
    publisher = document.get("publisher", {})
    lacking = [key for key in ("iri", "name_zh") if publisher and not publisher.get(key)]
    return found + [
        _problem(path, "[publisher]", f"缺少 {key}", f"{key} is missing", f'{key} = "…"', f'{key} = "…"')
        for key in lacking
    ]


def _fault(key: str, value: Any) -> str:
    """Return an example of a right value when ``value`` is none, else an empty text."""
    if key == "sources":
        good = isinstance(value, list) and value and all(isinstance(one, str) and one for one in value)
        return "" if good else '["sources"]'
    if not isinstance(value, str):
        return '"…"'
    if key in (*_ADDRESSES, "iri") and value:
        ending = "/" if key in ("base", "site") else ""
        return "" if _ADDRESS.fullmatch(value) and value.endswith(ending) else f'"https://example.org/data{ending}"'
    return ""


def _problem(path: Path, place: str, zh: str, en: str, hint_zh: str, hint_en: str) -> Problem:
    return Problem("settings-value", "error", zh, en, hint_zh, hint_en, str(path), place)
