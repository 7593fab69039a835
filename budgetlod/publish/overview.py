"""The second stage: what describes all disclosures, from their entries and the files that the first stage wrote."""

from __future__ import annotations

from collections.abc import Sequence

from budgetlod.core.resources import resource
from budgetlod.publish.catalogue import catalogue, jsonld_context
from budgetlod.publish.catalogue.facts import chinese_first
from budgetlod.publish.catalogue.sitemap import ROBOTS, robots, sitemap
from budgetlod.publish.disclosed import context
from budgetlod.publish.entry import CataloguedFile, Entry
from budgetlod.publish.features import FEATURES
from budgetlod.publish.folder import FolderWriter
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.stages import Overview
from budgetlod.publish.version_facts import version_triples
from budgetlod.publish.void import WELL_KNOWN, void
from budgetlod.publish.whole_files import write_whole
from budgetlod.rdf import formats
from budgetlod.rdf.jsonld import jsonld


def write_vocabulary(folder: FolderWriter) -> None:
    """Copy the ontology with its code lists, so that the publication explains itself."""
    home = resource("ontology")
    for path in sorted(home.rglob("*.ttl")):
        folder.write(f"ontology/{path.relative_to(home).as_posix()}", path.read_bytes())
    folder.write("context.jsonld", (home / "context.jsonld").read_bytes())


def write_overview(
    folder: FolderWriter, entries: Sequence[Entry], withdrawn: Sequence[Entry], settings: PublicationSettings
) -> None:
    """Write what describes the publication as a whole, and its pages. All sequences are in the order of the folders."""
    write_vocabulary(folder)
    dumps = write_whole(folder, entries, settings) if entries else []
    _write_catalogue(folder, entries, dumps, settings)
    overview = Overview(entries, settings, folder.folder, context(), withdrawn)
    for feature in FEATURES:
        for path, content in feature.overview(overview) if feature.overview else ():
            folder.write(path, content)
    for name, content in sitemap([record.path for record in folder.records], settings.download_base).items():
        folder.write(name, content)
    folder.write(ROBOTS, robots(settings.download_base))


def _write_catalogue(
    folder: FolderWriter, entries: Sequence[Entry], dumps: Sequence[CataloguedFile], settings: PublicationSettings
) -> None:
    described = chinese_first([*catalogue(entries, dumps, settings), *version_triples(entries, settings)])
    folder.write("catalog.ttl", formats.turtle(described, base=settings.base))
    folder.write("catalog.jsonld", jsonld(described, jsonld_context(context())))
    folder.write("catalog.rdf", formats.rdfxml(described))
    content = formats.turtle(void(entries, dumps, settings), base=settings.base)
    for name in ("void.ttl", WELL_KNOWN):
        folder.write(name, content)
