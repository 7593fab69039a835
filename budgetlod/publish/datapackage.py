"""The CSV files as a Fiscal Data Package: what Frictionless tools and OpenSpending read.

https://specs.frictionlessdata.io/fiscal-data-package/ (1.0-rc.1): a tabular data package (Data Package, version 1)
whose columns have a ColumnType. The profile named is that of tabular packages, which tools know without a network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budgetlod.publish.columns import Column, columns
from budgetlod.publish.csvw import unique_dimensions, whole_iri
from budgetlod.publish.figures import Code

Json = dict[str, Any]
_TYPES = {"decimal": "number", "integer": "integer", "gYear": "integer"}
# Amounts are in yuan throughout: a constant of the table, which the files therefore do not repeat in each row.
_CURRENCY = {
    "name": "currency",
    "type": "string",
    "title": "货币 / currency",
    "columnType": "value-currency:code",
    "constant": "CNY",
}
_TITLES = {
    "observations": ("全部数字", "all figures"),
    "cells": ("全部出处", "all evidence"),
}


@dataclass(frozen=True, slots=True)
class Package:
    """What a package says of itself: its name (made safe by :func:`package_name`), IRI, words, years and rights."""

    name: str
    iri: str
    title_zh: str
    title_en: str
    description_zh: str = ""
    description_en: str = ""
    years: tuple[int, int] | None = None
    licence: str = ""
    publisher: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """Size in bytes and sha256 of a file."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> Size:
        """Return the size of some bytes."""
        return cls(len(content), hashlib.sha256(content).hexdigest())


def datapackage(package: Package, codes: Sequence[Code], sizes: Mapping[str, Size]) -> bytes:
    """Return ``datapackage.json`` of the tables in ``sizes``, by their path beside it: ``observations.csv`` …"""
    document: Json = {
        "profile": "tabular-data-package",
        "name": package_name(package.name),
        "id": package.iri,
        "title": _both(package.title_zh, package.title_en),
        "description": _both(package.description_zh, package.description_en),
        "countryCode": "CN",
        "granularity": "aggregated",
    }
    if package.years:
        document["fiscalPeriod"] = {"start": f"{package.years[0]:04d}-01-01", "end": f"{package.years[1]:04d}-12-31"}
    if package.licence:
        document["licenses"] = [{"path": package.licence}]
    if package.publisher:
        document["contributors"] = [{"title": package.publisher, "role": "publisher"}]
    if package.source:
        document["sources"] = [{"title": "原文件 / source document", "path": package.source}]
    document["resources"] = [_resource(name, size, codes) for name, size in sizes.items()]
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def package_name(text: str) -> str:
    """Return a name of the characters that Data Package allows; others become ``u`` and their code point."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-._") else f"u{ord(c):x}" for c in text).lower()


def _resource(path: str, size: Size, codes: Sequence[Code]) -> Json:
    name = path.removesuffix(".csv")
    return {
        "name": package_name(name.replace("/", "-")),
        "path": path,
        "profile": "tabular-data-resource",
        "title": _both(*_title(name)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size.size,
        "hash": f"sha256:{size.sha256}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n"},
        "schema": _schema(name, codes),
    }


def _title(name: str) -> tuple[str, str]:
    if name in _TITLES:
        return _TITLES[name]
    column = next(column for column in columns("observations") if name == f"codes/{column.name}")
    return f"代码：{column.title_zh}", f"codes: {column.title_en}"


def _schema(name: str, codes: Sequence[Code]) -> Json:
    described = columns("codes" if name.startswith("codes/") else name)
    schema: Json = {"fields": [_field(column, fiscal=name == "observations") for column in described]}
    schema["missingValues"] = [""]
    if name.startswith("codes/"):
        schema["primaryKey"] = "iri"
    if name == "observations":
        schema["primaryKey"] = "observation"
        schema["foreignKeys"] = [_foreign_key(dimension) for dimension in unique_dimensions(codes)]
        schema["extraFields"] = [_CURRENCY]
    return schema


def _foreign_key(dimension: str) -> Json:
    resource = package_name(f"codes-{dimension}")
    return {"fields": dimension, "reference": {"resource": resource, "fields": "code"}}


def _field(column: Column, *, fiscal: bool) -> Json:
    field: Json = {
        "name": column.name,
        "type": _TYPES.get(column.datatype, "string"),
        "title": _both(column.title_zh, column.title_en),
        "description": _both(column.description_zh, column.description_en),
    }
    if column.property:
        field["rdfType"] = whole_iri(column.property)
    if column.required:
        field["constraints"] = {"required": True}
    if fiscal and column.fiscal:
        field["columnType"] = column.fiscal
    return field


def _both(zh: str, en: str) -> str:
    return " / ".join(filter(None, (zh, en)))
