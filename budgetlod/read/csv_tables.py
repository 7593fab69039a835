"""Readers of tables as text: ``.csv`` files, and Frictionless table packages (``datapackage.json``).

A CSV file is read as a sheet of its own, see :mod:`budgetlod.read.sheets`; a package (Data Package 1 and 2) as one
titled sheet per resource. Only files inside the package's folder are opened.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from budgetlod.model.document import Block, Document, GridRow, Paragraph, Place, TextLine
from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.sheets import Sheet, cut_sheet

CSV_TYPE = "text/csv"
PACKAGE_TYPE = "application/datapackage+json"

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1 << 20
_CHINESE = re.compile("[一-鿿]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENCODINGS = ("utf-8", "gb18030")


def read_csv(path: Path) -> Document:
    """Read a CSV file in UTF-8, UTF-16 (with a byte order mark) or GB 18030, its delimiter found out.

    Where no row over the table is a title, the name of the file is, if it is Chinese.

    Raises :class:`BadInput` when it is empty, binary or in another encoding.
    """
    data = path.read_bytes()
    text = _decode(path, data, None)
    title = path.stem if _CHINESE.search(path.stem) else ""
    blocks = tuple(cut_sheet(Sheet(_rows(path, text, {}), None, title)))
    return _document(path, data, CSV_TYPE, blocks)


def _document(path: Path, data: bytes, media_type: str, blocks: tuple[Block, ...]) -> Document:
    if not blocks:
        zh, en = "文件没有内容", "the file has no content"
        raise BadInput(_problem(path, "source-empty", zh, en, ("请提供完整的文件", "give the complete file")))
    return Document(path.name, media_type, hashlib.sha256(data).hexdigest(), blocks, str(path))


def _problem(path: Path, code: str, zh: str, en: str, hint: tuple[str, str], place: str = "") -> Problem:
    return Problem(code, "error", zh, en, *hint, str(path), place)


# --- text to rows -----------------------------------------------------------------------------------------------------------


def _decode(path: Path, data: bytes, stated: str | None) -> str:
    """Return the text of a file in the encoding that is stated, else in the one that fits."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    wanted = marked or stated
    for encoding in [wanted] if wanted else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if control := _CONTROL.search(text):
            place = f"line {text[: control.start()].count(chr(10)) + 1}"
            zh, en = "是二进制文件，不是文本", "this is a binary file, not text"
            hint = ("请另存为 CSV（UTF-8）", "save it as CSV in UTF-8")
            raise BadInput(_problem(path, "source-binary", zh, en, hint, place))
        return text
    names = wanted or "UTF-8, GB18030"
    zh, en = f"编码不是 {names}", f"the encoding is not {names}"
    raise BadInput(_problem(path, "source-encoding", zh, en, ("请另存为 UTF-8", "save it in UTF-8")))


def _rows(path: Path, text: str, dialect: Mapping[str, Any], sheet: str = "") -> list[GridRow]:
    """Return the rows of a CSV text, each with the line that it begins on."""
    csv.field_size_limit(_LONGEST_CELL)
    quote = dialect.get("quoteChar", '"')
    try:
        reader = csv.reader(
            StringIO(text, newline=""),
            delimiter=dialect.get("delimiter") or _delimiter(text),
            quotechar=quote,
            doublequote=bool(dialect.get("doubleQuote", True)),
            skipinitialspace=bool(dialect.get("skipInitialSpace", False)),
        )
        rows, line = [], 1
        for cells in reader:
            rows.append(GridRow(tuple(cells), Place(line=line, sheet=sheet)))
            line = reader.line_num + 1
    except (csv.Error, TypeError, ValueError) as error:
        zh, en = f"不是有效的 CSV：{error}", f"not valid CSV: {error}"
        hint = ("请另存为 CSV（UTF-8）", "save it anew as CSV in UTF-8")
        raise BadInput(_problem(path, "source-damaged", zh, en, hint)) from error
    return rows


