"""``budgetlod diff``: what changed between two publications, two disclosures, or two versions of one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import click

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.changes import Changes, FigureChange, Printed, changes_json, compare
from budgetlod.publish.manifest import MANIFEST
from budgetlod.publish.versions import DATA, essential, lookup_of, read_lines
from budgetlod.rdf.formats import ntriples
from budgetlod.rdf.parsing import FORMATS, parse_file

_DIFFERENT = 1
_KINDS = {"added": "新增 added", "removed": "删去 removed", "changed": "改动 changed"}


class _Difference(NamedTuple):
    """How a disclosure differs; one that is on one side only has no changes."""

    name: str
    kind: str
    changes: Changes


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: Path, new: Path, form: str) -> int:
    """Show what changed from OLD to NEW: figures, old and new amount, and where they are printed.

    Each is a published folder, the folder of a disclosure or of one of its versions, or a file of data. Exit code 0: no
    difference, 1: differences, 2: one of them cannot be read.
    """
    before, after = _graphs(old), _graphs(new)
    if len(before) == len(after) == 1:
        # Two single disclosures are compared whatever their names.
        after = dict(zip(before, after.values(), strict=True))
    found = list(_differences(before, after))
    if form == "json":
        click.echo(json.dumps({"disclosures": [_record(one) for one in found]}, ensure_ascii=False, indent=2))
    else:
        for one in found:
            _print(one)
        if not found:
            click.echo("没有差别 no difference")
    return _DIFFERENT if found else 0


def _graphs(path: Path) -> Mapping[str, Path]:
    """Return the files of data under a path, by the name of the disclosure."""
    if (path / MANIFEST).is_file():
        return {"/".join(dump.parts[-3:-1]): dump for dump in sorted(path.glob(f"dataset/*/*/{DATA}"))}
    if (path / DATA).is_file():
        return {path.resolve().name: path / DATA}
    if path.is_file() and (path.suffix.lower() in FORMATS or path.name.endswith(".gz")):
        return {path.name: path}
    raise BadInput(
        Problem(
            "diff-input", "error",
            "不是已发布的文件夹，也不是数据文件", "neither a published folder nor a file of data",
            f"给出含 {MANIFEST} 或 {DATA} 的文件夹，或数据文件", f"name a folder with {MANIFEST} or {DATA}, or a file of data",
            str(path),
        )
    )  # fmt: skip


def _differences(before: Mapping[str, Path], after: Mapping[str, Path]) -> Iterator[_Difference]:
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield _Difference(name, "removed", Changes())
        elif name not in before:
            yield _Difference(name, "added", Changes())
        else:
            old, new = _lines(before[name]), _lines(after[name])
            if old != new:
                yield _Difference(name, "changed", compare(lookup_of(old), lookup_of(new)))


def _lines(path: Path) -> list[bytes]:
    lines = read_lines(path) if path.name == DATA else ntriples(sorted(parse_file(path))).splitlines()
    return essential(b"\n".join(lines))


def _record(one: _Difference) -> dict[str, object]:
    return {"disclosure": one.name, "kind": one.kind, **changes_json(one.changes)}


def _print(one: _Difference) -> None:
    click.echo(f"{one.name}: {_KINDS[one.kind]}")
    for figure in one.changes.figures:
        _print_figure(figure)
    for statement in one.changes.statements:
        click.echo(f"  {_KINDS[statement.kind]} statement 表: {statement.title}")
    for found in one.changes.resources:
        counts = f"+{found.added} -{found.removed} ~{found.changed}"
        click.echo(f"  {found.type.rpartition('#')[2].rpartition('/')[2]}: {counts}")


def _print_figure(figure: FigureChange) -> None:
    name = figure.iri.rpartition("/")[2]
    click.echo(f"  {_KINDS[figure.kind]} figure 数字 {name}: {_yuan(figure.old)} → {_yuan(figure.new)}")
    for sign, places in (("-", figure.old_places), ("+", figure.new_places)):
        for place in places:
            click.echo(f"    {sign} {_place(place)}")


def _place(place: Printed) -> str:
    where = " · ".join(filter(None, (place.statement, place.row, place.column)))
    fragment = place.source.rpartition("/")[2]
    return f"{where}: “{place.text}” ({fragment})" if where else f"“{place.text}” ({fragment})"


def _yuan(amount: Decimal | None) -> str:
    return "—" if amount is None else f"{amount:,.2f}"
