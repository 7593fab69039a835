"""How a line says that it opens a paragraph of its own."""

from __future__ import annotations

import re

OPENS_PARAGRAPH = re.compile(
    r"\s*(?:[-*•]\s|\d{1,2}[、.](?!\d)|[一二三四五六七八九十]+、|[((（][一二三四五六七八九十]+[)）]|注[:：]"
    r"|第[一二三四五六七八九十]+(?:部分|章|节))"
)
"""A line that opens a paragraph even when nothing sets it apart from the line before it."""
