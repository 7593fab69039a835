"""The query page as a part of a publication: what may be loaded, prepared answers, and the data as scripts."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from budgetlod.publish.entry import Entry
from budgetlod.publish.query_page.answers import Answers
from budgetlod.publish.query_page.links import page_rules
from budgetlod.publish.query_page.page import Dataset, Everything, query_page
from budgetlod.publish.query_page.scripts import data_script
from budgetlod.publish.stages import Overview, Page
from budgetlod.publish.void import ALL_QUADS


def pages(whole: Overview) -> Iterator[Page]:
    """Yield the query page with all that it loads; nothing where there are no data to ask."""
    if not whole.entries:
        return
    datasets = []
    for entry in whole.entries:
        packed = (whole.folder / entry.folder / "data.nt.gz").read_bytes()
        yield data_script(entry.folder, packed)
        datasets.append(_dataset(entry, len(packed)))
    answers = Answers(gzip.decompress((whole.folder / datasets[0].path).read_bytes()))
    everything = Everything(ALL_QUADS, (whole.folder / ALL_QUADS).stat().st_size)
    yield from query_page(datasets, everything, answers, whole.settings, page_rules(whole.settings.base))


def _dataset(entry: Entry, size: int) -> Dataset:
    return Dataset(entry.iri, entry.folder, entry.title_zh, entry.title_en, entry.counts.triples, size)
