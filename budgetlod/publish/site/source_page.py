"""A text source line by line: browsers know no ``#line=``, so that evidence in a text leads to an anchor of this page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetlod.publish.site.disclosure import account_of, area_label
from budgetlod.publish.site.head import head, origin, relations, trail_of
from budgetlod.publish.site.rendering import render
from budgetlod.publish.stages import Disclosed, Page

MEDIA_TYPE = "text/plain"
# As the reader of texts counts lines: a form feed is white space within one.
_NEWLINE = re.compile("\r\n|\n|\r")


def pages(one: Disclosed) -> Iterator[Page]:
    """Yield one page for both languages, if the source is text."""
    item = one.material.item
    if item.source_media_type != MEDIA_TYPE or not item.source_bytes:
        return
    path = f"{item.folder}/source/index.html"
    area = area_label(item, account_of(one.material).names)
    trail = [*trail_of(item, area, one.settings, "zh"), ("", "原文 Source")]
    frame = {
        **head(path, trail, one.settings),
        "relations": relations(item, one.files, path, one.settings),
        "origin": origin(item, one.files, path),
        "both": True,
    }
    yield render("source.html", path, {"item": item, "lines": lines(item.source_bytes), **frame})


def lines(content: bytes) -> list[str]:
    """Return the lines of a text; characters that are no UTF-8 show as replaced."""
    found = _NEWLINE.split(content.decode("utf-8-sig", errors="replace"))
    return found[:-1] if found[-1] == "" else found
