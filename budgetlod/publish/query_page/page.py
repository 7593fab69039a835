"""``query/index.html`` and ``query/index.en.html`` with all that they load: :func:`query_page`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from budgetlod.publish.addresses import PAGE_NAMES
from budgetlod.publish.query_page.answers import LABELS, Answers
from budgetlod.publish.query_page.examples import Example, examples
from budgetlod.publish.query_page.links import PageRule, disclosure_rule
from budgetlod.publish.query_page.scripts import VOCABULARY, asset_files, script_path, vocabulary_script
from budgetlod.publish.query_page.terms import terms_script
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.site.rendering import render
from budgetlod.rdf.formats import VOCABULARY_GRAPH
from budgetlod.rdf.names import CODE, PREFIXES

SECONDS = 30
"""A query that takes longer is stopped."""
ROWS = 200
"""So many rows are shown at a time; downloads hold all."""
BARS = 50


class Dataset(NamedTuple):
    """A disclosure that may be loaded: its IRI, folder, titles, and the size of ``data.nt.gz`` there.

    ``size`` is in bytes, ``triples`` their number.
    """

    iri: str
    folder: str
    title_zh: str
    title_en: str
    triples: int
    size: int

    @property
    def path(self) -> str:
        """Where its N-Triples stand, relative to the publication."""
        return f"{self.folder}/data.nt.gz"


class Everything(NamedTuple):
    """All data as one file: path and size in bytes."""

    path: str
    size: int


def query_page(
    datasets: Sequence[Dataset],
    everything: Everything,
    answers: Answers,
    settings: PublicationSettings,
    rules: Sequence[PageRule] = (),
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the page in both languages, of its scripts and of the vocabulary as a script.

    The first of ``datasets`` is loaded when the page opens; ``answers`` are those for it. ``rules`` say which IRIs
    have pages besides disclosures. The data scripts of :func:`~budgetlod.publish.query_page.scripts.data_script` are
    written with each disclosure. Raises ``ValueError`` when there are no datasets.
    """
    if not datasets:
        raise ValueError("a query page needs at least one dataset")
    every_rule = [*rules, disclosure_rule(settings.base)]
    for language, name in PAGE_NAMES.items():
        shown = examples(language)
        values = {
            "settings": settings,
            "datasets": datasets,
            "everything": everything.size,
            "examples": shown,
            "answers": {one.name: answers.shown(one.name, language, every_rule, settings.base) for one in shown},
            "script": _script_settings(language, datasets, everything, settings.base, every_rule, shown),
            "size": readable_size,
        }
        yield render("query.html", f"query/{name}", values, language)
    yield vocabulary_script()
    yield "assets/query-terms.js", terms_script()
    yield from asset_files()


def readable_size(number: int) -> str:
    """Return a number of bytes in KB or MB (powers of ten).

    >>> readable_size(248_791), readable_size(1_905_112)
    ('249 KB', '1.9 MB')
    """
    return f"{number / 1_000_000:.1f} MB" if number >= 1_000_000 else f"{max(1, round(number / 1000))} KB"


def _script_settings(
    language: str,
    datasets: Sequence[Dataset],
    everything: Everything,
    base: str,
    rules: Sequence[PageRule],
    shown: Sequence[Example],
) -> dict[str, Any]:
    """Return what the page's script has to know, as JSON values."""
    said = _words()
    return {
        "language": language,
        "root": "../",
        "base": base,
        "prefixes": PREFIXES,
        "labels": LABELS,
        "pages": [{"iri": rule.iri, "page": rule.zh if language == "zh" else rule.en} for rule in rules],
        "vocabulary": {
            "graph": VOCABULARY_GRAPH,
            "code": CODE,
            "name": VOCABULARY,
            "script": "query/data/vocabulary.js",
        },
        "all": {"path": everything.path},
        "datasets": [
            {"iri": one.iri, "folder": one.folder, "path": one.path, "script": script_path(one.folder)}
            for one in datasets
        ],
        "examples": [example._asdict() for example in shown],
        "words": {key: entry[language] for key, entry in said["words"].items()},
        "reasons": [reason[language] for reason in said["reasons"]],
        "faults": [{"pattern": fault["pattern"], "words": fault[language]} for fault in said["faults"]],
        "seconds": SECONDS,
        "rows": ROWS,
        "bars": BARS,
    }


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
