"""Tables come back from the published graph alone."""

from __future__ import annotations

import pyoxigraph
import pytest

from budgetlod.publish.rebuild import Table, disclosures, rebuild, statements
from budgetlod.rdf import formats
from tests.publish.small import IRI, small_triples


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    found = pyoxigraph.Store()
    content = formats.in_graph(formats.ntriples(small_triples()), IRI)
    found.load(content, pyoxigraph.RdfFormat.N_QUADS)
    return found


def test_cells_stand_in_their_rows_and_columns(store: pyoxigraph.Store) -> None:
    assert rebuild(store, f"{IRI}/statement/balance") == Table(
        f"{IRI}/statement/balance",
        "balance",
        "收支总表",
        ("收入/项目", "收入/预算数", "支出/项目", "支出/预算数"),
        (("一、拨款 收入", "115\n.59", "一、一般公共服务支出", "115.59"), ("3", "", "", "115.59")),
    )


def test_an_empty_statement_is_an_empty_table(store: pyoxigraph.Store) -> None:
    table = rebuild(store, f"{IRI}/statement/government-fund-expenditure")
    assert (table.title, table.headers, table.rows) == ("政府性基金支出表", (), ())


def test_statements_in_the_order_of_the_document(store: pyoxigraph.Store) -> None:
    wanted = [f"{IRI}/statement/balance", f"{IRI}/statement/government-fund-expenditure"]
    assert statements(store) == statements(store, IRI) == wanted
    assert statements(store, IRI + "-2") == []
    assert disclosures(store) == [IRI]


def test_what_is_no_statement(store: pyoxigraph.Store) -> None:
    with pytest.raises(LookupError, match="no statement"):
        rebuild(store, IRI)
