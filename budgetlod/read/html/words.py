"""Text of a page as it is printed: white space collapsed as browsers do it, breaks kept."""

from __future__ import annotations

import re

BREAK = "\v"
"""Stands for the end of a printed line (``<br>``, the edge of a block) until the text is put together."""

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin and end a line."""

NO_TEXT = frozenset({
    "applet", "audio", "button", "canvas", "col", "colgroup", "datalist", "embed", "frame", "head", "iframe",
    "input", "link", "map", "math", "meta", "noframes", "noscript", "object", "option", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
"""Elements whose content is not the text of the page: programs, styles, controls, other documents."""

_EAST_ASIAN = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
# CSS Text 3, 4.1.3: a line of the source that ends between two East Asian characters leaves no space behind.
_SOURCE_BREAK = re.compile(rf"(?<=[{_EAST_ASIAN}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_EAST_ASIAN}])")
SEPARATORS = re.compile(r"[\s>»›·|/\\\-—:：、，,【】\[\]()（）]+")
"""What stands between the links of a menu or of bread crumbs."""

_SPACE = re.compile(r"[ \t\r\n\f]+")
# Soft hyphen, zero width space and (non-)joiners, marks of direction, word joiner, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")


def printed(text: str) -> str:
    r"""Return one line of text as printed: no-break spaces become spaces, full-width ones stay.

    >>> printed("  收 入\n   总计  ")
    '收 入总计'
    """
    line = _SPACE.sub(" ", _SOURCE_BREAK.sub("", _INVISIBLE.sub("", text))).strip(" ")
    return line.replace("\u00a0", " ")


def printed_lines(text: str) -> str:
    """Return text with :data:`BREAK` in it as lines, blank ones left out."""
    lines = (printed(line) for line in text.split(BREAK))
    return "\n".join(line for line in lines if line.strip())


def as_source(text: str | None, preformatted: bool = False) -> str:
    """Return text of the source with no :data:`BREAK` of its own; in ``<pre>`` its line ends are breaks."""
    clean = (text or "").replace(BREAK, " ")
    return clean.replace("\r\n", "\n").replace("\n", BREAK) if preformatted else clean
