"""One call that writes a whole publication: ``publish(items, destination, settings)``.

Layout, in the order of writing: the vocabulary (``ontology/``, ``context.jsonld``), one folder per disclosure with
the files of the registry (:mod:`budgetlod.publish.outputs`), source, reports and pages, then what describes all of
them (catalogue, VoID, ``all.nq.gz``, first page) and at last the manifest.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from budgetlod.core.resources import resource
from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish import pages
from budgetlod.publish.catalogue import CataloguedFile, catalogue, jsonld_context
from budgetlod.publish.folder import FolderWriter, check_destination, new_publication
from budgetlod.publish.item import Contact, PublishedDisclosure, Publisher, SourceCopy
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.outputs import OUTPUTS, Material, Output, output_table, source_kind
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.void import ALL_QUADS, void
from budgetlod.rdf import formats
from budgetlod.rdf.jsonld import jsonld

__all__ = [
    "OUTPUTS",
    "Contact",
    "Output",
    "PublicationSettings",
    "PublishedDisclosure",
    "Publisher",
    "SourceCopy",
    "check_destination",
    "output_table",
    "publish",
]

Entries = list[tuple[PublishedDisclosure, list[CataloguedFile]]]


def publish(items: Sequence[PublishedDisclosure], destination: Path, settings: PublicationSettings) -> None:
    """Write the publication of ``items`` to the folder ``destination``; it appears whole or not at all.

    Items are published in the order of their folders. Raises :class:`BadInput` when there is nothing to publish,
    when two items claim one folder, or when ``destination`` holds something that is no publication.
    """
    ordered = sorted(items, key=lambda item: item.folder)
    _check(ordered)
    context = json.loads(resource("ontology/context.jsonld").read_text(encoding="utf-8"))
    with new_publication(destination) as folder:
        _write_vocabulary(folder)
        entries, quads = [], []
        for item in ordered:
            material = Material(item, formats.ntriples(item.triples), Lookup(item.triples), context)
            entries.append((item, _write_disclosure(folder, material)))
            quads.append(formats.as_quads(material.ntriples, item.iri))
        folder.write_packed(ALL_QUADS, formats.merged(quads))
        _write_overview(folder, entries, settings, context)


def _check(items: Sequence[PublishedDisclosure]) -> None:
    counts = Counter(item.folder for item in items)
    problems = [
        Problem(
            code="duplicate-disclosure",
            severity="error",
            zh=f"有 {count} 个来源都写到 {folder}",
            en=f"{count} sources claim {folder}",
            hint_zh="每个部门、年度、阶段只保留一个来源",
            hint_en="keep one source for each department, year and phase",
            file=folder,
        )
        for folder, count in counts.items()
        if count > 1
    ]
    if not items:
        problems.append(
            Problem(
                code="nothing-to-publish", severity="error", zh="没有可发布的内容", en="there is nothing to publish"
            )
        )
    if problems:
        raise BadInput(problems)


def _write_vocabulary(folder: FolderWriter) -> None:
    """Copy the ontology with its code lists, so that the publication explains itself."""
    home = resource("ontology")
    for path in sorted(home.rglob("*.ttl")):
        folder.write(f"ontology/{path.relative_to(home).as_posix()}", path.read_bytes())
    folder.write("context.jsonld", (home / "context.jsonld").read_bytes())


def _write_disclosure(folder: FolderWriter, material: Material) -> list[CataloguedFile]:
    """Write the folder of one disclosure and return the files that the catalogue offers."""
    item = material.item
    files = []
    for output in OUTPUTS:
        write = folder.write_packed if output.kind.packed else folder.write
        files.append(CataloguedFile(write(f"{item.folder}/{output.name}", output.make(material)), output.kind))
    first = SourceCopy(item.source_file, item.source_media_type, item.source_bytes)
    for copy in (first, *item.more_sources) if item.source_file else ():
        written = folder.write(f"{item.folder}/{copy.file}", copy.content)
        files.append(CataloguedFile(written, source_kind(copy.media_type)))
    for name in sorted(item.report_files):
        folder.write(f"{item.folder}/{name}", item.report_files[name])
    for name, page in pages.disclosure_pages(item, material.graph, files).items():
        folder.write(f"{item.folder}/{name}", page)
    return files


def _write_overview(
    folder: FolderWriter, entries: Entries, settings: PublicationSettings, context: Mapping[str, Any]
) -> None:
    """Write what describes the publication as a whole."""
    items = [item for item, _ in entries]
    described = catalogue(entries, settings)
    folder.write("catalog.ttl", formats.turtle(described))
    folder.write("catalog.jsonld", jsonld(described, jsonld_context(context)))
    folder.write("catalog.rdf", formats.rdfxml(described))
    folder.write("void.ttl", formats.turtle(void(entries, settings)))
    for name, page in pages.publication_pages(items, settings).items():
        folder.write(name, page)
