"""``budgetlod review``: the form in which a disclosure is reviewed, filled in as far as the data tell."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from budgetlod.cli.inputs import checked
from budgetlod.cli.limits import limit_options, limits_of
from budgetlod.validate import DEFAULT_ENGINE, DEFAULT_PROFILE
from budgetlod.validate.engines import ENGINES
from budgetlod.validate.subject import Language

_WORKBOOK, _PAGES = ".xlsx", (".html", ".htm")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|DIR...")
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write to FILE, a workbook (.xlsx) or a page (.html).",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice([e.name for e in ENGINES]), default=DEFAULT_ENGINE, show_default=True,
    help="The engine that evaluates the shapes.",
)  # fmt: skip
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the form.")
@limit_options
def review(
    paths: tuple[Path, ...],
    output: Path,
    engine: str,
    lang: str,
    max_seconds: float,
    max_memory: int,
    max_pages: int,
    jobs: int,
) -> None:
    """Fill in the review form (检查表) of each FILE (a document or RDF) or DIR (a source or a published folder).

    Several disclosures become a matrix: a row for each, a column for each required part.
    """
    ending = output.suffix.lower()
    if ending not in (_WORKBOOK, *_PAGES):
        raise click.UsageError(f"{output}: the name of the form ends in .xlsx or .html.")
    # Imported here, as all that reads graphs, so that the help of the command comes at once.
    from budgetlod.validate.checklist import fill_in
    from budgetlod.validate.checklist_forms import to_page, to_workbook

    limits = limits_of(max_seconds, max_memory, max_pages)
    forms = [fill_in(subject) for subject in checked(paths, (DEFAULT_PROFILE,), engine, limits, jobs)]
    language = cast(Language, lang)
    if ending == _WORKBOOK:
        output.write_bytes(to_workbook(forms, language))
    else:
        output.write_text(to_page(forms, language), encoding="utf-8", newline="\n")
    click.echo(f"written 已写入: {output}")
