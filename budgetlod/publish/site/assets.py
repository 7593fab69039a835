"""The style sheets and scripts that all pages share, written once per publication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from budgetlod.publish.stages import Overview, Page

FILES = ("evidence.css", "evidence.js", "site.css", "site.js")
_HOME = Path(__file__).parents[1] / "assets"


def pages(whole: Overview) -> Iterator[Page]:  # noqa: ARG001 - the same for every publication
    """Yield the shared files, as they are in the package."""
    for name in FILES:
        yield f"assets/{name}", (_HOME / name).read_bytes()
