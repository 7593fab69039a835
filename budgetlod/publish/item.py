"""What one disclosure brings to a publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from budgetlod.publish.quality import Quality
from budgetlod.rdf.terms import Triple


class Publisher(NamedTuple):
    """The body that publishes a disclosure or a catalogue: an IRI and its names."""

    iri: str
    name_zh: str
    name_en: str = ""


class Contact(NamedTuple):
    """Whom to ask about a disclosure; every part may be empty."""

    name: str = ""
    email: str = ""
    telephone: str = ""
    page: str = ""


class SourceCopy(NamedTuple):
    """A further file of the source document, as it is published."""

    file: str
    media_type: str
    content: bytes


class VersionRecord(NamedTuple):
    """A version of a disclosure: its number, its date (as ``issued``), and how many figures changed from the one before."""

    number: int
    date: str
    changed: int = 0
    added: int = 0
    removed: int = 0


class Withdrawn(NamedTuple):
    """That a disclosure was withdrawn: on which day (xsd:date, xsd:gYearMonth or xsd:gYear), and why."""

    date: str
    reason: str


class Withdrawal(NamedTuple):
    """What a publisher withdraws: the disclosure (its folder, ``dataset/<org>/<year>-<phase>``), when and why."""

    folder: str
    date: str
    reason: str

    @property
    def withdrawn(self) -> Withdrawn:
        """What the disclosure's entry keeps."""
        return Withdrawn(self.date, self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a publication says of one disclosure, wherever it speaks of it.

    ``iri`` is the disclosure's IRI and ``folder`` its relative path (``dataset/<org>/<year>-<phase>``). ``publisher`` is the
    department, with its IRI; ``level`` and ``phase`` are notations of the code lists. ``source_file`` is the name under which
    the source is published (the name that the evidence points to). ``issued`` and ``modified`` are the lexical forms of an
    xsd:date, xsd:gYearMonth or xsd:gYear; ``licence``, ``area`` and ``original_page`` (where the document was first published)
    are IRIs. ``quality`` is what reading and validation counted. ``version`` counts the versions of the data
    from 1, ``versions`` are all of them, oldest first: both are found when the disclosure is written. Empty text means
    unknown and is not published.
    """

    iri: str
    folder: str
    fiscal_year: int
    title_zh: str
    publisher: Publisher
    phase: str = ""
    level: str = ""
    title_en: str = ""
    description_zh: str = ""
    description_en: str = ""
    keywords_zh: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    issued: str = ""
    modified: str = ""
    licence: str = ""
    rights: str = ""
    area: str = ""
    contact: Contact | None = None
    original_page: str = ""
    source_file: str = ""
    source_media_type: str = "text/plain"
    quality: Quality | None = None
    version: int = 1
    versions: tuple[VersionRecord, ...] = ()

    @property
    def checks(self) -> dict[str, int]:
        """The counts of the quality that were measured, and the printed ``numbers`` in tables altogether."""
        measured = self.quality.to_json() if self.quality else {}
        numbers = measured.get("mapped", 0) + measured.get("unmapped", 0)
        return measured | ({"numbers": numbers} if "mapped" in measured else {})

    @property
    def organization(self) -> str:
        """The IRI of the department."""
        return self.publisher.iri


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDisclosure(Described):
    """One disclosure ready to be written.

    ``triples`` are sorted and without duplicates. ``more_sources`` are further files of the same document.
    ``report_files`` are written as given, by name.
    """

    triples: list[Triple]
    source_bytes: bytes = b""
    more_sources: tuple[SourceCopy, ...] = ()
    report_files: Mapping[str, bytes] = field(default_factory=dict)
