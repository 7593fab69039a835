"""Reads a published site as a browser without scripts would: every page, its anchors, its links, what is well formed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

VOID = frozenset({"meta", "link", "br", "input", "img", "base", "hr", "col", "wbr"})
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
KINDS = {
    "figure": re.compile(r"/figure/"),
    "statement": re.compile(r"/statement/"),
    "project": re.compile(r"/project/"),
    "report": re.compile(r"/report/index"),
    "code": re.compile(r"^code/"),
    "query": re.compile(r"^query/"),
}
"""Kinds of pages by their path: a site that has none of a kind (its feature is not there) is not asked for them."""


class PageText(HTMLParser):
    """The anchors, links, tags and text of one page; ``faults`` are elements closed wrongly and anchors given twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.faults: list[str] = []
        self.text = ""
        self.feed(text)
        self.faults += [f"never closed: {tag}" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._take(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._take(tag, dict(attrs))

    def _take(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tags.append(tag)
        anchor = attributes.get("id")
        if anchor is not None:
            if anchor in self.ids or not anchor:
                self.faults.append(f"anchor twice or empty: {anchor}")
            self.ids.add(anchor)
        href, source = attributes.get("href"), attributes.get("src")
        if href is not None:
            self.links.append(href)
        if source is not None:
            self.loads.append(source)
        if tag == "link" and attributes.get("rel") in {"stylesheet", "icon"} and href:
            self.loads.append(href)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"closed wrongly: {tag}")

    def handle_data(self, data: str) -> None:
        self.text += data


class Site:
    """All pages of a published folder by their paths."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages = {
            path.relative_to(folder).as_posix(): PageText(path.read_text(encoding="utf-8"))
            for path in sorted(folder.rglob("*.html"))
            if not path.name.startswith("source.")
        }
        self.present = {kind for kind, path in KINDS.items() if any(path.search(page) for page in self.pages)}

    def broken(self) -> list[str]:
        """Return every link inside the site that leads to no file, or to a page without that anchor."""
        return [f"{page} -> {link}" for page, link in self._inner_links() if not self._resolves(page, link)]

    def outside_loads(self) -> list[str]:
        """Return what a browser would fetch from elsewhere just to show a page."""
        return [
            f"{path} -> {load}"
            for path, page in self.pages.items()
            for load in page.loads
            if _ELSEWHERE.match(load) and not load.startswith("data:")
        ]

    def _inner_links(self) -> Iterator[tuple[str, str]]:
        for path, page in self.pages.items():
            for link in dict.fromkeys([*page.links, *page.loads]):
                if not _ELSEWHERE.match(link):
                    yield path, link

    def _resolves(self, page: str, link: str) -> bool:
        path, _, fragment = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
        if any(kind not in self.present and found.search(target) for kind, found in KINDS.items()):
            return True
        if target.startswith("..") or not (self.folder / target).is_file():
            return False
        known = self.pages.get(target)
        return not fragment or known is None or unquote(fragment) in known.ids
