"""The recogniser: where text lines stand in a picture, and what they say, through the models of RapidOCR.

RapidOCR brings its detection and recognition models (PP-OCR) with it and needs no network. Its own pipeline fills each
line up to a common width; here lines of like width are recognised together, as wide as they are: that costs a third.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[Any]
    """A picture: rows of pixels, in shades of grey (0 black, 255 white)."""

PACKAGE = "rapidocr-onnxruntime"
# What the recognition model takes: lines of this height, not narrower than this; its output has a step every 8 pixels.
_HEIGHT, _NARROWEST, _STEP = 48, 32, 8
# Lines recognised together: as many as fill this many columns of pixels, and of widths that differ by this factor.
_COLUMNS, _LIKE = 1500, 1.15


class Reading(NamedTuple):
    """What a line says: its text, how sure each character is (0 to 1), and where each stands (share of the width)."""

    text: str
    sure: tuple[float, ...]
    at: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The lowest confidence of the characters, 0 where there are none."""
        return min(self.sure, default=0.0)


def is_installed() -> bool:
    """Return whether the extra ``budgetlod[ocr]`` is there; nothing is loaded."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr_onnxruntime", "onnxruntime", "cv2"))


def software() -> str:
    """Return the name and version of the recogniser."""
    return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}"


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the recogniser of this process; its models are loaded on the first call (about a second)."""
    return Engine()


class Engine:
    """The models of detection and recognition."""

    def __init__(self) -> None:
        from rapidocr_onnxruntime.ch_ppocr_det import TextDetector
        from rapidocr_onnxruntime.main import DEFAULT_CFG_PATH
        from rapidocr_onnxruntime.utils import read_yaml, update_model_path

        settings: dict[str, dict[str, Any]] = update_model_path(read_yaml(DEFAULT_CFG_PATH))
        # The caller scales: the smallest side is left as it is.
        self._detector: Any = TextDetector({**settings["Det"], "limit_side_len": _NARROWEST})
        self._detector.infer = _Model(settings["Det"]["model_path"])
        self._recogniser = _Model(settings["Rec"]["model_path"])
        self._letters = ["", *self._recogniser.letters(), " "]

    def detect(self, picture: Picture) -> list[tuple[int, int, int, int]]:
        """Return the boxes of text lines: left, top, right, bottom in pixels. Letters 15-30 pixels high are found best."""
        import cv2

        if min(picture.shape[:2]) < _NARROWEST:
            return []
        found, _ = self._detector(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
        if found is None:
            return []
        return [
            (int(box[:, 0].min()), int(box[:, 1].min()), int(box[:, 0].max()) + 1, int(box[:, 1].max()) + 1)
            for box in found
        ]

    def recognise(self, lines: Sequence[Picture]) -> list[Reading]:
        """Return what pictures of one line each say."""
        import numpy as np

        found: list[Reading] = [Reading("", (), ())] * len(lines)
        widths = [max(_NARROWEST, round(_HEIGHT * line.shape[1] / line.shape[0])) for line in lines]
        for batch in _batches(widths):
            width = _STEP * -(-max(widths[index] for index in batch) // _STEP)
            filled = np.stack([_fitted(lines[index], widths[index], width) for index in batch])
            steps = self._recogniser(np.repeat(filled[:, None], 3, axis=1))[0]
            for index, row in zip(batch, steps, strict=True):
                found[index] = self._decoded(row, width / widths[index])
        return found

    def _decoded(self, steps: NDArray[np.float32], filled: float) -> Reading:
        """Return the best path through the steps of the model: repeats and blanks (0) are no characters."""
        best, sure = steps.argmax(axis=1), steps.max(axis=1)
        kept = [at for at in range(len(best)) if best[at] and (not at or best[at] != best[at - 1])]
        kept = [at for at, _ in _spaced([(at, self._letters[best[at]]) for at in kept])]
        # A letter stands over several steps: the surest of them speaks for it.
        ends = [next((n for n in range(at, len(best)) if best[n] != best[at]), len(best)) for at in kept]
        return Reading(
            "".join(self._letters[best[at]] for at in kept),
            tuple(float(sure[at:end].max()) for at, end in zip(kept, ends, strict=True)),
            tuple(filled * (at + end) / 2 / len(best) for at, end in zip(kept, ends, strict=True)),
        )


class _Model:
    """One model, on one thread: documents are read side by side, and more threads cost more than they save.

    Pictures differ in size, so what a model would keep for the next of the same size is memory lost.
    """

    def __init__(self, path: str) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        options.log_severity_level = 4
        self._session: Any = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._name: str = self._session.get_inputs()[0].name

    def letters(self) -> list[str]:
        """Return the letters that a model of recognition knows, in the order of its output; blank is before them."""
        return str(self._session.get_modelmeta().custom_metadata_map["character"]).splitlines()

    def __call__(self, pictures: NDArray[Any]) -> Any:
        """Return what the model makes of pictures; raises :class:`MemoryError`, which the model says in its own words."""
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException

        try:
            return self._session.run(None, {self._name: pictures})
        except (Fail, RuntimeException) as error:
            if "bad_alloc" in str(error) or "allocate" in str(error):
                raise MemoryError("text recognition") from error
            raise


def _spaced(letters: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield letters with the spaces between Latin words only: the model sees others in commas and wide letters."""
    for index, (at, letter) in enumerate(letters):
        around = [text for _, text in (*letters[max(0, index - 1) : index], *letters[index + 1 : index + 2])]
        if letter != " " or (len(around) == 2 and all(text.isascii() and text.isalpha() for text in around)):
            yield at, letter


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of lines to recognise together."""
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=widths.__getitem__):
        if batch and ((len(batch) + 1) * widths[index] > _COLUMNS or widths[index] > _LIKE * widths[batch[0]]):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _fitted(line: Picture, width: int, filled: int) -> NDArray[np.float32]:
    """Return a line in the height that the model takes, its shades from -1 to 1, filled up with 0 as it was trained."""
    import cv2
    import numpy as np

    shrinks = line.shape[0] > _HEIGHT
    sized = cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    row = np.zeros((_HEIGHT, filled), dtype=np.float32)
    row[:, :width] = sized.astype(np.float32) / 127.5 - 1
    return row
