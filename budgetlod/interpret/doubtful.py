"""Which recognised figures a person should look at: those that were hard to read, and those in sums that do not close."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal
from typing import Any

from budgetlod.core.numbers import CENT
from budgetlod.interpret.closure import Closure
from budgetlod.model.cube import Subject
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.tables import Cell, Statement

SURE = 0.9
"""A figure whose text was recognised less surely than this is to be looked at."""


def recognition(disclosure: Disclosure, sums: Closure) -> dict[str, Any]:
    """Return how many figures rest on text recognised in pictures, and which of them are doubtful and why."""
    cells = [(s, cell) for s in disclosure.content.statements for cell in s.cells if _is_recognised_number(cell)]
    mentions = [mention for mention in disclosure.content.mentions if mention.confidence < 1]
    subjects = _open_subjects(disclosure, sums)
    return {
        "software": disclosure.source.recogniser,
        "cells": len(cells),
        "mentions": len(mentions),
        "doubtful": [
            *(_entry(statement, cell, reasons) for statement, cell in cells if (reasons := _reasons(cell, subjects))),
            *(
                {"statement": "", "row": None, "column": None, "printed": mention.printed, "place": mention.place.words(),
                 "confidence": _short(mention.confidence), "reasons": ["confidence"]}
                for mention in mentions if mention.confidence < SURE
            ),
        ],
    }  # fmt: skip


def _is_recognised_number(cell: Cell) -> bool:
    return cell.confidence < 1 and (cell.amount is not None or cell.number is not None)


def _reasons(cell: Cell, subjects: set[Subject]) -> list[str]:
    found = {
        "confidence": cell.confidence < SURE,
        "sum": cell.states is not None and cell.states in subjects,
        "mended": bool(cell.mended),
    }
    return [reason for reason, holds in found.items() if holds]


def _open_subjects(disclosure: Disclosure, sums: Closure) -> set[Subject]:
    """Return what takes part in a sum that does not close."""
    return set(_parts(disclosure, sums))


def _parts(disclosure: Disclosure, sums: Closure) -> Iterator[Subject]:
    wholes = {one.subject for one in sums.open if one.law == "rollup"}
    firsts = {one.subject for one in sums.open if one.law == "balance"}
    yield from (one.subject for one in sums.open)
    for breakdown in disclosure.relations.breakdowns:
        if breakdown.whole in wholes:
            yield from breakdown.parts
    for balance in disclosure.relations.balances:
        if balance.money_in[0] in firsts:
            yield from (*balance.money_in, *balance.money_out)


def _entry(statement: Statement, cell: Cell, reasons: list[str]) -> dict[str, Any]:
    return {
        "statement": statement.key,
        "row": cell.row,
        "column": cell.column,
        "printed": cell.printed,
        "place": cell.places[0].words() if cell.places else "",
        "confidence": _short(cell.confidence),
        "reasons": reasons,
    }


def _short(confidence: float) -> float:
    """Return a confidence with two decimals, never more than it is."""
    return float(Decimal(str(confidence)).quantize(CENT, ROUND_DOWN))
