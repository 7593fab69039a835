"""Rules and shapes in words for ``budgetlod explain``: text for people, records for JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from budgetlod.validate.report import Messages
from budgetlod.validate.rules import Rule, ShapeNote, source_of
from budgetlod.validate.subject import Language
from budgetlod.validate.words import SEVERITY_NAMES, family_named, said

SCHEMA = 1
"""Version of the JSON; it rises when a member changes its meaning or goes."""

_HEADS = {
    "group": Messages("类别", "group"),
    "severity": Messages("程度", "severity"),
    "tables": Messages("报表", "tables"),
    "why": Messages("依据", "why"),
    "example": Messages("错例", "example of a fault"),
    "correction": Messages("更正", "how to correct"),
    "checked": Messages("检查", "checked by"),
    "no shape": Messages("检查", "no shape"),
    "promise": Messages("要求", "promise"),
    "message": Messages("提示语", "message"),
    "rules": Messages("规则", "rules"),
}
_WIDTH = {"zh": 8, "en": 20}


def rule_text(rule: Rule, language: Language, *, with_shapes: bool = False) -> str:
    """Return a rule as text; ``with_shapes`` adds the shapes as their files have them."""
    lines = [f"{rule.id}  {said(rule.statement, language)}"]
    lines += _line("group", [f"{rule.group} {said(rule.group_name, language)}"], language)
    lines += _line("severity", [said(SEVERITY_NAMES[rule.severity], language)], language)
    tables = ("、" if language == "zh" else "; ").join(said(name, language) for _, name in rule.tables)
    lines += _line("tables", [tables] if tables else [], language)
    lines += _line("why", [said(rule.why, language)], language)
    lines += _line("example", [said(rule.example, language)], language)
    lines += _line("correction", [said(rule.correction, language)], language)
    if rule.no_shape:
        lines += _line("no shape", [said(rule.no_shape, language)], language)
    lines += _line("checked", [_shape_line(shape, language) for shape in rule.shapes], language)
    return "\n".join([*lines, *(_sources(rule.shapes) if with_shapes else ())])


def shape_text(shape: ShapeNote, rules: Sequence[Rule], language: Language, *, with_shapes: bool = False) -> str:
    """Return a shape as text, with the rules that it checks."""
    lines = [_shape_line(shape, language)]
    lines += _line("promise", [said(family_named(shape.family).promise, language)], language)
    lines += _line("message", [said(message, language) for message in shape.messages], language)
    lines += _line("rules", [f"{rule.id}  {said(rule.statement, language)}" for rule in rules], language)
    return "\n".join([*lines, *(_sources([shape]) if with_shapes else ())])


def listing(rules: Iterable[Rule], language: Language) -> str:
    """Return one line for each rule, under the name of its group."""
    lines, group = list[str](), ""
    for rule in rules:
        if rule.group != group:
            lines += ([""] if group else []) + [f"{rule.group} {said(rule.group_name, language)}"]
            group = rule.group
        severity = said(SEVERITY_NAMES[rule.severity], language)
        lines.append(f"  {rule.id}  {severity:{4 if language == 'zh' else 9}}  {said(rule.statement, language)}")
    return "\n".join(lines)


def rule_record(rule: Rule, *, with_shapes: bool = False) -> dict[str, Any]:
    """Return a rule as a JSON object."""
    return {
        "id": rule.id,
        "group": rule.group,
        "groupName": _both(rule.group_name),
        "severity": rule.severity,
        "tables": [{"type": notation, "name": _both(name)} for notation, name in rule.tables],
        "statement": _both(rule.statement),
        "why": _both(rule.why),
        "example": _both(rule.example),
        "correction": _both(rule.correction),
        "noShape": _both(rule.no_shape) if rule.no_shape else None,
        "shapes": [shape_record(shape, with_shapes=with_shapes) for shape in rule.shapes],
    }


def shape_record(shape: ShapeNote, *, with_shapes: bool = False) -> dict[str, Any]:
    """Return a shape as a JSON object."""
    record: dict[str, Any] = {
        "name": shape.name,
        "iri": shape.iri,
        "family": shape.family,
        "file": shape.file,
        "severity": shape.severity,
        "identifiers": list(shape.identifiers),
        "messages": [_both(message) for message in shape.messages],
    }
    return record | ({"turtle": source_of(shape)} if with_shapes else {})


def _both(messages: Messages) -> dict[str, str]:
    return {"zh": messages.zh, "en": messages.en}


def _line(head: str, values: Sequence[str], language: Language) -> Iterator[str]:
    """Yield a line for each value, the first one under its head."""
    name, width = said(_HEADS[head], language), _WIDTH[language]
    # A Chinese character takes the room of two.
    room = width - len(name) * (2 if language == "zh" else 1)
    for number, value in enumerate(values):
        yield f"  {name}{' ' * room}{value}" if number == 0 else f"  {' ' * width}{value}"


def _shape_line(shape: ShapeNote, language: Language) -> str:
    name = said(SEVERITY_NAMES[shape.severity], language)
    return f"{shape.name}（{shape.file}，{name}）" if language == "zh" else f"{shape.name} ({shape.file}, {name})"


def _sources(shapes: Iterable[ShapeNote]) -> Iterator[str]:
    for shape in shapes:
        yield ""
        yield textwrap.indent(source_of(shape), "  ")
