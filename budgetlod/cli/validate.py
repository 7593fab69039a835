"""``budgetlod validate``: check a document, a graph or a published folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budgetlod import pipeline
from budgetlod.mapping.disclosure import to_triples
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.parsing import FORMATS, parse_file
from budgetlod.read.sources import find_sources
from budgetlod.validate import DEFAULT_ENGINE, DEFAULT_PROFILE
from budgetlod.validate import validate as validate_graph
from budgetlod.validate.engines import ENGINES
from budgetlod.validate.shapes import families, profiles

if TYPE_CHECKING:
    from rdflib import Graph

    from budgetlod.validate.report import Report


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE|DIR")
@click.option("--engine", type=click.Choice([e.name for e in ENGINES]), default=DEFAULT_ENGINE, show_default=True)
@click.option("--profile", default=DEFAULT_PROFILE, show_default=True, help="A profile or one family of the shapes.")
@click.option("--format", "form", type=click.Choice(["text", "json", "turtle"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the text.")
def validate(path: Path, engine: str, profile: str, form: str, lang: str) -> int:
    """Check FILE (a document or RDF) or DIR (a source or a published folder) against the shapes.

    Exits with 1 when something violates them.
    """
    if profile not in (*profiles(), *families()):
        raise click.UsageError(f"No profile or family {profile!r}; there are {', '.join([*profiles(), *families()])}.")
    reports = [_render(validate_graph(graph, profile=profile, engine=engine), form, lang) for graph in _graphs(path)]
    return 0 if all(reports) else 1


def _render(report: Report, form: str, lang: str) -> bool:
    # The renderers need nothing that validation has not loaded already.
    from budgetlod.validate.render import to_json, to_text, to_turtle

    text = {"json": to_json, "turtle": to_turtle}.get(form)
    click.echo(text(report) if text else to_text(report, "zh" if lang == "zh" else "en"), nl=False)
    return report.conforms


def _graphs(path: Path) -> Iterator[Graph]:
    """Yield the graphs that a path holds, one per disclosure."""
    # rdflib is loaded here and not at the top, so that the help and usage errors of the command come at once.
    from budgetlod.rdf.rdflib_graph import to_rdflib

    if path.is_dir() and (path / "manifest.json").exists():
        for dump in sorted(path.glob("dataset/*/*/data.nt.gz")):
            yield to_rdflib(parse_file(dump))
    elif path.suffix.lower() in FORMATS and path.is_file():
        yield to_rdflib(parse_file(path))
    else:
        for source in find_sources([path]):
            yield to_rdflib(to_triples(pipeline.read_source(source), load_lexicon()))
