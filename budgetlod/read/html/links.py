"""Links of a page: which lead to other pages, which to attached files, and pages that hold little else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from budgetlod.model.document import Block, Grid
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.html.tree import Element
from budgetlod.read.html.words import printed

_FILES = r"pdf|docx?|xlsx?|xlsm|wps|et|ods|odt|ofd|csv|zip|rar|7z|jpe?g|png|tiff?"
_FILE = re.compile(rf"\.(?:{_FILES})(?=$|[?#&])", re.IGNORECASE)
# An address inside a program that shows a file in the page.
_QUOTED = re.compile(r"""["']([^"'<>\s]{1,300}\.(?:pdf|ofd|docx?|xlsx?))(?:[?#][^"'<>\s]{0,300})?["']""", re.IGNORECASE)
_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_PICTURES = ("jpg", "jpeg", "png", "tif", "tiff")
# Less running text and fewer cells than this (characters): the page says no more than that there is a document.
_LITTLE = 400
_RUNNING = 80
_NAMED = 10


def is_page_link(element: Element) -> bool:
    """Return whether an ``<a>`` leads to another page, or does something in the browser; not to a file or in the page."""
    address = (element.get("href") or "").strip()
    return bool(address) and not address.startswith("#") and not is_file(address)


def is_file(address: str) -> bool:
    """Return whether an address is that of a document, table, picture or archive.

    >>> is_file("./P020260130.pdf"), is_file("/art/2026/index.html"), is_file("/down?file=a.xlsx&id=3")
    (True, False, True)
    """
    return bool(_FILE.search(address))


def check_substance(root: Element, blocks: Sequence[Block], file: str) -> None:
    """Raise :class:`BadInput` for a page with next to no text that leads to files, shows them in frames, or is empty."""
    if _substance(blocks) >= _LITTLE:
        return
    if names := _attachments(root):
        named = "、".join(names[:_NAMED])
        raise BadInput(
            Problem(
                "link-page", "error",
                f"该网页只链接附件：{named}", f"the page only links to attachments: {named}",
                "请下载这些附件并直接提供", "fetch these files and give them instead", file,
            )
        )  # fmt: skip
    if not blocks:
        raise BadInput(
            Problem(
                "source-empty", "error", "网页没有文字", "the page has no text",
                "内容可能由程序生成：请在浏览器中打开，待内容显示后另存为网页",
                "a program may make the content: open the page in a browser and save it once it shows", file,
            )
        )  # fmt: skip


def _substance(blocks: Sequence[Block]) -> int:
    """Return how many characters stand in tables and in running text."""
    total = 0
    for block in blocks:
        if isinstance(block, Grid):
            total += sum(len(cell) for row in block.rows for cell in row.cells)
        elif len(block.text) >= _RUNNING:
            total += len(block.text)
    return total


def _attachments(root: Element) -> list[str]:
    """Return the names of the files that a page links to or shows in a frame, each once."""
    names: dict[str, str] = {}
    for element in root.iter("a", *_FRAMES, "script"):
        if element.tag == "a":
            address = (element.get("href") or "").strip()
            if is_file(address) and not address.lower().startswith("javascript:"):
                names.setdefault(address, _name(element, address))
        elif element.tag == "script":
            for found in _QUOTED.findall(element.text or ""):
                names.setdefault(found, _last(found))
        elif address := (element.get(_FRAMES[element.tag]) or "").strip():
            names.setdefault(address, _last(address))
    return list(dict.fromkeys(names.values()))


def _name(element: Element, address: str) -> str:
    text = printed("".join(element.itertext()))
    title = (element.get("title") or "").strip()
    return next((name for name in (text, title) if _FILE.search(name)), "") or text or title or _last(address)


def _last(address: str) -> str:
    """Return the name of a file at the end of an address, or of the one that a viewer is asked to show."""
    shown = re.search(r"(?i)[?&](?:file|src|url|path)=([^&#]+)", address)
    return unquote(shown[1] if shown else address.split("?")[0].split("#")[0]).rstrip("/").rsplit("/", 1)[-1] or address
