"""``budgetlod rebuild``: the printed tables, from the published graph alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from pyoxigraph import Store

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.rebuild import Table, disclosures, statements
from budgetlod.publish.rebuild import rebuild as rebuild_table
from budgetlod.serve.store import open_publication


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--disclosure", default="", metavar="IRI|FOLDER", help="Only this disclosure.")
@click.option("--statement", "kind", default="", metavar="TYPE", help="Only statements of this type.")
@click.option("--format", "form", type=click.Choice(["tsv", "json"]), default="tsv", show_default=True)
def rebuild(folder: Path, disclosure: str, kind: str, form: str) -> None:
    """Rebuild the printed tables of a published folder, cell by cell, without the source."""
    store = open_publication(folder)
    tables = [rebuild_table(store, iri) for iri in statements(store, _chosen(store, disclosure))]
    wanted = [table for table in tables if kind in ("", table.type)]
    if not wanted:
        known = ", ".join(sorted({table.type for table in tables})) or "-"
        raise _bad(f"没有类型为 {kind!r} 的表", f"no statement of the type {kind!r}", known)
    click.echo(_json(wanted) if form == "json" else _tsv(wanted), nl=False)


def _chosen(store: Store, disclosure: str) -> str:
    """Return the IRI that an IRI or a folder name means, or ``""`` for all."""
    if not disclosure:
        return ""
    known = disclosures(store)
    found = [iri for iri in known if iri == disclosure or iri.endswith("/" + disclosure.strip("/"))]
    if len(found) != 1:
        raise _bad(f"没有预决算 {disclosure!r}", f"no disclosure {disclosure!r}", ", ".join(known))
    return found[0]


def _json(tables: Sequence[Table]) -> str:
    return json.dumps([asdict(table) for table in tables], ensure_ascii=False, indent=1) + "\n"


def _tsv(tables: Sequence[Table]) -> str:
    """Return the tables with a blank line between them: a line ``# type title``, the headers, the rows."""
    return "\n".join(_one_tsv(table) for table in tables)


def _one_tsv(table: Table) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow([f"# {table.type}", table.title])
    writer.writerow(table.headers)
    writer.writerows(table.rows)
    return text.getvalue()


def _bad(zh: str, en: str, known: str) -> BadInput:
    return BadInput(Problem("nothing-to-rebuild", "error", zh, en, f"现有：{known}", f"there is: {known}"))
