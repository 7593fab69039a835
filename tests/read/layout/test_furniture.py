"""Which lines stand on a page but not in its text."""

from __future__ import annotations

import pytest

from budgetlod.read.layout.furniture import in_margin, is_furniture, running_lines
from budgetlod.read.layout.lines import Line
from budgetlod.read.layout.page import Glyph

HEIGHT = 842.0


def at(text: str, top: float) -> Line:
    return Line([Glyph(text, 80, top, 180, top + 10)])


@pytest.mark.parametrize("text", ["3", "- 12 -", "—3—", "第 3 页", "第3页 共20页", "3/20", "iv"])
def test_page_numbers(text: str) -> None:
    assert is_furniture(at(text, 800), HEIGHT, {})
    assert not is_furniture(at(text, 400), HEIGHT, {})  # inside the page it may be anything


@pytest.mark.parametrize("text", ["表3", "3.5", "1,234.50", "2026年度", "五、名词解释"])
def test_other_lines_in_the_margin_are_text(text: str) -> None:
    assert not is_furniture(at(text, 40), HEIGHT, {})


def test_running_lines_stand_at_one_height_on_three_pages() -> None:
    pages = [[at(f"第{number}期 某市信访局", 40), at("单位：万元", 60 + 20 * number)] for number in range(4)]
    margins = [[line for entry in page if (line := in_margin(entry, HEIGHT))] for page in pages]
    running = running_lines(margins)
    assert is_furniture(pages[0][0], HEIGHT, running)
    assert not is_furniture(pages[0][1], HEIGHT, running)
    assert running_lines(margins[:2]) == {}
