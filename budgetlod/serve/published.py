"""What the manifest of a published folder says about its files (the contract between publishing and serving)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from budgetlod.model.problem import BadInput, Problem

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that may be served: its relative path, sha256 and media type."""

    path: str
    sha256: str
    media_type: str

    @property
    def content_type(self) -> str:
        """The Content-Type header: everything that is text here is UTF-8."""
        needs_charset = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if needs_charset else self.media_type


def read_manifest(folder: Path) -> dict[str, PublishedFile]:
    """Return the files of a published folder by path, the manifest among them.

    Raises :class:`BadInput` when the manifest is missing, damaged, or names a file outside the folder.
    """
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
        files = [_file(entry) for entry in json.loads(content)["files"]]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise _bad(path, problem) from problem
    files.append(PublishedFile(MANIFEST, hashlib.sha256(content).hexdigest(), "application/json"))
    return {file.path: file for file in files}


def _file(entry: Any) -> PublishedFile:
    file = PublishedFile(entry["path"], entry["sha256"], entry["mediaType"])
    parts = PurePosixPath(file.path).parts
    if not parts or parts[0] == "/" or ".." in parts or "\\" in file.path:
        raise ValueError(f"a path outside the folder: {file.path!r}")
    return file


def _bad(path: Path, problem: Exception) -> BadInput:
    return BadInput(
        Problem(
            code="no-manifest",
            severity="error",
            zh=f"清单无法使用：{problem}",
            en=f"the manifest cannot be used: {problem}",
            hint_zh="请指定由 budgetlod build 发布的文件夹",
            hint_en="name a folder that budgetlod build has published",
            file=str(path),
        )
    )
