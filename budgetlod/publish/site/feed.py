"""Feeds of changes (Atom, RFC 4287): one for the publication, one for each disclosure, in Chinese and in English.

No clock is read: ``updated`` is the date of a version (see :func:`~budgetlod.publish.versions.revise`), a date that is known
as a month or a year only being its first day.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from budgetlod.publish.addresses import FEEDS, PAGE_NAMES, Language
from budgetlod.publish.entry import Entry
from budgetlod.publish.item import Described, VersionRecord
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.site.rendering import WORDS
from budgetlod.publish.stages import Disclosed, Overview, Page

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGES: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}


class News(NamedTuple):
    """One entry of a feed, in both languages."""

    iri: str
    date: str
    page: Mapping[Language, str]
    title: tuple[str, str]
    summary: tuple[str, str]
    author: tuple[str, str]


def pages(one: Disclosed) -> Iterator[Page]:
    """Yield the feeds of a disclosure."""
    yield from disclosure_feeds(one.material.item, one.settings)


def disclosure_feeds(item: Described, settings: PublicationSettings) -> Iterator[Page]:
    """Yield the feeds of a disclosure, withdrawn or not."""
    titles = f"{item.title_zh}：更新", f"{item.title_en or item.title_zh}: changes"
    yield from _feeds(item.folder, titles, list(_news_of(item)), settings)


def overview(whole: Overview) -> Iterator[Page]:
    """Yield the feeds of the publication: the news of all disclosures, newest first."""
    settings = whole.settings
    titles = f"{settings.title_zh}：更新", f"{settings.title_en}: changes"
    news = [one for entry in (*whole.entries, *whole.withdrawn) for one in _news_of(entry)]
    yield from _feeds("", titles, news, settings)


def instant(date: str) -> str:
    """Return the first instant of a day, month or year (RFC 3339)."""
    return f"{(date + '-01-01')[:10]}T00:00:00Z"


def _news_of(item: Described) -> Iterator[News]:
    for record in item.versions:
        yield _version_news(item, record)
    withdrawn = item.withdrawn if isinstance(item, Entry) else None
    if withdrawn:
        title = f"已撤回：{item.title_zh}", f"Withdrawn: {item.title_en or item.title_zh}"
        reason = f"理由：{withdrawn.reason}", f"Reason: {withdrawn.reason}"
        yield News(f"{item.iri}#withdrawn", withdrawn.date, _pages_in(item.folder), title, reason, _author(item))


def _version_news(item: Described, record: VersionRecord) -> News:
    number = record.number
    title = f"{item.title_zh}（第{number}版）", f"{item.title_en or item.title_zh} (version {number})"
    summary = (
        ("首次发布。", "First published.")
        if number == 1
        else (
            f"改动 {record.changed} 个数字，新增 {record.added} 个，删去 {record.removed} 个。",
            f"{record.changed} figures changed, {record.added} added, {record.removed} removed.",
        )
    )
    folder = f"{item.folder}/version/{number}" if len(item.versions) > 1 else item.folder
    return News(f"{item.iri}/version/{number}", record.date, _pages_in(folder), title, summary, _author(item))


def _pages_in(folder: str) -> dict[Language, str]:
    return {language: f"{folder}/{name}" for language, name in PAGE_NAMES.items()}


def _author(item: Described) -> tuple[str, str]:
    return item.publisher.name_zh, item.publisher.name_en or item.publisher.name_zh


def _feeds(folder: str, titles: tuple[str, str], news: list[News], settings: PublicationSettings) -> Iterator[Page]:
    # Newest first; of one date in the order of the IRIs, a later version before an earlier one.
    ordered = sorted(
        sorted(news, key=lambda one: one.iri, reverse=True), key=lambda one: instant(one.date), reverse=True
    )
    for language, name in FEEDS.items():
        path = f"{folder}/{name}" if folder else name
        yield path, _feed(path, titles, ordered, settings, language)


def _feed(
    path: str, titles: tuple[str, str], news: Iterable[News], settings: PublicationSettings, language: Language
) -> bytes:
    word, site = WORDS[language], settings.download_base
    found = list(news)
    home = path.rpartition("/")[0]
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": _LANGUAGES[language]})
    _add(feed, "id", site + path)
    _add(feed, "title", word(*titles))
    _add(feed, "updated", max((instant(one.date) for one in found), default=instant("1970")))
    _add(feed, "link", rel="self", type="application/atom+xml", href=site + path)
    page = f"{home}/{PAGE_NAMES[language]}" if home else PAGE_NAMES[language]
    _add(feed, "link", rel="alternate", type="text/html", href=site + page)
    publisher = settings.publisher
    author = (publisher.name_zh, publisher.name_en or publisher.name_zh) if publisher else None
    _author_of(feed, word(*(author or (found[0].author if found else titles))))
    for one in found:
        entry = _add(feed, "entry")
        _add(entry, "id", one.iri)
        _add(entry, "title", word(*one.title))
        _add(entry, "updated", instant(one.date))
        _add(entry, "link", rel="alternate", type="text/html", href=site + one.page[language])
        _author_of(entry, word(*one.author))
        _add(entry, "summary", word(*one.summary))
    ET.indent(feed, space=" ")
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _author_of(parent: ET.Element, name: str) -> None:
    _add(_add(parent, "author"), "name", name)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text or None
    return child
