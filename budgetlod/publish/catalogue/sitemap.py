"""``sitemap.xml`` and ``robots.txt``: the pages of a publication for search engines, each with its other language.

https://www.sitemaps.org/protocol.html; the links between languages are ``xhtml:link`` as search engines read them.
There is no ``lastmod``: the day on which a page was changed is not known without a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 1024 * 1024
"""What one file may hold by the protocol; more pages go into several files under an index."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_OPEN, _CLOSE = f"{_HEAD}<urlset {_SPACE} {_XHTML}>\n", "</urlset>\n"
_DEFAULT = "zh"
_LANGUAGES = ("en",)


def sitemap(paths: Iterable[str], base: str, most: int = MOST_ADDRESSES) -> dict[str, bytes]:
    """Return the sitemap files of the pages among ``paths`` (relative to ``base``) by name, the first ``sitemap.xml``.

    ``name.html`` is Chinese, ``name.en.html`` the same page in English. Files that are no pages are passed over.
    """
    pages = sorted(path for path in paths if path.endswith(".html"))
    parts = [_urlset(part) for part in _parts(_addresses(pages, base), most)]
    if len(parts) <= 1:
        return {SITEMAP: parts[0] if parts else _urlset([])}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    entries = "".join(f"<sitemap><loc>{escape(_url(base, name))}</loc></sitemap>\n" for name in names)
    index = f"{_HEAD}<sitemapindex {_SPACE}>\n{entries}</sitemapindex>\n"
    return {SITEMAP: index.encode(), **dict(zip(names, parts, strict=True))}


def robots(base: str) -> bytes:
    """Return a ``robots.txt`` that welcomes all and says where the sitemap is (RFC 9309, section 2.2.4)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {_url(base, SITEMAP)}\n".encode()


def _addresses(pages: Sequence[str], base: str) -> Iterator[str]:
    known = frozenset(pages)
    for page in pages:
        versions = {code: path for code, path in _versions(page).items() if path in known}
        alternates = "".join(_alternate(code, _url(base, path)) for code, path in versions.items())
        shown = alternates if len(versions) > 1 else ""
        yield f"<url><loc>{escape(_url(base, page))}</loc>{shown}</url>\n"


def _versions(page: str) -> Mapping[str, str]:
    """Return the paths that the page would have in each language."""
    stem = page.removesuffix(".html")
    for code in _LANGUAGES:
        stem = stem.removesuffix(f".{code}")
    return {_DEFAULT: f"{stem}.html", **{code: f"{stem}.{code}.html" for code in _LANGUAGES}}


def _alternate(code: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'


def _parts(addresses: Iterable[str], most: int) -> Iterator[list[str]]:
    """Cut the addresses where a file would hold more than the protocol allows."""
    part: list[str] = []
    size = room = MOST_BYTES - len(_OPEN) - len(_CLOSE)
    for address in addresses:
        # Addresses are percent-encoded: one character is one byte.
        if part and (len(part) == most or len(address) > size):
            yield part
            part, size = [], room
        part.append(address)
        size -= len(address)
    if part:
        yield part


def _urlset(addresses: Iterable[str]) -> bytes:
    return (_OPEN + "".join(addresses) + _CLOSE).encode()


def _url(base: str, path: str) -> str:
    return quote(base, safe=":/?#[]@!$&'()*+,;=%~") + quote(path, safe="/~")
