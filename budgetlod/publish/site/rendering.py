"""From templates to files: one environment, two languages. Templates escape everything (autoescape)."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from budgetlod.core.version import __version__
from budgetlod.publish.addresses import PAGE_NAMES, Language, link, page_of
from budgetlod.publish.site.money import millions, percent_text, signed, ten_thousands, yuan_text
from budgetlod.publish.stages import Page

WORDS: Final[Mapping[Language, Callable[[str, str], str]]] = {"zh": lambda zh, _: zh, "en": lambda zh, en: en or zh}


class Relation(NamedTuple):
    """A typed link in the head of a page."""

    rel: str
    href: str
    type: str = ""


class Origin(NamedTuple):
    """What the foot of a page says of where its data is from; empty texts are left out. ``report`` is where to report errors."""

    file: str = ""
    href: str = ""
    sha256: str = ""
    licence: str = ""
    licence_name: str = ""
    iri: str = ""
    report: str = ""


def render(template: str, path: str, values: Mapping[str, object], language: Language = "zh") -> Page:
    """Return the page at ``path`` (below the publication's root) that a template makes in one language.

    Templates get, besides ``values``: ``language``, ``w(zh, en)`` (the word in that language), ``href(there)`` (the relative
    link to a path of the publication), ``root`` (the way up to its root), ``assets`` (the way to shared files) and ``pages``
    (file names by language), and, where ``values`` has the ``base`` of the IRIs, ``to(iri)`` (the relative link to
    the page of an IRI). What the frame shows unless ``values`` says otherwise: ``trail`` (pairs of address and label),
    ``jsonld`` (what the page says to search engines), ``relations`` (links of the head), ``canonical`` (its address on the
    web), ``origin`` (where the data is from) are empty, ``both`` (both languages in one file) is false.
    """
    here = partial(link, path)
    root = posixpath.relpath(".", posixpath.dirname(path) or ".") + "/"
    root = "" if root == "./" else root
    frame: dict[str, object] = {
        "trail": [],
        "jsonld": None,
        "relations": [],
        "canonical": "",
        "origin": None,
        "both": False,
    }
    base = str(values.get("base", ""))
    to = cache(lambda iri: here(page_of(iri, base, language)) if page_of(iri, base, language) else iri)
    said = {
        "pages": PAGE_NAMES,
        "to": to,
        "language": language,
        "w": WORDS[language],
        "href": here,
        "root": root,
        "assets": root + "assets/",
    }
    text = _environment().get_template(template).render({**frame, **values, **said})
    return path, text.encode()


def part(template: str, values: Mapping[str, object]) -> Markup:
    """Return what a template makes that is no page of its own; only ``values`` are known in it."""
    return Markup(_environment().get_template(template).render(values))  # noqa: S704 - made with autoescape


def jsonld_text(content: Mapping[str, Any]) -> Markup:
    """Return JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 - escaped here


def bytes_text(size: int) -> str:
    """Return a number of bytes as people read it.

    ``bytes_text(18_900) == "18 KB"``
    """
    if size < 1000:
        return f"{size} B"
    return f"{size // 1000:,} KB" if size < 1_000_000 else f"{Decimal(size) / 1_000_000:,.1f} MB"


def anchor(iri: str) -> str:
    """Return the name of the place on a page that answers for a fragment; an IRI without one gives its last two steps.

    ``anchor("https://example.org/a#unit-%E5%B1%80") == "unit-局"``
    """
    return unquote(iri.partition("#")[2] or "-".join(iri.split("/")[-2:]))


def _share(share: Decimal) -> str:
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_EVEN):,f}"


def _money(yuan: Decimal, unit: str = "万元") -> str:
    return yuan_text(yuan) if unit == "元" else ten_thousands(yuan)


def _said(yuan: Decimal, language: Language) -> str:
    return f"{ten_thousands(yuan)} 万元" if language == "zh" else f"CNY {millions(yuan)} million"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(jsonld=jsonld_text, bytes=bytes_text, money=_money, said=_said, signed=signed)
    environment.filters.update(share=_share, percent=percent_text, anchor=anchor)
    environment.globals["version"] = __version__
    return environment
