"""How to read a budget: one page with a picture of real data and the terms that everybody asks about; and 404."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from budgetlod.publish.addresses import PAGE_NAMES
from budgetlod.publish.site.head import HOME, head
from budgetlod.publish.site.overview_lines import summary_of
from budgetlod.publish.site.rendering import WORDS, render
from budgetlod.publish.site.strips import from_plain
from budgetlod.publish.stages import Overview, Page

_TERMS = Path(__file__).parents[1] / "templates" / "guide-terms.toml"


def pages(whole: Overview) -> Iterator[Page]:
    """Yield the guide in both languages, and the page that a server shows for what is not there."""
    example = max(whole.entries, key=lambda entry: len(summary_of(entry).get("strips", [])), default=None)
    values = {
        "terms": terms(),
        "base": whole.settings.base,
        "example": example,
        "strips": from_plain(summary_of(example).get("strips", [])) if example else [],
    }
    for language, name in PAGE_NAMES.items():
        path, say = f"guide/{name}", WORDS[language]
        frame = head(
            path, [(name, say(*HOME[:2])), ("", say("怎么读一份预算", "How to read a budget"))], whole.settings
        )
        yield render("guide.html", path, {**values, **frame}, language)
    yield render("404.html", "404.html", {"both": True, "site": whole.settings.site})


@cache
def terms() -> list[dict[str, Any]]:
    """Return the terms of the guide in order: ``zh``, ``en``, and what they mean in both languages."""
    found = tomllib.loads(_TERMS.read_text(encoding="utf-8"))["term"]
    assert isinstance(found, list)
    return found
