"""A result names the rows of the catalogue that its instance of a law is."""

from __future__ import annotations

from collections import defaultdict

import pytest

from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document
from budgetlod.model.publisher import SourceFile
from budgetlod.validate.instances import conditions
from budgetlod.validate.report import Report
from budgetlod.validate.shapes import load_shapes
from tests.mutation.faults import Printed, amount_cells, checked, one_cent_more


def first_cell(cells: list[Printed], statement: str, code: str, column: str) -> Printed:
    """The cell of a statement in the row of a code (or the total row) and the column whose heading ends so."""
    for printed in cells:
        headings = {c.number: c.label for c in printed.statement.columns}
        here = printed.statement.type == statement and printed.cell.row_code == code
        if here and headings[printed.cell.column].endswith(column):
            return printed
    raise AssertionError(f"no cell {statement} {code} {column}")


# The ids of all laws that the wrong cell breaks and that can be told.
@pytest.mark.parametrize(
    ("statement", "digits", "column", "wanted"),
    [
        ("income", 0, "小计", {"B01"}),
        ("income", 3, "小计", {"A06", "A07", "A09", "A10"}),
        ("income", 5, "合计", {"A07", "A08", "A09"}),
        ("expenditure", 3, "基本支出", {"A11", "A12", "A14", "B16"}),
        ("expenditure", 7, "合计", {"A13", "A14", "B16"}),
        ("general-public-expenditure", 5, "基本支出", {"A24", "A25", "A26", "B16"}),
        ("basic-expenditure", 3, "合计", {"A27", "A28", "A29"}),
        ("basic-expenditure", 5, "合计", {"A28", "A29"}),
    ],
)
def test_finding_names_the_instances_that_failed(
    statement: str,
    digits: int,
    column: str,
    wanted: set[str],
    example: Disclosure,
    example_source: SourceFile,
    example_document: Document,
) -> None:
    cells = amount_cells(example)
    codes = sorted({p.cell.row_code for p in cells if p.statement.type == statement and len(p.cell.row_code) == digits})
    printed = first_cell(cells, statement, codes[0], column)
    report = checked(one_cent_more(example_document, [printed]), example_source)
    (finding,) = [f for f in report.findings if f.severity == "violation"]
    assert set(finding.identifiers) == wanted


def test_ids_of_an_instance_are_ids_of_its_shape(laws: Report) -> None:
    shapes = load_shapes("laws")
    for result in laws.results:
        assert result.identifiers
        assert set(result.identifiers) <= set(shapes.identifiers(result.shape))


def test_no_id_is_kept_where_none_can_be_told(laws: Report) -> None:
    """The little example has no coordinates: nothing tells which sum failed, so the result keeps all ids."""
    (result,) = [r for r in laws.results if r.shape.endswith("/RoundingUndeclared")]
    assert result.identifiers == load_shapes("laws").identifiers(result.shape)


def test_conditions_are_for_ids_that_a_shape_of_the_family_has() -> None:
    shapes = load_shapes("publication")
    ids: dict[str, set[str]] = defaultdict(set)
    for shape, family in shapes.families.items():
        ids[family].update(shapes.identifiers(shape))
    for law, instances in conditions().items():
        assert set(instances) <= ids[law] | ids["blanks"], law
