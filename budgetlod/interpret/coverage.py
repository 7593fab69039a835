"""What was read off a document: statements, figures, what is unmapped; as plain values for reports."""

from __future__ import annotations

from typing import Any

from budgetlod.model.disclosure import Disclosure
from budgetlod.model.problem import Problem
from budgetlod.model.tables import Statement

SCHEMA_VERSION = 1


def reading(disclosure: Disclosure) -> dict[str, Any]:
    """Return the record of what was read, ready for JSON (described in docs/reading.md)."""
    content, who = disclosure.content, disclosure.identity
    tables = [_statement(statement) for statement in content.statements]
    return {
        "schema": SCHEMA_VERSION,
        "source": {"file": disclosure.source.name, "sha256": disclosure.source.sha256},
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
        "coverage": {
            "numbers": sum(table["numbers"] for table in tables),
            "mapped": sum(table["mapped"] for table in tables),
            "unmapped": [entry for table in tables for entry in table["unmapped"]],
        },
        "counts": {
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
        },
        "problems": [_problem(problem) for problem in disclosure.problems],
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
