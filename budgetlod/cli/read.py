"""``budgetlod read``: what was recognised in documents, one by one or as a table."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from budgetlod.batch.reading import Read, read_all
from budgetlod.batch.summary import HEADER, rows, summaries
from budgetlod.cli.limits import limit_options, limits_of
from budgetlod.cli.tables import print_table
from budgetlod.read.sources import source_paths

_REFUSED, _FAULT = 2, 3
_REASONS = {
    "confidence": "可信度低 low confidence",
    "sum": "合计不符 in a sum that does not close",
    "mended": "按合计判定 taken for what closes a sum",
}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|DIR...")
@click.option("--summary", is_flag=True, help="A line for each document, and the totals.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@limit_options
def read(
    paths: tuple[Path, ...], summary: bool, form: str, max_seconds: float, max_memory: int, max_pages: int, jobs: int
) -> int:
    """Show what is recognised in each FILE (a document) or DIR (a folder with a source.toml, or of documents).

    Each document is read in a process of its own. One that cannot be read is reported, and the others are read; the
    exit code is then 2.
    """
    found = source_paths(paths)
    limits = limits_of(max_seconds, max_memory, max_pages)
    done = dict(_progress(read_all(found, limits, jobs), len(found)))
    results = [done[index] for index in range(len(found))]
    if summary:
        _print_summary(results, form)
    else:
        _print_records([record for result in results for record in result.records], form, single=len(found) == 1)
    return _complain(results)


def _progress(done: Iterable[tuple[int, Read]], total: int) -> Iterator[tuple[int, Read]]:
    """Show a progress bar, on a terminal only."""
    if total < 2 or not sys.stderr.isatty():
        yield from done
        return
    # rich is worth its start-up time only where somebody looks.
    from rich.console import Console
    from rich.progress import track

    yield from track(done, description="read", total=total, console=Console(stderr=True), transient=True)


def _complain(results: Sequence[Read]) -> int:
    """Say why documents were refused, and return the exit code."""
    for result in results:
        for problem in result.problems:
            click.echo(f"错误 {problem.text('zh')}\nerror: {problem.text('en')}", err=True)
    # One fault may meet hundreds of documents.
    if traces := dict.fromkeys(result.trace for result in results if result.trace):
        click.echo("\n".join(traces), err=True)
        click.echo("内部错误，请报告 / internal error, please report", err=True)
        return _FAULT
    return _REFUSED if any(result.problems for result in results) else 0


def _print_summary(results: Sequence[Read], form: str) -> None:
    found = summaries(results)
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print_table(HEADER, rows(found))


def _print_records(records: Sequence[dict[str, Any]], form: str, single: bool) -> None:
    if form == "text":
        for record in records:
            _print(record)
    elif records or not single:
        found = records[0] if single and len(records) == 1 else records
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _print(record: dict[str, Any]) -> None:
    who, coverage, counts = record["disclosure"], record["coverage"], record["counts"]
    click.echo(f"{who['name']}  {who['fiscalYear']} {who['phase']}  ({who['organization']})")
    for part in record["source"].get("parts", [record["source"]]):
        click.echo(f"source 来源: {part['file']}  sha256 {part['sha256']}")
    click.echo()
    click.echo("rows 行  amounts 数  unmapped 未识别  sums close 勾稽  statement 表")
    for table in record["statements"]:
        empty = "  空表 empty by note" if table["declaredEmpty"] else ""
        click.echo(
            f"{table['rows']:>7}  {table['amounts']:>10}  {len(table['unmapped']):>15}  "
            f"{_share(table):>15}  {table['title'] or table['key']}{empty}"
        )
    if record["missing"]:
        click.echo(f"missing 缺: {', '.join(record['missing'])}")
    click.echo(f"\nnumbers mapped 已归入的数: {coverage['mapped']} / {coverage['numbers']}")
    _print_arithmetic(record["arithmetic"])
    click.echo(", ".join(f"{name} {number}" for name, number in counts.items()))
    _print_recognition(record["recognition"])
    for one in record["corrections"]:
        where = ", ".join(filter(None, (one["statement"], one["place"])))
        click.echo(f"corrected 更正 {where}: “{one['readAs']}” → “{one['correct']}” ({one['reason']})")
    for problem in record["problems"]:
        click.echo(f"{problem['severity']} {problem['place']}: {problem['zh']} / {problem['en']}")


def _print_recognition(found: dict[str, Any]) -> None:
    """Say how many figures were recognised in pictures, and list those that a person should look at."""
    if not found["cells"] and not found["mentions"]:
        return
    software = found["software"] or "文字层 text layer"
    counts = f"cells 单元格 {found['cells']}, prose 正文 {found['mentions']}"
    click.echo(f"recognised in pictures 图像识别 ({software}): {counts}")
    for one in found["doubtful"]:
        where = ", ".join(part for part in (one["statement"], one["place"]) if part)
        why = ", ".join(_REASONS[reason] for reason in one["reasons"])
        click.echo(f"  存疑 doubtful {where}: {one['printed']} ({one['confidence']:.2f}; {why})")


def _share(table: dict[str, Any]) -> str:
    return f"{table['closing']} / {table['sums']}" if table["sums"] else "-"


def _print_arithmetic(arithmetic: dict[str, Any]) -> None:
    click.echo(f"sums that close 相符的勾稽: {arithmetic['closing']} / {arithmetic['sums']}")
    for one in arithmetic["open"]:
        where = ", ".join(part for part in (*one["statements"], one["label"], one["place"]) if part)
        click.echo(f"  不符 open {one['law']}: {where}: {one['stated']} ≠ {one['expected']} ({one['gap']})")
