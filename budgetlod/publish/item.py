"""What one disclosure brings to a publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

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


@dataclass(frozen=True, slots=True)
class PublishedDisclosure:
    """One disclosure ready to be written.

    ``iri`` is the disclosure's IRI and ``folder`` its relative path (``dataset/<org>/<year>-<phase>``);
    ``triples`` are sorted and without duplicates. ``source_file`` is the name under which ``source_bytes`` are
    published (the name that the evidence points to), ``more_sources`` are further files of the same document. ``report_files`` are written as given. ``issued`` and
    ``modified`` are the lexical forms of an xsd:date, xsd:gYearMonth or xsd:gYear; ``licence``, ``area``
    and ``original_page`` (where the document was first published) are IRIs. Empty text means unknown and is not published.
    """

    iri: str
    folder: str
    triples: list[Triple]
    fiscal_year: int
    title_zh: str
    publisher: Publisher
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
    source_bytes: bytes = b""
    source_media_type: str = "text/plain"
    more_sources: tuple[SourceCopy, ...] = ()
    report_files: Mapping[str, bytes] = field(default_factory=dict)
