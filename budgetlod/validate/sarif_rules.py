"""The rules of a SARIF run: a descriptor for each rule that a result names, gathered while results are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budgetlod.validate.report import SEVERITIES, Messages, Severity
from budgetlod.validate.rules import has_rule, statement_and_advice
from budgetlod.validate.subject import Language
from budgetlod.validate.words import family_named, said, shape_name

LEVELS: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "note"}
ACCEPTED_RULE = "accepted-without-finding"
_ACCEPTED = Messages(
    "已接受的问题不再出现：source.toml 的 [[accepted]] 没有对应的发现。",
    "An accepted fault no longer occurs: an [[accepted]] of source.toml matches no finding.",
)
_READER = Messages("阅读原文时发现，不由形状检查。", "Found while reading the document, not by a shape.")


class Rules:
    """The rules of one run, in the order in which results name them."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._severity: dict[str, Severity] = {}
        self._family: dict[str, str] = {}
        self._shapes: dict[str, set[str]] = {}

    def index(self, rule: str, severity: Severity, family: str, shapes: Sequence[str]) -> int:
        """Return the number of a rule, which is new or met again; its own severity is the gravest it is met with."""
        known = self._severity.setdefault(rule, severity)
        self._severity[rule] = min(known, severity, key=SEVERITIES.index)
        self._family.setdefault(rule, family)
        self._shapes.setdefault(rule, set()).update(shapes)
        return list(self._severity).index(rule)

    def records(self) -> list[dict[str, Any]]:
        """Return the descriptors."""
        return [self._record(rule) for rule in self._severity]

    def _record(self, rule: str) -> dict[str, Any]:
        name, promise = self._words(rule)
        shapes = sorted(self._shapes[rule])
        both = f"{promise.zh}\n\n{promise.en}"
        linked = "".join(f"\n\n[{shape_name(shape)}]({shape})" for shape in shapes)
        return {
            "id": rule,
            "shortDescription": {"text": f"{rule} {said(name, self._language)}".strip()},
            "fullDescription": {"text": said(promise, self._language)},
            "help": {"text": both, "markdown": both + linked},
            "defaultConfiguration": {"level": LEVELS[self._severity[rule]]},
            "properties": {
                "tags": [self._family[rule]] if self._family[rule] else [],
                "shapes": shapes,
                "nameZh": name.zh,
                "nameEn": name.en,
            },
        } | ({"helpUri": shapes[0]} if shapes else {})

    def _words(self, rule: str) -> tuple[Messages, Messages]:
        """Return name and promise of a rule: its own, those of its family where the catalogue does not describe it."""
        if rule == ACCEPTED_RULE:
            return Messages("过时的接受", "acceptance without a finding"), _ACCEPTED
        if has_rule(rule):
            return statement_and_advice(rule)
        family = family_named(self._family[rule])
        return family.name, family.promise if family.promise.zh else _READER
