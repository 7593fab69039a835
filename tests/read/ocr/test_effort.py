"""What recognising a page costs: no line is read twice without need, and the detector sees small pictures."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import numpy as np
import pytest

from budgetlod.read.ocr.engine import Engine, Reading, engine
from budgetlod.read.ocr.page import picture_marks
from budgetlod.read.ocr.picture import _noise
from budgetlod.read.ocr.pieces import _BAND_PIXELS, _bands
from budgetlod.read.ocr.second_look import LOOKS, is_doubtful

from .pages import SCALE, page

ROWS = [("2010301", "1,935.36", "417.41")] * 12
COLUMNS = (60, 180, 290, 380)


def test_a_line_is_recognised_once_and_again_only_if_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[Reading]] = []
    recognise = Engine.recognise

    def counted(self: Engine, lines: Sequence[object]) -> list[Reading]:
        seen.append(recognise(self, lines))  # type: ignore[arg-type]
        return seen[-1]

    monkeypatch.setattr(Engine, "recognise", counted)
    marks = picture_marks(np.array(page(ROWS, COLUMNS)), SCALE, 1, engine())
    assert [glyph.text for glyph in marks.glyphs].count("1,935.36") == len(ROWS)
    first, rest, *again = seen
    assert len(first) + len(rest) == 3 * len(ROWS)
    assert [len(look) for look in again] == [sum(map(is_doubtful, (*first, *rest)))] * len(LOOKS)


def test_lines_that_stand_apart_are_looked_for_apart() -> None:
    ink = np.zeros((1000, 800), np.uint8)
    for top in (20, 60, 900):
        ink[top : top + 18, 100:700] = 255
    ink[60:78, 50:60] = 255
    assert list(_bands(ink, 18.0)) == [(50, 20, 700, 78), (100, 900, 700, 918)]


def test_a_page_full_of_lines_is_cut_between_them() -> None:
    ink = np.zeros((2300, 1600), np.uint8)
    for top in range(40, 2240, 40):
        ink[top : top + 18, 100:1500] = 255
    bands = list(_bands(ink, 18.0))
    assert len(bands) > 8
    assert all((right - left) * (bottom - top) <= _BAND_PIXELS for left, top, right, bottom in bands)
    assert sum((bottom - top + 22) // 40 for _, top, _, bottom in bands) == 55


@pytest.mark.parametrize("size", [(7, 5), (40, 31)])
def test_noise_is_the_mean_of_the_lower_half_of_differences(size: tuple[int, int]) -> None:
    cv2 = importlib.import_module("cv2")
    grey = np.random.default_rng(3).integers(0, 256, size, dtype=np.uint8)
    differing = np.sort(cv2.absdiff(grey, cv2.blur(grey, (5, 5))), axis=None)
    assert _noise(grey) == pytest.approx(float(differing[: grey.size // 2].mean()))
