"""CSVW metadata of the CSV files (W3C, Metadata Vocabulary for Tabular Data, 2015).

A conversion that follows the metadata of ``observations.csv`` (W3C, Generating RDF from Tabular Data on the Web) gives
figures as the graph has them: class, data set, coordinates and amount. What the CSV file does not hold (the precision)
and what no template can say ("all projects") is missing there, nothing is different.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from budgetlod.publish.columns import Column, columns
from budgetlod.publish.figures import CODED, Code
from budgetlod.publish.uri_templates import ALL, value_template
from budgetlod.rdf.names import PREFIXES, QB, RDF

Json = dict[str, Any]
_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "zh"}]
_DIALECT = {
    "encoding": "utf-8",
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminators": ["\n"],
    "header": True,
}


def observations_metadata(about: Mapping[str, Any], codes: Sequence[Code], dataset: str = "") -> bytes:
    """Return the metadata of ``observations.csv`` and the code tables it refers to, as one table group.

    ``about`` are properties of the group (title, licence …); ``dataset`` is the IRI of the figures' data set, empty
    for a file with the figures of several.
    """
    tables = [_observations(codes, dataset), *(_code_table(dimension) for dimension in CODED)]
    return _json({"@context": _CONTEXT, **about, "dialect": _DIALECT, "tables": tables})


def cells_metadata(about: Mapping[str, Any]) -> bytes:
    """Return the metadata of ``cells.csv``: each row is a piece of evidence, without an IRI of its own."""
    described = [_column(column) for column in columns("cells")]
    described[0]["valueUrl"] = "{+statement}"
    schema = {"columns": described}
    table = {"url": "cells.csv", "tableSchema": schema, "dialect": _DIALECT}
    return _json({"@context": _CONTEXT, **about, **table})


def unique_dimensions(codes: Sequence[Code]) -> list[str]:
    """Return the coded dimensions in which one code stands for one thing, so that a foreign key can refer to it."""
    counts = Counter((code.dimension, code.notation) for code in codes)
    doubled = {dimension for (dimension, _), count in counts.items() if count > 1}
    return [name for name in CODED if name not in doubled]


def code_file(dimension: str) -> str:
    """Return the path of the table of a dimension's codes."""
    return f"codes/{dimension}.csv"


def whole_iri(compact: str) -> str:
    """Return the IRI that ``prefix:name`` stands for."""
    prefix, _, name = compact.partition(":")
    return PREFIXES[prefix] + name


def _observations(codes: Sequence[Code], dataset: str) -> Json:
    described = [_observation_column(column, codes) for column in columns("observations")]
    described.append(_virtual("type", RDF + "type", QB + "Observation"))
    if dataset:
        described.append(_virtual("dataSet", QB + "dataSet", dataset))
    # A column with a null has no key: not every reader allows a row without the thing that it refers to.
    whole = {column["name"] for column in described if column.get("required")}
    keys = [
        {"columnReference": name, "reference": {"resource": code_file(name), "columnReference": "code"}}
        for name in unique_dimensions(codes)
        if name in whole
    ]
    schema = {
        "columns": described,
        "primaryKey": "observation",
        "foreignKeys": keys,
        "aboutUrl": "{+observation}",
    }
    return {"url": "observations.csv", "tableSchema": schema}


def _observation_column(column: Column, codes: Sequence[Code]) -> Json:
    described = _column(column)
    if column.name in CODED:
        template = value_template(column.name, codes)
        if template:
            described["valueUrl"] = template
        else:
            described |= {"suppressOutput": True}
        if column.name == "project" and template:
            described |= {"null": ALL, "required": False}
    return described


def _code_table(dimension: str) -> Json:
    described = [_column(column) for column in columns("codes")]
    schema = {"columns": described, "primaryKey": "iri", "aboutUrl": "{+iri}"}
    return {"url": code_file(dimension), "tableSchema": schema}


def _column(column: Column) -> Json:
    """Return a column; a header must be one of its titles, so that its name is one."""
    english = [column.name] if column.title_en == column.name else [column.title_en, column.name]
    described: Json = {
        "name": column.name,
        "titles": {"zh": column.title_zh, "en": english},
        "dc:description": [
            {"@value": column.description_zh, "@language": "zh"},
            {"@value": column.description_en, "@language": "en"},
        ],
        "datatype": column.datatype,
        "required": column.required,
    }
    if column.property:
        described["propertyUrl"] = whole_iri(column.property)
    else:
        described["suppressOutput"] = True
    if column.separator:
        described["separator"] = column.separator
    if column.language:
        described["lang"] = column.language
    return described


def _virtual(name: str, predicate: str, value: str) -> Json:
    return {"name": name, "virtual": True, "propertyUrl": predicate, "valueUrl": value}


def _json(document: Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
