"""The registry of outputs: every file that is made for a disclosure, as a table.

To add an output, write a function from :class:`Material` to bytes and add a row to :data:`OUTPUTS`; catalogue,
manifest, VoID and pages read the row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from budgetlod.publish.columns import columns
from budgetlod.publish.csvw import cells_metadata, code_file, observations_metadata
from budgetlod.publish.cube_link import FILE as CUBE_FILE
from budgetlod.publish.cube_link import cube_turtle
from budgetlod.publish.datapackage import Size, datapackage
from budgetlod.publish.figures import CODED
from budgetlod.publish.material import Material
from budgetlod.publish.parquet import observations_parquet
from budgetlod.rdf import formats
from budgetlod.rdf.jsonld import jsonld


class FileKind(NamedTuple):
    """How a file is described: media type, EU file type (publications.europa.eu authority table), words.

    A file that only describes another one is written but not ``offered``: it is no distribution of the data.
    """

    media_type: str
    file_type: str
    title_zh: str
    title_en: str
    description_zh: str = ""
    description_en: str = ""
    packed: bool = False
    offered: bool = True


class Output(NamedTuple):
    """One file of a disclosure: its name, its kind, and the function that makes its bytes (before packing)."""

    name: str
    kind: FileKind
    make: Callable[[Material], bytes]


def _data_jsonld(material: Material) -> bytes:
    """The disclosure first, identifiers relative to it."""
    iri = material.item.iri
    return jsonld(material.item.triples, material.context, base=iri + "/", first=iri)


def _code_output(dimension: str) -> Output:
    path = code_file(dimension)
    words = next(column for column in columns("observations") if column.name == dimension)
    kind = FileKind("text/csv", "CSV", f"代码：{words.title_zh}", f"Codes: {words.title_en}", offered=False)
    return Output(path, kind, lambda material: material.code_tables[path])


OUTPUTS: tuple[Output, ...] = (
    Output(
        "data.ttl",
        FileKind(
            "text/turtle",
            "RDF_TURTLE",
            "全部数据（Turtle）",
            "All data (Turtle)",
            "全部数字、出处、关系、项目和文字，按资源分组，便于阅读。",
            "All figures, evidence, relations, projects and text, grouped by resource for reading.",
        ),
        lambda material: formats.turtle(material.item.triples, base=material.item.iri + "/"),
    ),
    Output(
        "data.jsonld",
        FileKind(
            "application/ld+json",
            "JSON_LD",
            "全部数据（JSON-LD）",
            "All data (JSON-LD)",
            "同一数据的 JSON 形式，自带上下文，无需联网即可解析。",
            "The same data as JSON with its context inside; reads without a network.",
        ),
        _data_jsonld,
    ),
    Output(
        "data.nt.gz",
        FileKind(
            "application/n-triples",
            "RDF_N_TRIPLES",
            "全部数据（N-Triples，压缩）",
            "All data (N-Triples, compressed)",
            "同一数据，每行一个三元组，已排序，适合批量装载和逐行比较。",
            "The same data, one triple a line and sorted, for bulk loading and line by line comparison.",
            packed=True,
        ),
        lambda material: material.ntriples,
    ),
    Output(
        "observations.csv",
        FileKind(
            "text/csv",
            "CSV",
            "全部数字（CSV）",
            "All figures (CSV)",
            "每个数字一行：各维度的代码和以元为单位的金额。",
            "One row per figure: the codes of its dimensions and the amount in yuan.",
        ),
        lambda material: material.observations,
    ),
    Output(
        "observations.csv-metadata.json",
        FileKind(
            "application/csvm+json",
            "JSON",
            "数字表说明（CSVW）",
            "Description of the table of figures (CSVW)",
            offered=False,
        ),
        lambda material: observations_metadata(material.about, material.codes, material.item.iri),
    ),
    Output(
        "observations.parquet",
        FileKind(
            "application/vnd.apache.parquet",
            "PARQUET",
            "全部数字（Parquet）",
            "All figures (Parquet)",
            "同一数字表，代码旁附中英文名称，金额为精确的十进制数，适合分析软件。",
            "The same table with labels beside the codes and amounts as exact decimals, for analysis.",
        ),
        lambda material: observations_parquet(material.item.iri, material.figures, material.codes),
    ),
    Output(
        "cells.csv",
        FileKind(
            "text/csv",
            "CSV",
            "全部出处（CSV）",
            "All evidence (CSV)",
            "每处印出的数字一行：表、行、列、页或行号、原文和所说的数字。",
            "One row per printed number: table, row, column, page or line, the text as printed and what it states.",
        ),
        lambda material: material.cells,
    ),
    Output(
        "cells.csv-metadata.json",
        FileKind(
            "application/csvm+json",
            "JSON",
            "出处表说明（CSVW）",
            "Description of the table of evidence (CSVW)",
            offered=False,
        ),
        lambda material: cells_metadata(material.about),
    ),
    Output(
        "datapackage.json",
        FileKind(
            "application/vnd.datapackage+json",
            "JSON",
            "财政数据包（Fiscal Data Package）",
            "Fiscal Data Package",
            "各 CSV 文件的说明，供 Frictionless 和 OpenSpending 工具读取。",
            "The description of the CSV files that Frictionless and OpenSpending tools read.",
        ),
        lambda material: datapackage(material.package, material.codes, _table_sizes(material)),
    ),
    Output(
        CUBE_FILE,
        FileKind(
            "text/turtle",
            "RDF_TURTLE",
            "数据立方体（cube.link）",
            "Cube (cube.link)",
            "同一批数字的 cube.link 数据立方体，供 Visualize 等工具读取。",
            "The same figures as a cube of cube.link, for tools such as Visualize.",
        ),
        lambda material: cube_turtle(material.item, material.figures, material.codes),
    ),
    *(_code_output(name) for name in CODED),
)

ALL_QUADS_KIND = FileKind(
    "application/n-quads",
    "RDF_N_QUADS",
    "全部公开（N-Quads，压缩）",
    "All disclosures (N-Quads, compressed)",
    "每份公开一个图，代码表一个图，已排序，适合一次装载。",
    "One graph for each disclosure and one for the codes, sorted, to be loaded at once.",
    packed=True,
)
"""The file that holds all disclosures."""


def _table_sizes(material: Material) -> dict[str, Size]:
    files = {"observations.csv": material.observations, "cells.csv": material.cells, **material.code_tables}
    return {name: Size.of(content) for name, content in files.items()}


_SOURCE_TYPES = {
    "text/plain": "TXT",
    "text/csv": "CSV",
    "application/json": "JSON",
    "application/datapackage+json": "JSON",
    "application/msword": "DOC",
    "application/zip": "ZIP",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12": "XLSB",
    "application/vnd.ms-excel.sheet.macroEnabled.12": "XLSX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "multipart/related": "MHTML",
    "image/gif": "GIF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "application/pdf": "PDF",
    "text/html": "HTML",
    "application/vnd.ms-excel": "XLS",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
}


def source_kind(media_type: str) -> FileKind:
    """Return the kind of a source document; an unknown media type gets the EU file type ``BIN`` (binary data)."""
    return FileKind(
        media_type,
        _SOURCE_TYPES.get(media_type, "BIN"),
        "原文件",
        "Source document",
        "读取数据所依据的公开文件，与发布时一致。",
        "The published document that the data was read from, as it was published.",
    )


def kind_of(name: str) -> FileKind:
    """Return the kind of an output by its name, packed or not; raises ``StopIteration`` for a name that is none."""
    return next(row.kind for row in OUTPUTS if row.name == name.removesuffix(".gz"))._replace(
        packed=name.endswith(".gz")
    )


def output_table() -> list[tuple[str, str, str, str]]:
    """Return the registry as rows ``(file name, media type, title zh, title en)``."""
    return [(row.name, row.kind.media_type, row.kind.title_zh, row.kind.title_en) for row in OUTPUTS]
