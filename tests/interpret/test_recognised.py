"""The confidence of recognised text on its way from a grid to cells, mentions, the record of reading and the graph."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from budgetlod.interpret.columns import aligned
from budgetlod.interpret.coverage import reading
from budgetlod.interpret.disclosure import interpret
from budgetlod.interpret.fragments import RawRow
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Block, Document, Grid, GridRow, Paragraph, Place
from budgetlod.rdf.iris import blod
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.names import BLOD, PROV
from budgetlod.rdf.terms import iri

Sure = Callable[[str], float]


def recognised(document: Document, sure: Sure) -> Disclosure:
    """Interpret a document as if each of its cells and lines had been recognised in a picture."""

    def row(one: GridRow) -> GridRow:
        return one._replace(confidence=tuple(sure(cell) if cell else 1.0 for cell in one.cells))

    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            return Paragraph(tuple(line._replace(confidence=sure(line.text)) for line in one.lines))
        return one._replace(rows=tuple(row(each) for each in one.rows))

    blocks = tuple(block(one) for one in document.blocks)
    return interpret(document._replace(blocks=blocks, recogniser="reader 1.0"), load_lexicon())


@pytest.fixture(scope="module")
def scanned(example_document: Document) -> Disclosure:
    """The example as a scan: what has a 7 in it was hard to read."""
    return recognised(example_document, lambda text: 0.876 if "7" in text else 0.99)


def test_columns_keep_their_confidence_when_they_move() -> None:
    grid = Grid((GridRow(("a", "b"), Place(1), (0.5, 0.6)),), (), (0.0, 20.0, 30.0))
    moved = aligned(grid, (0.0, 10.0, 20.0, 30.0))
    assert (moved.rows[0].cells, moved.rows[0].confidence) == (("a", "", "b"), (0.5, 1.0, 0.6))


def test_a_row_cut_by_a_page_break_is_as_sure_as_its_less_sure_half() -> None:
    row = RawRow(("1,2", "x"), (Place(1),), confidence=(0.9, 0.95))
    joined = row.joined(GridRow(("00", "", "7"), Place(2), (0.8, 1.0, 0.7)))
    assert joined.confidence == (0.8, 0.95, 0.7)
    assert row.joined(GridRow(("00",), Place(2))).confidence == (0.9, 0.95)


def test_cells_and_mentions_are_as_sure_as_what_they_print(scanned: Disclosure, example: Disclosure) -> None:
    cells = [cell for statement in scanned.content.statements for cell in statement.cells]
    for cell in cells:
        if len(cell.places) == 1:
            assert cell.confidence == (0.876 if "7" in cell.printed else 0.99), cell
    assert {mention.confidence for mention in scanned.content.mentions} == {0.876, 0.99}
    assert all(cell.confidence == 1 for statement in example.content.statements for cell in statement.cells)


def test_the_record_lists_the_doubtful(scanned: Disclosure, example: Disclosure) -> None:
    found = reading(scanned)["recognition"]
    listed = [one for one in found["doubtful"] if one["statement"]]
    assert found["software"] == "reader 1.0"
    assert found["cells"] > len(listed) > 0
    assert {(one["confidence"], tuple(one["reasons"])) for one in listed} >= {(0.87, ("confidence",))}
    assert all("7" in one["printed"] for one in listed if one["reasons"] == ["confidence"])
    assert reading(example)["recognition"] == {"software": "", "cells": 0, "mentions": 0, "doubtful": []}


def misread(document: Document, misread_as: Callable[[str], str]) -> tuple[Document, str]:
    """Return a document with its first amount that ends with .40 read as something else, and what that is."""
    blocks, done = list(document.blocks), ""
    for index, block in enumerate(blocks):
        if isinstance(block, Grid) and not done:
            for number, row in enumerate(block.rows):
                at = next((n for n, cell in enumerate(row.cells) if cell.endswith(".40")), None)
                if at is not None:
                    done = misread_as(row.cells[at])
                    cells = (*row.cells[:at], done, *row.cells[at + 1 :])
                    rows = (*block.rows[:number], row._replace(cells=cells), *block.rows[number + 1 :])
                    blocks[index] = block._replace(rows=rows)
                    break
    assert done
    return document._replace(blocks=tuple(blocks)), done


def test_a_wrong_figure_that_was_sure_is_listed_by_its_sum(example_document: Document) -> None:
    """The first amount of the table of expenditure is one more than it ought to be."""
    document, done = misread(example_document, lambda text: text[:-1] + "1")
    found = reading(recognised(document, lambda _: 0.99))["recognition"]
    assert (done, ["sum"]) in [(one["printed"], one["reasons"]) for one in found["doubtful"]]


def test_a_mended_number_is_a_figure_and_the_graph_says_what_it_was_taken_for(
    example_document: Document, example: Disclosure
) -> None:
    document, done = misread(example_document, lambda text: text.replace(",", ".").replace("0", "O"))
    disclosure = recognised(document, lambda _: 0.99)
    mended = [cell for statement in disclosure.content.statements for cell in statement.cells if cell.mended]
    assert [cell.printed for cell in mended] == [done]
    assert {p: f.amount for p, f in disclosure.figures.items()} == {p: f.amount for p, f in example.figures.items()}
    record = reading(disclosure)
    assert (done, ["mended"]) in [(one["printed"], one["reasons"]) for one in record["recognition"]["doubtful"]]
    assert not [one for one in record["coverage"]["unmapped"] if one["printed"] == done]
    triples = to_triples(disclosure, load_lexicon())
    cells = {subject: value for subject, predicate, value in triples if predicate == blod("mendedAs")}
    assert list(cells.values()) == [f'"{mended[0].mended}"']
    assert (*cells, blod("printed"), f'"{done}"') in set(triples)


def test_the_graph_says_what_was_recognised_by_what(scanned: Disclosure) -> None:
    triples = to_triples(scanned, load_lexicon())
    stated = {subject: value for subject, predicate, value in triples if predicate == blod("confidence")}
    assert set(stated.values()) == {f'"{n}"^^<http://www.w3.org/2001/XMLSchema#decimal>' for n in ("0.87", "0.99")}
    by = {subject: value for subject, predicate, value in triples if predicate == iri(PROV + "wasGeneratedBy")}
    activity = {by[subject] for subject in stated}
    assert len(activity) == 1
    facts = [(predicate, value) for subject, predicate, value in triples if subject in activity]
    assert (iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), iri(BLOD + "Recognition")) in facts
    agent = next(value for predicate, value in facts if predicate == iri(PROV + "wasAssociatedWith"))
    labels = [value for subject, predicate, value in triples if subject == agent and predicate.endswith("#label>")]
    assert labels == ['"reader 1.0"']


def test_what_is_printed_as_text_says_nothing_of_it(example: Disclosure) -> None:
    terms = {term for triple in to_triples(example, load_lexicon()) for term in triple}
    assert blod("confidence") not in terms
    assert blod("Recognition") not in terms
