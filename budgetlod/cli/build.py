"""``budgetlod build``: the whole pipeline."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from budgetlod.building import COLLECT_AFTER, Publication
from budgetlod.cli.limits import limit_options, limits_of
from budgetlod.cli.project import PROJECT, Project, read_project
from budgetlod.model.problem import BadInput, Problem
from budgetlod.pipeline import BuildOptions, Told
from budgetlod.pipeline import build as build_publication
from budgetlod.publish.item import Withdrawal
from budgetlod.publish.settings import PublicationSettings
from budgetlod.rdf.iris import BASE
from budgetlod.rdf.terms import iri
from budgetlod.validate.engines import DEFAULT_ENGINE, ENGINES

if TYPE_CHECKING:
    from budgetlod.core.workers import Outcome

_INCOMPLETE, _FAULT = 1, 3
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="DIR",
    help="The folder to publish to; it appears whole or not at all.  [default: public]",
)  # fmt: skip
@click.option(
    "--settings", "project", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help=f"Settings of the publication.  [default: {PROJECT}, if it is there]",
)  # fmt: skip
@click.option("--allow-nonconforming", is_flag=True, help="Publish although the shapes are violated.")
@click.option(
    "--keep-going", is_flag=True,
    help="Publish what can be published although some sources cannot; exit with 1, or 3 for a fault of this program.",
)  # fmt: skip
@click.option("--full", is_flag=True, help="Make everything anew, also what did not change.")
@click.option("--withdraw", metavar="ORG/YEAR-PHASE", multiple=True, help="Withdraw a disclosure; needs --reason.")
@click.option("--reason", default="", help="Why it is withdrawn.")
@click.option(
    "--date", "day", metavar="DATE", help="The day of this publication.  [default: SOURCE_DATE_EPOCH, if set]"
)
@click.option(
    "--engine", type=click.Choice([engine.name for engine in ENGINES]), default=DEFAULT_ENGINE, show_default=True,
    help="The engine that validates.",
)  # fmt: skip
@click.option("--no-validate", is_flag=True, help="Publish without validation; no report is written.")
@click.option("--base", metavar="IRI", help=f"What the IRIs of the data begin with.  [default: {BASE}]")
@click.option("--site", metavar="URL", help="Where the files will be downloaded from, if not from the base.")
@click.option("--endpoint", metavar="URL", help="A SPARQL endpoint that serves the data.")
@limit_options
def build(
    sources: tuple[Path, ...],
    output: Path | None,
    project: Path | None,
    allow_nonconforming: bool,
    keep_going: bool,
    full: bool,
    withdraw: tuple[str, ...],
    reason: str,
    day: str | None,
    engine: str,
    no_validate: bool,
    base: str | None,
    site: str | None,
    endpoint: str | None,
    max_seconds: float,
    max_memory: int,
    max_pages: int,
    jobs: int,
) -> int:
    """Read, check and publish every SOURCE (default: what budgetlod.toml names, else data/).

    A SOURCE is a document, a folder with a source.toml, or a folder of such folders. What did not change is kept as it is.
    """
    found = _project(project)
    stated = _day(day)
    # A build makes large graphs of records without cycles and ends: the collector would walk them for nothing.
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
    options = BuildOptions(
        _settings(found.settings, {"base": base, "site": site, "endpoint": endpoint}),
        "" if no_validate else engine,
        allow_nonconforming=allow_nonconforming,
        withdrawals=_withdrawals(withdraw, reason, stated),
        day=stated,
        full=full,
        keep_going=keep_going,
        limits=limits_of(max_seconds, max_memory, max_pages),
        jobs=jobs,
    )
    target = output or found.output or Path("public")
    return _tell(build_publication(sources or found.sources or (Path("data"),), target, options, _progress), target)


def _progress(done: Iterable[Outcome[Any]], total: int) -> Iterable[Outcome[Any]]:
    """Show a progress bar, on a terminal only."""
    if not sys.stderr.isatty():
        return done
    # rich is worth its start-up time only where somebody looks.
    from rich.console import Console
    from rich.progress import track

    return track(done, description="build", total=total, console=Console(stderr=True), transient=True)


def _project(path: Path | None) -> Project:
    path = path or Path(PROJECT)
    return read_project(path) if path.is_file() else Project()


def _settings(settings: PublicationSettings, stated: dict[str, str | None]) -> PublicationSettings:
    try:
        for address in filter(None, stated.values()):
            iri(address)
        for name, value in stated.items():
            if value is not None:
                settings = replace(settings, **{name: value})  # type: ignore[arg-type]
        return settings
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _day(stated: str | None) -> str:
    """Return the day of this publication as stated; the clock is never asked."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated is None:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdigit() else ""
    try:
        if _DAY.fullmatch(stated):
            date.fromisoformat((stated + "-01-01")[:10])
            return stated
    except ValueError:
        pass
    raise click.UsageError(f"--date {stated!r}: write a day, month or year such as 2024-03-05.")


def _withdrawals(names: tuple[str, ...], reason: str, day: str) -> tuple[Withdrawal, ...]:
    if names and not (reason.strip() and day):
        raise BadInput(
            Problem(
                "withdrawal-incomplete", "error",
                "撤回要写明理由和日期", "a withdrawal states its reason and its date",
                '--withdraw … --reason "…" --date 2024-03-05', '--withdraw … --reason "…" --date 2024-03-05',
            )
        )  # fmt: skip
    return tuple(Withdrawal(f"dataset/{name}", day, reason.strip()) for name in names)


def _tell(publication: Publication, output: Path) -> int:
    """Print what became of the build and return the exit code."""
    for one in publication.told:
        _print(one)
    if publication.kept:
        click.echo(f"unchanged 未变: {len(publication.kept)}")
    for problem in publication.problems:
        click.echo(f"错误 {problem.text('zh')}\nerror: {problem.text('en')}", err=True)
    for name in publication.held_back:
        click.echo(f"未发布 not published: {name}: 不符合规则 it does not conform", err=True)
    click.echo(f"{'up to date 已是最新' if publication.up_to_date else 'published 已发布'}: {output}")
    if publication.traces:
        click.echo("\n".join(publication.traces), err=True)
        click.echo("内部错误，请报告 / internal error, please report", err=True)
        return _FAULT
    return _INCOMPLETE if publication.problems or publication.held_back else 0


def _print(told: Told) -> None:
    click.echo(f"{told.name} {told.fiscal_year} {told.phase}")
    click.echo(
        f"  {told.tables} tables 表, {told.amounts} amounts in cells 表内金额, {told.figures} figures 数字, "
        f"{told.projects} projects 项目, {told.triples} triples 三元组"
    )
    for severity in ("error", "warning"):
        for problem in told.problems:
            if problem.severity == severity:
                click.echo(f"  {severity}: {problem.text('zh')} / {problem.text('en')}")
    if told.verdict:
        click.echo(f"  {told.verdict[0]} / {told.verdict[1]}")
    for zh, en in told.stale:
        click.echo(f"  warning: {zh} / {en}")
