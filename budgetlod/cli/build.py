"""``budgetlod build``: the whole pipeline."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from budgetlod.model.publisher import SourceFile
from budgetlod.pipeline import BuildOptions, Built
from budgetlod.pipeline import build as build_publication
from budgetlod.publish.publication import PublicationSettings
from budgetlod.rdf.iris import BASE
from budgetlod.rdf.terms import iri
from budgetlod.validate.engines import DEFAULT_ENGINE, ENGINES

_COLLECT_AFTER = 1_000_000


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("public"), show_default=True, metavar="DIR",
    help="The folder to publish to; it appears whole or not at all.",
)  # fmt: skip
@click.option("--allow-nonconforming", is_flag=True, help="Publish although the shapes are violated.")
@click.option(
    "--engine", type=click.Choice([engine.name for engine in ENGINES]), default=DEFAULT_ENGINE, show_default=True,
    help="The engine that validates.",
)  # fmt: skip
@click.option("--no-validate", is_flag=True, help="Publish without validation; no report is written.")
@click.option("--base", default=BASE, show_default=True, metavar="IRI", help="What the IRIs of the data begin with.")
@click.option(
    "--site", default="", metavar="URL", help="Where the files will be downloaded from, if not from the base."
)
def build(
    sources: tuple[Path, ...],
    output: Path,
    allow_nonconforming: bool,
    engine: str,
    no_validate: bool,
    base: str,
    site: str,
) -> None:
    """Read, check and publish every SOURCE (default: data/).

    A SOURCE is a document, a folder with a source.toml, or a folder of such folders.
    """
    try:
        for address in filter(None, (base, site)):
            iri(address)
        settings = PublicationSettings(base=base, site=site)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    # A build makes large graphs of records without cycles and ends: the collector would walk them for nothing.
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])
    options = BuildOptions(settings, "" if no_validate else engine, allow_nonconforming=allow_nonconforming)
    built = build_publication(sources or (Path("data"),), output, options, _progress)
    for one in built:
        _print(one)
    click.echo(f"published 已发布: {output}")


def _progress(sources: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """Show a progress bar, on a terminal only."""
    if not sys.stderr.isatty():
        yield from sources
        return
    # rich is worth its start-up time only where somebody looks.
    from rich.console import Console
    from rich.progress import track

    yield from track(list(sources), description="build", console=Console(stderr=True), transient=True)


def _print(built: Built) -> None:
    disclosure, content = built.disclosure, built.disclosure.content
    cells = sum(cell.amount is not None for s in content.statements for cell in s.cells)
    click.echo(f"{disclosure.identity.name} {disclosure.identity.fiscal_year} {disclosure.identity.phase}")
    click.echo(
        f"  {len(content.statements)} tables 表, {cells} amounts in cells 表内金额, {len(disclosure.figures)} figures 数字, "
        f"{len(content.projects)} projects 项目, {len(built.triples)} triples 三元组"
    )
    for severity in ("error", "warning"):
        for problem in disclosure.problems:
            if problem.severity == severity:
                click.echo(f"  {severity}: {problem.text('zh')} / {problem.text('en')}")
    if built.report is not None:
        # The report's words need the ontology's; a build has read it already.
        from budgetlod.validate.words import stale, verdict

        said = verdict(built.report)
        click.echo(f"  {said.zh} / {said.en}")
        for acceptance in built.report.stale:
            click.echo(f"  warning: {stale(acceptance).zh} / {stale(acceptance).en}")
