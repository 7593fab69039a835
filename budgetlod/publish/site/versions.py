"""The pages of versions: what a version holds, and what changed from the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from budgetlod.publish.addresses import CHANGE_PAGES, PAGE_NAMES, Language, page_of
from budgetlod.publish.folder import FolderWriter
from budgetlod.publish.item import Described
from budgetlod.publish.settings import PublicationSettings
from budgetlod.publish.site.head import HOME, Trail, feed_of, head, trail_of, version_page
from budgetlod.publish.site.money import ten_thousands
from budgetlod.publish.site.rendering import WORDS, render
from budgetlod.publish.stages import Page
from budgetlod.publish.versions import changes_of, version_files


def version_pages(
    writer: FolderWriter, item: Described, settings: PublicationSettings, *, withdrawn: bool = False
) -> Iterator[Page]:
    """Yield the pages of all versions of a disclosure, once there is more than one or it is ``withdrawn``."""
    if len(item.versions) < 2 and not withdrawn:
        return
    doors = _Doors({record.path for record in writer.records}, settings.base)
    around = _Around(item, settings, withdrawn)
    for record in item.versions:
        files = version_files(writer.records, item.folder, record.number)
        is_current = record is item.versions[-1] and not withdrawn
        values = {"record": record, "files": files, "is_current": is_current}
        yield from around.pages("version.html", PAGE_NAMES, record.number, values)
        if record.number > 1:
            changes = changes_of(writer, item.folder, record.number)
            shown = {"number": record.number, "changes": changes, "amount": ten_thousands, "door": doors}
            yield from around.pages("changes.html", CHANGE_PAGES, record.number, shown)


def tombstones(item: Described, settings: PublicationSettings) -> Iterator[Page]:
    """Yield what stands in the place of a disclosure that was withdrawn, in both languages."""
    for language, name in PAGE_NAMES.items():
        path = f"{item.folder}/{name}"
        *above, (_, title) = trail_above(item, settings, language, withdrawn=True)
        typed = [feed_of(item.folder, path, language)]
        frame = head(path, [*above, ("", title)], settings)
        yield render("tombstone.html", path, {"item": item, "relations": typed, **frame}, language)


class _Doors:
    """Leads from an IRI to the page that shows it now: a figure that is no more, or a source that changed, has none."""

    def __init__(self, paths: set[str], base: str) -> None:
        self._paths, self._base = paths, base

    def __call__(self, iri: str, language: Language) -> str:
        """Return the path of the page with its fragment, or an empty text."""
        page = page_of(iri, self._base, language)
        return page if page.partition("#")[0] in self._paths else ""


class _Around:
    """What surrounds the pages of the versions of one disclosure."""

    def __init__(self, item: Described, settings: PublicationSettings, withdrawn: bool) -> None:
        self._item, self._settings, self._withdrawn = item, settings, withdrawn

    def pages(
        self, template: str, names: Mapping[Language, str], number: int, values: Mapping[str, object]
    ) -> Iterator[Page]:
        """Yield the pages of a version that have these names; each knows its twin."""
        for language, name in names.items():
            path = f"{self._item.folder}/version/{number}/{name}"
            frame = head(path, self._trail(number, language, is_page=names is PAGE_NAMES), self._settings)
            twin = names["en" if language == "zh" else "zh"]
            yield render(template, path, {**values, "item": self._item, "twin": twin, **frame}, language)

    def _trail(self, number: int, language: Language, *, is_page: bool) -> Trail:
        word = WORDS[language]
        version = word(f"第{number}版", f"Version {number}")
        above = trail_above(self._item, self._settings, language, withdrawn=self._withdrawn)
        if is_page:
            return [*above, ("", version)]
        return [*above, (version_page(self._item, number, language), version), ("", word("改动", "Changes"))]


def trail_above(item: Described, settings: PublicationSettings, language: Language, *, withdrawn: bool) -> Trail:
    """Return the trail down to a disclosure; the page of its department may be gone with what was ``withdrawn``."""
    if not withdrawn:
        return trail_of(item, None, settings, language)
    word = WORDS[language]
    home = (PAGE_NAMES[language], word(*HOME[:2]))
    return [home, (f"{item.folder}/{PAGE_NAMES[language]}", word(item.title_zh, item.title_en))]
