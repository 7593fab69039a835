"""The form for the review of a disclosure (部门预算公开情况检查表): a line for each required part, answered.

The lines are data, in ``shapes/checklist.toml``, which explains them. What the graph cannot tell is never answered
with no.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple

from budgetlod.core.resources import resource
from budgetlod.rdf.names import BLOD, DCTERMS, RDF
from budgetlod.validate.facts import Facts, local
from budgetlod.validate.printed import Document
from budgetlod.validate.report import SEVERITIES, Finding, Messages, Report, Severity
from budgetlod.validate.subject import Subject
from budgetlod.validate.words import SEVERITY_NAMES, rule_of

Answer = Literal["yes", "no", "unknown"]
ANSWERS: Mapping[Answer, Messages] = {
    "yes": Messages("是", "yes"),
    "no": Messages("否", "no"),
    "unknown": Messages("无法判断", "cannot be told"),
}
_GRAVE: tuple[Severity, ...] = ("violation", "warning")
_PROBLEMS: Mapping[str, Severity] = {"error": "violation", "warning": "warning", "info": "info"}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the form: what it asks, and what answers it (the members of ``shapes/checklist.toml``)."""

    id: str
    name: Messages
    question: Messages
    section: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    property: str = ""
    within: tuple[str, str, int] | None = None
    checks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    optional: bool = False


class Issue(NamedTuple):
    """What is wrong, as a sentence, with severity, rules, first place and the reason for which it is accepted."""

    severity: Severity
    rules: str
    text: Messages
    place: Messages
    accepted: str = ""

    @property
    def is_grave(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.severity in _GRAVE and not self.accepted

    @property
    def weight(self) -> Messages:
        """The severity in words."""
        return SEVERITY_NAMES[self.severity]


class Line(NamedTuple):
    """An answered line."""

    item: Item
    answer: Answer
    issues: tuple[Issue, ...]

    @property
    def faults(self) -> int:
        """How many issues somebody has to do something about."""
        return sum(issue.is_grave for issue in self.issues)


class Form(NamedTuple):
    """The form of one disclosure."""

    title: Messages
    about: str
    issued: str
    lines: tuple[Line, ...]

    @property
    def faults(self) -> int:
        """How many issues of the disclosure somebody has to do something about."""
        return sum(line.faults for line in self.lines)


@cache
def items() -> tuple[Item, ...]:
    """Return the lines of the form in their order."""
    with resource("shapes/checklist.toml").open("rb") as file:
        return tuple(_item(row) for row in tomllib.load(file)["item"])


def fill_in(subject: Subject) -> Form:
    """Return the form of one validated disclosure; raises ``ValueError`` for a report without its data."""
    if subject.data is None:
        raise ValueError("a form is filled in from the data")
    facts, report = Facts(subject.data.store), subject.report
    about = report.about[0] if report.about else ""
    document = Document(subject.data.store, about)
    listed = _listed(report, document, facts)
    answers = _Answers(facts, report, about)
    zh, en = document.name()
    spare = about or subject.folder + subject.file
    return Form(
        Messages(zh or spare, en or spare),
        about,
        facts.one(about, DCTERMS + "issued"),
        tuple(Line(item, answers.answer(item), tuple(listed[item.id])) for item in items()),
    )


class _Answers:
    """Answers of one disclosure, from its graph and its report."""

    def __init__(self, facts: Facts, report: Report, about: str) -> None:
        self._facts, self._report, self._about = facts, report, about
        found = facts.subjects(RDF + "type", BLOD + "Section")
        self._sections = {local(facts.one(node, "sectionType")) for node in found}
        self._sections |= {local(code) for code in facts.all(about, "covers")}
        tables = facts.subjects(RDF + "type", BLOD + "Statement")
        self._tables = {local(facts.one(node, "statementType")) for node in tables}

    def answer(self, item: Item) -> Answer:
        """Return the answer to one line."""
        if item.within:
            return self._in_time(*item.within)
        if item.checks:
            return self._checked(item)
        if item.property:
            return "yes" if self._facts.one(self._about, item.property) else "unknown"
        if self._sections.intersection(item.section) or self._tables.intersection(item.statement):
            return "yes"
        return "no" if self._would_be_known(item) else "unknown"

    def _would_be_known(self, item: Item) -> bool:
        """Return whether a part that is not found is missing: the parts of its kind that the document has are known."""
        if item.optional or not (item.section or item.statement):
            return False
        if item.statement and (self._facts.one(self._about, "unrecognisedTables") != "0" or not self._tables):
            return False
        titles = {local(code) for code in self._facts.all(self._about, "titleWithoutTable")}
        return not titles.intersection(item.statement) and (not item.section or bool(self._sections - {"", "other"}))

    def _checked(self, item: Item) -> Answer:
        open_ones = (f for f in self._report.findings if f.family in item.checks and not f.accepted)
        severities = {finding.severity for finding in open_ones}
        if "violation" in severities:
            return "no"
        # A warning is probably a mistake, which somebody has to look at: it is no answer.
        return "yes" if "warning" not in severities and self._tables.intersection(item.needs) else "unknown"

    def _in_time(self, start: str, end: str, days: int) -> Answer:
        first, last = (_day(self._facts.one(self._about, name)) for name in (start, end))
        if first is None or last is None:
            return "unknown"
        return "yes" if (last - first).days <= days else "no"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _listed(report: Report, document: Document, facts: Facts) -> dict[str, list[Issue]]:
    """Return what is wrong by line, the gravest first."""
    found: dict[str, list[Issue]] = {item.id: [] for item in items()}
    for finding in report.findings:
        found[_line(finding, document, facts).id].append(_issue(finding))
    for problem in report.problems:
        item = next((one for one in items() if problem.rule in one.rules), items()[-1])
        place = Messages(problem.place, problem.place)
        texts = Messages(problem._replace(file="").text("zh"), problem._replace(file="").text("en"))
        found[item.id].append(Issue(_PROBLEMS[problem.severity], problem.rule, texts, place))
    for issues in found.values():
        issues.sort(key=lambda issue: SEVERITIES.index(issue.severity))
    return found


def _line(finding: Finding, document: Document, facts: Facts) -> Item:
    """Return the line that lists a finding: by rule, by the first place that is in one, by family, or the last."""
    rules = next((item for item in items() if rule_of(finding) in item.rules), None)
    if rules:
        return rules
    for place in finding.places:
        home = document.home(place.iri)
        kinds = local(facts.one(home, "statementType")), local(facts.one(home, "sectionType"))
        here = next((item for item in items() if kinds[0] in item.statement or kinds[1] in item.section), None)
        if here:
            return here
    return next((item for item in items() if finding.family in item.families), items()[-1])


def _issue(finding: Finding) -> Issue:
    first = finding.places[0] if finding.places else None
    return Issue(
        finding.severity,
        " ".join(finding.identifiers or (rule_of(finding),)),
        finding.messages,
        Messages(first.zh, first.en) if first else Messages("", ""),
        finding.accepted,
    )


def _item(row: Mapping[str, Any]) -> Item:
    lists = ("section", "statement", "checks", "needs", "rules", "families")
    within = row.get("within")
    return Item(
        id=row["id"],
        name=Messages(row["zh"], row["en"]),
        question=Messages(row["ask_zh"], row["ask_en"]),
        property=_full(row.get("property", "")),
        within=(_full(within["after"]), _full(within["day"]), within["days"]) if within else None,
        optional=row.get("optional", False),
        **{name: tuple(row.get(name, ())) for name in lists},
    )


def _full(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return {"dcterms": DCTERMS, "blod": BLOD}[prefix] + rest if name else ""
