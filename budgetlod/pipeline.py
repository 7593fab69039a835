"""read → interpret → map → validate → gate → publish, on one screen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budgetlod.building import Plan, Prepared, Progress, Publication, build_publication
from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile
from budgetlod.publish.folder import check_destination
from budgetlod.publish.item import Contact, PublishedDisclosure, Publisher, SourceCopy, Withdrawal
from budgetlod.publish.quality import Quality
from budgetlod.publish.settings import PublicationSettings
from budgetlod.read.limits import DEFAULTS, Limits
from budgetlod.read.notes import NOTES
from budgetlod.read.sources import find_sources
from budgetlod.validate import DEFAULT_ENGINE, DEFAULT_PROFILE

# What reads, maps and validates is loaded where that is done: a build that finds nothing changed needs none of it.
if TYPE_CHECKING:
    from budgetlod.model.disclosure import Disclosure, Source
    from budgetlod.rdf.terms import Triple
    from budgetlod.validate.report import Report
    from budgetlod.validate.review import Review

Words = tuple[str, str]
"""A sentence in Chinese and English."""


@dataclass(frozen=True)
class BuildOptions:
    """How to build: addresses and texts of the publication, the engine and the gate.

    ``engine`` is empty to publish without validation; the folder then holds no validation report. The other fields are
    those of :class:`~budgetlod.building.Plan`.
    """

    settings: PublicationSettings = field(default_factory=PublicationSettings)
    engine: str = DEFAULT_ENGINE
    profile: str = DEFAULT_PROFILE
    allow_nonconforming: bool = False
    withdrawals: tuple[Withdrawal, ...] = ()
    day: str = ""
    full: bool = False
    keep_going: bool = False
    limits: Limits = DEFAULTS
    jobs: int = 0


class Built(NamedTuple):
    """One disclosure on its way: its source, what was read, its graph, and what validation found (if it ran)."""

    source: SourceFile
    disclosure: Disclosure
    triples: list[Triple]
    report: Report | None


class Told(NamedTuple):
    """What a build tells of a disclosure: whose it is, what was counted, the problems, the verdict of validation."""

    name: str
    fiscal_year: int
    phase: str
    tables: int
    amounts: int
    figures: int
    projects: int
    triples: int
    problems: tuple[Problem, ...]
    verdict: Words | None
    stale: tuple[Words, ...] = ()


def build(
    paths: Sequence[Path], destination: Path, options: BuildOptions, progress: Progress | None = None
) -> Publication:
    """Build the publication of all sources that ``paths`` name, and return what became of it.

    Raises :class:`BadInput` and :class:`~budgetlod.validate.gate.NonConforming` (the gate) as
    :func:`~budgetlod.building.build_publication` does; what was published before is then untouched.
    """
    plan = Plan(
        settings=options.settings,
        make=partial(prepare, options=options),
        validation=(options.engine, options.profile if options.engine else ""),
        allow=options.allow_nonconforming,
        **{name: getattr(options, name) for name in _HANDED_ON},
    )
    check_destination(destination)
    return build_publication(_sources(paths, options), destination, plan, progress)


def _sources(paths: Sequence[Path], options: BuildOptions) -> list[SourceFile]:
    """Find the sources; there may be none left when the last disclosure is withdrawn."""
    try:
        return find_sources(list(paths))
    except BadInput as error:
        if options.withdrawals and {problem.code for problem in error.problems} == {"source-none"}:
            return []
        raise


_HANDED_ON = ("withdrawals", "day", "full", "keep_going", "limits", "jobs")


def prepare(source: SourceFile, options: BuildOptions) -> Prepared:
    """Make a source ready to be published: read, map, validate, and hold it back if it does not conform."""
    built = build_one(source, options)
    if built.report is not None and not _may_go_out(built.report, options):
        return Prepared(None, _told(built), built.report)
    return Prepared(_item(built, options.settings), _told(built))


def _may_go_out(report: Report, options: BuildOptions) -> bool:
    from budgetlod.validate.gate import may_publish

    return may_publish(report, allow_nonconforming=options.allow_nonconforming)


def build_one(source: SourceFile, options: BuildOptions) -> Built:
    """Read one source, map it and validate its graph."""
    from budgetlod.mapping.disclosure import to_triples
    from budgetlod.rdf.lexicon import load_lexicon

    disclosure = read_source(source)
    triples = to_triples(disclosure, load_lexicon(), options.settings.base)
    report = _checked(source, disclosure, triples, options) if options.engine else None
    return Built(source, disclosure, triples, report)


def _told(built: Built) -> Told:
    disclosure, content = built.disclosure, built.disclosure.content
    who = disclosure.identity
    verdict, stale = _verdict(built.report)
    amounts = sum(cell.amount is not None for s in content.statements for cell in s.cells)
    return Told(
        who.name, who.fiscal_year, who.phase, len(content.statements), amounts, len(disclosure.figures),
        len(content.projects), len(built.triples), disclosure.problems, verdict, stale,
    )  # fmt: skip


def _verdict(report: Report | None) -> tuple[Words | None, tuple[Words, ...]]:
    """Return what validation found in a sentence, and what is accepted in vain."""
    if report is None:
        return None, ()
    from budgetlod.validate import words

    said = words.verdict(report)
    stale = [words.stale(acceptance) for acceptance in report.stale]
    return (said.zh, said.en), tuple((one.zh, one.en) for one in stale)


def read_source(source: SourceFile) -> Disclosure:
    """Read and interpret one source; raises :class:`BadInput`."""
    from budgetlod.interpret.disclosure import interpret
    from budgetlod.rdf.lexicon import load_lexicon
    from budgetlod.read.parts import read_parts

    return interpret(read_parts(source.paths), load_lexicon(), source.notes)


def check(
    triples: Sequence[Triple], profile: str | Sequence[str] = DEFAULT_PROFILE, engine: str = DEFAULT_ENGINE
) -> Report:
    """Validate a graph of ours."""
    from budgetlod.validate import validate
    from budgetlod.validate.data import Data

    return validate(Data.of_triples(triples), profile=profile, engine=engine)


def _checked(source: SourceFile, disclosure: Disclosure, triples: Sequence[Triple], options: BuildOptions) -> Report:
    from budgetlod.validate.data import Data
    from budgetlod.validate.review import validate_reviewed

    review = review_of(source, disclosure)
    return validate_reviewed(Data.of_triples(triples), review, profile=(options.profile,), engine=options.engine)


def review_of(source: SourceFile, disclosure: Disclosure) -> Review:
    """Return what a source and the reading of it add to validation; raises :class:`BadInput` for unknown profiles."""
    from budgetlod.validate.review import Review

    notes = source.notes
    if notes.profiles:
        _check_profiles(source)
    problems = tuple(problem for problem in disclosure.problems if problem.rule)
    return Review(notes.profiles, notes.accepted, problems)


def _check_profiles(source: SourceFile) -> None:
    # The shapes need rdflib, half the start-up time of a command that does not validate.
    from budgetlod.validate.shapes import families, profiles

    known = [*profiles(), *families()]
    unknown = ", ".join(name for name in source.notes.profiles if name not in known)
    if unknown:
        names = ", ".join(known)
        zh, en = f"没有这样的规则：{unknown}", f"there are no such shapes: {unknown}"
        hint = f"可用的名称：{names}", f"names: {names}"
        notes = str(source.path.parent / NOTES)
        raise BadInput(Problem("notes-value", "error", zh, en, *hint, notes, "[validation] profiles"))


def _item(built: Built, settings: PublicationSettings) -> PublishedDisclosure:
    """Return a disclosure as the publisher takes it."""
    from budgetlod.interpret.coverage import reading
    from budgetlod.mapping.disclosure import title
    from budgetlod.rdf.iris import Iris, code

    read = reading(built.disclosure)
    disclosure, iris = built.disclosure, Iris(built.disclosure.identity, settings.base)
    who, source = disclosure.identity, disclosure.source
    content = disclosure.content
    return PublishedDisclosure(
        iri=iris.plain,
        folder=iris.folder,
        triples=built.triples,
        fiscal_year=who.fiscal_year,
        phase=who.phase,
        level=who.level,
        title_zh=title(disclosure, "zh"),
        title_en=title(disclosure, "en"),
        publisher=Publisher(iris.organization.strip("<>"), source.publisher, source.publisher_en),
        description_zh=f"{title(disclosure, 'zh')}公开的全部数字、出处、项目和绩效指标："
        f"{len(content.statements)}张表，{len(disclosure.figures)}个数字，{len(content.projects)}个项目。",
        description_en=f"All figures, places, projects and performance indicators of the disclosure: "
        f"{len(content.statements)} tables, {len(disclosure.figures)} figures, {len(content.projects)} projects.",
        keywords_zh=("部门预算", "预算公开", "绩效目标", "“三公”经费"),
        keywords_en=("budget", "budget disclosure", "performance targets", "government expenditure"),
        issued=source.issued,
        modified=source.modified,
        licence=source.licence,
        rights=source.rights,
        contact=_contact(source),
        original_page=source.landing_page,
        area=code("area", who.area).strip("<>") if who.area else "",
        source_file=source.file,
        source_bytes=built.source.path.read_bytes(),
        source_media_type=source.media_type,
        more_sources=tuple(
            SourceCopy(part.file, part.media_type, path.read_bytes())
            for part, path in zip(source.more, built.source.more, strict=True)
        ),
        report_files=_reports(built, read),
        quality=_quality(built, read["coverage"]),
    )


def _quality(built: Built, coverage: Mapping[str, Any]) -> Quality:
    """Return what the catalogue says of the quality of a disclosure: coverage, and findings if it was validated."""
    read = Quality(mapped=coverage["mapped"], unmapped=len(coverage["unmapped"]))
    if built.report is None:
        return read
    from budgetlod.validate.shapes import load_shapes

    found = built.report.open_counts()
    return replace(
        read,
        violations=found["violation"],
        warnings=found["warning"],
        infos=found["info"],
        accepted=len(built.report.accepted),
        rules=len(load_shapes(*built.report.profile.split("+")).rules),
    )


def _contact(source: Source) -> Contact | None:
    """Return whom to ask: an address with @ is for mail, one that begins with http a page, digits a telephone."""
    text = source.contact
    if not text:
        return None
    if "@" in text:
        return Contact(name=source.publisher, email=text)
    if text.startswith("http"):
        return Contact(name=source.publisher, page=text)
    number = text.replace("-", "").replace(" ", "").lstrip("+").isdigit()
    return Contact(name=source.publisher, telephone=text) if number else Contact(name=text)


def _reports(built: Built, read: Mapping[str, Any]) -> dict[str, bytes]:
    """Return what was read and what validation found, as files."""
    files = {"reading.json": (json.dumps(read, ensure_ascii=False, indent=2) + "\n").encode()}
    if built.report is not None:
        from budgetlod.validate.data import Data
        from budgetlod.validate.render import to_html, to_json, to_turtle

        files["report.html"] = to_html(built.report, Data.of_triples(built.triples)).encode()
        files["report.json"] = to_json(built.report, compact=True).encode()
        files["report.ttl"] = to_turtle(built.report).encode()
    return files
