"""Tell the format of a file: by how it begins, then by its name.

Files of government sites often bear the wrong extension - a web page or a table of text saved as ``.xls``, an
``.xlsx`` that is an ``.xls`` - so the content decides where it can. A kind is written as the extension that it ought
to bear; ``datapackage.json`` is the one kind that a whole file name tells.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

TABLE_PACKAGE = "datapackage.json"
ENCRYPTED = "encrypted"
"""An office document behind a password: nothing of it can be read, not even what it is."""

# The extensions of texts: no signature is looked for in them, their reader says itself what a binary one is.
_TEXTS = frozenset({".txt", ".tsv", ".md"})
_MARKUP = frozenset({".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"})
_OFFICE = frozenset({".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ods", ".doc", ".docx", ".wps"})
_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"{\\rtf", ".rtf"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
)
# What stands in the directory of a compound file, in UTF-16, and in a zip file.
_STREAMS = (("EncryptedPackage", ENCRYPTED), ("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"))
_PARTS = (("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"), ("xl/workbook.bin", ".xlsb"))
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.text": ".odt",
}
_HTML = re.compile(
    rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|style|title|div)\b"
)
_XML_SHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def kind_of(path: Path) -> str:
    """Return the kind of a file, such as ``.xlsx``; its extension in small letters where the content does not tell.

    Raises :class:`OSError` when the file cannot be read.
    """
    suffix = path.suffix.lower()
    if path.name == TABLE_PACKAGE:
        return TABLE_PACKAGE
    if suffix in _TEXTS:
        return suffix
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return _by_content(path, head, suffix) or suffix


def _by_content(path: Path, head: bytes, suffix: str) -> str:
    """Return the kind that the content shows, or an empty string."""
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path, suffix)
    if head.startswith(_OLE):
        return _compound(path.read_bytes())
    if head[:2] == b"BM" and suffix not in _OFFICE | _MARKUP:
        return ".bmp"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ".webp"
    if found := next((kind for start, kind in _SIGNATURES if head.startswith(start)), ""):
        return found
    return _text(head, suffix)


def _zipped(path: Path, suffix: str) -> str:
    """Return the kind of a zip file; a broken one keeps its extension, its reader says what is wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < _HEAD:
                return _OPEN_DOCUMENT.get(archive.read("mimetype").strip(), ".zip")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return suffix or ".zip"
    if any(name.startswith("ppt/") for name in names):
        return ".pptx"
    return next((kind for part, kind in _PARTS if part in names), ".zip")


def _compound(data: bytes) -> str:
    """Return the kind of a compound file by the names of its streams (64 bytes an entry, in UTF-16)."""
    for stream, kind in _STREAMS:
        entry = stream.encode("utf-16-le")
        position = data.find(entry + b"\x00\x00")
        while position >= 0:
            # Entries stand at multiples of 128 bytes after the header; a word in the text need not.
            if position % 128 == 0:
                return kind
            position = data.find(entry + b"\x00\x00", position + 1)
    return ""


def _text(head: bytes, suffix: str) -> str:
    """Return the kind of a file that is text: markup, or a table of text under the name of a workbook."""
    if suffix in _MARKUP:
        return suffix
    if _XML_SHEET in head:
        return ".xml"
    if _HTML.match(head.removeprefix(_BYTE_ORDER_MARK)):
        return ".html"
    if suffix in _OFFICE and b"\x00" not in head and re.search(rb"[\t,;].*\n", head):
        return ".csv"
    return ""
