"""Parquet: what DuckDB reads back is what the CSV file says, amounts to the last digit; the same bytes each time."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from budgetlod.model.problem import BadInput
from budgetlod.publish.figures import codes, figures
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.parquet import all_parquet, observations_parquet, parquet_columns
from budgetlod.publish.tables import OBSERVATION_COLUMNS, observations_csv
from budgetlod.rdf.terms import Triple
from tests.publish.small import IRI, small_triples


def written(path: Path, triples: list[Triple], iri: str = IRI) -> Path:
    graph = Lookup(triples)
    found = figures(graph)
    path.write_bytes(observations_parquet(iri, found, codes(graph, found)))
    return path


def read(path: Path, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT {', '.join(columns)} FROM read_parquet(?)", [str(path)]).fetchall()


def test_the_example_comes_back_exactly(tmp_path: Path, example_triples: list[Triple]) -> None:
    path = written(tmp_path / "one.parquet", example_triples)
    table = csv.reader(io.StringIO(observations_csv(figures(Lookup(example_triples))).decode()))
    header, *rows = table
    year, amount = header.index("fiscalYear"), header.index("amount")
    found = read(path, OBSERVATION_COLUMNS)
    assert len(found) == len(rows)
    for row, back in zip(rows, found, strict=True):
        wanted = [int(v) if i == year else Decimal(v) if i == amount else v for i, v in enumerate(row)]
        assert list(back) == wanted


def test_columns_have_types_and_labels(tmp_path: Path, example_triples: list[Triple]) -> None:
    path = written(tmp_path / "one.parquet", example_triples)
    with duckdb.connect() as connection:
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    assert {name: kind for name, kind, *_ in described} == parquet_columns()
    assert parquet_columns()["amount"] == "DECIMAL(38,10)"
    labelled = set(read(path, ("disclosure", "nature", "natureZh", "natureEn")))
    assert (IRI, "basic", "基本支出", "basic expenditure") in labelled


def test_same_figures_same_bytes(tmp_path: Path) -> None:
    one, two = (written(tmp_path / name, small_triples()).read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize("amount", ["0.12345678901", "1" + "0" * 28])
def test_an_amount_that_would_be_rounded_is_refused(amount: str) -> None:
    graph = Lookup(small_triples())
    figure = figures(graph)[0]._replace(amount=amount)
    with pytest.raises(BadInput, match="too many digits for Parquet"):
        observations_parquet(IRI, [figure], codes(graph, [figure]))


def test_files_are_joined_in_their_order(tmp_path: Path) -> None:
    one = written(tmp_path / "one.parquet", small_triples(), "https://example.org/z")
    two = written(tmp_path / "two.parquet", small_triples(), "https://example.org/a")
    joined = tmp_path / "all.parquet"
    joined.write_bytes(b"".join(all_parquet([one, two])))
    columns = tuple(parquet_columns())
    assert read(joined, columns) == read(one, columns) + read(two, columns)
    assert joined.read_bytes() == b"".join(all_parquet([one, two]))
