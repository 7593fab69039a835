"""Read scanned PDF documents and pictures of pages, with the extra ``budgetlod[ocr]``.

The pages of a PDF that are pictures of their text are drawn and recognised, the others are read as they are. What was
recognised bears its confidence, and the document tells by which software.
"""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetlod.model.document import Document
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.layout.blocks import document_blocks
from budgetlod.read.layout.page import PageMarks
from budgetlod.read.limits import check_limit
from budgetlod.read.ocr.engine import engine, is_installed, software
from budgetlod.read.ocr.page import picture_marks
from budgetlod.read.ocr.picture import POINTS
from budgetlod.read.pdf.reader import read_pdf

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from budgetlod.read.ocr.engine import Picture

RESOLUTION = 200
"""The resolution at which pages are drawn, in pixels an inch: at 150 letters of a small table are hardly told apart."""
# A picture of more pixels is no page; a page is drawn with no more than the second number.
_MOST_PIXELS, _DRAWN_PIXELS = 150_000_000, 25_000_000
# The longer side of a sheet of A4 in points: the size of a picture that does not tell its own.
_A4 = 842.0
# What a picture says of its resolution is believed from this to this, if the page is then of a size from this to this.
_LEAST_STATED, _MOST_STATED = 100, 1200
_SMALLEST, _LARGEST = 400.0, 3400.0
# Pictures are read at a resolution from this to this: a coarser one is enlarged, a finer one made smaller.
_COARSEST, _FINEST = 150.0, 260.0
_MEDIA_TYPES = {
    "PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff", "BMP": "image/bmp",
    "GIF": "image/gif", "WEBP": "image/webp", "MPO": "image/jpeg",
}  # fmt: skip


def read_pdf_or_scan(path: Path) -> Document:
    """Read a PDF; pages whose text is a picture or garbled are recognised where the extra is installed.

    Raises :class:`BadInput` as :func:`~budgetlod.read.pdf.reader.read_pdf` does.
    """
    if not is_installed():
        return read_pdf(path)
    seen: list[int] = []

    def recogniser(page: pdfium.PdfPage, number: int) -> PageMarks:
        seen.append(number)
        return _page_marks(page, number)

    try:
        document = read_pdf(path, recogniser)
    except BadInput as error:
        if seen and [problem.code for problem in error.problems] in (["source-scan"], ["source-empty"]):
            raise BadInput(_illegible(str(path))) from error
        raise
    return document._replace(recogniser=software()) if seen else document


def _page_marks(page: pdfium.PdfPage, number: int) -> PageMarks:
    """Return the marks of a page of a PDF from its picture."""
    width, height = page.get_size()
    scale = min(RESOLUTION / POINTS, math.sqrt(_DRAWN_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        drawn = bitmap.to_numpy()
        return picture_marks(drawn.reshape(drawn.shape[:2]).copy(), scale, number, engine())
    finally:
        bitmap.close()


def read_picture(path: Path) -> Document:
    """Read a picture of one page, or of several (TIFF).

    Raises :class:`BadInput` when the extra is not installed, when the picture is broken or too large, or when no text
    can be made out in it.
    """
    file = str(path)
    if not is_installed():
        raise BadInput(
            Problem(
                "source-scan", "error", "是图片，不是文字", "this is a picture, it holds no text",
                "请安装 budgetlod[ocr] 以识别图片", "install budgetlod[ocr] to read pictures", file,
            )
        )  # fmt: skip
    data = path.read_bytes()
    kind, pages = _pages(path)
    blocks = document_blocks(pages)
    if not blocks:
        raise BadInput(_illegible(file))
    digest = hashlib.sha256(data).hexdigest()
    return Document(path.name, kind, digest, blocks, file, recogniser=software())


def _pages(path: Path) -> tuple[str, list[PageMarks]]:
    """Return the media type of a picture and the marks of its pages."""
    from PIL import Image

    try:
        # Its own guard against bombs warns first; ours is stricter.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                return _MEDIA_TYPES.get(picture.format or "", "image/*"), list(_frames(picture, str(path)))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadInput(_huge(str(path))) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        zh, en = f"图片损坏：{error}", f"the picture is broken: {error}"
        hint = ("请重新下载或另存", "fetch or save it anew")
        raise BadInput(Problem("source-damaged", "error", zh, en, *hint, str(path))) from error


def _frames(picture: Any, file: str) -> Iterator[PageMarks]:
    count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    check_limit("pages", count, file)
    for index in range(count):
        picture.seek(index)
        if picture.width * picture.height > _MOST_PIXELS:
            raise BadInput(_huge(file))
        grey, scale = _grey(picture)
        yield picture_marks(grey, scale, index + 1, engine())


def _grey(picture: Any) -> tuple[Picture, float]:
    """Return a picture in shades of grey on white, upright by its own account, and its pixels a point."""
    import numpy as np
    from PIL import Image, ImageOps

    stated = picture.info.get("dpi", (0, 0))[0]
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    if upright.mode.startswith("I;16"):
        upright = Image.fromarray((np.asarray(upright) >> 8).astype(np.uint8))
    grey, scale = upright.convert("L"), _scale(*upright.size, float(stated or 0))
    factor = min(max(1.0, _COARSEST / POINTS / scale), _FINEST / POINTS / scale)
    if abs(factor - 1) > 0.01:
        size = max(1, round(grey.width * factor)), max(1, round(grey.height * factor))
        grey = grey.resize(size, Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX)
    return np.array(grey, dtype=np.uint8), scale * factor


def _scale(width: int, height: int, stated: float) -> float:
    """Return the pixels a point of a picture: as it says, if that makes a sheet of paper, else as if it were A4."""
    longer = max(width, height)
    if _LEAST_STATED <= stated <= _MOST_STATED and _SMALLEST <= longer * POINTS / stated <= _LARGEST:
        return stated / POINTS
    return max(1, longer) / _A4


# --- problems -------------------------------------------------------------------------------------------------------------


def _illegible(file: str) -> Problem:
    return Problem(
        "source-scan", "error", "图像中没有可识别的文字", "no text can be made out in the pictures of its pages",
        "请提供更清晰的扫描件或原始文件", "give a clearer scan or the original file", file,
    )  # fmt: skip


def _huge(file: str) -> Problem:
    return Problem(
        "source-too-large", "error", f"图片超过 {_MOST_PIXELS:,} 像素", f"the picture has more than {_MOST_PIXELS:,} pixels",
        "请缩小后再读", "make it smaller", file,
    )  # fmt: skip
