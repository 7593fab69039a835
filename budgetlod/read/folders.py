"""Find the documents in a folder of any shape: what a person downloaded, sorted into folders or not."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from budgetlod.read.kinds import TABLE_PACKAGE, kind_of
from budgetlod.read.notes import NOTES

# Formats that disclosures come in and no reader takes: refused with advice, not passed over in silence.
_UNREAD = frozenset({".doc", ".wps", ".ofd", ".rtf", ".odt", ".zip", ".rar", ".7z"})
# Formats that a folder of documents also holds for other ends (a list, a note, a logo): documents only where the
# folder holds no others.
_LESSER = frozenset({".md", ".csv", ".tsv", ".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"})
_PUBLICATION = "manifest.json"


def documents_under(folder: Path, readable: Collection[str]) -> list[Path]:
    """Return the sources in ``folder`` and the folders below it, in the order of their paths.

    A folder with a ``source.toml`` is one source, whatever else it holds; a folder with a ``datapackage.json`` is one
    document; elsewhere each file in one of the ``readable`` formats is, by its extension or else by its content.
    Hidden files, publications, and links to other folders are passed over.
    """
    found = sorted(_walk(folder, readable))
    documents = [path for path in found if path.suffix.lower() not in _LESSER]
    return documents or found


def _walk(folder: Path, readable: Collection[str]) -> Iterator[Path]:
    for home, folders, files in os.walk(folder):
        here = Path(home)
        if NOTES in files:
            folders.clear()
            yield here
            continue
        if _PUBLICATION in files:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        packaged = TABLE_PACKAGE in files
        if packaged and TABLE_PACKAGE in readable:
            yield here / TABLE_PACKAGE
        for name in files:
            path = here / name
            aside = name.startswith((".", "~$")) or (packaged and path.suffix.lower() == ".csv")
            if not aside and _is_document(path, readable):
                yield path


def _is_document(path: Path, readable: Collection[str]) -> bool:
    suffix = path.suffix.lower()
    if suffix in readable or suffix in _UNREAD:
        return True
    return suffix not in _LESSER and path.name != TABLE_PACKAGE and _kind(path) in readable


def _kind(path: Path) -> str:
    try:
        return kind_of(path) if path.is_file() else ""
    except OSError:
        return ""
