"""The cells of a page's printed tables, as a reader of the HTML finds them."""

from __future__ import annotations

from html.parser import HTMLParser


class Cells(HTMLParser):
    """The text of each ``td`` by its anchor, without the signs beside it; ``signs`` and ``links`` by the same anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.signs: dict[str, list[str]] = {}
        self.links: dict[str, str] = {}
        self._anchor = ""
        self._sign = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "td" and said.get("id"):
            self._anchor = said["id"] or ""
            self.texts[self._anchor] = ""
        self._sign = (said.get("class") or "").split(" ")[0] in {"sg", "mk"}
        if tag == "a" and self._anchor and not self._sign:
            self.links[self._anchor] = said.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._anchor = ""
        self._sign = False

    def handle_data(self, data: str) -> None:
        if self._anchor and self._sign:
            self.signs.setdefault(self._anchor, []).append(data)
        elif self._anchor:
            self.texts[self._anchor] += data
