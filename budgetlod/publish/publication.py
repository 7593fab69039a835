"""One call that writes a whole publication: ``publish(items, destination, settings)``.

Layout, in the order of writing: one folder per disclosure with the files of the registry (:mod:`budgetlod.publish.outputs`),
source, reports, the pages of the features (:mod:`budgetlod.publish.features`) and the versions; what is left of withdrawn
ones; then the vocabulary (``ontology/``, ``context.jsonld``), what describes all of them (catalogue, VoID, ``all.nq.gz``, pages
of the whole), and at last the manifest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from budgetlod.model.problem import BadInput
from budgetlod.publish.disclosed import Origin, write_disclosure
from budgetlod.publish.edition import claimed_twice, edition
from budgetlod.publish.folder import FolderWriter, check_destination, held
from budgetlod.publish.item import Contact, PublishedDisclosure, Publisher, SourceCopy, Withdrawal
from budgetlod.publish.outputs import OUTPUTS, Output, output_table
from budgetlod.publish.previous import read_previous
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.versions import Past

__all__ = [
    "OUTPUTS",
    "Contact",
    "Output",
    "PublicationSettings",
    "PublishedDisclosure",
    "Publisher",
    "SourceCopy",
    "Withdrawal",
    "check_destination",
    "output_table",
    "publish",
]


def publish(
    items: Sequence[PublishedDisclosure],
    destination: Path,
    settings: PublicationSettings,
    withdrawals: Sequence[Withdrawal] = (),
    day: str = "",
) -> None:
    """Write the publication of ``items`` to the folder ``destination``; it appears whole or not at all.

    What was published there before becomes an earlier version where the data changed. Raises :class:`BadInput` when there
    is nothing to publish, when two items claim one folder, when something published is neither in ``items`` nor withdrawn,
    when another build is at work, and when ``destination`` holds something that is no publication or cannot be written.
    """
    _check_rivals(items)
    with held(destination) as home:
        previous = read_previous(home)
        with edition(home, previous, settings) as made:
            for number, item in enumerate(sorted(items, key=lambda item: item.folder)):
                origin = Origin(past=Past(previous.entries.get(item.folder), home), day=day)
                part = made.part(number)
                made.add(part, write_disclosure(FolderWriter(part), item, settings, origin))
            made.finish(withdrawals)


def _check_rivals(items: Sequence[PublishedDisclosure]) -> None:
    counts = Counter(item.folder for item in items)
    problems = [claimed_twice(folder, count) for folder, count in counts.items() if count > 1]
    if problems:
        raise BadInput(problems)
