"""The first stage: one disclosure becomes a folder and an entry, from its own graph and its own past."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from budgetlod.core.resources import resource
from budgetlod.publish.entry import CataloguedFile, Entry, entry_json, entry_of
from budgetlod.publish.features import FEATURES
from budgetlod.publish.folder import FolderWriter
from budgetlod.publish.item import PublishedDisclosure, SourceCopy
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.material import Material
from budgetlod.publish.outputs import OUTPUTS, source_kind
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.site.versions import version_pages
from budgetlod.publish.stages import Disclosed
from budgetlod.publish.versions import Past, data_digest, revise, write_versions
from budgetlod.rdf import formats


class Origin(NamedTuple):
    """What a folder is made from besides the disclosure: its fingerprint, its past, and the day of this publication."""

    fingerprint: str = ""
    past: Past = Past()
    day: str = ""


@cache
def context() -> Mapping[str, Any]:
    """Return the JSON-LD context of the data."""
    found: Mapping[str, Any] = json.loads(resource("ontology/context.jsonld").read_text(encoding="utf-8"))
    return found


def write_disclosure(
    folder: FolderWriter, item: PublishedDisclosure, settings: PublicationSettings, origin: Origin
) -> Entry:
    """Write the folder of one disclosure and return its entry."""
    first, ntriples = len(folder.records), formats.ntriples(item.triples)
    revision = revise(item, ntriples, origin.past, origin.day)
    item = replace(item, version=revision.number, versions=revision.versions)
    material = Material(item, ntriples, Lookup(item.triples), context())
    files = [*_write_data(folder, material), *_write_sources(folder, item)]
    for name in sorted(item.report_files):
        folder.write(f"{item.folder}/{name}", item.report_files[name])
    for feature in FEATURES:
        for path, content in feature.pages(Disclosed(material, files, settings)) if feature.pages else ():
            write = folder.write_packed if path.endswith(".gz") else folder.write
            write(path, content)
    write_versions(folder, item, ntriples, revision, origin.past)
    for path, content in version_pages(folder, item, settings):
        folder.write(path, content)
    summaries = {feature.name: feature.summary(material) for feature in FEATURES if feature.summary}
    records = folder.records[first:]
    entry = entry_of(item, files, records, summaries, origin.fingerprint, data_digest(ntriples))
    folder.write(entry.path, entry_json(entry))
    return entry


def _write_data(folder: FolderWriter, material: Material) -> Iterator[CataloguedFile]:
    for output in OUTPUTS:
        write = folder.write_packed if output.kind.packed else folder.write
        written = write(f"{material.item.folder}/{output.name}", output.make(material))
        if output.kind.offered:
            yield CataloguedFile(written, output.kind)


def _write_sources(folder: FolderWriter, item: PublishedDisclosure) -> Iterator[CataloguedFile]:
    first = SourceCopy(item.source_file, item.source_media_type, item.source_bytes)
    for copy in (first, *item.more_sources) if item.source_file else ():
        written = folder.write(f"{item.folder}/{copy.file}", copy.content)
        yield CataloguedFile(written, source_kind(copy.media_type))
