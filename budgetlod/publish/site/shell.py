"""Pages and parts of pages of which many differ in little: rendered once, then filled.

The marks are noncharacters of Unicode, which no text holds (Unicode 16, section 23.7).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from budgetlod.publish.addresses import Language
from budgetlod.publish.site.rendering import render

_OPEN, _MIDDLE, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_GAP: Final = re.compile(f"{_OPEN}(\\w+){_CLOSE}")
_CHOICE: Final = re.compile(f"{_OPEN}([^{_OPEN}]*?){_MIDDLE}(.*?){_CLOSE}", re.DOTALL)


def gap(name: str) -> str:
    """Return what stands for the text ``name`` until a shell is filled."""
    return f"{_OPEN}{name}{_CLOSE}"


class Shell:
    """A page with gaps."""

    def __init__(self, template: str, path: str, values: Mapping[str, object]) -> None:
        _, content = render(template, path, values)
        self._pieces = _GAP.split(content.decode())

    def filled(self, texts: Mapping[str, str]) -> bytes:
        """Return the page with a text in each gap; texts are HTML. Raises ``KeyError`` for a gap without a text."""
        pieces = (texts[piece] if index % 2 else piece for index, piece in enumerate(self._pieces))
        return "".join(pieces).encode()


def either(zh: str, en: str) -> str:
    """Return both wordings, of which :func:`in_language` keeps one; equal ones as they are."""
    return zh if zh == en else f"{_OPEN}{zh}{_MIDDLE}{en}{_CLOSE}"


def in_language(text: str, language: Language) -> Markup:
    """Return a rendered text in one language."""
    # A Markup would escape what is put into it once more.
    return Markup(_CHOICE.sub(r"\1" if language == "zh" else r"\2", str(text)))  # noqa: S704 - rendered with escaping
