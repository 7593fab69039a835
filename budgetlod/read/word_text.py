"""What a paragraph of a Word document prints (ECMA-376 part 1, 17.3): runs, breaks, insertions, text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from budgetlod.read.word_numbering import Numbering, value

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The name space of the main parts, in front of every name."""
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_TEXT = frozenset({f"{W}t", _MATH_TEXT})
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
# Deleted and moved text, hidden reading aids, what text boxes hold (it stands after the paragraph), and the copy of
# a drawing for older programs.
_LEFT_OUT = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{W}rt",
        f"{W}txbxContent",
        f"{W}rPr",
        f"{W}pPr",
        f"{W}sdtPr",
        f"{W}instrText",
        _FALLBACK,
    }
)
WRAPPERS = frozenset({f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")})
"""Elements that stand around paragraphs, rows and cells without meaning anything for the text."""
_OFF = frozenset({"0", "false", "off"})
_CONTENTS_STYLE = re.compile(r"(?i)toc\s?\d|目录\s?\d")
_LEADER = "........"


def unwrapped(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of the names given (``w:`` understood), also those inside of wrappers, in their order."""
    for child in element:
        if child.tag in WRAPPERS:
            yield from unwrapped(child, *names)
        elif isinstance(child.tag, str) and child.tag.removeprefix(W) in names:
            yield child


def paragraph_text(paragraph: etree._Element, numbering: Numbering) -> str:
    """Return the text of a ``w:p`` with the number that Word prints before it; line breaks are newlines.

    A tab is a space; in a table of contents it is the dots up to the page number.
    """
    properties = paragraph.find(f"{W}pPr")
    prefix = numbering.prefix(properties) if _prints(paragraph) else ""
    tab = _LEADER if _in_contents(properties) else " "
    return prefix + "".join(_pieces(paragraph, tab)).strip()


def _prints(paragraph: etree._Element) -> bool:
    """Return whether a paragraph is there at all: one whose mark is deleted and that holds nothing else is not."""
    if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None:
        return True
    return bool("".join(_pieces(paragraph, " ")).strip())


def _in_contents(properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    leaders = (tab.get(f"{W}leader", "none") for tab in properties.iterfind(f"{W}tabs/{W}tab"))
    return bool(_CONTENTS_STYLE.match(value(properties, "pStyle"))) or any(leader != "none" for leader in leaders)


def _pieces(element: etree._Element, tab: str) -> Iterator[str]:
    for child in element:
        if child.tag in _TEXT:
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield tab
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            yield from _pieces(child, tab)


def _is_hidden(run: etree._Element) -> bool:
    """Return whether a run is formatted as hidden text."""
    mark = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return mark is not None and mark.get(f"{W}val", "1") not in _OFF


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield what the text boxes anchored in a paragraph hold, each once; a box inside of a box comes with the outer."""
    for child in paragraph:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != _FALLBACK and isinstance(child.tag, str):
            yield from text_boxes(child)
