"""What pages say to search engines, in the words of https://schema.org/: the same IRIs as the RDF, so no second truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from budgetlod.publish.entry import CataloguedFile
from budgetlod.publish.item import Described
from budgetlod.publish.settings import PublicationSettings


def dataset(
    item: Described, files: Sequence[CataloguedFile], settings: PublicationSettings, words: Mapping[str, str]
) -> dict[str, Any]:
    """Return a disclosure as a ``Dataset``; ``words`` are its opening in both languages."""
    said = {
        "@id": item.iri,
        "@type": "Dataset",
        "identifier": item.iri,
        "name": _both(item.title_zh, item.title_en),
        "description": _both(*(words.get(language) or text for language, text in _descriptions(item))),
        "url": f"{settings.download_base}{item.folder}/index.html",
        "inLanguage": "zh-CN",
        "temporalCoverage": f"{item.fiscal_year:04d}",
        "spatialCoverage": {"@id": item.area, "@type": "Place"} if item.area else "",
        "datePublished": item.issued,
        "dateModified": item.modified,
        "license": item.licence,
        "creator": organization(item),
        "publisher": {"@id": item.publisher.iri},
        "isBasedOn": item.original_page or (f"{item.iri}/{item.source_file}" if item.source_file else ""),
        "variableMeasured": "blod:amount (CNY)",
        "keywords": [*item.keywords_zh, *item.keywords_en],
        "includedInDataCatalog": {"@id": settings.base + "catalog"},
        "distribution": [_download(file, settings) for file in files],
        "isAccessibleForFree": True,
    }
    return {key: value for key, value in said.items() if value not in ("", [])}


def organization(item: Described) -> dict[str, Any]:
    """Return the department as a ``GovernmentOrganization``."""
    who = item.publisher
    return {"@id": who.iri, "@type": "GovernmentOrganization", "name": _both(who.name_zh, who.name_en)}


def catalogue(items: Iterable[Described], settings: PublicationSettings) -> list[dict[str, Any]]:
    """Return the publication as a ``DataCatalog``, and its pages as a ``WebSite``."""
    return [
        {
            "@id": settings.base + "catalog",
            "@type": "DataCatalog",
            "name": _both(settings.title_zh, settings.title_en),
            "description": _both(settings.description_zh, settings.description_en),
            "url": settings.download_base + "index.html",
            "dataset": [{"@id": item.iri} for item in items],
        },
        {
            "@type": "WebSite",
            "name": settings.title_zh,
            "url": settings.download_base + "index.html",
            "inLanguage": ["zh-CN", "en"],
        },
    ]


def _descriptions(item: Described) -> list[tuple[str, str]]:
    return [("zh", item.description_zh or item.title_zh), ("en", item.description_en)]


def _download(file: CataloguedFile, settings: PublicationSettings) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.kind.title_zh,
        "contentUrl": settings.download_base + file.record.path,
        "encodingFormat": file.kind.media_type,
        "contentSize": f"{file.record.size} B",
        "sha256": file.record.sha256,
    }


def _both(zh: str, en: str = "") -> Any:
    values = [{"@language": language, "@value": text} for language, text in (("zh", zh), ("en", en)) if text]
    return values if len(values) > 1 else zh or en