def _delimiter(text: str) -> str:
    """Return the delimiter that most lines hold, the same number of times as their neighbours; a comma at a tie."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:200] if line.strip()]

    def steady(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        same = sum(a == b > 0 for a, b in pairwise(counts))
        return same, sum(counts)

    return max(_DELIMITERS, key=steady)


# --- table packages ---------------------------------------------------------------------------------------------------------


def read_table_package(path: Path) -> Document:
    """Read a table package: its title and description, then each resource that is a table as a titled sheet.

    The SHA-256 is that of the descriptor followed by the files in their order, so that it stands for all of them.

    Raises :class:`BadInput` when the descriptor or a file is damaged, missing, or outside of the package's folder.
    """
    data = path.read_bytes()
    package = _descriptor(path, data)
    blocks: list[Block] = [*_texts(package)]
    read = [data]
    for number, resource in enumerate(package["resources"]):
        blocks += _resource(path, resource, number, read)
    return _document(path, b"".join(read), PACKAGE_TYPE, tuple(blocks))


def _descriptor(path: Path, data: bytes) -> dict[str, Any]:
    """Return the descriptor; its resources are objects, at least one."""
    try:
        package = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str)  # numbers as printed
    except (ValueError, RecursionError) as error:
        raise BadInput(_malformed(path, f"不是有效的 JSON：{error}", f"not valid JSON: {error}")) from error
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources or not all(isinstance(one, dict) for one in resources):
        raise BadInput(_malformed(path, "没有 resources", "there are no resources", "resources"))
    return {**package, "resources": resources}


def _malformed(path: Path, zh: str, en: str, place: str = "") -> Problem:
    hint = ("请按 https://datapackage.org 改正", "correct it after https://datapackage.org")
    return _problem(path, "source-package", zh, en, hint, place)


def _texts(package: Mapping[str, Any]) -> Iterator[Paragraph]:
    """Yield the title and the description of a package or resource, a line each."""
    for key in ("title", "description"):
        text = package.get(key)
        for line in text.splitlines() if isinstance(text, str) else ():
            if line.strip():
                yield Paragraph((TextLine(line.strip(), Place(line=1)),))


def _resource(path: Path, resource: Mapping[str, Any], number: int, read: list[bytes]) -> list[Block]:
    """Return the blocks of a resource and add the bytes of its files to ``read``."""
    place = f"resources[{number}]"
    name = next((str(resource[key]) for key in ("title", "name") if resource.get(key)), place)
    title = "" if resource.get("title") else name
    paths = resource.get("path")
    if paths is None and isinstance(resource.get("data"), list):
        return _titled(resource, cut_sheet(Sheet(_inline(path, resource["data"], place, name), None, title)))
    rows: list[GridRow] = []
    for one in paths if isinstance(paths, list) else [paths]:
        file = _inside(path, one, place)
        read.append(_bytes(path, file, place))
        rows += _rows(file, _decode(file, read[-1], _encoding(resource)), _dialect(resource), name)
    return _titled(resource, cut_sheet(Sheet(_headed(rows, resource, name), None, title)))


def _titled(resource: Mapping[str, Any], blocks: list[Block]) -> list[Block]:
    """Return the blocks with the title and the description of the resource before them, unless they say so themselves."""
    said = {block.text for block in blocks if isinstance(block, Paragraph)}
    return [*(text for text in _texts(resource) if text.text not in said), *blocks]


def _encoding(resource: Mapping[str, Any]) -> str | None:
    encoding = resource.get("encoding")
    return encoding if isinstance(encoding, str) and encoding.lower() not in ("", "utf-8") else None


def _dialect(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    dialect = resource.get("dialect")
    if not isinstance(dialect, dict):
        return {}
    # A package that states a dialect, or is in another format than CSV, has the comma as its default.
    return {"delimiter": ",", **dialect}


def _headed(rows: list[GridRow], resource: Mapping[str, Any], name: str) -> list[GridRow]:
    """Return the rows with the titles of the schema's fields as headings where the file has none."""
    if _dialect(resource).get("header", True):
        return rows
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        return rows
    names = tuple(str(field.get("title") or field.get("name") or "") for field in fields)
    return [GridRow(names, Place(line=1, sheet=name)), *rows]


def _inline(path: Path, data: list[Any], place: str, name: str) -> list[GridRow]:
    """Return data that stands in the descriptor itself: rows as lists, or as objects whose keys are the headings."""
    if data and all(isinstance(row, dict) for row in data):
        keys = list(dict.fromkeys(key for row in data for key in row))
        data = [keys, *([row.get(key) for key in keys] for row in data)]
    if not all(isinstance(row, list) for row in data):
        raise BadInput(_malformed(path, "data 应为行的列表", "data is no list of rows", place))
    return [
        GridRow(tuple("" if cell is None else str(cell) for cell in row), Place(line=line, sheet=name))
        for line, row in enumerate(data, 1)
    ]


def _inside(path: Path, name: Any, place: str) -> Path:
    """Return the path of a file of the package; raises :class:`BadInput` for any other."""
    folder = path.parent.resolve()
    plain = isinstance(name, str) and name and not re.search(r"[:\\\x00]", name)
    parts = PurePosixPath(name).parts if plain else ("..",)
    file = folder.joinpath(*parts)
    if PurePosixPath(*parts).is_absolute() or ".." in parts or not file.resolve().is_relative_to(folder):
        zh, en = f"路径不在数据包目录内：{name!r}", f"the path is not inside of the folder of the package: {name!r}"
        raise BadInput(_malformed(path, zh, en, place))
    return file


def _bytes(path: Path, file: Path, place: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        zh, en = f"无法读取 {file.name}", f"{file.name} cannot be read: {error.strerror}"
        raise BadInput(_malformed(path, zh, en, place)) from error
