"""Pages from templates: everything is escaped, style and script stand inside, nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_FOLDER = Path(__file__).with_name("templates")


def page(template: str, **values: object) -> str:
    """Return a page made of a template of this package; raises for a name the template uses and nobody gave."""
    return _environment().get_template(template).render(inline=inline, digest=digest, **values)


@cache
def inline(name: str) -> Markup:
    """Return a file beside the templates as it stands: our own style and script, never text of a document."""
    return Markup((_FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704 - a file of the installation


@cache
def digest(name: str) -> str:
    """Return what a content security policy calls the script ``name``: no other script will run in the page."""
    return "sha256-" + base64.b64encode(hashlib.sha256(inline(name).encode()).digest()).decode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
