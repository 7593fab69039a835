"""Read a web page, or a page saved with its pictures in one file (MHTML), into paragraphs and grids."""

from __future__ import annotations

import hashlib
import re
from email import policy
from email.errors import MessageError
from email.parser import BytesParser
from pathlib import Path

from budgetlod.core.text import squeeze
from budgetlod.model.document import Block, Document, Paragraph, TextLine
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.html.decode import Decoded, decode
from budgetlod.read.html.flow import Flow
from budgetlod.read.html.links import check_substance
from budgetlod.read.html.positioned import find_pages, read_pages
from budgetlod.read.html.styles import Styles
from budgetlod.read.html.survey import find_tables
from budgetlod.read.html.tree import Element, Places, parse
from budgetlod.read.html.words import printed

MEDIA_TYPE = "text/html"
_ARCHIVE = re.compile(rb"(?im)\A(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){0,40}?(?:mime-version|content-type):")
# What parts the title of a page from the names of its column and site.
_SITE = re.compile(r"[_|｜]|\s[-–—]\s|--")


def read_html(path: Path) -> Document:
    """Read a web page.

    Raises :class:`BadInput` when the page is empty, binary, cut, of an encoding that cannot be told, nested without
    measure, or only links to the files that hold the disclosure.
    """
    data = path.read_bytes()
    file = str(path)
    blocks = tuple(block for page in _pages(data, file) for block in _read(page, file))
    return Document(path.name, MEDIA_TYPE, hashlib.sha256(data).hexdigest(), blocks, file)


def _pages(data: bytes, file: str) -> list[Decoded]:
    """Return the texts of a page, or of all pages of an archive (a workbook saved as a page has one for each sheet)."""
    if not _ARCHIVE.match(data[:20000]):
        return [decode(data, file)]
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        parts = [part for part in message.walk() if part.get_content_type() in (MEDIA_TYPE, "application/xhtml+xml")]
        pages = [
            decode(_payload(part.get_payload(decode=True)), file, str(part.get_content_charset())) for part in parts
        ]
    except (MessageError, LookupError, ValueError) as error:
        raise BadInput(_no_page(file)) from error
    pages = [page for page in pages if "<frameset" not in page.text.lower()] or pages
    if not pages:
        raise BadInput(_no_page(file))
    return pages


def _payload(payload: object) -> bytes:
    return payload if isinstance(payload, bytes) else b""


def _no_page(file: str) -> Problem:
    zh, en = "归档文件中没有网页", "the archive holds no web page"
    hint = ("请在浏览器中另存为“网页，仅 HTML”", "save the page as HTML alone")
    return Problem("source-damaged", "error", zh, en, *hint, file=file)


def _read(page: Decoded, file: str) -> list[Block]:
    root = parse(page.text, file)
    styles, places = Styles(root), Places()
    pages = find_pages(root, styles, file)
    emissions = find_tables(root, styles, places, file, {box for page in pages for box in page.boxes})
    emissions.update(read_pages(pages, places))
    blocks = Flow(styles, places, emissions).read(root)
    check_substance(root, blocks, file)
    blocks = _titled(root, blocks, places)
    if page.damaged:
        _check_whole(blocks, file)
    return blocks


def _titled(root: Element, blocks: list[Block], places: Places) -> list[Block]:
    """Return the blocks with the title of the page first: it stands below the menus, or in the head of the page alone."""
    found = _title(root)
    if found is None:
        return blocks
    text, element = found
    printed_at = next(
        (n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and squeeze(b.text) == squeeze(text)), None
    )
    if printed_at is not None:
        return [blocks[printed_at], *blocks[:printed_at], *blocks[printed_at + 1 :]]
    return [Paragraph((TextLine(text, places.place(element)),)), *blocks]


def _title(root: Element) -> tuple[str, Element] | None:
    """Return the title that a page gives itself, and where.

    ``ArticleTitle`` is the name that the rules for government sites (政府网站发展指引, 2017) give it.
    """
    for element in root.iter("meta"):
        if (element.get("name") or "").lower() == "articletitle" and (text := printed(element.get("content") or "")):
            return text, element
    for element in root.iter("h1", "title"):
        text = printed("".join(element.itertext()))
        if text := text if element.tag == "h1" else _SITE.split(text)[0].strip():
            return text, element
    return None


def _check_whole(blocks: list[Block], file: str) -> None:
    """Raise :class:`BadInput` where a broken character stands in what is printed; elsewhere it does no harm."""
    for block in blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]
        if any("\ufffd" in text for text in texts):
            zh, en = "文字中有损坏的字符", "a character of the text is broken"
            hint = ("请重新下载或以正确的编码保存该页面", "fetch the page again or save it in the right encoding")
            raise BadInput(Problem("source-encoding", "error", zh, en, *hint, file=file, place=block.place.words()))
