"""The columns of the CSV files, as ``columns.toml`` describes them: words, datatypes, properties, code lists."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("columns.toml")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``property`` is a compact IRI, ``scheme`` the name of a code list, ``fiscal`` a ColumnType of the
    Fiscal Data Package; empty text means that the column has none.
    """

    name: str
    datatype: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    property: str = ""
    scheme: str = ""
    required: bool = False
    separator: str = ""
    language: str = ""
    fiscal: str = ""


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of ``observations``, ``cells`` or ``codes``, in the order of the file; ``KeyError`` for others."""
    document = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Column(**entry) for entry in document[table])
