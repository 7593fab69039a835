"""From the bytes of a web page to its text: byte order mark, declared encoding, and what the bytes themselves say."""

from __future__ import annotations

import re
from typing import NamedTuple

from budgetlod.model.problem import BadInput, Problem

# WHATWG Encoding: pages labelled gb2312 or gbk are read as gb18030, which holds them both.
_LABELS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
_KNOWN = {"utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# The standard looks into the first 1024 bytes; pages with long comments or scripts first are not rare.
_PRESCAN = 16384
_META = re.compile(rb"""<meta\b[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
# A page may hold single broken characters (a description cut by bytes); more than one in so many is another encoding.
_ONE_IN = 20
_REPLACED = "\ufffd"
_HINT = ("请在浏览器中打开该页面，另存为 UTF-8 网页", "open the page in a browser and save it as UTF-8")


class Decoded(NamedTuple):
    """The text of a page; ``damaged`` where some bytes fit no character and stand in it as U+FFFD."""

    text: str
    damaged: bool = False


def decode(data: bytes, file: str, declared: str = "") -> Decoded:
    """Decode a page: a byte order mark decides, then whichever of UTF-8, the declared encoding and GB18030 fits.

    Well-formed UTF-8 with Chinese in it is UTF-8 whatever the page says of itself: pages saved again keep an old
    declaration. ``declared`` is an encoding stated outside of the page (MHTML). Raises :class:`BadInput` when no
    encoding fits, or when the file is binary.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_decoded(data[len(mark) :], encoding), file)
    stated = _label(declared) or _declared(data)
    tried = [_decoded(data, encoding) for encoding in dict.fromkeys(("utf-8", stated, "gb18030")) if encoding]
    # UTF-8 with a broken character in it often is well-formed GB18030 of nonsense; the reverse does not happen.
    if _fits(tried[0]):
        return _checked(tried[0], file)
    whole = next((text for text in tried if not text.damaged), None)
    return _checked(whole or min(tried, key=lambda one: one.text.count(_REPLACED)), file)


def _fits(decoded: Decoded) -> bool:
    """Return whether next to all characters beyond ASCII are characters of the encoding."""
    if not decoded.damaged:
        return True
    beyond = sum(not character.isascii() for character in decoded.text)
    return decoded.text.count(_REPLACED) * _ONE_IN <= beyond


def _decoded(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, errors="replace"), True)


def _declared(data: bytes) -> str:
    found = _XML.search(data[:400]) or _META.search(data[:_PRESCAN])
    # A declaration that could be read byte by byte is no UTF-16, whatever it says.
    label = _label(found[1].decode("ascii", errors="replace")) if found else ""
    return "" if label.startswith("utf-16") else label


def _label(name: str) -> str:
    """Return the encoding of a label, empty for one that Chinese pages do not use."""
    label = name.strip().lower()
    label = _LABELS.get(label, {"utf8": "utf-8", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}.get(label, label))
    return label if label in _KNOWN else ""


def _checked(decoded: Decoded, file: str) -> Decoded:
    if "\x00" in decoded.text:
        zh, en = "是二进制文件，不是网页", "this is a binary file, not a web page"
        raise BadInput(Problem("source-binary", "error", zh, en, *_HINT, file=file))
    if not _fits(decoded):
        broken = decoded.text.count(_REPLACED)
        zh, en = (
            f"无法确定编码（{broken} 处不成字）",
            f"the encoding cannot be told ({broken} places are no characters)",
        )
        raise BadInput(Problem("source-encoding", "error", zh, en, *_HINT, file=file))
    return decoded
