"""What the commands that check take: documents, source folders, published folders and RDF files, validated one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from budgetlod import pipeline
from budgetlod.bounded import each_bounded
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.publisher import SourceFile
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.parsing import FORMATS, parse_file
from budgetlod.rdf.terms import Triple
from budgetlod.read.limits import DEFAULTS, Limits
from budgetlod.read.sources import find_sources
from budgetlod.validate.review import Review, validate_reviewed
from budgetlod.validate.subject import Subject

if TYPE_CHECKING:
    from budgetlod.validate.data import Data

_REPORT = "report.json"


class _Input(NamedTuple):
    """One graph to check, what is known beside it, and where the document lies: folder and file name."""

    data: Data
    review: Review
    folder: Path
    file: str = ""


def checked(
    paths: Sequence[Path], profile: tuple[str, ...], engine: str, limits: Limits = DEFAULTS, jobs: int = 0
) -> list[Subject]:
    """Return a report for each disclosure that the paths hold; raises :class:`BadInput`.

    Documents are read in processes of their own, so many (``jobs``) at a time, each held to ``limits``.
    """
    return [_checked(one, profile, engine) for path in paths for one in _inputs(path, limits, jobs)]


def _checked(one: _Input, profile: tuple[str, ...], engine: str) -> Subject:
    report = validate_reviewed(one.data, one.review, profile=profile, engine=engine)
    return Subject(report, _relative(one.folder), one.file, one.data)


def _relative(folder: Path) -> str:
    """Return a folder as seen from the current one, ending in ``/``; empty for the current one itself."""
    here, there = Path.cwd(), folder.resolve()
    path = there.relative_to(here) if there.is_relative_to(here) else there
    return "" if path == Path() else f"{path.as_posix().rstrip('/')}/"


def _inputs(path: Path, limits: Limits, jobs: int) -> Iterator[_Input]:
    """Yield the graphs that a path holds, one per disclosure."""
    from budgetlod.validate.data import Data

    if path.is_dir() and (path / "manifest.json").exists():
        for dump in sorted(path.glob("dataset/*/*/data.nt.gz")):
            yield _Input(Data.of_triples(parse_file(dump)), _published_review(dump.parent), dump.parent)
    elif path.suffix.lower() in FORMATS and path.is_file():
        yield _Input(Data.of_triples(parse_file(path)), Review(), path.parent)
    else:
        sources = find_sources([path])
        for source, (triples, review) in zip(sources, each_bounded(_read, sources, limits, jobs), strict=True):
            yield _Input(Data.of_triples(triples), review, source.path.parent, source.path.name)


def _read(source: SourceFile) -> tuple[list[Triple], Review]:
    """Read a document into its graph, and what is known beside it."""
    disclosure = pipeline.read_source(source)
    return to_triples(disclosure, load_lexicon()), pipeline.review_of(source, disclosure)


def _published_review(folder: Path) -> Review:
    """Return what the published report says beside the graph; nothing if it was published without validation."""
    from budgetlod.validate.json_report import read_review

    report = folder / _REPORT
    try:
        return read_review(report.read_bytes()) if report.exists() else Review()
    except (ValueError, OSError) as error:
        zh, en = f"不是有效的验证报告：{error}", f"not a validation report: {error}"
        hint = ("重新发布，或删去该文件", "publish again, or remove the file")
        raise BadInput(Problem("report-damaged", "error", zh, en, *hint, str(report))) from error
