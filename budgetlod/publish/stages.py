"""The two stages in which a publication is made, and what each of them hands to those who make its pages.

In the first stage each disclosure becomes a folder, from its own graph alone; what the whole wants to know of it later is
kept as a summary in its :class:`~budgetlod.publish.entry.Entry`. In the second the pages of the whole are made from the entries
alone, so that a disclosure that did not change is not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from budgetlod.publish.entry import CataloguedFile, Entry
from budgetlod.publish.material import Material
from budgetlod.publish.settings import PublicationSettings

Page = tuple[str, bytes]
"""A path below the publication's root, and the bytes of the file (before packing, where the path ends in ``.gz``)."""


class Disclosed(NamedTuple):
    """What the pages of a disclosure are made from: its material, the files that the catalogue offers, the settings."""

    material: Material
    files: Sequence[CataloguedFile]
    settings: PublicationSettings


class Overview(NamedTuple):
    """What the pages of the whole are made from: the entries in order, and the folder in which the first stage wrote.

    ``withdrawn`` are the entries of disclosures that were withdrawn; ``entries`` are the others.
    """

    entries: Sequence[Entry]
    settings: PublicationSettings
    folder: Path
    context: Mapping[str, Any]
    withdrawn: Sequence[Entry] = ()


class Feature(NamedTuple):
    """One thing that a publication shows; what it does not do is ``None``.

    ``pages`` makes files of a disclosure, ``summary`` what the feature wants to know of it later (plain JSON), ``overview``
    makes files of the whole, from the summaries under its own name in the entries.
    """

    name: str
    pages: Callable[[Disclosed], Iterable[Page]] | None = None
    summary: Callable[[Material], Any] | None = None
    overview: Callable[[Overview], Iterable[Page]] | None = None
