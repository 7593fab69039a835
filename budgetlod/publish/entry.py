"""What a publication keeps of a disclosure that it has written: enough for everything that speaks of the whole.

An entry is plain JSON in ``entry.json`` of the disclosure's folder, so that catalogue and pages of the whole are made again
without reading a disclosure that did not change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, NamedTuple

from budgetlod.publish.counts import Counts, count
from budgetlod.publish.item import Contact, Described, PublishedDisclosure, Publisher, VersionRecord, Withdrawn
from budgetlod.publish.manifest import FileRecord, media_type
from budgetlod.publish.outputs import FileKind
from budgetlod.publish.quality import Quality

ENTRY = "entry.json"
_DEPTH = 3
"""A disclosure's folder is ``dataset/<org>/<year>-<phase>``."""


class CataloguedFile(NamedTuple):
    """A file of a disclosure that becomes a distribution."""

    record: FileRecord
    kind: FileKind

    @property
    def name(self) -> str:
        """The path of the file inside the folder of its disclosure; below the root for a file of the whole publication."""
        path = self.record.path
        return path.split("/", _DEPTH)[-1] if path.startswith("dataset/") else path


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Described):
    """A written disclosure.

    ``files`` are what the catalogue offers, ``records`` all files of the folder (but the entry itself), ``summaries`` what
    each feature wants to know of the disclosure later: plain JSON by the feature's name. ``counts`` are those of its graph.
    ``fingerprint`` identifies everything that the folder was made from (empty: not known, so it is made again),
    ``data_digest`` what the data say (see :func:`~budgetlod.publish.versions.data_digest`). ``withdrawn`` is set on what is
    left of a withdrawn disclosure.
    """

    counts: Counts
    files: tuple[CataloguedFile, ...] = ()
    records: tuple[FileRecord, ...] = ()
    summaries: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    data_digest: str = ""
    withdrawn: Withdrawn | None = None

    @property
    def path(self) -> str:
        """The path of the entry's own file in the publication."""
        return f"{self.folder}/{ENTRY}"


_FIELDS = frozenset(one.name for one in fields(Entry))


def entry_of(
    item: PublishedDisclosure,
    files: Iterable[CataloguedFile],
    records: Iterable[FileRecord],
    summaries: Mapping[str, Any],
    fingerprint: str = "",
    data_digest: str = "",
) -> Entry:
    """Return the entry of a disclosure that has been written."""
    described = {one.name: getattr(item, one.name) for one in fields(Described)}
    return Entry(
        **described,
        counts=count(item.triples, item.iri),
        files=tuple(files),
        records=tuple(records),
        summaries=summaries,
        fingerprint=fingerprint,
        data_digest=data_digest,
    )


def entry_json(entry: Entry) -> bytes:
    """Return an entry as a file: its paths begin in the disclosure's folder."""
    said = {one.name: getattr(entry, one.name) for one in fields(Entry)}
    said["counts"] = entry.counts.to_json()
    said["files"] = [[_record_json(file.record, entry.folder), file.kind] for file in entry.files]
    said["records"] = [_record_json(one, entry.folder) for one in entry.records]
    if entry.quality:
        said["quality"] = asdict(entry.quality)
    return (json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _record_json(found: FileRecord, folder: str) -> list[Any]:
    """Return a record without its media type, which the path gives."""
    content = [found.content_size, found.content_sha256] if found.content_size is not None else []
    return [found.path.removeprefix(f"{folder}/"), found.size, found.sha256, *content]


def _record(said: list[Any], folder: str) -> FileRecord:
    path, size, sha256, *content = said
    return FileRecord(f"{folder}/{path}", size, sha256, media_type(path), *content)


def read_entry(content: bytes) -> Entry:
    """Return the entry that a file holds; raises ``ValueError`` where it is damaged.

    What another version of this tool says besides is left out, and what it does not say has its default.
    """
    try:
        said = {name: value for name, value in json.loads(content).items() if name in _FIELDS}
        said["publisher"] = Publisher(*said["publisher"])
        folder = said["folder"]
        said["contact"] = Contact(*said["contact"]) if said["contact"] else None
        said["keywords_zh"], said["keywords_en"] = tuple(said["keywords_zh"]), tuple(said["keywords_en"])
        said["files"] = tuple(
            CataloguedFile(_record(record, folder), FileKind(*kind)) for record, kind in said["files"]
        )
        said["counts"] = Counts.from_json(said["counts"])
        said["quality"] = Quality.from_json(said["quality"]) if said["quality"] else None
        said["records"] = tuple(_record(one, folder) for one in said["records"])
        said["versions"] = tuple(VersionRecord(*record) for record in said.get("versions", ()))
        said["withdrawn"] = Withdrawn(*said["withdrawn"]) if said.get("withdrawn") else None
        return Entry(**said)
    except (TypeError, KeyError, AttributeError, ValueError) as problem:
        raise ValueError(f"damaged entry: {problem}") from problem
