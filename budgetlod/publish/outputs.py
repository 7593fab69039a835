"""The registry of outputs: every file that is made for a disclosure, as a table.

To add an output, write a function from :class:`Material` to bytes and add a row to :data:`OUTPUTS`; catalogue,
manifest, VoID and pages read the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from budgetlod.publish import tables
from budgetlod.publish.item import PublishedDisclosure
from budgetlod.publish.lookup import Lookup
from budgetlod.rdf import formats
from budgetlod.rdf.jsonld import jsonld


class Material(NamedTuple):
    """What an output is made from: the disclosure, its graph as N-Triples and as a dictionary, the JSON-LD context."""

    item: PublishedDisclosure
    ntriples: bytes
    graph: Lookup
    context: Mapping[str, Any]


class FileKind(NamedTuple):
    """How a file is described: media type, EU file type (publications.europa.eu authority table), words."""

    media_type: str
    file_type: str
    title_zh: str
    title_en: str
    description_zh: str = ""
    description_en: str = ""
    packed: bool = False


class Output(NamedTuple):
    """One file of a disclosure: its name, its kind, and the function that makes its bytes (before packing)."""

    name: str
    kind: FileKind
    make: Callable[[Material], bytes]


def _data_jsonld(material: Material) -> bytes:
    """The disclosure first, identifiers relative to it."""
    iri = material.item.iri
    return jsonld(material.item.triples, material.context, base=iri + "/", first=iri)


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
        lambda material: tables.observations_csv(material.graph),
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
        lambda material: tables.cells_csv(material.graph),
    ),
)

_SOURCE_TYPES = {
    "text/plain": "TXT",
    "application/pdf": "PDF",
    "text/html": "HTML",
    "application/vnd.ms-excel": "XLS",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
}


def source_kind(media_type: str) -> FileKind:
    """Return the kind of a source document; an unknown media type gets the EU file type ``OP_DATPRO``."""
    return FileKind(
        media_type,
        _SOURCE_TYPES.get(media_type, "OP_DATPRO"),
        "原文件",
        "Source document",
        "读取数据所依据的公开文件，与发布时一致。",
        "The published document that the data was read from, as it was published.",
    )


def output_table() -> list[tuple[str, str, str, str]]:
    """Return the registry as rows ``(file name, media type, title zh, title en)``."""
    return [(row.name, row.kind.media_type, row.kind.title_zh, row.kind.title_en) for row in OUTPUTS]
