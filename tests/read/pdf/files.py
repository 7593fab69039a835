"""PDF files written by hand (ISO 32000-1), byte by byte what a test says; text in Chinese without an embedded font."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

A4 = (595.0, 842.0)
BLACK, WHITE, GREY = "0 0 0", "1 1 1", "0.8 0.8 0.8"
# One font of every PDF reader for simplified Chinese: characters are UTF-16, Latin ones half as wide as they are high.
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -140 1000 860]"
    "/ItalicAngle 0/Ascent 860/Descent -140/CapHeight 800/StemV 80>>>>]>>"
)
# A font that does not say which characters its codes are.
_MUTE_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/Nameless/Flags 4/FontBBox[0 -140 1000 860]"
    "/ItalicAngle 0/Ascent 860/Descent -140/CapHeight 800/StemV 80>>>>]>>"
)


def text(
    x: float, y: float, words: str, size: float = 10, matrix: str = "1 0 0 1", font: str = "F", more: str = ""
) -> str:
    """Return the operators that print words; ``x`` and ``y`` are where they begin, from the lower left corner."""
    return f"BT {more} /{font} {size} Tf {matrix} {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float, colour: str = BLACK) -> str:
    """Return the operators that draw a line."""
    return f"{colour} RG 0.5 w {x0} {y0} m {x1} {y1} l S\n"


def filled(x: float, y: float, width: float, height: float, colour: str = GREY) -> str:
    """Return the operators that fill a rectangle."""
    return f"{colour} rg {x} {y} {width} {height} re f 0 0 0 rg\n"


def cell_lines(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Return the rulings of a whole table; ``ys`` from bottom to top or the other way."""
    across = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


@dataclass
class Page:
    """A page: what is printed on it, its size and how it is turned and cropped."""

    content: str
    size: tuple[float, float] = A4
    rotate: int = 0
    crop: Sequence[float] = ()
    forms: Sequence[str] = ()
    more: str = ""


@dataclass
class Pdf:
    """A file in the making."""

    pages: list[Page] = field(default_factory=list)
    trailer: str = ""

    def data(self) -> bytes:
        """Return the bytes of the file."""
        objects = ["<</Type/Catalog/Pages 2 0 R>>", "", _FONT, _MUTE_FONT]
        kids = []
        for page in self.pages:
            kids.append(len(objects) + 1)
            objects += _page(page, len(objects) + 1)
        objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>"
        return _file(objects, self.trailer)

    def save(self, path: Path) -> Path:
        """Write the file."""
        path.write_bytes(self.data())
        return path


def _page(page: Page, number: int) -> list[str]:
    forms = "".join(f"/X{at} {number + 2 + at} 0 R" for at in range(len(page.forms)))
    resources = f"<</Font<</F 3 0 R/M 4 0 R>>/XObject<</Im {number + 2 + len(page.forms)} 0 R{forms}>>>>"
    crop = f"/CropBox[{' '.join(map(str, page.crop))}]" if page.crop else ""
    width, height = page.size
    return [
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]{crop}/Rotate {page.rotate}"
        f"/Resources {resources}/Contents {number + 1} 0 R{page.more}>>",
        _stream(page.content),
        *(
            _stream(form, f"/Type/XObject/Subtype/Form/BBox[-2000 -2000 2000 2000]/Resources {resources}")
            for form in page.forms
        ),
        _stream("\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"),
    ]


def _stream(content: str, entries: str = "") -> str:
    return f"<</Length {len(content)}{entries}>>stream\n{content}\nendstream"


def _file(objects: Iterable[str], trailer: str) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        data += f"{offset:010} 00000 n \n".encode()
    data += f"trailer<</Size {len(offsets) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)
