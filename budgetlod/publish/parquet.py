"""``observations.parquet``: the figures with their labels, amounts as exact decimals, codes dictionary-encoded.

DuckDB writes it: one thread and no clock give the same bytes for the same version of DuckDB, which the file names.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from budgetlod.model.problem import BadInput, Problem
from budgetlod.publish.figures import CODED, DIMENSIONS, Code, Figure
from budgetlod.publish.tables import csv_bytes

if TYPE_CHECKING:
    import duckdb

_WHOLE, _DECIMALS = 28, 10
AMOUNT_TYPE = f"DECIMAL({_WHOLE + _DECIMALS},{_DECIMALS})"
"""Wide enough for any printed amount: thousands of billions, and ten digits after the point, as workbooks show them."""
_CHUNK = 1 << 20


def parquet_columns() -> dict[str, str]:
    """Return the columns with their SQL types; each coded dimension is followed by its labels."""
    found = {"disclosure": "VARCHAR", "observation": "VARCHAR"}
    for name in DIMENSIONS:
        found[name] = "VARCHAR" if name in CODED else "SMALLINT"
        if name in CODED:
            found |= {f"{name}Zh": "VARCHAR", f"{name}En": "VARCHAR"}
    return found | {"amount": AMOUNT_TYPE, "precision": AMOUNT_TYPE}


def observations_parquet(disclosure: str, figures: Sequence[Figure], codes: Sequence[Code]) -> bytes:
    """Return the Parquet file of one disclosure (its IRI); raises :class:`BadInput` for an amount that does not fit."""
    labels = {code.iri: (code.label_zh, code.label_en) for code in codes}
    rows = [_row(disclosure, figure, labels) for figure in figures]
    with tempfile.TemporaryDirectory() as folder:
        table, target = Path(folder, "figures.csv"), Path(folder, "figures.parquet")
        table.write_bytes(csv_bytes(tuple(parquet_columns()), rows))
        with _database().cursor() as connection:
            read = connection.read_csv(
                str(table), header=True, columns=parquet_columns(), delimiter=",", quotechar='"', escapechar='"'
            )
            read.write_parquet(str(target), compression="zstd")
        return target.read_bytes()


def all_parquet(files: Sequence[Path]) -> Iterator[bytes]:
    """Yield the Parquet file of all rows of ``files`` in their order, in pieces; memory does not grow with them."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "all.parquet")
        with _database().cursor() as connection:
            read = connection.read_parquet([str(file) for file in files])
            read.write_parquet(str(target), compression="zstd")
        with target.open("rb") as content:
            while chunk := content.read(_CHUNK):
                yield chunk


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Return the empty database in memory that this process converts with: opening one takes longer than converting."""
    # Loading DuckDB takes as long as writing all other files of a disclosure: not before it is needed.
    import duckdb

    offline = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    return duckdb.connect(config={"threads": 1, "memory_limit": "1GB", **offline})


def _row(disclosure: str, figure: Figure, labels: dict[str, tuple[str, str]]) -> list[str]:
    row = [disclosure, figure.iri]
    for name, value, code in zip(DIMENSIONS, figure.values, figure.codes, strict=True):
        row.append(code)
        if name in CODED:
            row += labels.get(value, ("", ""))
    return [*row, _fitting(figure, figure.amount), _fitting(figure, figure.precision)]


def _fitting(figure: Figure, text: str) -> str:
    """Return ``text``, which a database would round without a word if it had more digits than its column."""
    if text:
        _, digits, exponent = Decimal(text).as_tuple()
        assert isinstance(exponent, int)  # neither infinite nor no number: an xsd:decimal
        if -exponent > _DECIMALS or len(digits) + exponent > _WHOLE:
            raise BadInput(_too_long(figure, text))
    return text


def _too_long(figure: Figure, text: str) -> Problem:
    return Problem(
        "amount-too-long",
        "error",
        f"{figure.iri} 的金额 {text} 元位数过多，无法写入 Parquet",
        f"the amount {text} yuan of {figure.iri} has too many digits for Parquet",
        f"小数点前最多 {_WHOLE} 位，小数点后最多 {_DECIMALS} 位；请核对原文",
        f"at most {_WHOLE} digits before the point and {_DECIMALS} after it; check the document",
    )
