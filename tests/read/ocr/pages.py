"""Pictures of pages drawn by the tests: a ruled table, with lines of text above it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("rapidocr_onnxruntime", reason="the extra budgetlod[ocr] is not installed")

from PIL import Image, ImageDraw, ImageFont

SCALE = 200 / 72
WIDE, HIGH = 595, 420
_CJK = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc", "uming.ttc")


def cjk_font() -> Path | None:
    """Return a font with Chinese characters, if the system has one of the usual ones."""
    return next((path for name in _CJK for path in Path("/usr/share/fonts").rglob(name)), None)


def page(
    rows: Sequence[Sequence[str]], columns: Sequence[float], above: Sequence[str] = (), font: Path | None = None
) -> Image.Image:
    """Draw a page: lines of text and a table; ``columns`` are where the borders stand, in points."""
    picture = Image.new("L", (round(WIDE * SCALE), round(HIGH * SCALE)), 255)
    draw = ImageDraw.Draw(picture)
    size = round(10 * SCALE)
    face = ImageFont.truetype(str(font), size) if font else ImageFont.load_default(size)
    for number, text in enumerate(above):
        draw.text((columns[0] * SCALE, (40 + 20 * number) * SCALE), text, 0, face)
    top = 60 + 20 * len(above)
    for number in range(len(rows) + 1):
        y = (top + 22 * number) * SCALE
        draw.line((columns[0] * SCALE, y, columns[-1] * SCALE, y), 0, 2)
    for border in columns:
        draw.line((border * SCALE, top * SCALE, border * SCALE, (top + 22 * len(rows)) * SCALE), 0, 2)
    for number, row in enumerate(rows):
        for text, left in zip(row, columns, strict=False):
            draw.text(((left + 5) * SCALE, (top + 22 * number + 4) * SCALE), text, 0, face)
    return picture
