"""``budgetlod init``: the folder of a publisher, with an example that builds and a workflow that publishes."""

from __future__ import annotations

from pathlib import Path

import click

from budgetlod.core.version import __version__
from budgetlod.model.problem import BadInput, Problem

_STARTER = Path(__file__).with_name("starter")
_EXAMPLE = "sources/example-2024-budget"
FILES: dict[str, str] = {
    "budgetlod.toml": "budgetlod.toml",
    f"{_EXAMPLE}/source.toml": f"{_EXAMPLE}/source.toml",
    f"{_EXAMPLE}/source.txt": f"{_EXAMPLE}/source.txt",
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".github/workflows/publish.yml": "publish.yml",
}
"""The files of a publisher's folder, and the templates that they are made from."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), metavar="[DIR]")
def init(folder: Path) -> None:
    """Make a publisher's folder in DIR (default: here): settings, an example, a workflow that publishes.

    Nothing that is there is touched: if one of the files exists, nothing is written.
    """
    there = [name for name in FILES if (folder / name).exists()]
    if there:
        raise BadInput([_exists(folder / name) for name in there])
    for name, template in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (_STARTER / template).read_text(encoding="utf-8").replace("@VERSION@", __version__)
        path.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"written 已写入: {path}")
    click.echo("下一步 next: budgetlod build && budgetlod serve public")


def _exists(path: Path) -> Problem:
    return Problem(
        "init-exists", "error",
        "文件已存在，未写入任何内容", "this file is there already; nothing was written",
        "换一个文件夹，或先移走它", "choose another folder, or move it away first", str(path),
    )  # fmt: skip
