"""read → interpret → map → validate → gate → publish, on one screen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from budgetlod.interpret.coverage import reading
from budgetlod.interpret.disclosure import interpret
from budgetlod.mapping.disclosure import title, to_triples
from budgetlod.model.disclosure import Disclosure, Source
from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile
from budgetlod.publish.publication import (
    Contact,
    PublicationSettings,
    PublishedDisclosure,
    Publisher,
    SourceCopy,
    check_destination,
    publish,
)
from budgetlod.rdf.iris import Iris, code
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.terms import Triple
from budgetlod.read.notes import NOTES
from budgetlod.read.parts import read_parts
from budgetlod.read.sources import find_sources
from budgetlod.validate import DEFAULT_ENGINE, DEFAULT_PROFILE, validate
from budgetlod.validate.review import Review, validate_reviewed

if TYPE_CHECKING:
    from budgetlod.validate.report import Report

Progress = Callable[[Iterable[SourceFile]], Iterable[SourceFile]]


@dataclass(frozen=True)
class BuildOptions:
    """How to build: addresses and texts of the publication, the engine and the gate.

    ``engine`` is empty to publish without validation; the folder then holds no validation report.
    """

    settings: PublicationSettings = field(default_factory=PublicationSettings)
    engine: str = DEFAULT_ENGINE
    profile: str = DEFAULT_PROFILE
    allow_nonconforming: bool = False


class Built(NamedTuple):
    """One disclosure on its way: its source, what was read, its graph, and what validation found (if it ran)."""

    source: SourceFile
    disclosure: Disclosure
    triples: list[Triple]
    report: Report | None


def build(
    paths: Sequence[Path], destination: Path, options: BuildOptions, progress: Progress = lambda sources: sources
) -> list[Built]:
    """Build the publication of all sources that ``paths`` name, and return what was built.

    Raises :class:`BadInput` (bad or conflicting sources, a destination that is no publication) and
    :class:`~budgetlod.validate.gate.NonConforming` (the gate); what was published before is then untouched.
    """
    check_destination(destination)
    sources = find_sources(list(paths))
    built = list(_collect(progress(sources), options))
    _check_rivals(built)
    _gate(built, options)
    publish([_item(one, options.settings) for one in built], destination, options.settings)
    return built


def _collect(sources: Iterable[SourceFile], options: BuildOptions) -> Iterator[Built]:
    """Yield every source built; all bad ones are reported together."""
    problems: list[Problem] = []
    for source in sources:
        try:
            yield build_one(source, options)
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)


def build_one(source: SourceFile, options: BuildOptions) -> Built:
    """Read one source, map it and validate its graph."""
    disclosure = read_source(source)
    triples = to_triples(disclosure, load_lexicon(), options.settings.base)
    report = _checked(source, disclosure, triples, options) if options.engine else None
    return Built(source, disclosure, triples, report)


def read_source(source: SourceFile) -> Disclosure:
    """Read and interpret one source; raises :class:`BadInput`."""
    return interpret(read_parts(source.paths), load_lexicon(), source.notes)


def check(
    triples: Sequence[Triple], profile: str | Sequence[str] = DEFAULT_PROFILE, engine: str = DEFAULT_ENGINE
) -> Report:
    """Validate a graph of ours."""
    from budgetlod.validate.data import Data

    return validate(Data.of_triples(triples), profile=profile, engine=engine)


def _checked(source: SourceFile, disclosure: Disclosure, triples: Sequence[Triple], options: BuildOptions) -> Report:
    from budgetlod.validate.data import Data

    review = review_of(source, disclosure)
    return validate_reviewed(Data.of_triples(triples), review, profile=(options.profile,), engine=options.engine)


def review_of(source: SourceFile, disclosure: Disclosure) -> Review:
    """Return what a source and the reading of it add to validation; raises :class:`BadInput` for unknown profiles."""
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


def _check_rivals(built: Sequence[Built]) -> None:
    claims: dict[str, list[str]] = defaultdict(list)
    for one in built:
        claims[one.disclosure.key].append(str(one.source.path))
    problems = [
        Problem(
            "disclosure-claimed-twice",
            "error",
            f"这些来源都是 {key}：{'、'.join(files)}",
            f"these sources are all the disclosure {key}: {', '.join(files)}",
            "只保留一个，或在 source.toml 中更正 area、code、fiscal_year、phase",
            "keep one, or correct area, code, fiscal_year or phase in source.toml",
            files[-1],
        )
        for key, files in claims.items()
        if len(files) > 1
    ]
    if problems:
        raise BadInput(problems)


def _gate(built: Sequence[Built], options: BuildOptions) -> None:
    for one in built:
        if one.report is not None and not one.report.conforms:
            from budgetlod.validate.gate import guard

            guard(one.report, allow_nonconforming=options.allow_nonconforming)


def _item(built: Built, settings: PublicationSettings) -> PublishedDisclosure:
    """Return a disclosure as the publisher takes it."""
    disclosure, iris = built.disclosure, Iris(built.disclosure.identity, settings.base)
    who, source = disclosure.identity, disclosure.source
    content = disclosure.content
    return PublishedDisclosure(
        iri=iris.plain,
        folder=iris.folder,
        triples=built.triples,
        fiscal_year=who.fiscal_year,
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
        report_files=_reports(built),
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


def _reports(built: Built) -> dict[str, bytes]:
    """Return what was read and what validation found, as files."""
    files = {"reading.json": (json.dumps(reading(built.disclosure), ensure_ascii=False, indent=2) + "\n").encode()}
    if built.report is not None:
        from budgetlod.validate.data import Data
        from budgetlod.validate.render import to_html, to_json, to_turtle

        files["report.html"] = to_html(built.report, Data.of_triples(built.triples)).encode()
        files["report.json"] = to_json(built.report).encode()
        files["report.ttl"] = to_turtle(built.report).encode()
    return files
