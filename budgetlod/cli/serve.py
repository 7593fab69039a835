"""``budgetlod serve``: a published folder over HTTP, with a read-only SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from budgetlod.model.problem import BadInput, Problem
from budgetlod.serve.server import SiteServer, make_server


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
def serve(folder: Path, host: str, port: int) -> None:
    """Serve a published folder: pages, dumps, linked data, and SPARQL at /sparql.

    Read-only. Stop with Ctrl-C.
    """
    server = _bound(folder, host, port)
    with server:
        click.echo(f"{folder}: {server.url}  SPARQL: {server.url}sparql")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped")


def _bound(folder: Path, host: str, port: int) -> SiteServer:
    try:
        return make_server(folder, host, port)
    except OSError as problem:
        raise BadInput(
            Problem(
                code="address",
                severity="error",
                zh=f"无法监听 {host}:{port}：{problem}",
                en=f"cannot listen on {host}:{port}: {problem}",
                hint_zh="换一个端口，如 --port 8001",
                hint_en="choose another port, such as --port 8001",
            )
        ) from problem
