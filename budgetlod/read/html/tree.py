"""The tree of a web page, and where in it something stands.

libxml2 parses what browsers parse: unclosed tags, entities of HTML, pasted Office markup. Nothing is fetched and no
entity of a document type is expanded.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from budgetlod.model.document import Place
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.limits import check_limit, too_large

Element = Any
"""An element of lxml, which has no types of its own."""

# libxml2 gives up at 2048 levels and leaves the rest of the page out: whatever the limit in force, not deeper.
_DEEPEST = 2040
# What follows the first </body> or </html> would be left out, though browsers show it.
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
# Pictures inside the page are most of its bytes and none of its text.
_PICTURE = re.compile(r"(data:[\w/+.-]{1,60};base64,)[A-Za-z0-9+/=%]+", re.IGNORECASE)
_CUT = re.compile(r"</?[A-Za-z][^<>]*\Z")
# libxml2 counts lines in 16 bits.
_MOST_LINES = 65535


def parse(text: str, file: str) -> Element:
    """Return the root element of a page.

    Raises :class:`BadInput` when it is empty, ends inside a tag, or is nested too deep.
    """
    if _CUT.search(text[-4096:]):
        zh, en = "网页在标签中间截断", "the page ends inside a tag"
        raise BadInput(_problem(file, "source-damaged", zh, en))
    # Limits of single texts are lifted (pages of scripts exceed them); the size of the file bounds them all.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    source = _ENDS.sub("", _PICTURE.sub(r"\1", text)).encode("utf-8")
    try:
        root = lxml_html.document_fromstring(source, parser=parser)
    except etree.LxmlError as error:
        raise BadInput(_problem(file, "source-empty", "网页没有内容", "the page has no content")) from error
    _check_depth(root, file)
    return root


def _check_depth(root: Element, file: str) -> None:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(depth, deepest)
    check_limit("depth", deepest, file)
    if deepest > _DEEPEST:
        raise BadInput(too_large("depth", file, deepest))


def _problem(file: str, code: str, zh: str, en: str) -> Problem:
    hint = ("请在浏览器中打开该页面，重新保存完整网页", "open the page in a browser and save it whole again")
    return Problem(code, "error", zh, en, *hint, file=file)


class Places:
    """Tells the place of elements: the line of the source, and the XPointer child sequence (``/1/2/5``)."""

    def __init__(self) -> None:
        # The children of a parent are counted once, or a table of 100,000 rows would be counted 100,000 times.
        self._numbers: dict[Element, dict[Element, int]] = {}
        self._paths: dict[Element, str] = {}

    def place(self, element: Element) -> Place:
        """Return the place of an element."""
        line = element.sourceline or 0
        return Place(line=line if line < _MOST_LINES else 0, element=self.path(element))

    def path(self, element: Element) -> str:
        """Return the child sequence of an element: /1 is the root, /1/2 its second child."""
        steps: list[int] = []
        known, parent = "/1", element.getparent()
        first = parent
        while parent is not None:
            steps.append(self._number(parent, element))
            if (path := self._paths.get(parent)) is not None:
                known = path
                break
            element, parent = parent, parent.getparent()
        if first is None:
            return known
        above = known + "".join(f"/{step}" for step in reversed(steps[1:]))
        self._paths[first] = above
        return f"{above}/{steps[0]}"

    def _number(self, parent: Element, child: Element) -> int:
        numbers = self._numbers.get(parent)
        if numbers is None:
            numbers = self._numbers[parent] = {one: number for number, one in enumerate(parent, 1)}
        return numbers[child]
