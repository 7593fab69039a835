"""The report as text for people: a paragraph a finding, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetlod.validate.report import SEVERITIES, Finding, Messages, Place, Report, Result, Severity
from budgetlod.validate.subject import Language, Style, Subject
from budgetlod.validate.words import SEVERITY_NAMES, rule_of, said, shape_name, stale, verdict

_PLACES_SHOWN = 12
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_COLOURS: dict[Severity, str] = {"violation": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}
_MOST_LIKELY = Messages("最可能", "most likely")
_ACCEPTED = Messages("已接受", "accepted")


def write(subjects: Sequence[Subject], style: Style) -> str:
    """Return the reports for reading, one after the other; more than one each under the address of its disclosure."""
    texts = []
    for subject in subjects:
        name = ", ".join(subject.report.about) or subject.folder + subject.file
        heading = f"{_coloured(name, _BOLD, style)}\n" if len(subjects) > 1 else ""
        texts.append(heading + to_text(subject.report, style))
    return "\n".join(texts)


def to_text(report: Report, style: Style) -> str:
    """Return one report: the verdict, a paragraph for each finding, and what else there is to say."""
    shown = [f for f in report.findings if SEVERITIES.index(f.severity) <= SEVERITIES.index(style.minimum)]
    blocks = [
        "\n".join(_head(report, style)),
        *("\n".join(_paragraph(finding, style)) for finding in shown),
        "\n".join(_left_out(len(report.findings) - len(shown), style)),
        "\n".join(_problems(report, style)),
        "\n".join(_stale(report, style)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(report: Report, style: Style) -> Iterator[str]:
    yield _coloured(said(verdict(report), style.language), _BOLD, style)
    yield _say(
        f"规则 {report.profile}，引擎 {report.engine}", f"shapes {report.profile}, engine {report.engine}", style
    )
    if report.delegated:
        names = ", ".join(shape_name(iri) for iri in report.delegated)
        yield _say(f"交由参考引擎检查：{names}", f"left to the reference engine: {names}", style)


def _paragraph(finding: Finding, style: Style) -> Iterator[str]:
    """Yield the lines of a finding: severity, number and rules, what is wrong, the places, the key."""
    mark = _coloured(said(SEVERITY_NAMES[finding.severity], style.language), _COLOURS[finding.severity], style)
    note = f" ({said(_ACCEPTED, style.language)})" if finding.accepted else ""
    yield f"{mark} {finding.number}{note}  {' '.join(finding.identifiers or (rule_of(finding),))}"
    yield f"  {said(finding.messages, style.language)}"
    if finding.accepted:
        yield "  " + _say(f"接受的理由：{finding.accepted}", f"accepted because: {finding.accepted}", style)
    yield from _places(finding.places, style)
    if style.results:
        yield from (line for result in finding.results for line in _result(result, style.language))
    yield _coloured(f"  {finding.family} {finding.key}", _DIM, style)


def _places(places: Sequence[Place], style: Style) -> Iterator[str]:
    """Yield a line a place, the most likely first and said to be so."""
    for index, place in enumerate(places[:_PLACES_SHOWN]):
        text = place.zh if style.language == "zh" else place.en
        first = f" ({said(_MOST_LIKELY, style.language)})" if index == 0 and len(places) > 1 else ""
        yield f"  {'→' if index == 0 else '-'} {text}{first}"
    if (rest := len(places) - _PLACES_SHOWN) > 0:
        yield "  - " + _say(f"……另有 {rest} 处", f"… and {rest} more", style)


def _result(result: Result, language: Language) -> Iterator[str]:
    """Yield the lines of one result of a shape."""
    terms = " ".join(part for part in (result.focus, result.path, result.value) if part)
    yield f"  = {said(result.messages, language)}"
    yield f"    {shape_name(result.shape)} {result.severity} {terms}"


def _left_out(number: int, style: Style) -> Iterator[str]:
    if number:
        lowest = said(SEVERITY_NAMES[style.minimum], style.language)
        yield _say(
            f"另有 {number} 个轻于“{lowest}”的发现未列出", f"findings lighter than {lowest} not shown: {number}", style
        )


def _problems(report: Report, style: Style) -> Iterator[str]:
    """Yield what the reader found that a rule of the catalogue is about."""
    found = [problem for problem in report.problems if problem.rule]
    if found:
        yield _say("阅读原文时发现：", "Found while reading:", style)
    for problem in found:
        text = problem._replace(file="").text(style.language)
        yield f"  {problem.severity} {problem.rule}  {text}"


def _stale(report: Report, style: Style) -> Iterator[str]:
    mark = _coloured(said(SEVERITY_NAMES["warning"], style.language), _COLOURS["warning"], style)
    for acceptance in report.stale:
        yield f"{mark}  {said(stale(acceptance), style.language)}"


def _say(zh: str, en: str, style: Style) -> str:
    return zh if style.language == "zh" else en


def _coloured(text: str, colour: str, style: Style) -> str:
    return f"{colour}{text}{_PLAIN}" if style.colour else text
