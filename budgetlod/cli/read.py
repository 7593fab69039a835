"""``budgetlod read``: what was recognised in a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from budgetlod.interpret.coverage import reading
from budgetlod.pipeline import read_source
from budgetlod.read.sources import find_sources


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def read(path: Path, form: str) -> None:
    """Show what is recognised in FILE (a document, or a folder with a source.toml)."""
    records = [reading(read_source(source)) for source in find_sources([path])]
    if form == "json":
        found = records[0] if len(records) == 1 else records
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for record in records:
        _print(record)


def _print(record: dict[str, Any]) -> None:
    who, coverage, counts = record["disclosure"], record["coverage"], record["counts"]
    click.echo(f"{who['name']}  {who['fiscalYear']} {who['phase']}  ({who['organization']})")
    click.echo(f"source 来源: {record['source']['file']}  sha256 {record['source']['sha256']}\n")
    click.echo("rows 行  amounts 数  unmapped 未识别  statement 表")
    for table in record["statements"]:
        empty = "  空表 empty by note" if table["declaredEmpty"] else ""
        click.echo(
            f"{table['rows']:>7}  {table['amounts']:>10}  {len(table['unmapped']):>15}  {table['title'] or table['key']}{empty}"
        )
    click.echo(f"\nnumbers mapped 已归入的数: {coverage['mapped']} / {coverage['numbers']}")
    click.echo(", ".join(f"{name} {number}" for name, number in counts.items()))
    for problem in record["problems"]:
        click.echo(f"{problem['severity']} {problem['place']}: {problem['zh']} / {problem['en']}")
