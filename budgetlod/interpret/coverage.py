"""What was read off a document: statements, figures, what is unmapped; as plain values for reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budgetlod.interpret.closure import LAWS, Sum, closure, confidence
from budgetlod.interpret.doubtful import recognition
from budgetlod.model.corrections import Applied
from budgetlod.model.disclosure import Disclosure, Source
from budgetlod.model.problem import Problem
from budgetlod.model.tables import Statement

SCHEMA_VERSION = 1


def reading(disclosure: Disclosure) -> dict[str, Any]:
    """Return the record of what was read, ready for JSON (described in docs/reading.md)."""
    content, who = disclosure.content, disclosure.identity
    sums = closure(disclosure)
    tables = [_statement(statement) | _trust(sums.of(statement.key)) for statement in content.statements]
    return {
        "schema": SCHEMA_VERSION,
        "source": _source(disclosure.source),
        "disclosure": {
            "organization": who.organization,
            "name": who.name,
            "code": who.code,
            "area": who.area,
            "fiscalYear": who.fiscal_year,
            "phase": who.phase,
            "level": who.level,
        },
        "statements": tables,
        "expected": list(disclosure.expected),
        "missing": list(disclosure.missing),
        "coverage": {
            "numbers": sum(table["numbers"] for table in tables),
            "mapped": sum(table["mapped"] for table in tables),
            "unmapped": [entry for table in tables for entry in table["unmapped"]],
        },
        "arithmetic": {
            **_count(sums.sums),
            **{law: _count(sums.under(law)) for law in LAWS},
            "open": [_open(one) for one in sums.open],
        },
        "counts": _counts(disclosure),
        "recognition": recognition(disclosure, sums),
        "corrections": [_correction(applied) for applied in content.corrections],
        "problems": [_problem(problem) for problem in disclosure.problems],
    }


def _counts(disclosure: Disclosure) -> dict[str, int]:
    """Return how many there are of each kind of thing."""
    content = disclosure.content
    return {
        "figures": len(disclosure.figures),
        "rejoinedRows": sum(statement.rejoined for statement in content.statements),
        "mentions": len(content.mentions),
        "changes": len(disclosure.changes),
        "sections": len(content.sections),
        "duties": len(content.duties),
        "institutions": len(content.institutions),
        "departmentIndicators": len(content.indicators),
        "projects": sum(project.form for project in content.projects),
        "plannedPayments": sum(len(project.payments) for project in content.projects),
        "projectGoals": sum(len(project.goals) for project in content.projects),
        "indicators": sum(len(project.indicators) for project in content.projects),
        "procurementLines": len(content.procurement),
        "assetLines": len(content.assets),
        "glossary": len(content.glossary),
    }


def _source(source: Source) -> dict[str, Any]:
    """Return the file that was read; of a disclosure in several files the first, and all as ``parts``."""
    parts = [{"file": part.name, "sha256": part.sha256} for part in source.parts]
    return {**parts[0], "parts": parts} if source.more else {**parts[0]}


def _correction(applied: Applied) -> dict[str, Any]:
    correction = applied.correction
    return {
        "entry": correction.entry,
        "kind": correction.kind,
        "statement": applied.statement,
        "row": applied.row or None,
        "column": applied.column if applied.target in ("cell", "column") else None,
        "place": applied.place.words(),
        "readAs": correction.printed,
        "correct": correction.correct,
        "reason": correction.reason.strip(),
        "by": correction.by,
        "date": correction.date,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    numbers = [cell for cell in statement.cells if cell.amount is not None or cell.number is not None]
    unmapped = {(cell.row, cell.column) for cell in statement.unmapped}
    return {
        "type": statement.type,
        "key": statement.key,
        "title": statement.title,
        "unit": statement.unit,
        "rows": len(statement.rows),
        "rejoinedRows": statement.rejoined,
        "amounts": sum(cell.amount is not None for cell in statement.cells),
        "numbers": len(numbers)
        + sum((c.row, c.column) not in {(n.row, n.column) for n in numbers} for c in statement.unmapped),
        "mapped": sum(cell.states is not None and (cell.row, cell.column) not in unmapped for cell in numbers),
        "unmapped": [
            {
                "statement": statement.key,
                "row": cell.row,
                "column": cell.column,
                "printed": cell.printed,
                "place": cell.places[0].words(),
            }
            for cell in statement.unmapped
        ],
        "declaredEmpty": statement.declared_empty,
        "note": statement.note,
        "place": statement.place.words(),
    }


def _trust(sums: Sequence[Sum]) -> dict[str, Any]:
    share = confidence(sums)
    return {**_count(sums), "confidence": None if share is None else round(share, 3)}


def _count(sums: Sequence[Sum]) -> dict[str, int]:
    return {"sums": len(sums), "closing": sum(one.closes for one in sums)}


def _open(one: Sum) -> dict[str, Any]:
    """Return a sum that does not close; amounts as text, since a JSON number may be read as a float."""
    return {
        "law": one.law,
        "statements": list(one.statements),
        "label": one.label,
        "place": one.place,
        "stated": str(one.stated),
        "expected": str(one.expected),
        "gap": str(one.gap),
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "place": problem.place,
        "zh": problem.zh,
        "en": problem.en,
        "hintZh": problem.hint_zh,
        "hintEn": problem.hint_en,
        "rule": problem.rule,
    }
