"""The forms a report can take, as a table; each is a module with one function ``write(subjects, style) -> str``.

The same reports always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from budgetlod.core.errors import BudgetlodError
from budgetlod.validate.report import Report
from budgetlod.validate.subject import Language, Style, Subject

if TYPE_CHECKING:
    from budgetlod.validate.data import Data

__all__ = ["FORMS", "Form", "Style", "Subject", "render", "to_html", "to_json", "to_sarif", "to_text", "to_turtle"]


class UnknownForm(BudgetlodError):
    """No form of the report has the name asked for."""


class Write(Protocol):
    """The one function of a form's module."""

    def __call__(self, subjects: Sequence[Subject], style: Style) -> str:
        """Return one document of all reports."""


class Form(NamedTuple):
    """A row of the table: what the form is called, where it lives, its media type, and whom it is for."""

    name: str
    module: str
    media_type: str
    purpose: str


FORMS: tuple[Form, ...] = (
    Form("text", "budgetlod.validate.text_report", "text/plain", "people: a paragraph a finding"),
    Form("json", "budgetlod.validate.json_report", "application/json", "programs: findings, results, places"),
    Form("sarif", "budgetlod.validate.sarif", "application/sarif+json", "editors and code hosting: SARIF 2.1.0"),
    Form("turtle", "budgetlod.validate.turtle_report", "text/turtle", "linked data: sh:ValidationReport and DQV"),
    Form("html", "budgetlod.validate.html_report", "text/html", "people: tables as printed, the faulty cells marked"),
)


def render(form: str, subjects: Sequence[Subject], style: Style) -> str:
    """Return the reports in a form, importing its module now; raises :class:`UnknownForm`."""
    for known in FORMS:
        if known.name == form:
            return cast(Write, import_module(known.module).write)(subjects, style)
    raise UnknownForm(f"no form {form!r}; there is {', '.join(known.name for known in FORMS)}")


def to_text(report: Report, language: Language = "en") -> str:
    """Return one report for reading, in one language."""
    return render("text", [Subject(report)], Style(language))


def to_json(report: Report, *, compact: bool = False) -> str:
    """Return one report as JSON (docs/validation.md describes the members), ``compact`` without line breaks."""
    return render("json", [Subject(report)], Style(compact=compact))


def to_sarif(report: Report, language: Language = "zh") -> str:
    """Return one report as SARIF 2.1.0, its files relative to the folder of the disclosure."""
    return render("sarif", [Subject(report)], Style(language))


def to_html(report: Report, data: Data | None = None, language: Language = "zh") -> str:
    """Return one report as a page; with ``data`` it shows the tables and texts that the findings are about."""
    return render("html", [Subject(report, data=data)], Style(language))


def to_turtle(report: Report) -> str:
    """Return one report as Turtle: ``sh:ValidationReport`` with quality measurements."""
    return render("turtle", [Subject(report)], Style())
