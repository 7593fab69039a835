"""``budgetlod validate``: check documents, graphs or published folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import cast

import click

from budgetlod.cli.inputs import checked
from budgetlod.cli.limits import limit_options, limits_of
from budgetlod.validate import DEFAULT_ENGINE, DEFAULT_PROFILE
from budgetlod.validate.engines import ENGINES
from budgetlod.validate.render import FORMS, render
from budgetlod.validate.report import SEVERITIES, Severity
from budgetlod.validate.subject import Language, Style


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|DIR...")
@click.option(
    "--engine", type=click.Choice([e.name for e in ENGINES]), default=DEFAULT_ENGINE, show_default=True,
    help="The engine that evaluates the shapes.",
)  # fmt: skip
@click.option(
    "--profile", "profile", multiple=True, default=(DEFAULT_PROFILE,), show_default=True,
    help="A profile or one family of the shapes; may be given several times.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice([form.name for form in FORMS]), default="text", show_default=True,
    help="Form of the report.",
)  # fmt: skip
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the text.")
@click.option(
    "--min-severity", type=click.Choice(list(SEVERITIES)), default="info", show_default=True,
    help="Leave lighter findings out of the text.",
)  # fmt: skip
@click.option("--results", is_flag=True, help="Add the results of the shapes to each finding of the text.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE.")
@limit_options
def validate(
    paths: tuple[Path, ...], engine: str, profile: tuple[str, ...], form: str, lang: str, min_severity: str,
    results: bool, output: Path | None, max_seconds: float, max_memory: int, max_pages: int, jobs: int,
) -> int:  # fmt: skip
    """Check each FILE (a document or RDF) or DIR (a source or a published folder) against the shapes.

    Exits with 1 when something violates them.
    """
    _check_names(profile)
    subjects = checked(paths, profile, engine, limits_of(max_seconds, max_memory, max_pages), jobs)
    colour = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    language, minimum = cast(Language, lang), cast(Severity, min_severity)
    text = render(form, subjects, Style(language, f"{Path.cwd().as_uri()}/", colour, minimum, results))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
    return 0 if all(subject.report.conforms for subject in subjects) else 1


def _check_names(names: tuple[str, ...]) -> None:
    # Imported here, as all that needs rdflib, so that the help of the command comes at once.
    from budgetlod.validate.shapes import families, profiles

    known = [*profiles(), *families()]
    for name in names:
        if name not in known:
            raise click.UsageError(f"No profile or family {name!r}; there are {', '.join(known)}.")
