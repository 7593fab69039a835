"""CSV files made from the graph alone: the figures, the codes that they use, and every place that prints a number.

RFC 4180, UTF-8 without a byte order mark, lines ended by a line feed alone. The column names are a contract.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import cache

from budgetlod.publish.figures import DIMENSIONS, Code, Figure
from budgetlod.publish.labels import RowLabels
from budgetlod.publish.lookup import Lookup
from budgetlod.rdf.names import BLOD, PROV, SKOS

OBSERVATION_COLUMNS = ("observation", *DIMENSIONS, "amount")
CODE_COLUMNS = ("code", "iri", "labelZh", "labelEn")
CELL_COLUMNS = (
    "statement",
    "statementType",
    "row",
    "rowCode",
    "rowLabel",
    "column",
    "columnLabel",
    "printed",
    "amount",
    "page",
    "line",
    "states",
)
_PAGE = re.compile(r"#(?:.*&)?page=(\d+)")
_LINE = re.compile(r"#line=(\d+)")


def observations_csv(found: Iterable[Figure]) -> bytes:
    """Return ``observations.csv``: one row per figure, codes as notations, amounts in yuan as in the graph."""
    return csv_bytes(OBSERVATION_COLUMNS, [(figure.iri, *figure.codes, figure.amount) for figure in found])


def codes_csv(found: Iterable[Code], dimension: str) -> bytes:
    """Return ``codes/<dimension>.csv``: one row per code that figures use in a dimension."""
    rows = [(code.notation, code.iri, code.label_zh, code.label_en) for code in found if code.dimension == dimension]
    return csv_bytes(CODE_COLUMNS, rows)


def cells_csv(graph: Lookup) -> bytes:
    """Return ``cells.csv``: one row per printed number that was understood, tables first, then the prose.

    A number that is no amount of money (a count, a share, a target) leaves ``amount`` empty. ``line`` counts
    from 1, as editors do; RFC 5147 fragments count from 0.
    """
    labels = RowLabels(graph)
    places = [*_table_evidence(graph), *graph.subjects(BLOD + "Mention")]
    return csv_bytes(CELL_COLUMNS, [_evidence_row(graph, iri, labels) for iri in places])


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file with one header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _table_evidence(graph: Lookup) -> list[str]:
    """Return the cells that hold a number, in the order of the document."""
    counted = [iri for iri in graph.members(BLOD + "TextCell") if graph.terms(iri, BLOD + "statedNumber")]
    order = cache(lambda iri: graph.number(iri, BLOD + "order"))

    def place(iri: str) -> tuple[int, str, int, int, str]:
        statement, row, column = (graph.text(iri, BLOD + name) for name in ("inStatement", "inRow", "inColumn"))
        return order(statement), statement, order(row), order(column), iri

    return sorted({*graph.members(BLOD + "Cell"), *counted}, key=place)


def _evidence_row(graph: Lookup, iri: str, labels: RowLabels) -> list[str]:
    statement = graph.text(iri, BLOD + "inStatement")
    row, column = graph.text(iri, BLOD + "inRow"), graph.text(iri, BLOD + "inColumn")
    sources = graph.texts(iri, PROV + "hadPrimarySource")
    return [
        statement,
        graph.text(statement, BLOD + "statementType").rpartition("/")[2],
        graph.text(row, BLOD + "order"),
        graph.text(row, SKOS + "notation"),
        labels.label(row, column),
        graph.text(column, BLOD + "order"),
        graph.text(column, BLOD + "label"),
        graph.text(iri, BLOD + "printed"),
        graph.text(iri, BLOD + "statedAmount"),
        _first_number(_PAGE, sources),
        _first_number(_LINE, sources, add=1),
        " ".join(graph.texts(iri, BLOD + "states")),
    ]


def _first_number(pattern: re.Pattern[str], sources: Iterable[str], add: int = 0) -> str:
    """Return the smallest number that ``pattern`` finds, ``add`` added, or an empty text."""
    numbers = [int(found[1]) + add for source in sources if (found := pattern.search(source))]
    return str(min(numbers)) if numbers else ""
