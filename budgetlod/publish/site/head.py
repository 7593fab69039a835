"""What the head, the trail and the foot of a page say: typed links, where the page stands, where its data is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from budgetlod.publish.addresses import FEEDS, PAGE_NAMES, Language, link, page_of
from budgetlod.publish.entry import CataloguedFile
from budgetlod.publish.item import Contact, Described
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.site.names import Label
from budgetlod.publish.site.rendering import WORDS, Origin, Relation

Trail = Sequence[tuple[str, str]]
"""Paths of the publication with their labels, from the first page down; the last one is the page itself (``""``)."""
_ALTERNATES = {"text/turtle", "application/ld+json", "text/csv"}
HOME = Label("首页", "Home")


def head(
    path: str, trail: Trail, settings: PublicationSettings, things: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return what the frame needs to know of a page: its trail as links, canonical address and JSON-LD of its things."""
    canonical = address(path, settings)
    steps = [(link(path, there) if there else "", label) for there, label in trail]
    crumbs = [
        {"@type": "ListItem", "position": number, "name": label, "item": address(there or path, settings)}
        for number, (there, label) in enumerate(trail, 1)
    ]
    graph = (
        [*things, {"@type": "BreadcrumbList", "itemListElement": crumbs}]
        if len(crumbs) > 1 and canonical
        else [*things]
    )
    jsonld = {"@context": "https://schema.org/", "@graph": graph} if graph else None
    return {"trail": steps if len(steps) > 1 else [], "canonical": canonical, "jsonld": jsonld}


def address(path: str, settings: PublicationSettings) -> str:
    """Return the address of a file on the web; ``""`` where the publication has none."""
    base = settings.download_base
    return base + link("index.html", path) if base.startswith("http") else ""


def trail_of(
    item: Described, area: Label | None, settings: PublicationSettings, language: Language
) -> list[tuple[str, str]]:
    """Return the trail from the first page to the page of a disclosure."""
    say = WORDS[language]
    steps = [(PAGE_NAMES[language], say(*HOME[:2]))]
    if area:
        steps.append((f"{PAGE_NAMES[language]}#area-{area.code}", say(area.zh, area.en)))
    department = page_of(item.publisher.iri, settings.base, language)
    if department:
        steps.append((department, say(item.publisher.name_zh, item.publisher.name_en)))
    return [*steps, (f"{item.folder}/{PAGE_NAMES[language]}", say(*year_label(item)[:2]))]


def year_label(item: Described) -> Label:
    """Return what a disclosure is called beside its department: 2024年预算."""
    zh, en = {
        "final": ("决算", "final accounts"),
        "executed": ("执行", "execution"),
        "adjusted": ("调整预算", "adjusted budget"),
    }.get(item.phase, ("预算", "budget"))
    return Label(f"{item.fiscal_year}年{zh}", f"{item.fiscal_year} {en}")


def relations(
    item: Described, files: Sequence[CataloguedFile], path: str, settings: PublicationSettings
) -> list[Relation]:
    """Return the typed links of a page about a disclosure (RFC 8288, FAIR Signposting)."""
    alternates = [
        Relation("alternate", link(path, file.record.path), file.kind.media_type)
        for file in files
        if file.kind.media_type in _ALTERNATES
    ]
    department = page_of(item.publisher.iri, settings.base)
    return [
        *alternates,
        *([Relation("license", item.licence)] if item.licence else []),
        Relation("cite-as", item.iri),
        Relation("describedby", link(path, "catalog.ttl"), "text/turtle"),
        *([Relation("up", link(path, department))] if department else []),
        *(Relation("item", link(path, file.record.path), file.kind.media_type) for file in files),
        Relation("type", "https://schema.org/Dataset"),
        Relation("type", "https://schema.org/AboutPage"),
    ]


def feed_of(folder: str, path: str, language: Language) -> Relation:
    """Return the link to the feed of a disclosure's folder, or of the whole publication (``""``)."""
    return Relation("alternate", link(path, f"{folder}/{FEEDS[language]}".lstrip("/")), "application/atom+xml")


def version_relations(item: Described, path: str, language: Language) -> list[Relation]:
    """Return the typed links to earlier versions (RFC 5829) of a disclosure that was revised."""
    if item.version < 2:
        return []
    return [
        Relation("predecessor-version", link(path, version_page(item, item.version - 1, language))),
        Relation("version-history", link(path, version_page(item, item.version, language))),
    ]


def version_page(item: Described, number: int, language: Language) -> str:
    """Return the path of the page of a version."""
    return f"{item.folder}/version/{number}/{PAGE_NAMES[language]}"


def origin(item: Described, files: Sequence[CataloguedFile], path: str, iri: str = "") -> Origin:
    """Return what the foot of a page about a disclosure, or about ``iri`` in it, says of the source."""
    source = next((file for file in files if file.name == item.source_file), None)
    return Origin(
        item.source_file,
        link(path, source.record.path) if source else "",
        source.record.sha256 if source else "",
        item.licence,
        licence_name(item.licence),
        iri or item.iri,
        _report_address(item.contact),
    )


def _report_address(contact: Contact | None) -> str:
    """Return where to report an error: a page or a mail address, if the publisher names one."""
    if contact is None:
        return ""
    return contact.page or (f"mailto:{contact.email}" if contact.email else "")


def licence_name(licence: str) -> str:
    """Return the short name of a licence that its IRI spells, or ``""``.

    ``licence_name("https://creativecommons.org/licenses/by/4.0/") == "CC BY 4.0"``
    """
    parts = licence.rstrip("/").split("/")
    if "creativecommons.org" in parts and "licenses" in parts:
        return f"CC {parts[-2].upper()} {parts[-1]}"
    if "creativecommons.org" in parts:
        return {"mark": "Public Domain Mark", "zero": "CC0"}.get(parts[-2], "") + f" {parts[-1]}"
    return parts[-1].replace("_", " ") if "/authority/licence/" in licence else ""
