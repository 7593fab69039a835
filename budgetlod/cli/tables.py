"""Printing rows: framed by rich on a terminal, aligned plain text anywhere else."""

from __future__ import annotations

from collections.abc import Sequence

import click
import pyoxigraph
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from budgetlod.rdf.names import CODE, PREFIXES


class TermNames:
    """Writes RDF terms as a reader wants them in a table: literals bare, IRIs short.

    Codes become ``scheme:notation``; IRIs of the data lose ``base``; others get the project's prefixes.
    """

    def __init__(self, base: str) -> None:
        self._namespaces = {base: "", **{namespace: f"{prefix}:" for prefix, namespace in PREFIXES.items()}}

    def short(self, term: object) -> str:
        """Return the text for a term; nothing for an unbound variable."""
        if term is None:
            return ""
        if isinstance(term, pyoxigraph.Literal):
            return " ".join(term.value.split())
        if isinstance(term, pyoxigraph.NamedNode):
            return self._iri(term.value)
        return str(term)

    def _iri(self, iri: str) -> str:
        if iri.startswith(CODE) and "/" in iri[len(CODE) :]:
            return iri[len(CODE) :].replace("/", ":", 1)
        for namespace, prefix in self._namespaces.items():
            if iri.startswith(namespace):
                return prefix + iri[len(namespace) :]
        return iri


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table to standard output: with rich on a terminal, else aligned columns without frame or colour."""
    console = Console()
    if not console.is_terminal:
        for line in aligned(header, rows):
            click.echo(line)
        return
    table = Table()
    for name in header:
        table.add_column(Text(name))
    for row in rows:
        table.add_row(*[Text(value) for value in row])
    console.print(table)


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with columns padded to the display width of their widest value (Chinese counts double)."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(cell_len(line[index]) for line in lines) for index in range(len(header))]
    return [
        "  ".join(_padded(value, width) for value, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]


def _padded(value: str, width: int) -> str:
    return value + " " * (width - cell_len(value))
