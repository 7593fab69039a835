"""What the style sheet of a page and the styles of its elements say: hidden or shown, where, how large.

Only what a saved page brings with it is known: rules of one class, identifier or tag in its own ``<style>`` elements,
and ``style`` attributes. Style sheets in other files are not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from budgetlod.read.html.tree import Element

Declarations = Mapping[str, str]

_COMMENT_MARKS = re.compile(r"<!--|-->")
_HIDING = frozenset({"display", "visibility", "mso-hide"})
_HIDES = re.compile(r"(?i:display|visibility|mso-hide)")
_BRACE = re.compile(r"([{}])")
_SIMPLE = re.compile(r"[\w-]*(?:[.#][\w-]+)?")
# What stands on the page for people is shown somewhere, if only after a click on its tab.
_TAB = re.compile(r"\btab(?!le)|(?:[_-]|\b)tabs?(?:[_-]|\b)|tabpanel", re.IGNORECASE)
_PANES = frozenset({"div", "section", "article", "li", "dd", "ul"})


class Styles:
    """The styles of one page."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for style in root.iter("style"):
            for selector, declared in _rules(style.text or ""):
                self._rules.setdefault(selector, {}).update(declared)
        self._classes: dict[tuple[str, str, str], Declarations] = {}

    def of(self, element: Element) -> Declarations:
        """Return the declarations of an element, the weaker overridden; properties and values in small letters."""
        by_rule = self._by_rule(element.tag, element.get("class") or "", element.get("id") or "")
        own = element.get("style")
        return {**by_rule, **declarations(own)} if own else by_rule

    def hidden(self, element: Element) -> bool:
        """Return whether an element is not shown; panes of tabs are, one after the other."""
        if element.get("hidden") is not None:
            return True
        own = element.get("style")
        by_rule = self._by_rule(element.tag, element.get("class") or "", element.get("id") or "")
        if _HIDING.isdisjoint(by_rule) and not (own and _HIDES.search(own)):
            return False
        style = {**by_rule, **declarations(own or "")}
        gone = style.get("display") == "none" or style.get("visibility") == "hidden" or style.get("mso-hide") == "all"
        return gone and not _is_pane(element)

    def _by_rule(self, tag: str, classes: str, name: str) -> Declarations:
        key = (tag, classes, name if f"#{name}" in self._rules or f"{tag}#{name}" in self._rules else "")
        if (found := self._classes.get(key)) is None:
            merged: dict[str, str] = {}
            for selector in _selectors(tag, classes.split(), key[2]):
                merged.update(self._rules.get(selector, {}))
            found = self._classes[key] = merged
        return found


def _is_pane(element: Element) -> bool:
    if element.tag not in _PANES:
        return False
    return any(_TAB.search(element.get(name) or "") for name in ("class", "id", "role"))


def _selectors(tag: str, classes: list[str], name: str) -> Iterator[str]:
    yield tag
    yield from (f".{one}" for one in classes)
    yield from (f"{tag}.{one}" for one in classes)
    if name:
        yield from (f"#{name}", f"{tag}#{name}")


def _rules(sheet: str) -> Iterator[tuple[str, Declarations]]:
    """Yield the rules of a style sheet by simple selector; those for print and small screens (``@media``) are not."""
    depth, outer, selector = 0, False, ""
    parts = _BRACE.split(_uncommented(sheet))
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            depth += 1
            outer = outer or (depth == 1 and text.strip().startswith("@"))
            selector = text.rpartition(";")[2]
            continue
        if depth == 1 and not outer:
            found = declarations(text)
            yield from ((one.strip(), found) for one in selector.split(",") if _SIMPLE.fullmatch(one.strip()))
        depth = max(depth - 1, 0)
        outer = outer and depth > 0


def _uncommented(sheet: str) -> str:
    kept, position = [], 0
    while (start := sheet.find("/*", position)) >= 0:
        kept.append(sheet[position:start])
        end = sheet.find("*/", start + 2)
        position = end + 2 if end >= 0 else len(sheet)
    return _COMMENT_MARKS.sub("", "".join([*kept, sheet[position:]]))


@lru_cache(4096)
def declarations(text: str) -> Declarations:
    """Return the declarations of a ``style`` attribute.

    >>> declarations("Left: 3pt; border-bottom:0.5pt solid #000 !important")
    {'left': '3pt', 'border-bottom': '0.5pt solid #000'}
    """
    found = {}
    for declaration in text.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


_LENGTH = re.compile(r"(-?\d*\.?\d+(?:e-?\d+)?)\s*(pt|px|in|cm|mm|pc|em|%|)")
_LONGEST = 100
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "em": 12.0, "": 0.75}


def points(value: str | None, whole: float = 0.0) -> float | None:
    """Return a length in points, a share (%) as one of ``whole``; ``None`` when it is none (``auto``).

    >>> points("20px"), points("50%", 600.0), points("auto")
    (15.0, 300.0, None)
    """
    # calc(var(--scale-factor) * 12px): what is multiplied is the length.
    found = _LENGTH.findall(value[:_LONGEST]) if value else []
    if not found or (value is not None and not value.startswith("calc") and len(found) > 1):
        return None
    number, unit = found[-1]
    return float(number) * (whole / 100 if unit == "%" else _POINTS[unit])
