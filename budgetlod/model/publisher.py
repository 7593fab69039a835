"""What a publisher states about a source document beside what the document says itself (``source.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from budgetlod.model.corrections import Corrections


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A reviewed fault that a publisher accepts (``[[accepted]]`` of ``source.toml``): which, where, and why.

    ``rule`` is a catalogue id or the name of a shape; ``place`` the end of the IRI of a place, or the key of a
    finding (or empty: anywhere).
    """

    rule: str
    reason: str
    place: str = ""


class SourceNotes(NamedTuple):
    """The contents of a ``source.toml``; an empty value is not stated, and then read from the document.

    ``issued`` and ``modified`` are a year, year-month or date (W3C-DTF); ``licence`` an IRI; ``phase``, ``level`` and ``unit`` are notations of
    the code lists; ``organization`` overrides the short name used in IRIs. ``files`` are the files of the disclosure,
    ``sha256`` their checksums in the same order. ``profiles`` are shapes that the graph must meet besides the usual
    ones, ``accepted`` the faults that the publisher has reviewed, ``corrections`` what a person corrects in the reading
    (from a file of its own). ``withdrawn`` is the date on which the disclosure was withdrawn, ``withdrawn_disclosure`` its name
    in the publication (``<org>/<year>-<phase>``).
    """

    files: tuple[str, ...] = ()
    sha256: tuple[str, ...] = ()
    issued: str = ""
    modified: str = ""
    licence: str = ""
    rights: str = ""
    landing_page: str = ""
    publisher: str = ""
    publisher_en: str = ""
    contact: str = ""
    area: str = ""
    organization: str = ""
    name: str = ""
    code: str = ""
    fiscal_year: int = 0
    phase: str = ""
    level: str = ""
    unit: str = ""
    profiles: tuple[str, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    withdrawn: str = ""
    withdrawn_reason: str = ""
    withdrawn_disclosure: str = ""
    corrections: Corrections = Corrections()


class SourceFile(NamedTuple):
    """A source document on disk with its notes; ``more`` are further files of the same disclosure."""

    path: Path
    notes: SourceNotes = SourceNotes()
    more: tuple[Path, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """All files of the disclosure, in reading order."""
        return self.path, *self.more
