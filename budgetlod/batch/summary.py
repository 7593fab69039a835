"""A line for each document that was read, and the totals: as plain values for tables and JSON."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from budgetlod.batch.reading import Read, Record

HEADER = (
    "document 文件", "phase 阶段", "organisation 部门", "year 年度", "tables 表", "missing 缺表", "mapped 归入", "sums 勾稽",
    "unit 单位", "seconds 秒", "problem 问题",
)  # fmt: skip
"""The headings of :func:`rows`."""
ALL_MISSING = "all 全部"
"""Stands for all tables that must be there."""


def summaries(results: Sequence[Read]) -> list[Record]:
    """Return the summary of every document, ready for JSON (described in docs/reading.md)."""
    return [summary for result in results for summary in _summaries(result)]


def _summaries(result: Read) -> Iterator[Record]:
    cost = {"path": str(result.path), "seconds": round(result.seconds, 3), "megabytes": result.megabytes}
    if not result.records:
        yield cost | {
            "read": False,
            "problems": [_problem(problem.code, problem.zh, problem.en) for problem in result.problems],
        }
    for record in result.records:
        yield cost | {"read": True} | _summary(record)


def _summary(record: Record) -> Record:
    who, tables = record["disclosure"], record["statements"]
    expected, missing = record["expected"], record["missing"]
    return {
        "phase": who["phase"],
        "name": who["name"],
        "organization": who["organization"],
        "level": who["level"],
        "fiscalYear": who["fiscalYear"],
        "units": sorted({table["unit"] for table in tables if table["amounts"]}),
        "tables": len(tables),
        "expected": len(expected),
        "found": len(expected) - len(missing),
        "missing": missing,
        "numbers": record["coverage"]["numbers"],
        "mapped": record["coverage"]["mapped"],
        "sums": record["arithmetic"]["sums"],
        "closing": record["arithmetic"]["closing"],
        "problems": [_problem(p["code"], p["zh"], p["en"]) for p in record["problems"] if p["severity"] != "info"],
    }


def _problem(code: str, zh: str, en: str) -> dict[str, str]:
    return {"code": code, "zh": zh, "en": en}


def rows(found: Sequence[Record]) -> list[list[str]]:
    """Return the cells of a table with a line for each summary and one of totals, under :data:`HEADER`."""
    home = _home([summary["path"] for summary in found])
    return [*(_row(summary, home) for summary in found), _totals(found)]


def _home(paths: Sequence[str]) -> str:
    """Return the folder that all paths share, to be left out of them."""
    folders = {Path(path).parent for path in paths}
    mixed = len({folder.is_absolute() for folder in folders}) > 1
    return "" if mixed or len(set(paths)) < 2 else os.path.commonpath(folders)


def _row(summary: Record, home: str) -> list[str]:
    name = os.path.relpath(summary["path"], home) if home else summary["path"]
    seconds = f"{summary['seconds']:.1f}"
    codes = ", ".join(_counted([problem["code"] for problem in summary["problems"]]))
    if not summary["read"]:
        return [name, "", "", "", "", "", "", "", "", seconds, codes]
    return [
        name, summary["phase"], summary["name"], str(summary["fiscalYear"]), f"{summary['found']}/{summary['expected']}",
        _missing(summary), percent(summary["mapped"], summary["numbers"]),
        percent(summary["closing"], summary["sums"]), " ".join(summary["units"]), seconds, codes,
    ]  # fmt: skip


def _missing(summary: Record) -> str:
    """Return the tables that are not there, in a word where there is none."""
    missing = summary["missing"]
    return ALL_MISSING if missing and not summary["found"] else " ".join(missing)


def _counted(codes: Sequence[str]) -> Iterator[str]:
    for code in dict.fromkeys(codes):
        times = codes.count(code)
        yield code if times == 1 else f"{code} ×{times}"


def _totals(found: Sequence[Record]) -> list[str]:
    read = [summary for summary in found if summary["read"]]
    refused = len(found) - len(read)

    def total(name: str) -> Any:
        return sum(summary[name] for summary in read)

    return [
        f"{len(read)} read 已读", "", "", "", f"{total('found')}/{total('expected')}", "", percent(total("mapped"), total("numbers")),
        percent(total("closing"), total("sums")), "", f"{sum(s['seconds'] for s in found):.1f}",
        f"{refused} refused 未读" if refused else "",
    ]  # fmt: skip


def percent(part: int, whole: int) -> str:
    """Return a share in percent, rounded down: only all of it is 100.0 %. Empty where there is nothing to share."""
    return f"{int(Fraction(1000 * part, whole)) / 10:.1f} %" if whole else ""
