"""Which files a whole publication has beside those of its disclosures, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budgetlod.publish import tables, whole_tables
from budgetlod.publish.csvw import code_file, observations_metadata
from budgetlod.publish.datapackage import Package, Size, datapackage
from budgetlod.publish.entry import CataloguedFile, Entry
from budgetlod.publish.figures import CODED
from budgetlod.publish.folder import FolderWriter
from budgetlod.publish.manifest import FileRecord
from budgetlod.publish.outputs import ALL_QUADS_KIND, kind_of
from budgetlod.publish.parquet import all_parquet
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.void import ALL_QUADS
from budgetlod.publish.whole_quads import Part, quads

PARQUET = "observations.parquet"
PACKAGE = "datapackage.json"


def write_whole(folder: FolderWriter, entries: Sequence[Entry], settings: PublicationSettings) -> list[CataloguedFile]:
    """Write the dumps of all disclosures, whose own files are there already, in the order of ``entries``.

    Return those that the catalogue offers.
    """
    parts = [Part(entry.iri, folder.folder / entry.folder) for entry in entries]
    folders = [part.folder for part in parts]
    dump = folder.write_stream(ALL_QUADS, quads(parts))
    parquet = folder.write_stream(PARQUET, all_parquet([home / PARQUET for home in folders]))
    found = whole_tables.codes(folders)
    table = folder.write_stream(whole_tables.OBSERVATIONS, whole_tables.observations_csv(folders))
    written = [table, *(folder.write(code_file(name), tables.codes_csv(found, name)) for name in CODED)]
    folder.write("observations.csv-metadata.json", observations_metadata(_about(settings), found))
    described = datapackage(_package(entries, settings), found, {file.path: _size(file) for file in written})
    package = folder.write(PACKAGE, described)
    rest = [CataloguedFile(file, kind_of(file.path)) for file in (parquet, table, package)]
    return [CataloguedFile(dump, ALL_QUADS_KIND), *rest]


def _size(file: FileRecord) -> Size:
    return Size(file.size, file.sha256)


def _about(settings: PublicationSettings) -> dict[str, Any]:
    titles = [
        {"@value": settings.title_zh, "@language": "zh"},
        {"@value": settings.title_en, "@language": "en"},
    ]
    return {"dc:title": titles} | ({"dc:license": {"@id": settings.licence}} if settings.licence else {})


def _package(entries: Sequence[Entry], settings: PublicationSettings) -> Package:
    years = [entry.fiscal_year for entry in entries]
    return Package(
        name="observations",
        iri=settings.base + "#all",
        title_zh=settings.title_zh,
        title_en=settings.title_en,
        description_zh=settings.description_zh,
        description_en=settings.description_en,
        years=(min(years), max(years)),
        licence=settings.licence,
        publisher=settings.publisher.name_zh if settings.publisher else "",
    )
