"""The page for those who harvest: catalogue, dumps with their checksums, sources, licence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetlod.publish.addresses import PAGE_NAMES
from budgetlod.publish.site import schema_org
from budgetlod.publish.site.head import HOME, address, head, licence_name
from budgetlod.publish.site.rendering import WORDS, render
from budgetlod.publish.stages import Overview, Page

_DUMPS = {
    "all.nq.gz": (
        "全部数据，每份预决算一个图（N-Quads，压缩）",
        "all data, one graph per disclosure (N-Quads, compressed)",
    ),
    "catalog.ttl": ("目录（Turtle）", "catalogue (Turtle)"),
    "catalog.jsonld": ("目录（JSON-LD）", "catalogue (JSON-LD)"),
    "catalog.rdf": ("目录（RDF/XML）", "catalogue (RDF/XML)"),
    "void.ttl": ("数据集说明（VoID）", "description of the data set (VoID)"),
    "context.jsonld": ("JSON-LD 上下文", "JSON-LD context"),
    "observations.parquet": ("全部数字（Parquet）", "all figures (Parquet)"),
}


def pages(whole: Overview) -> Iterator[Page]:
    """Yield the page in both languages; it lists the dumps that are in the folder by then."""
    values = {
        "settings": whole.settings,
        "entries": whole.entries,
        "dumps": _dumps(whole.folder),
        "catalogue": address("catalog.ttl", whole.settings),
        "licences": sorted(
            {(entry.licence, licence_name(entry.licence) or entry.licence) for entry in whole.entries if entry.licence}
        ),
        "figures": sum(entry.checks.get("numbers", 0) for entry in whole.entries),
        "newest": max((entry.modified or entry.issued for entry in whole.entries), default=""),
    }
    things = schema_org.catalogue(whole.entries, whole.settings)[:1]
    for language, name in PAGE_NAMES.items():
        path, say = f"data/{name}", WORDS[language]
        frame = head(
            path, [(name, say(*HOME[:2])), ("", say("数据与目录", "Data and catalogue"))], whole.settings, things
        )
        yield render("data.html", path, {**values, **frame}, language)


def _dumps(folder: Path) -> list[dict[str, Any]]:
    return [
        {"path": name, "zh": zh, "en": en, "size": (folder / name).stat().st_size, "sha256": _sha256(folder / name)}
        for name, (zh, en) in _DUMPS.items()
        if (folder / name).is_file()
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
