"""``manifest.json``: every file with its size and sha256, so that a copy can be checked without asking."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from budgetlod.core.version import __version__

MANIFEST = "manifest.json"
_TOOL = "budgetlod"

_MEDIA_TYPES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
    "csv": "text/csv",
    "json": "application/json",
    "atom": "application/atom+xml",
    "diff": "text/plain",
    "html": "text/html",
    "txt": "text/plain",
    "pdf": "application/pdf",
    "gz": "application/gzip",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "parquet": "application/vnd.apache.parquet",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xml": "application/xml",
}
_NAMED = {".well-known/void": "text/turtle"}


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A written file: path relative to the publication, size in bytes, sha256 in hexadecimal, media type.

    A compressed file also has the size and sha256 of its content.
    """

    path: str
    size: int
    sha256: str
    media_type: str
    content_size: int | None = None
    content_sha256: str = ""


def media_type(path: str) -> str:
    """Return the media type of a file by its last extension; unknown ones are ``application/octet-stream``."""
    if path in _NAMED:
        return _NAMED[path]
    return _MEDIA_TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def record(path: str, content: bytes) -> FileRecord:
    """Return the record of a file with this content."""
    return FileRecord(path, len(content), hashlib.sha256(content).hexdigest(), media_type(path))


def packed_record(path: str, packed: bytes, content: bytes) -> FileRecord:
    """Return the record of a file whose bytes are ``packed`` and stand for ``content``."""
    found = record(path, packed)
    return replace(found, content_size=len(content), content_sha256=hashlib.sha256(content).hexdigest())


def manifest_json(records: Iterable[FileRecord]) -> bytes:
    """Return the manifest of the files, sorted by path."""
    files = [_entry(found) for found in sorted(records, key=lambda found: found.path)]
    document = {"tool": _TOOL, "version": __version__, "files": files}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(content: bytes) -> dict[str, FileRecord]:
    """Return the records of a manifest by path; raises ``ValueError`` when it is damaged or another tool's."""
    document = json.loads(content)
    if not isinstance(document, dict) or document.get("tool") != _TOOL:
        raise ValueError("not a manifest of a budgetlod publication")
    try:
        records = [_read_entry(entry) for entry in document["files"]]
    except (KeyError, TypeError) as problem:
        raise ValueError(f"damaged manifest: {problem}") from problem
    return {found.path: found for found in records}


def _entry(found: FileRecord) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "path": found.path,
        "bytes": found.size,
        "sha256": found.sha256,
        "mediaType": found.media_type,
    }
    if found.content_size is not None:
        entry["content"] = {"bytes": found.content_size, "sha256": found.content_sha256}
    return entry


def _read_entry(entry: dict[str, Any]) -> FileRecord:
    content = entry.get("content", {})
    return FileRecord(
        entry["path"],
        entry["bytes"],
        entry["sha256"],
        entry["mediaType"],
        content.get("bytes"),
        content.get("sha256", ""),
    )
